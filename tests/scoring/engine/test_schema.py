"""The JSON Schema shipped with the engine says what the engine reads: same keys, same defaults, same refusals."""

import dataclasses
import json
from pathlib import Path

import pytest

import scoring.engine
from scoring.engine.model import Adjustment, CriteriaSet, Evidence, Grade, Input, Leaf, Node, Scoring
from scoring.engine.records import REQUIRED, json_keys
from scoring.engine.rules import KINDS
from scoring.engine.rules.deadline import LateStep
from scoring.engine.rules.level import Option
from scoring.engine.rules.tiers import Tier

from .builders import GOLDEN, PROJECT, SETS
from .test_refused_sets import ACCEPTED, REFUSED, changed

SCHEMA = json.loads(Path(scoring.engine.__file__).with_name("criteria-set.schema.json").read_text("utf-8"))
DEFS = SCHEMA["$defs"]
SETS_SHIPPED = sorted([*GOLDEN.rglob("*.set.json"), *SETS.glob("*.json"), *(PROJECT / "data/criteria").glob("*.json")])

OBJECTS = {
    "set": (CriteriaSet, SCHEMA),
    "scoring": (Scoring, DEFS["scoring"]),
    "grade": (Grade, SCHEMA["properties"]["grades"]["items"]),
    "node": (Node, DEFS["node"]),
    "leaf": (Leaf, DEFS["leaf"]),
    "adjustment": (Adjustment, DEFS["adjustment"]),
    "input": (Input, DEFS["leaf"]["properties"]["inputs"]["additionalProperties"]),
    "evidence": (Evidence, DEFS["leaf"]["properties"]["evidence"]),
    "option": (Option, DEFS["rule_level"]["properties"]["options"]["items"]),
    "tier": (Tier, DEFS["rule_tiers"]["properties"]["tiers"]["items"]),
    "late step": (LateStep, DEFS["rule_deadline"]["properties"]["late"]["items"]),
    **{kind: (rule, DEFS[f"rule_{kind}"]) for kind, rule in KINDS.items()},
}


@pytest.mark.parametrize("name", OBJECTS)
def test_schema_has_the_keys_and_defaults_that_the_engine_reads(name):
    cls, schema = OBJECTS[name]
    keys = dict(json_keys(cls))
    kind = {"kind"} if name in KINDS else set()

    assert set(schema["properties"]) == set(keys) | kind
    assert schema["additionalProperties"] is False
    for key, field in keys.items():
        needed = field.default is REQUIRED and field.default_factory is REQUIRED
        assert (key in schema["required"]) == needed, key
        if not needed and not field.metadata["omit"]:
            default = field.default_factory() if field.default is dataclasses.MISSING else field.default
            assert schema["properties"][key]["default"] == field.metadata["type"].write(default), key


def test_schema_knows_every_rule_kind():
    assert sorted(name for name in DEFS if name.startswith("rule_")) == sorted(f"rule_{k}" for k in KINDS)


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("path", SETS_SHIPPED, ids=lambda path: path.name)
def test_schema_accepts_every_set_shipped(validator, path):
    assert [error.message for error in validator.iter_errors(json.loads(path.read_bytes()))] == []


@pytest.mark.parametrize("name", ACCEPTED)
def test_schema_accepts_what_the_engine_accepts(validator, name):
    assert [error.message for error in validator.iter_errors(changed(*ACCEPTED[name]))] == []


# What a schema can not see: other lines, sums, comparisons, calendars, encodings, and a number such as 2025.0.
BEYOND = (
    "code of", "code twice in the tree", "weight of", "weight under", "parts above", "option key twice", "zero_below above",
    "b_zero na", "tier min", "late days do not", "low equals", "ln of", "grade", "tie_break of a leaf", "more decimals",
    "adjustment of more", "max_points of a node", "input of", "date not real", "lone", "control", "year as a fraction",
    "formula, not", "decimal with a line end", "code with a line end",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in REFUSED if not name.startswith(BEYOND)])
def test_schema_refuses_what_one_place_shows(validator, name):
    assert not validator.is_valid(changed(*REFUSED[name][0]))
