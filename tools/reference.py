"""Write the pages of docs/reference that the code itself knows: lifecycles, rights, refusals, addresses of the API."""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonla_awards.settings.test")

FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Written by `make reference` from the code; a test keeps it true. Do not edit. -->"

# The persons of the table of rights (tests/rights) under the role each stands for, in the order of the columns.
COLUMNS = {
    "officer": ("officer0", "officer1", "officer2"),
    "head": ("head0", "head1", "head2"),
    "appraiser": ("appraiser", "appraiser2", "other_appraiser"),
    "lead": ("lead",),
    "scoring secretary": ("secretary",),
    "emulation secretary": ("emulation",),
    "council": ("member",),
    "leader": ("leader",),
    "administrator": ("administrator",),
    "auditor": ("auditor",),
    "no role": ("outsider",),
    "public": ("visitor",),
}


def main() -> None:
    import django  # noqa: PLC0415 - the settings are chosen first

    django.setup()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """File name → what it should say."""
    return {
        "lifecycles.md": lifecycles(),
        "roles-and-rights.md": rights(),
        "errors.md": errors(),
        "api-addresses.md": api(),
        "checks.md": checks(),
    }


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([MADE, f"# {title}", *(part.rstrip() for part in parts)]) + "\n"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def lifecycles() -> str:
    """Each table of states as a diagram and as rows, with the words of the screen in both languages."""
    from django.apps import apps  # noqa: PLC0415 - needs Django to be set up

    models = [model for model in apps.get_models() if getattr(model, "TRANSITIONS", None)]
    models.sort(key=lambda model: (model._meta.app_label != "scoring", model.__name__))
    parts = [
        "What is not in a table cannot happen: `core.lifecycle.advance` is the only door, and it writes the audit trail."
    ]
    for model in models:
        start = model._meta.get_field("state").default
        steps = [(before, action, after) for (before, action), after in model.TRANSITIONS.items()]
        drawn = [f"    [*] --> {start}"] + [f"    {before} --> {after}: {action}" for before, action, after in steps]
        diagram = "\n".join(["```mermaid", "stateDiagram-v2", *drawn, "```"])
        rows = [[_words(before), _words(action), _words(after)] for before, action, after in steps]
        parts += [f"## {model.__name__}", diagram, _table(["from", "act", "to"], rows)]
    return _page("Lifecycles · Vòng đời", *parts)


def _words(member) -> str:
    """«code · English · Vietnamese» of a member of TextChoices."""
    from django.utils.translation import override  # noqa: PLC0415 - needs Django to be set up

    said = []
    for language in ("en", "vi"):
        with override(language):
            said.append(str(member.label))
    return " · ".join([f"`{member.value}`", *said])


def rights() -> str:
    """Who gets through at each address, from the table that `tests/rights` tries on the running product."""
    from django.urls import get_resolver  # noqa: PLC0415 - needs Django to be set up

    tables = importlib.import_module("tests.rights.test_rights").all_rows()
    paths = dict(_paths(get_resolver()))
    by_desk: dict[str, list[list[str]]] = {}
    for row in sorted(tables, key=lambda row: (paths[row.url_name], row.method != "GET")):
        desk = paths[row.url_name].strip("/").split("/")[0] or "home"
        cells = [_mark(row, persons) for persons in COLUMNS.values()]
        by_desk.setdefault(desk, []).append([f"{row.method} `{paths[row.url_name]}`", row.stage, *cells])
    lead = (
        "✓ gets through · ○ only some of them (the own unit's, the own field's) · blank: refused, or there is no such page. "
        "Each row was tried at the stage of the year that it names; `tests/rights` fails when the product answers otherwise, "
        "and when an address has no row. Beyond the role, nobody appraises, votes on or signs for the own unit."
    )
    parts = [lead]
    for desk, rows in by_desk.items():
        parts += [f"## {desk}", _table(["address", "stage", *COLUMNS], rows)]
    return _page("Roles and rights · Vai trò và quyền hạn", *parts)


def _mark(row, persons: tuple[str, ...]) -> str:
    through = [_gets_through(row, person) for person in persons]
    return "✓" if all(through) else "○" if any(through) else ""


def _gets_through(row, person: str) -> bool:
    """A visitor's 302 leads to the sign-in page; anybody else's is an act done."""
    status = row.expect.get(person, 302 if person == "visitor" else row.otherwise)
    return status in (200, 201, 204) if person == "visitor" or row.method == "GET" else status in (200, 201, 204, 302)


def _paths(resolver, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """Name and path of every address."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _paths(pattern, path)
        elif pattern.name:
            yield pattern.name, path


def errors() -> str:
    from core.errors import CODES  # noqa: PLC0415 - needs Django to be set up

    rows = [[f"`{code}`", str(status), meaning] for code, (status, meaning) in CODES.items()]
    lead = "Every refusal is a sentence with one of these codes, the same on pages, in the API, in imports and in commands."
    return _page("Refusals · Mã từ chối", lead, _table(["code", "HTTP", "meaning"], rows))


def checks() -> str:
    from django.utils.translation import override  # noqa: PLC0415 - the settings are chosen first

    from scoring.filing.checks import CHECKS, Severity  # noqa: PLC0415 - as above

    def said(text) -> str:
        words = []
        for language in ("en", "vi"):
            with override(language):
                words.append(str(text))
        return " · ".join(words)

    parts = [
        "What a self-assessment is checked for before it is submitted (`scoring.filing.checks`). Errors block the "
        "submission; warnings are shown to whoever signs, and counted by id in the audit trail; hints help."
    ]
    for severity in Severity:
        rows = [[f"`{one.id}`", said(one.title)] for one in CHECKS.values() if one.severity == severity]
        parts += [f"## {said(severity.label)}", _table(["id", "what is found"], rows)]
    return _page("Checks before submission", *parts)


def api() -> str:
    """Every operation with its parameters, from the description that programs read."""
    from core.api.description import description  # noqa: PLC0415 - needs Django to be set up

    rows = []
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            parameters = [_parameter(one) for one in operation.get("parameters", ()) if one["in"] != "path"]
            signed_in = "" if {} in operation.get("security", [{}]) else "yes"
            rows.append([f"{method.upper()} `{path}`", operation["summary"], ", ".join(parameters), signed_in])
    lead = (
        "The whole description (OpenAPI 3) is at `/api/v1/schema/`; how to sign in, name versions and read refusals: "
        "[API](api.md)."
    )
    return _page("Addresses of the API", lead, _table(["address", "what", "parameters and headers", "signed in"], rows))


def _parameter(one: dict) -> str:
    """A name with the values it may have, where they are counted."""
    return f"`{one['name']}`" + "".join(
        f" ({' · '.join(choices)})" for choices in [one["schema"].get("enum")] if choices
    )


if __name__ == "__main__":
    main()
