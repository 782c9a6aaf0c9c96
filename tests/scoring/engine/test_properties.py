"""What must hold for every set and every answer, tried on generated ones."""

import json
import re
from fractions import Fraction
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.engine import (
    GroupEntry,
    canonical_bytes,
    identity,
    load_set,
    read_groups,
    read_values,
    recompute,
    score,
    score_line,
    to_document,
    write_groups,
    write_results,
    write_values,
)
from scoring.engine.ranking import competition_ranks

from .builders import RULES, document, faults_of, leaf, loaded, manual_results, node, one_leaf, places_of

# Deadlines off: a slow machine is not a wrong result. Derandomised: the same commit always gives the same answer.
tried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

TREE_KINDS = sorted(set(RULES) - {"bonus", "penalty"})
hundredths = st.integers(0, 1000).map(lambda units: f"{units // 100}.{units % 100:02}")
scorings = st.fixed_dictionaries(
    {},
    optional={
        "places": st.integers(2, 6),
        "rounding": st.sampled_from(["half_up", "half_even", "down"]),
        "round_at": st.sampled_from(["leaf", "total"]),
        "rank_on": st.sampled_from(["rounded", "exact"]),
        "not_applicable": st.sampled_from(["renormalise", "full", "zero"]),
        "missing": st.sampled_from(["zero", "unranked"]),
        "tie_break": st.lists(st.sampled_from(["submitted_at", "pillar:R", "pillar:N"]), max_size=2, unique=True),
        "max_bonus": hundredths,
        "max_penalty": hundredths,
    },
)
AGGREGATES = ["sum", "mean", "weighted_mean", "geometric_mean"]


@st.composite
def answers(draw, kind: str):
    """An accepted answer of the sample rule of `kind`: missing, not applicable, set by an appraiser or declared."""
    how = draw(st.sampled_from(["declared"] * 5 + ["missing", "na", "set"]))
    if how == "missing":
        return {}
    if how == "set":
        return {"appraised_points": draw(hundredths)}
    if how == "na" and kind in TREE_KINDS:
        return {"na": "approved"}
    whole = st.integers(0, 130)
    if kind == "formula":
        return {"a": str(draw(whole)), "b": str(draw(st.integers(1, 130)))}
    if kind == "ratio":
        b = draw(whole)
        return {"a": str(draw(st.integers(0, b))), "b": str(b)}
    return {
        "boolean": lambda: {"value": draw(st.sampled_from(["yes", "no"]))},
        "level": lambda: {"option": draw(st.sampled_from(["high", "low"]))},
        "deadline": lambda: {"date": draw(st.dates()).isoformat()},
        "manual": lambda: {"points": draw(hundredths)},
        "carried": lambda: {"points": draw(hundredths)},
    }.get(kind, lambda: {"value": str(draw(whole))})()


@st.composite
def cases(draw):
    """(criteria set, values, groups): a root over a node and leaves of drawn kinds, and up to six units."""
    kinds = draw(st.lists(st.sampled_from(TREE_KINDS), min_size=2, max_size=5))
    leaves = [leaf(f"L{n}", kind, rule={"na_allowed": True}) for n, kind in enumerate(kinds)]
    for before, one in zip(leaves, leaves[1:], strict=False):
        if one["rule"]["kind"] == "formula" and draw(st.booleans()):
            one["rule"]["expression"] = f"[{before['code']}] / 3 + a / b"
    split = draw(st.integers(1, len(leaves) - 1))
    inner = node("N", *leaves[:split], aggregate=draw(st.sampled_from(AGGREGATES)))
    root = node("R", inner, *leaves[split:], aggregate=draw(st.sampled_from(AGGREGATES)))
    adjustments = [leaf("B", "bonus"), leaf("P", "penalty")] if draw(st.booleans()) else []
    criteria_set = loaded(document(root, *adjustments, **draw(scorings)))
    units = draw(st.lists(st.text('abcĐ,"; \n', min_size=1, max_size=3), min_size=1, max_size=6, unique=True))
    values, groups = {}, {}
    for unit in units:
        found = {line.code: draw(answers(line.rule.kind)) for line in criteria_set.lines}
        values[unit] = {code: fields for code, fields in found.items() if fields}
        stamp = draw(st.sampled_from(["", "2025-12-05T09:00:00+07:00", "2025-12-05T03:00:00Z"]))
        groups[unit] = GroupEntry(draw(st.sampled_from(["g", "h"])), stamp)
    return criteria_set, {unit: lines for unit, lines in values.items() if lines}, groups


