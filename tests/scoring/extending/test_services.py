"""More time for one unit: who asks, who grants, what it moves, and that nobody else is moved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, OutOfTime, WrongState
from scoring.cycles.checks import may_move
from scoring.cycles.services import close_filing
from scoring.enums import CycleAction, ExtensionState
from scoring.extending.services import (
    ask_extension,
    give_extension,
    grant_extension,
    refuse_extension,
    withdraw_extension,
)
from scoring.filing.permissions import may_file
from scoring.filing.services import prepare
from scoring.models import Assessment, Cycle, Extension
from tests.factories.year import APPRAISED, CLOSES, LOCKS, OPENS

pytestmark = pytest.mark.django_db

INSTANT, DAY = timedelta(milliseconds=1), timedelta(days=1)


def ask(year, index=0, until=CLOSES + 5 * DAY, reason="Mưa lũ, mất điện ba ngày"):
    return ask_extension(assessment=year.assessment(index), until=until, reason=reason, actor=year.officer(index))


def give(year, index=0, until=LOCKS + 5 * DAY, by="secretary"):
    return give_extension(
        assessment=year.assessment(index), until=until, reason="Công văn 12/UBND", actor=year.people[by]
    )


def ready(year, index=0):
    with year.filing():
        return prepare(assessment=year.fill(index), actor=year.officer(index))


class TestAskAndDecide:
    def test_what_was_asked_and_granted_stands_on_record_and_in_force(self, year):
        with year.filing():
            extension = ask(year)
            assert year.assessment().extended_until is None
            grant_extension(extension=extension, until=extension.asked_until, reason="", actor=year.people["secretary"])
        extension.refresh_from_db()
        assert (extension.state, extension.until) == (ExtensionState.GRANTED, CLOSES + 5 * DAY)
        assert (extension.asked_by, extension.decided_by) == (year.officer(), year.people["secretary"])
        assert year.assessment().extended_until == CLOSES + 5 * DAY
        assert year.assessment(1).extended_until is None
        acts = AuditEntry.objects.filter(object_type="scoring.extension").values_list("action", flat=True)
        assert list(acts.order_by("pk")) == ["extension.ask", "extension.grant"]

    def test_another_day_needs_a_reason(self, year):
        with year.filing():
            extension = ask(year)
            with pytest.raises(Invalid) as refused:
                grant_extension(extension=extension, until=CLOSES + DAY, reason=" ", actor=year.people["lead"])
            assert list(refused.value.fields) == ["reason"]
            grant_extension(extension=extension, until=CLOSES + DAY, reason="Một ngày là đủ", actor=year.people["lead"])
        assert year.assessment().extended_until == CLOSES + DAY

    def test_a_refusal_needs_a_reason_and_moves_nothing(self, year):
        with year.filing():
            extension = ask(year)
            with pytest.raises(Invalid):
                refuse_extension(extension=extension, reason="", actor=year.people["secretary"])
            refuse_extension(extension=extension, reason="Không có lý do", actor=year.people["secretary"])
            assert year.assessment().extended_until is None
            with pytest.raises(WrongState):
                refuse_extension(extension=extension, reason="Lần nữa", actor=year.people["secretary"])
            ask(year, reason="Lý do khác")  # a refusal does not end the matter

    def test_one_request_at_a_time(self, year):
        with year.filing():
            ask(year)
            with pytest.raises(Conflict) as refused:
                ask(year)
            assert refused.value.code == "ERR-DONE"
            with pytest.raises(Conflict):
                give(year)

    @pytest.mark.parametrize(
        ("until", "moment"),
        [(CLOSES, OPENS + DAY), (CLOSES - INSTANT, OPENS + DAY), (LOCKS, LOCKS), (APPRAISED + INSTANT, OPENS + DAY)],
    )
    def test_a_day_of_no_use_is_refused_at_its_field(self, year, until, moment):
        with year.on(moment), pytest.raises(Invalid) as refused:
            ask(year, until=until)
        assert list(refused.value.fields) == ["until"]
        assert not Extension.objects.exists()

    def test_after_the_lock_it_can_be_asked_for_and_helps(self, year):
        ready(year)
        with year.on(LOCKS + DAY):
            with pytest.raises(OutOfTime):
                year.sign()
            extension = ask(year, until=LOCKS + 3 * DAY)
            grant_extension(extension=extension, until=extension.asked_until, reason="", actor=year.people["secretary"])
            year.sign()
        assert year.assessment().on_time_by_extension

    def test_who_has_submitted_needs_none(self, year):
        year.hand_in()
        with year.filing():
            with pytest.raises(WrongState):
                ask(year)
            with pytest.raises(WrongState):
                give(year)

    @pytest.mark.parametrize("person", ["officer1", "head1", "secretary", "appraiser", "administrator", "auditor"])
    def test_only_the_unit_asks(self, year, person):
        with year.filing(), pytest.raises(NotAllowed):
            ask_extension(assessment=year.assessment(), until=CLOSES + DAY, reason="x", actor=year.people[person])

    @pytest.mark.parametrize("person", ["officer0", "head0", "appraiser", "emulation", "administrator", "auditor"])
    def test_only_secretary_and_lead_grant(self, year, person):
        with year.filing():
            extension = ask(year)
            for act in (
                lambda: give(year, 1, by=person),
                lambda: grant_extension(extension=extension, until=CLOSES + DAY, reason="x", actor=year.people[person]),
                lambda: refuse_extension(extension=extension, reason="x", actor=year.people[person]),
            ):
                with pytest.raises(NotAllowed):
                    act()

    def test_nobody_decides_for_the_own_unit(self, year):
        from accounts.enums import Role  # noqa: PLC0415 - beside their only use
        from accounts.models import RoleMembership  # noqa: PLC0415

        RoleMembership.objects.create(
            user=year.people["lead"], role=Role.UNIT_OFFICER, unit=year.units[0], from_on=OPENS.date()
        )
        with year.filing(), pytest.raises(NotAllowed):
            give(year, by="lead")


class TestWithdraw:
    def test_the_unit_takes_its_request_back(self, year):
        with year.filing():
            extension = ask(year)
            with pytest.raises(NotAllowed):
                withdraw_extension(extension=extension, reason="x", actor=year.people["secretary"])
            withdraw_extension(extension=extension, reason="", actor=year.head())
            ask(year)
        assert list(Extension.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "asked"]

    def test_what_was_granted_ends_and_the_one_before_is_in_force_again(self, year):
        with year.filing():
            first, second = give(year, until=CLOSES + DAY), give(year, until=CLOSES + 9 * DAY)
            assert year.assessment().extended_until == CLOSES + 9 * DAY
            with pytest.raises(Invalid):
                withdraw_extension(extension=second, reason=" ", actor=year.people["lead"])
            withdraw_extension(extension=second, reason="Nhầm đơn vị", actor=year.people["lead"])
            assert year.assessment().extended_until == CLOSES + DAY
            withdraw_extension(extension=first, reason="Nhầm đơn vị", actor=year.people["lead"])
        assert year.assessment().extended_until is None

    def test_what_was_used_stays(self, year):
        ready(year)
        with year.on(LOCKS - DAY):
            extension = give(year)
            year.sign()
            with pytest.raises(WrongState):
                withdraw_extension(extension=extension, reason="x", actor=year.people["secretary"])


class TestGate:
    @pytest.mark.parametrize(
        ("moment", "fact"),
        [
            (CLOSES - INSTANT, (True, False, None)),
            (CLOSES, (True, True, None)),
            (CLOSES + 5 * DAY - INSTANT, (True, True, None)),
            (CLOSES + 5 * DAY, (False, False, 1)),
            (CLOSES + 5 * DAY + timedelta(seconds=59), (False, False, 1)),
            (CLOSES + 5 * DAY + timedelta(minutes=1), (False, False, 2)),
        ],
    )
    def test_the_recorded_fact(self, year, moment, fact):
        ready(year)
        with year.filing():
            give(year, until=CLOSES + 5 * DAY)
        with year.on(moment):
            year.sign()
        one = year.assessment()
        assert (one.on_time, one.on_time_by_extension, one.late_minutes) == fact

    def test_without_an_extension_the_minutes_count_from_the_closing(self, year):
        ready(year)
        with year.on(CLOSES + timedelta(hours=2)):
            year.sign()
        assert (year.assessment().on_time, year.assessment().late_minutes) == (False, 121)

    def test_it_opens_the_form_of_this_unit_only(self, year):
        for index in (0, 1):
            ready(year, index)
        with year.filing():
            give(year, until=LOCKS + 5 * DAY)
        with year.on(LOCKS + 5 * DAY - INSTANT):
            year.sign()
            with pytest.raises(OutOfTime):
                year.sign(1)

    def test_it_ends_to_the_millisecond(self, year):
        ready(year)
        with year.filing():
            give(year, until=LOCKS + 5 * DAY)
        with year.on(LOCKS + 5 * DAY), pytest.raises(OutOfTime) as refused:
            year.sign()
        assert "06/01/2027" not in refused.value.message  # the unit's own moment is named, not the cycle's
        assert "15/01/2027" in refused.value.message

    def test_who_files_while_the_others_are_appraised_joins_them(self, year):
        ready(year)
        with year.filing():
            give(year, until=LOCKS + 5 * DAY)
        year.to_appraisal(1)
        with year.on(LOCKS + DAY):
            assert not may_file(year.assessment(2), Cycle.objects.get(), LOCKS + DAY)
            year.sign()
        assert year.assessment().state == "under_appraisal"

    def test_the_result_is_not_shown_while_somebody_may_still_file(self, year):
        with year.filing():
            give(year, until=LOCKS + 5 * DAY)
        year.to_appraisal(1).appraise()
        with year.on(LOCKS + 4 * DAY):
            year.compute()
            assert not may_move(Cycle.objects.get(), CycleAction.RELEASE, LOCKS + 4 * DAY)
            assert may_move(Cycle.objects.get(), CycleAction.RELEASE, LOCKS + 5 * DAY)

    def test_the_filing_closes_for_the_others_when_they_were_told(self, year):
        with year.filing():
            give(year, until=LOCKS + 5 * DAY)
        with year.on(LOCKS):
            assert close_filing(cycle=year.cycle, actor=year.people["secretary"]).state == "appraisal"


class TestDatabase:
    def rejected(self, statement):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_what_was_asked_and_decided_is_final(self, year):
        with year.filing():
            give(year)
            refused = ask(year, 1)
            refuse_extension(extension=refused, reason="Không", actor=year.people["secretary"])
        self.rejected("UPDATE scoring_extension SET reason = 'khác'")
        self.rejected("UPDATE scoring_extension SET until = asked_until WHERE state = 'refused'")
        self.rejected("UPDATE scoring_extension SET decision_reason = 'khác' WHERE state = 'granted'")
        self.rejected("UPDATE scoring_extension SET state = 'asked' WHERE state = 'granted'")
        self.rejected("DELETE FROM scoring_extension")

    def test_opening_freezes_who_is_judged_by_what(self, year):
        self.rejected("UPDATE scoring_assessment SET unit_id = unit_id + 1")
        self.rejected("DELETE FROM scoring_cyclegroup")
        self.rejected("UPDATE scoring_cyclegroup SET criteria_set_id = criteria_set_id + 1")
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.filter(pk=year.assessment().pk).update(on_time_by_extension=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.filter(pk=year.assessment().pk).update(on_time=True, late_minutes=5)
