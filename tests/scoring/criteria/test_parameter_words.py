"""A kind of rule that the engine knows has its words on the builder's forms."""

import pytest

from scoring.criteria.desk.forms.rule import lists_of, row_class, rule_form
from scoring.criteria.parameter_words import EXPLAINED, HELP, KINDS, LABELLED_FIELDS, LABELS, label_of
from scoring.engine.records import json_keys
from scoring.engine.rules import KINDS as KNOWN
from tests.scoring.criteria.drafts import RULES


def test_every_kind_is_offered_explained_and_tried():
    assert set(KINDS) == set(EXPLAINED) == set(KNOWN) == set(RULES)


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_every_parameter_has_a_name_of_its_own(kind):
    """No box is labelled with the engine's word."""
    boxes = {**rule_form(kind).base_fields}
    for _name, record in lists_of(kind):
        boxes |= row_class(kind, record).base_fields
    assert {name for name, box in boxes.items() if name != "key" and str(box.label or name) == name} == set()
    for name, record in lists_of(kind):
        assert str(label_of(kind, name)) != name
        assert record


@pytest.mark.parametrize("kind", sorted(set(KNOWN) - {"boolean", "level", "formula"}))
def test_fields_with_words_are_the_kinds_own(kind):
    rule = KNOWN[kind](**{field.name: 0 for _name, field in json_keys(KNOWN[kind])})
    assert rule.fields == LABELLED_FIELDS[kind]


def test_no_word_is_left_over():
    known = {name for kind in KNOWN.values() for name, _field in json_keys(kind)}
    rows = {name for kind in KNOWN for _list, record in lists_of(kind) for name, _field in json_keys(record)}
    for words in (LABELS, HELP):
        special = {name for key in words if isinstance(key, tuple) and key[0] != "set" for name in key[1:]}
        assert special <= known | rows
