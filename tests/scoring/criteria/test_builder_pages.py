"""The builder's pages over HTTP: what is typed is what is stored, and nothing is lost or written half."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.criteria import editing
from scoring.criteria.draft import read
from scoring.criteria.drafting import add_item
from scoring.criteria.services import import_set
from scoring.enums import SetState
from scoring.models import CriteriaSet
from tests.factories.small_set import AGENCY, small_set
from tests.scoring.criteria.boxes import boxes_of
from tests.scoring.criteria.drafts import RULES, group, line, shape


@pytest.fixture
def every_kind(year, secretary):
    """A draft with a criterion of each kind."""
    document = json.loads(small_set(code="kinds"))
    kinds = [kind for kind in RULES if kind not in ("bonus", "penalty")]
    document["root"]["children"].append(group("K", *(line(f"K.{kind}", kind) for kind in kinds)))
    with year.filing():
        yield import_set(data=json.dumps(document).encode(), place="kinds", actor=secretary)


def url(name, draft, *more):
    return reverse(name, args=[draft.pk, *more])


def document_of(draft):
    return read(CriteriaSet.objects.get(pk=draft.pk).document)


def item_of(draft, code):
    return editing.item_of(document_of(draft), code)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_saving_a_page_as_it_was_opened_changes_nothing(desk, every_kind, language):
    """Every kind of rule, the groups and the set: what a form shows is exactly what it writes."""
    document, headers = document_of(every_kind), {"accept-language": language}
    pages = [
        url("set_node" if editing.is_node(place.item) else "set_line", every_kind, place.item["code"])
        for place in editing.places(document_of(every_kind))
    ]
    for page in [*pages, url("set_node", every_kind, "ALL"), url("set_form", every_kind)]:
        answer = desk.get(page, headers=headers)
        assert answer.status_code == 200
        assert desk.post(page, boxes_of(answer), headers=headers).status_code == 302, page
        for place in editing.places(document):
            assert item_of(every_kind, place.item["code"]) == place.item, page
        assert document_of(every_kind) == document, page
    assert CriteriaSet.objects.get(pk=every_kind.pk).identity == every_kind.identity


class TestTree:
    def test_a_row_is_moved_by_a_button(self, desk, draft):
        answer = desk.post(url("set_move", draft), {"move": "up:A.2", "version": draft.version})
        assert answer["Location"] == url("set_build", draft) + "#row-A.2"
        assert shape(document_of(draft))[0][1] == ["A", "A.2", "A.1", "A.3"]

    @pytest.mark.parametrize(
        ("data", "status"),
        [({"move": "up:A.2", "version": "7"}, 409), ({"move": "up:A.1"}, 400), ({"move": "up:A.1", "version": "x"}, 400),
         ({"move": "up:A.1", "version": "0"}, 422), ({"move": "off:A.2", "version": "0"}, 422),
         ({"move": "", "version": "0"}, 404)],
    )  # fmt: skip
    def test_what_cannot_be_done_is_refused_in_words(self, desk, draft, data, status):
        assert desk.post(url("set_move", draft), data).status_code == status
        assert CriteriaSet.objects.get(pk=draft.pk).version == 0

    def test_sums_stand_beside_what_was_planned(self, desk, draft, secretary):
        planned = item_of(draft, "A") | {"max_points": "5"}
        desk.post(url("set_node", draft, "A"), boxes_of(desk.get(url("set_node", draft, "A"))) | {"max_points": "5"})
        answer = desk.get(url("set_build", draft))
        rows = {row.code: row for row in answer.context["rows"]}
        assert (rows["A"].standing.reached, rows["A"].standing.planned, rows["A"].standing.is_even) == ("4", "5", False)
        assert rows["B"].standing.is_even
        assert item_of(draft, "A") == planned | {"max_points": "5"}

    def test_the_tree_costs_the_same_for_few_and_many(self, desk, draft, secretary):
        costs = []
        for turn in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(url("set_build", draft)).status_code == 200
            costs.append(len(queries))
            if not turn:
                many = group("N", *(line(f"N.{n}", "ratio") for n in range(40)))
                add_item(criteria_set=draft, item=many, under="ALL", version=0, actor=secretary)
        assert costs[0] == costs[1] <= 10

    def test_a_published_set_is_shown_without_acts(self, desk, year):
        answer = desk.get(url("set_build", year.criteria_set))
        assert not answer.context["is_open"]
        assert answer.context["can_clone"]
        assert b'name="move"' not in answer.content
        assert reverse("set_clone", args=[year.criteria_set.pk]).encode() in answer.content

    def test_removing_asks_and_says_what_goes_too(self, desk, draft):
        page = url("set_remove", draft, "A")
        answer = desk.get(page)
        assert len(answer.context["facts"]) == 1
        assert desk.post(page, boxes_of(answer)).status_code == 302
        assert shape(document_of(draft))[0] == ["ALL", ["B", "B.1", "B.2", "B.3"]]

    def test_numbering_anew_lists_and_then_does_it(self, desk, draft):
        desk.post(url("set_move", draft), {"move": "up:A.2", "version": 0})
        page = url("set_renumber", draft, "A")
        answer = desk.get(page)
        assert [row[:2] for row in answer.context["listed"]] == [("A.2", "A.1"), ("A.1", "A.2")]
        assert desk.post(page, boxes_of(answer) | {"version": "0"}).status_code == 409
        assert desk.post(page, boxes_of(answer)).status_code == 302
        assert item_of(draft, "A.1")["rule"]["kind"] == "level"


class TestLine:
    def save(self, desk, draft, which, **typed):
        page = url("set_line", draft, which)
        return desk.post(
            page, boxes_of(desk.get(page)) | {name.replace("__", "-"): text for name, text in typed.items()}
        )

    def test_percents_and_commas_become_what_the_engine_reads(self, desk, draft):
        answer = self.save(desk, draft, "B.2", rule__fraction_per_item="12,5", max_points="2,5")
        assert answer.status_code == 302
        item = item_of(draft, "B.2")
        assert (item["rule"]["fraction_per_item"], item["max_points"]) == ("0.125", "2.5")

    @pytest.mark.parametrize(
        ("name", "text"),
        [("rule__fraction_per_item", "150"), ("rule__fraction_per_item", "1.234,5"), ("rule__max_items", "0"),
         ("max_points", "-1"), ("max_points", "0"), ("code", "B.1"), ("code", "B 2"), ("title_vi", ""),
         ("rule__max_items", "1.000"), ("appraiser", "Nơi khác"), ("kind", "bonus")],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused_at_its_box_and_kept(self, desk, draft, name, text):
        answer = self.save(desk, draft, "B.2", **{name: text})
        assert answer.status_code == 422
        assert answer.context["editor"].errors
        assert CriteriaSet.objects.get(pk=draft.pk).version == 0
        if text and name != "kind" and name != "appraiser":
            assert boxes_of(answer)[name.replace("__", "-")] == text

    def test_what_is_left_open_is_kept_open(self, desk, draft):
        assert self.save(desk, draft, "B.1", max_points="", rule__full_at="", rule__between="").status_code == 302
        item = item_of(draft, "B.1")
        assert "max_points" not in item
        assert set(item["rule"]) == {"kind", "zero_below", "b_zero", "na_allowed"}
        assert desk.get(url("set_build", draft)).status_code == 200
        assert desk.get(url("set_line", draft, "B.1")).status_code == 200

    def test_a_row_is_added_and_removed_without_script_and_nothing_is_saved(self, desk, draft):
        page = url("set_line", draft, "A.3")
        boxes = boxes_of(desk.get(page))
        grown = boxes_of(desk.post(page, boxes | {"do": "add:tiers", "title_vi": "Tên khác"}))
        assert grown["tiers-2-min"] == ""
        assert grown["title_vi"] == "Tên khác"
        fewer = boxes_of(desk.post(page, grown | {"do": "drop:tiers-0", "tiers-2-min": "1", "tiers-2-fraction": "10"}))
        assert [fewer[f"tiers-{n}-min"] for n in (1, 2)] == ["2", "1"]
        assert "tiers-0-min" not in fewer
        assert CriteriaSet.objects.get(pk=draft.pk).version == 0
        assert desk.post(page, fewer).status_code == 302
        assert item_of(draft, "A.3")["rule"]["tiers"] == [
            {"min": "2", "fraction": "0.5"},
            {"min": "1", "fraction": "0.1"},
        ]

    def test_another_kind_shows_its_parameters_first(self, desk, draft):
        page = url("set_line", draft, "A.1")
        answer = desk.post(page, boxes_of(desk.get(page)) | {"kind": "deadline", "do": "kind"})
        assert answer.status_code == 200
        boxes = boxes_of(answer) | {"rule-due": "31/01/2027", "late-0-days": "9", "late-0-fraction": "20",
                                    "late-1-days": "3", "late-1-fraction": "50"}  # fmt: skip
        assert item_of(draft, "A.1")["rule"]["kind"] == "boolean"
        assert desk.post(page, boxes).status_code == 302
        assert item_of(draft, "A.1")["rule"] == {
            "kind": "deadline", "due": "2027-01-31", "na_allowed": False,
            "late": [{"days": 3, "fraction": "0.5"}, {"days": 9, "fraction": "0.2"}],
        }  # fmt: skip

    def test_new_options_get_keys_and_old_ones_keep_theirs(self, desk, draft):
        typed = {"options-3-title_vi": "Chưa rõ", "options-3-fraction": "25", "options-0-title_vi": "Trưởng"}
        page = url("set_line", draft, "A.2")
        assert desk.post(page, boxes_of(desk.get(page)) | typed).status_code == 302
        options = item_of(draft, "A.2")["rule"]["options"]
        assert [one["key"] for one in options] == ["head", "deputy", "none", "k1"]
        assert options[3]["title"] == {"vi": "Chưa rõ", "en": "Chưa rõ"}

    def test_words_of_the_inputs_are_typed_beside_the_rule(self, desk, draft):
        typed = {"inputs__a__unit": "hồ sơ", "inputs__b__title_vi": "Tất cả", "inputs__b__title_en": ""}
        assert self.save(desk, draft, "B.1", **typed).status_code == 302
        inputs = item_of(draft, "B.1")["inputs"]
        assert (inputs["a"]["unit"], inputs["b"]["title"]) == ("hồ sơ", {"vi": "Tất cả", "en": "Tất cả"})

    def test_who_was_too_late_keeps_the_typed_text_and_sees_what_is_on_file(self, desk, draft):
        page = url("set_line", draft, "B.2")
        mine = boxes_of(desk.get(page)) | {"title_vi": "Của tôi", "max_points": "3"}
        self.save(desk, draft, "B.2", title_vi="Của người khác", title_en="Theirs")
        answer = desk.post(page, mine)
        assert answer.status_code == 409
        kept = boxes_of(answer)
        assert (kept["title_vi"], kept["version"]) == ("Của tôi", "1")
        assert any("Của người khác" in value for _name, value in answer.context["meanwhile"])
        assert desk.post(page, kept).status_code == 302
        assert item_of(draft, "B.2")["title"]["vi"] == "Của tôi"

    def test_edits_of_other_criteria_do_not_stand_in_the_way(self, desk, draft):
        page = url("set_line", draft, "B.2")
        mine = boxes_of(desk.get(page)) | {"title_vi": "Của tôi"}
        self.save(desk, draft, "B.1", title_vi="Của người khác")
        assert desk.post(page, mine | {"seen": ""}).status_code == 409
        assert desk.post(page, mine).status_code == 302
        titles = [item_of(draft, code)["title"]["vi"] for code in ("B.1", "B.2")]
        assert titles == ["Của người khác", "Của tôi"]

    @pytest.mark.parametrize(("code", "query"), [("B.2", "?under=B"), ("T.1", "")])
    def test_saving_may_go_on_to_the_next_criterion(self, desk, draft, code, query):
        answer = self.save(desk, draft, code, do="next", title_vi="Tên mới")
        assert answer["Location"] == url("set_line_new", draft) + query
        assert item_of(draft, code)["title"]["vi"] == "Tên mới"
        assert self.save(desk, draft, code, do="next", max_points="0").status_code == 422

    @pytest.mark.parametrize("act", ["nonsense", "", "drop"])
    def test_an_unknown_button_is_malformed_or_harmless(self, desk, draft, act):
        page = url("set_line", draft, "B.2")
        assert desk.post(page, boxes_of(desk.get(page)) | {"do": act}).status_code in (200, 400)
        assert CriteriaSet.objects.get(pk=draft.pk).version == 0


class TestFormula:
    @pytest.fixture
    def page(self, draft, secretary):
        add_item(criteria_set=draft, item=line("A.4", "formula"), under="A", version=0, actor=secretary)
        return url("set_line", draft, "A.4")

    def test_it_is_typed_in_vietnamese_and_stored_in_english(self, desk, draft, page):
        boxes = boxes_of(desk.get(page))
        assert boxes["rule-expression"] == "x ÷ 2"
        typed = {
            "rule-expression": "NẾU(tong > 0; dung ÷ tong × 2,5; 0) + [B.2]",
            "inputs-0-name": "dung",
            "inputs-1-name": "tong",
        }
        assert desk.post(page, boxes | typed).status_code == 302
        rule = item_of(draft, "A.4")["rule"]
        assert rule["expression"] == "IF(tong > 0, dung / tong * 2.5, 0) + [B.2]"
        assert [one["name"] for one in rule["inputs"]] == ["dung", "tong"]

    @pytest.mark.parametrize(
        ("text", "place"),
        [("x +\n  y ÷ 2", "Dòng 2, ký tự 3"), ("x ** 2", "ký tự 4"), ("__import__('os')", "Dòng 1"), ("(" * 9999, "Dòng 1"),
         ("x.y", "Dòng 1"), ("“x”", "U+201C"), ("１ + x", "Dòng 1"), ("1 < x < 2", "Dòng 1"), ("x + 0.5", "Dòng 1")],
    )  # fmt: skip
    def test_a_fault_is_said_with_line_and_character_and_nothing_is_saved(self, desk, draft, page, text, place):
        answer = desk.post(page, boxes_of(desk.get(page)) | {"rule-expression": text})
        assert answer.status_code == 422
        assert any(place in error["message"] or "4000" in error["message"] for error in answer.context["editor"].errors)
        assert item_of(draft, "A.4")["rule"]["expression"] == "x / 2"


class TestWhole:
    def test_scoring_ties_and_grades(self, desk, draft):
        page = url("set_form", draft)
        boxes = boxes_of(desk.get(page))
        grown = boxes_of(desk.post(page, boxes | {"do": "add:tie_break"}))
        typed = {"tie_break-2-step": "pillar:A", "cap": "100", "max_bonus": "", "places": "3", "grades-0-from": "8,75"}
        assert desk.post(page, grown | typed).status_code == 302
        document = document_of(draft)
        assert document["scoring"]["tie_break"] == ["pillar:B", "submitted_at", "pillar:A"]
        assert (document["scoring"]["cap"], document["scoring"]["max_bonus"], document["scoring"]["places"]) == (
            "100",
            None,
            3,
        )
        assert document["grades"][0]["from"] == "8.75"

    @pytest.mark.parametrize(
        ("name", "text"), [("places", "21"), ("cap", "-1"), ("grades-0-code", "a b"), ("title_vi", "")]
    )
    def test_what_cannot_be_read_is_refused(self, desk, draft, name, text):
        page = url("set_form", draft)
        answer = desk.post(page, boxes_of(desk.get(page)) | {name: text})
        assert answer.status_code == 422
        assert CriteriaSet.objects.get(pk=draft.pk).version == 0


class TestPublishing:
    def test_every_fault_leads_to_its_place(self, desk, draft, secretary):
        half = {name: value for name, value in line("A.4", "ratio").items() if name != "max_points"}
        add_item(criteria_set=draft, item=half | {"rule": {"kind": "ratio"}}, under="A", version=0, actor=secretary)
        answer = desk.get(url("set_publish", draft))
        links = [link for _one, link in answer.context["found"]]
        assert links == [
            url("set_line", draft, "A.4") + f"#id_{name}"
            for name in ("max_points", "rule-full_at", "rule-zero_below", "rule-between", "rule-b_zero")
        ]
        shown = desk.get(links[0]).content.decode()
        assert all(f'id="{link.partition("#")[2]}"' in shown for link in links)
        assert desk.post(url("set_publish", draft)).status_code == 422
        assert CriteriaSet.objects.get(pk=draft.pk).state == SetState.DRAFT

    def test_who_decides_on_an_older_version_is_asked_again(self, desk, draft):
        seen = boxes_of(desk.get(url("set_publish", draft)))
        desk.post(url("set_move", draft), {"move": "up:A.2", "version": 0})
        assert desk.post(url("set_publish", draft), seen).status_code == 409
        assert desk.post(url("set_publish", draft), seen | {"version": "1"}).status_code == 302

    def test_begin_throw_away_retire(self, desk, year, draft):
        typed = {"code": "moi", "year": "2027", "title_vi": "Bộ mới", "title_en": ""}
        with year.filing():
            assert desk.post(reverse("set_start"), typed | {"code": "a b"}).status_code == 422
            assert desk.post(reverse("set_start"), typed).status_code == 302
            assert desk.post(reverse("set_start"), typed).status_code == 409
        made = CriteriaSet.objects.get(code="moi")
        assert desk.get(url("set_build", made)).status_code == 200
        assert desk.post(url("set_discard", made), boxes_of(desk.get(url("set_discard", made)))).status_code == 302
        assert not CriteriaSet.objects.filter(code="moi").exists()
        assert desk.post(url("set_retire", year.criteria_set)).status_code == 409
        desk.post(url("set_publish", draft))
        assert desk.post(url("set_retire", draft)).status_code == 302
        assert desk.get(url("set_build", draft)).status_code == 200


@pytest.mark.slow
def test_sixty_criteria_are_built_published_and_cloned_over_the_forms(desk, year, secretary):
    """As a secretary does it: groups, criteria of every kind with their parameters, publish, next year's draft."""
    parameters = {
        "boolean": {}, "manual": {}, "relative": {},
        "level": {"options-0-title_vi": "Có", "options-0-fraction": "100", "options-1-fraction": "0"},
        "ratio": {"rule-full_at": "80", "rule-zero_below": "40", "rule-between": "over_full", "rule-b_zero": "zero"},
        "tiers": {"tiers-0-min": "4", "tiers-0-fraction": "100"},
        "count": {"rule-fraction_per_item": "25", "rule-max_items": "4"},
        "deadline": {"rule-due": "31/01/2027"},
        "linear": {"rule-low": "0", "rule-high": "100"},
        "formula": {"rule-expression": "NHỎ_NHẤT(so; 1)", "inputs-0-name": "so"},
    }  # fmt: skip
    with year.filing():
        desk.post(reverse("set_start"), {"code": "sixty", "year": "2026", "title_vi": "Bộ 60 tiêu chí", "title_en": ""})
        made = CriteriaSet.objects.get(code="sixty")
        kinds = list(parameters)
        for pillar in "ABCDEF":
            page = url("set_node_new", made) + "?under=TONG"
            typed = {"code": pillar, "title_vi": f"Trụ cột {pillar}", "max_points": "10"}
            assert desk.post(page, boxes_of(desk.get(page)) | typed).status_code == 302
            for number in range(10):
                kind = kinds[number]
                page = url("set_line_new", made) + f"?under={pillar}"
                typed = {"title_vi": f"Tiêu chí {kind}", "kind": kind, "max_points": "1"}
                answer = desk.post(page, boxes_of(desk.get(page)) | typed)
                boxes = boxes_of(desk.get(answer["Location"])) | parameters[kind] | {"appraiser": AGENCY}
                assert desk.post(answer["Location"], boxes).status_code == 302
        assert desk.get(url("set_publish", made)).context["found"] == []
        assert desk.post(url("set_publish", made)).status_code == 302
        made.refresh_from_db()
        assert (made.state, made.criteria.count(), len(made.definition.leaves)) == (SetState.PUBLISHED, 60, 60)
        assert desk.post(url("set_clone", made)).status_code == 302
    clone = CriteriaSet.objects.get(code="sixty", year=2027)
    assert shape(document_of(clone)) == shape(document_of(made))
