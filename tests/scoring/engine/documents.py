"""The documentation's examples as the reader sees them, and what the engine says to each.

A table under a JSON criterion holds one declaration a line: code spans `field=value`, `khối: 25; 50` (the others of the
group) or `[1.1]: 6.5` (points of another criterion). A fence captioned “Tệp `name`:” is a file; a `console` fence holds
commands and what they print, one after the other in the folder of the page's files.
"""

import contextlib
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scoring.engine import CriteriaSet, Line, Refused, commands, load_set, score
from scoring.engine.wording import Words

EXAMPLE, ANSWERS = ("kê khai", "điểm", "câu giải thích"), ("công thức (tiếng Việt)", "bộ tính trả lời")
SPAN = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str
    line: int

    @property
    def codes(self) -> list[str]:
        """The first code span of each row."""
        return [found[1] for row in self.rows if (found := SPAN.match(row[0]))]


@dataclass(frozen=True)
class Fence:
    info: str
    lines: tuple[str, ...]
    caption: str
    line: int

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True)
class Page:
    path: Path
    elements: tuple[Table | Fence, ...]
    sections: dict[str, str] = field(repr=False)

    def tables(self, *header: str) -> Iterator[Table]:
        """Those whose first columns are so called."""
        yield from (e for e in self.elements if isinstance(e, Table) and e.header[: len(header)] == header)

    @property
    def fences(self) -> Iterator[Fence]:
        yield from (e for e in self.elements if isinstance(e, Fence))


def read_page(path: Path) -> Page:
    lines = path.read_text("utf-8").splitlines()
    elements, sections, heading, caption, at = [], {}, "", "", 0
    while at < len(lines):
        line, start = lines[at], at
        if line.startswith("```"):
            end = lines.index("```", at + 1)
            elements.append(Fence(line[3:], tuple(lines[at + 1 : end]), caption, start + 1))
            caption, at = "", end
        elif line.startswith("|"):
            while at + 1 < len(lines) and lines[at + 1].startswith("|"):
                at += 1
            header, _, *rows = (_cells(row) for row in lines[start : at + 1])
            elements.append(Table(header, tuple(rows), heading, start + 1))
        elif line.startswith("#"):
            heading = line.lstrip("# ")
        elif line:
            caption = line
        sections[heading] = sections.get(heading, "") + "\n".join(lines[start : at + 1]) + "\n"
        at += 1
    return Page(path, tuple(elements), sections)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip("|").split(" | ")) if row != "|" else ()


def examples(page: Page) -> Iterator[tuple[dict, Table]]:
    """(criterion, its table) for every example of the page."""
    criterion = None
    for element in page.elements:
        if isinstance(element, Fence) and element.info == "json" and not element.caption.startswith("Tệp "):
            criterion = json.loads(element.text)
        elif isinstance(element, Table) and element.header == EXAMPLE:
            yield criterion, element


def answer_of(criterion: dict, declared: str) -> tuple[str, str]:
    """(points, sentence) as the engine gives them to what stands in the column “kê khai”."""
    fields, others, taken = {}, [], {}
    for span in SPAN.findall(declared):
        if span.startswith("khối: "):
            others = span.removeprefix("khối: ").split("; ")
        elif span.startswith("["):
            code, value = span[1:].split("]: ")
            taken[code] = {"na": "approved"} if value == "na" else {"points": value}
        else:
            name, _, value = span.partition("=")
            fields[name] = value
    units = {"unit": {criterion["code"]: fields, **taken} if fields else taken}
    units |= {f"other {number}": {criterion["code"]: {"value": value}} for number, value in enumerate(others)}
    criteria_set = _set_of(criterion, list(taken))
    try:
        line = score(criteria_set, units).by_unit["unit"].lines[criterion["code"]]
    except Refused as refused:
        return "từ chối", " ".join(fault.vi for fault in refused.faults)
    return _points(line), line.sentence("vi")


def _points(line: Line) -> str:
    return "–" if line.points is None else Words("vi").points(line.points)


def _set_of(criterion: dict, taken: list[str]) -> CriteriaSet:
    manual = {"kind": "manual", "na_allowed": True}
    beside = [{"code": code, "title": {"vi": code}, "max_points": "10", "rule": manual} for code in taken or ["other"]]
    is_adjustment = criterion["rule"]["kind"] in ("bonus", "penalty")
    children = beside if is_adjustment else [*beside, criterion]
    root = {"code": "ROOT", "title": {"vi": "Tổng"}, "children": children}
    document = {"format": "sonla-awards/criteria-set@1", "code": "example", "year": 2025, "title": {"vi": "Ví dụ"}}
    document |= {"scoring": {"round_at": "leaf"}, "root": root, "adjustments": [criterion] if is_adjustment else []}
    return load_set(json.dumps(document))


def session(page: Page, folder: Path) -> Iterator[tuple[Fence, list[str]]]:
    """(console fence, its lines as the engine prints them) in the order of the page; files are written on the way."""
    for fence in page.fences:
        if fence.caption.startswith("Tệp "):
            (folder / SPAN.search(fence.caption)[1]).write_text(fence.text, "utf-8")
        elif fence.info == "console":
            yield fence, list(_printed([line for line in fence.lines if line.startswith("$ ")], folder))


def _printed(typed: list[str], folder: Path) -> Iterator[str]:
    code = 0
    for line in typed:
        yield line
        program, *arguments = line[2:].split()
        if program == "echo":
            yield str(code)
            continue
        assert (program, arguments[:2]) == ("python", ["-m", "scoring.engine"]), line
        code, printed = _called(arguments[2:], folder)
        yield from printed.splitlines()


def _called(arguments: list[str], folder: Path) -> tuple[int, str]:
    """(exit code, what a terminal shows)."""
    shown = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.chdir(folder), contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        code = commands.main(arguments)
    assert sys.stdout is not shown
    return code, shown.buffer.getvalue().decode()
