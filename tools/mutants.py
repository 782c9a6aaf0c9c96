"""Change the scoring engine in seeded places, one at a time, and count how many changes its fast tests notice.

`python tools/mutants.py [--count 300] [--seed 1] [--jobs 2] [--under batch]`. Each change is made in a copy of the
project; a test that fails, breaks or hangs has noticed it. What goes unnoticed is listed with its place: some of it
changes no result (a size of a cache, a shorter way), the rest is a test to be written. Exit code 1 below nine in ten.

`--again LOG` tries only what a former run, whose output is in LOG, listed as unnoticed; `--only FILE:LINE` only what
can be changed there. A place counts as it stands in the code now: after an edit above it, give the new line.
"""

import argparse
import ast
import copy
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
ENGINE, TESTS = Path("scoring/engine"), Path("tests/scoring/engine")
NEEDED = 0.9
SECONDS = 300
FAST = "not (slow or race or browser)"

SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """The `number`th change of the file, in the order of `changes`."""

    path: Path
    number: int
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def changes(tree: ast.Module) -> Iterator[tuple[ast.AST, str, str, object]]:
    """(node, what is done to it, its attribute, the attribute's new value) of every change that can be made."""
    skipped = _without_effect(tree)
    for node in ast.walk(tree):
        if node not in skipped:
            yield from _changes_of(node)


def _changes_of(node: ast.AST) -> Iterator[tuple[ast.AST, str, str, object]]:
    match node:
        case ast.Compare(ops=[operator, *others]) if type(operator) in SWAPS:
            swapped = SWAPS[type(operator)]
            yield node, f"{_name(operator)} becomes {swapped.__name__}", "ops", [swapped(), *others]
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in SWAPS:
            yield node, f"{_name(operator)} becomes {SWAPS[type(operator)].__name__}", "op", SWAPS[type(operator)]()
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node, f"{_name(node.op)} becomes Plus or bool", "op", ast.UAdd()
        case ast.Constant(value=bool()):
            yield node, f"{node.value} is turned", "value", not node.value
        case ast.Constant(value=int()):
            yield node, f"{node.value} becomes {node.value + 1}", "value", node.value + 1
        case ast.If() | ast.IfExp() | ast.While():
            yield node, "the condition is turned", "test", ast.UnaryOp(ast.Not(), node.test)
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield node, "nothing is returned", "value", ast.Constant(None)
        case ast.Expr(value=ast.Call()):
            yield node, "the call is left out", "value", ast.Constant(None)


def _name(operator: ast.AST) -> str:
    return type(operator).__name__


def _without_effect(tree: ast.Module) -> set[ast.AST]:
    """Annotations, the arguments of decorators, what a dataclass shows of itself, and that lengths which are always the same
    are the same: nothing is computed from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("repr", "strict"):
            found.update(ast.walk(node))
        parts = [getattr(node, name, None) for name in ("annotation", "returns")] + list(
            getattr(node, "decorator_list", ())
        )
        for part in filter(None, parts):
            found.update(ast.walk(part))
    return found


def mutants() -> list[Mutant]:
    found = []
    for path in sorted((ROOT / ENGINE).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for number, (node, what, _attribute, _value) in enumerate(changes(tree)):
            found.append(Mutant(path.relative_to(ROOT), number, node.lineno, what))
    return found


def unnoticed_in(log: str) -> list[str]:
    """The mutants that the output of a run lists; the dots of the noticed ones may follow on the line."""
    return re.findall(r"^unnoticed: (.+?)\.*$", log, re.MULTILINE)


def at_places(everything: list[Mutant], places: list[str]) -> tuple[list[Mutant], list[str]]:
    """Those of FILE:LINE or FILE:LINE: CHANGE, and the places where there is none any more."""
    found = {place: [one for one in everything if f"{one}:".startswith(f"{place}:")] for place in places}
    chosen = [one for one in everything if any(one in here for here in found.values())]
    return chosen, [place for place, here in found.items() if not here]


def changed_source(mutant: Mutant) -> str:
    tree = ast.parse((ROOT / mutant.path).read_text("utf-8"))
    node, _what, attribute, value = copy.copy(list(changes(tree))[mutant.number])
    setattr(node, attribute, value)
    return ast.unparse(ast.fix_missing_locations(tree))


def notices(folder: Path, mutant: Mutant | None) -> bool:
    """Whether the fast tests of the engine, run in the copy, go red with the change (None: without one)."""
    if mutant is None:
        return _is_red(folder, [TESTS])
    target = folder / mutant.path
    original = target.read_bytes()
    try:
        target.write_text(changed_source(mutant), "utf-8")
        return _is_red(folder, _nearest(mutant)) or _is_red(folder, [TESTS])
    finally:
        target.write_bytes(original)


def _nearest(mutant: Mutant) -> list[Path]:
    """The tests that notice most changes of that part, and are quick to be collected."""
    part = TESTS / mutant.path.relative_to(ENGINE).parts[0]
    own = [part] if (ROOT / part).is_dir() else [TESTS / f"test_{name}.py" for name in ("rules", "arithmetic", "trace")]
    return [*own, TESTS / "test_golden.py"]


def _is_red(folder: Path, tests: list[Path]) -> bool:
    options = ["-x", "-q", "-n", "0", "-m", FAST, "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, *map(str, tests)]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def copied(folder: Path) -> Path:
    ignored = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".hypothesis", "node_modules")
    return Path(shutil.copytree(ROOT, folder, ignore=ignored))


def _chosen(everything: list[Mutant], given: argparse.Namespace) -> tuple[list[Mutant], str]:
    if not given.only and not given.again:
        sample = random.Random(given.seed).sample(everything, min(given.count, len(everything)))
        return sample, f"seed {given.seed}"
    places = [*given.only, *(unnoticed_in(given.again.read_text("utf-8")) if given.again else ())]
    chosen, gone = at_places(everything, places)
    for place in gone:
        print(f"nothing to change any more: {place}")
    return chosen, "tried again"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--under", default="", help="only this part of the engine, such as batch or rules/ratio.py")
    parser.add_argument("--only", action="append", default=[], metavar="FILE:LINE", help="may be repeated")
    parser.add_argument("--again", type=Path, metavar="LOG", help="what this output of a former run lists")
    given = parser.parse_args()
    everything = [one for one in mutants() if one.path.is_relative_to(ENGINE / given.under)]
    chosen, how = _chosen(everything, given)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.jobs) as threads:
        copies: Queue[Path] = Queue()
        for number in range(given.jobs):
            copies.put(copied(Path(folder) / str(number)))
        first = copies.get()
        if notices(first, None):
            print("The engine's fast tests are red without any change; make them green first.", file=sys.stderr)
            return 2
        copies.put(first)

        def tried(mutant: Mutant) -> bool:
            place = copies.get()
            try:
                noticed = notices(place, mutant)
            finally:
                copies.put(place)
            print("." if noticed else f"\nunnoticed: {mutant}", end="", flush=True)
            return noticed

        noticed = sum(threads.map(tried, chosen))
    print(f"\n{noticed} of {len(chosen)} changes noticed, {how}, {len(everything)} possible.")
    return 0 if noticed >= NEEDED * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
