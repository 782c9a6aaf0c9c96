"""The lead's pages of assignment and the register, as a browser and Excel see them."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role
from scoring.conflicts.services import record_superior
from scoring.models import Assignment, AssignmentPlan, Conflict
from tests.factories.people import make_user
from tests.scoring.assigning.test_services import adopt, declare, override

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(appraising, client):
    client.force_login(appraising.people["lead"])
    return client


def address(name: str, *more) -> str:
    return reverse(name, args=[2026, *more])


def hidden_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(mode|cap|seed|digest)" value="([^"]*)">', page))


def test_a_plan_is_looked_at_then_adopted(appraising, lead):
    agency = address("assignment_agency", "SKHCN")
    page = lead.get(agency, {"mode": "line", "cap": "", "seed": "7"}).content.decode()
    assert not AssignmentPlan.objects.exists()

    answer = lead.post(agency, hidden_fields(page))

    assert (answer.status_code, answer["Location"]) == (302, agency)
    assert AssignmentPlan.objects.get().seed == 7
    assert "Người appraiser2" in lead.get(agency).content.decode()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"mode": "unit", "cap": "1", "seed": "1"}, "cap"),
        ({"mode": "unit", "cap": "0", "seed": "1"}, "cap"),
        ({"mode": "unit", "cap": "1,5", "seed": "1"}, "cap"),
        ({"mode": "unit", "cap": "NaN", "seed": "1"}, "cap"),
        ({"mode": "coin", "cap": "", "seed": "1"}, "mode"),
        ({"mode": "unit", "cap": "", "seed": ""}, "seed"),
        ({"mode": "unit", "cap": "", "seed": "-1"}, "seed"),
        ({"mode": "unit", "cap": "", "seed": "9" * 30}, "seed"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(appraising, lead, asked, field):
    answer = lead.get(address("assignment_agency", "SKHCN"), asked)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert 'id="draft"' not in answer.content.decode()


def test_what_changed_after_looking_is_shown_anew_and_not_adopted(appraising, lead):
    agency = address("assignment_agency", "SKHCN")
    fields = hidden_fields(lead.get(agency, {"mode": "unit", "cap": "", "seed": "7"}).content.decode())
    declare(appraising, "appraiser", 0)

    answer = lead.post(agency, fields)

    assert answer.status_code == 409
    assert not AssignmentPlan.objects.exists()
    assert hidden_fields(answer.content.decode())["digest"] not in ("", fields["digest"])


def test_a_page_open_while_the_line_changes_hands_is_refused_with_the_name(appraising, client):
    adopt(appraising)
    line = appraising.answer("A.1")
    first = line.assignment.appraiser.username
    other = "appraiser2" if first == "appraiser" else "appraiser"
    client.force_login(appraising.people[first])
    opened = client.get(reverse("appraisal_line", args=[line.pk]))
    assert opened.status_code == 200
    override(appraising, other, ("A.1", 0))

    answer = client.post(reverse("appraisal_line", args=[line.pk]), {"decision": "accept", "version": line.version})

    assert answer.status_code == 403
    assert f"Người {other}" in answer.content.decode()
    assert appraising.answer("A.1").line_state == "open"


def test_the_own_lines_stand_first_and_all_of_them_one_click_away(appraising, client):
    adopt(appraising)
    line = appraising.answer("A.1", 2)
    person = line.assignment.appraiser
    own = set(Assignment.objects.filter(appraiser=person).values_list("answer__assessment__unit__name", flat=True))
    client.force_login(person)
    page = address("appraisal_criterion", line.criterion_id)

    def shown(**query) -> set[str]:
        return {one.answer.assessment.unit.name for one in client.get(page, query).context["lines"]}

    assert shown() == own
    assert shown(whose="all") == {unit.name for unit in appraising.units}
    assert client.get(page, {"whose": "mine"}).status_code == 400


@pytest.mark.parametrize("divided", [False, True])
def test_whose_lines_is_asked_only_where_they_are_divided(appraising, client, divided):
    if divided:
        adopt(appraising)
    client.force_login(appraising.people["appraiser"])
    page = client.get(address("appraisal_criterion", appraising.answer("A.1").criterion_id))
    assert ("whose" in page.context["form"].fields) == divided


def test_assigning_otherwise(appraising, lead):
    adopt(appraising)
    held = appraising.answer("A.1").assignment.appraiser.username
    other = "appraiser2" if held == "appraiser" else "appraiser"
    page = address("assignment_override", "SKHCN")

    nothing = lead.post(page, {"appraiser": other, "reason": "Ốm"})
    given = {"unit": "11111", "criterion": "", "appraiser": other, "reason": "Ốm <b>dài</b> ngày"}
    done = lead.post(page, given)

    assert (nothing.status_code, set(nothing.context["form"].errors)) == (422, {"unit"})
    assert done.status_code == 302
    moved = Assignment.objects.filter(answer__assessment__unit__code="11111")
    assert set(moved.values_list("appraiser__username", "override_reason")) == {(other, "Ốm <b>dài</b> ngày")}
    assert "&lt;b&gt;dài&lt;/b&gt;" in lead.get(address("assignment_agency", "SKHCN")).content.decode()


def test_the_plan_as_a_workbook(appraising, lead):
    plan = adopt(appraising)
    declare(appraising, "appraiser2", 2)
    answer = lead.get(address("assignment_file", "SKHCN"))

    book = load_workbook(io.BytesIO(answer.content))

    assert book.sheetnames == ["Khối lượng", "Từng dòng", "Xung đột lợi ích"]
    lines = [[cell.value for cell in row[1:5]] for row in book["Từng dòng"].iter_rows(min_row=6)]
    assert len(lines) == len(plan.table)
    loads = {row[2].value: (row[3].value, row[4].value) for row in book["Khối lượng"].iter_rows(min_row=6)}
    assert loads == {account: (whole, lines) for account, _name, whole, lines in plan.loads}
    assert book["Xung đột lợi ích"].max_row < 6  # declared after the plan was made: not what was known then


def test_the_register_is_read_declared_and_printed(appraising, client):
    client.force_login(appraising.people["appraiser"])
    page = address("conflicts")
    given = {"unit": "11111", "kind": "family", "reason": "=HYPERLINK(1)"}

    assert client.post(page, given | {"reason": ""}).status_code == 422
    assert client.post(page, given | {"person": "appraiser2"}).status_code == 302
    assert client.post(page, given).status_code == 409

    one = Conflict.objects.get()
    assert one.person.username == "appraiser"  # whom an appraiser names is of no account
    assert "HYPERLINK" in client.get(page).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(address("conflicts_file")).content)).active
    assert [cell.value for cell in sheet[5][1:5]] == [
        "Người appraiser",
        "Xã Ngọc Chiến",
        sheet["D5"].value,
        "=HYPERLINK(1)",
    ]
    assert sheet["E5"].data_type == "s"
    client.force_login(appraising.people["appraiser2"])
    assert "HYPERLINK" not in client.get(page).content.decode()


def test_a_program_reads_who_appraises_what(appraising, lead, django_assert_max_num_queries):
    body = {"agency": appraising.agency, "unit": appraising.units[2], "reason": "Chủ quản"}
    record_superior(**body, actor=appraising.people["lead"])
    plan = adopt(appraising)
    override(appraising, "appraiser", *[("A.1", index) for index in range(2)])

    with django_assert_max_num_queries(10):
        told = lead.get(reverse("api_assignment", args=[2026, "SKHCN"])).json()

    assert (told["agency"], told["mode"], told["seed"], told["cap"]) == ("SKHCN", "unit", 1, 1)
    assert len(told["lines"]) == len(plan.table)
    moved = [one for one in told["lines"] if one["override_reason"]]
    assert {one["appraiser"] for one in moved} == {"appraiser"}
    assert {one["unit"] for one in told["lines"] if not one["appraiser"]} == {"33333"}


@pytest.mark.parametrize("more", [1, 3])
def test_pages_take_the_same_queries_for_any_number(appraising, lead, more, django_assert_num_queries):
    for number in range(more):
        make_user(f"more{number}", (Role.APPRAISER, appraising.agency))
    adopt(appraising, mode="line")
    for index in range(more):
        declare(appraising, "appraiser", index)

    with django_assert_num_queries(9):
        lead.get(address("assignment"))
    with django_assert_num_queries(11):
        lead.get(address("assignment_agency", "SKHCN"))
    with django_assert_num_queries(9):
        lead.get(address("conflicts"))
