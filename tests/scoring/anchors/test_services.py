"""Reference answers: taken, marked blind, withdrawn; and what they are never part of."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.anchors.selectors import anchors_for, candidates, first_waiting, rows_of
from scoring.anchors.services import mark_anchor, take_anchor, withdraw_anchor
from scoring.conflicts.services import declare_conflict
from scoring.models import Anchor, AnchorMark, Answer
from tests.factories.year import APPRAISED
from tests.scoring.anchors.conftest import decide
from tests.scoring.appraisal.many import many_handed_in

pytestmark = pytest.mark.django_db


def give(year, anchor, points="2", who="appraiser"):
    return mark_anchor(anchor=anchor, points=Decimal(points), actor=year.people[who])


def rows(year, anchor, who="appraiser"):
    return rows_of(year.people[who], year.cycle, anchor.criterion)


def withdraw(year, anchor, who="lead"):
    return withdraw_anchor(anchor=anchor, reason="Mẫu không còn phù hợp.", actor=year.people[who])


class TestTaking:
    def test_what_was_declared_is_frozen_with_the_agreed_points(self, appraising, take):
        anchor = take()

        Answer.objects.filter(pk=anchor.answer_id).update(values={"a": "1", "b": "100"}, explanation="Khác")
        kept = Anchor.objects.get()
        assert (kept.values, kept.explanation) == ({"a": "60", "b": "100"}, "Có hồ sơ giấy tại Văn phòng.")
        assert (kept.points, kept.place, kept.taken_by) == (Decimal("1.75"), 1, appraising.people["lead"])
        assert AuditEntry.objects.order_by("-seq")[0].action == "anchor.take"

    @pytest.mark.parametrize("who", ["appraiser", "secretary", "auditor", "head1"])
    def test_only_by_a_lead(self, take, who):
        with pytest.raises(NotAllowed):
            take(by=who)

    def test_not_from_the_own_unit_nor_from_one_of_a_conflict(self, appraising, take):
        lead = appraising.people["lead"]
        RoleMembership.objects.create(user=lead, role=Role.UNIT_OFFICER, unit=appraising.units[0], from_on="2020-01-01")
        lead.forget_roles()
        declare_conflict(person=lead, unit=appraising.units[1], kind="family", reason="Người thân.", actor=lead)
        decide(appraising, index=2)

        for index in (0, 1):
            with pytest.raises(NotAllowed):
                take(index=index)
        found = candidates(lead, appraising.cycle, appraising.answer("B.1").criterion)
        assert list(found) == [appraising.answer("B.1", 2)]

    @pytest.mark.parametrize("points", ["3.01", "-1", "1.234"])
    def test_the_points_are_held_to_the_checks_of_a_mark(self, take, points):
        with pytest.raises(Invalid):
            take(points=points)

    def test_needs_a_reason_and_a_decided_line_of_the_same_criterion(self, appraising, take):
        with pytest.raises(Invalid):
            take(reason="  ")
        with pytest.raises(Invalid):
            take("B.2", points="1", criterion=appraising.answer("A.3").criterion)  # a number fits both rules
        line = appraising.answer("A.2", 1)
        given = {"points": Decimal(1), "reason": "Rõ", "actor": appraising.people["lead"]}
        with pytest.raises(WrongState):
            take_anchor(cycle=appraising.cycle, criterion=line.criterion, answer=line, **given)

    def test_three_in_force_and_each_line_once(self, appraising, take):
        first = take(index=0)
        with pytest.raises(Conflict):
            take(index=0)
        take(index=1), take(index=2)
        (further,) = many_handed_in(appraising, 1)
        fourth = further.answers.get(criterion=first.criterion)
        Answer.objects.filter(pk=fourth.pk).update(line_state="accepted", appraised_by=appraising.people["appraiser"])
        given = {"points": Decimal(0), "reason": "Rõ", "actor": appraising.people["lead"]}
        given |= {"cycle": appraising.cycle, "criterion": first.criterion, "answer": fourth}
        with pytest.raises(Conflict) as refused:
            take_anchor(**given)
        assert refused.value.code == "ERR-QUOTA"

        withdraw(appraising, first)

        assert take_anchor(**given).place == 1

    def test_a_fourth_is_refused_by_the_database_too(self, appraising, take):
        one = take()
        same = {"cycle": one.cycle, "criterion": one.criterion, "values": {}, "points": one.points, "reason": "x"}
        same |= {"taken_by": one.taken_by, "taken_at": one.taken_at, "answer": appraising.answer("B.1", 2)}
        for place in (1, 4):
            with pytest.raises(IntegrityError), transaction.atomic():
                Anchor.objects.create(place=place, **same)

    def test_not_once_the_appraisal_is_over(self, explaining):
        line = explaining.answer("B.1")
        given = {"points": Decimal(1), "reason": "Rõ", "actor": explaining.people["lead"]}
        with pytest.raises(WrongState):
            take_anchor(cycle=explaining.cycle, criterion=line.criterion, answer=line, **given)

    def test_a_line_of_last_year_answers_the_criterion_that_continues_it(self, next_filing):
        lead, criterion = next_filing.people["lead"], next_filing.answer("B.1").criterion
        found = candidates(lead, next_filing.cycle, criterion)
        assert [one.criterion.code for one in found] == ["B.1"] * 3
        source = found.get(assessment__unit=next_filing.units[0])

        given = {"points": Decimal("2.25"), "reason": "Rõ", "actor": lead}
        anchor = take_anchor(cycle=next_filing.cycle, criterion=criterion, answer=source, **given)

        assert anchor.answer.criterion_id != criterion.pk
        assert anchor.values == {"a": "90", "b": "100"}


class TestMarking:
    def test_the_agreed_mark_is_known_after_the_own_one_and_not_before(self, appraising, take):
        anchor = take()
        (before,) = rows(appraising, anchor)
        assert (before.waits, before.agreed, before.reason, before.stricter) == (True, None, None, None)

        give(appraising, anchor, "1.5")

        (after,) = rows(appraising, anchor)
        assert (after.waits, after.given, after.agreed) == (False, Decimal("1.5"), Decimal("1.75"))
        assert (after.reason, after.stricter) == ("Số liệu khớp thống kê.", Decimal("0.25"))
        (colleague,) = rows(appraising, anchor, "appraiser2")
        assert (colleague.waits, colleague.given, colleague.agreed) == (True, None, None)

    def test_once(self, appraising, take):
        anchor = take()
        give(appraising, anchor)

        with pytest.raises(Conflict):
            give(appraising, anchor, "1")

    @pytest.mark.parametrize("who", ["lead", "other_appraiser", "secretary", "auditor", "head1"])
    def test_only_by_an_appraiser_of_the_criterion_who_did_not_agree_on_it(self, appraising, take, who):
        anchor = take()

        with pytest.raises(NotAllowed):
            give(appraising, anchor, who=who)

    def test_who_leads_and_appraises_knows_the_agreed_mark_and_does_not_mark(self, appraising, take):
        anchor, lead = take(), appraising.people["lead"]
        RoleMembership.objects.create(user=lead, role=Role.APPRAISER, unit=appraising.agency, from_on="2020-01-01")
        lead.forget_roles()

        with pytest.raises(NotAllowed):
            give(appraising, anchor, who="lead")

    def test_who_appraises_and_audits_is_blind_all_the_same(self, appraising, take):
        anchor, person = take(), appraising.people["appraiser"]
        RoleMembership.objects.create(user=person, role=Role.AUDITOR, unit=appraising.office, from_on="2020-01-01")
        person.forget_roles()

        assert rows(appraising, anchor)[0].agreed is None
        assert rows(appraising, anchor, "auditor")[0].agreed == Decimal("1.75")

    def test_neither_the_own_unit_nor_one_of_a_conflict_is_there(self, appraising, take):
        anchor, person = take(), appraising.people["appraiser"]
        declare_conflict(person=person, unit=appraising.units[1], kind="family", reason="Người thân.", actor=person)
        officer = appraising.officer(1)
        RoleMembership.objects.create(user=officer, role=Role.APPRAISER, unit=appraising.agency, from_on="2020-01-01")
        officer.forget_roles()

        for blind in (person, officer):
            assert not anchors_for(blind).exists()
            with pytest.raises(NotAllowed):
                mark_anchor(anchor=anchor, points=Decimal(1), actor=blind)

    def test_not_after_the_appraisal_nor_once_withdrawn(self, appraising, take):
        first, second = take(index=1), take(index=2)
        withdraw(appraising, first)
        with pytest.raises(WrongState):
            give(appraising, first)

        appraising.appraise_now()
        with appraising.on(APPRAISED + timedelta(hours=1)):
            appraising.release_now()
            with pytest.raises(WrongState):
                give(appraising, second)

    def test_the_next_one_waits_until_all_are_marked(self, appraising, take):
        first, second = take(index=0), take(index=2)

        assert first_waiting(rows(appraising, first)).pk == first.pk
        assert first_waiting(rows(appraising, first), after=first.pk).pk == second.pk
        give(appraising, second)
        assert first_waiting(rows(appraising, first), after=second.pk).pk == first.pk
        give(appraising, first)
        assert first_waiting(rows(appraising, first)) is None

    def test_no_line_and_no_score_knows_of_it(self, appraising, take):
        anchor = take()
        before = list(Answer.objects.order_by("pk").values())

        give(appraising, anchor, "0")

        assert list(Answer.objects.order_by("pk").values()) == before

    def test_the_trail_says_who_marked_and_no_points(self, appraising, take):
        anchor = take()
        give(appraising, anchor, "1.5")

        entries = AuditEntry.objects.filter(object_type="scoring.anchor").order_by("seq")
        assert [one.action for one in entries] == ["anchor.take", "anchor.mark"]
        assert not any("1.5" in one.details or "1.75" in one.details for one in entries)


class TestOnRecord:
    def test_withdrawn_with_a_reason_it_stays_and_is_not_shown(self, appraising, take):
        anchor = take()
        with pytest.raises(Invalid):
            withdraw_anchor(anchor=anchor, reason=" ", actor=appraising.people["lead"])
        with pytest.raises(NotAllowed):
            withdraw(appraising, anchor, "secretary")

        withdraw(appraising, anchor)

        assert rows(appraising, anchor) == []
        assert Anchor.objects.get().withdrawal_reason == "Mẫu không còn phù hợp."
        with pytest.raises(WrongState):
            withdraw(appraising, anchor)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE scoring_anchor SET points = '3'",
            "UPDATE scoring_anchor SET values = '{}'",
            "DELETE FROM scoring_anchormark",
            "UPDATE scoring_anchormark SET points = '3'",
            "DELETE FROM scoring_anchor",
        ],
    )
    def test_nothing_agreed_or_given_changes_behind_the_back(self, appraising, take, sql):
        give(appraising, take())

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.replace("values", connection.ops.quote_name("values")))
        assert AnchorMark.objects.get().points == Decimal(2)
