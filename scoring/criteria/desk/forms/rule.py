"""The part of a criterion's form that its way of scoring asks for, made from the kind's own dataclass."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import get_language

from scoring.criteria.desk.forms.boxes import TextBox, TitleBox, box_for, default_of, shown
from scoring.criteria.desk.forms.rows import Row, Rows
from scoring.criteria.parameter_words import FIELD_WORDS, LABELLED_FIELDS, help_of, label_of
from scoring.engine.containers import ListOf
from scoring.engine.formula import FormulaFault, parse, written
from scoring.engine.jsontypes import Choice, Text
from scoring.engine.model import Input
from scoring.engine.records import REQUIRED, Record, json_keys
from scoring.engine.rules import KINDS
from scoring.engine.titles import Title


def reader_form() -> str:
    """The form of formulas in the reader's language."""
    return "en" if get_language() == "en" else "vi"


class Pair:
    """A title in two languages as two boxes, `NAME_vi` and `NAME_en`; without English it is the Vietnamese."""

    @staticmethod
    def boxes(label: Any) -> dict[str, forms.Field]:
        return {
            "title_vi": TitleBox(label=label, required=False),
            "title_en": TitleBox(label=label_of("", "en"), required=False),
        }

    @staticmethod
    def shown(title: Mapping[str, Any] | None) -> dict[str, str]:
        vi, en = (title or {}).get("vi", ""), (title or {}).get("en")
        return {"title_vi": vi, "title_en": en if en and en != vi else ""}

    @staticmethod
    def said(title: Mapping[str, Any] | None) -> str:
        """In the reader's language."""
        vi, en = (title or {}).get("vi", ""), (title or {}).get("en")
        return en if en and get_language() == "en" else vi

    @staticmethod
    def read(cleaned: Mapping[str, str]) -> dict[str, str] | None:
        vi, en = cleaned["title_vi"], cleaned["title_en"]
        return {"vi": vi or en, "en": en or vi} if vi or en else None


@cache
def rule_form(kind: str) -> type[forms.Form]:
    """The single parameters of the kind; lists are `rule_rows`."""
    boxes = {
        name: box_for(kind, name, declared.metadata["type"], declared.default)
        for name, declared in json_keys(KINDS[kind])
        if not isinstance(declared.metadata["type"], ListOf) and not _is_fixed(kind, name)
    }
    if kind == "formula":
        boxes["expression"].limit = 4000
        boxes["expression"].widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "formula-text"})
    return type("RuleForm", (forms.Form,), boxes)


def _is_fixed(kind: str, name: str) -> bool:
    """Bonus and penalty are never “not applicable”."""
    return name == "na_allowed" and KINDS[kind].is_adjustment


def lists_of(kind: str) -> Iterator[tuple[str, type]]:
    """(name, dataclass of a row) of each repeated parameter."""
    for name, declared in json_keys(KINDS[kind]):
        if isinstance(declared.metadata["type"], ListOf):
            yield name, declared.metadata["type"].kind.cls


@cache
def row_class(kind: str, record: type) -> type[Row]:
    """A row's boxes; a key of an option is kept out of sight, people name an option by its title."""
    boxes: dict[str, forms.Field] = {}
    for name, declared in json_keys(record):
        declared_type = declared.metadata["type"]
        if isinstance(declared_type, Record) and declared_type.cls is Title:
            boxes |= Pair.boxes(label_of(kind, name))
        elif name == "key":
            boxes[name] = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
        else:
            boxes[name] = box_for(kind, name, declared_type, declared.default)
    kept = tuple(
        name
        for name, box in boxes.items()
        if name != "key" and not isinstance(box, forms.ChoiceField | forms.BooleanField)
    )
    return type("RuleRow", (Row,), boxes | {"own": kept})


