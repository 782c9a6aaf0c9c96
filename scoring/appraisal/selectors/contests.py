"""Explanations that the committee decides on, and which of them a person may decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.enums import Role
from accounts.models import UnitGroup, User
from core.verdict import Verdict
from scoring.appraisal.lines import NOT_APPLICABLE_VALUES, claim_values, effective_values, figures_upheld
from scoring.appraisal.permissions import (
    READS_ALL_CRITERIA,
    can_decide_explanation,
    can_enter_council,
    can_uphold,
)
from scoring.appraisal.selectors.line import Proposal, reckoned
from scoring.appraisal.value_words import said_claim, said_rule, said_values
from scoring.conflicts.selectors import Barred, conflicts_of
from scoring.enums import UNDECIDED, ExplanationState
from scoring.models import Assessment, Cycle, Evidence, Explanation

_RELATED = (
    *("answer__assessment__unit", "answer__assessment__group", "answer__assessment__cycle"),
    *("answer__criterion__criteria_set", "answer__criterion__responsible", "answer__criterion__pillar"),
    *("answer__correction", "contested__made_by", "decided_by", "referral__referred_by"),
)


@dataclass(frozen=True)
class Contest:
    explanation: Explanation
    verdict: Verdict


def explanations_for(user: User) -> QuerySet[Explanation]:
    """Those on lines in the person's care: the own agency's criteria, or all for whoever reads all."""
    found = Explanation.objects.filter(answer__assessment__in=Assessment.objects.visible_to(user))
    if not user.has_role(*READS_ALL_CRITERIA):
        found = found.filter(answer__criterion__responsible__in=user.units_as(Role.APPRAISER))
    before = Prefetch("answer__explanations", Explanation.objects.select_related("contested", "decided_by", "referral"))
    return found.select_related(*_RELATED).prefetch_related(before)


def contests(user: User, cycle: Cycle, *, state: str = "", group: UnitGroup | None = None) -> list[Contest]:
    """By unit in Vietnamese order: three queries. `state`: "" still to decide, "council" of these by the council, "decided",
    "all"."""
    found = explanations_for(user).filter(answer__assessment__cycle=cycle)
    if group:
        found = found.filter(answer__assessment__group=group)
    if state == "decided":
        found = found.exclude(state__in=UNDECIDED)
    elif state == "council":
        found = found.filter(state=ExplanationState.REFERRED)
    elif state != "all":
        found = found.filter(state__in=UNDECIDED)
    ordered = found.order_by("answer__assessment__unit__name_sort", "answer__criterion__position")
    known = conflicts_of(user)
    return [Contest(one, may_settle(user, one, known)) for one in ordered]


def may_settle(user: User, one: Explanation, known: Barred | None = None) -> Verdict:
    """Whether this person decides on it, or enters what the council decided where it was referred to the council."""
    right = can_enter_council if one.state == ExplanationState.REFERRED else can_decide_explanation
    return right(user, one, one.answer.assessment.cycle, known)


@dataclass(frozen=True)
class ContestPage:
    """What each decision would make of the line: the claim, the contested correction, and the files behind it."""

    rule: str
    declared: str
    recognised: str
    claim: Proposal
    contested: Proposal
    now: Proposal
    may_uphold: Verdict
    evidence: list[Evidence]
    new_evidence: list[Evidence]
    earlier: list[Explanation]


def contest_page(one: Explanation) -> ContestPage:
    """Two queries: the evidence of the form, and what came with the explanation."""
    answer = one.answer
    leaf, claim = answer.criterion.leaf, NOT_APPLICABLE_VALUES if answer.asks_not_applicable else claim_values(answer)
    return ContestPage(
        rule=said_rule(leaf),
        declared=said_claim(answer),
        recognised=said_values(leaf, one.contested.values),
        claim=reckoned(answer, claim),
        contested=reckoned(answer, one.contested.values),
        now=reckoned(answer, effective_values(answer)),
        may_uphold=can_uphold(answer),
        evidence=list(answer.evidence.filter(removed_at__isnull=True)),
        new_evidence=list(one.files.all()),
        earlier=[past for past in answer.explanations.all() if past.round < one.round],
    )


def upheld_in_part(one: Explanation, raw: Mapping[str, str]) -> Proposal:
    """What the typed figures would give. Invalid as the service would say it."""
    return reckoned(one.answer, figures_upheld(one.answer, raw))
