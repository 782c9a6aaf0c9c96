"""Two versions compared: each kind of change is found, and nothing is found where nothing changed."""

import copy
import json
from collections.abc import Callable

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import engine
from scoring.criteria.cloning import for_year
from scoring.criteria.comparing.words import sections
from scoring.criteria.difference import Difference, difference
from tests.factories.small_set import DOCUMENT
from tests.scoring.engine.batch.generated import case


def changed(change: Callable[[dict], object], codes: dict | None = None, document: dict = DOCUMENT) -> Difference:
    other = copy.deepcopy(document) | {"year": document["year"] + 1}
    change(other)
    return difference(engine.load_set(json.dumps(document)), engine.load_set(json.dumps(other)), codes)


def child(document: dict, *places: int) -> dict:
    item = document["root"]
    for place in places:
        item = item["children"][place]
    return item


def aspects(found: Difference) -> set[str]:
    """What was found, as words."""
    names = ("settings", "grades", "groups_added", "groups_dropped", "groups", "added", "dropped", "is_reordered")
    said = {name for name in names if getattr(found, name)}
    for line in found.lines:
        said |= {
            name for name in ("is_renumbered", "is_reweighted", "is_moved", "has_other_rule") if getattr(line, name)
        }
        said |= {*line.wording, *line.handling}
    return said


def test_the_next_year_alone_is_no_change():
    assert changed(lambda document: None).is_empty


def drop(document: dict) -> None:
    child(document, 0)["children"].pop(0)


def add(document: dict) -> None:
    child(document, 0)["children"].append(copy.deepcopy(child(document, 0, 0)) | {"code": "A.9"})


def move(document: dict) -> None:
    child(document, 1)["children"].append(child(document, 0)["children"].pop())


def renumber(document: dict) -> None:
    child(document, 0, 0)["code"] = "A.9"


def swap(document: dict) -> None:
    child(document, 0)["children"].reverse()


CHANGES = [
    (drop, {"dropped", "groups"}), (add, {"added", "groups"}), (move, {"is_moved", "groups"}),
    (swap, {"is_reordered"}), (renumber, {"added", "dropped"}),
    (lambda one: child(one, 0, 0).update(max_points="1.5"), {"is_reweighted", "groups"}),
    (lambda one: child(one, 0, 0).update(title={"vi": "Khác"}), {"title"}),
    (lambda one: child(one, 0, 0).update(rule={"kind": "boolean", "no": "0.5"}), {"has_other_rule"}),
    (lambda one: child(one, 0, 0).update(rule={"kind": "manual"}), {"has_other_rule"}),
    (lambda one: child(one, 0, 0)["rule"].update(na_allowed=True), {"has_other_rule"}),
    (lambda one: child(one, 0, 1)["rule"]["options"][0].update(title={"vi": "Khác"}), {"labels"}),
    (lambda one: child(one, 0, 0).update(inputs={"value": {"unit": "kế hoạch"}}), {"labels"}),
    (lambda one: child(one, 0, 0).update(evidence={"required": True, "note": "Khác"}), {"evidence.note"}),
    (lambda one: child(one, 0, 0).update(evidence={"note": "Kế hoạch"}), {"evidence.required"}),
    (lambda one: child(one, 0, 0).update(appraiser="Khác"), {"appraiser"}),
    (lambda one: child(one, 0, 0).update(source="Khác"), {"source"}),
    (lambda one: child(one, 0, 0).update(provenance="exact"), {"provenance"}),
    (lambda one: child(one, 0, 0).update(source_kind="survey"), {"source_kind"}),
    (lambda one: child(one, 0, 0).update(missing="unranked"), {"missing"}),
    (lambda one: child(one, 0).update(title={"vi": "Khác"}), {"groups"}),
    (lambda one: one["scoring"].update(rounding="down"), {"settings"}),
    (lambda one: one["scoring"].update(tie_break=[]), {"settings"}),
    (lambda one: one.update(source="Khác"), {"settings"}),
    (lambda one: one["grades"].pop(), {"grades"}),
    (lambda one: one["grades"].reverse(), {"is_reordered"}),
    (lambda one: one["grades"][0].update({"from": "9"}), {"grades"}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "found"), CHANGES)
def test_each_change_is_found_as_what_it_is(change, found):
    assert aspects(changed(change)) == found


