"""Fill an empty demo: units, people, criteria sets, two years. Everything is invented but names of units and criteria."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from accounts.models import Unit, UnitGroup
from accounts.units import load_units
from core import clock
from scoring import engine
from scoring.criteria.services import clone_set, import_set, publish_set
from scoring.models import CriteriaSet, Cycle
from sonla_awards.sample.awards import award_year, set_places
from sonla_awards.sample.cast import SEED, Cast, cast_of, moment
from sonla_awards.sample.people import make_people
from sonla_awards.sample.years import open_year, published_year

DATA = settings.ROOT / "data"
SETS = {"commune": "dti-commune.json", "department": "dti-department.json"}

Sets = list[tuple[UnitGroup, CriteriaSet]]


def is_seeded() -> bool:
    """The last thing the seeding makes is the open year."""
    return Cycle.objects.count() >= 2


def seed(say: Callable[[str], None]) -> None:
    """About a minute. The published year is last year; the open one ends some weeks from today."""
    today = clock.today()
    last_year = today.year - 1
    documents = {group: (DATA / "criteria" / name).read_bytes() for group, name in SETS.items()}
    with clock.set_to(moment(date(last_year, 9, 1), 8)):
        load_units(data=(DATA / "units" / "units.csv").read_bytes(), actor=None)
        cast = cast_of(make_people(_ranked_units(), agencies=_agencies(documents), seed=SEED))
        sets = [(UnitGroup.objects.get(code=group), _first_set(cast, data)) for group, data in documents.items()]
    say(f"{len(_ranked_units())} ranked units, {len(cast.people)} accounts, {len(sets)} criteria sets")
    award_year(cast, published_year(cast, last_year, sets, say))
    say(f"{last_year}: certificates issued")
    with clock.set_to(moment(date(today.year, 9, 1), 8)):
        sets = [(group, _next_set(cast, earlier)) for group, earlier in sets]
    cycle = open_year(cast, last_year + 1, sets, today, say)
    set_places(cast, cycle)


def _ranked_units() -> list[Unit]:
    return list(Unit.objects.exclude(group=None).order_by("code"))


def _agencies(documents: dict[str, bytes]) -> set[str]:
    return {leaf.appraiser for data in documents.values() for leaf in engine.load_set(data).lines}


def _first_set(cast: Cast, data: bytes) -> CriteriaSet:
    criteria_set = import_set(data=data, place="criteria set", actor=cast.secretary)
    return publish_set(criteria_set=criteria_set, actor=cast.secretary)


def _next_set(cast: Cast, earlier: CriteriaSet) -> CriteriaSet:
    criteria_set = clone_set(source=earlier, year=earlier.year + 1, actor=cast.secretary)
    return publish_set(criteria_set=criteria_set, actor=cast.secretary)
