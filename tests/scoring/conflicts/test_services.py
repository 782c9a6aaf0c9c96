"""Conflicts of interest: who declares them, what they close, who says that they are over."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict as Collision
from core.errors import Invalid, NotAllowed, WrongState
from scoring.appraisal.explanations import file_explanation
from scoring.appraisal.permissions import can_decide_explanation
from scoring.appraisal.selectors.queue import lines_of, next_waiting
from scoring.appraisal.services import accept_line, accept_lines, correct_points, return_assessment
from scoring.appraisal.waiting import waiting_for
from scoring.clarifying.services import ask_clarification
from scoring.conflicts.selectors import conflicts_among, conflicts_of, register_for
from scoring.conflicts.services import declare_conflict, record_superior, withdraw_conflict
from scoring.measured.judging import lines_by_unit
from scoring.models import Assessment, Conflict

pytestmark = pytest.mark.django_db


def declare(year, who="appraiser", index=0, by=None, **more):
    given = {"kind": "family", "reason": "Em trai là công chức của xã."} | more
    return declare_conflict(person=year.people[who], unit=year.units[index], actor=year.people[by or who], **given)


def superior(year, index=0, by="lead", **more):
    given = {"reason": "Cơ quan chủ quản theo quyết định thành lập."} | more
    return record_superior(agency=year.agency, unit=year.units[index], actor=year.people[by], **given)


def accept(year, by="appraiser", code="A.1", index=0):
    line = year.answer(code, index)
    return accept_line(answer=line, version=line.version, actor=year.people[by])


class TestWhatIsClosed:
    def test_a_declared_unit_is_not_there_for_the_appraiser_and_for_nobody_else_changes_anything(self, appraising):
        before = {name: list(Assessment.objects.visible_to(one)) for name, one in appraising.people.items()}
        declare(appraising)

        after = {name: list(Assessment.objects.visible_to(one)) for name, one in appraising.people.items()}

        closed = appraising.assessment()
        assert closed in before["appraiser"]
        assert after == before | {"appraiser": [one for one in before["appraiser"] if one != closed]}

    def test_no_act_reaches_the_line(self, appraising):
        declare(appraising)
        appraiser, line = appraising.people["appraiser"], appraising.answer("A.1")

        with pytest.raises(NotAllowed):
            accept(appraising)
        reason = {"reason_code": "TL-01", "reason": "Thiếu"}
        with pytest.raises(NotAllowed):
            correct_points(answer=line, points=Decimal(0), version=line.version, actor=appraiser, **reason)
        with pytest.raises(NotAllowed):
            accept_lines(assessment=line.assessment, answers=[line], actor=appraiser)
        due = appraising.cycle.appraisal_closes_at
        with pytest.raises(NotAllowed):
            ask_clarification(answer=line, question="?", due_at=due, version=line.version, actor=appraiser)

        assert appraising.answer("A.1").line_state == "open"
        assert accept(appraising, by="appraiser2").line_state == "accepted"

    def test_a_lead_is_no_exception(self, appraising):
        declare(appraising, "lead")

        with pytest.raises(NotAllowed):
            accept(appraising, by="lead")
        with pytest.raises(NotAllowed):
            return_assessment(assessment=appraising.assessment(), reason="Sửa", actor=appraising.people["lead"])
        assert appraising.assessment() not in Assessment.objects.visible_to(appraising.people["lead"])

    def test_the_secretary_reads_the_form_and_does_not_act_on_it(self, appraising):
        declare(appraising, "secretary")

        assert appraising.assessment() in Assessment.objects.visible_to(appraising.people["secretary"])
        with pytest.raises(NotAllowed):
            return_assessment(assessment=appraising.assessment(), reason="Sửa", actor=appraising.people["secretary"])

    def test_the_superior_body_and_what_is_below_it_do_not_appraise_each_other(self, appraising):
        superior(appraising)
        below = appraising.officer()
        RoleMembership.objects.create(user=below, role=Role.APPRAISER, unit=appraising.office, from_on="2020-01-01")
        below.forget_roles()

        assert set(conflicts_of(appraising.people["appraiser"])) == {appraising.agency.pk, appraising.units[0].pk}
        assert set(conflicts_of(below)) == {appraising.units[0].pk, appraising.office.pk, appraising.agency.pk}
        assert set(conflicts_of(appraising.people["other_appraiser"])) == {appraising.office.pk}
        with pytest.raises(NotAllowed):
            accept(appraising)

    def test_the_own_unit_stays_what_it_is_for_its_people(self, appraising):
        """Also where the register names it: the unit's officer still files."""
        officer = appraising.officer()
        RoleMembership.objects.create(
            user=officer, role=Role.APPRAISER, unit=appraising.agency, from_on="2020-01-01", to_on="2020-02-01"
        )
        superior(appraising)

        assert list(Assessment.objects.visible_to(officer)) == [appraising.assessment()]

    def test_queue_list_count_and_values_leave_it_out(self, appraising):
        appraiser, line = appraising.people["appraiser"], appraising.answer("A.1", 2)
        counted = waiting_for(appraiser)[0].title
        declare(appraising)

        units = [one.answer.assessment.unit for one in lines_of(appraiser, appraising.cycle, line.criterion)]

        assert units == sorted(appraising.units[1:], key=lambda unit: unit.name_sort)
        queue = lines_of(appraiser, appraising.cycle, line.criterion)
        assert next_waiting(queue, line.pk) == appraising.answer("A.1", 1).pk
        assert waiting_for(appraiser)[0].title != counted
        assert "11111" not in lines_by_unit(appraising.cycle, appraising.answer("P.2").criterion, appraiser)

    def test_the_pages_and_the_api_say_that_there_is_nothing(self, appraising, client):
        declare(appraising)
        client.force_login(appraising.people["appraiser"])
        line, form = appraising.answer("A.1"), appraising.assessment()

        for address in (
            reverse("appraisal_line", args=[line.pk]),
            reverse("appraisal_unit", args=[form.pk]),
            reverse("api_assessment", args=[form.pk]),
            reverse("api_answer", args=[form.pk, "A.1"]),
        ):
            assert client.get(address).status_code == 404
        answer = client.post(reverse("appraisal_line", args=[line.pk]), {"decision": "accept", "version": line.version})
        assert answer.status_code == 404
        listed = client.get(reverse("api_assessments")).content.decode()
        assert [unit.code in listed for unit in appraising.units] == [False, True, True]
        shown = client.get(reverse("appraisal_criterion", args=[2026, line.criterion_id])).content.decode()
        assert [str(unit) in shown for unit in appraising.units] == [False, True, True]

    def test_a_contest_is_decided_by_somebody_without_a_conflict(self, explaining):
        explanation = file_explanation(answer=explaining.answer("B.1"), grounds="Xem lại", actor=explaining.head())
        second = explaining.people["appraiser2"]
        assert can_decide_explanation(second, explanation, explaining.cycle)

        declare(explaining, "appraiser2")

        assert not can_decide_explanation(second, explanation, explaining.cycle)


