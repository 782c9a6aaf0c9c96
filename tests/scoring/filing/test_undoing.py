"""Taking back one's own last change of a line."""

import pytest
from django.urls import reverse

from core.audit.models import AuditEntry
from core.audit.services import faults
from core.errors import Conflict, NotAllowed, WrongState
from scoring.filing.declaring import facts_of
from scoring.filing.services import AnswerInput, prepare, save_answer
from scoring.filing.undoing import undo_answer
from scoring.models import Answer
from tests.scoring.filing.conftest import line_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(year):
    with year.filing():
        yield year


def save(year, raw, person="officer0", code="B.1", **more):
    answer = year.answer(code)
    given = AnswerInput(raw, **more)
    return save_answer(answer=answer, given=given, version=answer.version, actor=year.people[person])


def undo(year, person="officer0", code="B.1", version=None):
    answer = year.answer(code)
    return undo_answer(answer=answer, version=answer.version if version is None else version, actor=year.people[person])


def test_what_stood_there_comes_back_as_a_new_save_with_its_points(filing):
    first = save(filing, {"a": "60", "b": "100"}, explanation="Báo cáo tháng 9.")
    save(filing, {"a": "90", "b": "100"}, explanation="")

    back = undo(filing)

    assert facts_of(filing.answer("B.1")) == facts_of(first)
    assert (back.claimed_points, back.version) == (first.claimed_points, 3)
    assert filing.answer("B.1").claimed_points == first.claimed_points
    assert (back.updated_by, AuditEntry.objects.latest("seq").action) == (filing.officer(), "answer.undo")
    assert list(faults()) == []


def test_one_step_further_each_time_and_then_nothing_is_left(filing):
    typed = [{"a": "1"}, {"a": "1", "b": "4"}, {"a": "2", "b": "4"}]
    for raw in typed:
        save(filing, raw)

    seen = [undo(filing).values for _step in range(3)]

    assert seen == [typed[1], typed[0], {}]
    assert filing.answer("B.1").claimed_points is None
    with pytest.raises(Conflict):
        undo(filing)


def test_a_save_after_an_undo_is_what_is_taken_back_next(filing):
    save(filing, {"a": "1"})
    save(filing, {"a": "2"})
    undo(filing)
    save(filing, {"a": "3"})

    assert [undo(filing).values for _step in range(2)] == [{"a": "1"}, {}]


def test_a_line_of_an_import_is_taken_back_alone(filing):
    save(filing, {"a": "5", "b": "10"}, explanation="Trước")
    filing.fill()
    others = list(Answer.objects.exclude(pk=filing.answer("B.1").pk).values())

    undo(filing)

    assert facts_of(filing.answer("B.1")) == {
        "values": {"a": "5", "b": "10"}, "explanation": "Trước", "asks_not_applicable": False,
    }  # fmt: skip
    assert list(Answer.objects.exclude(pk=filing.answer("B.1").pk).values()) == others


def test_what_somebody_else_changed_since_is_not_touched(filing):
    save(filing, {"a": "1"})
    save(filing, {"a": "2"}, person="head0")
    before = facts_of(filing.answer("B.1"))

    with pytest.raises(Conflict) as refused:
        undo(filing)

    assert refused.value.code == "ERR-STATE"
    assert facts_of(filing.answer("B.1")) == before
    assert undo(filing, "head0").values == {"a": "1"}
    with pytest.raises(Conflict):  # what stands there now came from the head's hand
        undo(filing)


def test_a_line_that_is_not_what_the_trail_says_is_left_alone(filing):
    save(filing, {"a": "1"})
    Answer.objects.filter(pk=filing.answer("B.1").pk).update(values={"a": "9"})

    with pytest.raises(Conflict):
        undo(filing)


def test_another_version_than_was_read_is_stale(filing):
    save(filing, {"a": "1"})
    save(filing, {"a": "2"})

    with pytest.raises(Conflict) as refused:
        undo(filing, version=1)

    assert refused.value.code == "ERR-STALE"
    assert filing.answer("B.1").values == {"a": "2"}


def test_nobody_undoes_in_a_form_that_is_not_theirs_or_not_open(filing):
    save(filing, {"a": "1"})
    for person in ("officer1", "secretary", "lead"):
        with pytest.raises(NotAllowed):
            undo(filing, person)
    prepare(assessment=filing.fill(), actor=filing.officer())
    with pytest.raises(WrongState):
        undo(filing)


def test_a_decision_on_a_returned_line_is_asked_for_again(returned):
    save(returned, {"value": "4"}, code="A.3")
    undone = undo(returned, code="A.3")

    assert (undone.line_state, undone.values) == ("open", {"value": "5"})


def test_the_page_offers_it_only_where_something_was_replaced(filing, as_user):
    client, answer = as_user(filing.officer()), filing.answer("B.1")
    url, htmx = reverse("answer_save", args=[answer.pk]), {"HX-Request": "true"}
    first = client.post(url, line_data(answer, a="60"), headers=htmx).content.decode()
    more = client.post(url, line_data(answer, version=1, a="60", b="100"), headers=htmx).content.decode()
    replaced = client.post(url, line_data(answer, version=2, a="70", b="100"), headers=htmx).content.decode()

    way_back = reverse("answer_undo", args=[answer.pk, 3])
    assert "undo" not in first + more
    assert f'action="{way_back}"' in replaced
    assert client.post(way_back, headers=htmx).status_code == 200
    assert filing.answer("B.1").values == {"a": "60", "b": "100"}
    assert client.post(way_back, headers=htmx).status_code == 409
