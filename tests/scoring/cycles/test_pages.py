"""The secretary's pages: what stands on them, what waits and why, what bad input gets."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.criteria.services import clone_set
from scoring.cycles.steps import ACTS, slug_of
from scoring.cycles.waiting import waiting_for
from scoring.enums import CycleState, SetState
from scoring.models import CriteriaSet, Cycle
from tests.factories.year import CLOSES, EXPLAINED, LOCKS, OPENS
from tests.scoring.cycles.conftest import later_year
from tests.scoring.measured.conftest import bring_in

pytestmark = pytest.mark.django_db

FORM = {
    "year": "2027",
    "movement_title": "Chuyển đổi số",
    "founding_decision": "253/QĐ-UBND",
    "legal_basis": "Căn cứ",
    "filing_from": "01/11/2027",
    "filing_to": "10/12/2027",
    "locked_after": "10/01/2028",
    "appraisal_to": "05/02/2028",
    "explanation_to": "13/02/2028",
}


def step_url(name: str, year: int = 2026) -> str:
    return reverse("cycle_step", args=[year, name])


class TestNew:
    def test_a_year_is_set_up_from_days_typed_inclusive(self, year, desk):
        with year.filing():
            answer = desk.post(reverse("cycle_new"), FORM | {"set_commune": str(year.criteria_set.pk)})
        assert (answer.status_code, answer["Location"]) == (302, reverse("cycle", args=[2027]))
        made = Cycle.objects.get(year=2027)
        assert made.filing_closes_at.isoformat() == "2027-12-10T17:00:00+00:00"
        assert (made.is_sample, made.state) == (False, CycleState.PREPARING)

    def test_the_next_year_is_proposed_with_its_usual_dates(self, year, desk):
        with year.filing():
            form = desk.get(reverse("cycle_new")).context["form"]
        assert form["year"].value() == 2027
        assert [str(form[name].value()) for name in ("filing_from", "filing_to", "locked_after")] == [
            "2027-11-01",
            "2027-12-10",
            "2028-01-10",
        ]
        assert form["set_commune"].value() == year.criteria_set.pk

    @pytest.mark.parametrize(
        ("given", "field", "status"),
        [
            ({"year": "2026"}, "year", 409),
            ({"year": "2_027"}, "year", 422),
            ({"year": "２０２７"}, "year", 422),
            ({"year": "2019"}, "year", 422),
            ({"filing_to": "31/02/2027"}, "filing_to", 422),
            ({"filing_to": "01/10/2027"}, "filing_to", 422),
            ({"explanation_to": "01/02/2028"}, "explanation_to", 422),
            ({"movement_title": "\u200b"}, "movement_title", 422),
            ({"set_commune": ""}, None, 422),
            ({"set_commune": "999"}, "set_commune", 422),
            ({"set_commune": "x"}, "set_commune", 422),
        ],
    )
    def test_refusals_stand_at_their_field_and_keep_what_was_typed(self, year, desk, given, field, status):
        with year.filing():
            answer = desk.post(reverse("cycle_new"), FORM | {"set_commune": str(year.criteria_set.pk)} | given)
        assert answer.status_code == status
        assert (field or "__all__") in answer.context["form"].errors
        assert 'value="253/QĐ-UBND"' in answer.content.decode()
        assert Cycle.objects.count() == 1


class TestYear:
    def test_says_what_comes_next_and_why_it_waits(self, year, desk):
        with year.filing():
            page = desk.get(reverse("cycle", args=[2026]))
        assert page.context["step"].locked
        assert step_url("close-filing") not in page.content.decode()
        with year.on(LOCKS):
            page = desk.get(reverse("cycle", args=[2026]))
        assert page.context["step"].locked == ""
        assert step_url("close-filing") in page.content.decode()

    @pytest.mark.parametrize("number", [1, 2025, 99999999999999999999])
    def test_an_unknown_year_is_404(self, year, desk, number):
        with year.filing():
            assert desk.get(f"/cycles/{number}/").status_code == 404

    def test_every_phase_has_its_page(self, year, desk):
        url = reverse("cycle", args=[2026])
        year.to_appraisal()
        with year.on(LOCKS):
            assert desk.get(url).status_code == 200
        year.appraise().to_explanation()
        year.publish()
        with year.on(EXPLAINED):
            page = desk.get(url)
        assert page.context["step"].slug == "archive"

    def test_a_reader_sees_the_step_locked_for_the_right(self, year, client):
        client.force_login(year.people["lead"])
        with year.on(LOCKS):
            page = client.get(reverse("cycle", args=[2026]))
        assert page.context["step"].locked == ""
        assert step_url("close-filing") not in page.content.decode()


class TestStep:
    def test_asks_first_and_acts_by_post_only(self, year, desk):
        year.hand_in(0)
        with year.on(LOCKS):
            asked = desk.get(step_url("close-filing"))
            assert asked.status_code == 200
            assert len(asked.context["facts"]) == 2
            assert Cycle.objects.get().state == CycleState.FILING
            assert desk.post(step_url("close-filing")).status_code == 302
            assert Cycle.objects.get().state == CycleState.APPRAISAL
            assert desk.post(step_url("close-filing")).status_code == 409

    def test_too_early_is_said_on_the_page_and_refused_by_post(self, year, desk):
        with year.on(CLOSES):
            page = desk.get(step_url("close-filing")).content.decode()
            assert desk.post(step_url("close-filing")).status_code == 409
        assert "btn-danger" not in page

    @pytest.mark.parametrize("action", sorted(ACTS))
    def test_every_step_can_be_looked_at_at_any_time(self, year, desk, action):
        with year.filing():
            assert desk.get(step_url(slug_of(action))).status_code == 200

    @pytest.mark.parametrize("name", ["publish", "close_filing", "x", "dates2"])
    def test_an_unknown_step_is_404(self, year, desk, name):
        with year.filing():
            assert desk.get(step_url(name)).status_code == 404
            assert desk.post(step_url(name)).status_code == 404

    def test_the_facts_fit_the_step(self, year, desk):
        year.to_appraisal().appraise()
        with year.on(LOCKS + timedelta(days=20)):
            year.compute()
            facts = [desk.get(step_url(name)).context["facts"] for name in ("release", "open-explanation", "settle")]
        assert [len(one) for one in facts] == [1, 2, 1]


class TestDates:
    def test_only_what_was_changed_changes(self, year, desk):
        url = reverse("cycle_dates", args=[2026])
        with year.filing():
            form = desk.get(url).context["form"]
            given = {name: form[name].value() for name in form.fields} | {
                "locked_after": "15/01/2027",
                "reason": "Mất điện",
            }
            given = {
                name: value if isinstance(value, str | int) else f"{value:%d/%m/%Y}" for name, value in given.items()
            }
            assert desk.post(url, given).status_code == 302
            assert desk.post(url, given | {"locked_after": "16/01/2027"}).status_code == 409
        changed = Cycle.objects.get()
        assert changed.filing_locks_at.isoformat() == "2027-01-15T17:00:00+00:00"
        assert changed.filing_closes_at == CLOSES

    def test_a_refusal_stands_at_the_day(self, year, desk):
        url = reverse("cycle_dates", args=[2026])
        with year.filing():
            answer = desk.post(
                url,
                {
                    "filing_from": "01/11/2026",
                    "filing_to": "05/11/2026",
                    "locked_after": "10/01/2027",
                    "appraisal_to": "05/02/2027",
                    "explanation_to": "20/02/2027",
                    "reason": "x",
                    "version": str(year.cycle.version),
                },
            )
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["filing_to"]


class TestSets:
    def test_groups_are_chosen_until_the_filing_opens(self, year, desk):
        with year.filing():
            later_year(year)
            url = reverse("cycle_sets", args=[2027])
            assert desk.get(url).status_code == 200
            assert desk.post(url, {"set_commune": str(year.criteria_set.pk)}).status_code == 302
            assert desk.post(url, {"set_commune": ""}).status_code == 422
            assert (
                desk.post(reverse("cycle_sets", args=[2026]), {"set_commune": str(year.criteria_set.pk)}).status_code
                == 409
            )
        assert str(Cycle.objects.get(year=2027).groups.get().criteria_set) == "small 2026"

    def test_a_draft_is_made_once_and_published_after_asking(self, year, desk):
        clone = reverse("set_clone", args=[year.criteria_set.pk])
        with year.filing():
            assert desk.post(clone).status_code == 302
            assert desk.post(clone).status_code == 409
            draft = CriteriaSet.objects.get(year=2027)
            url = reverse("set_publish", args=[draft.pk])
            assert desk.get(url).status_code == 200
            assert CriteriaSet.objects.get(pk=draft.pk).state == SetState.DRAFT
            assert desk.post(url).status_code == 302
            assert desk.post(url).status_code == 409
            assert desk.get(url).status_code == 200
        assert CriteriaSet.objects.get(pk=draft.pk).state == SetState.PUBLISHED

    def test_the_list_costs_the_same_for_few_and_for_many(self, year, desk, secretary):
        costs = []
        with year.filing():
            for turn in range(2):
                with CaptureQueriesContext(connection) as queries:
                    desk.get(reverse("cycles"))
                costs.append(len(queries))
                for number in range(5):
                    clone_set(source=year.criteria_set, year=2030 + 10 * turn + number, actor=secretary)
        assert costs[0] == costs[1] <= 10


class TestFigures:
    """The way to the figures that no unit declares."""

    def listed(self, desk) -> list[tuple[str, int, int, bool]]:
        shown = desk.get(reverse("cycle", args=[2026])).context["figures"]
        return [(row.criterion.code, row.filled, row.total, bool(may)) for row, may in shown]

    def test_the_page_of_the_year_counts_them_and_leads_there(self, year, desk):
        with year.on(OPENS.replace(day=12)):
            assert self.listed(desk) == [("P.2", 0, 3, True)]
            bring_in(year, "secretary", u0="3")
            assert self.listed(desk) == [("P.2", 1, 3, True)]
            page = desk.get(reverse("cycle", args=[2026])).content
            assert reverse("values_import", args=[2026, year.answer("P.2").criterion_id]).encode() in page
            desk.force_login(year.people["auditor"])
            assert self.listed(desk) == [("P.2", 1, 3, False)]

    def test_the_page_leads_to_the_appraisal_once_there_is_one(self, year, desk):
        page, there = reverse("cycle", args=[2026]), reverse("appraisal_year", args=[2026]).encode()
        with year.filing():
            assert there not in desk.get(page).content
        year.to_appraisal()
        with year.on(CLOSES + timedelta(days=1)):
            assert there in desk.get(page).content


class TestWaiting:
    def said(self, year) -> list[tuple[str, bool]]:
        return [(task.icon, bool(task.locked)) for task in waiting_for(year.people["secretary"])]

    def test_the_secretary_is_told_who_is_missing_until_when_and_what_comes_next(self, year):
        with year.filing():
            assert self.said(year) == [("people", False), ("calendar-check", True)]
            assert waiting_for(year.people["secretary"])[0].until == CLOSES
        with year.on(CLOSES):
            assert waiting_for(year.people["secretary"])[0].until == LOCKS
        with year.on(LOCKS):
            assert self.said(year) == [("people", False), ("calendar-check", False)]

    def test_after_the_last_year_the_next_one_can_be_set_up(self, year):
        year.all_the_way()
        with year.on(EXPLAINED):
            assert self.said(year) == [("calendar3", False)]

    def test_nobody_else_is_told(self, year):
        with year.filing():
            assert [waiting_for(year.people[name]) for name in ("officer0", "lead", "auditor", "administrator")] == [
                []
            ] * 4
