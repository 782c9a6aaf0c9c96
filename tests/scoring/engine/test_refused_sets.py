"""Every refusal of a set that the contract names, each with its place as a JSON pointer."""

import copy
import json
import unicodedata

import pytest

from scoring.engine import load_set
from scoring.engine.checks import RESULT_COLUMNS

from .builders import RULES, document, faults_of, leaf, node, one_leaf, places_of, titled

ABSENT = object()


def sample() -> dict:
    """A set that is accepted: a sum of a leaf and a weighted mean, an adjustment and two grades."""
    mean = node("N", leaf("N.1", weight="2"), leaf("N.2"), aggregate="weighted_mean")
    grades = [{"code": "a", "title": titled("A"), "from": "8"}, {"code": "b", "title": titled("B"), "from": "5"}]
    return document(node("R", leaf("L"), mean), leaf("P", "bonus"), grades=grades, tie_break=["pillar:N"])


def changed(*changes: tuple[str, object]) -> dict:
    """The sample with the value at each JSON pointer replaced, added or (ABSENT) taken away."""
    doc = copy.deepcopy(sample())
    for pointer, value in changes:
        *path, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
        target = doc
        for step in path:
            target = target[step]
        if value is ABSENT:
            del target[last]
        else:
            target[last] = value
    return doc


LEAF = "/root/children/0"
RULE = f"{LEAF}/rule"
MEAN = "/root/children/1"
BONUS = "/adjustments/0"


def ruled(kind: str, **rule) -> tuple[str, dict]:
    return (RULE, {**RULES[kind], **rule})


RATIO_NA = ruled("ratio", b_zero="na")
DEADLINE = [{"days": 10, "fraction": "1"}, {"days": 10, "fraction": "0.5"}]
TIERS = [{"min": "1", "fraction": "0"}, {"min": "1.0", "fraction": "1"}]
OPTIONS = [{"key": "x", "fraction": "1"}, {"key": "x", "fraction": "0"}]
PARTS = [{"key": "x", "fraction": "0.6"}, {"key": "y", "fraction": "0.5"}]

