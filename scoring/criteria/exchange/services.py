"""Taking a checked set in: a new draft, or in the place of the open draft of the same code and year."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit.services import record
from core.errors import Conflict, WrongState
from scoring import engine
from scoring.criteria.codes import links_followed
from scoring.criteria.permissions import can_build_sets
from scoring.criteria.rows import write_rows
from scoring.criteria.services import add_draft
from scoring.enums import SetState
from scoring.models import CriteriaSet


def take_in(*, definition: engine.CriteriaSet, replaces: str, sha256: str, actor: User) -> CriteriaSet:
    """`replaces`: identity of the draft whose place it takes, as the check said; empty for a new draft.

    Conflict if anything else stands there by now; WrongState if it was published.
    """
    try:
        return _take_in(definition, replaces, sha256, actor)
    except IntegrityError as error:  # somebody else made the draft between our look and our write
        raise _changed() from error


def _changed() -> Conflict:
    return Conflict(_("The set was changed since the file was checked. Check the file again."))


@transaction.atomic(durable=True)
def _take_in(definition: engine.CriteriaSet, replaces: str, sha256: str, actor: User) -> CriteriaSet:
    can_build_sets(actor).require()
    versions = CriteriaSet.objects.select_for_update(of=("self",))
    there = versions.filter(code=definition.code, year=definition.year).first()
    if there and there.state != SetState.DRAFT:
        raise WrongState(_("The set {name} is published and never changes.").format(name=there))
    if (there.identity if there else "") != replaces:
        raise _changed()
    if there is None:
        return add_draft(definition, actor, details={"sha256": sha256})
    before = there.identity
    there.document, there.identity = engine.canonical_bytes(definition).decode(), engine.identity(definition)
    there.title_vi, there.title_en = definition.title.vi, definition.title.en
    there.version += 1
    there.save()
    with links_followed(there, {}):
        write_rows(there, engine.to_document(definition))
    details = {"before": before, "after": there.identity, "sha256": sha256}
    record(actor=actor, action="criteria_set.replace", obj=there, details=details)
    return there
