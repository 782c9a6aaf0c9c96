"""This year against last year: jumps, figures that were not touched, points lost, what the appraiser corrected then."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import format_number
from scoring.filing.carried import waits_for_fresh_evidence
from scoring.filing.checks.catalogue import EVIDENCE, EXPLANATION, Kind, Severity, of_form, of_line
from scoring.filing.checks.facts import Facts, Line

WARNING, HINT, CHANGE = Severity.WARNING, Severity.HINT, Kind.CHANGE
# A third of a line's maximum, or a third more or fewer things than last year, is no drift.
JUMP_PERCENT = 30
# Fewer things than this jump by a third every year.
SMALLEST_TOTAL = 10
# So many figures, none of them touched, were copied.
MANY_FIGURES = 5
COPIED_PERCENT = 90


def _moved(line: Line) -> int | None:
    """By how many percent of the maximum the points moved, rounded towards 0."""
    if line.share is None or line.share_before is None:
        return None
    return int((line.share - line.share_before) * 100)


@of_line("zero-after-points", WARNING, CHANGE, gettext_lazy("No points where there were some"), at=EXPLANATION)
def zero_after_points(line: Line, facts: Facts):
    if line.points != 0 or not line.share_before or line.is_explained or line.rule.is_adjustment:
        return None
    sentence = _("In {year} the line had {points} points, now it has none. Check it, or say in the explanation why.")
    had = line.share_before * line.before.criterion.max_points
    return sentence.format(year=facts.last_year, points=format_number(had))


@of_line("points-fell", WARNING, CHANGE, gettext_lazy("Points far below last year's"), at=EXPLANATION)
def points_fell(line: Line, facts: Facts):
    moved = _moved(line)
    if moved is None or moved >= -JUMP_PERCENT or line.points == 0 or line.is_explained or line.rule.is_adjustment:
        return None
    sentence = _("The points fell by {share} of the maximum since {year}. Check the figures, or explain the change.")
    return sentence.format(share=f"{-moved}%", year=facts.last_year)


@of_line("points-rose", WARNING, CHANGE, gettext_lazy("Points far above last year's"), at=EXPLANATION)
def points_rose(line: Line, facts: Facts):
    """A yes or a level goes up by a step or not at all; a document behind it says enough."""
    moved = _moved(line)
    if moved is None or moved <= JUMP_PERCENT or line.is_explained or line.rule.is_adjustment:
        return None
    if line.rule.kind in ("boolean", "level") and line.files:
        return None
    sentence = _("The points rose by {share} of the maximum since {year}. Say in the explanation what was done.")
    return sentence.format(share=f"{moved}%", year=facts.last_year)


@of_line("total-jumped", WARNING, CHANGE, gettext_lazy("A total that jumped"), at="b")
def total_jumped(line: Line, facts: Facts):
    """What is counted (villages, staff, households) changes little in a year."""
    now, before = line.numbers.get("b"), line.numbers_before.get("b")
    if line.rule.kind != "ratio" or not now or not before or before < SMALLEST_TOTAL or line.is_explained:
        return None
    percent = int((now - before) * 100 / before)
    if abs(percent) <= JUMP_PERCENT:
        return None
    sentence = _("{field}: {before} in {year}, now {now}. Check it, or say in the explanation what changed.")
    return sentence.format(field=line.title("b"), before=format_number(before), year=facts.last_year, now=line.say("b"))


@of_line("count-jumped", WARNING, CHANGE, gettext_lazy("A number that jumped"), at="value")
def count_jumped(line: Line, facts: Facts):
    """Where the points do not show it: above the highest step a hundred earn what ten earn."""
    now, before = line.numbers.get("value"), line.numbers_before.get("value")
    if now is None or not before or before < SMALLEST_TOTAL or line.is_explained or not now:
        return None
    if abs(now - before) * 100 <= JUMP_PERCENT * before or abs(_moved(line) or 0) > JUMP_PERCENT:
        return None
    sentence = _("{field}: {before} in {year}, now {now}. Check it, or say in the explanation what changed.")
    return sentence.format(
        field=line.title("value"), before=format_number(before), year=facts.last_year, now=line.say("value")
    )


@of_form("all-as-last-year", WARNING, CHANGE, gettext_lazy("Every figure as last year"))
def all_as_last_year(facts: Facts) -> Iterator[tuple[None, str]]:
    compared = [line for line in facts.lines if line.numbers and line.numbers_before]
    same = [line for line in compared if line.numbers == line.numbers_before]
    if len(compared) >= MANY_FIGURES and len(same) * 100 >= COPIED_PERCENT * len(compared):
        sentence = _(
            "{same} of {all} figures are those of {year} to the last digit. Check that they were counted again."
        )
        yield None, sentence.format(same=len(same), all=len(compared), year=facts.last_year)


@of_line("carried-over", WARNING, CHANGE, gettext_lazy("Carried over, evidence not refreshed"), at=EVIDENCE)
def carried_over(line: Line, facts: Facts | None):
    if not waits_for_fresh_evidence(line.answer):
        return None
    sentence = _(
        "Carried over from {year}. Attach evidence of this year, edit the figure, or explain why it still holds."
    )
    return sentence.format(year=line.answer.carried["year"])


@of_line("corrected-last-year", HINT, CHANGE, gettext_lazy("Corrected by the appraiser last year"))
def corrected_last_year(line: Line, facts: Facts):
    before = line.before
    if before is None or before.correction is None or before.claimed_points is None or line.share is None:
        return None
    was_lowered = before.appraised_points is not None and before.appraised_points < before.claimed_points
    if not was_lowered or line.share <= line.share_before or line.is_explained:
        return None
    sentence = _("In {year} the appraiser took this line from {claimed} to {appraised} points: {reason}")
    return sentence.format(
        year=facts.last_year,
        claimed=format_number(before.claimed_points),
        appraised=format_number(before.appraised_points),
        reason=before.correction.reason,
    )


@of_line("na-after-points", HINT, CHANGE, gettext_lazy("“Not applicable” where there were points"), at=EXPLANATION)
def na_after_points(line: Line, facts: Facts):
    if not line.answer.asks_not_applicable or not line.share_before:
        return None
    sentence = _("In {year} the criterion did apply to the unit. Say in the reason what changed since.")
    return sentence.format(year=facts.last_year)
