"""What counts on a line: the values the engine is given, their points, and what an appraiser typed, checked.

Nothing here writes; services and pages reckon with the same functions, so that a preview shows what a save will store.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.fields import plain
from scoring import engine
from scoring.enums import CorrectionKind
from scoring.inputs import is_complete, parse, require_valid
from scoring.models import Answer

# The fourth way to decide a line, beside the kinds of correction.
ACCEPT = "accept"
# The engine's field for points that an appraiser sets.
POINTS_FIELD = "appraised_points"
NOT_APPLICABLE_VALUES = {"na": "approved"}
# Rules whose input is points: setting points is then the same as giving the input.
POINTS_KINDS = {"manual", "carried"}


def claim_values(answer: Answer) -> dict[str, str] | None:
    """The finished claim, or None: not declared, half declared, or «not applicable» asked for."""
    if answer.asks_not_applicable or not is_complete(answer.criterion.leaf, answer.values):
        return None
    return answer.values


def effective_values(answer: Answer) -> dict[str, str] | None:
    """What the engine is given for the line: the correction in force, else the finished claim, else nothing."""
    if answer.correction_id:
        return answer.correction.values or None
    return claim_values(answer)


def score(answer: Answer, values: Mapping[str, str] | None) -> engine.Line:
    """The engine's line for these values: points, trace, sentence. Needs `criterion.criteria_set` at hand."""
    criterion = answer.criterion
    return engine.score_line(criterion.criteria_set.definition, criterion.code, values or None)


def points_of(answer: Answer, values: Mapping[str, str] | None) -> Decimal | None:
    return score(answer, values).points


def corrected_values(answer: Answer, raw: Mapping[str, str]) -> dict[str, str]:
    """Figures typed by an appraiser, checked by the rule; {} where every field is empty. Invalid names the field."""
    leaf, definition = answer.criterion.leaf, answer.criterion.criteria_set.definition
    values, errors = parse(leaf, raw)
    if leaf.rule.kind == "manual" and "points" in values:
        errors |= _too_long("points", Decimal(values["points"]), definition.scoring.places)
    if errors:
        raise Invalid(" ".join(errors.values()), fields=errors)
    if values and not is_complete(leaf, values):
        raise Invalid(_("Fill in all figures of the line, or none."), code="ERR-INCOMPLETE")
    if values:
        require_valid(definition, leaf.code, values)
    return values


def figures_upheld(answer: Answer, raw: Mapping[str, str]) -> dict[str, str]:
    """The figures of an explanation upheld in part; without any it would take away what stands. Invalid names the field."""
    values = corrected_values(answer, raw)
    if not values:
        raise Invalid(_("Enter the figures that are recognised."), code="ERR-REQUIRED")
    return values


def points_values(answer: Answer, points: Decimal) -> dict[str, str]:
    """Points as the engine reads them: the rule's own input, or the field `appraised_points`. Invalid out of range."""
    definition = answer.criterion.criteria_set.definition
    field = "points" if answer.criterion.leaf.rule.kind in POINTS_KINDS else POINTS_FIELD
    if errors := _too_long(field, points, definition.scoring.places):
        raise Invalid(errors[field], code="ERR-NUMBER", fields=errors)
    values = {field: plain(points)}
    require_valid(definition, answer.criterion.code, values)
    return values


def _too_long(field: str, points: Decimal, places: int) -> dict[str, str]:
    """A score is typed as it is printed: what the engine would round away was not meant."""
    if len(plain(points).partition(".")[2]) <= places:
        return {}
    return {field: _("At most {places} digits may stand behind the comma.").format(places=places)}


def proposed_values(answer: Answer, way: str, raw: Mapping[str, str], points: Decimal | None) -> dict[str, str] | None:
    """What the engine would be given if the line were decided `way` (ACCEPT or a kind of correction)."""
    if way == ACCEPT:
        return claim_values(answer)
    if way == CorrectionKind.NOT_APPLICABLE:
        return NOT_APPLICABLE_VALUES
    if way == CorrectionKind.POINTS:
        if points is None:
            raise Invalid(_("Write the points."), code="ERR-REQUIRED", fields={POINTS_FIELD: _("Write the points.")})
        return points_values(answer, points)
    return corrected_values(answer, raw)
