"""The lead's review: a line goes back with a note, criteria are looked through, and a closed form stays as it is."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from core import clock
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.appraisal.reviewing import reopen_line, review_criterion
from scoring.appraisal.selectors.queue import lines_of
from scoring.appraisal.selectors.reviews import note_on, unreviewed
from scoring.appraisal.services import accept_line
from scoring.models import Answer, Correction, CriterionReview, Reopening
from tests.factories.year import OPENS, Year
from tests.stages import APPRAISING, correct, decide_rest

pytestmark = pytest.mark.django_db


def reopen(
    year: Year, code: str = "B.1", index: int = 1, *, by: str = "lead", note: str = "Xem lại trang 2."
) -> Reopening:
    answer = year.answer(code, index)
    return reopen_line(answer=answer, note=note, version=answer.version, actor=year.people[by])


def review(year: Year, code: str, *, by: str = "lead") -> CriterionReview:
    criterion = year.answer(code).criterion
    return review_criterion(cycle=year.cycle, criterion=criterion, actor=year.people[by])


def accept(year: Year, code: str, index: int) -> None:
    answer = year.answer(code, index)
    accept_line(answer=answer, version=answer.version, actor=year.people["appraiser2"])


def test_a_reopened_line_comes_first_with_its_note_until_it_is_decided(appraising, client):
    correct(appraising, "B.1", 1, a="5", b="100")
    reopen(appraising, note="<b>Trang 2</b>")

    answer = appraising.answer("B.1", 1)
    assert (answer.line_state, answer.correction, answer.appraised_points) == ("open", None, None)
    assert answer.corrections.count() == 1
    queue = lines_of(appraising.people["appraiser"], appraising.cycle, answer.criterion)
    assert [line.answer.pk for line in queue][0] == answer.pk
    assert (queue[0].state, queue[0].note.note, queue[1].note) == ("again", "<b>Trang 2</b>", None)
    client.force_login(appraising.people["appraiser"])
    assert "&lt;b&gt;Trang 2&lt;/b&gt;" in client.get(reverse("appraisal_line", args=[answer.pk])).content.decode()

    accept(appraising, "B.1", 1)
    assert note_on(appraising.answer("B.1", 1)) is None
    assert lines_of(appraising.people["appraiser"], appraising.cycle, answer.criterion)[0].answer.pk != answer.pk


def test_the_own_units_people_do_not_read_the_note(appraising):
    correct(appraising, "B.1", 1, a="5", b="100")
    reopen(appraising)
    appraiser = appraising.people["appraiser"]
    RoleMembership.objects.create(user=appraiser, role=Role.AUDITOR, unit=appraising.units[1], from_on=OPENS.date())
    appraiser.forget_roles()

    queue = lines_of(appraiser, appraising.cycle, appraising.answer("B.1").criterion)
    assert [line.note for line in queue] == [None] * len(queue)


@pytest.mark.parametrize("person", ["appraiser", "other_appraiser", "secretary", "auditor", "head0", "administrator"])
def test_only_a_lead_reopens_and_reviews(appraising, person):
    correct(appraising, "B.1", 1, a="5", b="100")
    with pytest.raises(NotAllowed):
        reopen(appraising, by=person)
    with pytest.raises(NotAllowed):
        review(appraising, "B.1", by=person)


def test_what_is_not_reopened(appraising):
    with pytest.raises(WrongState):
        reopen(appraising)  # not decided
    correct(appraising, "B.1", 1, a="5", b="100")
    answer = appraising.answer("B.1", 1)
    with pytest.raises(Invalid):
        reopen(appraising, note=" ")
    with pytest.raises(Conflict):
        reopen_line(answer=answer, note="x", version=answer.version - 1, actor=appraising.people["lead"])
    decide_rest(appraising)
    with pytest.raises(WrongState):
        reopen(appraising)  # closed
    assert not Reopening.objects.exists()


def test_a_review_holds_until_a_line_is_decided_anew(appraising):
    def codes() -> list[str]:
        return [one.code for one in unreviewed(appraising.cycle)]

    assert "A.1" in codes()
    with pytest.raises(WrongState):
        review(appraising, "A.1")
    for index in range(3):
        accept(appraising, "A.1", index)
    review(appraising, "A.1")
    assert "A.1" not in codes()

    reopen(appraising, "A.1", 1)
    assert "A.1" in codes()
    with clock.set_to(APPRAISING + timedelta(hours=1)):
        accept(appraising, "A.1", 1)
        assert "A.1" in codes()
        review(appraising, "A.1")
        assert "A.1" not in codes()


def test_the_closing_names_what_is_not_reviewed_and_is_not_stopped(appraising, client):
    for index in range(3):
        accept(appraising, "A.1", index)
    lead = appraising.people["lead"]
    client.force_login(lead)
    url = reverse("appraisal_criterion", args=[2026, appraising.answer("A.1").criterion_id])
    assert (
        'action="' + reverse("appraisal_review", args=[2026, appraising.answer("A.1").criterion_id])
        in client.get(url).content.decode()
    )
    review(appraising, "A.1")
    assert lead.full_name in client.get(url).content.decode()
    page = client.get(reverse("appraisal_progress", args=[2026]))
    assert {one.code for one in page.context["unreviewed"]} >= {"A.2", "B.3"}

    closed = client.post(reverse("appraisal_close", args=[2026]), follow=True)

    said = [str(one) for one in closed.context["messages"]]
    assert len(said) == 2
    assert "A.2" in said[1]
    assert "A.1" not in said[1]


@pytest.mark.parametrize(
    "change",
    [
        {"values": {}},
        {"explanation": "khác"},
        {"claimed_points": "1"},
        {"appraised_points": "1"},
        {"line_state": "open"},
    ],
)
def test_the_database_keeps_the_lines_of_a_closed_form(explaining, change):
    line = Answer.objects.filter(pk=explaining.answer("B.1").pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        line.update(**change)
    again = Correction.objects.filter(answer=line.get()).last()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_the_database_keeps_notes_and_reviews(appraising):
    for index in range(3):
        accept(appraising, "A.1", index)
    review(appraising, "A.1")
    reopen(appraising, "A.1", 1)
    for model in (Reopening, CriterionReview):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all().delete()


def test_reopening_by_page(appraising, client):
    correct(appraising, "B.1", 1, a="5", b="100")
    answer = appraising.answer("B.1", 1)
    client.force_login(appraising.people["lead"])
    url = reverse("appraisal_reopen", args=[answer.pk])
    assert f'href="{url}"' in client.get(reverse("appraisal_line", args=[answer.pk])).content.decode()

    refused = client.post(url, {"note": "", "version": answer.version})
    assert refused.status_code == 422
    stale = client.post(url, {"note": "Chữ đã gõ.", "version": answer.version + 1})
    assert stale.status_code == 409
    assert "Chữ đã gõ." in stale.content.decode()
    assert client.post(url, {"note": "Xem lại.", "version": answer.version}).status_code == 302
    assert client.get(url).status_code == 200
