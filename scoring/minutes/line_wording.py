"""Lines in the words of the minutes: corrected, entered, not applicable, asked about, contested; and who was late."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from accounts.models import Unit
from core.official.figures import bound, plain_text
from core.templatetags.values import late_by, number, points
from scoring.enums import ClarificationState, LineState
from scoring.minutes.records import Records
from scoring.minutes.saying import NO_POINTS, said_by, said_last_moment, said_moment
from scoring.models import Answer, Assessment, Clarification, Explanation, Extension
from scoring.oversight.lines import first_correction, is_entered, is_granted

Words = dict[str, Any]


def _at(answer: Answer) -> Words:
    criterion = answer.criterion
    return {
        "unit": plain_text(answer.assessment.unit.name),
        "code": criterion.code,
        "title": plain_text(criterion.title_vi),
    }


def changed(records: Records) -> list[Words]:
    """By unit: what was claimed and corrected. What the agency enters itself was never claimed, see `entered`."""
    by_unit: dict[Unit, list[Words]] = defaultdict(list)
    for answer in records.lines:
        correction = first_correction(answer)
        if correction is None or is_entered(answer) or is_granted(answer):
            continue
        at = f"a{answer.pk}"
        by_unit[answer.assessment.unit].append({
            **_at(answer),
            "claimed": bound(f"{at}.claimed", points(answer.claimed_points) or NO_POINTS),
            "appraised": bound(f"{at}.appraised", points(correction.points) or NO_POINTS),
            "reason_code": bound(f"{at}.code", correction.reason_code),
            "reason": plain_text(correction.reason),
            "made": f"{plain_text(correction.made_by.full_name)}, {bound(f'{at}.made_at', said_moment(correction.made_at))}",
        })  # fmt: skip
    return [{"unit": plain_text(unit.name), "lines": lines} for unit, lines in by_unit.items()]


def entered(records: Records) -> list[Words]:
    """Criteria that an agency enters for every unit: how many, the sum and the span."""
    by_criterion: dict[int, list[Answer]] = defaultdict(list)
    for answer in records.lines:
        if is_entered(answer) and first_correction(answer) and not is_granted(answer):
            by_criterion[answer.criterion_id].append(answer)
    found = []
    for answers in sorted(by_criterion.values(), key=lambda answers: answers[0].criterion.position):
        criterion, at = answers[0].criterion, f"k{answers[0].criterion_id}"
        given = [one.points for one in map(first_correction, answers) if one.points is not None]
        spans = {"lowest": min(given, default=None), "highest": max(given, default=None), "sum": sum(given, Decimal(0))}
        found.append({
            "code": criterion.code, "title": plain_text(criterion.title_vi),
            "agency": plain_text(criterion.responsible.name if criterion.responsible else ""),
            "units": bound(f"{at}.units", number(len(answers))),
            **{name: bound(f"{at}.{name}", points(value) or NO_POINTS) for name, value in spans.items()},
        })  # fmt: skip
    return found


def not_applicable(answer: Answer) -> Words:
    correction, at = first_correction(answer), f"n{answer.pk}"
    if is_granted(answer):
        outcome = "Chấp nhận"
    else:
        outcome = "Chưa quyết định" if answer.line_state == LineState.OPEN else "Không chấp nhận"
    return {
        **_at(answer),
        "asked": "Đơn vị đề nghị" if answer.asks_not_applicable else "Người thẩm định xác định",
        "outcome": outcome,
        "reason": plain_text(correction.reason) if correction else "",
        "decided": said_by(answer.appraised_by, answer.appraised_at, f"{at}.at"),
    }


def thread(one: Clarification) -> Words:
    at, outcome = f"q{one.pk}", str(one.get_state_display())
    if one.state == ClarificationState.ANSWERED and one.changed_the_line:
        outcome += "; đơn vị đã sửa số liệu"
    return {
        **_at(one.answer),
        "question": plain_text(one.question),
        "asked": said_by(one.asked_by, one.asked_at, f"{at}.asked_at"),
        "due": bound(f"{at}.due", said_last_moment(one.due_at)),
        "reply": plain_text(one.reply),
        "replied": said_by(one.replied_by, one.replied_at, f"{at}.replied_at"),
        "outcome": capfirst(outcome),
    }


def contests(records: Records) -> list[Words]:
    """A later round begins where the one before ended; the last ends where the line stands now."""
    after = {}
    for one, following in zip(records.contests, [*records.contests[1:], None], strict=False):
        is_same_line = following is not None and following.answer_id == one.answer_id
        after[one.pk] = following.contested.points if is_same_line else one.answer.appraised_points
    return [_contest(one, after[one.pk]) for one in records.contests]


def _contest(one: Explanation, after: Decimal | None) -> Words:
    at, waits = f"e{one.pk}", not one.is_decided
    return {
        **_at(one.answer),
        "round": bound(f"{at}.round", str(one.round)),
        "grounds": plain_text(one.grounds),
        "filed_at": bound(f"{at}.filed_at", said_moment(one.filed_at)),
        "outcome": "Chưa quyết định" if waits else capfirst(str(one.get_state_display())),
        "before": bound(f"{at}.before", points(one.contested.points) or NO_POINTS),
        "after": bound(f"{at}.after", NO_POINTS if waits else points(after) or NO_POINTS),
        "reason": plain_text(one.decision_reason),
        "decided": _council(one) or said_by(one.decided_by, one.decided_at, f"{at}.decided_at"),
    }


def _council(one: Explanation) -> str:
    """Where the appraisal council settled it: its own minutes."""
    referral = getattr(one, "referral", None)
    if referral is None or referral.decided_on is None:
        return ""
    number = bound(f"e{one.pk}.number", referral.number)
    return f"Hội đồng thẩm định, biên bản {number} ngày {bound(f'e{one.pk}.decided_on', f'{referral.decided_on:%d/%m/%Y}')}"


def late(form: Assessment) -> Words:
    at = f"f{form.pk}"
    return {
        "unit": plain_text(form.unit.name),
        "submitted_at": bound(f"{at}.submitted_at", said_moment(form.submitted_at)),
        "late": bound(f"{at}.late", late_by(form.late_minutes)),
    }


def extension(one: Extension) -> Words:
    at = f"x{one.pk}"
    return {
        "unit": plain_text(one.assessment.unit.name),
        "asked": said_by(one.asked_by, one.asked_at, f"{at}.asked_at"),
        "reason": plain_text(one.reason),
        "outcome": capfirst(str(one.get_state_display())),
        "until": bound(f"{at}.until", said_last_moment(one.until)) if one.until else "",
        "decided": said_by(one.decided_by, one.decided_at, f"{at}.decided_at"),
    }
