"""“Unchanged, refresh the evidence”: what is taken over, what the mark means, and the way back."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, OutOfTime, WrongState
from scoring.filing.carried import mark_of, may_repeat, repeatable_values
from scoring.filing.carrying import carry_over, undo_carry_over
from scoring.filing.evidence import attach_evidence
from scoring.filing.progress import pillar_progress
from scoring.filing.services import AnswerInput, import_form, prepare, save_answer
from scoring.filing.waiting import waiting_for
from scoring.models import Correction
from tests.factories.year import LOCKS
from tests.scoring.filing.checks.forms import L, answer, day, file, form
from tests.scoring.filing.conftest import PDF, line_data, upload
from tests.stages import A_YEAR

pytestmark = pytest.mark.django_db


def carry(year, code: str, **more):
    line = year.answer(code)
    return carry_over(answer=line, **({"version": line.version, "actor": year.officer()} | more))


def save(year, code: str, raw: dict, explanation: str = ""):
    line = year.answer(code)
    given = AnswerInput(raw=raw, explanation=explanation)
    return save_answer(answer=line, given=given, version=line.version, actor=year.officer())


def attach(year, code: str, data: bytes = PDF):
    return attach_evidence(answers=[year.answer(code)], upload=upload(data=data), title="", actor=year.officer())


def section(year, code: str):
    return next(one for one in pillar_progress(year.assessment()).sections if one.code == code)


class TestCarryingOver:
    def test_the_recognised_figures_come_with_this_years_points_and_a_mark(self, next_filing):
        line = carry(next_filing, "B.1")

        stored = next_filing.answer("B.1")
        assert (stored.values, stored.claimed_points) == ({"a": "60", "b": "100"}, Decimal("2.25"))
        assert stored.carried == {
            "year": 2026,
            "former": {"values": {}, "explanation": "", "asks_not_applicable": False},
            "files": [],
        }
        assert (stored.version, stored.updated_by, line.pk) == (1, next_filing.officer(), stored.pk)

    def test_the_explanation_of_this_year_stays_and_a_request_is_taken_back(self, next_filing):
        line = next_filing.answer("B.2")
        given = AnswerInput(explanation="Chưa phát sinh", asks_not_applicable=True)
        save_answer(answer=line, given=given, version=0, actor=next_filing.officer())

        stored = carry(next_filing, "B.2")

        assert (stored.values, stored.explanation, stored.asks_not_applicable) == (
            {"value": "10"},
            "Chưa phát sinh",
            False,
        )

    def test_the_trail_shows_both_ways_and_the_year(self, next_filing):
        save(next_filing, "A.3", {"value": "2"})
        carry(next_filing, "A.3")

        details = json.loads(AuditEntry.objects.filter(action="answer.carry_over").get().details)
        assert (details["before"]["values"], details["after"]["values"]) == ({"value": "2"}, {"value": "5"})
        assert details["year"] == 2026

    def test_the_same_click_twice_carries_once(self, next_filing):
        carry(next_filing, "A.3")
        carry(next_filing, "A.3", version=0)

        assert (next_filing.answer("A.3").version, AuditEntry.objects.filter(action="answer.carry_over").count()) == (
            1,
            1,
        )

    def test_figures_typed_anew_are_not_marked(self, next_filing):
        save(next_filing, "A.3", {"value": "5"})

        assert carry(next_filing, "A.3").carried is None

    def test_a_line_saved_meanwhile_is_a_conflict(self, next_filing):
        save(next_filing, "A.3", {"value": "2"})

        with pytest.raises(Conflict):
            carry(next_filing, "A.3", version=0)
        assert next_filing.answer("A.3").values == {"value": "2"}

    @pytest.mark.parametrize("person", ["officer1", "secretary", "lead", "appraiser", "auditor"])
    def test_only_the_own_officers_and_head(self, next_filing, person):
        with pytest.raises(NotAllowed):
            carry(next_filing, "A.3", actor=next_filing.people[person])

    def test_not_after_the_lock(self, next_filing):
        with next_filing.on(LOCKS + A_YEAR), pytest.raises(OutOfTime):
            carry(next_filing, "A.3")

    def test_not_what_the_agency_enters(self, next_filing):
        with pytest.raises(Invalid):
            carry(next_filing, "B.3")

    def test_nothing_without_a_published_year_before(self, year):
        with year.filing(), pytest.raises(Invalid):
            carry(year, "A.3")


class TestWhatMayBeTakenOver:
    """Without a database: last year's line `before` on this year's."""

    def refused(self, code: str, before: L | None, correction: Correction | None = None) -> bool:
        facts = form({code: L(before=before)})
        line = facts.lines[0]
        if correction:
            line.before.correction = correction
        assert (may_repeat(line.answer, line.before) is None) == self._raises(line)
        return self._raises(line)

    def _raises(self, line) -> bool:
        try:
            repeatable_values(line.answer, line.before)
        except Invalid:
            return True
        return False

    def test_figures_levels_and_answers_are(self):
        assert not self.refused("V.1", L({"a": "3", "b": "4"}))
        assert not self.refused("A.2", L({"option": "deputy"}))
        assert not self.refused("Y.1", L({"value": "no"}))

    def test_what_this_years_rule_does_not_take_is_not(self):
        assert self.refused("A.2", L({"option": "gone"}))
        assert self.refused("V.1", L({"a": "5", "b": "4"}))
        assert self.refused("V.1", L({"value": "5"}))
        assert self.refused("V.1", L({"a": "5"}))

    def test_dates_requests_and_nothing_are_not(self):
        assert self.refused("D.1", L(day("2025-01-05")))
        assert self.refused("B.2", L({"value": "3"}, "x", na=True))
        assert self.refused("B.2", L())
        assert self.refused("B.2", None)

    def test_figures_that_the_appraiser_did_not_take_are_not(self):
        before = L({"value": "3"})
        assert self.refused("B.2", before, Correction(kind="points", values={"appraised_points": "0"}))
        assert self.refused("B.2", before, Correction(kind="not_applicable", values={"na": "approved"}))
        assert not self.refused("B.2", before, Correction(kind="inputs", values={"value": "2"}))

    def test_a_page_does_not_offer_what_would_change_nothing(self):
        line = form({"B.2": L({"value": "3"}, before=L({"value": "3"}))}).lines[0]

        assert may_repeat(line.answer, line.before) is None
        assert repeatable_values(line.answer, line.before) == {"value": "3"}


class TestTheMark:
    def test_other_figures_take_it_away_the_same_figures_and_words_do_not(self, next_filing):
        carry(next_filing, "A.3")
        save(next_filing, "A.3", {"value": "5"}, "Theo sổ theo dõi của Văn phòng.")
        assert next_filing.answer("A.3").carried["year"] == 2026

        save(next_filing, "A.3", {"value": "4"}, "Theo sổ theo dõi của Văn phòng.")

        assert next_filing.answer("A.3").carried is None

    def test_an_import_takes_it_away_as_well(self, next_filing):
        carry(next_filing, "A.3")
        given = {"A.3": AnswerInput(raw={"value": "4"}), "A.2": AnswerInput(raw={"option": "deputy"})}
        import_form(assessment=next_filing.assessment(), given=given, actor=next_filing.officer())

        assert next_filing.answer("A.3").carried is None

    def test_a_request_for_not_applicable_takes_it_away(self, next_filing):
        carry(next_filing, "B.2")
        line = next_filing.answer("B.2")
        given = AnswerInput(raw={"value": "10"}, explanation="Không có", asks_not_applicable=True)
        save_answer(answer=line, given=given, version=line.version, actor=next_filing.officer())

        assert next_filing.answer("B.2").carried is None

    def test_a_line_counts_as_done_only_when_refreshed(self, next_filing):
        carry(next_filing, "A.3")
        waiting = section(next_filing, "A")
        assert (waiting.done, waiting.gaps) == (0, [("carried", 1), ("empty", 2)])

        attach(next_filing, "A.3")

        refreshed = section(next_filing, "A")
        assert (refreshed.done, refreshed.gaps) == (1, [("empty", 2)])

    def test_it_waits_on_the_home_page_once_nothing_else_does(self, next_filing):
        """A.1 lacks evidence too, which blocks and is told instead."""
        for code in ("A.1", "A.3"):
            carry(next_filing, code)

        tasks = {task.icon: task for task in waiting_for(next_filing.officer())}

        assert (tasks["copy"].where, tasks["paperclip"].where) == ("A.3", "A.1")
        attach(next_filing, "A.3")
        assert "copy" not in {task.icon for task in waiting_for(next_filing.officer())}

    def test_or_explained(self, next_filing):
        carry(next_filing, "A.3")
        save(next_filing, "A.3", {"value": "5"}, "Năm nay họp đúng lịch như năm trước.")

        assert section(next_filing, "A").done == 1

    def test_the_file_of_last_year_refreshes_nothing(self, next_filing):
        """The stage has no files, so the mark is given one."""
        line = carry(next_filing, "A.3")
        line.carried["files"] = [attach(next_filing, "A.3").sha256]
        line.save()

        assert section(next_filing, "A").done == 0

    def test_the_mark_names_the_files_that_stood_there(self):
        one = file()
        before = answer("V.1", L({"a": "1", "b": "2"}, files=(one,)), form({}).assessment)

        assert mark_of(before, {})["files"] == [one.sha256]


class TestTheWayBack:
    def test_what_stood_there_comes_back_with_its_points(self, next_filing):
        save(next_filing, "A.3", {"value": "2"})
        carry(next_filing, "A.3")

        line = undo_carry_over(answer=next_filing.answer("A.3"), actor=next_filing.officer())

        assert (line.values, line.claimed_points, line.carried) == ({"value": "2"}, Decimal("0.5"), None)
        assert AuditEntry.objects.filter(action="answer.undo_carry_over").count() == 1

    def test_an_empty_line_is_empty_again(self, next_filing):
        carry(next_filing, "A.3")

        line = undo_carry_over(answer=next_filing.answer("A.3"), actor=next_filing.officer())

        assert (line.values, line.claimed_points) == ({}, None)

    def test_a_half_filled_line_and_a_request_come_back(self, next_filing):
        save(next_filing, "B.1", {"a": "7"})
        carry(next_filing, "B.1")
        assert undo_carry_over(answer=next_filing.answer("B.1"), actor=next_filing.officer()).values == {"a": "7"}

        line = next_filing.answer("B.2")
        given = AnswerInput(explanation="Không phát sinh", asks_not_applicable=True)
        save_answer(answer=line, given=given, version=0, actor=next_filing.officer())
        carry(next_filing, "B.2")
        back = undo_carry_over(answer=next_filing.answer("B.2"), actor=next_filing.officer())
        assert (back.values, back.asks_not_applicable, back.explanation) == ({}, True, "Không phát sinh")

    def test_an_explanation_written_since_stays(self, next_filing):
        carry(next_filing, "A.3")
        save(next_filing, "A.3", {"value": "5"}, "Theo sổ theo dõi.")

        line = undo_carry_over(answer=next_filing.answer("A.3"), actor=next_filing.officer())

        assert (line.values, line.explanation) == ({}, "Theo sổ theo dõi.")

    def test_there_is_none_once_the_figures_were_edited(self, next_filing):
        carry(next_filing, "A.3")
        save(next_filing, "A.3", {"value": "4"})

        with pytest.raises(WrongState):
            undo_carry_over(answer=next_filing.answer("A.3"), actor=next_filing.officer())
        assert next_filing.answer("A.3").values == {"value": "4"}

    def test_others_may_not(self, next_filing):
        carry(next_filing, "A.3")

        with pytest.raises(NotAllowed):
            undo_carry_over(answer=next_filing.answer("A.3"), actor=next_filing.officer(1))


class TestThePages:
    def post(self, client, name: str, line, **headers):
        return client.post(reverse(name, args=[line.pk]), line_data(line), **headers)

    def test_the_form_offers_it_and_then_shows_the_mark_and_the_way_back(self, next_filing, as_user):
        client, line = as_user(next_filing.officer()), next_filing.answer("A.3")
        address = reverse("assessment_pillar", args=[next_filing.assessment().pk, "A"])
        offer, back = (reverse(name, args=[line.pk]) for name in ("answer_carry_over", "answer_undo_carry_over"))
        assert f'formaction="{offer}"' in client.get(address).content.decode()

        answered = self.post(client, "answer_carry_over", line)

        assert answered.url == f"{address}#line-{line.pk}"
        page = client.get(address).content.decode()
        assert (back in page, f'formaction="{offer}"' in page, "line-carried" in page) == (True, False, True)
        assert client.post(back).status_code == 302
        assert next_filing.answer("A.3").values == {}

    def test_the_script_gets_the_line_and_a_toast_with_the_way_back(self, next_filing, as_user):
        client, line = as_user(next_filing.officer()), next_filing.answer("A.3")

        page = self.post(client, "answer_carry_over", line, headers={"HX-Request": "true"}).content.decode()

        assert f'id="body-{line.pk}"' in page
        assert page.count(reverse("answer_undo_carry_over", args=[line.pk])) == 2  # on the line, in the toast
        back = client.post(reverse("answer_undo_carry_over", args=[line.pk]), headers={"HX-Request": "true"})
        assert f'id="body-{line.pk}"' in back.content.decode()

    def test_a_refusal_is_told(self, next_filing, as_user):
        client = as_user(next_filing.officer())

        assert self.post(client, "answer_carry_over", next_filing.answer("T.1")).status_code == 422
        assert client.post(reverse("answer_undo_carry_over", args=[next_filing.answer("A.3").pk])).status_code == 409
        assert client.post(reverse("answer_carry_over", args=[next_filing.answer("A.3").pk])).status_code == 400

    def test_last_year_stands_beside_the_line_in_full(self, next_filing, as_user):
        client = as_user(next_filing.officer())

        page = client.get(reverse("assessment_pillar", args=[next_filing.assessment().pk, "B"])).content.decode()

        part = page[page.index("last-year") :]
        reason = "Tài liệu không thể hiện số đã khai."
        for said in ("90 ÷ 100", "60 ÷ 100", "3,00", "2,25", "−0,75", reason):
            assert said in part
        assert "Có hồ sơ giấy tại Văn phòng." in part

    def test_the_appraiser_sees_the_mark(self, next_filing, as_user):
        year = next_filing
        carry(year, "A.3")
        carry(year, "A.2")
        attach(year, "A.3")
        given = {"A.1": AnswerInput(raw={"value": "yes"}), "B.1": AnswerInput(raw={"a": "1", "b": "2"})}
        given = {code: AnswerInput(raw=one.raw, explanation="Hồ sơ giấy tại Văn phòng.") for code, one in given.items()}
        import_form(assessment=year.assessment(), given=given, actor=year.officer())
        save(year, "B.2", {"value": "3"})
        prepare(assessment=year.assessment(), actor=year.officer())
        year.sign()
        appraiser = as_user(year.people["lead"])

        stale, fresh, plain = (
            appraiser.get(reverse("appraisal_line", args=[year.answer(code).pk])) for code in ("A.2", "A.3", "B.2")
        )

        assert [one.context["page"].carried_stale for one in (stale, fresh, plain)] == [True, False, False]
        assert ["2026</dt>" in one.content.decode() for one in (stale, fresh)] == [True, True]
