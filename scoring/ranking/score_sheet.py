"""A unit's score sheet after publication: every line claimed, appraised and why, from the frozen run alone.

Vietnamese by nature; the same reading as the unit's public page.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override

from accounts.official import PROVINCE, formally
from core.official.paper import SAMPLE_NOTE, Appendix, Block, Column, Paper, Row, Table
from core.official.words import day_in_words
from core.templatetags.values import number, points, signed
from scoring import engine
from scoring.enums import RunState
from scoring.models import RankingRun
from scoring.ranking.league import SHARED
from scoring.ranking.reading import Reading, summary
from scoring.ranking.unit_page import Section, UnitLine, UnitPage, unit_page

_PILLARS = (
    Column("TT", mm=11, align="center"),
    Column("Trụ cột"),
    Column("Điểm tối đa", mm=26, align="right"),
    Column("Điểm thẩm định", mm=28, align="right"),
)
_LINES = (
    Column("Mã", mm=24),
    Column("Tiêu chí", share=1),
    Column("Điểm tối đa", mm=19, align="right"),
    Column("Tự chấm", mm=19, align="right"),
    Column("Thẩm định", mm=20, align="right"),
    Column("Chênh lệch", mm=20, align="right"),
    Column("Lý do điều chỉnh", share=0.9),
    Column("Cách tính", share=1.3),
)
_SUPERSEDED = "ĐÃ THAY THẾ"


def score_sheet(run: RankingRun, reading: Reading, row: engine.UnitResult) -> Paper:
    """`run` is published, or was until a later one replaced it; then every page says so."""
    with override("vi"):
        return _paper(run, reading, row, unit_page(reading, row))


def _paper(run: RankingRun, reading: Reading, row: engine.UnitResult, page: UnitPage) -> Paper:
    unit, year = reading.opened.units[row.unit], run.cycle.year
    name, day = formally(unit["kind"], unit["name"]), day_in_words(run.decision_on)
    return Paper(
        title=f"Phiếu điểm chuyển đổi số năm {year}, {unit['name']}",
        office_lines=("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"),
        place_and_date=f"{PROVINCE}, {day_in_words(localtime(run.published_at).date())}",
        name="PHIẾU ĐIỂM",
        subject=f"Kết quả chuyển đổi số năm {year} của {name}",
        addressed_to=f"(Theo Quyết định số {run.decision_number} {day} công bố kết quả xếp hạng)",
        blocks=[
            Block(heading="I. KẾT QUẢ CHUNG", facts=_facts(reading, row, page)),
            Block(text=page.root_sentence),
            Block(text=page.total_sentence),
            Block(heading="II. ĐIỂM THEO TRỤ CỘT", table=Table(_PILLARS, _pillar_rows(reading, row, page))),
        ],
        qr=settings.SITE_URL + reverse("public_unit", args=[year, run.group.code, row.unit]) + f"?run={run.number}",
        qr_note="Điểm từng tiêu chí ở Phụ lục kèm theo. Quét mã để xem phiếu điểm này trên trang công bố, nơi ai cũng có thể "
        "tải số liệu về tính lại.",
        appendix=Appendix(
            title=f"ĐIỂM TỪNG TIÊU CHÍ NĂM {year}",
            note=f"(Kèm theo Phiếu điểm của {name})",
            table=Table(_LINES, _line_rows(page, row)),
        ),
        notice="" if run.state == RunState.PUBLISHED else _SUPERSEDED,
        sample_note=SAMPLE_NOTE if reading.opened.is_sample else "",
        foot=f"Lần tính điểm số {run.number}, {reading.opened.group_name} · SHA-256 {run.sha256}",
        made_at=run.published_at,
    )


def _facts(reading: Reading, row: engine.UnitResult, page: UnitPage) -> list[tuple[str, str]]:
    facts = [
        ("Khối, cụm thi đua", reading.opened.group_name),
        ("Tổng điểm", f"{points(row.total)}/{number(reading.maximum)}" if row.total is not None else "không có"),
    ]
    if not reading.has_filed(row.unit):
        return [*facts, ("Xếp hạng", "không nộp bản tự đánh giá")]
    ranked = summary(reading).ranked
    shared = " (đồng hạng)" if row.tie_break == SHARED else ""
    facts.append(("Xếp hạng", f"{row.rank}/{ranked}{shared}" if row.rank else "không xếp hạng"))
    return [*facts, ("Xếp loại", page.grade or "không xếp loại")]


def _pillar_rows(reading: Reading, row: engine.UnitResult, page: UnitPage) -> list[Row]:
    rows = [
        Row((str(at), section.title, _most(section), points(section.points) or "–"))
        for at, section in enumerate((one for one in page.sections if one.maximum is not None), 1)
    ]
    for title, value in (("Điểm thưởng", row.bonus), ("Điểm trừ", -row.penalty)):
        if value:
            rows.append(Row((str(len(rows) + 1), title, "", signed(value, 2))))
    return [*rows, Row(("", "Tổng điểm", number(reading.maximum, 2), points(row.total) or "không có"), is_bold=True)]


def _most(section: Section) -> str:
    return "" if section.maximum is None else number(section.maximum, 2)


def _line_rows(page: UnitPage, row: engine.UnitResult) -> list[Row]:
    rows = []
    for section in page.sections:
        head = ("", section.title, _most(section), "", points(section.points), "", "", "")
        rows += [Row(head, is_section=True), *map(_line_row, section.lines)]
    return [*rows, Row(("", "Tổng điểm", "", "", points(row.total) or "không có", "", "", ""), is_bold=True)]


def _line_row(line: UnitLine) -> Row:
    without = "không áp dụng" if line.status == "not_applicable" else "không có điểm"
    reason = (
        f"{line.reason_code} · {line.reason_label}. {line.reason}".strip() if line.reason or line.reason_code else ""
    )
    return Row(
        (
            line.code,
            line.title,
            points(line.maximum),
            "chưa kê khai" if line.claimed is None else points(line.claimed),
            without if line.points is None else points(line.points),
            signed(line.difference, 2),
            reason,
            line.sentence,
        )
    )
