"""Every refusal of VALUES.csv, GROUPS.csv and of the fields of one line, each with its place."""

import pytest

from scoring.engine import check_fields, load_set, read_groups, read_values, score, score_line

from .builders import document, faults_of, leaf, loaded, node, one_leaf, places_of, titled

HEADER = "unit,criterion,field,value\n"
GROUPS = "unit,group,submitted_at\n"

TABLES = {
    "empty": ("", ["v:1:1"]),
    "other header": ("unit,criterion,field\n", ["v:1:1"]),
    "header in another order": ("criterion,unit,field,value\n", ["v:1:1"]),
    "too few columns": (HEADER + "u,L,points\n", ["v:2:1"]),
    "too many columns": (HEADER + "u,L,points,1,2\n", ["v:2:1"]),
    "blank line": (HEADER + "u,L,points,1\n\n", ["v:3:1"]),
    "cut in a row": (HEADER + "u,L,points,1\nu,L", ["v:3:1"]),
    "empty value": (HEADER + "u,L,points,\n", ["v:2:12"]),
    "empty unit": (HEADER + ",L,points,1\n", ["v:2:1"]),
    "row twice": (HEADER + "u,L,points,1\nu,M,points,1\nu,L,points,2\n", ["v:4:5"]),
    "quote inside a cell": (HEADER + 'u,L"x,points,1\n', ["v:2:4"]),
    "text behind a quoted cell": (HEADER + '"u"x,L,points,1\n', ["v:2:4"]),
    "quote that does not end": (HEADER + 'u,L,points,"1\nu,M,points,1\n', ["v:2:12"]),
    "carriage return inside": (HEADER + "u,L\rM,points,1\n", ["v:2:4"]),
    "NUL": (HEADER + "u,L,points,1\x002\n", ["v:2:13"]),
    "all faults": (HEADER + "u,L\nu,M,points,\n,M,points,1\n", ["v:2:1", "v:3:12", "v:4:1"]),
    "BOM": ("\ufeff" + HEADER, ["v:1:1"]),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_is_refused_with_line_and_column(name):
    text, places = TABLES[name]

    assert places_of(lambda: read_values(text.encode(), place="v")) == places


def test_table_that_is_not_utf8_is_refused_with_line_and_column():
    assert places_of(lambda: read_values(HEADER.encode() + b"u,L,\xff,1\n", place="v")) == ["v:2:5"]


def test_table_accepts_crlf_quotes_and_a_last_line_without_end():
    text = 'unit,criterion,field,value\r\n"u, ""1""\nx",L,points,1\r\nv,L,"points",2'

    assert read_values(text.encode()) == {'u, "1"\nx': {"L": {"points": "1"}}, "v": {"L": {"points": "2"}}}


GROUP_TABLES = {
    "unit twice": (GROUPS + "u,a,\nu,b,\n", ["g:3:1"]),
    "empty unit": (GROUPS + ",a,\n", ["g:2:1"]),
    "other header": (HEADER, ["g:1:1"]),
}


@pytest.mark.parametrize("name", GROUP_TABLES)
def test_groups_are_refused_with_line_and_column(name):
    text, places = GROUP_TABLES[name]

    assert places_of(lambda: read_groups(text.encode(), place="g")) == places


@pytest.mark.parametrize(
    "instant",
    [
        "2025-12-05", "2025-12-05T09:00:00", "2025-12-05 09:00:00+07:00", "2025-02-30T09:00:00Z", "05/12/2025",
        "2025-12-05T24:00:00Z", "2025-12-05T09:60:00Z", "2025-12-05T09:00:60Z", "2025-12-05T09:00:00+24:00",
        "2025-W49-5T09:00:00Z", "２025-12-05T09:00:00Z",
    ],
)  # fmt: skip
def test_instant_without_offset_or_not_iso_is_refused(instant):
    assert places_of(lambda: read_groups(f"{GROUPS}u,a,{instant}\n".encode(), place="g")) == ["g:2:5"]


@pytest.mark.parametrize(
    "instant",
    ["2025-12-05T09:00:00+07:00", "2025-12-05T09:00Z", "2025-12-05T09:00:00.123456789-03:30", "2025-12-05T09:00:00+07"],
)
def test_instant_with_offset_is_accepted(instant):
    assert read_groups(f"{GROUPS}u,a,{instant}\n".encode())["u"].submitted_at == instant


# Kind, parameters, fields, the fields that are marked.
FIELDS = {
    "unknown field": ("manual", {}, {"points": "1", "value": "1"}, ["value"]),
    "lacking field": ("ratio", {}, {"a": "1"}, ["b"]),
    "lacking part": (
        "level",
        {"combine": "sum", "options": [{"key": "x", "fraction": "1"}, {"key": "y", "fraction": "0"}]},
        {"part:x": "yes"},
        ["part:y"],
    ),
    "not a number": ("manual", {}, {"points": "một"}, ["points"]),
    "decimal comma": ("manual", {}, {"points": "1,5"}, ["points"]),
    "exponent": ("manual", {}, {"points": "1e0"}, ["points"]),
    "space": ("manual", {}, {"points": " 1"}, ["points"]),
    "empty": ("manual", {}, {"points": ""}, ["points"]),
    "points negative": ("manual", {}, {"points": "-1"}, ["points"]),
    "points above max": ("manual", {}, {"points": "10.01"}, ["points"]),
    "carried above max": ("carried", {}, {"points": "11"}, ["points"]),
    "carried negative": ("carried", {}, {"points": "-1"}, ["points"]),
    "a negative": ("ratio", {}, {"a": "-1", "b": "2"}, ["a"]),
    "b negative": ("ratio", {}, {"a": "0", "b": "-2"}, ["b"]),
    "a above b": ("ratio", {}, {"a": "131", "b": "118"}, ["a"]),
    "a without b": ("ratio", {}, {"a": "1", "b": "0"}, ["a"]),
    "yes or no": ("boolean", {}, {"value": "có"}, ["value"]),
    "option unknown": ("level", {}, {"option": "middle"}, ["option"]),
    "count not whole": ("count", {}, {"value": "2.5"}, ["value"]),
    "count negative": ("count", {}, {"value": "-2"}, ["value"]),
    "date not real": ("deadline", {}, {"date": "2025-02-29"}, ["date"]),
    "date in another form": ("deadline", {}, {"date": "31/01/2025"}, ["date"]),
    "ln of 0": ("linear", {"low": "1", "transform": "ln"}, {"value": "0"}, ["value"]),
    "relative best negative": ("relative", {}, {"value": "-1"}, ["value"]),
    "bonus negative": ("bonus", {}, {"value": "-1"}, ["value"]),
    "penalty negative": ("penalty", {}, {"value": "-1"}, ["value"]),
    "na not allowed": ("manual", {}, {"na": "approved"}, ["na"]),
    "na of a bonus": ("bonus", {}, {"na": "approved"}, ["na"]),
    "na not approved": ("manual", {"na_allowed": True}, {"na": "yes"}, ["na"]),
    "na not alone": ("manual", {"na_allowed": True}, {"na": "approved", "points": "1"}, ["points"]),
    "appraised_points not alone": ("manual", {}, {"appraised_points": "1", "points": "1"}, ["points"]),
    "appraised_points above max": ("boolean", {}, {"appraised_points": "11"}, ["appraised_points"]),
    "appraised_points negative": ("boolean", {}, {"appraised_points": "-1"}, ["appraised_points"]),
    "two faults": ("ratio", {}, {"a": "x", "b": "y"}, ["a", "b"]),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_are_refused_and_marked(name):
    kind, rule, fields, marked = FIELDS[name]
    criteria_set, code = one_leaf(kind, rule=rule), "P" if kind in ("bonus", "penalty") else "L"

    faults = faults_of(lambda: check_fields(criteria_set, code, fields))

    assert [fault.field for fault in faults] == marked
    assert [fault.place for fault in faults] == [f"{code}/{field}" for field in marked]
    assert places_of(lambda: score_line(criteria_set, code, fields)) == [f"{code}/{field}" for field in marked]
    assert places_of(lambda: score(criteria_set, {"u": {code: fields}})) == [f"u/{code}/{field}" for field in marked]


def test_a_above_b_names_both_titles_and_both_numbers():
    inputs = {
        "a": {"title": {"vi": "Số hồ sơ trực tuyến", "en": "Files online"}},
        "b": {"title": {"vi": "Tổng số hồ sơ", "en": "Total number of files"}},
    }
    criteria_set = loaded(document(node("R", leaf("L", "ratio", inputs=inputs))))

    (fault,) = faults_of(lambda: check_fields(criteria_set, "L", {"a": "131", "b": "118"}))

    assert fault.vi == "Số hồ sơ trực tuyến (131) lớn hơn tổng số hồ sơ (118). Sửa một trong hai số."
    assert (
        fault.en == "Number of files online (131) is larger than total number of files (118). Correct one of the two."
    )


def test_input_said_to_be_an_integer_refuses_a_fraction():
    criteria_set = loaded(document(node("R", leaf("L", "ratio", inputs={"a": {"type": "integer"}}))))

    assert places_of(lambda: check_fields(criteria_set, "L", {"a": "1.5", "b": "2.5"})) == ["L/a"]


def test_no_fields_at_all_are_missing_not_refused():
    assert faults_of(lambda: check_fields(one_leaf("ratio"), "L", {})) == ()


PLACED = {
    "unknown criterion": ("u,L,points,1\nu,X,points,1\n", ["v:3:3"]),
    "inner node as criterion": ("u,R,points,1\n", ["v:2:3"]),
    "unknown field": ("u,L,points,1\nu,L,value,1\n", ["v:3:5"]),
    "bad value": ("u,L,points,x\n", ["v:2:12"]),
    "lacking field": ("u,M,a,1\nw,M,a,1\nw,M,b,1\n", ["v:2:5"]),
    "a above b": ("u,M,b,1\nu,M,a,2\n", ["v:3:7"]),
    "na beside a value": ("u,L,na,approved\nu,L,points,1\n", ["v:3:12"]),
}


@pytest.mark.parametrize("name", PLACED)
def test_faults_of_a_file_carry_line_and_column(name):
    rows, places = PLACED[name]
    root = node("R", leaf("L", "manual", rule={"na_allowed": True}), leaf("M", "ratio"))
    values = read_values((HEADER + rows).encode(), place="v")

    assert places_of(lambda: score(loaded(document(root)), values)) == places


def test_unit_outside_the_groups_is_refused_at_its_first_row():
    values = read_values((HEADER + "u,L,points,1\nw,L,points,1\n").encode(), place="v")
    groups = read_groups((GROUPS + "u,a,\n").encode(), place="g")

    assert places_of(lambda: score(one_leaf(), values, groups)) == ["v:3:1"]


def test_geometric_mean_of_a_negative_is_refused_naming_unit_and_node():
    root = node("R", leaf("L", "linear", rule={"clip": False}), aggregate="geometric_mean")
    values = read_values((HEADER + "good,L,value,5\nbad,L,value,-5\n").encode(), place="v")

    (fault,) = faults_of(lambda: score(loaded(document(root)), values))

    assert fault.place == "v:3:1"
    assert "bad" in fault.vi
    assert "R" in fault.vi


def test_sentences_show_long_and_strange_values_shortly():
    (fault,) = faults_of(lambda: check_fields(one_leaf(), "L", {"points": "x\n" * 5000}))

    assert len(fault.vi) < 300
    assert "\n" not in fault.vi


def test_set_titles_may_be_missing_for_inputs():
    root = node("R", leaf("L", "ratio", inputs={"a": {"title": titled("Hồ sơ")}}))

    (fault,) = faults_of(lambda: check_fields(loaded(document(root)), "L", {"a": "2", "b": "1"}))

    assert fault.vi == "Số hồ sơ (2) lớn hơn số b (1). Sửa một trong hai số."


def test_load_set_is_not_confused_by_text_instead_of_bytes():
    assert places_of(lambda: load_set("{")) == places_of(lambda: load_set(b"{"))
