"""Next year's set from this year's: due dates move, nothing else does."""

import json

import pytest

from scoring import engine
from scoring.criteria.cloning import for_year
from scoring.criteria.services import clone_set, import_set
from tests.factories.small_set import DOCUMENT, leaf

pytestmark = pytest.mark.django_db


def document(*dues: str) -> bytes:
    """The small set with deadline criteria beside its pillars and one level below a pillar."""
    added = json.loads(json.dumps(DOCUMENT))
    late = [{"days": 15, "fraction": "0.5"}]
    plans = [
        leaf(f"C.{number}", "Kế hoạch ban hành đúng hạn", "1", {"kind": "deadline", "due": due, "late": late})
        for number, due in enumerate(dues, 1)
    ]
    added["root"]["children"][0]["children"].append(plans[0])
    added["root"]["children"] += plans[1:]
    return json.dumps(added).encode()


def dues(definition: engine.CriteriaSet) -> list[str]:
    return [line.rule.due.isoformat() for line in definition.lines if line.rule.kind == "deadline"]


def test_due_dates_move_by_the_years_between_and_nothing_else_does(year):
    secretary = year.people["secretary"]
    source = import_set(
        data=document("2026-01-31", "2027-02-15").replace(b'"small"', b'"plans"'), place="x", actor=secretary
    )

    made = clone_set(source=source, year=2028, actor=secretary)

    assert dues(made.definition) == ["2028-01-31", "2029-02-15"]
    assert for_year(made.definition, 2026) == source.definition


@pytest.mark.parametrize(("year", "due"), [(2029, "2029-02-28"), (2032, "2032-02-29"), (2028, "2028-02-29")])
def test_a_leap_day_becomes_the_last_day_of_february(year, due):
    definition = engine.load_set(document("2028-02-29").replace(b'"year": 2026', b'"year": 2028'), place="x")

    assert dues(for_year(definition, year)) == [due]
