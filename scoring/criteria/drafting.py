"""The acts on a draft: begin one, edit it, throw it away; and retire a set that has served.

Every edit is one function of `editing` applied under lock to the document that the person saw (`version`). Document,
identity and derived rows are written together; the audit entry says what was done to which code.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from core import locks
from core.audit.services import record
from core.errors import Conflict, Invalid, WrongState
from core.lifecycle import advance
from scoring.criteria import editing
from scoring.criteria.codes import links_followed
from scoring.criteria.draft import empty_document, read, stored
from scoring.criteria.rows import write_rows
from scoring.criteria.services import can_build_sets, require_seen
from scoring.engine.jsontypes import CODE_TEXT
from scoring.enums import CycleState, SetAction, SetState
from scoring.models import CriteriaSet, Cycle

Edit = Callable[[editing.Document], editing.Document]


@transaction.atomic(durable=True)
def start_set(*, code: str, year: int, title_vi: str, title_en: str, actor: User) -> CriteriaSet:
    """An empty draft, to be built on screen. One version per code and year."""
    can_build_sets(actor).require()
    if not CODE_TEXT.fullmatch(code):
        sentence = _("Letters A-Z, digits and . _ - only, at most 32, a letter or digit first.")
        raise Invalid(sentence, fields={"code": sentence})
    if CriteriaSet.objects.filter(code=code, year=year).exists():
        raise Conflict(_("The set {code} for {year} exists already.").format(code=code, year=year), code="ERR-DONE")
    title = {"vi": title_vi, "en": title_en or title_vi}
    root_title = {"vi": "Tổng điểm", "en": "Total"}  # of the document, in both its languages
    text, identity = stored(empty_document(code=code, year=year, title=title, root_title=root_title))
    made = CriteriaSet.objects.create(
        code=code, year=year, title_vi=title["vi"], title_en=title["en"], document=text, identity=identity
    )
    record(actor=actor, action="criteria_set.start", obj=made, details={"identity": identity})
    return made


def add_item(
    *, criteria_set: CriteriaSet, item: editing.Document, under: str, version: int, actor: User
) -> CriteriaSet:
    """A group or a criterion at the end of the list of `under` (`editing.BESIDE`: bonus and penalty)."""
    details = {"code": item["code"], "under": under}
    return _edit(criteria_set, lambda one: editing.add(one, item, under=under), "add", details, version, actor)


def change_item(
    *, criteria_set: CriteriaSet, code: str, item: editing.Document, version: int, actor: User, seen: str = ""
) -> CriteriaSet:
    """Other data for one group or criterion; its place stays, references follow a changed code.

    `seen` is the digest of the item that the person saw: while the item is still that one, edits of others do not matter.
    """
    details = {"code": code, "changed": _changed(editing.item_of(read(criteria_set.document), code), item)}
    renamed = {code: item["code"]}
    return _edit(
        criteria_set, lambda one: editing.change(one, code, item), "change", details, version, actor, renamed, seen
    )


def change_whole(*, criteria_set: CriteriaSet, values: editing.Document, version: int, actor: User) -> CriteriaSet:
    """Other titles, scoring or grades of the set itself."""
    details = {"changed": _changed(read(criteria_set.document), values)}
    return _edit(criteria_set, lambda one: editing.change_whole(one, values), "change_set", details, version, actor)


def move_item(*, criteria_set: CriteriaSet, code: str, step: str, version: int, actor: User) -> CriteriaSet:
    """One step up, down, into the group before or out of its group."""
    details = {"code": code, "step": step}
    return _edit(criteria_set, lambda one: editing.move(one, code, step), "move", details, version, actor)


def remove_item(*, criteria_set: CriteriaSet, code: str, version: int, actor: User) -> CriteriaSet:
    """Without the item and everything below it."""
    return _edit(criteria_set, lambda one: editing.remove(one, code), "remove", {"code": code}, version, actor)


def renumber_items(*, criteria_set: CriteriaSet, given: Mapping[str, str], version: int, actor: User) -> CriteriaSet:
    """Codes by their place, as the person saw them listed; references follow."""
    details = {"codes": dict(given)}
    return _edit(criteria_set, lambda one: editing.renumber(one, given), "renumber", details, version, actor, given)


@transaction.atomic(durable=True)
def _edit(
    criteria_set: CriteriaSet,
    edit: Edit,
    act: str,
    details: dict[str, Any],
    version: int,
    actor: User,
    renamed: Mapping[str, str] | None = None,
    seen: str = "",
) -> CriteriaSet:
    criteria_set = _draft(criteria_set, version, actor, details.get("code", ""), seen)
    edited = edit(read(criteria_set.document))
    before = criteria_set.identity
    criteria_set.document, criteria_set.identity = stored(edited)
    criteria_set.title_vi, criteria_set.title_en = edited["title"]["vi"], edited["title"]["en"]
    criteria_set.version += 1
    criteria_set.save()
    with links_followed(criteria_set, renamed or {}):
        write_rows(criteria_set, read(criteria_set.document))
    identities = {"before": before, "after": criteria_set.identity}
    record(actor=actor, action=f"criteria_set.{act}", obj=criteria_set, details=details | identities)
    return criteria_set


def _draft(criteria_set: CriteriaSet, version: int, actor: User, code: str = "", seen: str = "") -> CriteriaSet:
    """Locked, and still what the person saw: the whole set, or where `seen` is its digest, the item `code`."""
    can_build_sets(actor).require()
    criteria_set = locks.exclusive(CriteriaSet, criteria_set.pk)
    if criteria_set.state != SetState.DRAFT:
        raise WrongState(_("The set is published and can no longer change. Make next year's draft from it."))
    if not seen or seen != editing.digest(editing.item_of(read(criteria_set.document), code)):
        require_seen(criteria_set, version)
    return criteria_set


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Key → [before, after], for the keys that differ."""
    return {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}


@transaction.atomic(durable=True)
def discard_draft(*, criteria_set: CriteriaSet, version: int, actor: User) -> None:
    """Throw a draft away that no year uses. The audit entry keeps its document."""
    criteria_set = _draft(criteria_set, version, actor)
    details = {"identity": criteria_set.identity, "document": criteria_set.document}
    record(actor=actor, action="criteria_set.discard", obj=criteria_set, details=details)
    try:
        criteria_set.criteria.all().delete()
        criteria_set.pillars.all().delete()
        criteria_set.delete()
    except ProtectedError as used:
        raise Conflict(
            _("A year uses the draft {name}. Choose another set there first.").format(name=criteria_set),
            code="ERR-STATE",
        ) from used


@transaction.atomic(durable=True)
def retire_set(*, criteria_set: CriteriaSet, actor: User) -> CriteriaSet:
    """No later year can choose it; what was scored by it stays readable. Refused while a year that runs uses it."""
    can_build_sets(actor).require()
    criteria_set = locks.exclusive(CriteriaSet, criteria_set.pk)
    running = Cycle.objects.filter(groups__criteria_set=criteria_set).exclude(
        state__in=[CycleState.PUBLISHED, CycleState.ARCHIVED]
    )
    if years := sorted({one.year for one in running}):
        named = ", ".join(map(str, years))
        raise WrongState(_("The set is used in {years}, which is not published yet.").format(years=named))
    advance(criteria_set, SetAction.RETIRE, actor=actor)
    return criteria_set
