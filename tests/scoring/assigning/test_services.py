"""Plans of an agency: looked at, adopted, decided otherwise; and what an assignment changes for the appraisers."""

from collections import Counter

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.appraisal.explanations import file_explanation
from scoring.appraisal.permissions import can_decide_explanation
from scoring.appraisal.selectors.progress import pillars_with_progress
from scoring.appraisal.selectors.queue import lines_of, next_waiting
from scoring.appraisal.services import accept_line, accept_lines, close_appraisals
from scoring.appraisal.waiting import waiting_for
from scoring.assigning.planning import appraisers_of
from scoring.assigning.selectors import assigned, loads_of
from scoring.assigning.services import adopt_assignment, override_assignment, plan_assignment
from scoring.clarifying.services import ask_clarification
from scoring.conflicts.services import declare_conflict, record_superior
from scoring.models import Answer, Assignment, AssignmentPlan
from tests.factories.people import make_user
from tests.factories.year import Year
from tests.stages import EXPLAINING, FILING_AGAIN, correct, decide_rest, open_next_filing

pytestmark = pytest.mark.django_db

WAY = {"mode": "unit", "cap": None, "seed": 1}


def given(year: Year, by: str = "lead") -> dict:
    return {"cycle": year.cycle, "agency": year.agency, "actor": year.people[by]}


def plan(year: Year, by: str = "lead", **way):
    return plan_assignment(**given(year, by), **WAY | way)


def adopt(year: Year, by: str = "lead", **way) -> AssignmentPlan:
    way = WAY | way
    return adopt_assignment(**given(year, by), **way, digest=plan(year, **way).digest)


def override(year: Year, who: str, *codes_and_indexes, by: str = "lead", reason: str = "Ốm dài ngày"):
    answers = [year.answer(code, index).pk for code, index in codes_and_indexes]
    return override_assignment(**given(year, by), answers=answers, appraiser=year.people[who], reason=reason)


def declare(year: Year, who: str, index: int):
    one = year.people[who]
    return declare_conflict(person=one, unit=year.units[index], kind="family", reason="Em trai", actor=one)


def accept(year: Year, who: str, code: str, index: int = 0):
    line = year.answer(code, index)
    return accept_line(answer=line, version=line.version, actor=year.people[who])


def of(year: Year, who: str) -> list[tuple[str, int]]:
    """The lines of a person: criterion, number of the unit."""
    rows = Assignment.objects.filter(appraiser=year.people[who]).select_related(
        "answer__criterion", "answer__assessment"
    )
    units = [unit.pk for unit in year.units]
    return sorted((one.answer.criterion.code, units.index(one.answer.assessment.unit_id)) for one in rows)


