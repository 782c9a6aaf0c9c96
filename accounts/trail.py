"""The audit trail in words: who did what to which thing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.trail_words import said
from core.audit.models import AuditEntry

# Acts that are no step of a lifecycle; the steps take their words from the lifecycles' own tables.
ACTS: dict[str, Promise] = {
    "anchor.mark": _("mark a reference answer"),
    "anchor.take": _("take a reference answer"),
    "anchor.withdraw": _("withdraw a reference answer"),
    "answer.accept": _("accept a line"),
    "answer.contest_values": _("contest a figure that was brought in"),
    "answer.correct": _("correct a line"),
    "answer.reopen": _("reopen a decided line"),
    "answer.save": _("save a line"),
    "answer.take_back": _("take back the own decision on a line"),
    "answer.undo": _("take back the last change of a line"),
    "answer.carry_over": _("carry a line over from last year"),
    "answer.undo_carry_over": _("take back a line carried over"),
    "markingdraw.make": _("draw lines for a second mark"),
    "secondmark.save": _("give a second mark"),
    "secondmark.release": _("give a second mark up"),
    "secondmark.settle": _("decide between two marks"),
    "assignmentplan.adopt": _("adopt an assignment plan"),
    "assignmentplan.override": _("assign otherwise than the plan"),
    "assessment.accept_lines": _("accept many lines"),
    "criterion.enter_lines": _("enter a criterion for many units"),
    "criterion.review": _("mark a criterion as reviewed"),
    "criterion.import_values": _("bring in figures of a criterion"),
    "assessment.import_form": _("save many lines at once"),
    "assessment.receipt": _("give a receipt"),
    "basesalary.add": _("add a base salary"),
    "bonuscoefficient.add": _("add a bonus coefficient"),
    "clarification.ask": _("ask for clarification"),
    "citation.cite": _("cite a document"),
    "citation.correct": _("correct a citation"),
    "citation.uncite": _("take a citation away"),
    "conflict.declare": _("declare a conflict of interest"),
    "conflict.withdraw": _("end a conflict of interest"),
    "council.set_up": _("set up a council"),
    "criteria_set.add": _("add to a criteria set"),
    "criteria_set.change": _("change an item of a criteria set"),
    "criteria_set.change_set": _("change the decisions of a criteria set"),
    "criteria_set.code_map": _("say which criterion continues which"),
    "criteria_set.discard": _("throw a draft criteria set away"),
    "criteria_set.import": _("import a criteria set"),
    "criteria_set.move": _("move within a criteria set"),
    "criteria_set.remove": _("remove from a criteria set"),
    "criteria_set.renumber": _("renumber a criteria set"),
    "criteria_set.replace": _("replace a draft criteria set by a file"),
    "criteria_set.start": _("begin a criteria set"),
    "cycle.change_calendar": _("change dates"),
    "cycle.choose_sets": _("choose groups and criteria sets"),
    "cycle.create": _("set up a year"),
    "cycle.open_round": _("open a further round of explanation"),
    "cycle.remind": _("remind units"),
    "decision.discard": _("discard a draft decision"),
    "decision.draft": _("draft a decision"),
    "evidence.attach": _("attach evidence"),
    "evidence.attach_again": _("attach evidence to further lines"),
    "evidence.remove": _("remove evidence"),
    "evidence.bring_back": _("bring removed evidence back"),
    "evidence.name_document": _("say of which document a file is the copy"),
    "evidence.rename": _("name evidence better"),
    "evidence.replace": _("replace evidence by a newer version"),
    "evidence.restore": _("bring evidence back"),
    "evidenceflag.put_back": _("take up a flag about evidence again"),
    "evidenceflag.set_aside": _("set a flag about evidence aside"),
    "extension.ask": _("ask for more time to file"),
    "evidence.reuse": _("use evidence of a former year"),
    "evidence.set_lines": _("choose the lines behind which a file stands"),
    "evidence.withdraw": _("remove evidence from the form"),
    "explanation.file": _("file an explanation"),
    "meeting.call": _("call a meeting"),
    "meeting.attendance": _("take the attendance"),
    "meeting.put_on_agenda": _("put on the agenda"),
    "motion.recuse": _("declare that a member takes no part"),
    "motion.vote": _("vote"),
    "nomination.edit": _("change a nomination"),
    "nomination.prepare": _("prepare a nomination"),
    "quota.set": _("set a quota"),
    "rankingrun.start": _("start a ranking run"),
    "role.end": _("end a role"),
    "role.grant": _("give a role"),
    "role.hand_over": _("hand over a role"),
    "role.withdraw": _("withdraw a role"),
    "token.create": _("make an API token"),
    "token.revoke": _("revoke an API token"),
    "unit.load": _("load units"),
    "user.change": _("change name, position, contact"),
    "user.choose_password": _("choose an own password"),
    "user.close": _("close an account"),
    "user.create": _("make accounts"),
    "user.first_administrator": _("make the first administrator"),
    "user.open": _("open an account"),
    "user.reset_password": _("reset a password"),
}


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it. `kind` is the model's word, `details` a short text of what the entry keeps."""

    entry: AuditEntry
    act: str
    kind: str
    details: str


@cache
def acts() -> dict[str, Promise | str]:
    """Every act that the product can record, by its code."""
    steps = {
        f"{model._meta.model_name}.{action}": getattr(action, "label", action)
        for model in apps.get_models()
        for _state, action in getattr(model, "TRANSITIONS", {})
    }
    return dict(sorted((steps | ACTS).items()))


@cache
def kinds() -> dict[str, Promise | str]:
    """Every kind of thing an entry may be about: label of the model → its word. What has no word only joins others."""
    ours = [model._meta for model in apps.get_models() if model.__module__.partition(".")[0] in _OURS]
    return {meta.label_lower: meta.verbose_name for meta in ours if "verbose_name" in meta.original_attrs}


def act_choices() -> list[tuple[str, str]]:
    """The acts for a filter; where two things know the same word, the thing stands with it."""
    named, things = acts(), {label.rpartition(".")[2]: word for label, word in kinds().items()}
    times = Counter(map(str, named.values()))
    return [
        (code, f"{word} ({things[code.partition('.')[0]]})" if times[str(word)] > 1 else str(word))
        for code, word in named.items()
    ]


_OURS = ("core", "accounts", "scoring", "nominations")


def entries(*, q: str, action: str, kind: str, number: str, since, until) -> QuerySet[AuditEntry]:
    """The trail under one filter, newest first. `q` is a part of the name or account of who acted."""
    found = AuditEntry.objects.select_related("actor").order_by("-seq")
    if q:
        found = found.filter(actor__in=User.objects.search(q))
    if action:
        found = found.filter(action=action)
    if kind:
        found = found.filter(object_type=kind)
    if number:
        found = found.filter(object_id=number)
    if since:
        found = found.filter(at__gte=since)
    return found.filter(at__lt=until) if until else found


def lines_of(page: Iterable[AuditEntry]) -> list[Line]:
    known, things = acts(), kinds()
    return [
        Line(
            entry,
            str(known.get(entry.action, entry.action)),
            str(things.get(entry.object_type, "")),
            said(entry.details, entry.object_type),
        )
        for entry in page
    ]
