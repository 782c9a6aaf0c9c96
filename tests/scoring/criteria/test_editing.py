"""Edits of a draft's document: what each leaves, what it refuses, and that the inverse brings the same identity back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DomainError, Invalid, NotFound
from scoring import engine
from scoring.criteria import editing
from scoring.criteria.draft import definition_of, empty_document, maxima_of, read, stored
from tests.scoring.criteria.drafts import RULES, group, line, shape, small

SMALL = [["ALL", ["A", "A.1", "A.2", "A.3"], ["B", "B.1", "B.2", "B.3"]], "T.1", "P.1", "P.2"]


class TestShape:
    def test_the_small_set(self):
        assert shape(small()) == SMALL

    def test_what_is_added_stands_last_in_its_group(self):
        edited = editing.add(small(), line("A.4"), under="A")
        edited = editing.add(edited, group("C"), under="ALL")
        edited = editing.add(edited, line("T.2", "bonus"), under=editing.BESIDE)
        assert shape(edited) == [
            ["ALL", ["A", "A.1", "A.2", "A.3", "A.4"], ["B", "B.1", "B.2", "B.3"], ["C"]], "T.1", "P.1", "P.2", "T.2",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("code", "step", "expected"),
        [
            ("A.2", "up", [["ALL", ["A", "A.2", "A.1", "A.3"], ["B", "B.1", "B.2", "B.3"]], "T.1", "P.1", "P.2"]),
            ("A.2", "down", [["ALL", ["A", "A.1", "A.3", "A.2"], ["B", "B.1", "B.2", "B.3"]], "T.1", "P.1", "P.2"]),
            ("A.2", "out", [["ALL", ["A", "A.1", "A.3"], "A.2", ["B", "B.1", "B.2", "B.3"]], "T.1", "P.1", "P.2"]),
            ("B", "in", [["ALL", ["A", "A.1", "A.2", "A.3", ["B", "B.1", "B.2", "B.3"]]], "T.1", "P.1", "P.2"]),
            ("P.1", "up", [["ALL", ["A", "A.1", "A.2", "A.3"], ["B", "B.1", "B.2", "B.3"]], "P.1", "T.1", "P.2"]),
        ],
    )
    def test_a_step(self, code, step, expected):
        assert shape(editing.move(small(), code, step)) == expected

    @pytest.mark.parametrize(("code", "step"), [("A.1", "up"), ("A.3", "down"), ("A", "out"), ("T.1", "in")])
    def test_a_step_over_the_edge_is_refused(self, code, step):
        with pytest.raises(Invalid):
            editing.move(small(), code, step)

    def test_the_document_given_is_left_alone(self):
        document = small()
        editing.remove(document, "A")
        editing.move(document, "B", "in")
        assert document == small()


class TestCodes:
    def test_a_code_stands_once(self):
        with pytest.raises(Invalid) as refused:
            editing.add(small(), line("B.1"), under="A")
        assert list(refused.value.fields) == ["code"]

    @pytest.mark.parametrize("code", ["", "a b", "total", "-x", "x" * 33, "Mã"])
    def test_what_cannot_be_a_code_is_refused(self, code):
        with pytest.raises(Invalid):
            editing.add(small(), line(code), under="A")

    def test_references_follow_a_changed_code(self):
        formula = line("A.4", "formula", rule=RULES["formula"] | {"expression": "[B.2] + [A.1] * x"})
        document = editing.add(small(), formula, under="A")
        document = editing.change(document, "B.2", line("B.9"))
        document = editing.change(document, "B", group("G"))
        assert editing.find(document, "A.4").item["rule"]["expression"] == "[B.9] + [A.1] * x"
        assert document["scoring"]["tie_break"] == ["pillar:G", "submitted_at"]
        assert editing.references(document, "B.9") == ["A.4"]
        assert shape(document)[0][2] == ["G", "B.1", "B.9", "B.3"]

    def test_numbers_are_proposed_after_the_last(self):
        document = small()
        assert editing.next_code(document, "A") == "A.4"
        assert editing.next_code(document, editing.BESIDE) == "P.3"
        assert editing.next_code(editing.add(document, group("C"), under="ALL"), "C") == "C.1"

    def test_renumbering_lists_what_would_change_and_swaps_at_once(self):
        document = editing.move(small(), "A.2", "up")
        given = editing.renumbering(document, "A")
        assert given == {"A.2": "A.1", "A.1": "A.2"}
        assert shape(editing.renumber(document, given)) == SMALL

    def test_what_codes_begin_with_is_kept_and_lists_inside_follow(self):
        inner = group("XP-2", line("XP-2.4"), line("Z"), line("XP-2.9"))
        document = editing.add(small(), group("X", line("XP-7"), inner), under="ALL")
        assert editing.renumbering(document, "X") == {"XP-7": "XP-1", "XP-2.4": "XP-2.1", "XP-2.9": "XP-2.2"}
        document = editing.move(document, "XP-2", "up")
        assert editing.renumbering(document, "X") == {
            "XP-2": "XP-1", "XP-2.4": "XP-1.1", "XP-2.9": "XP-1.2", "XP-7": "XP-2",
        }  # fmt: skip

    def test_two_lists_that_begin_alike_cannot_both_be_numbered(self):
        document = editing.add(small(), group("X", group("Y", line("N.3")), group("Z", line("N.5"))), under="ALL")
        with pytest.raises(Invalid):
            editing.renumber(document, editing.renumbering(document, "X"))

    def test_a_number_that_stands_elsewhere_is_refused(self):
        with pytest.raises(Invalid):
            editing.renumber(small(), {"A.1": "B.1"})


class TestLimits:
    def test_a_criterion_holds_nothing(self):
        with pytest.raises(Invalid):
            editing.add(small(), line("A.4"), under="A.1")

    def test_a_group_does_not_go_into_itself(self):
        document = editing.move(small(), "B", "in")
        with pytest.raises(Invalid):
            editing.put(document, "A", under="B", at=0)

    def test_bonus_stays_beside_the_tree_and_groups_in_it(self):
        with pytest.raises(Invalid):
            editing.put(small(), "T.1", under="A", at=0)
        with pytest.raises(Invalid):
            editing.add(small(), group("C"), under=editing.BESIDE)

    def test_groups_do_not_nest_without_end(self):
        document, under = small(), "ALL"
        for depth in range(editing.DEEPEST):
            document, under = editing.add(document, group(f"D{depth}"), under=under), f"D{depth}"
        with pytest.raises(Invalid):
            editing.add(document, group("D"), under=under)

    def test_an_unknown_code_is_not_found(self):
        with pytest.raises(NotFound):
            editing.remove(small(), "Z")


CODES = [*sorted(editing.codes(small())), "N.1", "N.2", "N.3"]
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(CODES), st.sampled_from(["", *CODES]), st.sampled_from([*RULES])),
        st.tuples(st.just("group"), st.sampled_from(CODES), st.sampled_from(CODES)),
        st.tuples(st.just("remove"), st.sampled_from(CODES)),
        st.tuples(st.just("move"), st.sampled_from(CODES), st.sampled_from(["up", "down", "in", "out"])),
        st.tuples(st.just("change"), st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from([*RULES])),
        st.tuples(st.just("blank"), st.sampled_from(CODES), st.sampled_from(["max_points", "title_en"])),
        st.tuples(st.just("renumber"), st.sampled_from(CODES)),
    ),
    max_size=25,
)


def edited(document, edit):
    """One edit of the kinds above; the document itself where it is refused."""
    act, code, *more = edit
    try:
        if act == "add":
            beside = more[1] in ("bonus", "penalty")
            return editing.add(document, line(code, more[1]), under=editing.BESIDE if beside else more[0] or "ALL")
        if act == "group":
            return editing.add(document, group(code), under=more[0])
        if act == "remove":
            return editing.remove(document, code)
        if act == "move":
            return editing.move(document, code, more[0])
        if act == "renumber":
            return editing.renumber(document, editing.renumbering(document, code))
        item = editing.find(document, code).item
        if act == "blank":
            return editing.change(document, code, {k: v for k, v in item.items() if k != more[0] and k != "children"})
        if editing.is_node(item) or item["rule"]["kind"] in ("bonus", "penalty"):
            return document
        kind = more[1] if more[1] not in ("bonus", "penalty") else "manual"
        return editing.change(document, code, line(more[0], kind))
    except (DomainError, KeyError):
        return document


def kept(document):
    """As the database keeps it."""
    return read(stored(document)[0])


@given(EDITS)
@settings(max_examples=150, deadline=None)
def test_no_sequence_of_edits_leaves_what_cannot_be_read(edits):
    document = small()
    for edit in edits:
        document = kept(edited(document, edit))
    seen = [document["root"]["code"], *(place.item["code"] for place in editing.places(document))]
    assert len(seen) == len(set(seen))
    assert set(maxima_of(document)) == {code for code in seen if not _is_beside(document, code)}
    definition, faults = definition_of(document)
    assert definition is not None
    assert stored(document)[0] == stored(kept(document))[0]
    assert bool(faults) or engine.identity(definition) == stored(document)[1]


def _is_beside(document, code):
    return code in {item["code"] for item in document["adjustments"]}


@given(EDITS, st.sampled_from(CODES), st.sampled_from(["up", "down", "in", "out", "remove", "add", "change"]))
@settings(max_examples=150, deadline=None)
def test_the_inverse_edit_brings_the_same_identity_back(edits, code, act):
    document = small()
    for edit in edits:
        document = kept(edited(document, edit))
    try:
        place = editing.find(document, code)
        if act in ("up", "down", "in", "out"):
            after = kept(editing.move(document, code, act))
            back = editing.put(after, code, under=place.under, at=place.at)
        elif act == "remove":
            back = editing.add(kept(editing.remove(document, code)), place.item, under=place.under, at=place.at)
        elif act == "add":
            added = kept(editing.add(document, line("N.9"), under="ALL"))
            back = editing.remove(added, "N.9")
        else:
            after = kept(editing.change(document, code, place.item | {"code": "N.9"}))
            back = editing.change(after, "N.9", place.item)
    except DomainError:
        return
    assert stored(back) == stored(document)


def test_an_empty_set_reads_and_says_that_nothing_stands_in_it():
    document = empty_document(code="new", year=2027, title={"vi": "Mới"}, root_title={"vi": "Tổng điểm"})
    _definition, faults = definition_of(document)
    assert [fault.place for fault in faults] == [":/root/children"]
