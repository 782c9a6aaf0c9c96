"""The receipt on paper: what was received, when, under which code, and where anybody can check it. Vietnamese by nature."""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override

from accounts.official import formal_name
from core.official.paper import SAMPLE_NOTE, Block, Paper
from core.official.words import day_in_words
from core.templatetags.values import datetime_vi, last_moment
from scoring.filing.signing import contents_of
from scoring.models import Submission


def check_address(code: str) -> str:
    return settings.SITE_URL + reverse("receipt_check_code", args=[code])


def receipt_paper(submission: Submission) -> Paper:
    """Needs assessment with unit and cycle, who signed and who prepared at hand. The same submission gives the same bytes."""
    with override("vi"):
        return _paper(submission)


def _paper(submission: Submission) -> Paper:
    assessment, cycle = submission.assessment, submission.assessment.cycle
    day = day_in_words(localtime(submission.submitted_at).date())
    code, host = submission.receipt_code, settings.SITE_URL.partition("://")[2]
    return Paper(
        title=f"Giấy biên nhận {code}",
        office_lines=("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"),
        place_and_date=f"Sơn La, {day}",
        number=f"Mã: {code}",
        name="GIẤY BIÊN NHẬN",
        subject=f"Bản tự đánh giá chuyển đổi số năm {cycle.year}",
        blocks=[
            Block(
                text="Hệ thống chấm điểm phong trào thi đua chuyển đổi số tỉnh Sơn La đã nhận bản tự đánh giá với nội dung sau:"
            ),
            Block(facts=_facts(submission)),
            Block(
                text="Bản tự đánh giá được giữ nguyên như khi ký. Mọi thay đổi về sau chỉ có thể sau khi cơ quan thẩm định trả "
                "lại, và có biên nhận mới; biên nhận này vẫn có giá trị tra cứu."
            ),
        ],
        qr=check_address(code),
        qr_note=f"Quét mã, hoặc nhập mã biên nhận {code} tại {host}{reverse('receipt_check')} để kiểm tra đơn vị, năm, thời điểm "
        "nộp và mã băm của bản đã ký.",
        sample_note=SAMPLE_NOTE if cycle.is_sample else "",
        foot=f"Đơn vị nộp: {formal_name(assessment.unit)} · Biên nhận do hệ thống lập, không cần chữ ký và đóng dấu",
        made_at=submission.submitted_at,
    )


def _facts(submission: Submission) -> list[tuple[str, str]]:
    assessment, contents = submission.assessment, contents_of(submission)
    limit = datetime_vi(last_moment(assessment.cycle.filing_closes_at), "s")
    on_time = "đúng hạn" if assessment.on_time else "quá hạn"
    held = "nộp lại sau khi được trả lại" if submission.number > 1 else on_time
    signer, prepared = submission.submitted_by, submission.preparation
    facts = [
        ("Đơn vị", formal_name(assessment.unit)),
        ("Mã biên nhận", submission.receipt_code),
        ("Thời điểm nhận (giờ máy chủ)", datetime_vi(submission.submitted_at, "s")),
        ("So với thời hạn", f"{held} (thời hạn {limit})"),
        ("Lần nộp", str(submission.number)),
        ("Người ký", f"{signer.full_name}{f', {signer.position}' if signer.position else ''}"),
    ]
    if prepared:
        at = datetime_vi(prepared.prepared_at, "s")
        facts.append(("Người trình", f"{prepared.prepared_by.full_name}, {at}"))
    held_lines = f"{contents.declared} tiêu chí đã kê khai, {contents.files} tài liệu kiểm chứng"
    # In groups of eight, which the eye can compare and the line can break.
    groups = " ".join(submission.sha256[at : at + 8] for at in range(0, 64, 8))
    return [
        *facts,
        ("Nội dung", f"{held_lines}, {contents.explanations} thuyết minh"),
        ("Mã băm (SHA-256)", groups),
    ]
