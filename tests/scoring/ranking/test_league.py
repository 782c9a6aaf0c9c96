"""Figures of a group, ties in words, finding, narrowing and sorting."""

from decimal import Decimal

import pytest

from core.errors import WrongState
from scoring.models import RankingRun
from scoring.ranking.league import places
from scoring.ranking.league_page import bands, tie_notes
from scoring.ranking.reading import read_run, summary
from scoring.ranking.selectors import earlier_run
from scoring.ranking.table import in_order, lines, narrowed
from tests.factories import year as factory
from tests.scoring.ranking.conftest import replace_published

pytestmark = pytest.mark.django_db


def codes(found) -> list[str]:
    return [place.unit for place in found]


def test_mean_median_and_grades(published):
    figures = summary(read_run(published))

    # 9.50, 6.65, 0.70: the mean is 5.6166…
    assert (figures.units, figures.ranked, figures.mean, figures.median) == (3, 3, Decimal("5.62"), Decimal("6.65"))
    assert {grade.code: count for grade, count in figures.grades} == {"tot": 1, "kha": 0, "tb": 1, "yeu": 1}
    assert figures.without_grade == 0


def test_bands_name_their_limits(published):
    assert [(band.low, band.below, band.count, band.level) for band in bands(read_run(published))] == [
        (Decimal("8.5"), None, 1, 4),
        (Decimal(7), Decimal("8.5"), 0, 3),
        (Decimal(5), Decimal(7), 1, 2),
        (Decimal(0), Decimal(5), 1, 1),
    ]


def test_without_ties_there_is_nothing_to_say(published):
    assert tie_notes(read_run(published)) == []


def test_a_shared_rank_is_said_and_marked(year, monkeypatch):
    monkeypatch.setitem(factory.CLAIMS, "22222", factory.CLAIMS["11111"])
    reading = read_run(year.all_the_way())

    (note,) = tie_notes(reading)
    assert "Xã Ngọc Chiến" in note
    assert "Phường Tô Hiệu" in note
    assert [(place.result.rank, place.is_shared) for place in places(reading)] == [(1, True), (1, True), (3, False)]


def test_a_tie_broken_by_a_pillar_names_it(year, monkeypatch):
    """A.1 no and B.2 full against A.1 yes and B.2 half: the same total, B decides."""
    claims = factory.CLAIMS["11111"]
    monkeypatch.setitem(factory.CLAIMS, "11111", claims | {"A.1": {"value": "no"}})
    monkeypatch.setitem(factory.CLAIMS, "22222", claims | {"B.2": {"value": "5"}})
    reading = read_run(year.all_the_way())

    (note,) = tie_notes(reading)
    assert note.count("Chính quyền số") == 2
    assert [(place.unit, place.result.rank) for place in places(reading)][:2] == [("11111", 1), ("22222", 2)]


def test_search_ignores_tone_marks(published):
    reading = read_run(published)

    assert codes(narrowed(places(reading), {"q": "to hieu"})) == ["22222"]
    assert codes(narrowed(places(reading), {"q": "ĐOÀN"})) == ["33333"]
    assert codes(narrowed(places(reading), {"q": "%"})) == []


def test_who_handed_nothing_in_is_found_under_no_grade(year):
    reading = read_run(year.all_the_way(0))
    everybody = places(reading)

    assert {place.result.grade for place in everybody[1:]} == {"yeu"}
    assert [place.grade for place in everybody[1:]] == [None, None]
    assert codes(narrowed(everybody, {"grade": "yeu"})) == []


def test_narrowing_by_grade_and_district(published):
    reading = read_run(published)

    assert codes(narrowed(places(reading), {"grade": "tot"})) == ["11111"]
    assert codes(narrowed(places(reading), {"district": "Huyện Mường La"})) == []


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("", ["11111", "22222", "33333"]),
        ("-rank", ["33333", "22222", "11111"]),
        ("name", ["33333", "11111", "22222"]),
        ("-total", ["11111", "22222", "33333"]),
        ("total", ["33333", "22222", "11111"]),
        ("p.A", ["33333", "22222", "11111"]),
        ("change", ["11111", "22222", "33333"]),
    ],
)
def test_orders(published, sort, wanted):
    """Names by the Vietnamese alphabet: Đoàn Kết, Ngọc Chiến, Tô Hiệu. What is nowhere known keeps the order of rank."""
    assert codes(in_order(places(read_run(published)), sort)) == wanted


def test_change_against_last_year(published, year):
    reading = read_run(published)
    better = places(reading, earlier=reading)[0]

    assert (better.move.rank, better.move.points, better.move.earlier_rank) == (0, Decimal("0.00"), 1)
    assert places(reading)[0].move is None


def test_last_year_is_the_nearest_published_one(published, year):
    from scoring.models import Cycle  # noqa: PLC0415 - only this test makes another year

    later = Cycle.objects.get(pk=year.cycle.pk)
    later.pk, later.year = None, 2028
    later.save()
    run = RankingRun(cycle=later, group=year.group)

    assert earlier_run(run).pk == published.pk
    assert earlier_run(published) is None


def test_a_superseded_run_is_not_last_year(published, year):
    from scoring.models import Cycle  # noqa: PLC0415 - only this test makes another year

    later = Cycle.objects.get(pk=year.cycle.pk)
    later.pk, later.year = None, 2027
    later.save()
    current = replace_published(year)

    assert earlier_run(RankingRun(cycle=later, group=year.group)).pk == current.pk


def test_lines_name_units_in_the_readers_language(published):
    from django.utils import translation  # noqa: PLC0415 - only here

    reading = read_run(published)
    assert lines(reading, places(reading))[0].name == "Xã Ngọc Chiến"
    with translation.override("en"):
        assert lines(reading, places(reading))[0].grade == "Good"


def test_a_changed_record_is_not_read(published):
    published.sha256 = "f" * 64

    with pytest.raises(WrongState):
        read_run(published)
