"""Criteria sets: import, publish, clone, retire."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from core import locks
from core.audit.services import record
from core.errors import Conflict, Invalid
from core.lifecycle import advance
from core.verdict import Verdict
from scoring import engine
from scoring.criteria.cloning import for_year
from scoring.engine.aggregate import maxima
from scoring.enums import SetAction
from scoring.models import CriteriaSet, Criterion, Pillar


def can_build_sets(user: User) -> Verdict:
    return Verdict(
        user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary builds and publishes criteria sets.")
    )


def read_definition(data: bytes, *, place: str) -> engine.CriteriaSet:
    """The engine's reading of a document; its faults become one refusal that lists all of them."""
    try:
        return engine.load_set(data, place=place)
    except engine.Refused as refused:
        sentences = [f"{fault.place}: {fault.sentence(get_language() or 'vi')}" for fault in refused.faults]
        raise Invalid("\n".join(sentences)) from refused


@transaction.atomic(durable=True)
def import_set(*, data: bytes, place: str, actor: User) -> CriteriaSet:
    """Add a set from its JSON document (engine.md) as a draft. One version per code and year."""
    can_build_sets(actor).require()
    return _add(read_definition(data, place=place), actor)


def load_reference_set(*, data: bytes, place: str) -> CriteriaSet:
    """A draft shipped with the product, for the first day, when nobody holds a role yet; in the caller's transaction.

    Conflict once somebody may import: from then on it is the scoring secretary's act.
    """
    definition = read_definition(data, place=place)
    if RoleMembership.objects.filter(role=Role.SCORING_SECRETARY).exists():
        raise Conflict(_("There is a scoring secretary already, who imports criteria sets."), code="ERR-DONE")
    return _add(definition, None)


@transaction.atomic(durable=True)
def clone_set(*, source: CriteriaSet, year: int, actor: User) -> CriteriaSet:
    """Next year's draft from this year's set; due dates move by the years between."""
    can_build_sets(actor).require()
    return _add(for_year(source.definition, year), actor)


def _add(definition: engine.CriteriaSet, actor: User | None) -> CriteriaSet:
    if CriteriaSet.objects.filter(code=definition.code, year=definition.year).exists():
        raise Conflict(
            _("The set {code} for {year} exists already.").format(code=definition.code, year=definition.year),
            code="ERR-DONE",
        )
    criteria_set = CriteriaSet.objects.create(
        code=definition.code,
        year=definition.year,
        title_vi=definition.title.vi,
        title_en=definition.title.en,
        document=engine.canonical_bytes(definition).decode(),
        identity=engine.identity(definition),
    )
    _add_rows(criteria_set, definition)
    record(actor=actor, action="criteria_set.import", obj=criteria_set, details={"identity": criteria_set.identity})
    return criteria_set


def _add_rows(criteria_set: CriteriaSet, definition: engine.CriteriaSet) -> None:
    """Pillars and criteria as rows, for other tables to point at; deeper nodes belong to their pillar."""
    agencies = {unit.name: unit for unit in Unit.objects.all()}
    pillar_of, maximum = {}, maxima(definition)
    pillars = [child for child in definition.root.children if isinstance(child, engine.Node)]
    for position, node in enumerate(pillars):
        pillar = Pillar.objects.create(
            criteria_set=criteria_set,
            code=node.code,
            title_vi=node.title.vi,
            title_en=node.title.en,
            max_points=Decimal(maximum[node.code].numerator) / maximum[node.code].denominator,
            position=position,
        )
        pillar_of |= {item.code: pillar for item in node.walk() if isinstance(item, engine.Leaf)}
    Criterion.objects.bulk_create(
        Criterion(
            criteria_set=criteria_set,
            pillar=pillar_of.get(leaf.code),
            code=leaf.code,
            title_vi=leaf.title.vi,
            title_en=leaf.title.en,
            max_points=leaf.max_points,
            position=position,
            declared_by_unit=leaf.source_kind == "declared" and leaf.rule.kind != "penalty",
            evidence_required=leaf.evidence.required,
            responsible=agencies.get(leaf.appraiser),
        )
        for position, leaf in enumerate(definition.lines)
    )


@transaction.atomic(durable=True)
def publish_set(*, criteria_set: CriteriaSet, actor: User) -> CriteriaSet:
    """From now on the set is immutable. Refused while a criterion has no appraising agency among the units."""
    can_build_sets(actor).require()
    criteria_set = locks.exclusive(CriteriaSet, criteria_set.pk)
    orphans = criteria_set.criteria.filter(responsible=None).values_list("code", flat=True)
    if orphans:
        raise Invalid(
            _("These criteria name no appraising agency among the units: {codes}.").format(codes=", ".join(orphans)),
            code="ERR-INCOMPLETE",
        )
    advance(criteria_set, SetAction.PUBLISH, actor=actor, details={"identity": criteria_set.identity})
    return criteria_set
