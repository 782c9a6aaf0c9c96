"""What an entry of the audit trail keeps, in words: the names of its details, and their values."""

import json
import re
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.numbers import format_number
from core.templatetags.values import date_vi, datetime_vi

MAX_DETAILS = 240
NAMES: dict[str, Promise] = {
    "absent": gettext_lazy("absent"),
    "abstain": gettext_lazy("no opinion"),
    "accounts": gettext_lazy("accounts"),
    "added": gettext_lazy("added"),
    "after": pgettext_lazy("audit trail", "after"),
    "against": gettext_lazy("against"),
    "agency": gettext_lazy("agency"),
    "answer": gettext_lazy("line"),
    "at_most": gettext_lazy("at most for one person"),
    "balance": gettext_lazy("sum of the squared loads"),
    "barred": gettext_lazy("barred from the vote"),
    "base": gettext_lazy("base of the share"),
    "before": pgettext_lazy("audit trail", "before"),
    "bonuses_vnd": gettext_lazy("bonuses, đồng"),
    "by": gettext_lazy("replaced by"),
    "by_extension": gettext_lazy("on time within the extension"),
    "cap": gettext_lazy("places"),
    "certificates": gettext_lazy("certificates"),
    "chair": gettext_lazy("chair"),
    "chair_breaks_tie": gettext_lazy("the chair's side decides a tie"),
    "changed": gettext_lazy("changed"),
    "claimed": gettext_lazy("claimed points"),
    "clauses": gettext_lazy("clauses"),
    "code": gettext_lazy("code"),
    "coefficient": gettext_lazy("coefficient"),
    "dated_on": gettext_lazy("dated"),
    "decision": gettext_lazy("decision"),
    "decision_on": gettext_lazy("date of the decision"),
    "digest": gettext_lazy("fingerprint"),
    "differences": gettext_lazy("line by line"),
    "earlier": gettext_lazy("commended already"),
    "expires_at": gettext_lazy("valid until"),
    "explanation": gettext_lazy("explanation"),
    "fields": gettext_lazy("fields"),
    "figures": gettext_lazy("figures"),
    "first": gettext_lazy("first number"),
    "for": gettext_lazy("in favour"),
    "form": gettext_lazy("form of commendation"),
    "from": pgettext_lazy("audit trail", "from"),
    "from_on": gettext_lazy("from day"),
    "from_user": gettext_lazy("from account"),
    "grade": gettext_lazy("grade"),
    "ground": gettext_lazy("ground"),
    "group": gettext_lazy("group"),
    "held_on": gettext_lazy("day of the meeting"),
    "identity": gettext_lazy("identity"),
    "is_active": gettext_lazy("active"),
    "is_met": gettext_lazy("met"),
    "kind": gettext_lazy("kind"),
    "last": gettext_lazy("last number"),
    "late_minutes": gettext_lazy("minutes late"),
    "left": gettext_lazy("places left"),
    "left_to_lead": gettext_lazy("lines left to a lead"),
    "line_state": gettext_lazy("appraisal"),
    "lines": gettext_lazy("lines"),
    "lowest": gettext_lazy("lowest"),
    "lowest_grade": gettext_lazy("lowest grade"),
    "lowest_rank": gettext_lazy("lowest rank"),
    "measured_on": gettext_lazy("date of the figures"),
    "meeting": gettext_lazy("meeting"),
    "members": gettext_lazy("members"),
    "mode": gettext_lazy("divided"),
    "monthly_vnd": gettext_lazy("đồng a month"),
    "motion": gettext_lazy("motion"),
    "must_exceed": gettext_lazy("must exceed the threshold"),
    "na": gettext_lazy("not applicable"),
    "name": gettext_lazy("name"),
    "nomination": gettext_lazy("nomination"),
    "nominations": gettext_lazy("nominations"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("number"),
    "numbers": gettext_lazy("numbers"),
    "on_time": gettext_lazy("on time"),
    "open_lines": gettext_lazy("lines still open"),
    "origin": gettext_lazy("source"),
    "points": gettext_lazy("points"),
    "prefix": gettext_lazy("prefix"),
    "proof": gettext_lazy("confirmed by"),
    "present": gettext_lazy("present"),
    "published_at": gettext_lazy("published at"),
    "question": gettext_lazy("question"),
    "quorum": gettext_lazy("quorum"),
    "rank": gettext_lazy("rank"),
    "reason": gettext_lazy("reason"),
    "reason_code": gettext_lazy("reason code"),
    "receipt": gettext_lazy("receipt"),
    "recused": gettext_lazy("not taking part"),
    "recused_leave_base": gettext_lazy("who takes no part leaves the base"),
    "repeats": gettext_lazy("kept from last year"),
    "role": gettext_lazy("role"),
    "roll": gettext_lazy("members on the roll"),
    "round_up_to_vnd": gettext_lazy("rounded up to, đồng"),
    "run": gettext_lazy("run"),
    "runs": gettext_lazy("runs"),
    "scope": gettext_lazy("scope"),
    "seed": gettext_lazy("seed of the lot"),
    "secretary": gettext_lazy("secretary"),
    "sets": gettext_lazy("criteria sets"),
    "sha256": gettext_lazy("SHA-256"),
    "size": gettext_lazy("bytes"),
    "source": gettext_lazy("source"),
    "subject": gettext_lazy("subject"),
    "threshold_percent": gettext_lazy("threshold in percent"),
    "to": pgettext_lazy("audit trail", "to"),
    "to_on": gettext_lazy("to day"),
    "unchanged": gettext_lazy("unchanged"),
    "undoes": gettext_lazy("takes back entry"),
    "unit": gettext_lazy("unit"),
    "units": gettext_lazy("units"),
    "until": gettext_lazy("until"),
    "user": gettext_lazy("account"),
    "valid_from": gettext_lazy("in force from"),
    "values": gettext_lazy("figures"),
    "values_by_unit": gettext_lazy("figures by unit"),
    "version": gettext_lazy("version"),
    "voided": gettext_lazy("void"),
    "warnings": gettext_lazy("warnings"),
    "year": gettext_lazy("year"),
}
# The clauses of a finding on eligibility, and the codes that no model's field lists.
CLAUSES: dict[str, Promise] = {
    "standard": gettext_lazy("Places of the year"),
    "grade": gettext_lazy("Grade"),
    "rank": gettext_lazy("Rank"),
    "unit": gettext_lazy("Unit"),
    "once": gettext_lazy("One commendation for one achievement"),
    "conduct": gettext_lazy("Conduct"),
}
_GRADES: dict[str, Promise] = {
    "tot": gettext_lazy("Good"),
    "kha": gettext_lazy("Fair"),
    "tb": gettext_lazy("Average"),
    "yeu": gettext_lazy("Weak"),
}
CODES = dict.fromkeys(("grade", "lowest", "lowest_grade"), _GRADES) | {"na": {"approved": gettext_lazy("granted")}}
# Twelve places tell two hashes apart for the eye.
_DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[\d:.+Z-]*)?")
_FRACTION = re.compile(r"-?\d+\.\d+")
_EMPTY = (None, "", [], {})


