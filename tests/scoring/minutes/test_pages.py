"""The page of the minutes: whose it is, its files, and the check of one that is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.conflicts.services import declare_conflict
from scoring.models import Assessment
from tests.factories.year import OPENS
from tests.scoring.filing.conftest import PDF, docx
from tests.scoring.minutes.papers import opened, paper, row_of, typed_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(explaining) -> str:
    return reverse("minutes", args=[explaining.cycle.year])


@pytest.fixture
def secretary(explaining, client):
    client.force_login(explaining.people["secretary"])
    return client


def send(client, address: str, data: bytes, name: str = "bien-ban.docx"):
    return client.post(address, {"paper": SimpleUploadedFile(name, data)})


def test_the_files_of_a_group_and_of_a_unit(explaining, secretary):
    whole = secretary.get(reverse("minutes_file", args=[explaining.cycle.year]))
    one = secretary.get(reverse("unit_minutes", args=[explaining.assessment().pk]))

    assert whole["Content-Disposition"] == 'attachment; filename="bien-ban-tham-dinh-commune-2026.docx"'
    assert row_of(opened(whole.content), "3", "Phường Tô Hiệu")
    assert one["Content-Disposition"] == 'attachment; filename="bien-ban-tham-dinh-11111-2026.docx"'
    assert row_of(opened(one.content), "B.1")[3] == "2,25"
    assert "Xã Ngọc Chiến tự chấm" in " ".join(line.text for line in opened(one.content).paragraphs)


def test_a_sent_file_is_reported_figure_by_figure(explaining, secretary, address):
    unit = explaining.units[0].pk

    right = send(secretary, address, paper(explaining))
    wrong = send(secretary, address, typed_over(paper(explaining), f"u{unit}.claimed", "9,99"))

    assert (right.status_code, right.context["checked"].findings) == (200, [])
    assert 'data-findings="1"' in wrong.content.decode()
    assert 'data-fault="typed_over"' in wrong.content.decode()


def test_the_minutes_of_one_unit_are_known_again(explaining, secretary, address):
    form = explaining.assessment()
    data = secretary.get(reverse("unit_minutes", args=[form.pk])).content

    checked = send(secretary, address, data).context["checked"]

    assert (checked.scope.unit, checked.findings) == (form.unit, [])


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.pdf", PDF, 415),
        ("a.docx", PDF, 415),
        ("a.docx", docx(), 422),
        ("a.docx", docx("word/vbaProject.bin"), 415),
        ("a.docx", b"", 415),
        ("a.docx", b"PK\x03\x04" + b"0" * (5 * 2**20), 413),
    ],
    ids=["pdf", "pdf_as_docx", "empty_text", "macros", "nothing", "large"],
)
def test_what_is_no_file_of_minutes_is_refused_with_its_reason(secretary, address, name, data, status):
    response = send(secretary, address, data, name)

    assert response.status_code == status
    assert response.context["paper"].non_field_errors()


def test_a_unit_of_a_conflict_has_no_minutes_for_the_lead(explaining, client, address):
    lead, form = explaining.people["lead"], explaining.assessment(1)
    whole = paper(explaining)
    declare_conflict(person=lead, unit=form.unit, kind="family", reason="Người thân.", actor=lead)
    client.force_login(lead)

    page = client.get(address)

    assert list(page.context["scope"].left_out) == [form.unit]
    assert form.unit.name not in page.content.decode()
    assert client.get(reverse("unit_minutes", args=[form.pk])).status_code == 404
    assert send(client, address, whole).status_code == 403


def test_the_own_unit_is_left_out_until_it_learns_of_its_marks(appraising, client):
    auditor = appraising.people["auditor"]
    RoleMembership.objects.create(user=auditor, role=Role.UNIT_OFFICER, unit=appraising.units[0], from_on=OPENS.date())
    client.force_login(auditor)

    page = client.get(reverse("minutes", args=[appraising.cycle.year]))

    assert list(page.context["scope"].left_out) == [appraising.units[0]]
    assert client.get(reverse("unit_minutes", args=[appraising.assessment().pk])).status_code == 404


@pytest.mark.parametrize("name", ["minutes", "minutes_file"])
def test_three_units_cost_as_many_queries_as_one(explaining, secretary, name, django_assert_max_num_queries):
    address = reverse(name, args=[explaining.cycle.year])
    secretary.get(address)  # what is read once and kept
    with django_assert_max_num_queries(30) as three:
        secretary.get(address)
    Assessment.objects.filter(pk__in=[explaining.assessment(at).pk for at in (1, 2)]).update(state="draft")
    with django_assert_max_num_queries(30) as one:
        secretary.get(address)
    assert len(three) == len(one)


def test_the_command_says_the_same(explaining, tmp_path, capsys):
    right, wrong = tmp_path / "right.docx", tmp_path / "wrong.docx"
    right.write_bytes(paper(explaining))
    wrong.write_bytes(typed_over(paper(explaining), f"u{explaining.units[0].pk}.claimed", "9,99"))

    call_command("check_minutes", str(right))

    assert "all agree" in capsys.readouterr().out
    with pytest.raises(CommandError, match="9,99"):
        call_command("check_minutes", str(wrong))