@tried
@given(cases(), st.randoms())
def test_order_of_input_never_matters(case, random):
    criteria_set, values, groups = case

    def shuffled(mapping):
        items = list(mapping.items())
        random.shuffle(items)
        return dict(items)

    mixed = shuffled({unit: shuffled(lines) for unit, lines in values.items()})

    assert write_results(score(criteria_set, mixed, shuffled(groups))) == write_results(
        score(criteria_set, values, groups)
    )


@tried
@given(cases())
def test_files_and_mappings_give_the_same_results(case):
    criteria_set, values, groups = case

    from_files = score(
        load_set(canonical_bytes(criteria_set)), read_values(write_values(values)), read_groups(write_groups(groups))
    )

    assert write_results(from_files) == write_results(score(criteria_set, values, groups))
    assert identity(from_files.criteria_set) == identity(criteria_set)


@tried
@given(cases())
def test_recomputing_a_printed_trace_gives_the_printed_points(case):
    criteria_set, values, groups = case

    for row in score(criteria_set, values, groups).rows:
        for line in row.lines.values():
            assert recompute(criteria_set, json.loads(json.dumps(line.trace))) == line.points
            assert line.sentence("vi").endswith(".")
            assert line.sentence("en").endswith(".")
        assert row.total_sentence("vi").endswith(".")
        assert all(row.node_sentence(code, "en").endswith(".") for code in row.nodes)
        json.dumps([row.total_trace, *(row.node_trace(code) for code in row.nodes)])


@tried
@given(cases())
def test_points_lie_between_zero_and_the_maximum(case):
    criteria_set, values, groups = case

    for row in score(criteria_set, values, groups).rows:
        for line in row.lines.values():
            assert line.exact is None or 0 <= line.exact <= line.max_points
        for seen in row.node_values.values():
            assert seen.value is None or 0 <= seen.value <= seen.applicable_max


@tried
@given(cases())
def test_ranks_follow_totals_and_equal_totals_without_steps_share_them(case):
    criteria_set, values, groups = case
    exact = criteria_set.scoring.rank_on == "exact"

    rows = score(criteria_set, values, groups).rows

    ranked = [row for row in rows if row.rank is not None]
    for one in ranked:
        total = one.total_exact if exact else one.total
        others = [row for row in ranked if row.group == one.group]
        better = sum((row.total_exact if exact else row.total) > total for row in others)
        level = sum((row.total_exact if exact else row.total) == total for row in others)
        assert better < one.rank <= better + level
        assert (one.tie_break == "") == (level == 1)
        if not criteria_set.scoring.tie_break:
            assert one.rank == better + 1
    assert all(row.total is None for row in rows if row.rank is None)


@tried
@given(
    st.dictionaries(st.sampled_from("uvwxyz"), st.dictionaries(st.sampled_from("ABC"), hundredths), min_size=2),
    st.sampled_from(AGGREGATES),
    st.sampled_from(["rounded", "exact"]),
    st.data(),
)
def test_more_points_never_lower_a_rank(points, aggregate, rank_on, data):
    root = node("R", node("N", leaf("A"), leaf("B"), aggregate=aggregate), leaf("C"), aggregate=aggregate)
    criteria_set = loaded(document(root, rank_on=rank_on, tie_break=["pillar:N"]))
    unit = data.draw(st.sampled_from(sorted(points)))
    code = data.draw(st.sampled_from("ABC"))
    had = points[unit].get(code, "0")
    more = data.draw(hundredths.filter(lambda text: Fraction(text) >= Fraction(had)))

    before = manual_results(criteria_set, points).by_unit[unit]
    after = manual_results(criteria_set, {**points, unit: {**points[unit], code: more}}).by_unit[unit]

    # A line outside the pillar can not lose its place either: the total rises or stays, and so does the pillar.
    assert after.rank <= before.rank
    assert after.total_exact >= before.total_exact


