"""The form's pages: what may not be seen, what they show."""

from datetime import timedelta

import pytest
from django.urls import reverse

from scoring.appraisal.services import return_assessment
from scoring.filing.evidence import attach_evidence
from scoring.filing.progress import ADJUSTMENTS
from scoring.models import Assessment
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import upload

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


# --- what may not be seen ------------------------------------------------------------------------------------------
def test_what_belongs_to_others_does_not_exist(year, as_user):
    with year.filing():
        theirs = attach_evidence(
            answers=[year.answer("A.3", 1)], upload=upload(), title="Bí mật", actor=year.officer(1)
        )
        mine = attach_evidence(answers=[year.answer("A.3")], upload=upload(), title="", actor=year.officer())
        client, line, foreign = as_user(year.officer()), year.answer("A.3").pk, year.answer("A.3", 1).pk
        pk = year.assessment(1).pk
        gets = [("assessment", [pk]), ("assessment_pillar", [pk, "A"]), ("assessment_check", [pk]),
                ("assessment_submit", [pk]), ("assessment_receipt", [pk]), ("evidence_attach", [foreign]),
                ("evidence_file", [theirs.pk])]  # fmt: skip
        posts = [("answer_save", [foreign]), ("evidence_attach", [foreign]), ("assessment_prepare", [pk]),
                 ("assessment_reopen", [pk]), ("assessment_submit", [pk]),
                 ("evidence_remove", [foreign, theirs.pk]), ("evidence_remove", [line, theirs.pk]),
                 ("evidence_restore", [line, theirs.pk]), ("evidence_restore", [foreign, mine.pk])]  # fmt: skip
        statuses = [client.get(reverse(name, args=args)).status_code for name, args in gets]
        statuses += [client.post(reverse(name, args=args)).status_code for name, args in posts]

    assert set(statuses) == {404}


@pytest.mark.parametrize("pk", [0, 2**31, 2**63 - 1, 2**63, 10**400])
def test_ids_that_nobody_has_are_404(year, as_user, pk):
    client = as_user(year.officer())
    with year.filing():
        for address in (
            f"/filing/{pk}/",
            f"/filing/{pk}/pillars/A/",
            f"/filing/lines/{pk}/evidence/",
            f"/filing/evidence/{pk}/",
        ):
            assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", ["Z", "B.1", "ALL", "_", "%00", "..", "A'", "A" * 500])
def test_pillars_that_do_not_exist_are_refused(year, as_user, code):
    with year.filing():
        response = as_user(year.officer()).get(f"/filing/{year.assessment().pk}/pillars/{code}/")

    assert response.status_code in (400, 404)


# --- what the pages show -------------------------------------------------------------------------------------------
def test_lines_that_the_unit_does_not_declare_are_locked_with_the_reason(year, as_user):
    with year.filing():
        client = as_user(year.officer())
        page = text(client.get(reverse("assessment_pillar", args=[year.assessment().pk, "B"])))
        beside = text(client.get(reverse("assessment_pillar", args=[year.assessment().pk, ADJUSTMENTS])))

    assert f'id="save-{year.answer("B.2").pk}"' in page
    assert f'id="save-{year.answer("B.3").pk}"' not in page
    assert year.agency.name in page
    assert f'id="save-{year.answer("T.1").pk}"' in beside
    assert f'id="save-{year.answer("P.1").pk}"' not in beside


def test_a_submitted_form_is_read_only_and_leads_to_its_receipt(year, as_user):
    submission = year.hand_in()
    with year.filing():
        client, pk = as_user(year.officer()), year.assessment().pk
        form = text(client.get(reverse("assessment_pillar", args=[pk, "B"])))
        receipt = text(client.get(reverse("assessment_receipt", args=[pk])))

    assert 'id="save-' not in form
    assert "90 ÷ 100" in form
    assert reverse("assessment_receipt", args=[pk]) in form
    assert submission.receipt_code in receipt
    assert submission.sha256 in receipt
    assert str(submission.submitted_by) in receipt


def test_a_returned_form_says_why_on_top(year, as_user):
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        return_assessment(assessment=year.assessment(), reason="Bổ sung <b>B.1</b>", actor=year.people["lead"])
        client, pk = as_user(year.officer()), year.assessment().pk
        pages = [text(client.get(reverse(name, args=args))) for name, args in
                 (("assessment", [pk]), ("assessment_pillar", [pk, "B"]), ("assessment_check", [pk]))]  # fmt: skip

    for page in pages:
        assert "Bổ sung &lt;b&gt;B.1&lt;/b&gt;" in page
    assert 'id="save-' in pages[1]


def test_last_year_stands_beside(year, as_user):
    """The year itself, published, seen from the one after it."""
    year.all_the_way()
    cycle = year.cycle
    cycle.pk, cycle.year, cycle.state = None, 2027, "filing"
    shift = timedelta(days=365)
    for name in (
        "filing_opens_at",
        "filing_closes_at",
        "filing_locks_at",
        "appraisal_closes_at",
        "explanation_closes_at",
    ):
        setattr(cycle, name, getattr(cycle, name) + shift)
    cycle.save()
    old = Assessment.objects.get(cycle__year=2026, unit=year.units[0])
    new = Assessment.objects.create(cycle=cycle, unit=old.unit, group=old.group, criteria_set=old.criteria_set)
    new.answers.bulk_create(
        [type(old.answers.first())(assessment=new, criterion=c) for c in old.criteria_set.criteria.all()]
    )

    with year.on(cycle.filing_opens_at + timedelta(days=1)):
        client = as_user(year.officer())
        overview = text(client.get(reverse("assessment", args=[new.pk])))
        form = text(client.get(reverse("assessment_pillar", args=[new.pk, "B"])))
        all_years = text(client.get(reverse("assessments")))

    assert "9.50" in overview or "9,50" in overview
    assert "90 ÷ 100" in form
    assert reverse("assessment", args=[old.pk]) in all_years
    assert "1/3" in all_years


def test_the_provenance_and_the_source_of_a_criterion_are_on_the_page(year, as_user):
    leaf = year.criteria_set.definition.leaf("B.1")
    assert leaf.provenance is None
    with year.filing():
        page = text(as_user(year.officer()).get(reverse("assessment_pillar", args=[year.assessment().pk, "B"])))

    assert "Thống kê" in page  # the evidence wanted
    assert year.agency.name in page
