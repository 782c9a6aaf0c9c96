"""What stands on the filing board of the open year beside the forms: requests for more time, reminders."""

from datetime import timedelta

from core.days import end_of
from scoring.enums import AssessmentState
from scoring.extending.services import ask_extension, give_extension
from scoring.models import Assessment, Cycle
from scoring.reminding.services import remind
from sonla_awards.sample.cast import Cast

REASONS = (
    "Mưa lũ làm mất điện và mạng ba ngày; cán bộ đầu mối đi hỗ trợ bà con di dời.",
    "Cán bộ đầu mối nghỉ ốm, đơn vị đang giao người thay.",
)


def board_year(cast: Cast, cycle: Cycle) -> None:
    """Two units ask for more time, one was given it by letter, five were reminded; nobody's standing changes."""
    drafts = cycle.assessments.filter(state=AssessmentState.DRAFT).exclude(unit__short_name="Ngọc Chiến")
    waiting: list[Assessment] = list(drafts.select_related("unit").order_by("unit__code")[:8])
    last = cycle.filing_closes_at.date()
    for one, reason, days in zip(waiting, REASONS, (5, 9), strict=False):
        until, officer = end_of(last + timedelta(days=days)), cast.officers[one.unit_id]
        ask_extension(assessment=one, until=until, reason=reason, actor=officer)
    give_extension(
        assessment=waiting[2],
        until=end_of(last + timedelta(days=12)),
        reason="Công văn của Ủy ban nhân dân xã về việc khắc phục hậu quả mưa lũ.",
        actor=cast.secretary,
    )
    note = "Đề nghị bắt đầu kê khai trong tuần này"
    remind(cycle=cycle, assessments=waiting[3:], note=note, again=False, actor=cast.secretary)
