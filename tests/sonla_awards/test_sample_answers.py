"""The invented answers look like life: valid, repeatable, spread as published rankings are."""

import csv
import json
from pathlib import Path
from statistics import correlation, fmean

import pytest

from scoring import engine
from scoring.enums import ReasonCode
from sonla_awards.sample.answers import unit_answers
from sonla_awards.sample.standing import UPLAND, WARDS, qualities
from sonla_awards.sample.writing import CORRECT, NOT_APPLICABLE

DATA = Path(__file__).parents[2] / "data"
SEED, YEAR = 253, 2025
BANDS = {"commune": (75.4, 77.4), "department": (72.2, 74.2)}


def units_of(group):
    with (DATA / "units" / "units.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: int(row["population"] or 0) or None for row in csv.DictReader(file) if row["group"] == group
        }


def load(group):
    return engine.load_set((DATA / "criteria" / f"dti-{group}.json").read_bytes())


def answers_of(criteria_set, unit, quality, **options):
    return unit_answers(criteria_set, unit=unit, quality=quality, seed=SEED, **options)


class Sample:
    """One group of the sample year, its answers and its published and claimed results."""

    def __init__(self, group):
        self.set, self.units, self.band = load(group), units_of(group), BANDS[group]
        self.wanted = qualities(self.units, group=group, year=YEAR, seed=SEED)
        self.answers = {
            unit: answers_of(self.set, unit, self.wanted[unit], population=people)
            for unit, people in self.units.items()
        }
        self.results = self.scored(lambda answer: answer.appraised)
        self.claims = self.scored(lambda answer: answer.claimed or answer.appraised)
        self.totals = {row.unit: float(row.total) for row in self.results.rows}

    def scored(self, fields):
        values = {
            unit: {code: fields(answer) for code, answer in answers.items()} for unit, answers in self.answers.items()
        }
        return engine.score(self.set, values)

    def all_answers(self):
        return [(code, answer) for answers in self.answers.values() for code, answer in answers.items()]


@pytest.fixture(scope="module", params=["commune", "department"])
def sample(request):
    return Sample(request.param)


@pytest.mark.slow
def test_every_answer_is_accepted_by_the_engine(sample):
    for code, answer in sample.all_answers():
        for fields in (answer.claimed, answer.corrected or {}, answer.appraised):
            engine.check_fields(sample.set, code, fields)


def test_totals_meet_their_targets(sample):
    missed = [abs(sample.totals[unit] - wanted * 100) for unit, wanted in sample.wanted.items()]

    assert max(missed) < 0.05


def test_group_is_spread_like_a_published_ranking(sample):
    ordered = sorted(sample.totals.values(), reverse=True)
    grades = [row.grade for row in sample.results.rows]

    assert sample.band[0] <= fmean(ordered) <= sample.band[1]
    assert 88 <= ordered[0] <= 92
    assert 52 <= ordered[-1] <= 58
    assert set(grades) == {"tot", "kha", "tb"}
    assert grades.count("kha") > grades.count("tb") > grades.count("tot")


def test_some_units_tie(sample):
    assert [row for row in sample.results.rows if row.tie_break]


def test_claims_stay_in_range_and_above_the_appraised(sample):
    losses = [float(row.total) - sample.totals[row.unit] for row in sample.claims.rows]

    assert max(float(row.total) for row in sample.claims.rows) <= 100
    assert min(losses) > 0
    assert 2 <= fmean(losses) <= 4


def test_about_a_ninth_of_the_lines_is_corrected(sample):
    shares = []
    for answers in sample.answers.values():
        corrected = [one for one in answers.values() if one.outcome == CORRECT and one.reason_code != "TD-01"]
        shares.append(len(corrected) / len(answers))

    assert 0.08 <= fmean(shares) <= 0.15


def test_appraisal_has_reasons_of_the_product(sample):
    changed = [answer for _, answer in sample.all_answers() if answer.outcome in (CORRECT, NOT_APPLICABLE)]

    assert {answer.reason_code for answer in changed} <= set(ReasonCode.values)
    assert all(answer.reason for answer in changed)
    assert not any("appraised_points" in answer.appraised for answer in changed)


