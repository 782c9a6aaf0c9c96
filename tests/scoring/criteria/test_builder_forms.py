"""The forms by themselves: the shipped sets go through them unchanged, and what is on file is said in words."""

import json
from pathlib import Path

import pytest

from accounts.enums import UnitKind
from accounts.models import Unit
from scoring.criteria.desk.changes import changed_meanwhile
from scoring.criteria.desk.forms.line import LineEditor
from scoring.criteria.desk.forms.whole import WholeEditor
from scoring.criteria.draft import read, stored
from scoring.criteria.editing import BESIDE, is_node, places
from tests.factories.people import make_unit
from tests.scoring.criteria.drafts import line

SETS = sorted((Path(__file__).parents[3] / "data" / "criteria").rglob("*.json"))
SETS = [path for path in SETS if b"sonla-awards/criteria-set@1" in path.read_bytes()]


def boxes(parts) -> dict[str, str]:
    """What a browser would send of these forms as they are shown."""
    sent = {}
    for part in parts:
        for bound in part:
            value = bound.value()
            if value is True:
                sent[bound.html_name] = "on"
            elif value not in (None, False):
                sent[bound.html_name] = bound.field.widget.format_value(value) if hasattr(value, "year") else str(value)
    return sent


def test_there_are_sets_to_try():
    assert len(SETS) >= 6


@pytest.mark.django_db
@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_shipped_set_goes_through_the_forms_unchanged(path):
    document = read(stored(json.loads(path.read_bytes()))[0])
    for name in {place.item.get("appraiser", "") for place in places(document)} - {""}:
        if not Unit.objects.filter(name=name).exists():
            make_unit(f"U{Unit.objects.count()}", name, kind=UnitKind.DEPARTMENT)
    for place in places(document):
        if is_node(place.item):
            continue
        given = {"beside": place.under == BESIDE, "weighted": place.item["weight"] != "1"}
        shown = LineEditor(place.item, **given)
        rows = [row for rows in shown.rule.rows for row in rows.forms]
        sent = LineEditor(place.item, **given, data=boxes([shown.form, shown.rule.form, *rows, *shown.rule.fields]))
        assert sent.is_valid(), sent.errors
        kept = read(
            stored(document | {"root": document["root"] | {"children": [sent.document()]}, "adjustments": []})[0]
        )
        if place.under != BESIDE:
            assert kept["root"]["children"][0] == place.item
    whole = WholeEditor(document)
    sent = WholeEditor(document, boxes([whole.form, whole.scoring, *whole.ties.forms, *whole.grades.forms]))
    assert sent.is_valid(), sent.errors
    assert {name: document[name] for name in sent.document()} == sent.document()


def test_what_is_on_file_is_said_as_the_form_shows_it():
    stored_item = line("A", "count", max_points="2.5")
    typed = line("A", "ratio", max_points="3")
    said = [value for _name, value in changed_meanwhile(stored_item, typed)]
    assert "2,5" in said
    assert "50%" in said
    assert not any(value in ("count", "0.5", "2.5") for value in said)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Tên\u202eẩn", "a\u200bb"])
def test_hidden_characters_in_a_title_are_refused(text):
    shown = LineEditor(line("A"), beside=False, weighted=False)
    data = boxes([shown.form, shown.rule.form]) | {"title_vi": text}
    assert not LineEditor(line("A"), beside=False, weighted=False, data=data).is_valid()
