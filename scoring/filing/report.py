"""The self-assessment as an official report, to be signed and stamped on paper where an office needs it.

One reading of the form feeds the screen and this: lines by `rows_of`, points by `progress_of`. Vietnamese by nature.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import override

from accounts.official import formal_name, letterhead, signer_lines
from core import clock
from core.numbers import format_number
from core.official.paper import NO_DAY, PARTY, SAMPLE_NOTE, STATE, Appendix, Block, Column, Paper, Row, Table
from core.official.words import numbered
from core.templatetags.values import datetime_vi, number, points
from core.verdict import Verdict
from scoring.enums import AssessmentState
from scoring.filing.checks import lines_of
from scoring.filing.progress import ADJUSTMENTS, PillarProgress, Progress, progress_of
from scoring.filing.rows import Row as Line
from scoring.filing.rows import rows_of
from scoring.filing.signing import last_prepared
from scoring.models import Assessment, Submission

SCORING_AGENCY = "Sở Khoa học và Công nghệ tỉnh Sơn La"
BONUS_TITLE = "Điểm thưởng, điểm trừ"
NOT_COMPUTED = "chưa tính"
_READS_ONLY = Verdict(False, "")
_PILLARS = (
    Column("TT", mm=11, align="center"),
    Column("Trụ cột"),
    Column("Tiêu chí đã kê khai", mm=26, align="center"),
    Column("Điểm tối đa", mm=22, align="right"),
    Column("Điểm tự chấm", mm=22, align="right"),
)
_LINES = (
    Column("Mã", mm=24),
    Column("Tiêu chí", share=1.25),
    Column("Số liệu kê khai", share=0.9),
    Column("Điểm tối đa", mm=20, align="right"),
    Column("Điểm tự chấm", mm=20, align="right"),
    Column("Tài liệu kiểm chứng", share=1),
    Column("Thuyết minh", share=1),
)


def report(assessment: Assessment) -> Paper:
    """The report as the form stands; needs cycle, unit and criteria set at hand. A draft until the head has submitted."""
    with override("vi"):
        lines = lines_of([assessment])
        progress = progress_of(assessment, lines)
        submission = assessment.submissions.select_related("submitted_by").first() if assessment.is_handed_in else None
        return _paper(assessment, rows_of(lines, lambda _line: _READS_ONLY, None, {}), progress, submission)


def _paper(assessment: Assessment, lines: list[Line], progress: Progress, submission: Submission | None) -> Paper:
    unit, year = assessment.unit, assessment.cycle.year
    head, now = letterhead(unit), clock.now()
    signer = submission.submitted_by if submission else None
    number_blank = f"Số:          {'-' if head.is_party else '/'}{head.symbol}"
    day = f"{NO_DAY} {localtime(submission.submitted_at if submission else now).year}"
    return Paper(
        title=f"Báo cáo tự đánh giá chuyển đổi số năm {year}, {unit.name}",
        superior_lines=head.superior_lines,
        office_lines=head.office_lines,
        state_lines=PARTY if head.is_party else STATE,
        number=number_blank,
        place_and_date=f"{head.place}, {day}",
        name="BÁO CÁO",
        subject=f"Tự đánh giá kết quả chuyển đổi số năm {year}",
        addressed_to=f"Kính gửi: {SCORING_AGENCY}",
        bases=_bases(assessment),
        blocks=_blocks(assessment, lines, progress),
        sent_to=("- Như trên;", "- Lưu: VT."),
        signer_lines=signer_lines(unit, signer.position if signer else ""),
        signer_name=signer.full_name if signer else "",
        appendix=Appendix(
            title=f"BẢNG TỰ CHẤM ĐIỂM CHI TIẾT NĂM {year}",
            note=f"(Kèm theo Báo cáo {number_blank.replace('Số:', 'số')} {day} của {formal_name(unit)})",
            table=Table(_LINES, list(_line_rows(lines, progress))),
        ),
        notice="" if submission else "BẢN NHÁP",
        sample_note=SAMPLE_NOTE if assessment.cycle.is_sample else "",
        foot=_foot(assessment, submission, now),
        made_at=now,
    )


def _foot(assessment: Assessment, submission: Submission | None, now: datetime) -> str:
    """What proves the paper: the receipt once it is submitted, before it what the head is about to sign."""
    if submission:
        at = datetime_vi(submission.submitted_at, "s")
        return f"Mã biên nhận {submission.receipt_code} · nộp lúc {at} · SHA-256 {submission.sha256}"
    prepared = last_prepared(assessment) if assessment.state == AssessmentState.PREPARED else None
    printed = f"in lúc {datetime_vi(now, 's')}"
    if prepared:
        return f"Bản trình thủ trưởng ký lúc {datetime_vi(prepared.prepared_at, 's')}, {printed} · SHA-256 {prepared.sha256}"
    return f"Bản nháp, chưa nộp, {printed}; số liệu còn có thể thay đổi"


def _bases(assessment: Assessment) -> list[str]:
    movement, criteria_set = assessment.cycle.movement, assessment.criteria_set
    return [
        f"Căn cứ {numbered(movement.founding_decision)} về phong trào thi đua “{movement.title}”;",
        f"Căn cứ {criteria_set.title_vi}, năm {criteria_set.year}.",
    ]


def _blocks(assessment: Assessment, lines: list[Line], progress: Progress) -> list[Block]:
    name = formal_name(assessment.unit)
    return [
        Block(text=f"{name} báo cáo kết quả tự đánh giá chuyển đổi số năm {assessment.cycle.year} như sau:"),
        Block(heading="I. KẾT QUẢ TỰ CHẤM ĐIỂM", text=_total_sentence(lines, progress)),
        Block(table=Table(_PILLARS, _pillar_rows(progress))),
        *([Block(text=_rescaled_sentence(progress))] if progress.rescaled else []),
        Block(heading="II. TÀI LIỆU KIỂM CHỨNG VÀ THUYẾT MINH", text=_evidence_sentence(lines)),
        Block(
            heading="III. CAM KẾT",
            text=f"{name} chịu trách nhiệm trước pháp luật về tính chính xác, trung thực của số liệu kê khai và tài liệu "
            "kiểm chứng.",
        ),
        Block(
            text=f"Trên đây là báo cáo tự đánh giá kết quả chuyển đổi số năm {assessment.cycle.year} của {name}, "
            "đề nghị cơ quan thẩm định xem xét./."
        ),
    ]


def _total_sentence(lines: list[Line], progress: Progress) -> str:
    total = points(progress.total) or NOT_COMPUTED
    declared = f"đã kê khai {progress.done}/{progress.lines} tiêu chí"
    sentence = f"Tổng điểm tự chấm: {total}/{number(progress.max_points)} điểm; {declared}."
    if by_agency := sum(not line.criterion.declared_by_unit for line in lines):
        sentence += f" Điểm này chưa gồm {by_agency} tiêu chí do cơ quan thẩm định nhập số liệu."
    return sentence


def _rescaled_sentence(progress: Progress) -> str:
    one = progress.rescaled
    return (
        f"Có {len(one.codes)} tiêu chí không áp dụng ({', '.join(one.codes)}): {points(one.raw)} điểm đạt được trên "
        f"{points(one.part)} điểm áp dụng, quy đổi thành {points(one.adjusted)} trên {number(one.whole)} điểm."
    )


def _evidence_sentence(lines: list[Line]) -> str:
    files = {file.sha256 for line in lines for file, _kind in line.chips}
    counts = [
        f"{sum(bool(line.chips) for line in lines)} tiêu chí có tài liệu kiểm chứng ({len(files)} tài liệu)",
        f"{sum(bool(line.answer.explanation) for line in lines)} tiêu chí có thuyết minh",
        f"{sum(line.answer.asks_not_applicable for line in lines)} tiêu chí đề nghị không áp dụng",
    ]
    return f"{', '.join(counts)}. Số liệu, tài liệu và thuyết minh của từng tiêu chí ở Phụ lục kèm theo."


def _pillar_rows(progress: Progress) -> list[Row]:
    rows = [
        Row((str(at), one.title, f"{one.done}/{one.lines}", points(one.max_points), points(one.points) or NOT_COMPUTED))
        for at, one in enumerate(progress.pillars, 1)
    ]
    if beside := progress.adjustments:
        mark = str(len(rows) + 1)
        rows.append(Row((mark, BONUS_TITLE, f"{beside.done}/{beside.lines}", "–", points(beside.points))))
    counted, most = f"{progress.done}/{progress.lines}", points(progress.max_points)
    return [*rows, Row(("", "Tổng cộng", counted, most, points(progress.total) or NOT_COMPUTED), is_bold=True)]


def _line_rows(lines: list[Line], progress: Progress) -> Iterable[Row]:
    for section in progress.sections:
        yield _section_row(section)
        for line in lines:
            pillar = line.criterion.pillar
            if (pillar.code if pillar else ADJUSTMENTS) == section.code:
                yield _line_row(line)
    total = points(progress.total) or NOT_COMPUTED
    yield Row(("", "Tổng cộng", "", points(progress.max_points), total, "", ""), is_bold=True)


def _section_row(section: PillarProgress) -> Row:
    title = BONUS_TITLE if section.is_adjustments else section.title
    most = "" if section.max_points is None else points(section.max_points)
    return Row(("", title, "", most, points(section.points) or NOT_COMPUTED, "", ""), is_section=True)


def _line_row(line: Line) -> Row:
    return Row(
        (
            line.criterion.code,
            line.criterion.title,
            line.declared or line.locked,
            f"{line.sign}{format_number(line.criterion.max_points, 2)}",
            f"{line.sign}{points(line.points)}" if line.points is not None else NOT_COMPUTED,
            "\n".join(f"- {file.title}" for file, _kind in line.chips),
            line.answer.explanation,
        )
    )