REFUSED = {
    "format unknown": ([("/format", "sonla-awards/criteria-set@2")], "/format"),
    "unknown key of the set": ([("/extra", 1)], "/extra"),
    "unknown key of scoring": ([("/scoring/decimals", 2)], "/scoring/decimals"),
    "unknown key of a title": ([("/title/fr", "x")], "/title/fr"),
    "unknown key of a node": ([("/root/rule", {})], "/root/rule"),
    "unknown key of a leaf": ([(f"{LEAF}/points", "1")], f"{LEAF}/points"),
    "unknown key of a rule": ([(f"{RULE}/max", "1")], f"{RULE}/max"),
    "na_allowed on a bonus": ([(f"{BONUS}/rule/na_allowed", True)], f"{BONUS}/rule/na_allowed"),
    "pointer escapes": ([("/a~b", 1)], "/a~0b"),
    "missing scoring": ([("/scoring", ABSENT)], "/scoring"),
    "missing root": ([("/root", ABSENT)], "/root"),
    "missing title in Vietnamese": ([("/title", {"en": "x"})], "/title/vi"),
    "missing max_points": ([(f"{LEAF}/max_points", ABSENT)], f"{LEAF}/max_points"),
    "missing rule": ([(f"{LEAF}/rule", ABSENT)], f"{LEAF}/rule"),
    "missing kind": ([(f"{RULE}/kind", ABSENT)], f"{RULE}/kind"),
    "missing between": ([(RULE, {k: v for k, v in RULES["ratio"].items() if k != "between"})], f"{RULE}/between"),
    "missing b_zero": ([(RULE, {k: v for k, v in RULES["ratio"].items() if k != "b_zero"})], f"{RULE}/b_zero"),
    "missing parameter": ([(RULE, {"kind": "count", "max_items": 2})], f"{RULE}/fraction_per_item"),
    "year as text": ([("/year", "2025")], "/year"),
    "year as a fraction": ([("/year", 2025.0)], "/year"),
    "year as a flag": ([("/year", True)], "/year"),
    "integer beyond 2^53": ([("/year", 2**53)], "/year"),
    "decimal as a JSON number": ([(f"{LEAF}/max_points", 10)], f"{LEAF}/max_points"),
    "decimal with an exponent": ([(f"{LEAF}/max_points", "1e1")], f"{LEAF}/max_points"),
    "decimal with a comma": ([(f"{LEAF}/max_points", "1,5")], f"{LEAF}/max_points"),
    "decimal with a plus": ([(f"{LEAF}/max_points", "+1")], f"{LEAF}/max_points"),
    "decimal without digits before the point": ([(f"{LEAF}/max_points", ".5")], f"{LEAF}/max_points"),
    "decimal in full-width digits": ([(f"{LEAF}/max_points", "１２")], f"{LEAF}/max_points"),
    "decimal of 21 digits": ([(f"{LEAF}/max_points", "1" * 21)], f"{LEAF}/max_points"),
    "decimal of 31 decimals": ([(f"{LEAF}/max_points", "0." + "1" * 31)], f"{LEAF}/max_points"),
    "decimal with a line end": ([(f"{LEAF}/max_points", "1\n")], f"{LEAF}/max_points"),
    "flag as text": ([(f"{RULE}/na_allowed", "true")], f"{RULE}/na_allowed"),
    "flag as a number": ([(f"{RULE}/na_allowed", 1)], f"{RULE}/na_allowed"),
    "title as text": ([("/title", "x")], "/title"),
    "children as an object": ([("/root/children", {})], "/root/children"),
    "null for text": ([("/source", None)], "/source"),
    "lone surrogate": ([("/source", "\ud800")], "/source"),
    "control character": ([("/source", "a\x00")], "/source"),
    "word not listed": ([("/scoring/rounding", "up")], "/scoring/rounding"),
    "direction as a flag": ([ruled("linear", direction=True)], f"{RULE}/direction"),
    "direction 0": ([ruled("linear", direction=0)], f"{RULE}/direction"),
    "date not real": ([ruled("deadline", due="2025-02-29")], f"{RULE}/due"),
    "date in another form": ([ruled("deadline", due="31/01/2025")], f"{RULE}/due"),
    "date without dashes": ([ruled("deadline", due="20250131")], f"{RULE}/due"),
    "no children": ([("/root/children", [])], "/root/children"),
    "max_points 0": ([(f"{LEAF}/max_points", "0")], f"{LEAF}/max_points"),
    "max_points negative": ([(f"{LEAF}/max_points", "-1")], f"{LEAF}/max_points"),
    "unknown kind": ([(f"{RULE}/kind", "guess")], f"{RULE}/kind"),
    "kind is no text": ([(f"{RULE}/kind", ["manual"])], f"{RULE}/kind"),
    "formula, not readable": ([(RULE, {"kind": "formula", "expression": "1 +"})], f"{RULE}/expression"),
    "formula, not of a known input": ([(RULE, {"kind": "formula", "expression": "a"})], f"{RULE}/expression"),
    "formula, not of a known criterion": ([(RULE, {"kind": "formula", "expression": "[X.9]"})], f"{RULE}/expression"),
    "formula, not of its own points": ([(RULE, {"kind": "formula", "expression": "[L]"})], f"{RULE}/expression"),
    "formula, not of an adjustment": ([(RULE, {"kind": "formula", "expression": "[P]"})], f"{RULE}/expression"),
    "formula, not with a function's name": (
        [(RULE, {"kind": "formula", "expression": "1", "inputs": [{"name": "MIN"}]})],
        f"{RULE}/inputs/0/name",
    ),
    "formula, not with an input twice": (
        [(RULE, {"kind": "formula", "expression": "a", "inputs": [{"name": "a"}, {"name": "a"}]})],
        f"{RULE}/inputs/1/name",
    ),
    "formula, not with a date": (
        [(RULE, {"kind": "formula", "expression": "a", "inputs": [{"name": "a", "type": "date"}]})],
        f"{RULE}/inputs/0/type",
    ),
    "bonus in the tree": ([ruled("bonus")], f"{RULE}/kind"),
    "penalty in the tree": ([ruled("penalty")], f"{RULE}/kind"),
    "tree rule as adjustment": ([(f"{BONUS}/rule", {"kind": "manual"})], f"{BONUS}/rule/kind"),
    "formula as adjustment": ([(f"{BONUS}/rule", {"kind": "formula"})], f"{BONUS}/rule/kind"),
    "code of other characters": ([(f"{LEAF}/code", "Mã 1")], f"{LEAF}/code"),
    "code begins with a dot": ([(f"{LEAF}/code", ".1")], f"{LEAF}/code"),
    "code too long": ([(f"{LEAF}/code", "x" * 33)], f"{LEAF}/code"),
    "code with a line end": ([(f"{LEAF}/code", "x\n")], f"{LEAF}/code"),
    "code twice in the tree": ([(f"{LEAF}/code", "N.1")], f"{MEAN}/children/0/code"),
    "code of a node and a leaf": ([(f"{LEAF}/code", "R")], f"{LEAF}/code"),
    "code of an adjustment and a leaf": ([(f"{BONUS}/code", "L")], f"{BONUS}/code"),
    "places below 0": ([("/scoring/places", -1)], "/scoring/places"),
    "places above 20": ([("/scoring/places", 21)], "/scoring/places"),
    "max_bonus negative": ([("/scoring/max_bonus", "-1")], "/scoring/max_bonus"),
    "max_penalty negative": ([("/scoring/max_penalty", "-0.5")], "/scoring/max_penalty"),
    "cap negative": ([("/scoring/cap", "-1")], "/scoring/cap"),
    "weight 0": ([(f"{MEAN}/children/0/weight", "0")], f"{MEAN}/children/0/weight"),
    "weight negative": ([(f"{MEAN}/children/0/weight", "-2")], f"{MEAN}/children/0/weight"),
    "weight under a sum": ([(f"{LEAF}/weight", "2")], f"{LEAF}/weight"),
    "weight under a mean": ([(f"{MEAN}/aggregate", "mean")], f"{MEAN}/children/0/weight"),
    "weight of the root": ([("/root/weight", "2")], "/root/weight"),
    "weight of an adjustment": ([(f"{BONUS}/weight", "2")], f"{BONUS}/weight"),
    "fraction above 1": ([ruled("boolean", yes="1.1")], f"{RULE}/yes"),
    "fraction below 0": ([ruled("boolean", no="-0.1")], f"{RULE}/no"),
    "option fraction above 1": (
        [ruled("level", options=[{"key": "x", "fraction": "2"}])],
        f"{RULE}/options/0/fraction",
    ),
    "tier fraction above 1": ([ruled("tiers", tiers=[{"min": "1", "fraction": "2"}])], f"{RULE}/tiers/0/fraction"),
    "late fraction above 1": ([ruled("deadline", late=[{"days": 1, "fraction": "2"}])], f"{RULE}/late/0/fraction"),
    "fraction per item above 1": ([ruled("count", fraction_per_item="2")], f"{RULE}/fraction_per_item"),
    "max_items as text": ([ruled("count", max_items="2")], f"{RULE}/max_items"),
    "max_items 0": ([ruled("count", max_items=0)], f"{RULE}/max_items"),
    "parts above 1 in all": ([ruled("level", combine="sum", options=PARTS)], f"{RULE}/options"),
    "no options": ([ruled("level", options=[])], f"{RULE}/options"),
    "option key twice": ([ruled("level", options=OPTIONS)], f"{RULE}/options/1/key"),
    "zero_below above full_at": ([ruled("ratio", zero_below="81")], f"{RULE}/zero_below"),
    "full_at 0": ([ruled("ratio", full_at="0", zero_below="0")], f"{RULE}/full_at"),
    "full_at above 100": ([ruled("ratio", full_at="100.5")], f"{RULE}/full_at"),
    "b_zero na without na_allowed": ([RATIO_NA], f"{RULE}/b_zero"),
    "tier min twice": ([ruled("tiers", tiers=TIERS)], f"{RULE}/tiers/1/min"),
    "late days do not rise": ([ruled("deadline", late=DEADLINE)], f"{RULE}/late/1/days"),
    "late days 0": ([ruled("deadline", late=[{"days": 0, "fraction": "1"}])], f"{RULE}/late/0/days"),
    "low equals high": ([ruled("linear", low="100")], f"{RULE}/low"),
    "ln of a low that is 0": ([ruled("linear", transform="ln")], f"{RULE}/low"),
    "per_item_points negative": ([(f"{BONUS}/rule/per_item_points", "-1")], f"{BONUS}/rule/per_item_points"),
    "grade code twice": ([("/grades/1/code", "a")], "/grades/1/code"),
    "grade from twice": ([("/grades/1/from", "8.0")], "/grades/1/from"),
    "tie_break of a leaf": ([("/scoring/tie_break", ["pillar:L"])], "/scoring/tie_break/0"),
    "tie_break of nothing": ([("/scoring/tie_break", ["submitted_at", "later"])], "/scoring/tie_break/1"),
    "more decimals than places": (
        [("/scoring/round_at", "leaf"), (f"{LEAF}/max_points", "1.125")],
        f"{LEAF}/max_points",
    ),
    "adjustment of more decimals": (
        [("/scoring/round_at", "leaf"), (f"{BONUS}/max_points", "0.001")],
        f"{BONUS}/max_points",
    ),
    "max_points of a node differs": ([("/root/max_points", "21")], "/root/max_points"),
    "input of no field": ([(f"{LEAF}/inputs", {"a": {}})], f"{LEAF}/inputs/a"),
    "input of another type": ([(f"{LEAF}/inputs", {"points": {"type": "date"}})], f"{LEAF}/inputs/points/type"),
    "evidence of another type": ([(f"{LEAF}/evidence", {"required": "yes"})], f"{LEAF}/evidence/required"),
    "provenance not listed": ([(f"{LEAF}/provenance", "sure")], f"{LEAF}/provenance"),
}