def said(details: str, kind: str) -> str:
    """`name: value` pairs of one entry, cut to a line or two; the entry itself keeps all of it.

    `details` is the entry's JSON, `kind` the label of the model it is about (`scoring.cycle`, or nothing).
    """
    pairs = [
        f"{NAMES.get(key, key)}: {_plain(key, value, kind)}"
        for key, value in json.loads(details).items()
        if value not in _EMPTY
    ]
    text = "; ".join(pairs)
    return text if len(text) <= MAX_DETAILS else text[: MAX_DETAILS - 1] + "…"


def _plain(key: str, value, kind: str) -> str:
    if isinstance(value, dict) and "is_met" in value:
        return _clause(value, kind)
    if isinstance(value, dict):
        inner = [(name, held) for name, held in value.items() if held not in _EMPTY]
        return ", ".join(f"{NAMES.get(name, name)} {_plain(name, held, kind)}" for name, held in inner) or _("nothing")
    if isinstance(value, list):
        return ", ".join(_plain(key, one, kind) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    if key.endswith("_vnd") or _FRACTION.fullmatch(text):
        return format_number(text)
    if _DAY.fullmatch(text):
        return datetime_vi(datetime.fromisoformat(text)) if "T" in text else date_vi(date.fromisoformat(text))
    word = _choices(kind, "state" if key in ("from", "to") else key).get(text) or CODES.get(key, {}).get(text)
    return str(word) if word else _DIGEST.sub(r"\1…", text)


def _clause(clause: dict, kind: str) -> str:
    """“Chỉ tiêu trong năm (đạt)”; the figures are named where they are the reason for a refusal."""
    name = CLAUSES.get(clause["code"], clause["code"])
    if clause["is_met"]:
        return _("{clause} (met)").format(clause=name)
    figures = _plain("figures", clause["figures"], kind)
    return _("{clause} (not met: {figures})").format(clause=name, figures=figures)


@cache
def _choices(kind: str, name: str) -> dict[str, Promise]:
    """Words of the values that field `name` may hold: on the model `kind` itself, else on any model that has it."""
    models = sorted(apps.get_models(), key=lambda model: model._meta.label_lower != kind)
    fields = [field for model in models for field in model._meta.fields if field.name == name and field.choices]
    if name == "state":
        fields = [field for field in fields if field.model._meta.label_lower == kind]
    words = {}
    for field in reversed(fields):
        words |= dict(field.flatchoices)
    return words
