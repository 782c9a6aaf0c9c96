"""A form of the size of real life: a unit of the small year under the commune set that ships with the product."""

import json
from datetime import date

from django.conf import settings

from accounts.enums import Role
from accounts.models import RoleMembership, Unit
from scoring.criteria.services import import_set, publish_set
from scoring.enums import AssessmentState
from scoring.models import Answer, Assessment
from tests.factories.people import make_unit
from tests.factories.year import Year

DOCUMENT = settings.ROOT / "data" / "criteria" / "dti-commune.json"


def make_real_form(year: Year) -> Assessment:
    """One more unit of unit 0's people, under the shipped set: some 75 lines. The clock must be set or real."""
    data = DOCUMENT.read_bytes()
    for name in _appraisers(json.loads(data)) - set(Unit.objects.values_list("name", flat=True)):
        make_unit(f"A{Unit.objects.count()}", name)
    secretary = year.people["secretary"]
    criteria_set = publish_set(
        criteria_set=import_set(data=data, place="dti-commune", actor=secretary), actor=secretary
    )
    unit = make_unit("99999", "Xã Một trăm chỉ số", group=year.group)
    RoleMembership.objects.create(user=year.officer(), role=Role.UNIT_OFFICER, unit=unit, from_on=date(2020, 1, 1))
    assessment = Assessment.objects.create(
        cycle=year.cycle, unit=unit, group=year.group, criteria_set=criteria_set, state=AssessmentState.DRAFT
    )
    Answer.objects.bulk_create(Answer(assessment=assessment, criterion=one) for one in criteria_set.criteria.all())
    return assessment


def _appraisers(document: dict) -> set[str]:
    def walk(node: dict):
        for child in node.get("children", []):
            yield from walk(child)
        if "rule" in node:
            yield node["appraiser"]

    return {*walk(document["root"]), *(line["appraiser"] for line in document["adjustments"])}
