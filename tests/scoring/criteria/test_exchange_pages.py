"""A set goes out and comes back through the pages: dry run, report, confirmation, and nothing written before it."""

import copy
import io
import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core.audit.models import AuditEntry
from core.errors import Conflict, WrongState
from scoring import engine
from scoring.criteria.exchange.checking import check_file
from scoring.criteria.exchange.services import take_in
from scoring.criteria.services import clone_set, import_set, publish_set
from scoring.criteria.workbook.writing import set_workbook
from scoring.models import CriteriaSet, Criterion
from tests.factories.small_set import DOCUMENT
from tests.factories.year import OPENS
from tests.scoring.criteria.workbook.sheets import changed, place_of

pytestmark = pytest.mark.django_db
IMPORT, CONFIRM = reverse("set_import"), reverse("set_import_confirm")


@pytest.fixture
def secretary(year, client):
    with year.on(OPENS):
        client.force_login(year.people["secretary"])
        yield year.people["secretary"]


def document(**other) -> bytes:
    return json.dumps(copy.deepcopy(DOCUMENT) | {"year": 2027} | other).encode()


def book(data: bytes) -> bytes:
    return set_workbook(engine.load_set(data))


def check(client, data: bytes, name: str = "set.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def confirm(client, response, **other):
    report = response.context["report"]
    return client.post(CONFIRM, {"sha256": report.sha256, "replaces": report.replaces} | other)


def everything() -> tuple:
    return (
        list(CriteriaSet.objects.values_list("code", "year", "identity", "version")),
        Criterion.objects.count(),
        AuditEntry.objects.count(),
    )


@pytest.mark.parametrize("data", [document(), book(document())], ids=["json", "xlsx"])
def test_a_file_becomes_a_draft_once_it_is_confirmed(client, secretary, data):
    before = everything()
    checked = check(client, data)

    assert (checked.status_code, everything()) == (200, before)
    made = confirm(client, checked)

    draft = CriteriaSet.objects.get(code="small", year=2027)
    assert made["Location"] == reverse("set_build", args=[draft.pk])
    assert (draft.state, draft.identity) == ("draft", engine.identity(engine.load_set(document())))
    assert draft.criteria.count() == len(draft.definition.lines)
    assert json.loads(AuditEntry.objects.last().details)["sha256"] == checked.context["report"].sha256


def test_the_report_says_what_would_change(client, secretary):
    other = json.loads(document())
    other["root"]["children"][0]["children"][0]["max_points"] = "1.5"

    page = check(client, book(json.dumps(other).encode()))

    assert [section.key for section in page.context["report"].changes] == ["reweighted", "groups"]
    assert 'id="reweighted"' in page.content.decode()


def test_an_open_draft_is_replaced_and_the_page_says_so_first(client, year, secretary):
    draft = clone_set(source=year.criteria_set, year=2027, actor=secretary)
    checked = check(client, document(source="Bản mới"))

    assert 'id="replaces"' in checked.content.decode()
    confirm(client, checked)

    draft.refresh_from_db()
    assert (draft.definition.source, CriteriaSet.objects.filter(year=2027).count()) == ("Bản mới", 1)
    assert draft.code_links.count() == draft.criteria.count()
    assert AuditEntry.objects.last().action == "criteria_set.replace"


def test_a_published_set_is_never_replaced(client, year, secretary):
    page = check(client, book(json.dumps(DOCUMENT).encode()))

    assert page.status_code == 422
    with pytest.raises(WrongState):
        take_in(
            definition=year.criteria_set.definition, replaces=year.criteria_set.identity, sha256="", actor=secretary
        )


def test_everything_wrong_is_refused_whole_with_its_places(client, secretary):
    def spoil(workbook) -> None:
        for heading, value in (("Điểm tối đa", "một"), ("Loại dòng", "?")):
            workbook["Cây tiêu chí"][place_of(workbook["Cây tiêu chí"], heading, Mã="A.1")] = value

    before = everything()
    page = check(client, changed(engine.load_set(document()), spoil))

    assert (page.status_code, everything()) == (422, before)
    assert {fault.place for fault in page.context["report"].faults} >= {"F4", "A4"}
    refused = confirm(client, page)
    assert (refused.status_code, everything()) == (409, before)


def test_the_first_two_hundred_faults_are_shown_and_all_are_counted(client, secretary):
    def spoil(workbook) -> None:
        for number in range(300):
            workbook["Cây tiêu chí"].append(["tiêu chí", f"X.{number}", "A", "x", "x", "một", None, None])

    page = check(client, changed(engine.load_set(document()), spoil))

    html = page.content.decode()
    total = len(page.context["report"].faults)
    assert total >= 300
    assert html.count('<th scope="row"') == 200
    assert f'data-faults="{total}"' in html
    listed = client.get(reverse("set_import_faults", args=[page.context["report"].sha256]))
    (sheet,) = load_workbook(io.BytesIO(listed.content)).worksheets
    assert sheet.max_row == 3 + total
    first = page.context["report"].faults[0]
    assert [cell.value for cell in sheet[4]] == [first.sheet, first.place, first.sentence]


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 422), (b"hello", 415), (b"PK\x03\x04", 415), (b"\xd0\xcf\x11\xe0", 415), (b"{", 422), (b"<html>", 415),
     (b"[1]", 415), (b"\xef\xbb\xbf{}", 422), (b"{" + b" " * 6_000_000, 413)],
)  # fmt: skip
def test_other_files_are_refused_with_their_status(client, secretary, data, status):
    before = everything()

    assert (check(client, data).status_code, everything()) == (status, before)


