"""The self-assessment on paper: the figures of the screen, a draft until it is signed."""

import time

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import UnitKind
from accounts.models import Unit
from accounts.official import formal_name, letterhead, signer_lines
from core.official.paper import as_pdf
from core.official.word import as_word
from core.templatetags.values import points
from scoring.appraisal.services import return_assessment
from scoring.filing.checks import lines_of
from scoring.filing.evidence import attach_evidence
from scoring.filing.progress import progress_of
from scoring.filing.report import report
from scoring.filing.selectors import seen_by
from scoring.filing.services import AnswerInput, prepare, save_answer
from scoring.models import Preparation
from tests.factories.year import LOCKS
from tests.papers import cells_of, pages_of, squeezed, text_of
from tests.scoring.filing.conftest import upload

pytestmark = pytest.mark.django_db


def form(year):
    return seen_by(year.officer()).get(pk=year.assessment().pk)


def save(year, code, raw, **more):
    answer = year.answer(code)
    return save_answer(answer=answer, given=AnswerInput(raw, **more), version=answer.version, actor=year.officer())


def test_lines_and_points_are_those_of_the_screen(year):
    with year.filing():
        year.fill()
        save(year, "B.1", {"a": "1200", "b": "1250"}, explanation="Số liệu đến 30/9.")
        attach_evidence(
            answers=[year.answer("A.3")], upload=upload(), title="Kế hoạch 12/KH-UBND", actor=year.officer()
        )
        progress = progress_of(form(year), lines_of([form(year)]))
        paper = report(form(year))

    by_code = {row.cells[0]: row.cells for row in paper.appendix.table.rows}
    answer = year.answer("B.1")
    assert by_code["B.1"][2:] == (
        "1.200 ÷ 1.250 = 96,00%",
        "3,00",
        points(answer.claimed_points),
        "",
        "Số liệu đến 30/9.",
    )
    assert by_code["A.3"][5] == "- Kế hoạch 12/KH-UBND"
    assert by_code["B.3"][2].endswith(year.agency.name + ".")
    assert by_code["B.3"][4] == "chưa tính"
    assert by_code[""][4] == points(progress.total)
    sums = [(row.cells[1], row.cells[4]) for row in paper.blocks[2].table.rows]
    assert sums[: len(progress.pillars)] == [(one.title, points(one.points)) for one in progress.pillars]
    assert f"{points(progress.total)}/" in paper.blocks[1].text


def test_it_is_vietnamese_whatever_the_page_is_read_in(year):
    with year.filing(), override("en"):
        year.fill()
        paper = report(form(year))

    assert by_first(paper)["A.1"][2] == "Có"
    assert "chưa tính" in {cell for row in paper.appendix.table.rows for cell in row.cells}


def by_first(paper) -> dict:
    return {row.cells[0]: row.cells for row in paper.appendix.table.rows}


def test_a_draft_is_marked_until_the_head_has_signed_and_again_after_a_return(year):
    with year.filing():
        drafts = [report(form(year))]
        prepare(assessment=year.fill(), actor=year.officer())
        prepared = report(form(year))
        submission = year.sign()
        final = report(form(year))
        return_assessment(assessment=year.assessment(), reason="Thiếu", actor=year.people["lead"])
        drafts.append(report(form(year)))

    assert [one.notice for one in drafts] == ["BẢN NHÁP"] * 2
    assert (prepared.notice, final.notice) == ("BẢN NHÁP", "")
    assert Preparation.objects.get().sha256 in prepared.foot
    assert submission.receipt_code not in prepared.foot + drafts[1].foot
    assert (submission.receipt_code in final.foot, submission.sha256 in final.foot) == (True, True)
    assert (final.signer_name, drafts[0].signer_name) == (year.head().full_name, "")


def test_what_was_appraised_is_not_in_the_report(year):
    year.to_appraisal()
    with year.on(LOCKS):
        before = report(form(year))
    year.appraise()
    with year.on(LOCKS):
        assert report(form(year)).appendix == before.appendix


def test_both_files_come_to_those_who_may_see_the_form(year, as_user):
    with year.filing():
        year.fill()
        client, paper = as_user(year.officer()), report(form(year))
        files = {
            kind: client.get(reverse("assessment_report", args=[year.assessment().pk, kind]))
            for kind in ("pdf", "docx")
        }

    assert files["pdf"]["Content-Type"] == "application/pdf"
    assert f"bao-cao-tu-danh-gia-{year.units[0].code}-2026.docx" in files["docx"]["Content-Disposition"]
    assert cells_of(files["docx"].content)[1:] == [list(row.cells) for row in paper.appendix.table.rows]
    text = squeezed(text_of(files["pdf"].content))
    for row in paper.appendix.table.rows:
        assert squeezed(row.cells[1]) in text


@pytest.mark.parametrize(
    ("kind", "name", "formal", "head"),
    [
        (UnitKind.COMMUNE, "Xã Ngọc Chiến", "Ủy ban nhân dân xã Ngọc Chiến", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (UnitKind.WARD, "Phường Tô Hiệu", "Ủy ban nhân dân phường Tô Hiệu", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (UnitKind.DEPARTMENT, "Sở Tài chính", "Sở Tài chính", ["GIÁM ĐỐC"]),
        (UnitKind.DEPARTMENT, "Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", ["CHÁNH VĂN PHÒNG"]),
        (UnitKind.PARTY_BODY, "Ủy ban Kiểm tra Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", ["CHỦ NHIỆM"]),
        (UnitKind.MASS_BODY, "Tỉnh đoàn Sơn La", "Tỉnh đoàn Sơn La", ["THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"]),
    ],
)
def test_a_unit_stands_on_paper_as_its_kind_does(kind, name, formal, head):
    unit = Unit(code="X1", name=name, short_name=name.partition(" ")[2], kind=kind)

    assert (formal_name(unit), signer_lines(unit)) == (formal, head)
    assert signer_lines(unit, "Phó Chủ tịch")[-2:] == [f"KT. {head[-1]}", f"PHÓ {head[-1]}"]
    assert letterhead(unit).is_party == (kind == UnitKind.PARTY_BODY)
    assert name.upper() in letterhead(unit).office_lines


@pytest.mark.slow
def test_a_form_of_75_lines_is_made_within_two_seconds(year):
    with year.filing():
        year.fill()
        paper = report(form(year))
    rows = [row for row in paper.appendix.table.rows if row.cells[0]] * 20
    long = paper.appendix.table.__class__(paper.appendix.table.columns, rows[:80])
    paper = paper.__class__(**{**paper.__dict__, "appendix": paper.appendix.__class__("B", "x", long)})
    as_pdf(paper), as_word(paper)  # loads the libraries

    for make in (as_pdf, as_word):
        began = time.process_time()
        data = make(paper)
        assert time.process_time() - began < 2.0
        assert len(data) > 10_000
    assert len(pages_of(as_pdf(paper))) > 3
