"""Ranks, ties, the step that broke them, grades, order of rows."""

from decimal import Decimal

from scoring.engine import GroupEntry, natural_key, write_results

from .builders import document, leaf, loaded, manual_results, node, titled


def pillars(**scoring):
    root = node("R", node("N", leaf("A"), leaf("B")), node("M", leaf("C")))
    return loaded(document(root, **scoring))


def standing(results) -> dict[str, tuple]:
    return {row.unit: (row.rank, row.tie_break) for row in results.rows}


def test_equal_totals_share_a_competition_rank():
    points = {"u": {"A": "5"}, "v": {"B": "5"}, "w": {"A": "9"}, "x": {"A": "1"}}

    assert standing(manual_results(pillars(), points)) == {"w": (1, ""), "u": (2, "="), "v": (2, "="), "x": (4, "")}


def test_pillar_breaks_a_tie():
    points = {"u": {"A": "5", "C": "1"}, "v": {"A": "4", "C": "2"}, "w": {"A": "5", "C": "1"}}

    results = manual_results(pillars(tie_break=["pillar:M"]), points)

    assert standing(results) == {"v": (1, "pillar:M"), "u": (2, "="), "w": (2, "=")}


def test_time_breaks_a_tie_in_instants_and_an_empty_one_comes_last():
    groups = {
        "early": GroupEntry("g", "2025-12-05T01:00:00+00:00"),
        "same": GroupEntry("g", "2025-12-05T08:00:00+07:00"),
        "west": GroupEntry("g", "2025-12-04T20:15:00-04:45"),
        "late": GroupEntry("g", "2025-12-05T08:00:01+07:00"),
        "never": GroupEntry("g", ""),
    }
    points = {unit: {"A": "5"} for unit in groups}

    results = manual_results(pillars(tie_break=["submitted_at"]), points, groups)

    assert standing(results) == {
        "early": (1, "="),
        "same": (1, "="),
        "west": (1, "="),
        "late": (4, "submitted_at"),
        "never": (5, "submitted_at"),
    }


def test_tie_break_names_the_deepest_step_that_was_needed():
    groups = {unit: GroupEntry("g", f"2025-12-0{day}T08:00:00Z") for day, unit in enumerate("uvw", 1)}
    points = {"u": {"A": "5", "C": "1"}, "v": {"A": "5", "C": "1"}, "w": {"A": "4", "C": "2"}}

    results = manual_results(pillars(tie_break=["pillar:M", "submitted_at"]), points, groups)

    assert standing(results) == {"w": (1, "pillar:M"), "u": (2, "submitted_at"), "v": (3, "submitted_at")}


def test_pillar_without_a_value_comes_last():
    root = node("R", leaf("A"), node("M", leaf("C", rule={"na_allowed": True})), aggregate="mean")
    points = {"u": {"A": "5", "C": "na"}, "v": {"A": "5", "C": "5"}}

    results = manual_results(loaded(document(root, tie_break=["pillar:M"])), points)

    assert standing(results) == {"v": (1, "pillar:M"), "u": (2, "pillar:M")}


def test_pillar_compares_its_printed_column_not_its_rescaled_value():
    pillar = node("M", leaf("C", rule={"na_allowed": True}), leaf("D"))
    criteria_set = loaded(document(node("R", pillar, leaf("A"), aggregate="mean"), tie_break=["pillar:M"]))
    points = {"scaled": {"C": "na", "D": "5", "A": "4"}, "raw": {"C": "4", "D": "5", "A": "5"}}

    results = manual_results(criteria_set, points)

    assert {row.unit: row.nodes["M"] for row in results.rows} == {"scaled": Decimal("5.00"), "raw": Decimal("9.00")}
    assert standing(results) == {"raw": (1, "pillar:M"), "scaled": (2, "pillar:M")}


def test_rounded_totals_tie_where_exact_ones_do_not():
    points = {"u": {"A": "5.001"}, "v": {"A": "5.004"}}

    assert standing(manual_results(pillars(), points)) == {"u": (1, "="), "v": (1, "=")}
    assert standing(manual_results(pillars(rank_on="exact"), points)) == {"v": (1, ""), "u": (2, "")}


def test_pillar_is_compared_rounded_where_ranks_are():
    points = {"u": {"A": "5", "C": "1.001"}, "v": {"A": "4.999", "C": "1.002"}}
    steps = ["pillar:M"]

    assert standing(manual_results(pillars(tie_break=steps), points)) == {"u": (1, "="), "v": (1, "=")}
    exact = manual_results(pillars(tie_break=steps, rank_on="exact"), points)
    assert standing(exact) == {"v": (1, "pillar:M"), "u": (2, "pillar:M")}


def test_groups_are_ranked_apart_and_rows_sorted_by_code_point():
    groups = {"b": GroupEntry("Y", ""), "a": GroupEntry("Y", ""), "Z": GroupEntry("Y", ""), "m": GroupEntry("É", "")}
    points = {"a": {"A": "1"}, "b": {"A": "1"}, "Z": {"A": "1"}, "m": {"A": "0"}}

    results = manual_results(pillars(missing="zero"), points, groups)

    assert [(row.group, row.rank, row.unit) for row in results.rows] == [
        ("Y", 1, "Z"),
        ("Y", 1, "a"),
        ("Y", 1, "b"),
        ("É", 1, "m"),
    ]


def test_unranked_units_stand_last_in_their_group_and_break_no_tie():
    points = {"a": {"A": "1"}, "u": {"A": "1", "B": "1", "C": "1"}}

    results = manual_results(pillars(missing="unranked"), points)

    assert [(row.unit, row.rank, row.tie_break) for row in results.rows] == [("u", 1, ""), ("a", None, "")]


def test_unit_of_the_groups_without_values_is_missing_everywhere():
    row = manual_results(pillars(), {}, {"u": GroupEntry("g", "")}).rows[0]

    assert (row.missing, row.total, row.rank) == (("A", "B", "C"), Decimal("0.00"), 1)


def test_grade_is_the_highest_band_reached():
    grades = [
        {"code": code, "title": titled(code), "from": start} for code, start in [("c", "2"), ("a", "8"), ("b", "5")]
    ]
    criteria_set = loaded(document(node("R", leaf("A")), grades=grades))
    points = {"p": {"A": "8"}, "q": {"A": "7.995"}, "r": {"A": "7.99"}, "s": {"A": "1.99"}}

    graded = {row.unit: row.grade for row in manual_results(criteria_set, points).rows}

    assert graded == {"p": "a", "q": "a", "r": "b", "s": ""}


def test_results_are_quoted_only_where_needed():
    results = manual_results(pillars(), {'a, "b"': {"A": "1"}}, {'a, "b"': GroupEntry("một cụm", "")})

    lines = write_results(results).decode().split("\n")

    assert lines[0].endswith("bonus,penalty,R,N,M")
    assert lines[1] == '"a, ""b""",một cụm,1,1,1.00,1,,,B;C,,0.00,0.00,1.00,1.00,0.00'


def test_codes_sort_naturally():
    assert sorted(["4.10", "4.2", "4", "B1", "10"], key=natural_key) == ["4", "4.2", "4.10", "10", "B1"]
