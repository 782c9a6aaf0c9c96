"""Who may import whom (design.md 3): a breach fails here, with file and line."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ["core", "accounts", "scoring", "nominations", "activities", "sonla_awards"]
# Highest first; a file imports only from its own layer and those below it. Other names, and core, are not layered.
LAYERS = [
    {"views", "api", "tasks", "admin", "commands", "urls", "waiting"},
    {"forms", "serializers", "exports"},
    {"services", "drafting", "entering", "explanations", "evidence"},
    {"selectors", "permissions", "checks"},
    {"models", "querysets", "lifecycle"},
    {"enums", "engine", "tally"},
]


def modules() -> Iterator[tuple[str, Path]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield app, path


def imported_names(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.lineno, node.module
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def layer_of(parts: tuple[str, ...]) -> int | None:
    return next((index for part in parts for index, names in enumerate(LAYERS) if part in names), None)


def test_an_app_imports_only_from_those_before_it():
    breaches = []
    for app, path in modules():
        allowed = APPS[: APPS.index(app) + 1]
        for line, name in imported_names(path):
            if name.split(".")[0] in APPS and name.split(".")[0] not in allowed:
                breaches.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert breaches == []


def test_a_layer_imports_only_from_those_below_it():
    breaches = []
    for app, path in modules():
        own = layer_of(path.relative_to(ROOT).with_suffix("").parts[1:])
        for line, name in imported_names(path):
            if own is None or app == "core" or name.split(".")[0] != app:
                continue
            other = layer_of(tuple(name.split(".")[1:]))
            if other is not None and other < own:
                breaches.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert breaches == []


def test_nobody_else_asks_what_time_it_is():
    """One clock: the database's (core/clock.py)."""
    asked = {"timezone.now(", "datetime.now(", "datetime.utcnow(", "date.today(", "time.time("}
    breaches = [
        f"{path.relative_to(ROOT)}: {call}"
        for _app, path in modules()
        if path != ROOT / "core" / "clock.py"
        for call in asked
        if call in path.read_text()
    ]
    assert breaches == []


def test_a_state_changes_through_the_one_door_only():
    """`obj.state = …` stands in core/lifecycle.py (and for jobs, which have no actor, in their runner)."""
    doors = {ROOT / "core" / "lifecycle.py"}
    breaches = []
    for _app, path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            names = [t for target in targets for t in (target.elts if isinstance(target, ast.Tuple) else [target])]
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in names) and path not in doors | {
                ROOT / "core" / "jobs" / "runner.py"
            }:
                breaches.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert breaches == []
