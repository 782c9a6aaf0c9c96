"""Published indices recomputed: UNDP's HDI and Vietnam's provincial DTI."""

import csv
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.engine import GroupEntry, load_set, score

from .builders import ORACLES, SETS


def rows_of(name: str) -> list[dict[str, str]]:
    with (ORACLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def hdi():
    columns = {"LE": "life_expectancy", "EYS": "expected_schooling", "MYS": "mean_schooling", "GNI": "gni_per_capita"}
    rows = rows_of("oracle_hdi_2021_2023.csv")
    values, groups = {}, {}
    for row in rows:
        unit = f"{row['iso3']} {row['year']}"
        values[unit] = {code: {"value": row[column]} for code, column in columns.items()}
        groups[unit] = GroupEntry(row["year"], "")
    results = score(load_set((SETS / "hdi.set.json").read_bytes()), values, groups)
    return rows, results.by_unit


def test_hdi_values_equal_all_578_published(hdi):
    rows, computed = hdi

    wrong = [row for row in rows if computed[f"{row['iso3']} {row['year']}"].total != Decimal(row["hdi"])]

    assert (len(rows), wrong) == (578, [])


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_hdi_ranks_equal_all_193_published(hdi, year):
    rows, computed = hdi
    published = {row["iso3"]: int(row["rank"]) for row in rows if row["year"] == year}

    ranks = {iso3: computed[f"{iso3} {year}"].rank for iso3 in published}

    assert len(published) == 193
    assert ranks == published


def test_dti_2022_totals_are_within_a_ten_thousandth_of_the_published():
    criteria_set = load_set((SETS / "dti-2022.set.json").read_bytes())
    codes = [leaf.code for leaf in criteria_set.leaves]
    complete = [row for row in rows_of("oracle_dti_2022_partial.csv") if all(row[code] for code in codes)]
    values = {row["province"]: {code: {"value": row[code]} for code in codes} for row in complete}

    results = score(criteria_set, values).by_unit

    assert len(complete) == 5
    for row in complete:
        result = results[row["province"]]
        assert abs(result.total_exact - Fraction(row["pdti"])) <= Fraction("0.0001")
        assert result.rank == int(row["rank"])
