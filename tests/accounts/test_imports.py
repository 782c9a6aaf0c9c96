"""Accounts from Excel: the template, the verdict on every row, all or nothing, once."""

import io
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from accounts.enums import Role
from accounts.exports import accounts_template, password_list
from accounts.imports.reading import read_accounts
from accounts.models import User
from core.audit.models import AuditEntry
from core.errors import Invalid
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db

HEAD = ["full_name", "username", "position", "role", "unit", "email", "phone"]
GOOD = ["Cầm Thị Hồng", "thuky", "Chuyên viên", "scoring_secretary", "VPUBND", "hong@sonla.gov.vn", "0212 385 1234"]


def sheet(*rows: list, head: list = HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(**values) -> list:
    return [values.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


def faults(*rows: list, **options) -> list[str]:
    return [fault.cell for fault in read_accounts(sheet(*rows, **options)).faults]


class TestTemplate:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_filled_in_it_is_read_again_in_either_language(self, office, language):
        with translation.override(language):
            book = load_workbook(io.BytesIO(accounts_template()))
        first, lists = book.worksheets[0], book.worksheets[1]
        roles = [row[0] for row in lists.iter_rows(min_row=2, max_col=1, values_only=True) if row[0]]
        for row, role in enumerate(roles, 2):
            first.append(["Người Mới", f"moi.{row}", "", role, lists["B2"].value, "", ""])

        report = read_accounts(saved(book))

        assert report.faults == []
        assert [account.role for account in report.accounts] == list(Role)
        assert {account.unit.code for account in report.accounts} == {lists["B2"].value.split(" ")[0]}

    def test_lists_stand_behind_the_cells_and_codes_are_text(self, office):
        book = load_workbook(io.BytesIO(accounts_template()))
        rules = {str(rule.sqref): rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation}
        assert len(rules) == 2
        assert all(formula.endswith(("$A$11", "$B$4")) for formula in rules.values())
        assert book.worksheets[0]["G2"].number_format == "@"
        assert [cell.data_type for row in book.worksheets[1]["A2:B4"] for cell in row] == ["s"] * 6

    def test_every_sheet_fits_the_width_of_a_page(self, office):
        books = [
            load_workbook(io.BytesIO(data)) for data in (accounts_template(), password_list([["Lò Thị Hồng"] * 4]))
        ]

        fitted = [sheet.sheet_properties.pageSetUpPr for book in books for sheet in book.worksheets]
        assert [one is not None and one.fitToPage for one in fitted] == [True] * 4


class TestReading:
    def test_a_good_row_becomes_an_account(self, office):
        (account,) = read_accounts(sheet(GOOD)).accounts
        assert (account.username, account.full_name, account.role, account.unit) == (
            "thuky", "Cầm Thị Hồng", Role.SCORING_SECRETARY, office.agency,
        )  # fmt: skip

    def test_order_of_columns_empty_rows_and_other_columns_do_not_matter(self, office):
        report = read_accounts(sheet([], GOOD[::-1] + ["thừa"], [None, " "], head=HEAD[::-1] + ["Ghi chú"]))
        assert [row.number for row in report.rows] == [3]
        assert report.faults == []

    @pytest.mark.parametrize("unit", ["03856", "03856 – Xã Bắc Yên", "xã bắc yên", "BAC YEN", "vpubnd"])
    def test_a_unit_is_found_by_code_entry_or_unique_name(self, office, unit):
        assert faults(changed(unit=unit)) == []

    @pytest.mark.parametrize(
        ("row", "cells"),
        [
            (changed(full_name=""), ["A2"]),
            (changed(username=""), ["B2"]),
            (changed(username="có dấu"), ["B2"]),
            (changed(username="canbo"), ["B2"]),
            (changed(role=""), ["D2"]),
            (changed(role="vua"), ["D2"]),
            (changed(unit=""), ["E2"]),
            (changed(unit="Xã Bắc"), ["E2"]),
            (changed(unit=3856), ["E2"]),
            (changed(email="không"), ["F2"]),
            (changed(phone=912345678), ["G2"]),
            (changed(phone="gọi tôi"), ["G2"]),
            (changed(full_name="Ẩn\u202eTên"), ["A2"]),
            (changed(full_name="a\u200bb"), ["A2"]),
            (changed(position="x" * 300), ["C2"]),
            (changed(position=date(2026, 1, 1)), ["C2"]),
            (changed(position=True), ["C2"]),
            (changed(position="=1+1"), ["C2"]),
            (changed(full_name='=HYPERLINK("http://x","Lò")'), ["A2"]),
            ([None] * 3 + ["vua"], ["A2", "B2", "D2", "E2"]),
            (changed(full_name="", username="có dấu", role="", phone="x"), ["A2", "B2", "D2", "G2"]),
        ],
    )
    def test_what_is_wrong_is_named_by_its_cell(self, office, row, cells):
        assert sorted(faults(row)) == cells

    def test_an_error_value_is_named(self, office):
        book = load_workbook(io.BytesIO(sheet(GOOD)))
        book.active["C2"] = "#REF!"
        book.active["C2"].data_type = "e"
        assert [fault.cell for fault in read_accounts(saved(book)).faults] == ["C2"]

    def test_a_name_twice_is_named_at_the_second_row(self, office):
        assert faults(GOOD, changed(username="THUKY")) == ["B3"]

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("Xã Bắc Yênn", "03856 – Xã Bắc Yên"),
            ("Xã Phiêng Ban", "03856 – Xã Bắc Yên"),
        ],
    )
    def test_a_unit_that_is_none_is_answered_with_what_might_be_meant(self, office, text, meant):
        office.commune.merged_from = "Thị trấn Bắc Yên, Xã Phiêng Ban"
        office.commune.save()
        (fault,) = read_accounts(sheet(changed(unit=text))).faults
        assert meant in fault.sentence

    def test_namesakes_are_not_guessed(self, office):
        make_unit("99999", "Phường Bắc Yên", group=office.commune.group)
        (fault,) = read_accounts(sheet(changed(unit="Bắc Yên"))).faults
        assert "03856" in fault.sentence
        assert "99999" in fault.sentence

    @pytest.mark.parametrize(
        "data",
        [
            lambda: sheet(),
            lambda: sheet(GOOD, head=["a", "b"]),
            lambda: sheet(GOOD, head=HEAD[:3]),
            lambda: sheet(GOOD, head=[*HEAD[:6], "Full name"]),
            lambda: saved(Workbook()),
        ],
    )
    def test_a_sheet_that_is_not_the_template_is_refused_as_a_whole(self, office, data):
        with pytest.raises(Invalid):
            read_accounts(data())

    def test_costs_the_same_for_few_and_for_many(self, office, django_assert_num_queries):
        for count in (1, 300):
            rows = [changed(username=f"moi.{number}") for number in range(count)]
            with django_assert_num_queries(2):
                assert len(read_accounts(sheet(*rows)).accounts) == count


