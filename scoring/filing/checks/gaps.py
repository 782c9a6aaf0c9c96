"""What blocks the submission: nothing declared, half filled, refused by the rule, without evidence or without a reason.

An error is decided by the line alone: no last year, no group, no clock.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Invalid
from core.numbers import format_number
from scoring import engine
from scoring.filing.checks.catalogue import EVIDENCE, EXPLANATION, Kind, Severity, of_line
from scoring.filing.checks.facts import Line
from scoring.inputs import require_valid
from scoring.models import Answer

ERROR = Severity.ERROR


def gives_not_applicable(answer: Answer) -> bool:
    """A ratio whose total is 0 under a rule that then drops the line."""
    rule = answer.criterion.leaf.rule
    return rule.kind == "ratio" and rule.b_zero == "na" and "a" in answer.values and answer.values.get("b") == "0"


@of_line("line-empty", ERROR, Kind.EMPTY, gettext_lazy("Nothing declared"))
def line_empty(line: Line, facts):
    # A bonus need not be claimed.
    if line.values or line.answer.asks_not_applicable or line.is_explained or line.rule.is_adjustment:
        return None
    place = next(iter(line.rule.fields), "")
    return _("Nothing is declared. Declare it, or write in the explanation why there is no figure."), place


@of_line("line-half", ERROR, Kind.HALF, gettext_lazy("Half filled in"))
def line_half(line: Line, facts):
    if not line.values or line.is_declared or line.answer.asks_not_applicable:
        return None
    missing = next(name for name in line.rule.fields if name not in line.values)
    return _("The line is only half filled in. Still missing: {field}.").format(field=line.title(missing)), missing


@of_line("value-refused", ERROR, Kind.VALUE, gettext_lazy("A figure that the rule refuses"))
def value_refused(line: Line, facts):
    """The form does not save such a figure, a file or another program may bring it: a above b, a choice withdrawn."""
    if not line.values:
        return None
    unknown = sorted(set(line.values) - set(line.rule.fields))
    if unknown:
        return _("The rule does not ask for “{name}”. Declare the line again.").format(name=unknown[0])
    try:
        require_valid(line.criterion.criteria_set.definition, line.code, line.values)
    except Invalid as refused:
        return str(refused.message), next(iter(refused.fields), "")
    return None


@of_line("points-differ", ERROR, Kind.VALUE, gettext_lazy("Points that the rule does not give"))
def points_differ(line: Line, facts):
    """Points are never typed; where others stand, another program has put them there."""
    if line.rule.is_relative or line.points is None:
        return None
    try:
        points = engine.score_line(line.criterion.criteria_set.definition, line.code, line.values).points
    except engine.Refused:
        return None
    if points == line.points:
        return None
    given = _("none") if points is None else format_number(points)
    sentence = _("The line has {stored} points, the rule gives {given}. Empty the line, then declare it again.")
    return sentence.format(stored=format_number(line.points), given=given), line.rule.fields[0]


@of_line("na-without-reason", ERROR, Kind.REASON, gettext_lazy("“Not applicable” without a reason"), at=EXPLANATION)
def na_without_reason(line: Line, facts):
    if line.answer.asks_not_applicable and not line.is_explained:
        return _("Say why the criterion does not apply.")
    return None


@of_line("total-zero-drops", ERROR, Kind.REASON, gettext_lazy("A total of 0 without a reason"), at=EXPLANATION)
def total_zero_drops(line: Line, facts):
    """Not applicable is decided by an appraiser on a reason, also where it follows from the total."""
    if gives_not_applicable(line.answer) and not line.answer.asks_not_applicable and not line.is_explained:
        return _("The total is 0, so the criterion would not apply. Say why in the explanation.")
    return None


@of_line("evidence-missing", ERROR, Kind.EVIDENCE, gettext_lazy("Evidence missing"), at=EVIDENCE)
def evidence_missing(line: Line, facts):
    if _needs_evidence(line) and not line.is_explained:
        return _("Evidence is missing. Attach it, or explain why there is none.")
    return None


def _needs_evidence(line: Line) -> bool:
    return bool(line.criterion.evidence_required and line.answer.claimed_points and not line.is_backed)


@of_line(
    "evidence-explained-only",
    Severity.WARNING,
    Kind.EVIDENCE,
    gettext_lazy("Only an explanation in place of evidence"),
    at=EVIDENCE,
)
def evidence_explained_only(line: Line, facts):
    if _needs_evidence(line) and line.is_explained:
        return _("No evidence is attached, only an explanation; the appraiser decides.")
    return None
