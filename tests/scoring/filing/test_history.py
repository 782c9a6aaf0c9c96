"""The history of a form as an official reads it."""

import json

import pytest
from django.urls import reverse

from accounts.trail import acts
from core.audit.models import AuditEntry
from core.templatetags.values import datetime_vi
from scoring.appraisal.services import accept_line, return_assessment
from scoring.filing.evidence import attach_evidence, remove_evidence
from scoring.filing.history import History
from scoring.filing.history_words import Told
from scoring.filing.services import AnswerInput, prepare, reopen, save_answer
from scoring.filing.undoing import undo_answer
from scoring.models import Preparation
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import upload

pytestmark = pytest.mark.django_db


def save(year, code, raw, person="officer0", **more):
    answer = year.answer(code)
    return save_answer(answer=answer, given=AnswerInput(raw, **more), version=answer.version, actor=year.people[person])


def told(year, line="", **more):
    """(act, sentence, what changed by line) of every entry, the oldest first."""
    history = History(year.assessment())
    entries = list(history.entries(line, **more))
    return [
        (event.entry.action, event.sentence, {criterion.code: changes for criterion, changes in event.lines})
        for event in reversed(history.events(entries, line))
    ]


def page(year, as_user, person="officer0", **query) -> str:
    url = reverse("assessment_history", args=[year.assessment().pk])
    return as_user(year.people[person]).get(url, query).content.decode()


def test_a_save_is_told_field_by_field_with_titles_and_the_points_it_moves(year):
    with year.filing():
        save(year, "B.1", {"a": "1200", "b": "1250"})
        save(year, "B.1", {"a": "900", "b": "1250"}, explanation="Đếm lại.")

    (_, _, first), (_, _, second) = told(year)
    titles = [one.field for one in first["B.1"]]
    assert first["B.1"][:2] == [Told(titles[0], "", "1.200"), Told(titles[1], "", "1.250")]
    assert "a" not in titles
    assert second["B.1"] == [
        Told(titles[0], "1.200", "900"),
        Told(titles[2], "3,00", "2,70"),
        Told("Thuyết minh", "", "Đếm lại."),
    ]


def test_every_step_of_a_form_is_told_once(year):
    with year.filing():
        year.fill()
        file = attach_evidence(answers=[year.answer("A.3")], upload=upload(), title="Kế hoạch 12", actor=year.officer())
        remove_evidence(answer=year.answer("A.3"), evidence=file, actor=year.officer())
        prepare(assessment=year.assessment(), actor=year.officer())
        reopen(assessment=year.assessment(), actor=year.head())
        prepare(assessment=year.assessment(), actor=year.officer())
        receipt = year.sign()
        return_assessment(assessment=year.assessment(), reason="Thiếu văn bản", actor=year.people["lead"])

    sentences = {act: sentence for act, sentence, _changed in told(year)}
    assert [act for act, _sentence, _changed in told(year)] == [
        "assessment.import_form", "evidence.attach", "evidence.remove", "assessment.prepare", "assessment.reopen",
        "assessment.prepare", "assessment.receipt", "assessment.return",
    ]  # fmt: skip
    assert "Kế hoạch 12" in sentences["evidence.attach"]
    assert "A.3" in sentences["evidence.remove"]
    assert Preparation.objects.get(number=1).sha256[:12] in sentences["assessment.reopen"]
    assert receipt.receipt_code in sentences["assessment.receipt"]
    assert "Thiếu văn bản" in sentences["assessment.return"]


def test_an_import_shows_each_line_and_the_history_of_one_line_only_its_own(year):
    with year.filing():
        save(year, "A.3", {"value": "2"})
        year.fill()
        save(year, "B.2", {"value": "3"})
        attach_evidence(answers=[year.answer("A.3")], upload=upload(), title="Kế hoạch 12", actor=year.officer())

    whole, line = told(year), told(year, "A.3")
    assert set(whole[1][2]) == {"A.1", "A.2", "A.3", "B.1", "B.2"}
    assert [act for act, _sentence, _changed in line] == ["answer.save", "assessment.import_form", "evidence.attach"]
    assert [set(changed) for _act, _sentence, changed in line] == [{"A.3"}, {"A.3"}, set()]


