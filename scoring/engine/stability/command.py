"""The `stability` command: files in, the table and on wish the facts out."""

import argparse
import sys
from collections.abc import Callable
from decimal import Decimal

from ..codec import load_set
from ..exact import decimal_from_text
from ..faults import Fault, Refused, quoted
from ..files import read_file, write_files, write_stream
from ..scoring import score
from ..tables import read_groups, read_values
from . import study
from .available import need_numpy
from .choices import LEVELS, Options
from .gaps import check_gaps, read_gaps
from .report import Study, write_facts, write_study

TEXT = "Draw scores again and again with what is uncertain moved a little; print how far each rank can be trusted."
FILES = ("SET.json", "VALUES.csv")


def add_options(command: argparse.ArgumentParser) -> None:
    standard = Options()
    command.add_argument("--groups", metavar="GROUPS.csv", help="who is ranked with whom")
    command.add_argument(
        "--claimed", metavar="CLAIMED.csv", help="what units declared; where points differ is disputed"
    )
    command.add_argument("--gaps", metavar="GAPS.csv", help="criterion,gap_points: mean difference of two appraisers")
    command.add_argument("--draws", default=str(standard.draws), help=f"how many draws ({standard.draws})")
    command.add_argument("--seed", default=str(standard.seed), help=f"of the random numbers ({standard.seed})")
    command.add_argument("--spread", default=str(standard.spread), help=f"of a weight, 0 to 0.5 ({standard.spread})")
    command.add_argument("--level", default=standard.level, help=f"{' or '.join(LEVELS)} ({standard.level})")
    command.add_argument("--chunk", default="0", help="draws in memory at a time; never moves a result")
    command.add_argument("--out", metavar="stability.csv", help="write the table here, not to standard output")
    command.add_argument("--meta", metavar="facts.json", help="write here how the study was made")


def run(given: argparse.Namespace) -> None:
    need_numpy()
    found = _studied(given, _options(given))
    table = write_study(found)
    outputs = [(given.out, table)] if given.out else []
    if given.meta:
        outputs.append((given.meta, write_facts(found)))
    write_files(outputs)
    if not given.out:
        write_stream(sys.stdout, table.decode("utf-8"))


def _options(given: argparse.Namespace) -> Options:
    """The options as numbers; what is no number is refused in both languages, as everything else is."""
    faults = []

    def number(name: str, whole: bool) -> Decimal | int:
        text = getattr(given, name)
        found = decimal_from_text(text)
        if found is None or whole and found != int(found):
            shown = quoted(text)
            vi, en = f"“{shown}” không phải là số viết đúng dạng.", f"“{shown}” is not a number as expected."
            faults.append(Fault(f"--{name}", en, vi))
            return 0
        return int(found) if whole else found

    draws, seed, chunk = (number(name, whole=True) for name in ("draws", "seed", "chunk"))
    spread = number("spread", whole=False)
    if faults:
        raise Refused(faults)
    return Options(draws=draws, seed=seed, spread=spread, level=given.level, chunk=chunk)


def _studied(given: argparse.Namespace, options: Options) -> Study:
    """Read all files before judging any, so that one run shows every fault of every file."""
    faults: list[Fault] = []

    def tried(act: Callable, *arguments):
        try:
            return act(*arguments)
        except Refused as refused:
            faults.extend(refused.faults)
            return None

    def read(path: str | None, reader: Callable):
        return tried(lambda: reader(read_file(path), place=path)) if path else None

    criteria_set, values = read(vars(given)["set.json"], load_set), read(vars(given)["values.csv"], read_values)
    groups, claims, gaps = (
        read(given.groups, read_groups), read(given.claimed, read_values), read(given.gaps, read_gaps)
    )  # fmt: skip
    if faults:
        raise Refused(faults)
    tried(check_gaps, criteria_set, gaps or {})
    results = tried(score, criteria_set, values, groups)
    claimed = None if claims is None else tried(score, criteria_set, claims, groups)
    if faults:
        raise Refused(faults)
    try:
        return study(criteria_set, results, claimed=claimed, gaps=gaps, options=options)
    except Refused as refused:  # a set that is not drawn: its pointers belong to SET.json
        path = vars(given)["set.json"]
        raise Refused([Fault(f"{path}:{fault.place}", fault.en, fault.vi) for fault in refused.faults]) from None
