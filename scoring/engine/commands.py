"""The command line. Exit code 0: done. 1: `verify` found a difference. 2: refused, nothing written, one line per
fault on stderr."""

import argparse
import json
import sys
from collections.abc import Callable

from .codec import identity, load_set
from .faults import Fault, Refused, quoted
from .files import read_file, write_files, write_stream
from .jsontext import LARGEST_SET
from .model import CriteriaSet
from .results import Results, UnitResult, write_results
from .scoring import score
from .spreadsheet import workbook
from .stability import command as stability
from .tables import Groups, Values, read_groups, read_values
from .verifying import verify, verify_snapshot
from .version import ENGINE_VERSION
from .wording import LANGUAGES

DONE, DIFFERENT, REFUSED = 0, 1, 2
MOST_LINES = 2_000_000


def main(arguments: list[str], program: str = "python -m scoring.engine") -> int:
    options = command_parser(program).parse_args(arguments)
    try:
        return options.run(options) or DONE
    except Refused as refused:
        lines = [f"{fault.place}: {fault.sentence(options.lang)}".replace("\n", " ") for fault in refused.faults]
        write_stream(sys.stderr, "".join(f"{line}\n" for line in lines))
        return REFUSED


def command_parser(program: str) -> argparse.ArgumentParser:
    """Every command with its options; the documentation is checked against it."""
    parser = argparse.ArgumentParser(prog=program, description="Score criteria sets exactly.")
    parser.add_argument("--version", action="version", version=f"scoring engine {ENGINE_VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable, text: str, *files: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        for file in files:
            sub.add_argument(file.lower(), metavar=file)
        sub.add_argument("--lang", choices=LANGUAGES, default="vi", help="language of sentences (vi)")
        sub.set_defaults(run=run)
        return sub

    scoring = command("score", _score, "Score VALUES.csv with SET.json.", "SET.json", "VALUES.csv")
    scoring.add_argument("--groups", metavar="GROUPS.csv", help="who is ranked with whom, and when they submitted")
    scoring.add_argument("--out", metavar="results.csv", help="write the results here, not to standard output")
    scoring.add_argument("--trace", metavar="trace.json", help="write here how every value came about")
    command("validate", _validate, "Check SET.json and print its identity (SHA-256).", "SET.json")
    exporting = command("export", _export, "Write a workbook of live formulas.", "SET.json", "VALUES.csv")
    exporting.add_argument("--xlsx", metavar="FILE", required=True, help="the workbook to write")
    exporting.add_argument("--groups", metavar="GROUPS.csv", help="who is ranked with whom, and when they submitted")
    explaining = command("explain", _explain, "Explain one unit's points.", "SET.json", "VALUES.csv", "UNIT")
    explaining.add_argument("criterion", nargs="?", metavar="CRITERION", help="one criterion or node only")
    explaining.add_argument("--groups", metavar="GROUPS.csv", help="who is ranked with whom")
    verifying = command(
        "verify",
        _verify,
        "Recompute a published table of results and compare.",
        "SET.json",
        "VALUES.csv",
        "RESULTS.csv",
    )
    verifying.add_argument("--groups", metavar="GROUPS.csv", help="who is ranked with whom, and when they submitted")
    text = "Recompute a ranking from its published record (a snapshot file) and compare."
    command("verify-snapshot", _verify_snapshot, text, "SNAPSHOT.json")
    stability.add_options(command("stability", stability.run, stability.TEXT, *stability.FILES))
    return parser


def _loaded(options) -> tuple[CriteriaSet, Results]:
    criteria_set, values, groups, _ = _read(options)
    return criteria_set, score(criteria_set, values, groups)


def _read(options, results: str | None = None) -> tuple[CriteriaSet, Values, Groups | None, bytes | None]:
    """Read all files before judging any, so that one run shows every fault of every file."""
    faults: list[Fault] = []

    def read(path: str | None, reader: Callable):
        try:
            return None if path is None else reader(_contents(path, reader), place=path)
        except Refused as refused:
            faults.extend(refused.faults)
            return None

    given = vars(options)
    criteria_set: CriteriaSet = read(given["set.json"], load_set)
    values: Values = read(given["values.csv"], read_values)
    groups: Groups | None = read(options.groups, read_groups)
    published: bytes | None = read(results, lambda data, place: data)
    if faults:
        raise Refused(faults)
    _refuse_too_many_lines(criteria_set, values if groups is None else groups, given["values.csv"])
    return criteria_set, values, groups, published


def _refuse_too_many_lines(criteria_set: CriteriaSet, units: Values | Groups, place: str) -> None:
    """Every unit's every line is kept with its explanation; beyond a nation that is more than a machine holds."""
    lines = len(units) * len(criteria_set.lines)
    if lines > MOST_LINES:
        counted = f"{len(units)} × {len(criteria_set.lines)} = {lines}"
        vi = f"Quá nhiều dòng để tính trong một lần ({counted}, tối đa {MOST_LINES}); hãy chia theo khối."
        en = f"Too many lines to score at once ({counted}, at most {MOST_LINES}); split the units by group."
        raise Refused([Fault(f"{place}:1:1", en, vi)])


def _contents(path: str, reader: Callable) -> bytes:
    return read_file(path, LARGEST_SET) if reader is load_set else read_file(path)


def _score(options) -> None:
    criteria_set, results = _loaded(options)
    table = write_results(results)
    outputs = [(options.out, table)] if options.out else []
    if options.trace:
        trace = json.dumps(_trace(criteria_set, results, options.lang), ensure_ascii=False, indent=1) + "\n"
        outputs.append((options.trace, trace.encode("utf-8")))
    write_files(outputs)
    if not options.out:
        write_stream(sys.stdout, table.decode("utf-8"))


def _trace(criteria_set: CriteriaSet, results: Results, lang: str) -> dict:
    return {
        "engine_version": ENGINE_VERSION,
        "set": {"code": criteria_set.code, "year": criteria_set.year, "sha256": identity(criteria_set)},
        "units": [_unit_trace(criteria_set, row, lang) for row in results.rows],
    }


def _unit_trace(criteria_set: CriteriaSet, row: UnitResult, lang: str) -> dict:
    return {
        "unit": row.unit,
        "group": row.group,
        "lines": [{**line.trace, "sentence": line.sentence(lang)} for line in row.lines.values()],
        "nodes": [
            {**row.node_trace(node.code), "sentence": row.node_sentence(node.code, lang)} for node in criteria_set.nodes
        ],
        "total": {**row.total_trace, "sentence": row.total_sentence(lang)},
    }


def _export(options) -> None:
    criteria_set, values, groups, _ = _read(options)
    results = score(criteria_set, values, groups)
    place = vars(options)["set.json"]
    write_files([(options.xlsx, workbook(results, values, groups, lang=options.lang, set_place=place))])


def _validate(options) -> None:
    path = vars(options)["set.json"]
    criteria_set = load_set(_contents(path, load_set), place=path)
    write_stream(sys.stdout, f"{criteria_set.code} {criteria_set.year} {identity(criteria_set)}\n")


def _verify(options) -> int:
    criteria_set, values, groups, published = _read(options, vars(options)["results.csv"])
    verdict = verify(criteria_set, values, groups, published, place=vars(options)["results.csv"])
    write_stream(sys.stdout, "".join(f"{line}\n" for line in verdict.sentences(options.lang)))
    return DONE if verdict else DIFFERENT


def _verify_snapshot(options) -> int:
    path = vars(options)["snapshot.json"]
    snapshot = verify_snapshot(read_file(path, LARGEST_SET), place=path)
    write_stream(sys.stdout, "".join(f"{line}\n" for line in snapshot.sentences(options.lang)))
    return DONE if snapshot.verdict else DIFFERENT


def _explain(options) -> None:
    criteria_set, results = _loaded(options)
    place = vars(options)["values.csv"]
    row = results.by_unit.get(vars(options)["unit"])
    if row is None:
        unit = quoted(vars(options)["unit"])
        raise Refused([Fault(f"{place}:1:1", f"There is no unit “{unit}”.", f"Không có đơn vị “{unit}”.")])
    write_stream(sys.stdout, "".join(f"{line}\n" for line in _explained(criteria_set, row, options)))


def _explained(criteria_set: CriteriaSet, row: UnitResult, options) -> list[str]:
    lang, code = options.lang, options.criterion
    if code is None:
        lines = [f"{leaf.code}: {row.lines[leaf.code].sentence(lang)}" for leaf in criteria_set.lines]
        nodes = [f"{node.code}: {row.node_sentence(node.code, lang)}" for node in criteria_set.nodes]
        return [*lines, *nodes, row.total_sentence(lang)]
    if criteria_set.has_line(code):
        return [f"{code}: {row.lines[code].sentence(lang)}"]
    if code in row.nodes:
        return [f"{code}: {row.node_sentence(code, lang)}"]
    place, shown = vars(options)["set.json"], quoted(code)
    vi, en = f"Bộ tiêu chí không có mã “{shown}”.", f"The set has no code “{shown}”."
    raise Refused([Fault(f"{place}:1:1", en, vi)])