@tried
@given(st.lists(hundredths, min_size=3, max_size=3), st.sampled_from(["half_up", "half_even", "down"]))
def test_printed_lines_add_up_with_leaf_rounding(points, mode):
    rule = {"kind": "linear", "low": "0", "high": "30"}
    root = node("R", node("N", leaf("A", "linear", rule=rule), leaf("B", "linear", rule=rule)), leaf("C"))
    criteria_set = loaded(document(root, round_at="leaf", rounding=mode))
    fields = {code: {"value" if code != "C" else "points": text} for code, text in zip("ABC", points, strict=True)}

    row = score(criteria_set, {"u": fields}).rows[0]

    assert row.nodes["N"] == row.lines["A"].points + row.lines["B"].points
    assert row.nodes["R"] == row.nodes["N"] + row.lines["C"].points == row.total


@tried
@given(cases())
def test_unit_for_which_nothing_applies_has_no_rank(case):
    criteria_set, values, groups = case
    doc = to_document(criteria_set)
    doc["scoring"]["not_applicable"] = "renormalise"
    values = {**values, "none": {line.code: {"na": "approved"} for line in criteria_set.leaves}}

    row = score(loaded(doc), values, {**groups, "none": GroupEntry("g", "")}).by_unit["none"]

    assert (row.rank, row.total, row.base_exact, row.grade) == (None, None, None, "")
    assert set(row.nodes.values()) == {None}


keys = st.tuples(st.integers(0, 2), st.integers(0, 2))


@tried
@given(st.lists(st.tuples(st.integers(0, 2), keys), min_size=1, max_size=8))
def test_ranks_and_tie_breaks_equal_their_definition(drawn):
    totals = {f"u{n}": Fraction(total) for n, (total, _) in enumerate(drawn)}
    tie_keys = {f"u{n}": [(0, value) for value in pair] for n, (_, pair) in enumerate(drawn)}
    steps = ["first", "second"]

    standings = competition_ranks(totals, tie_keys, steps)

    for unit in totals:
        mine = (-totals[unit], tie_keys[unit])
        assert standings[unit].rank == 1 + sum((-totals[other], tie_keys[other]) < mine for other in totals)
        tied = [other for other in totals if other != unit and totals[other] == totals[unit]]
        needed = [next((n for n in range(2) if tie_keys[other][n] != tie_keys[unit][n]), None) for other in tied]
        if not tied:
            expected = ""
        elif None in needed:
            expected = "="
        else:
            expected = steps[max(needed)]
        assert standings[unit].tie_break == expected


PIECES = [b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"1", b"\xff", b"\x00", b"1e9", b'"\\ud800"', b"\xcc\x80"]


@tried
@given(st.data())
def test_mutilated_set_is_read_or_refused_never_crashes(data):
    whole = json.dumps(document(node("R", *(leaf(f"L{n}", kind) for n, kind in enumerate(TREE_KINDS))))).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    mutilated = whole[:start] + data.draw(st.sampled_from([*PIECES, b""])) + whole[end:]

    faults = faults_of(lambda: load_set(mutilated))

    assert all(fault.place and fault.vi and fault.en for fault in faults)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@tried
@given(st.data(), json_values)
def test_any_json_in_any_place_is_read_or_refused_never_crashes(data, value):
    doc = document(node("R", *(leaf(f"L{n}", kind) for n, kind in enumerate(TREE_KINDS))), leaf("B", "bonus"))
    target = doc
    while True:
        key = data.draw(st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target))))
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = value

    places = places_of(lambda: load_set(json.dumps(doc)))

    assert all(place.startswith("set:") for place in places)


@tried
@given(st.binary(max_size=80) | st.text('unit,criterion,field,value\n"\r ', max_size=80).map(str.encode))
def test_any_table_is_read_or_refused_never_crashes(body):
    for head in (b"", b"unit,criterion,field,value\n", b"unit,group,submitted_at\n"):
        places = [place for reader in (read_values, read_groups) for place in places_of(partial(reader, head + body))]

        assert all(re.fullmatch(r"(values|groups):[0-9]+:[0-9]+", place) for place in places)


@tried
@given(st.sampled_from(sorted(RULES)), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3))
def test_any_fields_are_scored_or_refused_never_crash(kind, drawn):
    criteria_set, code = one_leaf(kind), "P" if kind in ("bonus", "penalty") else "L"
    known = criteria_set.leaf(code).rule.fields

    for fields in (drawn, dict(zip(known, drawn.values(), strict=False))):
        faults = faults_of(lambda given=fields: score_line(criteria_set, code, given).sentence("vi"))

        assert all(fault.place == f"{code}/{fault.field}" for fault in faults)