def test_a_renumbered_criterion_is_one_criterion_by_the_map_of_codes():
    codes = {line.code: line.code for line in engine.load_set(json.dumps(DOCUMENT)).lines}
    codes["A.9"] = codes.pop("A.1")

    found = changed(renumber, codes)

    assert aspects(found) == {"is_renumbered"}
    assert [(line.before.code, line.after.code) for line in found.lines] == [("A.1", "A.9")]


def test_a_criterion_that_the_map_leaves_out_is_new_even_under_an_old_code():
    codes = {line.code: line.code for line in engine.load_set(json.dumps(DOCUMENT)).lines if line.code != "A.1"}

    found = changed(lambda document: None, codes)

    assert ([line.code for line in found.added], [line.code for line in found.dropped]) == (["A.1"], ["A.1"])


def test_a_pillar_under_another_code_is_known_by_its_title_and_moves_nobody():
    def change(document: dict) -> None:
        child(document, 0)["code"] = "I"

    found = changed(change)

    assert aspects(found) == {"groups"}
    assert [(group.before.code, group.after.code, group.changed) for group in found.groups] == [("A", "I", ("code",))]


def test_due_dates_that_move_with_the_year_are_no_change_and_others_are():
    document = copy.deepcopy(DOCUMENT)
    child(document, 0, 0)["rule"] = {"kind": "deadline", "due": "2026-01-31"}

    def to(due: str) -> Difference:
        return changed(lambda one: child(one, 0, 0)["rule"].update(due=due), document=document)

    assert (to("2027-01-31").is_empty, to("2027-01-31").moved_dates) == (True, ("A.1",))
    assert (aspects(to("2027-02-28")), to("2027-02-28").moved_dates) == ({"has_other_rule"}, ())
    assert aspects(to("2026-01-31")) == {"has_other_rule"}


def scalars(value, path: tuple = ()):
    """Every text, number and flag of a document, by its path."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(item, (*path, key))
    else:
        yield path, value


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    words = {
        "half_up": "down",
        "zero": "unranked",
        "sum": "mean",
        "declared": "survey",
        "leaf": "total",
        "boolean": "manual",
    }
    return words.get(
        value, "0.5" if value is None or str(value).lstrip("-").replace(".", "").isdigit() else f"{value}x"
    )


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_sets_differ_exactly_when_their_documents_do(seed, chance):
    """One scalar of a drawn set is changed; where the set can still be read, the change is found."""
    definition = case(seed).criteria_set
    document = engine.to_document(definition)
    path, value = chance.choice([one for one in scalars(document) if one[0] not in (("year",), ("format",))])
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = other(value)
    try:
        mutated = engine.load_set(json.dumps(document))
    except engine.Refused:
        return
    same = engine.identity(mutated) == engine.identity(definition)

    assert difference(definition, mutated).is_empty == same
    assert difference(mutated, definition).is_empty == same
    assert difference(definition, for_year(definition, definition.year + 1)).is_empty


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_every_change_has_its_words(seed, chance):
    """No section is empty, and no row says the same before and after."""
    document = engine.to_document(case(seed).criteria_set)
    path, value = chance.choice([one for one in scalars(document) if one[0] not in (("year",), ("format",))])
    place = copied = copy.deepcopy(document)
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = other(value)
    try:
        found = difference(engine.load_set(json.dumps(document)), engine.load_set(json.dumps(copied)))
    except engine.Refused:
        return

    said = sections(found)
    assert bool(said) != found.is_empty
    assert [row for section in said for row in section.rows if row.before == row.after] == []


@pytest.mark.parametrize(
    ("change", "section", "before", "after"),
    [
        (lambda one: child(one, 0, 0).update(max_points="1.5"), "reweighted", "1 ", "1,5 "),
        (
            lambda one: child(one, 0, 0).update(rule={"kind": "boolean", "no": "0.5"}),
            "rule",
            "Không: 0,00",
            "Không: 0,50",
        ),
        (lambda one: one["scoring"].update(rounding="down"), "settings", "nửa lên", "cắt bỏ"),
        (move, "moved", "A Nhận thức số", "B "),
    ],
)
def test_what_was_and_what_is_stand_in_words(change, section, before, after):
    with override("vi"):
        rows = {one.key: one.rows for one in sections(changed(change))}[section]

    assert before in rows[0].before
    assert after in rows[0].after


def test_a_title_without_english_of_its_own_is_said_once():
    found = changed(lambda one: child(one, 0, 0).update(title={"vi": "Tên mới", "en": "Tên mới"}))
    (row,) = next(one.rows for one in sections(found) if one.key == "wording")
    assert (row.after, len(row.before.splitlines())) == ("Tên mới", 2)
