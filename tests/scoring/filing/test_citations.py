"""Citations: typed as people type them, kept once a document, checked, signed for, and never fetched."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.audit.models import AuditEntry
from core.errors import Invalid, NotAllowed, NotFound, TooLarge, WrongState
from scoring.appraisal.services import accept_line, return_assessment
from scoring.enums import LineState
from scoring.filing import citing
from scoring.filing.checks import Kind, findings
from scoring.filing.citing import (
    CitationInput,
    CitedBefore,
    cite,
    cite_again,
    name_document,
    read_number,
    read_url,
    uncite,
)
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import prepare
from scoring.filing.snapshot import snapshot_of
from scoring.models import Citation
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import upload

pytestmark = pytest.mark.django_db
DECISION = CitationInput(
    kind="Quyết định", number="118/QĐ-UBND", dated_on="26/02/2026", issuer="UBND xã Ngọc Chiến",
    subject="Kiện toàn Ban Chỉ đạo chuyển đổi số",
)  # fmt: skip
LINK = CitationInput(subject="Chuyên mục chuyển đổi số", url="https://ngocchien.sonla.gov.vn/chuyen-doi-so")


def given(**changed: str) -> CitationInput:
    return CitationInput(**(DECISION.__dict__ | changed))


def put(year, *codes: str, what: CitationInput = DECISION, by: str = "officer0", **more) -> Citation:
    return cite(answers=[year.answer(code) for code in codes], given=what, actor=year.people[by], **more)


def behind(year, code: str) -> list[str]:
    return [str(one) for one in year.answer(code).citations.all()]


SAID = "Quyết định số 118/QĐ-UBND ngày 26/02/2026 của UBND xã Ngọc Chiến"


def test_a_document_is_said_as_officials_say_it_and_stands_behind_several_lines(year):
    with year.filing():
        one = put(year, "A.1", "B.1")
        assert put(year, "A.1") == one  # a second click

    assert behind(year, "A.1") == behind(year, "B.1") == [SAID]
    assert Citation.objects.count() == 1
    assert AuditEntry.objects.filter(action="citation.cite").count() == 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("118/QĐ-UBND", "118/QĐ-UBND"),
        (" Số: 118 / QĐ – UBND ", "118/QĐ-UBND"),
        ("so 118/2026/NQ-HĐND", "118/2026/NQ-HĐND"),
        ("12", "12"),
        ("05a/KH-UBND", "05a/KH-UBND"),
        ("1234/UBND-KSTTHC&CĐS", "1234/UBND-KSTTHC&CĐS"),
        ("118/QĐ-UBND.", "118/QĐ-UBND"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, read):
    assert read_number(typed) == read


@pytest.mark.parametrize("typed", ["", "QĐ-UBND", "118 QĐ UBND", "<b>1</b>", "1" * 61, "118/", "١١٨/QĐ", "1;DROP"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Invalid):
        read_number(typed)


@pytest.mark.parametrize(
    "url",
    ["http://sonla.gov.vn", "javascript:alert(1)", "data:text/html,x", "ftp://sonla.gov.vn", "//sonla.gov.vn",
     "https://", "https://localhost", "https://a@sonla.gov.vn", "https://a:b@sonla.gov.vn/", "https://sonla.gov.vn:0/",
     "https://sonla.gov.vn/a b", "https://sonla.gov.vn/<script>", "https://[::1", "HTTPS//x.vn", "x" * 600],
)  # fmt: skip
def test_only_addresses_over_https_are_links(url):
    with pytest.raises(Invalid):
        read_url(url)


def test_an_address_is_kept_as_it_is():
    assert read_url(" https://sonla.gov.vn/van-ban?id=118#trang-2 ") == "https://sonla.gov.vn/van-ban?id=118#trang-2"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"dated_on": "12/11/2026"}, "dated_on"),  # the clock of the test stands at 11/11/2026
        ({"dated_on": "31/02/2026"}, "dated_on"),
        ({"dated_on": ""}, "dated_on"),
        ({"number": "QĐ"}, "number"),
        ({"issuer": " "}, "issuer"),
        ({"kind": ""}, "kind"),
        ({"subject": ""}, "subject"),
        ({"url": "http://x.vn"}, "url"),
    ],
)
def test_each_fault_is_named_at_its_field_and_nothing_is_written(year, changed, field):
    with year.filing(), pytest.raises(Invalid) as refusal:
        put(year, "A.1", what=given(**changed))
    assert list(refusal.value.fields) == [field]
    assert not Citation.objects.exists()


def test_today_is_not_the_future(year):
    with year.filing():
        assert put(year, "A.1", what=given(dated_on="11/11/2026")).dated_on == date(2026, 11, 11)


def test_a_link_stands_for_itself_and_one_without_anything_is_refused(year):
    with year.filing():
        link = put(year, "A.1", what=LINK)
        assert (link.is_link, str(link)) == (True, "Chuyên mục chuyển đổi số")
        assert put(year, "B.1", what=LINK) == link
        for nothing in (CitationInput(subject="Chỉ có chữ"), CitationInput(subject="", url=LINK.url)):
            with pytest.raises(Invalid):
                put(year, "A.1", what=nothing)


def test_the_same_document_in_other_words_is_offered_and_not_kept_twice(year):
    with year.filing():
        one = put(year, "A.1")
        with pytest.raises(CitedBefore) as refusal:
            put(year, "B.1", what=given(number="118 / qđ - ubnd", subject="Chuyện khác"))
        assert refusal.value.citation == one
        cite_again(answers=[year.answer("B.1")], citation=one, actor=year.officer())
    assert behind(year, "B.1") == [SAID]
    assert Citation.objects.count() == 1


def test_older_words_may_be_corrected_while_they_stand_in_this_form_only(year):
    with year.filing():
        one = put(year, "A.1")
        put(year, "B.1", what=given(subject="Trích yếu đúng"), correcting=True)
        one.refresh_from_db()
        assert (one.subject, len(behind(year, "B.1"))) == ("Trích yếu đúng", 1)

        from tests.scoring.filing.test_library import next_year  # noqa: PLC0415 - its tests stay its own

        later = next_year(year)
        cite_again(answers=[later.answers.get(criterion__code="A.1")], citation=one, actor=year.officer())
        with pytest.raises(CitedBefore):
            put(year, "B.1", what=given(subject="Lại đổi"), correcting=True)


def test_two_units_cite_the_same_document_each_for_itself(year):
    with year.filing():
        mine = put(year, "A.1")
        theirs = cite(answers=[year.answer("A.1", 1)], given=DECISION, actor=year.officer(1))
        assert mine != theirs
        with pytest.raises(NotFound):
            cite_again(answers=[year.answer("B.1")], citation=theirs, actor=year.officer())


def test_lines_of_others_and_of_agencies_are_refused(year):
    with year.filing():
        with pytest.raises(NotFound):
            cite(answers=[year.answer("A.1"), year.answer("A.1", 1)], given=DECISION, actor=year.officer())
        with pytest.raises(Invalid):
            put(year, "B.3")
    assert not Citation.objects.exists()


def test_one_line_takes_so_many(year, monkeypatch):
    monkeypatch.setattr(citing, "MAX_PER_ANSWER", 1)
    with year.filing():
        put(year, "A.1")
        with pytest.raises(TooLarge):
            put(year, "A.1", what=LINK)


@pytest.mark.parametrize("person", ["officer1", "head1", "secretary", "lead", "appraiser", "auditor"])
def test_nobody_else_cites(year, person):
    actor = year.people[person]
    with year.filing():
        one = put(year, "A.1")
        for act in (
            lambda: put(year, "B.1", what=LINK, by=person),
            lambda: cite_again(answers=[year.answer("B.1")], citation=one, actor=actor),
            lambda: uncite(answer=year.answer("A.1"), citation=one, actor=actor),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert behind(year, "A.1") == [SAID]


def test_taking_away_can_be_undone_and_a_closed_form_stays(year):
    with year.filing():
        one = put(year, "A.1")
        uncite(answer=year.answer("A.1"), citation=one, actor=year.officer())
        uncite(answer=year.answer("A.1"), citation=one, actor=year.officer())
        assert behind(year, "A.1") == []
        cite_again(answers=[year.answer("A.1")], citation=one, actor=year.officer())
        prepare(assessment=year.fill(), actor=year.officer())
        with pytest.raises(WrongState):
            uncite(answer=year.answer("A.1"), citation=one, actor=year.officer())
    assert behind(year, "A.1") == [SAID]
    assert AuditEntry.objects.filter(action="citation.uncite").count() == 1


def test_another_citation_in_a_returned_form_reopens_a_decided_line(year):
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        line = year.answer("A.1")
        accept_line(answer=line, version=line.version, actor=year.people["appraiser"])
        return_assessment(assessment=year.assessment(), reason="Bổ sung", actor=year.people["lead"])
        put(year, "A.1")
    assert year.answer("A.1").line_state == LineState.OPEN


def test_a_citation_is_evidence_and_the_signature_covers_it(year):
    def unproven() -> set[str]:
        return {one.criterion_code for one in findings(year.assessment(), clock.now()) if one.kind == Kind.EVIDENCE}

    with year.filing():
        year.fill()
        code = sorted(unproven())[0]
        put(year, code)
        assert code not in unproven()

    signed = snapshot_of(year.assessment())["answers"]
    assert signed[code]["citations"] == [
        ["Quyết định", "118/QĐ-UBND", "2026-02-26", DECISION.issuer, DECISION.subject, ""]
    ]


def test_a_file_is_the_copy_of_a_document(year, as_user):
    with year.filing():
        one, client = put(year, "A.1"), as_user(year.officer())
        link = put(year, "A.1", what=LINK)
        file = attach_evidence(answers=[year.answer("A.1")], upload=upload(), title="", actor=year.officer())
        with pytest.raises(NotFound):
            name_document(evidence=file, citation=link, actor=year.officer())
        client.post(reverse("evidence_copy_of", args=[file.pk]), {"citation": one.pk})
        page = client.get(reverse("evidence_view", args=[file.pk])).content.decode()
    file.refresh_from_db()
    assert file.citation == one
    assert SAID in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""}, {"issuer": ""}, {"dated_on": None}, {"kind": ""}, {"url": "http://x.vn"},
        {"number": "", "number_key": "", "kind": "", "issuer": "", "dated_on": None},
    ],
)  # fmt: skip
def test_the_database_refuses_half_a_citation(year, wrong):
    with year.filing():
        one = put(year, "A.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=one.pk).update(**wrong)


# --- pages ---------------------------------------------------------------------------------------------------------
def send(client, answer, what: CitationInput = DECISION, *, fragment: bool = False, **more):
    headers = {"HTTP_HX_REQUEST": "true"} if fragment else {}
    return client.post(reverse("citation_add", args=[answer.pk]), what.__dict__ | more, **headers)


def test_a_citation_is_typed_and_its_chip_stands_on_the_line(year, as_user):
    with year.filing():
        response = send(as_user(year.officer()), year.answer("A.1"), fragment=True, lines=[year.answer("B.1").pk])
    page = response.content.decode()
    assert (response.status_code, SAID in page) == (200, True)
    assert reverse("citation_remove", args=[year.answer("A.1").pk, Citation.objects.get().pk]) in page
    assert behind(year, "B.1") == [SAID]


def test_a_refused_citation_keeps_what_was_typed(year, as_user):
    with year.filing():
        response = send(as_user(year.officer()), year.answer("A.1"), given(dated_on="01/01/2027"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="118/QĐ-UBND"' in page
    assert "error-summary" in page


def test_the_older_citation_is_offered_and_taken_by_one_button(year, as_user):
    with year.filing():
        one, client = put(year, "A.1"), as_user(year.officer())
        page = send(client, year.answer("B.1"), given(subject="Khác"))
        button = reverse("citation_restore", args=[year.answer("B.1").pk, one.pk])
        assert page.status_code == 409
        assert f'formaction="{button}"' in page.content.decode()
        client.post(button)
        assert behind(year, "B.1") == [SAID]

        away = client.post(reverse("citation_remove", args=[year.answer("B.1").pk, one.pk]), follow=True)
        assert f'action="{button}"' in away.content.decode()
        assert send(client, year.answer("B.1"), given(subject="Khác"), correcting="on").status_code == 302
    one.refresh_from_db()
    assert one.subject == "Khác"


def test_a_citation_of_before_is_chosen_and_one_of_another_unit_is_no_choice(year, as_user):
    with year.filing():
        mine = put(year, "A.1")
        theirs = cite(answers=[year.answer("A.1", 1)], given=LINK, actor=year.officer(1))
        client, nothing = as_user(year.officer()), CitationInput(subject="")
        assert send(client, year.answer("B.1"), nothing, existing=mine.pk).status_code == 302
        assert send(client, year.answer("B.1"), nothing, existing=theirs.pk).status_code == 422
        url = reverse("citation_restore", args=[year.answer("B.1").pk, theirs.pk])
        assert client.post(url).status_code == 404
    assert behind(year, "B.1") == [SAID]


def test_a_link_leads_out_without_telling_from_where(year, as_user):
    with year.filing():
        put(year, "A.1", what=LINK)
    year.hand_in()
    with year.filing():
        pages = [
            as_user(year.officer()).get(reverse("evidence_line", args=[year.answer("A.1").pk])).content.decode(),
            as_user(year.people["appraiser"])
            .get(reverse("appraisal_line", args=[year.answer("A.1").pk]))
            .content.decode(),
        ]
    for page in pages:
        assert f'href="{LINK.url}" rel="noopener noreferrer external"' in page