def test_one_persons_acts(year):
    with year.filing():
        save(year, "A.3", {"value": "2"})
        save(year, "A.3", {"value": "3"}, "head0")

    assert len(told(year, who=year.head().pk)) == 1
    assert [one.pk for one in History(year.assessment()).people()] == [year.head().pk, year.officer().pk]


def test_what_appraisers_do_is_not_told_here(year, as_user):
    year.to_appraisal()
    with year.on(LOCKS):
        line = year.answer("A.1")
        accept_line(answer=line, version=line.version, actor=year.people["appraiser"])
        assert AuditEntry.objects.latest("seq").action == "answer.accept"
        text = page(year, as_user)

    assert "answer.accept" not in {act for act, _sentence, _changed in told(year)}
    assert year.people["appraiser"].full_name not in text


def test_an_entry_from_before_differences_were_kept_is_told_without_them(year):
    with year.filing():
        year.fill()
    history = History(year.assessment())
    entry = history.entries().get()
    kept = json.loads(entry.details)
    entry.details = json.dumps({"lines": kept["lines"], "changed": kept["changed"]})

    assert history.events([entry])[0].lines == []


def test_an_act_without_a_sentence_of_its_own_goes_by_its_word(year):
    with year.filing():
        attach_evidence(answers=[year.answer("A.3")], upload=upload(), title="Kế hoạch 12", actor=year.officer())
    history = History(year.assessment())
    entry = history.entries().get()
    entry.action = "evidence.restore"

    assert history.events([entry])[0].sentence == str(acts()["evidence.restore"])


def test_the_page_names_people_times_and_values_and_filters(year, as_user):
    with year.filing():
        save(year, "A.3", {"value": "2"})
        save(year, "A.1", {"value": "yes"}, "head0")
        whole, line = page(year, as_user), page(year, as_user, line="A.3")
        person = page(year, as_user, who=year.head().pk)
        assert year.officer().full_name in whole
        assert year.head().full_name in whole
        assert datetime_vi(year.answer("A.3").updated_at, "s") in whole
        assert line.count('<li class="event">') == 1
        assert person.count('<li class="event">') == 1
        url = reverse("assessment_history", args=[year.assessment().pk])
        client = as_user(year.officer())
        for wrong in ({"line": "Z.9"}, {"who": "999999"}, {"who": "x"}, {"page": "x"}):
            assert client.get(url, wrong).status_code == 400
        assert client.get(url, {"page": "9"}).status_code == 404


def test_the_way_back_is_offered_to_whoever_made_the_last_change(year, as_user):
    with year.filing():
        save(year, "A.3", {"value": "2"})
        save(year, "A.3", {"value": "3"})
        url = reverse("answer_undo", args=[year.answer("A.3").pk, 2])
        assert url in page(year, as_user, line="A.3")
        assert url not in page(year, as_user, "head0", line="A.3")
        assert as_user(year.officer()).post(url).status_code == 302
        assert year.answer("A.3").values == {"value": "2"}
        undone = undo_answer(answer=year.answer("A.3"), version=3, actor=year.officer())
        assert undone.values == {}
        assert "/undo/" not in page(year, as_user, line="A.3")


def test_one_entry_and_many_cost_the_same(year, as_user, django_assert_max_num_queries):
    def cost(**query) -> int:
        with django_assert_max_num_queries(40) as queries:
            page(year, as_user, **query)
        return len(queries)

    with year.filing():
        save(year, "A.3", {"value": "2"})
        attach_evidence(answers=[year.answer("A.3")], upload=upload(), title="a", actor=year.officer())
        one, one_line = cost(), cost(line="A.3")
        year.fill()
        for value in "1234":
            save(year, "A.3", {"value": value}, "head0")
        attach_evidence(
            answers=[year.answer("A.3"), year.answer("A.1")],
            upload=upload(data=b"%PDF-1.4\n1"),
            title="b",
            actor=year.head(),
        )
        prepare(assessment=year.fill(), actor=year.officer())
        reopen(assessment=year.assessment(), actor=year.officer())
        assert (cost(), cost(line="A.3")) == (one, one_line)