class FieldWords(forms.Form):
    """How the form asks for one field of the rule: title, unit, kind of number."""

    title_vi = TitleBox(required=False)
    title_en = TitleBox(label=label_of("", "en"), required=False)
    unit = TextBox(label=label_of("", "unit"), required=False, limit=60)

    def __init__(self, *args, field: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title_vi"].label = FIELD_WORDS[field]
        self.field = field
        if field == "date":
            del self.fields["unit"]
        else:
            declared = dict(json_keys(Input))["type"].metadata["type"]
            numbers = Choice(*(one for one in declared.allowed if one in ("decimal", "integer")))
            self.fields["type"] = box_for("", "type", numbers, "decimal")


class RulePart:
    """Everything that one kind asks for: parameters, rows, and the words of its fields."""

    def __init__(
        self, kind: str, rule: Mapping[str, Any], inputs: Mapping[str, Any], data=None, drop: str = "", add: str = ""
    ):
        self.kind, self.rule, self.inputs, self.tree = kind, rule, inputs, None
        self.is_bound = data is not None
        self.form = rule_form(kind)(data, prefix="rule", initial=self._initial())
        self.rows = [
            Rows(
                name, row_class(kind, record), label=label_of(kind, name), help_text=help_of(kind, name),
                items=[one | Pair.shown(one.get("title")) for one in rule.get(name, ())],
                data=data, drop=drop, add=add, at_least=0 if name in ("late", "inputs") else 2,
            )
            for name, record in lists_of(kind)
        ]  # fmt: skip
        self.fields = [
            FieldWords(data, prefix=f"inputs-{field}", field=field, initial=self._words_of(field))
            for field in LABELLED_FIELDS.get(kind, ())
        ]

    def _initial(self) -> dict[str, Any]:
        values = {
            name: self.rule.get(name, default_of(declared, declared.metadata["type"]))
            for name, declared in json_keys(KINDS[self.kind])
        }
        texts = shown(rule_form(self.kind), values)
        if self.kind == "formula":
            texts["expression"] = self._shown_formula()
        return texts

    def _shown_formula(self) -> str:
        """As the reader types it; a stored text that does not read (any more) as it is."""
        stored = self.rule.get("expression", "")
        names = [one.get("name", "") for one in self.rule.get("inputs", ())]
        try:
            return written(parse(stored, names), "vi") if stored and reader_form() == "vi" else stored
        except FormulaFault:
            return stored

    def _words_of(self, field: str) -> dict[str, Any]:
        given = self.inputs.get(field, {})
        natural = {"count": "integer", "deadline": "date"}.get(self.kind, "decimal")
        return Pair.shown(given.get("title")) | {"unit": given.get("unit", ""), "type": given.get("type", natural)}

    @property
    def parts(self) -> list:
        """Every form in it, for validity and the summary of errors."""
        return [self.form, *(row for rows in self.rows for row in rows.filled), *self.fields]

    def is_valid(self) -> bool:
        valid = not [part for part in self.parts if not part.is_valid()]
        return self._formula_reads() and valid if self.kind == "formula" and valid else valid

    def _formula_reads(self) -> bool:
        """The typed formula parses with the names of its rows; the fault carries line and character."""
        typed = self.form.cleaned_data["expression"]
        if not typed:
            return True
        try:
            self.tree = parse(typed, self.names, reader_form())
        except FormulaFault as fault:
            self.form.add_error("expression", fault.vi if reader_form() == "vi" else fault.en)
            return False
        return True

    def in_words(self, titles: Mapping[str, str]) -> str:
        """The formula with titles in the place of names and codes; empty while it does not read."""
        try:
            if self.is_bound:
                tree = self.tree if self.is_valid() else None
                titles = dict(titles) | {
                    row.cleaned_data["name"]: Pair.said(Pair.read(row.cleaned_data))
                    for rows in self.rows
                    for row in rows.filled
                    if tree and row.cleaned_data.get("name")
                }
            else:
                inputs = {
                    one["name"]: Pair.said(one.get("title")) for one in self.rule.get("inputs", ()) if "name" in one
                }
                tree = parse(self.rule.get("expression", ""), list(inputs))
                titles = dict(titles) | inputs
        except FormulaFault:
            return ""
        named = {name: f"“{title}”" for name, title in titles.items() if title}
        return written(tree, reader_form(), named) if tree else ""

    @property
    def names(self) -> list[str]:
        """Names of the formula's inputs, as far as the rows give them."""
        return [row.cleaned_data["name"] for rows in self.rows for row in rows.filled if row.cleaned_data.get("name")]

    def document(self) -> dict[str, Any]:
        """The rule as the set's document writes it; what is not decided is left out."""
        rule: dict[str, Any] = {"kind": self.kind}
        for name, declared in json_keys(KINDS[self.kind]):
            value = self.form.cleaned_data.get(name)
            if _is_fixed(self.kind, name):
                rule[name] = False
            elif name in self.form.fields and not _is_open(value, declared):
                rule[name] = value
        if "expression" in rule:
            rule["expression"] = self._stored_formula(rule["expression"])
        for rows in self.rows:
            rule[rows.name] = self._listed(rows)
        return rule

    def _stored_formula(self, typed: str) -> str:
        """In English; what was not touched stays as it is stored."""
        return self.rule["expression"] if typed == self._shown_formula() else written(self.tree)

    def _listed(self, rows: Rows) -> list[dict[str, Any]]:
        record = dict(lists_of(self.kind))[rows.name]
        listed, taken = [], {row.cleaned_data.get("key") for row in rows.filled}
        for row in rows.filled:
            item: dict[str, Any] = {}
            for name, declared in json_keys(record):
                if name == "title":
                    value = Pair.read(row.cleaned_data)
                elif name == "key":
                    value = row.cleaned_data["key"] or _free_key(taken)
                else:
                    value = row.cleaned_data[name]
                if not _is_open(value, declared):
                    item[name] = value
            listed.append(item)
        if rows.name == "late":
            listed.sort(key=lambda step: step.get("days", 0))
        return listed

    def inputs_document(self) -> dict[str, Any]:
        """Words of the fields; a field about which nothing is said is left out."""
        said = {}
        for one in self.fields:
            title, unit = Pair.read(one.cleaned_data), one.cleaned_data.get("unit", "")
            given = {"type": one.cleaned_data.get("type") or "date", "unit": unit}
            is_told = bool(title or unit or given["type"] != one.initial["type"])
            if is_told or one.field in self.inputs:
                said[one.field] = given | ({"title": title} if title else {})
        return said


def _is_open(value: Any, declared: Any) -> bool:
    """Not decided: nothing was typed, and an empty text is no value of this key."""
    if value is None:
        return True
    return value == "" and (declared.default is REQUIRED or not isinstance(declared.metadata["type"], Text))


def _free_key(taken: set[str]) -> str:
    key = next(key for n in range(1, 1000) if (key := f"k{n}") not in taken)
    taken.add(key)
    return key
