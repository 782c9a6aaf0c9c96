"""Everything that stands against publishing a draft: where, why, and what to do, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Unit
from core.numbers import format_number
from scoring import engine
from scoring.criteria.draft import definition_of, maxima_of, record_of
from scoring.criteria.editing import Document, is_node, places
from scoring.criteria.parameter_words import label_of
from scoring.engine.exact import decimal_text, rounded

ROOT_OF_SET = "set"


@dataclass(frozen=True)
class Finding:
    """`code` is the item's, or `ROOT_OF_SET` where it is about the set itself; `field` the parameter's name, if one."""

    code: str
    kind: str
    where: str
    why: str
    field: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.where}: {self.why}"


def findings(document: Document) -> list[Finding]:
    """In the order of the set; empty where it can be published. One query."""
    _whole, faults = definition_of(document)
    found = dict.fromkeys([*(_finding(document, fault) for fault in faults), *_without_agency(document)])
    order = {place.item["code"]: at for at, place in enumerate(places(document))}
    return sorted(found, key=lambda one: order.get(one.code, -1))


def findings_in(item: Document, *, beside: bool) -> list[Finding]:
    """What is wrong with one line on its own."""
    _line, faults = record_of(item, engine.Adjustment if beside else engine.Leaf)
    return [_finding(item, fault) for fault in faults]


def said_points(value: Fraction) -> str:
    """Up to four places; more would only hide the point."""
    return format_number(decimal_text(rounded(value, 4, "half_up")))


def _without_agency(document: Document) -> Iterator[Finding]:
    names = set(Unit.objects.values_list("name", flat=True))
    for place in places(document):
        item = place.item
        if is_node(item) or item.get("appraiser", "") in names:
            continue
        why = (
            _("“{name}” is no unit of this installation. Choose the agency that appraises the criterion.").format(
                name=item["appraiser"]
            )
            if item.get("appraiser")
            else _("No agency appraises it yet. Choose one.")
        )
        yield Finding(item["code"], "leaf", _where(item, "appraiser"), why, "appraiser")


def _finding(document: Document, fault: engine.Fault) -> Finding:
    """The engine's fault at `:/json/pointer`, as people find it."""
    item, rest, value = _walked(document, fault.place.lstrip(":"))
    field = next((step for step in reversed(rest) if not step.isdigit()), "")
    if item is None:
        where = " › ".join([_("The set itself"), *_steps(rest, None)])
        gone = _("This step names a group that the set does not have. Choose another.") if field == "tie_break" else ""
        return Finding(ROOT_OF_SET, "set", where, gone or _why(fault, field, value), _anchor(rest))
    kind = "node" if is_node(item) else "leaf"
    why = (
        _why(fault, field, value)
        if value is _Absent
        else _contradiction(document, item, field) or _why(fault, field, value)
    )
    return Finding(item["code"], kind, _where(item, *rest), why, _anchor(rest))


def _contradiction(document: Document, item: Document, field: str) -> str:
    """What the engine says of parameters by their names, in the words of the form; empty where it speaks of none."""
    if is_node(item) and field == "max_points":
        maximum = maxima_of(document)[item["code"]]
        sentence = _(
            "{planned} is planned, but what stands under it comes to {reached}. Change the points below or the plan."
        )
        return sentence.format(planned=format_number(maximum.planned), reached=said_points(maximum.reached))
    sentences = {
        "zero_below": _("It must not be above the share that earns full points."),
        "b_zero": _("“Not applicable” can be chosen only where a unit may ask for it: tick that below."),
        "low": _("The lower value must be below the upper one, and above 0 on the logarithmic scale."),
        "weight": _("The group above does not use weights. Write 1, or reckon that group as a weighted mean."),
        "max_points": _(
            "It has more decimals than each line is rounded to. Shorten it, or change the rounding of the set."
        ),
    }
    return sentences.get(field, "")


class _Absent:
    """No value stands at the pointer."""


def _walked(document: Document, pointer: str) -> tuple[Document | None, list[str], Any]:
    """The innermost item on the way (a lone line begins as it), the steps below it, and the value at the end."""
    value: Any = document
    item, rest = (document if "rule" in document else None), []
    for step in pointer.split("/")[1:]:
        rest.append(step)
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            value = _Absent
        if isinstance(value, dict) and "code" in value and "title" in value and rest[0] not in ("grades", "scoring"):
            item, rest = value, []
    return item, rest, value


def _where(item: Document, *rest: str) -> str:
    title = item["title"]
    words = title.get("en") if get_language() == "en" and title.get("en") else title["vi"]
    return " › ".join([f"{item['code']} {words}".strip(), *_steps(list(rest), item)])


def _steps(rest: list[str], item: Document | None) -> list[str]:
    """Names of the fields on the way, and the number of the row in a list that can be added to."""
    kind = (item or {}).get("rule", {}).get("kind", "")
    said = []
    for step in rest:
        if step.isdigit():
            said.append(_("row {n}").format(n=int(step) + 1))
        elif step not in ("rule", "scoring", "children", "inputs"):
            said.append(str(label_of(kind, step)))
    return said


def _anchor(rest: list[str]) -> str:
    """The id of the form's field: `rule-full_at`, `options-0-fraction`, `max_points`."""
    names = [step for step in rest if step not in ("rule", "scoring")]
    if "rule" in rest and len(names) == 1:
        return f"rule-{names[0]}"
    return "-".join(names)


def _why(fault: engine.Fault, field: str, value: Any) -> str:
    if value is _Absent:
        return _("Not filled in yet.")
    if field == "children" and value == []:
        return _("No criterion stands under it yet. Add one, or remove the group.")
    return fault.sentence(get_language() or "vi")
