"""Figures of a system or a survey: one act, all or none, with their origin; the unit reads and contests them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.appraisal.services import accept_line
from scoring.filing.progress import pillar_progress
from scoring.filing.services import AnswerInput, save_answer
from scoring.measured.services import contest_values
from scoring.models import Measurement, ValueImport
from tests.factories.year import APPRAISED, LOCKS
from tests.scoring.measured.conftest import ON, ORIGIN, bring_in

pytestmark = pytest.mark.django_db


def standing(year) -> list:
    return [(one.values.get("value"), one.claimed_points) for one in (year.answer("P.2", unit) for unit in range(3))]


def test_many_units_get_their_figures_as_one_act_with_the_source(filing):
    before = AuditEntry.objects.count()

    assert bring_in(filing, u0="3", u2="12") == 2

    assert standing(filing) == [("3", Decimal("0.3")), (None, None), ("12", Decimal("1"))]
    source = filing.answer("P.2").measurement.source
    assert (source.origin, source.measured_on, source.imported_by) == (ORIGIN, ON, filing.people["appraiser"])
    last = AuditEntry.objects.order_by("-seq").first()
    assert (AuditEntry.objects.count() - before, last.action) == (1, "criterion.import_values")


def test_one_bad_figure_saves_nothing_and_every_bad_row_is_named(filing):
    with pytest.raises(Invalid) as refused:
        bring_in(filing, u0="3", u1="1.234", u2="-1")

    assert set(refused.value.fields) == {"Dòng 1", "Dòng 2"}
    assert "1234" in refused.value.fields["Dòng 1"]
    assert standing(filing) == [(None, None)] * 3
    assert not ValueImport.objects.exists()


def test_the_same_figures_again_change_nothing(filing):
    bring_in(filing, u0="3", u1="4")
    entries, version = AuditEntry.objects.count(), filing.answer("P.2").version

    assert bring_in(filing, u0="3", u1="4") == 0
    assert (AuditEntry.objects.count(), filing.answer("P.2").version) == (entries, version)

    assert bring_in(filing, u0="3", u1="5") == 1
    assert filing.answer("P.2").version == version
    assert [one.values["value"] for one in Measurement.objects.filter(answer=filing.answer("P.2", 1))] == ["4", "5"]


def test_a_unit_given_twice_or_unknown_is_refused(filing):
    from scoring.measured.judging import Given, judged, lines_by_unit  # noqa: PLC0415

    criterion = filing.answer("P.2").criterion
    rows = judged(
        [Given("1", "11111", {"value": "1"}), Given("2", "11111", {"value": "1"}), Given("3", "99999", {"value": "1"})],
        lines_by_unit(filing.cycle, criterion, filing.people["appraiser"]),
        filing.people["appraiser"],
    )

    assert [bool(row.faults) for row in rows] == [False, True, True]
    assert "99999" in rows[2].faults[0][1]


@pytest.mark.parametrize(("origin", "on", "field"), [(" ", ON, "origin"), (ORIGIN, date(2026, 12, 31), "measured_on")])
def test_figures_need_a_source_and_a_date_that_has_come(filing, origin, on, field):
    with pytest.raises(Invalid) as refused:
        bring_in(filing, origin=origin, on=on, u0="1")
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("person", ["appraiser", "lead", "secretary"])
def test_who_may_bring_them_in(filing, person):
    assert bring_in(filing, actor=person, u0="1") == 1


@pytest.mark.parametrize("person", ["other_appraiser", "officer0", "head0", "auditor", "administrator"])
def test_who_may_not(filing, person):
    with pytest.raises(NotAllowed):
        bring_in(filing, actor=person, u0="1")


def test_only_measured_criteria_take_figures(filing):
    from scoring.measured.services import import_values  # noqa: PLC0415

    with pytest.raises(WrongState):
        import_values(
            cycle=filing.cycle,
            criterion=filing.answer("A.3").criterion,
            given=[],
            origin=ORIGIN,
            measured_on=ON,
            actor=filing.people["appraiser"],
        )


def test_the_unit_cannot_edit_a_measured_figure(filing):
    bring_in(filing, u0="3")
    answer = filing.answer("P.2")
    with pytest.raises(Invalid):
        save_answer(answer=answer, given=AnswerInput({"value": "0"}), version=answer.version, actor=filing.officer())


def test_the_expected_total_counts_what_was_brought_in(filing):
    filing.fill(0)
    without = pillar_progress(filing.assessment()).total
    bring_in(filing, u0="3")

    assert pillar_progress(filing.assessment()).total == without - Decimal("0.3")


class TestContest:
    def test_the_unit_says_what_speaks_against_it_and_may_take_it_back(self, filing):
        bring_in(filing, u0="3")
        answer = filing.answer("P.2")

        contested = contest_values(
            answer=answer, grounds="Chỉ có 2 hồ sơ.", version=answer.version, actor=filing.officer()
        )
        assert filing.answer("P.2").explanation == "Chỉ có 2 hồ sơ."
        assert filing.answer("P.2").values == {"value": "3"}
        assert AuditEntry.objects.order_by("-seq").first().action == "answer.contest_values"

        contest_values(answer=contested, grounds="", version=contested.version, actor=filing.head())
        assert filing.answer("P.2").explanation == ""

    def test_not_another_units_and_not_an_old_reading(self, filing):
        bring_in(filing, u0="3")
        answer = filing.answer("P.2")
        with pytest.raises(NotAllowed):
            contest_values(answer=answer, grounds="Sai.", version=answer.version, actor=filing.officer(1))
        bring_in(filing, u0="4")
        with pytest.raises(Conflict):
            contest_values(answer=answer, grounds="Sai.", version=answer.version, actor=filing.officer())

    def test_nothing_to_contest_and_a_line_that_is_declared(self, filing):
        for code in ("P.2", "A.3"):
            answer = filing.answer(code)
            with pytest.raises(WrongState):
                contest_values(answer=answer, grounds="Sai.", version=answer.version, actor=filing.officer())


class TestAppraisal:
    def test_the_figure_is_accepted_like_a_claim_and_then_stays(self, year):
        year.to_appraisal()
        with year.on(LOCKS.replace(hour=9)):
            bring_in(year, u0="3")
            answer = year.answer("P.2")
            accept_line(answer=answer, version=answer.version, actor=year.people["appraiser"])
            assert year.answer("P.2").appraised_points == Decimal("0.3")
            with pytest.raises(Invalid) as refused:
                bring_in(year, u0="5", u1="1")
            assert list(refused.value.fields) == ["Dòng 0"]
            answer = year.answer("P.2")
            with pytest.raises(WrongState):
                contest_values(answer=answer, grounds="Sai.", version=answer.version, actor=year.officer())

    def test_after_the_appraisal_nothing_is_brought_in(self, year):
        year.to_appraisal().appraise().to_explanation()
        with year.on(APPRAISED.replace(hour=9)), pytest.raises(WrongState):
            bring_in(year, u0="3")


def test_what_was_brought_in_stays_as_it_was(filing):
    bring_in(filing, u0="3")
    for change in (
        lambda: Measurement.objects.update(values={"value": "0"}),
        lambda: ValueImport.objects.update(origin="khác"),
        lambda: Measurement.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