def test_what_the_unit_does_not_declare_is_entered_by_the_appraiser(sample):
    for code, answer in sample.all_answers():
        leaf = sample.set.leaf(code)
        if leaf.source_kind == "declared":
            assert answer.claimed or answer.outcome == NOT_APPLICABLE
        elif answer.outcome != NOT_APPLICABLE:
            assert (answer.claimed, answer.outcome, answer.reason_code) == ({}, CORRECT, "TD-01")


def test_only_lines_that_allow_it_are_not_applicable(sample):
    lines = [code for code, answer in sample.all_answers() if answer.outcome == NOT_APPLICABLE]

    assert lines
    assert all(sample.set.leaf(code).rule.na_allowed for code in lines)


def test_wards_stand_above_upland_communes():
    totals = qualities(units_of("commune"), group="commune", year=YEAR, seed=SEED)

    ward, everyone, upland = (fmean(totals[unit] for unit in some) for some in (WARDS, totals, UPLAND))

    assert ward > everyone > upland


@pytest.mark.parametrize("group", ["commune", "department"])
def test_two_years_agree_without_repeating_each_other(group):
    units = list(units_of(group))
    first, second = (qualities(units, group=group, year=year, seed=SEED) for year in (YEAR, YEAR + 1))

    assert 0.7 <= correlation([first[unit] for unit in units], [second[unit] for unit in units]) <= 0.9


def test_same_seed_gives_the_same_answers():
    criteria_set = load("department")

    assert answers_of(criteria_set, "SNV", 0.8) == answers_of(criteria_set, "SNV", 0.8)
    assert answers_of(criteria_set, "SNV", 0.8) != unit_answers(criteria_set, unit="SNV", quality=0.8, seed=SEED + 1)


def test_order_of_units_does_not_matter():
    units = list(units_of("commune"))

    assert qualities(units, group="commune", year=YEAR, seed=SEED) == qualities(
        units[::-1], group="commune", year=YEAR, seed=SEED
    )


def test_unfinished_form_is_a_part_of_the_finished_one():
    criteria_set = load("commune")
    whole = answers_of(criteria_set, "03820", 0.7)
    part = answers_of(criteria_set, "03820", 0.7, completeness=0.5)

    assert all(whole[code] == answer for code, answer in part.items())
    assert 0.3 < len(part) / len(whole) < 0.7
    assert answers_of(criteria_set, "03820", 0.7, completeness=0.0).keys() <= {
        line.code for line in criteria_set.adjustments
    }


def test_population_sets_the_denominators():
    answers = answers_of(load("commune"), "03820", 0.7, population=12021)

    assert answers["XP-XHS.5"].claimed["b"] == "12021"
    assert answers["XP-XHS.1"].claimed["b"] == answers["XP-XHS.3"].claimed["b"] == str(round(12021 * 0.66))


def test_parts_and_dates_are_answered():
    parts = [{"key": key, "fraction": "0.5"} for key in ("attend", "chair")]
    rules = {
        "A": {"kind": "level", "combine": "sum", "options": parts},
        "B": {"kind": "deadline", "due": "2025-01-31", "late": [{"days": 15, "fraction": "0.5"}]},
    }
    leaves = [{"code": code, "title": {"vi": code}, "max_points": "50", "rule": rule} for code, rule in rules.items()]
    document = {
        "format": "sonla-awards/criteria-set@1", "code": "small", "year": 2025, "title": {"vi": "nhỏ"},
        "scoring": {"round_at": "leaf"}, "root": {"code": "R", "title": {"vi": "gốc"}, "children": leaves},
    }  # fmt: skip
    criteria_set = engine.load_set(json.dumps(document).encode())

    answers = answers_of(criteria_set, "u", 0.75)

    assert answers["A"].claimed.keys() == {"part:attend", "part:chair"}
    for code, answer in answers.items():
        engine.check_fields(criteria_set, code, answer.claimed)