@pytest.mark.parametrize("other", [{"year": 1999}, {"year": 30_000}, {"title": {"vi": "x" * 501}}])
def test_what_the_tables_cannot_keep_is_a_fault_and_no_crash(client, secretary, other):
    assert check(client, document(**other)).status_code == 422


def test_a_file_is_confirmed_once_by_whoever_checked_it(client, year, secretary):
    checked = check(client, document())
    client.force_login(year.people["lead"])
    assert confirm(client, checked).status_code == 403
    client.force_login(secretary)
    assert confirm(client, checked, sha256="0" * 64).status_code == 409
    assert confirm(client, checked, sha256="x").status_code == 400
    assert confirm(client, checked).status_code == 302
    assert confirm(client, checked).status_code == 409
    cache.clear()
    assert confirm(client, check(client, document(year=2028))).status_code == 302


def test_a_draft_that_changed_since_the_check_is_not_replaced(client, year, secretary):
    draft = clone_set(source=year.criteria_set, year=2027, actor=secretary)
    checked = check(client, document(source="Bản mới"))
    take_in(definition=engine.load_set(document(source="Ai đó")), replaces=draft.identity, sha256="", actor=secretary)

    assert confirm(client, checked).status_code == 409
    assert CriteriaSet.objects.get(pk=draft.pk).definition.source == "Ai đó"


def test_two_imports_at_once_make_one_draft(secretary):
    definition = check_file(document()).definition
    take_in(definition=definition, replaces="", sha256="", actor=secretary)

    with pytest.raises(Conflict):
        take_in(definition=definition, replaces="", sha256="", actor=secretary)


def test_the_text_of_a_file_is_shown_as_text(client, secretary):
    page = check(client, document(title={"vi": "<img onerror=x>"}, source="<script>x</script>"))

    assert b"<img onerror" not in page.content
    assert b"<script>x" not in page.content


def test_a_draft_goes_out_to_the_committee_and_to_nobody_else(client, year, secretary):
    clone_set(source=year.criteria_set, year=2027, actor=secretary)
    address = reverse("criteria_set_workbook", args=["small", 2027])

    assert load_workbook(io.BytesIO(client.get(address).content)).sheetnames[1] == "Bộ tiêu chí"
    client.force_login(year.officer())
    assert client.get(address).status_code == 404


# --- comparison -------------------------------------------------------------------------------------------------------


@pytest.fixture
def later(year, secretary) -> CriteriaSet:
    data = document().replace(b'"A.1"', b'"A.9"').replace(b'"full_at": "80"', b'"full_at": "70"')
    return publish_set(criteria_set=import_set(data=data, place="x", actor=secretary), actor=secretary)


