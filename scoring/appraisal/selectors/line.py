"""Everything that stands on the page of one line, and what the engine makes of figures that are only typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import WrongState
from core.verdict import Verdict, first_no
from scoring.appraisal.lines import NOT_APPLICABLE_VALUES, claim_values, effective_values, proposed_values, score
from scoring.appraisal.permissions import can_accept, can_reopen, sees_marks
from scoring.appraisal.reading import Other, can_be_taken_back, changed_since
from scoring.appraisal.selectors.queue import QueueLine, lines_of, lines_of_unit, noted_first
from scoring.appraisal.selectors.reviews import note_on
from scoring.appraisal.value_words import said_claim, said_rule, said_values
from scoring.clarifying.permissions import can_ask
from scoring.clarifying.permissions import may_ask as may_ask_about
from scoring.clarifying.selectors import threads_of_line
from scoring.enums import LineState
from scoring.filing.carried import is_any_fresh
from scoring.marking.blind import is_blind
from scoring.marking.permissions import can_mark, can_settle
from scoring.marking.selectors import shown_second
from scoring.models import Answer, Citation, Clarification, Correction, Evidence, Explanation, Reopening, SecondMark
from scoring.twins.selectors import SeenFlag, flags_of_line


@dataclass(frozen=True)
class Proposal:
    """Points a decision would give or has given: `difference` is against the claim, None where either is not known."""

    points: Decimal | None
    sentence: str
    difference: Decimal | None

    @property
    def size(self) -> Decimal | None:
        return None if self.difference is None else abs(self.difference)


@dataclass(frozen=True)
class Past:
    """A correction of this line, in force or not any more."""

    correction: Correction
    values: str


@dataclass(frozen=True)
class LinePage:
    """`is_second`: the person marks the line a second time and sees nothing of the first mark. `second` is that mark once it
    is there: for its marker, and with both on record for whoever sees marks.
    `other` is what the unit changed since the line was decided. `in_force` is what counts now and `contest` the unit's
    explanation, None while the line is open or its marks are not for this person; `expected` is what the decision that is
    asked for would give.
    `carried_stale`: the figures are last year's, and nothing new stands behind them. `flags`: what else the documents
    stand for, or are dated."""

    verdict: Verdict
    marks_shown: bool
    is_second: bool
    second: SecondMark | None
    may_settle: bool
    rule: str
    declared: str
    carried_stale: bool
    other: Other | None
    may_take_back: bool
    claim_sentence: str
    earlier: Decimal | None
    place: int
    evidence: list[Evidence]
    citations: list[Citation]
    flags: list[SeenFlag]
    history: list[Past]
    contest: Explanation | None
    in_force: Proposal | None
    expected: Proposal | None
    queue: list[QueueLine]
    questions: list[Clarification]
    may_ask: Verdict
    may_withdraw: bool
    note: Reopening | None
    may_reopen: Verdict


def proposal(answer: Answer, way: str, raw: Mapping[str, str], points: Decimal | None) -> Proposal:
    """What `way` would give. Invalid as the service would say it."""
    return reckoned(answer, proposed_values(answer, way, raw, points))


def reckoned(answer: Answer, values: Mapping[str, str] | None) -> Proposal:
    """These values as points and sentence, beside the claim."""
    line = score(answer, values)
    known = line.points is not None and answer.claimed_points is not None
    difference = line.points - answer.claimed_points if known else None
    return Proposal(line.points, line.sentence(get_language() or "vi"), difference)


def _expected(answer: Answer) -> Proposal | None:
    if answer.asks_not_applicable:
        return reckoned(answer, NOT_APPLICABLE_VALUES)
    return reckoned(answer, claim_values(answer)) if can_accept(answer) else None


def _claim_sentence(answer: Answer) -> str:
    """How the claim is reckoned; «not applicable» asked for is a request and no claim of nothing."""
    if answer.asks_not_applicable:
        return _("The unit asks for “not applicable”; the line has no points until that is decided.")
    return score(answer, claim_values(answer)).sentence(get_language() or "vi")


def queue_of(user: User, answer: Answer, *, by_unit: bool = False) -> list[QueueLine]:
    """The lines that are gone through one after the other: of the criterion, or of the unit."""
    if by_unit:
        return noted_first(lines_of_unit(user, answer.assessment))
    return lines_of(user, answer.assessment.cycle, answer.criterion)


def line_page(user: User, answer: Answer, *, by_unit: bool = False) -> LinePage:
    """One line with its queue: seven queries, whatever the number of units, files and corrections."""
    cycle, criterion = answer.assessment.cycle, answer.criterion
    blind = is_blind(user, answer)
    shown = sees_marks(user, answer.assessment, cycle) and not blind
    queue = queue_of(user, answer, by_unit=by_unit)
    place = next((index for index, line in enumerate(queue, 1) if line.answer.pk == answer.pk), 0)
    if not place and getattr(answer, "assignment", None):  # a colleague's, read among all of them
        queue = lines_of(user, cycle, criterion, everybodys=True)
        place = next((index for index, line in enumerate(queue, 1) if line.answer.pk == answer.pk), 0)
    history = answer.corrections.select_related("made_by").order_by("-pk") if shown else []
    files, citations = list(answer.evidence.filter(removed_at__isnull=True)), list(answer.citations.all())
    now, asked = clock.now(), answer.clarification
    waits = asked is not None and asked.waits(now)
    verdict, decided = can_mark(user, answer, cycle), shown and answer.line_state != LineState.OPEN
    verdict = first_no(verdict, Verdict(not waits, _("Waits for the unit's answer to the question."), WrongState))
    return LinePage(
        verdict=verdict,
        marks_shown=shown,
        is_second=blind,
        second=shown_second(user, answer) if shown else None,
        may_settle=bool(can_settle(user, answer, cycle)),
        rule=said_rule(criterion.leaf),
        declared=said_claim(answer),
        carried_stale=bool(answer.carried) and not is_any_fresh(answer, files),
        other=changed_since(answer, files) if shown else None,
        may_take_back=bool(verdict) and can_be_taken_back(answer, user),
        claim_sentence=_claim_sentence(answer),
        earlier=queue[place - 1].earlier if place else None,
        place=place,
        evidence=files,
        citations=citations,
        flags=flags_of_line(user, answer, files, citations),
        history=[Past(one, said_values(criterion.leaf, one.values)) for one in history],
        contest=answer.contest if shown else None,
        in_force=reckoned(answer, effective_values(answer)) if decided else None,
        expected=_expected(answer) if verdict and not decided else None,
        queue=queue,
        questions=threads_of_line(answer),
        may_ask=can_ask(user, answer, cycle, now),
        may_withdraw=waits and bool(may_ask_about(user, answer)),
        note=note_on(answer) if shown else None,
        may_reopen=can_reopen(user, answer, cycle),
    )
