"""The shipped example sets give their shipped results, byte for byte, and stay apart from the reference sets."""

import csv
import io
from decimal import Decimal

import pytest

from scoring.engine import load_set, read_values, score, write_results
from sonla_awards.management.commands.start import REFERENCE_SETS
from sonla_awards.sample import seed

from .builders import ORACLES, PROJECT, SETS

NAMES = sorted(path.name.removesuffix(".set.json") for path in SETS.glob("*.set.json"))


def parts(name: str):
    return load_set((SETS / f"{name}.set.json").read_bytes()), read_values((SETS / f"{name}.values.csv").read_bytes())


def results(name: str) -> dict[str, dict[str, str]]:
    text = (SETS / f"{name}.results.csv").read_text("utf-8")
    return {row["unit"]: row for row in csv.DictReader(io.StringIO(text))}


def test_there_are_the_four_that_the_readme_describes():
    readme = (SETS / "README.md").read_text("utf-8")

    assert NAMES == ["dti-2022", "hdi", "index-walkthrough", "par-index"]
    assert all(f"| `{name}` |" in readme for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_its_results_byte_for_byte(name):
    assert write_results(score(*parts(name))) == (SETS / f"{name}.results.csv").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_every_criterion_of_an_example_says_where_it_comes_from(name):
    criteria_set, _ = parts(name)

    assert criteria_set.source
    assert all(leaf.provenance for leaf in criteria_set.lines)


def test_the_hdi_results_are_the_published_values_and_ranks():
    with (ORACLES / "oracle_hdi_2021_2023.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["year"] == "2023"]
    published = {row["iso3"]: (Decimal(row["hdi"]), row["rank"]) for row in rows}

    assert len(published) == 193
    assert {unit: (Decimal(row["total"]), row["rank"]) for unit, row in results("hdi").items()} == published


def test_the_par_index_is_60_points_of_self_assessment_and_40_of_surveys():
    criteria_set, _ = parts("par-index")
    surveys = [leaf for leaf in criteria_set.leaves if leaf.source_kind == "survey"]

    assert sum(leaf.max_points for leaf in criteria_set.leaves) == 100
    assert sum(leaf.max_points for leaf in surveys) == 40
    assert results("par-index")["VIDU-D"]["rank"] == ""


def test_examples_are_never_loaded_as_reference_sets():
    """`start --with-reference-sets` and the sample year name their files; none lies in the folder of examples."""
    loaded = [*REFERENCE_SETS, *(PROJECT / "data" / "criteria" / name for name in seed.SETS.values())]

    assert all(path.is_file() for path in loaded)
    assert {path.parent.name for path in loaded} == {"criteria"}
