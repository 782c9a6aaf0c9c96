"""Everybody's marks of a year beside the reference answers and beside the colleagues' marks.

Read are all lines that appraisers decided, whoever looks: only means over at least `drift.FEW` units are told, never a line
or a unit. Left out are the leads, who accept what is left over and are measured by nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.enums import Role
from accounts.models import RoleMembership, User
from scoring.anchors.drift import BesideAnchors, BesidePeers, Mark, beside_anchors, beside_peers
from scoring.anchors.lines import cut_of, gap_share
from scoring.enums import HEARD, LineState
from scoring.marking.blind import waiting_of
from scoring.models import AnchorMark, Answer, CriteriaSet, Criterion, Cycle, Explanation

# `given_first`: of a line decided in favour of the unit, what the first appraiser had given.
_READ = (
    "appraised_by", "criterion", "assessment", "claimed_points", "appraised_points",
    "given_first",
)  # fmt: skip


@dataclass(frozen=True)
class PersonDrift:
    person: User
    anchors: BesideAnchors
    peers: BesidePeers

    @property
    def is_told(self) -> bool:
        return self.anchors.tendency.is_drift or self.peers.tendency.is_drift


def drift_of_everybody(user: User, cycle: Cycle) -> list[PersonDrift]:
    """Whoever decided on a line or marked a reference answer, by name, told to `user`. Six queries, whatever the number."""
    criteria = _criteria(cycle)
    gaps, marks = _gaps(cycle, criteria, user), _marks(cycle, criteria, user)
    people = User.objects.filter(pk__in={*gaps, *(mark.person for mark in marks)}).order_by("full_name", "pk")
    own = defaultdict(list)
    for mark in marks:
        own[mark.person].append(mark)
    return [_drift(person, gaps, own[person.pk], marks) for person in people]


def drift_of(user: User, cycle: Cycle) -> PersonDrift:
    """The own marks, beside those of colleagues on the same criteria."""
    criteria = _criteria(cycle)
    marks = _marks(cycle, criteria, user)
    return _drift(user, _gaps(cycle, criteria, user), [mark for mark in marks if mark.person == user.pk], marks)


def _drift(person: User, gaps: dict[int, list[Fraction]], own: list[Mark], marks: Iterable[Mark]) -> PersonDrift:
    others = (mark for mark in marks if mark.person != person.pk)
    return PersonDrift(person, beside_anchors(gaps.get(person.pk, [])), beside_peers(own, others))


def _leads(user: User) -> QuerySet:
    return RoleMembership.objects.in_force(user.today).filter(role=Role.APPRAISAL_LEAD).values("user")


def _criteria(cycle: Cycle) -> dict[int, Criterion]:
    """Those with a maximum: each with its set, which is read once."""
    sets = {one.pk: one for one in CriteriaSet.objects.filter(pk__in=cycle.groups.values("criteria_set"))}
    found = {}
    for criterion in Criterion.objects.filter(criteria_set__in=sets):
        criterion.criteria_set = sets[criterion.criteria_set_id]
        if criterion.max_points:
            found[criterion.pk] = criterion
    return found


def _marks(cycle: Cycle, criteria: Mapping[int, Criterion], user: User) -> list[Mark]:
    """What each decision of the year cut from the claim, in the order of deciding."""
    decided = Answer.objects.filter(
        assessment__cycle=cycle, claimed_points__isnull=False, appraised_points__isnull=False
    ).exclude(Q(line_state=LineState.OPEN) | Q(appraised_by__in=_leads(user)))
    decided = decided.exclude(waiting_of(user))  # not even in a mean
    heard = Explanation.objects.filter(answer=OuterRef("pk"), state__in=HEARD).order_by("round")
    decided = decided.annotate(given_first=Subquery(heard.values("contested__points")[:1]))
    found = []
    rows = decided.order_by("appraised_at", "assessment", "pk").values_list(*_READ)
    for person, pk, file, claimed, points, first in rows:
        given = points if first is None else first
        if pk in criteria and given is not None:
            cut = cut_of(criteria[pk], claimed, given)
            found.append(Mark(person, pk, file, cut, criteria[pk].max_points))
    return found


def _gaps(cycle: Cycle, criteria: Mapping[int, Criterion], user: User) -> dict[int, list[Fraction]]:
    """By person: the gap to each agreed mark in force."""
    found = defaultdict(list)
    marks = AnchorMark.objects.filter(anchor__cycle=cycle, anchor__withdrawn_at__isnull=True)
    marks = marks.exclude(appraiser__in=_leads(user)).order_by("pk")
    for person, pk, agreed, given in marks.values_list("appraiser", "anchor__criterion", "anchor__points", "points"):
        if pk in criteria:
            found[person].append(gap_share(criteria[pk], agreed, given))
    return found
