"""Who is late with the appraisal, against the share of the time that is over."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from scoring.assigning.services import adopt_assignment, plan_assignment
from scoring.clarifying.services import ask_clarification
from scoring.conflicts.services import declare_conflict
from scoring.models import Assessment, Assignment
from scoring.oversight.pace import By, Pace, Phase, paces
from tests.factories.year import APPRAISED
from tests.stages import decide_rest

BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
HALF = Phase(BEGIN, BEGIN + timedelta(days=20), BEGIN + timedelta(days=10))


def pace(phase: Phase, assigned: int, decided: int, waiting: int = 0) -> Pace:
    return Pace(phase, "", "", "", assigned, assigned - decided, waiting, None)


@pytest.mark.parametrize(
    ("day", "assigned", "decided", "waiting", "behind", "needed"),
    [
        (10, 21, 10, 0, 0, 2),  # half of the time, half of 21 rounded down
        (10, 21, 9, 0, 1, 2),
        (10, 21, 9, 1, 0, 2),  # what waits for the unit is nobody's delay
        (10, 20, 0, 20, 0, 0),
        (0, 20, 0, 0, 0, 1),
        (20, 20, 19, 0, 1, None),
        (25, 20, 18, 1, 1, None),  # over: whatever is open is late
        (25, 20, 20, 0, 0, None),
    ],
)
def test_late_is_who_decided_a_smaller_part_than_the_time_that_is_over(day, assigned, decided, waiting, behind, needed):
    one = pace(Phase(BEGIN, BEGIN + timedelta(days=20), BEGIN + timedelta(days=day)), assigned, decided, waiting)

    assert (one.behind, one.is_late, one.needed) == (behind, behind > 0, needed)


def test_a_phase_without_length_is_over():
    assert (Phase(BEGIN, BEGIN, BEGIN).percent, Phase(BEGIN, BEGIN, BEGIN).expected(7)) == (100, 7)
    assert (HALF.percent, HALF.days_left) == (50, 10)


@pytest.fixture
def divided(appraising):
    """The agency's lines are divided by unit between its two appraisers; one line of the first unit was asked about."""
    how = {"cycle": appraising.cycle, "agency": appraising.agency, "mode": "unit", "seed": 7}
    lead = appraising.people["lead"]
    draft = plan_assignment(**how, cap=None, actor=lead)
    adopt_assignment(**how, cap=draft.cap, digest=draft.digest, actor=lead)
    asked = appraising.answer("A.1")
    due = clock.now() + timedelta(days=5)
    ask_clarification(answer=asked, question="Số mấy?", due_at=due, version=asked.version, actor=lead)
    return appraising


@pytest.mark.django_db
class TestRows:
    def rows(self, year, who: str, by: By = By.APPRAISER) -> list[Pace]:
        return paces(year.people[who], year.cycle, by, clock.now())

    def test_assigned_lines_are_decided_open_or_wait_for_the_unit(self, divided):
        rows = self.rows(divided, "lead")

        names = {str(divided.people["appraiser"]), str(divided.people["appraiser2"])}
        assert {one.title for one in rows} >= names
        assert sum(one.waiting for one in rows) == 1
        assert all(one.assigned == one.decided + one.open + one.waiting for one in rows)
        assert sum(one.assigned for one in rows) == sum(one.assigned for one in self.rows(divided, "lead", By.UNIT))
        assert sum(one.assigned for one in rows) == sum(
            one.assigned for one in self.rows(divided, "lead", By.CRITERION)
        )

    def test_the_latest_stands_first(self, divided):
        with divided.on(APPRAISED + timedelta(days=1)):
            rows = self.rows(divided, "auditor", By.UNIT)

        assert [one.behind for one in rows] == sorted((one.behind for one in rows), reverse=True)
        assert rows[0].behind == rows[0].open > 0

    def test_an_appraiser_sees_the_own_row_and_what_the_agency_shares(self, divided):
        own = Assignment.objects.filter(appraiser=divided.people["appraiser"])
        before = self.rows(divided, "appraiser")
        Assignment.objects.filter(pk=own.first().pk).delete()
        after = self.rows(divided, "appraiser")

        assert [one.title for one in before] == [str(divided.people["appraiser"])]
        assert len(after) == 2

    def test_no_unit_of_a_conflict_is_counted(self, divided):
        lead, unit = divided.people["lead"], divided.units[1]
        declare_conflict(person=lead, unit=unit, kind="family", reason="Người thân.", actor=lead)
        lead.forget_roles()

        assert {one.title for one in self.rows(divided, "lead", By.UNIT)} == {"Xã Ngọc Chiến", "Xã Đoàn Kết"}
        assert len(self.rows(divided, "secretary", By.UNIT)) == 3


@pytest.mark.django_db
class TestPages:
    def test_the_rule_the_days_and_who_is_late_stand_on_the_page(self, divided, client):
        client.force_login(divided.people["secretary"])
        with divided.on(APPRAISED - timedelta(days=1)):
            response = client.get(reverse("pace", args=[divided.cycle.year]))

        page = response.content.decode()
        assert response.context["phase"].days_left == 1
        assert response.context["phase"].percent == 95
        assert page.count("data-late") == response.context["late"] > 0

    def test_an_appraiser_has_nothing_to_choose(self, divided, client):
        client.force_login(divided.people["appraiser"])
        address = reverse("pace", args=[divided.cycle.year])

        assert "by" not in client.get(address).context["form"].fields
        assert [one.title for one in client.get(address, {"by": "unit"}).context["rows"]] == [
            str(divided.people["appraiser"])
        ]

    def test_the_workbook_has_a_sheet_for_each_view(self, divided, client):
        client.force_login(divided.people["auditor"])
        book = load_workbook(io.BytesIO(client.get(reverse("pace_file", args=[divided.cycle.year])).content))

        assert book.sheetnames == ["Theo người thẩm định", "Theo tiêu chí", "Theo đơn vị"]
        rows = [[cell.value for cell in row] for row in book["Theo đơn vị"].iter_rows(min_row=5)]
        assert {row[0] for row in rows} == {"Xã Ngọc Chiến", "Phường Tô Hiệu", "Xã Đoàn Kết"}
        assert all(row[2] == row[3] + row[4] + row[5] for row in rows)

    @pytest.mark.parametrize("name", ["pace", "cuts"])
    def test_three_units_cost_as_many_queries_as_one(self, appraising, client, name, django_assert_max_num_queries):
        decide_rest(appraising)
        client.force_login(appraising.people["lead"])
        address = reverse(name, args=[appraising.cycle.year])
        client.get(address)  # what is read once and kept
        with django_assert_max_num_queries(20) as three:
            client.get(address)
        Assessment.objects.filter(pk__in=[appraising.assessment(at).pk for at in (1, 2)]).update(state="draft")
        with django_assert_max_num_queries(20) as one:
            client.get(address)
        assert len(three) == len(one)
