"""How far claims and marks lie apart, by criterion and by appraiser: what was accepted, what was changed, and why.

What an agency enters itself is left out: nothing was claimed that could be cut. The first decision counts, not what an
explanation made of it later. Points are those that count: a deduction is negative.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import User
from scoring.engine.exact import rounded
from scoring.enums import CorrectionKind, LineState
from scoring.models import Answer, Criterion, CycleGroup
from scoring.oversight.lines import ROUNDS, first_correction, is_entered
from scoring.oversight.selectors import forms_with_marks

# Who reads which appraiser cut how much; to others the rows carry numbers.
READS_NAMES = (Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY)
_READ = (
    "criterion_id", "claimed_points", "appraised_points", "appraised_by_id", "correction__kind", "correction__points",
    "correction__reason_code", "correction__made_by_id",
)  # fmt: skip


class Of(TextChoices):
    CRITERION = "criterion", gettext_lazy("By criterion")
    APPRAISER = "appraiser", gettext_lazy("By appraiser")


@dataclass(frozen=True)
class Decided:
    """One line: who decided what, and by how much the mark differs from the claim (None where one of them is missing)."""

    criterion: Criterion
    person: int
    state: LineState
    reason_code: str
    difference: Decimal | None


@dataclass
class Cut:
    """The lines of one criterion or of one appraiser."""

    title: str = ""
    code: str = ""
    lines: list[Decided] = field(default_factory=list)

    def count(self, state: LineState) -> int:
        return sum(one.state == state for one in self.lines)

    @property
    def accepted(self) -> int:
        return self.count(LineState.ACCEPTED)

    @property
    def corrected(self) -> int:
        return self.count(LineState.CORRECTED)

    @property
    def not_applicable(self) -> int:
        return self.count(LineState.NOT_APPLICABLE)

    @property
    def differences(self) -> list[Decimal]:
        """Of the corrected lines."""
        return [one.difference for one in self.lines if one.state == LineState.CORRECTED and one.difference is not None]

    @property
    def sizes(self) -> list[Decimal]:
        """How far each corrected line lies from its claim, whichever way."""
        return [abs(one) for one in self.differences]

    @property
    def sum(self) -> Decimal:
        return sum(self.differences, Decimal(0))

    @property
    def mean(self) -> Decimal | None:
        """Of one corrected line, for the eye: to the hundredth, half up, as points are shown."""
        count = len(self.differences)
        return rounded(Fraction(self.sum) / count, 2, "half_up") if count else None

    @property
    def spread_percent(self) -> Fraction:
        """How far marks lie from claims, as a mean share of the maximum over all lines that have both: exact."""
        both = [one for one in self.lines if one.difference is not None and one.criterion.max_points]
        shares = (abs(Fraction(one.difference)) / Fraction(one.criterion.max_points) for one in both)
        return 100 * sum(shares, Fraction(0)) / len(both) if both else Fraction(0)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The most frequent first."""
        found = Counter(one.reason_code for one in self.lines if one.reason_code)
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def cuts(user: User, one: CycleGroup, of: Of) -> list[Cut]:
    """Where claims and marks lie farthest apart first; units that the person does not see are not counted."""
    lines = list(decided_lines(user, one))
    if of == Of.CRITERION:
        found = _together(lines, lambda line: line.criterion.position)
        for cut in found:
            cut.title, cut.code = cut.lines[0].criterion.title, cut.lines[0].criterion.code
    else:
        found = _together(lines, lambda line: line.person)
        _name(user, found)
    return sorted(found, key=lambda cut: -cut.spread_percent)


def _together(lines: Iterable[Decided], key: Callable[[Decided], int]) -> list[Cut]:
    found: dict[int, Cut] = {}
    for line in lines:
        found.setdefault(key(line), Cut()).lines.append(line)
    return [found[one] for one in sorted(found)]


def _name(user: User, found: list[Cut]) -> None:
    people = User.objects.in_bulk([cut.lines[0].person for cut in found]) if user.has_role(*READS_NAMES) else {}
    for number, cut in enumerate(found, 1):
        person = people.get(cut.lines[0].person)
        cut.title = str(person) if person else _("Appraiser {number}").format(number=number)


def decided_lines(user: User, one: CycleGroup) -> Iterable[Decided]:
    """Five queries."""
    definition = one.criteria_set.definition
    signs = {leaf.code: -1 if leaf.rule.kind == "penalty" else 1 for leaf in definition.lines}
    criteria = {criterion.pk: criterion for criterion in one.criteria_set.criteria.all()}
    answers = Answer.objects.filter(assessment__in=forms_with_marks(user, one)).exclude(line_state=LineState.OPEN)
    for answer in answers.select_related("correction").prefetch_related(ROUNDS).only(*_READ).order_by("pk"):
        answer.criterion = criteria[answer.criterion_id]
        if not is_entered(answer):
            yield _decided(answer, signs[answer.criterion.code])


def _decided(answer: Answer, sign: int) -> Decided:
    first = first_correction(answer)
    if first is None:
        difference = _difference(answer, answer.appraised_points, sign)
        return Decided(answer.criterion, answer.appraised_by_id, LineState.ACCEPTED, "", difference)
    if first.kind == CorrectionKind.NOT_APPLICABLE:
        return Decided(answer.criterion, first.made_by_id, LineState.NOT_APPLICABLE, first.reason_code, None)
    difference = _difference(answer, first.points, sign)
    return Decided(answer.criterion, first.made_by_id, LineState.CORRECTED, first.reason_code, difference)


def _difference(answer: Answer, points: Decimal | None, sign: int) -> Decimal | None:
    """None where the claim or the mark is missing; a bonus or penalty line without a value claims 0."""
    claimed = answer.claimed_points
    if claimed is None and answer.criterion.pillar_id is None:
        claimed = Decimal(0)
    return None if points is None or claimed is None else sign * (points - claimed)