class TestThePlan:
    def test_looking_at_it_writes_nothing_and_gives_the_same_again(self, appraising):
        audit = AuditEntry.objects.count()

        assert plan(appraising) == plan(appraising)
        assert not AssignmentPlan.objects.exists()
        assert AuditEntry.objects.count() == audit

    def test_by_unit_one_person_has_all_lines_of_a_unit(self, appraising):
        draft = plan(appraising, mode="unit")

        by_unit = Counter((unit, who) for unit, _code, who in draft.table)
        assert len(by_unit) == 3
        assert sorted(whole for _account, _name, whole, _lines in draft.loads) == [1, 2]

    def test_by_criterion_one_person_has_all_units_of_a_criterion(self, appraising):
        draft = plan(appraising, mode="criterion")

        by_criterion = {(code, who) for _unit, code, who in draft.table}
        assert len(by_criterion) == len({code for code, _who in by_criterion})
        loads = [whole for _account, _name, whole, _lines in draft.loads]
        assert max(loads) - min(loads) <= 1

    def test_line_by_line_the_lines_are_even(self, appraising):
        loads = [lines for _account, _name, _whole, lines in plan(appraising, mode="line").loads]

        assert sum(loads) == Answer.objects.filter(criterion__responsible=appraising.agency).count()
        assert max(loads) - min(loads) <= 1

    @pytest.mark.parametrize("mode", ["unit", "criterion", "line"])
    def test_no_line_goes_to_whom_it_is_closed_and_the_conflict_is_pinned(self, appraising, mode):
        declare(appraising, "appraiser", 0)
        declare(appraising, "appraiser2", 1)
        adopt(appraising, mode=mode)

        assert 0 not in {index for _code, index in of(appraising, "appraiser")}
        assert 1 not in {index for _code, index in of(appraising, "appraiser2")}
        kept = AssignmentPlan.objects.get()
        assert [[one[0], one[2]] for one in kept.conflicts] == [
            ["appraiser", appraising.units[0].name],
            ["appraiser2", appraising.units[1].name],
        ]

    @pytest.mark.parametrize("mode", ["unit", "criterion", "line"])
    def test_what_nobody_may_touch_is_left_to_a_lead(self, appraising, mode):
        record_superior(
            agency=appraising.agency, unit=appraising.units[2], reason="Chủ quản", actor=appraising.people["lead"]
        )
        draft = plan(appraising, mode=mode)

        units = {unit for unit, _code, who in draft.table if not who}
        assert units == {appraising.units[2].code}
        adopt(appraising, mode=mode)
        assert Assignment.objects.filter(appraiser=None).count() == draft.left
        with pytest.raises(NotAllowed):
            accept(appraising, "appraiser", "A.1", 2)

    def test_last_years_pairs_are_exchanged(self, appraising):
        """`appraiser2` decided on two of three units last year: with two to share, the lot has nothing to say."""
        year, seen = appraising, set()
        for index in (0, 1):
            correct(year, "B.3", index, by="appraiser2", points="0,5")
            lines = year.assessment(index).answers.all()
            accept_lines(assessment=year.assessment(index), answers=lines, actor=year.people["appraiser2"])
        decide_rest(year)
        year.to_explanation()
        year.publish()
        open_next_filing(year)
        with year.on(FILING_AGAIN):
            for seed in range(5):
                draft = plan(year, seed=seed)
                seen |= {(unit, who) for unit, _code, who in draft.table}
                assert draft.repeats == 0

        codes = [unit.code for unit in year.units]
        assert seen == {(codes[0], "appraiser"), (codes[1], "appraiser"), (codes[2], "appraiser2")}

    def test_a_cap_that_is_too_small_says_which_would_do(self, appraising):
        with pytest.raises(Invalid) as refused:
            plan(appraising, cap=1)

        assert set(refused.value.fields) == {"cap"}
        assert "2" in refused.value.message
        assert plan(appraising, cap=2).cap == 2

    def test_conflicts_raise_what_a_cap_must_be(self, appraising):
        declare(appraising, "appraiser", 0)
        declare(appraising, "appraiser", 1)
        declare(appraising, "appraiser", 2)

        with pytest.raises(Invalid) as refused:
            plan(appraising, cap=2)
        assert "3" in refused.value.message

    def test_nobody_to_divide_between_is_said(self, appraising):
        RoleMembership.objects.filter(role=Role.APPRAISER, unit=appraising.agency).update(to_on="2020-02-01")
        with pytest.raises(Invalid):
            plan(appraising)

    def test_an_agency_without_lines_is_said(self, appraising):
        with pytest.raises(Invalid):
            plan_assignment(cycle=appraising.cycle, agency=appraising.office, **WAY, actor=appraising.people["lead"])

    def test_all_in_conflict_with_all_is_said(self, appraising):
        for index, unit in enumerate(appraising.units):
            record_superior(agency=appraising.agency, unit=unit, reason=f"Số {index}", actor=appraising.people["lead"])
        with pytest.raises(Invalid):
            plan(appraising)

    def test_the_plan_does_not_depend_on_who_looks_and_in_which_order_people_came(self, appraising):
        before = plan(appraising, mode="line").table
        second = make_user("a-lead", (Role.APPRAISAL_LEAD, appraising.office))
        appraising.people["second"] = second
        again = plan_assignment(
            cycle=appraising.cycle, agency=appraising.agency, actor=second, **WAY | {"mode": "line"}
        ).table

        assert again == before

    def test_the_language_of_who_looks_changes_nothing(self, appraising):
        declare(appraising, "appraiser", 0)
        with translation.override("en"):
            in_english = plan(appraising)
        with translation.override("vi"):
            assert plan(appraising).digest == in_english.digest


