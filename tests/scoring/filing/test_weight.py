"""The filled form of the shipped commune set stays light enough for a slow line."""

import gzip
import json
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from accounts.enums import Role
from accounts.models import RoleMembership, Unit
from core import clock
from scoring.criteria.services import import_set, publish_set
from scoring.enums import AssessmentState
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import AnswerInput, import_form
from scoring.inputs import inputs_of
from scoring.models import Answer, Assessment
from tests.factories.people import make_unit
from tests.factories.year import OPENS
from tests.scoring.filing.conftest import PDF, upload

DOCUMENT = settings.ROOT / "data" / "criteria" / "dti-commune.json"


@pytest.fixture
def real_form(year) -> Assessment:
    """One more unit of unit 0's people, under the shipped set instead of the small one."""
    data = DOCUMENT.read_bytes()
    for name in _appraisers(json.loads(data)) - set(Unit.objects.values_list("name", flat=True)):
        make_unit(f"A{Unit.objects.count()}", name)
    secretary = year.people["secretary"]
    with clock.set_to(OPENS):
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


def _full(answer: Answer) -> AnswerInput:
    raw = {}
    for one in inputs_of(answer.criterion.leaf):
        raw[one.name] = one.choices[0][0] if one.choices else "731" if one.name == "a" else "1004"
    return AnswerInput(raw=raw, explanation="Số liệu lấy từ hệ thống thông tin giải quyết thủ tục hành chính của tỉnh.")


@pytest.mark.django_db
def test_the_largest_pillar_filled_in_is_below_90_kilobytes(year, as_user, real_form):
    lines = list(real_form.answers.select_related("criterion__criteria_set").filter(criterion__pillar__code="CQS"))
    declared = [answer for answer in lines if answer.criterion.declared_by_unit]
    with year.filing():
        given = {answer.criterion.code: _full(answer) for answer in declared}
        import_form(assessment=real_form, given=given, actor=year.officer())
        for answer in declared:
            file, title = upload(data=PDF + str(answer.pk).encode()), "Quyết định 118/QĐ-UBND ngày 26/02/2026"
            attach_evidence(answers=[answer], upload=file, title=title, actor=year.officer())
        address = reverse("assessment_pillar", args=[real_form.pk, "CQS"])
        plain = as_user(year.officer()).get(address, HTTP_ACCEPT_LANGUAGE="vi")
        packed = as_user(year.officer()).get(address, HTTP_ACCEPT_ENCODING="gzip")

    assert len(declared) == 15
    assert len(plain.content) < 90_000
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < 20_000
    assert len(gzip.decompress(packed.content)) < 90_000


@pytest.mark.django_db
def test_every_pillar_of_the_shipped_set_can_be_shown_and_says_where_its_criteria_come_from(year, as_user, real_form):
    with year.on(OPENS + timedelta(days=1)):
        client = as_user(year.officer())
        for pillar in real_form.criteria_set.pillars.all():
            page = client.get(reverse("assessment_pillar", args=[real_form.pk, pillar.code])).content.decode()
            for criterion in pillar.criteria.all():
                assert escape(criterion.leaf.source) in page