def test_the_sample_itself_is_accepted():
    assert faults_of(lambda: load_set(json.dumps(sample()))) == ()


@pytest.mark.parametrize("name", REFUSED)
def test_set_is_refused_at_its_place(name):
    changes, pointer = REFUSED[name]
    data = json.dumps(changed(*changes))

    faults = faults_of(lambda: load_set(data, place="set.json"))

    assert [fault.place for fault in faults] == [f"set.json:{pointer}"]
    assert faults[0].vi != faults[0].en
    assert all(sentence.endswith((".", "…")) for sentence in (faults[0].vi, faults[0].en))


@pytest.mark.parametrize("column", RESULT_COLUMNS)
def test_code_may_not_be_a_result_column(column):
    data = json.dumps(changed((f"{LEAF}/code", column)))

    assert places_of(lambda: load_set(data)) == [f"set:{LEAF}/code"]


ACCEPTED = {
    "max_points with zeros behind": [("/scoring/round_at", "leaf"), (f"{LEAF}/max_points", "1.500")],
    "computed maximum given": [("/root/max_points", "20.0"), (f"{MEAN}/max_points", "10")],
    "maximum under geometric_mean": [(f"{MEAN}/aggregate", "geometric_mean"), (f"{MEAN}/max_points", "3")],
    "tie_break by the root": [("/scoring/tie_break", ["pillar:R", "submitted_at"])],
    "zero_below equals full_at": [ruled("ratio", zero_below="80")],
    "null limits": [("/scoring/cap", None), ("/scoring/max_bonus", None), (f"{LEAF}/provenance", None)],
    "empty adjustments": [("/adjustments", [])],
    "longest code": [(f"{LEAF}/code", "x" * 32)],
    "weight 1 under a sum": [(f"{LEAF}/weight", "1.0")],
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_set_at_the_edge_is_accepted(name):
    assert faults_of(lambda: load_set(json.dumps(changed(*ACCEPTED[name])))) == ()


def test_all_faults_are_collected_in_one_go():
    doc = changed(("/year", "x"), (f"{LEAF}/max_points", "0"), (f"{BONUS}/code", "?"), ("/scoring/places", 99))

    places = places_of(lambda: load_set(json.dumps(doc)))

    assert sorted(places) == [
        f"set:{BONUS}/code",
        f"set:{LEAF}/max_points",
        "set:/scoring/places",
        "set:/year",
    ]


def test_root_that_is_a_leaf_is_refused():
    data = json.dumps(changed(("/root", leaf("L"))))

    assert places_of(lambda: load_set(data)) == ["set:/root/rule", "set:/root/children"]


BROKEN = {
    "not JSON": (b'{"a": ]', "set:1:7"),
    "empty": (b"", "set:1:1"),
    "cut": (b'{"format":\n "son', "set:2:2"),
    "cut between": (b'{"format": "x",', "set:1:16"),
    "BOM": (b'\xef\xbb\xbf{"a": 1}', "set:1:1"),
    "not UTF-8": (b'{\n"a": "\xff"}', "set:2:7"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "set:1:1"),
    "a list": (b"[]", "set:1:1"),
    "a number": (b"1", "set:1:1"),
    "NaN": (b"NaN", "set:1:1"),
    "two documents": (b"{} {}", "set:1:4"),
    "duplicate key": (b'{"code": "a", "scoring": {"places": 1, "places": 2}}', "set:/scoring/places"),
    "duplicate key in a list": (b'{"grades": [{}, {"code": "a", "code": "a"}]}', "set:/grades/1/code"),
    "deep": (b"[" * 100_000, "set:1:1"),
    "deep and whole": (b"[" * 500 + b"]" * 500, "set:1:1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_refused_in_a_sentence(name):
    data, place = BROKEN[name]

    assert places_of(lambda: load_set(data)) == [place]


def test_enormous_number_is_refused_at_its_place():
    data = json.dumps(sample()).replace('"year": 2025', '"year": ' + "9" * 100_000)

    assert places_of(lambda: load_set(data)) == ["set:/year"]


def test_a_file_of_16_mb_is_read_and_one_byte_more_is_refused_in_a_sentence():
    data = json.dumps(sample()).encode().ljust(16 * 2**20)

    assert faults_of(lambda: load_set(data)) == ()
    (fault,) = faults_of(lambda: load_set(data + b" "))
    assert (fault.place, "above 16 MB" in fault.en) == ("set:1:1", True)


def test_nodes_nested_sixty_deep_are_read_and_a_hundred_are_refused():
    def nested(depth: int) -> str:
        root = leaf("L")
        for level in range(depth):
            root = node(f"N{level}", root)
        return json.dumps(document(root))

    assert faults_of(lambda: load_set(nested(60))) == ()
    assert places_of(lambda: load_set(nested(100))) == ["set:1:1"]


def test_a_list_130_deep_is_only_no_set_and_one_deeper_is_too_deep():
    (edge,), (beyond,) = (faults_of(lambda n=n: load_set(b"[" * n + b"]" * n)) for n in (130, 131))

    assert ("too deeply" in edge.en, "too deeply" in beyond.en) == (False, True)


def test_keys_of_options_are_compared_in_composed_form():
    options = [{"key": unicodedata.normalize(form, "tỉnh"), "fraction": "1"} for form in ("NFC", "NFD")]

    assert places_of(lambda: one_leaf("level", rule={"options": options})) == [
        "set:/root/children/0/rule/options/1/key"
    ]