class TestAdopting:
    def test_one_row_one_entry_and_every_line_has_its_person(self, appraising):
        draft, audit = plan(appraising), AuditEntry.objects.count()
        one = adopt(appraising)

        assert one.table == draft.table
        assert Assignment.objects.count() == len(draft.who)
        entry = AuditEntry.objects.order_by("-seq").first()
        assert (AuditEntry.objects.count() - audit, entry.action) == (1, "assignmentplan.adopt")

    @pytest.mark.parametrize("by", ["appraiser", "secretary", "auditor", "administrator", "officer0"])
    def test_only_a_lead_adopts(self, appraising, by):
        digest = plan(appraising).digest
        with pytest.raises(NotAllowed):
            adopt_assignment(**given(appraising, by), **WAY, digest=digest)
        with pytest.raises(NotAllowed):
            plan(appraising, by)

    def test_a_lead_whose_role_ended_yesterday_adopts_nothing(self, appraising):
        digest, lead = plan(appraising).digest, appraising.people["lead"]
        lead.memberships.update(to_on="2020-02-01")
        lead.forget_roles()
        with pytest.raises(NotAllowed):
            adopt_assignment(**given(appraising), **WAY, digest=digest)

    def test_not_once_the_appraisal_is_over(self, explaining):
        with pytest.raises(WrongState):
            plan(explaining)

    def test_a_conflict_declared_after_looking_refuses_the_whole(self, appraising):
        digest = plan(appraising).digest
        declare(appraising, "appraiser", 0)

        with pytest.raises(Conflict):
            adopt_assignment(**given(appraising), **WAY, digest=digest)
        assert not AssignmentPlan.objects.exists()
        assert not Assignment.objects.exists()

    def test_another_plan_adopted_after_looking_refuses_the_whole(self, appraising):
        digest = plan(appraising, mode="line").digest
        adopt(appraising)

        with pytest.raises(Conflict):
            adopt_assignment(**given(appraising), **WAY | {"mode": "line"}, digest=digest)
        assert AssignmentPlan.objects.get().mode == "unit"

    def test_a_later_plan_takes_the_place_of_the_first_and_of_what_was_decided_by_hand(self, appraising):
        first = adopt(appraising)
        override(appraising, "appraiser", *[("A.1", index) for index in range(3)])
        second = adopt(appraising, mode="criterion")

        assert set(Assignment.objects.values_list("plan", "override_reason")) == {(second.pk, "")}
        assert list(AssignmentPlan.objects.all()) == [second, first]

    @pytest.mark.parametrize("sql", ["UPDATE {} SET seed = 5", "DELETE FROM {}"])
    def test_the_database_keeps_the_plan(self, appraising, sql):
        adopt(appraising)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.format(AssignmentPlan._meta.db_table))