class TestTheRegister:
    def test_many_people_are_read_as_one_is(self, appraising, django_assert_num_queries):
        declare(appraising), declare(appraising, "appraiser2", 1, by="lead"), superior(appraising, 2)
        people = list(appraising.people.values())

        with django_assert_num_queries(2):
            found = conflicts_among(people)

        assert found == {one.pk: conflicts_of(one) for one in people}

    def test_withdrawing_opens_the_file_again_and_stays_on_record(self, appraising):
        one = declare(appraising)
        withdraw_conflict(conflict=one, reason="Em trai đã chuyển công tác.", actor=appraising.people["lead"])

        assert accept(appraising).line_state == "accepted"
        kept = Conflict.objects.get()
        assert (kept.reason, kept.withdrawal_reason) == ("Em trai là công chức của xã.", "Em trai đã chuyển công tác.")
        actions = list(AuditEntry.objects.order_by("-seq").values_list("action", flat=True)[1:3])
        assert actions == ["conflict.withdraw", "conflict.declare"]

    def test_an_appraiser_reads_the_own_rows_and_a_lead_all(self, appraising):
        mine, other, bodies = declare(appraising), declare(appraising, "other_appraiser", 1), superior(appraising, 2)

        assert list(register_for(appraising.people["appraiser"])) == [bodies, mine]
        assert list(register_for(appraising.people["other_appraiser"])) == [other]
        assert list(register_for(appraising.people["lead"])) == [bodies, other, mine]

    @pytest.mark.parametrize(
        ("who", "by"), [("appraiser", "appraiser2"), ("appraiser", "secretary"), ("officer0", "officer0")]
    )
    def test_nobody_declares_for_another_but_a_lead(self, appraising, who, by):
        with pytest.raises(NotAllowed):
            declare(appraising, who, 1, by=by)
        assert not Conflict.objects.exists()

    @pytest.mark.parametrize("by", ["appraiser", "secretary", "auditor"])
    def test_only_a_lead_records_a_superior_body(self, appraising, by):
        with pytest.raises(NotAllowed):
            superior(appraising, by=by)

    @pytest.mark.parametrize("by", ["appraiser", "appraiser2", "secretary", "auditor"])
    def test_only_a_lead_ends_it(self, appraising, by):
        one = declare(appraising)
        with pytest.raises(NotAllowed):
            withdraw_conflict(conflict=one, reason="Hết", actor=appraising.people[by])

    def test_a_lead_does_not_let_in_the_own_person(self, appraising):
        for one in (declare(appraising, "lead", 1), superior(appraising)):
            with pytest.raises(NotAllowed):
                withdraw_conflict(conflict=one, reason="Hết", actor=appraising.people["lead"])

    def test_it_ends_once(self, appraising):
        one, lead = declare(appraising), appraising.people["lead"]
        withdraw_conflict(conflict=one, reason="Hết", actor=lead)
        with pytest.raises(WrongState):
            withdraw_conflict(conflict=one, reason="Hết", actor=lead)
        assert declare(appraising).pk != one.pk

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"kind": "superior"}, "kind"),
            ({"kind": "enemy"}, "kind"),
            ({"reason": "a" * 2001}, None),
        ],
    )
    def test_what_is_missing_or_wrong_is_named(self, appraising, changed, field):
        with pytest.raises(Invalid) as refused:
            declare(appraising, **changed)
        assert not field or set(refused.value.fields) == {field}
        assert not Conflict.objects.exists()

    def test_the_same_twice_is_refused(self, appraising):
        declare(appraising), superior(appraising)
        with pytest.raises(Collision):
            declare(appraising, by="lead")
        with pytest.raises(Collision):
            superior(appraising)
        with pytest.raises(Invalid):
            record_superior(
                agency=appraising.agency, unit=appraising.agency, reason="x", actor=appraising.people["lead"]
            )

    @pytest.mark.parametrize(
        "sql",
        ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "UPDATE {} SET person_id = NULL", "UPDATE {} SET unit_id = 3"],
    )
    def test_the_database_keeps_what_was_declared(self, appraising, sql):
        declare(appraising)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.format(Conflict._meta.db_table))

    def test_the_database_keeps_a_withdrawn_one_withdrawn(self, appraising):
        withdraw_conflict(conflict=declare(appraising), reason="Hết", actor=appraising.people["lead"])
        with pytest.raises(DatabaseError), transaction.atomic():
            Conflict.objects.update(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