class TestPages:
    @pytest.fixture
    def admin(self, client, office):
        cache.clear()
        client.force_login(office.administrator)
        return client

    def check(self, admin, data: bytes):
        return admin.post(reverse("accounts_import"), {"sheet": SimpleUploadedFile("ds.xlsx", data)})

    def confirm(self, admin, response):
        return admin.post(reverse("accounts_import_confirm"), {"sha256": response.context["report"].sha256})

    def test_check_confirm_and_download(self, admin):
        report = self.check(admin, sheet(GOOD, changed(username="thuky2")))
        assert report.status_code == 200
        assert not User.objects.filter(username="thuky").exists()

        done = self.confirm(admin, report)

        rows = done.context["rows"]
        assert [row[2] for row in rows] == ["thuky", "thuky2"]
        assert all(User.objects.get(username=row[2]).check_password(row[3]) for row in rows)
        assert "no-store" in done["Cache-Control"]
        assert AuditEntry.objects.filter(action="user.create").count() == 1
        book = admin.post(reverse("accounts_import_passwords"), {"sealed": done.context["sealed"]})
        assert "attachment" in book["Content-Disposition"]
        written = load_workbook(io.BytesIO(book.content)).active
        assert [cell.value for cell in written["D"][1:]] == [row[3] for row in rows]

    def test_confirming_twice_is_409_and_makes_nobody_twice(self, admin):
        report = self.check(admin, sheet(GOOD))
        assert self.confirm(admin, report).status_code == 200
        assert self.confirm(admin, report).status_code == 409
        assert User.objects.filter(username="thuky").count() == 1

    def test_one_bad_row_among_many_leaves_nothing_to_confirm(self, admin):
        rows = [changed(username=f"moi.{number}") for number in range(30)]
        report = self.check(admin, sheet(*rows, changed(username="x", role="vua")))
        assert report.status_code == 422
        assert report.context["faulty_count"] == 1
        assert self.confirm(admin, report).status_code == 409
        assert not User.objects.filter(username__startswith="moi").exists()

    def test_what_changed_since_the_check_is_judged_again(self, admin, office):
        report = self.check(admin, sheet(GOOD, changed(username="thuky2")))
        User.objects.filter(pk=office.next_clerk.pk).update(username="thuky")
        assert self.confirm(admin, report).status_code == 422
        assert not User.objects.filter(username="thuky2").exists()

    def test_another_persons_check_cannot_be_confirmed(self, admin, office, client):
        report = self.check(admin, sheet(GOOD))
        office.next_clerk.memberships.create(role=Role.ADMINISTRATOR, unit=office.agency, from_on=date(2020, 1, 1))
        client.force_login(office.next_clerk)
        assert self.confirm(client, report).status_code == 409

    @pytest.mark.parametrize(
        ("data", "status"),
        [(b"", 422), (b"<html>", 415), (b"\xd0\xcf\x11\xe0", 415), (b"PK\x03\x04" + b"0" * (2 * 1024 * 1024), 413)],
    )
    def test_files_that_are_no_workbook_get_their_status(self, admin, data, status):
        assert self.check(admin, data).status_code == status

    def test_no_file_at_all_is_asked_for(self, admin):
        assert admin.post(reverse("accounts_import")).status_code == 422

    def test_markup_in_a_cell_is_shown_as_text(self, admin):
        page = self.check(admin, sheet(changed(full_name="<img src=x onerror=alert(1)>", role="vua"))).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    @pytest.mark.parametrize("sealed", ["", "x", "a:b:c"])
    def test_a_list_of_passwords_that_is_not_ours_is_refused(self, admin, sealed):
        assert admin.post(reverse("accounts_import_passwords"), {"sealed": sealed}).status_code == 400

    @pytest.mark.parametrize("sha256", ["", "x", "0" * 63, "Z" * 64])
    def test_a_digest_that_is_none_is_malformed(self, admin, sha256):
        assert admin.post(reverse("accounts_import_confirm"), {"sha256": sha256}).status_code == 400


def test_a_list_of_passwords_runs_no_formula():
    book = load_workbook(io.BytesIO(password_list([("=HYPERLINK(1)", "@x", "+a", "-b")])))
    assert [cell.data_type for cell in book.active[2]] == ["s"] * 4
