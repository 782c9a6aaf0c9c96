"""Which versions a person may read and compare."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import WrongState
from scoring import engine
from scoring.criteria.comparing.words import Section, sections
from scoring.criteria.continuity import earlier_codes
from scoring.criteria.difference import Difference, difference
from scoring.criteria.selectors import public_sets
from scoring.cycles.permissions import can_see_calendar
from scoring.models import CriteriaSet


def readable_sets(user) -> QuerySet[CriteriaSet]:
    """What was published; for those who see the calendar of the years drafts too, as on the builder's pages."""
    return CriteriaSet.objects.all() if user.is_authenticated and can_see_calendar(user) else public_sets()


def readable_or_404(user, code: str, year: int) -> CriteriaSet:
    found = readable_sets(user).filter(code=code, year=year).first()
    if found is None:
        raise Http404
    return found


def complete(criteria_set: CriteriaSet) -> engine.CriteriaSet:
    """The set as the engine reads it; WrongState while a draft is not whole yet."""
    try:
        return criteria_set.definition
    except engine.Refused as refused:
        raise WrongState(
            _("The draft {name} is not complete yet. Its page of publication lists what is missing.").format(
                name=criteria_set
            )
        ) from refused


def years_before(user, criteria_set: CriteriaSet) -> list[int]:
    """Earlier versions of the same code that the person may read, the latest first."""
    versions = readable_sets(user).filter(code=criteria_set.code, year__lt=criteria_set.year)
    return list(versions.order_by("-year").values_list("year", flat=True))


@dataclass(frozen=True)
class Comparison:
    before: CriteriaSet
    after: CriteriaSet
    found: Difference

    @cached_property
    def sections(self) -> list[Section]:
        return sections(self.found)


def comparison_or_404(user, code: str, year: int, earlier: int) -> Comparison:
    """Two queries and those of the code map."""
    if earlier >= year:
        raise Http404
    after, before = (readable_or_404(user, code, one) for one in (year, earlier))
    found = difference(complete(before), complete(after), _codes(after, before))
    return Comparison(before, after, found)


def _codes(after: CriteriaSet, before: CriteriaSet) -> dict[str, str] | None:
    codes = earlier_codes(after, before.pk)
    return None if codes is None else dict(codes)
