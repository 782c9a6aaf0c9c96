"""A unit's score sheet: the frozen run on paper, line by line."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.official.paper import Paper
from core.templatetags.values import points
from scoring.models import RankingRow, RankingRun
from scoring.ranking.reading import read_run
from scoring.ranking.score_sheet import score_sheet
from tests.papers import cells_of, code_on, pages_of, squeezed, text_of
from tests.scoring.ranking.conftest import replace_published

pytestmark = pytest.mark.django_db
UNIT = "11111"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def sheet(run: RankingRun, unit: str = UNIT) -> Paper:
    reading = read_run(run)
    return score_sheet(RankingRun.objects.light().get(pk=run.pk), reading, reading.results.by_unit[unit])


def url(kind: str, unit: str = UNIT) -> str:
    return reverse("unit_sheet", args=[2026, "commune", unit, kind])


def lines(paper: Paper) -> dict[str, tuple]:
    return {row.cells[0]: row.cells for row in paper.appendix.table.rows if row.cells[0]}


def test_every_figure_is_that_of_the_stored_row(published):
    row = RankingRow.objects.select_related("unit").get(run=published, unit__code=UNIT)
    paper = sheet(published)
    facts = dict(paper.blocks[0].facts)

    assert (facts["Tổng điểm"].partition("/")[0], facts["Xếp hạng"]) == (points(row.total), f"{row.rank}/3")
    shown = {
        code: cells[4] for code, cells in lines(paper).items() if cells[4] not in ("không áp dụng", "không có điểm")
    }
    stored = {code: points(Decimal(one)) for code, one in stored_points(published).items() if one is not None}
    assert shown == stored
    pillars = {one.cells[1]: one.cells[3] for one in paper.blocks[-1].table.rows}
    assert [points(Decimal(value)) for value in row.nodes.values()][-1] in pillars.values()
    assert f"{published.decision_number} ngày 01 tháng 02 năm 2027" in paper.addressed_to
    assert published.sha256 in paper.foot


def stored_points(run: RankingRun) -> dict:
    result = read_run(run).results.by_unit[UNIT]
    return {code: None if line.dropped else line.points for code, line in result.lines.items()}


def test_a_corrected_line_gives_claim_points_and_reason(published):
    code, _title, most, claimed, given, difference, reason, sentence = lines(sheet(published))["B.3"]

    assert (claimed, given) == ("chưa kê khai", "0,50")
    assert "Theo dõi năm" in reason
    assert reason.startswith("TD-01")
    assert sentence.endswith(".")
    assert (most, difference) != ("", None)
    assert lines(sheet(published))["A.1"][3] == lines(sheet(published))["A.1"][4]


def test_anybody_downloads_both_files_and_they_agree(published):
    paper = sheet(published)
    pdf, word = (Client().get(url(kind)) for kind in ("pdf", "docx"))

    assert (pdf["Content-Type"], pdf["Content-Disposition"]) == (
        "application/pdf", f'attachment; filename="phieu-diem-{UNIT}-2026.pdf"',
    )  # fmt: skip
    assert cells_of(word.content)[1:] == [list(row.cells) for row in paper.appendix.table.rows]
    text = squeezed(text_of(pdf.content))
    for row in paper.appendix.table.rows:
        for cell in row.cells:
            assert squeezed(cell) in text
    assert code_on(pdf.content).endswith(
        f"{reverse('public_unit', args=[2026, 'commune', UNIT])}?run={published.number}"
    )
    page = Client().get(reverse("public_unit", args=[2026, "commune", UNIT])).content.decode()
    assert (url("pdf") in page, url("docx") in page) == (True, True)


def test_a_replaced_run_says_so_on_every_page(published, year):
    current = replace_published(year)
    old, new = (Client().get(url("pdf"), {"run": run.number}).content for run in (published, current))

    assert all("ĐÃ THAY THẾ" in page for page in pages_of(old))
    assert "ĐÃ THAY THẾ" not in text_of(new)
    assert published.sha256 in squeezed(text_of(old))


def test_who_handed_nothing_in_has_no_rank_on_the_sheet(year, published):
    """The stage publishes all three; take the one row's submission away in the reading alone."""
    reading = read_run(published)
    group = reading.opened.groups[UNIT]
    reading.opened.groups[UNIT] = type(group)(group.group, "")
    try:
        assert dict(sheet(published).blocks[0].facts)["Xếp hạng"] == "không nộp bản tự đánh giá"
    finally:
        reading.opened.groups[UNIT] = group


def test_nobody_makes_the_server_print_all_day(published):
    answers = {Client().get(url("pdf")).status_code for _time in range(30)}
    assert (answers, Client().get(url("pdf")).status_code) == ({200}, 429)


@pytest.mark.parametrize(("unit", "kind"), [("99999", "pdf"), (UNIT, "exe"), (UNIT, "")])
def test_what_is_not_there_is_404(published, unit, kind):
    address = url("pdf", unit).removesuffix("pdf") + kind
    assert Client().get(address).status_code == 404
