"""Criteria sets: import, publish, clone, retire."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import locks
from core.audit.services import record
from core.errors import Conflict, Invalid
from core.lifecycle import advance
from scoring import engine
from scoring.criteria.cloning import for_year
from scoring.criteria.codes import continue_from
from scoring.criteria.continuity import earlier_version
from scoring.criteria.draft import read
from scoring.criteria.findings import findings
from scoring.criteria.permissions import can_build_sets
from scoring.criteria.rows import write_rows
from scoring.enums import SetAction, SetState
from scoring.models import CriteriaSet


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
    return add_draft(read_definition(data, place=place), actor)


def load_reference_set(*, data: bytes, place: str) -> CriteriaSet:
    """A draft shipped with the product, for the first day, when nobody holds a role yet; in the caller's transaction.

    Conflict once somebody may import: from then on it is the scoring secretary's act.
    """
    definition = read_definition(data, place=place)
    if RoleMembership.objects.filter(role=Role.SCORING_SECRETARY).exists():
        raise Conflict(_("There is a scoring secretary already, who imports criteria sets."), code="ERR-DONE")
    return add_draft(definition, None)


@transaction.atomic(durable=True)
def clone_set(*, source: CriteriaSet, year: int, actor: User) -> CriteriaSet:
    """Next year's draft from this year's set; due dates move by the years between, and each criterion continues its own."""
    can_build_sets(actor).require()
    definition = read_definition(source.document.encode(), place=str(source))
    return add_draft(for_year(definition, year), actor, source if source.state != SetState.DRAFT else None)


def add_draft(
    definition: engine.CriteriaSet,
    actor: User | None,
    source: CriteriaSet | None = None,
    details: dict[str, str] | None = None,
) -> CriteriaSet:
    """In the caller's transaction, right checked. It continues `source`, else the latest version published before."""
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
    write_rows(criteria_set, engine.to_document(definition))
    continue_from(criteria_set, source or earlier_version(criteria_set))
    record(
        actor=actor,
        action="criteria_set.import",
        obj=criteria_set,
        details={"identity": criteria_set.identity} | (details or {}),
    )
    return criteria_set


@transaction.atomic(durable=True)
def publish_set(*, criteria_set: CriteriaSet, actor: User, version: int | None = None) -> CriteriaSet:
    """From now on the set is immutable. Refused while anything is missing or contradicts itself, each with its place.

    Rows are written once more before: an agency may have become a unit since the last edit.
    """
    can_build_sets(actor).require()
    criteria_set = locks.exclusive(CriteriaSet, criteria_set.pk)
    if criteria_set.state == SetState.DRAFT:
        require_seen(criteria_set, version)
        document = read(criteria_set.document)
        write_rows(criteria_set, document)
        if found := findings(document):
            raise Invalid("\n".join(one.sentence for one in found), code="ERR-INCOMPLETE")
    advance(criteria_set, SetAction.PUBLISH, actor=actor, details={"identity": criteria_set.identity})
    return criteria_set


def require_seen(criteria_set: CriteriaSet, version: int | None) -> None:
    """The version that the act was decided on is still the set's; None does not ask."""
    if version is not None and version != criteria_set.version:
        raise Conflict(_("The set was changed on another machine in the meantime. Look at it again before going on."))