def test_visitors_read_what_changed_on_the_page_by_program_and_on_paper(client, later):
    client.logout()
    page = client.get(reverse("set_difference", args=["small", 2027, 2026]))
    api = client.get(reverse("api_criteria_set_difference", args=["small", 2027, 2026])).json()
    sheet = load_workbook(
        io.BytesIO(client.get(reverse("set_difference_file", args=["small", 2027, 2026])).content)
    ).active

    assert (
        [one["key"] for one in api["sections"]]
        == ["added", "dropped", "rule"]
        == [s.key for s in page.context["sections"]]
    )
    assert [(row["code_before"], row["code_after"]) for one in api["sections"] for row in one["rows"]] == [
        ("", "A.9"), ("A.1", ""), ("B.1", "B.1"),
    ]  # fmt: skip
    assert [row[0].value for row in sheet.iter_rows(min_row=5) if row[0].value and " (" not in row[0].value] == [
        "A.9",
        "A.1",
        "B.1",
    ]
    assert (int(sheet.page_setup.paperSize), sheet.print_title_rows) == (9, "$4:$4")
    assert page["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("years", [(2026, 2027), (2026, 2026), (2027, 2025), (2030, 2026)])
def test_there_is_nothing_to_compare_with_later_or_missing_versions(client, later, years):
    for name in ("set_difference", "set_difference_file", "api_criteria_set_difference"):
        assert client.get(reverse(name, args=["small", *years])).status_code == 404


def test_the_pages_of_sets_lead_to_the_comparison(client, year, later):
    for name in ("criteria_set", "set_differences"):
        response = client.get(reverse(name, args=["small", 2027]), follow=True)
        assert (
            reverse("set_difference" if name == "criteria_set" else "set_difference_file", args=["small", 2027, 2026])
            in response.content.decode()
        )
    assert client.get(reverse("set_differences", args=["small", 2026])).status_code == 200


def test_the_cost_of_a_comparison_does_not_grow_with_the_changes(client, year, secretary):
    counts = []
    for number, changes in ((2027, {}), (2028, {"max_points": "1.5", "title": {"vi": "Khác"}, "source": "Khác"})):
        other = json.loads(document(year=number))
        for node in other["root"]["children"]:
            node["children"][0] |= changes
        publish_set(
            criteria_set=import_set(data=json.dumps(other).encode(), place="x", actor=secretary), actor=secretary
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("set_difference", args=["small", number, number - 1])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- code map ---------------------------------------------------------------------------------------------------------


def test_the_map_is_edited_on_its_page(client, later, secretary):
    draft = clone_set(source=later, year=2028, actor=secretary)
    address = reverse("set_codes", args=["small", 2028])
    boxes = {box.html_name: box.value() or "" for box in client.get(address).context["form"] if box.name != "version"}

    saved = client.post(
        address, boxes | {"version": "0", "earlier-A.9": "", "earlier-A.2": "A.9", "earlier-A.3": "A.2"}
    )

    assert (saved.status_code, saved["Location"]) == (302, address)
    links = dict(draft.code_links.values_list("criterion__code", "earlier__code"))
    assert (links["A.2"], links["A.3"], "A.9" in links) == ("A.9", "A.2", False)


def test_a_fault_of_the_map_stands_at_its_box_and_nothing_is_kept(client, later, secretary):
    draft = clone_set(source=later, year=2028, actor=secretary)
    before = list(draft.code_links.values_list("criterion__code", "earlier__code"))

    page = client.post(reverse("set_codes", args=["small", 2028]), {"version": "0", "earlier-A.2": "Z.9"})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["earlier-A.2"]
    assert list(draft.code_links.values_list("criterion__code", "earlier__code")) == before


def test_a_stale_map_is_refused(client, later, secretary):
    clone_set(source=later, year=2028, actor=secretary)

    assert client.post(reverse("set_codes", args=["small", 2028]), {"version": "7"}).status_code == 409


def test_the_map_of_a_published_set_is_read_only(client, later):
    address = reverse("set_codes", args=["small", 2027])

    assert '<form method="post"' not in client.get(address).content.decode().partition("<h1")[2]
    assert client.post(address, {"version": "1"}).status_code == 409


def test_the_page_of_the_map_costs_the_same_for_one_criterion_and_for_many(client, year, secretary):
    counts = []
    for number, kept in ((2027, 1), (2028, 5)):
        other = json.loads(document(year=number, adjustments=[]))
        node = other["root"]["children"][0]
        node["children"] = [copy.deepcopy(node["children"][0]) | {"code": f"A.{n}"} for n in range(kept)]
        other["root"]["children"], other["scoring"] = [node], {"places": 2}
        import_set(data=json.dumps(other).encode(), place="x", actor=secretary)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("set_codes", args=["small", number]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