class TestWhoDecidesThen:
    @pytest.fixture
    def divided(self, appraising) -> Year:
        """Unit 0 and 1 for `appraiser`, 2 for `appraiser2`."""
        adopt(appraising)
        lines = [(code, index) for code, index in [*of(appraising, "appraiser"), *of(appraising, "appraiser2")]]
        wrong = [one for one in lines if one[1] < 2]
        for who, chosen in (("appraiser", wrong), ("appraiser2", [one for one in lines if one[1] == 2])):
            if set(chosen) - set(of(appraising, who)):
                override(appraising, who, *chosen)
        return appraising

    def test_only_whose_line_it_is_or_a_lead(self, divided):
        with pytest.raises(NotAllowed, match="appraiser"):
            accept(divided, "appraiser2", "A.1", 0)
        due = divided.cycle.appraisal_closes_at
        line = divided.answer("A.3", 0)
        with pytest.raises(NotAllowed):
            ask_clarification(
                answer=line, question="?", due_at=due, version=line.version, actor=divided.people["appraiser2"]
            )
        with pytest.raises(NotAllowed):
            accept_lines(assessment=divided.assessment(), answers=[line], actor=divided.people["appraiser2"])

        assert accept(divided, "appraiser", "A.1", 0).line_state == "accepted"
        assert accept(divided, "lead", "A.2", 0).line_state == "accepted"

    def test_list_next_and_counts_are_of_the_own_lines(self, divided):
        one, line = divided.people["appraiser2"], divided.answer("A.1", 2)

        shown = [row.answer.assessment.unit for row in lines_of(one, divided.cycle, line.criterion)]
        everything = lines_of(one, divided.cycle, line.criterion, everybodys=True)

        assert shown == [divided.units[2]]
        assert [bool(row.blocked) for row in everything] == [
            row.answer.assessment.unit != divided.units[2] for row in everything
        ]
        assert next_waiting(lines_of(one, divided.cycle, line.criterion), line.pk) is None
        shares = [row.share.total for pillar in pillars_with_progress(one, divided.cycle) for row in pillar.criteria]
        assert set(shares) <= {0, 1}
        of_lead = pillars_with_progress(divided.people["lead"], divided.cycle)
        assert max(row.share.total for pillar in of_lead for row in pillar.criteria) == 3
        assert "1" in waiting_for(one)[0].where

    def test_an_override_takes_the_line_away_at_once(self, divided):
        override(divided, "appraiser2", ("A.1", 0))

        with pytest.raises(NotAllowed):
            accept(divided, "appraiser", "A.1", 0)
        assert accept(divided, "appraiser2", "A.1", 0).line_state == "accepted"

    def test_who_is_gone_or_came_into_conflict_is_shown(self, divided):
        declare(divided, "appraiser", 0)
        RoleMembership.objects.filter(user=divided.people["appraiser2"]).update(to_on="2020-02-01")
        lead = divided.people["lead"]

        rows = list(assigned(divided.cycle, divided.agency))
        loads = {one.person.username: one for one in loads_of(rows, appraisers_of(divided.agency, lead))}

        each = len(rows) // 3
        assert (loads["appraiser"].blocked, loads["appraiser"].is_gone) == (each, False)
        assert (loads["appraiser2"].blocked, loads["appraiser2"].is_gone) == (0, True)

    @pytest.mark.parametrize("reason", ["", " \u200b "])
    def test_an_override_needs_its_reason(self, divided, reason):
        with pytest.raises(Invalid) as refused:
            override(divided, "appraiser2", ("A.1", 0), reason=reason)
        assert set(refused.value.fields) == {"reason"}

    def test_a_conflict_is_not_overridden(self, divided):
        declare(divided, "appraiser2", 0)
        before = of(divided, "appraiser2")

        with pytest.raises(Invalid) as refused:
            override(divided, "appraiser2", ("A.1", 0), ("A.1", 1))

        assert set(refused.value.fields) == {"appraiser"}
        assert divided.units[0].name in refused.value.message
        assert of(divided, "appraiser2") == before

    def test_a_lead_gives_nobody_the_lines_of_a_unit_that_is_closed_to_the_lead(self, divided):
        declare(divided, "lead", 0)
        with pytest.raises(NotAllowed):
            override(divided, "appraiser2", ("A.1", 0))

    @pytest.mark.parametrize("who", ["other_appraiser", "officer0", "lead"])
    def test_only_appraisers_of_the_agency_are_given_its_lines(self, divided, who):
        with pytest.raises(Invalid):
            override(divided, who, ("A.1", 0))

    def test_nothing_to_change_is_said(self, divided):
        with pytest.raises(Conflict):
            override(divided, "appraiser", ("A.1", 0))
        with pytest.raises(Invalid):
            override(divided, "appraiser")

    @pytest.mark.parametrize("by", ["appraiser", "secretary", "auditor"])
    def test_only_a_lead_overrides(self, divided, by):
        with pytest.raises(NotAllowed):
            override(divided, "appraiser2", ("A.1", 0), by=by)


def test_without_a_plan_all_appraisers_of_the_agency_share(appraising):
    assert accept(appraising, "appraiser", "A.1").line_state == "accepted"
    assert accept(appraising, "appraiser2", "A.2").line_state == "accepted"


def test_an_explanation_is_decided_by_another_whosever_the_line_was(appraising):
    """The second appraiser is never the first: an assignment must not keep the colleague away."""
    adopt(appraising, mode="line")
    other = {"appraiser": "appraiser2", "appraiser2": "appraiser"}
    first = appraising.answer("B.1").assignment.appraiser.username
    correct(appraising, "B.1", by=first, a="60", b="100")
    for index in range(3):
        if appraising.answer("B.3", index).line_state == "open":
            correct(appraising, "B.3", index, by="lead", points="0,5")
        answers = Answer.objects.filter(assessment=appraising.assessment(index))
        accept_lines(assessment=appraising.assessment(index), answers=answers, actor=appraising.people["lead"])
    close_appraisals(cycle=appraising.cycle, actor=appraising.people["lead"])
    appraising.to_explanation()

    with appraising.on(EXPLAINING):
        one = file_explanation(answer=appraising.answer("B.1"), grounds="Xem lại", actor=appraising.head())
        assert can_decide_explanation(appraising.people[other[first]], one, appraising.cycle)
        assert not can_decide_explanation(appraising.people[first], one, appraising.cycle)
