"""The typed inputs of a criterion, for filing and appraisal alike: what is asked, and how typed text becomes a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.days import parse_day
from core.errors import DomainError, Invalid
from core.fields import plain
from core.numbers import format_number, parse_decimal, parse_whole
from scoring import engine
from scoring.engine.wording import Words

# Fields whose meaning belongs to the rule kind, where the set gives no title of its own.
_WHOLE_KINDS = {"count", "bonus", "penalty"}
# Above every count and every amount in đồng that a unit can have: what is longer is a slip of the finger.
LARGEST = 999_999_999_999


@dataclass(frozen=True)
class Input:
    """One thing asked: `name` is the engine's field; `choices` are (value, label) pairs for `choice`.

    `unit` is the set's own word, `counted` the same as it follows a number in the reader's language.
    """

    name: str
    title: str
    type: str
    unit: str = ""
    counted: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def suffix(self) -> str:
        """What stands behind the box: nothing in a language where the title has to say it."""
        return self.unit if self.unit == self.counted else ""


def said(title: Any) -> str:
    """A bilingual title of the engine in the reader's language."""
    if title is None:
        return ""
    return title.en if get_language() == "en" and title.en else title.vi


def inputs_of(leaf: Any) -> list[Input]:
    """What the form asks for this leaf, in the order of the rule's fields."""
    return [_input(leaf, field) for field in leaf.rule.fields]


def _input(leaf: Any, field: str) -> Input:
    kind = leaf.rule.kind
    yes_no = (("yes", _("Yes")), ("no", _("No")))
    if kind == "boolean":
        return Input(field, _("Answer"), "choice", choices=yes_no)
    if kind == "level":
        titles = {option.key: said(option.title) or option.key for option in leaf.rule.options}
        if field.startswith("part:"):
            return Input(field, titles[field.removeprefix("part:")], "choice", choices=yes_no)
        return Input(field, _("Level"), "choice", choices=tuple(titles.items()))
    given = leaf.asked.get(field)
    if given is not None:
        title = said(given.title) or _default_title(kind, field)
        return Input(field, title, given.type, given.unit, said_unit(given))
    if kind == "deadline":
        return Input(field, _("Date"), "date")
    return Input(field, _default_title(kind, field), "integer" if kind in _WHOLE_KINDS else "decimal")


def said_unit(given: engine.Input) -> str:
    """What a number counts, as it follows the number. A set writes the unit in Vietnamese only; English takes the
    words of the title, as the traces do: “5 cuộc họp”, “5 meetings in the year”."""
    if get_language() != "en" or given.unit in ("", "%"):
        return given.unit
    return Words("en").noun(said(given.title), given.unit)


def _default_title(kind: str, field: str) -> str:
    if kind == "ratio":
        return _("Number that fulfils it (a)") if field == "a" else _("Total number (b)")
    if kind in ("manual", "carried"):
        return _("Points")
    return _("Number") if kind in _WHOLE_KINDS else _("Value")


def parse(leaf: Any, raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Typed text to the engine's values: (values of the fields that are filled in and readable, sentence per bad field)."""
    values, errors = {}, {}
    for field in inputs_of(leaf):
        text = (raw.get(field.name) or "").strip()
        if not text:
            continue
        try:
            values[field.name] = _value(field, text)
        except DomainError as error:
            errors[field.name] = str(error.message)
    return values, errors


def _value(field: Input, text: str) -> str:
    if field.type == "choice":
        if text not in {key for key, _label in field.choices}:
            raise Invalid(_("This choice is no longer valid. Load the page again."))
        return text
    if field.type == "date":
        return parse_day(text).isoformat()
    number = parse_whole(text) if field.type == "integer" else parse_decimal(text)
    if abs(number) > LARGEST:
        sentence = _("The number is too large: at most {most}. Check for digits typed twice.")
        raise Invalid(sentence.format(most=format_number(LARGEST)), code="ERR-NUMBER")
    return str(number) if field.type == "integer" else plain(number)


def is_complete(leaf: Any, values: Mapping[str, str]) -> bool:
    return set(leaf.rule.fields) <= set(values)


def require_valid(definition: engine.CriteriaSet, code: str, values: Mapping[str, str]) -> None:
    """The engine's own check of one line; its sentences become the product's refusal and name their fields.

    Fields that are not filled in yet are no fault here: `is_complete` tells.
    """
    try:
        engine.check_fields(definition, code, values)
    except engine.Refused as refused:
        lang, open_fields = get_language() or "vi", set(definition.leaf(code).rule.fields) - set(values)
        faults = {fault.field: fault.sentence(lang) for fault in refused.faults if fault.field not in open_fields}
        if faults:
            raise Invalid(" ".join(faults.values()), fields=faults) from refused


def is_scorable(definition: engine.CriteriaSet, code: str, values: Mapping[str, str]) -> bool:
    """Complete, and nothing in it that the rule refuses: what came in by another door than the form may be neither."""
    try:
        require_valid(definition, code, values)
    except Invalid:
        return False
    return is_complete(definition.leaf(code), values)
