"""The ledger on the screen and as a workbook."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.conflicts.services import declare_conflict
from scoring.models import Assessment
from tests.factories.year import OPENS

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(explaining, client):
    client.force_login(explaining.people["lead"])
    return client


def test_units_stand_with_their_causes_and_the_sums(explaining, lead):
    response = lead.get(reverse("ledger", args=[explaining.cycle.year]))

    # Unit 0 lost 0.75 and got 0.5, the other two got 0.5 each, all under the same reason.
    assert [(cause, str(points)) for cause, _label, points in response.context["causes"]] == [("TL-04", "0.75")]
    page = response.content.decode()
    assert page.index("Xã Đoàn Kết") < page.index("Xã Ngọc Chiến") < page.index("Phường Tô Hiệu")
    assert "−0,25" in page


def test_the_order_is_in_the_address(explaining, lead):
    page = lead.get(reverse("ledger", args=[explaining.cycle.year]), {"order": "lost"}).content.decode()

    assert page.index("Xã Ngọc Chiến") < page.index("Xã Đoàn Kết")
    assert lead.get(reverse("ledger", args=[explaining.cycle.year]), {"order": "x"}).status_code == 400


def test_one_unit_line_by_line(explaining, lead):
    response = lead.get(reverse("unit_ledger", args=[explaining.assessment().pk]))

    assert [line.leaf.code for line in response.context["ledger"].lines] == ["B.1", "B.3"]
    assert "tài liệu không thể hiện" in response.content.decode().lower()


def test_the_workbook_has_numbers_that_add_up(explaining, lead):
    data = lead.get(reverse("ledger_file", args=[explaining.cycle.year])).content
    units, lines = load_workbook(io.BytesIO(data)).worksheets

    rows = [[cell.value for cell in row] for row in units.iter_rows(min_row=5)]
    assert [row[0] for row in rows] == ["Xã Đoàn Kết", "Xã Ngọc Chiến", "Phường Tô Hiệu", "Cộng"]
    for row in rows:
        assert round(row[1] + row[2], 2) == row[3]
        assert round(row[3] - row[1], 2) == row[4]
    assert [row[1].value for row in lines.iter_rows(min_row=5)] == ["B.3", "B.1", "B.3", "B.3"]


def test_three_units_cost_as_many_queries_as_two(explaining, lead, django_assert_max_num_queries):
    address = reverse("ledger", args=[explaining.cycle.year])
    lead.get(address)  # what is read once and kept
    with django_assert_max_num_queries(16) as three:
        lead.get(address)
    Assessment.objects.filter(pk=explaining.assessment(2).pk).update(state="draft")
    with django_assert_max_num_queries(16) as two:
        lead.get(address)
    assert len(three) == len(two)


def test_the_own_unit_and_a_unit_of_a_conflict_have_no_row(appraising, client):
    lead = appraising.people["lead"]
    RoleMembership.objects.create(user=lead, role=Role.UNIT_OFFICER, unit=appraising.units[0], from_on=OPENS.date())
    lead.forget_roles()
    declare_conflict(person=lead, unit=appraising.units[1], kind="family", reason="Người thân.", actor=lead)
    client.force_login(lead)

    rows = client.get(reverse("ledger", args=[appraising.cycle.year])).context["rows"]

    assert [one.assessment.unit for one, _moved in rows] == [appraising.units[2]]
