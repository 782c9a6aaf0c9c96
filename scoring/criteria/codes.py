"""The code map of a draft: which criterion continues which one of the version before. Final when the set is published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import locks
from core.audit.services import record
from core.errors import Conflict, Invalid, WrongState
from scoring.criteria.continuity import earlier_version
from scoring.criteria.permissions import can_build_sets
from scoring.enums import SetState
from scoring.models import CodeLink, CriteriaSet, Criterion


@transaction.atomic(durable=True)
def set_code_map(
    *, criteria_set: CriteriaSet, continues: CriteriaSet, codes: Mapping[str, str], version: int, actor: User
) -> CriteriaSet:
    """`codes`: criterion of this set → criterion of `continues`. Who is not in it is new. The whole map at once."""
    can_build_sets(actor).require()
    criteria_set = locks.exclusive(CriteriaSet, criteria_set.pk)
    if criteria_set.state != SetState.DRAFT:
        raise WrongState(_("The set is published, and its code map with it."))
    if version != criteria_set.version:
        raise Conflict(_("The set was changed on another machine in the meantime. Look at it again before going on."))
    if continues != earlier_version(criteria_set):
        raise Conflict(_("Another version was published in the meantime. Look at the map again."))
    _require_sound(codes, criteria_set, continues)
    _write(criteria_set, continues, codes)
    criteria_set.version += 1
    criteria_set.save(update_fields=["version"])
    record(
        actor=actor,
        action="criteria_set.code_map",
        obj=criteria_set,
        details={"continues": str(continues), "codes": dict(codes)},
    )
    return criteria_set


def _require_sound(codes: Mapping[str, str], criteria_set: CriteriaSet, continues: CriteriaSet) -> None:
    """Both ends are there, and nothing is continued twice; each fault at the code of the new criterion."""
    new, old = (set(one.criteria.values_list("code", flat=True)) for one in (criteria_set, continues))
    faults: dict[str, str] = {}
    taken: dict[str, str] = {}
    for code, earlier in codes.items():
        if code not in new:
            faults[code] = _("The set has no criterion “{code}”.").format(code=code[:40])
        elif earlier not in old:
            faults[code] = _("The version of {year} has no criterion “{code}”.").format(
                year=continues.year, code=earlier[:40]
            )
        elif (other := taken.setdefault(earlier, code)) != code:
            faults[code] = _("“{code}” is continued by {other} already.").format(code=earlier, other=other)
    if faults:
        raise Invalid("\n".join(faults.values()), fields=faults)


def continue_from(criteria_set: CriteriaSet, earlier: CriteriaSet | None) -> None:
    """The map of a new draft, in the caller's transaction: equal codes are the same criterion."""
    if earlier is None:
        return
    there = set(earlier.criteria.values_list("code", flat=True))
    codes = criteria_set.criteria.values_list("code", flat=True)
    _write(criteria_set, earlier, {code: code for code in codes if code in there})


@contextmanager
def links_followed(criteria_set: CriteriaSet, renamed: Mapping[str, str]) -> Iterator[None]:
    """Around an act that writes a draft's rows anew: each link goes with its criterion, whatever its code is afterwards."""
    links = dict(criteria_set.code_links.values_list("criterion__code", "earlier__code"))
    yield
    if links:
        there = set(criteria_set.criteria.values_list("code", flat=True))
        codes = {renamed.get(code, code): earlier for code, earlier in links.items()}
        _write(criteria_set, criteria_set.continues, {code: old for code, old in codes.items() if code in there})


def _write(criteria_set: CriteriaSet, continues: CriteriaSet, codes: Mapping[str, str]) -> None:
    criteria_set.code_links.all().delete()
    if criteria_set.continues_id != continues.pk:
        criteria_set.continues = continues
        criteria_set.save(update_fields=["continues"])
    keys = {(one.criteria_set_id, one.code): one.pk for one in _criteria(criteria_set, continues)}
    CodeLink.objects.bulk_create(
        CodeLink(
            criteria_set=criteria_set,
            criterion_id=keys[criteria_set.pk, code],
            earlier_id=keys[continues.pk, earlier],
        )
        for code, earlier in codes.items()
    )


def _criteria(*sets: CriteriaSet):
    return Criterion.objects.filter(criteria_set__in=sets).only("pk", "code", "criteria_set")
