"""Acts on a draft: right, state and version are asked; document, identity and rows go together; the audit tells."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.nominating.selectors import cycle_grades
from scoring import engine
from scoring.criteria import drafting, editing
from scoring.criteria.draft import read
from scoring.criteria.findings import findings
from scoring.criteria.services import clone_set, import_set, publish_set
from scoring.enums import SetState
from scoring.models import CriteriaSet
from tests.factories.people import make_unit
from tests.factories.small_set import AGENCY, small_set
from tests.scoring.criteria.drafts import group, line, shape
from tests.scoring.cycles.conftest import later_year


def act(draft, actor):
    return {"criteria_set": draft, "version": draft.version, "actor": actor}


def told(turn=0):
    """The details of the last entry of the audit, or of one before."""
    return json.loads(AuditEntry.objects.order_by("-pk")[turn].details)


def rows(criteria_set):
    return [(one.code, one.pillar.code if one.pillar else "", one.position) for one in criteria_set.criteria.all()]


class TestEdits:
    def test_document_identity_rows_and_audit_go_together(self, draft, secretary):
        kept = draft.criteria.get(code="A.2").pk
        before = draft.identity
        made = drafting.add_item(**act(draft, secretary), item=line("A.4"), under="A")
        made = drafting.move_item(**act(made, secretary), code="A.4", step="up")
        made = drafting.remove_item(**act(made, secretary), code="A.1")

        made.refresh_from_db()
        assert shape(read(made.document)) == [
            ["ALL", ["A", "A.2", "A.4", "A.3"], ["B", "B.1", "B.2", "B.3"]],
            "T.1",
            "P.1",
            "P.2",
        ]
        assert made.identity == engine.identity(engine.load_set(made.document))
        assert rows(made) == [
            ("A.2", "A", 0), ("A.4", "A", 1), ("A.3", "A", 2), ("B.1", "B", 3), ("B.2", "B", 4), ("B.3", "B", 5),
            ("T.1", "", 6), ("P.1", "", 7), ("P.2", "", 8),
        ]  # fmt: skip
        assert made.criteria.get(code="A.2").pk == kept
        assert str(made.pillars.get(code="A").max_points) == "4"
        acts = AuditEntry.objects.order_by("-pk").values_list("action", flat=True)[:3]
        assert list(acts) == ["criteria_set.remove", "criteria_set.move", "criteria_set.add"]
        assert told(2)["before"] == before
        assert told()["after"] == made.identity

    def test_a_changed_criterion_says_what_changed(self, draft, secretary):
        item = editing.find(read(draft.document), "A.1").item | {"max_points": "3"}
        drafting.change_item(**act(draft, secretary), code="A.1", item=item)
        assert told()["changed"] == {"max_points": ["1", "3"]}

    def test_a_stale_version_is_refused_and_changes_nothing(self, draft, secretary):
        drafting.remove_item(**act(draft, secretary), code="A.1")
        with pytest.raises(Conflict) as refused:
            drafting.remove_item(**act(draft, secretary), code="A.2")
        assert refused.value.code == "ERR-STALE"
        assert CriteriaSet.objects.get(pk=draft.pk).criteria.filter(code="A.2").exists()

    @pytest.mark.parametrize("person", ["lead", "auditor", "officer0", "administrator"])
    def test_only_the_secretary_edits(self, year, draft, person):
        with pytest.raises(NotAllowed):
            drafting.remove_item(**act(draft, year.people[person]), code="A.1")

    def test_a_published_set_is_not_edited(self, year, secretary):
        with year.filing(), pytest.raises(WrongState):
            drafting.remove_item(**act(year.criteria_set, secretary), code="A.1")

    def test_an_edit_costs_the_same_for_few_and_many_criteria(self, year, secretary, draft):
        costs = []
        for turn in range(2):
            draft.refresh_from_db()
            with CaptureQueriesContext(connection) as queries:
                drafting.move_item(**act(draft, secretary), code="A.2", step="up")
            costs.append(len(queries))
            draft.refresh_from_db()
            draft = drafting.move_item(**act(draft, secretary), code="A.2", step="down")
            many = group(f"N{turn}", *(line(f"N{turn}.{n}") for n in range(30)))
            draft = drafting.add_item(**act(draft, secretary), item=many, under="ALL")
        assert costs[0] == costs[1]


class TestIncomplete:
    def test_a_draft_may_be_incomplete_and_publishing_names_every_place(self, draft, secretary):
        half = {name: value for name, value in line("A.4", "ratio").items() if name != "max_points"}
        half["rule"] = {"kind": "ratio", "full_at": "80"}
        made = drafting.add_item(**act(draft, secretary), item=half, under="A")
        made = drafting.add_item(**act(made, secretary), item=group("C", max_points="5"), under="ALL")
        made = drafting.add_item(**act(made, secretary), item=line("B.4", appraiser=""), under="B")

        found = findings(read(made.document))
        assert [(one.code, one.field) for one in found] == [
            ("A.4", "max_points"), ("A.4", "rule-zero_below"), ("A.4", "rule-between"), ("A.4", "rule-b_zero"),
            ("B.4", "appraiser"), ("C", "children"),
        ]  # fmt: skip
        with pytest.raises(Invalid) as refused:
            publish_set(criteria_set=made, actor=secretary)
        assert refused.value.code == "ERR-INCOMPLETE"
        assert len(refused.value.message.splitlines()) == 6
        assert made.criteria.get(code="A.4").max_points == 0
        with pytest.raises(Invalid):
            clone_set(source=made, year=2030, actor=secretary)

    def test_what_contradicts_itself_is_found_beside_what_is_missing(self, draft, secretary):
        document = read(draft.document)
        values = {"scoring": document["scoring"] | {"tie_break": ["pillar:Z"]}}
        made = drafting.change_whole(**act(draft, secretary), values=values)
        wrong = line("A.4", "ratio", max_points="0.125")
        wrong["rule"] |= {"zero_below": "90"}
        made = drafting.add_item(**act(made, secretary), item=wrong, under="A")
        planned = editing.find(document, "B").item | {"max_points": "7"}
        made = drafting.change_item(**act(made, secretary), code="B", item=planned)

        assert [(one.code, one.field) for one in findings(read(made.document))] == [
            ("set", "tie_break-0"), ("A.4", "rule-zero_below"), ("A.4", "max_points"), ("B", "max_points"),
        ]  # fmt: skip

    def test_contradictions_are_said_in_the_words_of_the_form(self, draft, secretary):
        wrong = line("A.4", "ratio", weight="2")
        wrong["rule"] |= {"zero_below": "90", "b_zero": "na"}
        made = drafting.add_item(**act(draft, secretary), item=wrong, under="A")
        planned = editing.find(read(made.document), "B").item | {"max_points": "7.5"}
        made = drafting.change_item(**act(made, secretary), code="B", item=planned)
        said = {(one.code, one.field): one.why for one in findings(read(made.document))}
        fields = ("rule-zero_below", "rule-b_zero", "weight")
        assert set(said) == {*(("A.4", field) for field in fields), ("B", "max_points")}
        assert "7,5" in said["B", "max_points"]
        assert not any(word in " ".join(said.values()) for word in ("zero_below", "full_at", "na_allowed", "7.5"))

    def test_pages_that_name_grades_read_them_of_a_draft_that_is_not_complete(self, year, draft, secretary):
        cycle = later_year(year, sets=[(year.group, draft)])
        half = {name: value for name, value in line("A.4").items() if name != "max_points"}
        drafting.add_item(**act(draft, secretary), item=half, under="A")
        assert list(cycle_grades(cycle)) == ["tot", "kha", "tb", "yeu"]

    def test_publishing_asks_for_the_version_that_was_seen(self, draft, secretary):
        drafting.remove_item(**act(draft, secretary), code="A.1")
        with pytest.raises(Conflict):
            publish_set(criteria_set=draft, version=draft.version, actor=secretary)
        draft.refresh_from_db()
        assert publish_set(criteria_set=draft, version=draft.version, actor=secretary).state == SetState.PUBLISHED

    def test_an_agency_that_became_a_unit_meanwhile_is_found(self, year, secretary):
        with year.filing():
            data = small_set(code="later").replace(AGENCY.encode(), "Sở Mới".encode())
            made = import_set(data=data, place="later", actor=secretary)
            with pytest.raises(Invalid):
                publish_set(criteria_set=made, actor=secretary)
            agency = make_unit("SM", "Sở Mới")
            publish_set(criteria_set=made, actor=secretary)
        assert set(made.criteria.values_list("responsible", flat=True)) == {agency.pk}


class TestBeginAndEnd:
    def test_an_empty_set_is_begun_once(self, year, secretary):
        given = {"code": "new", "year": 2027, "title_vi": "Bộ mới", "title_en": "", "actor": secretary}
        with year.filing():
            made = drafting.start_set(**given)
            assert (made.title_en, rows(made), made.state) == ("Bộ mới", [], SetState.DRAFT)
            assert [one.field for one in findings(read(made.document))] == ["children"]
            with pytest.raises(Conflict):
                drafting.start_set(**given)
            with pytest.raises(Invalid):
                drafting.start_set(**given | {"code": "không được"})
            with pytest.raises(NotAllowed):
                drafting.start_set(**given | {"year": 2028, "actor": year.people["lead"]})

    def test_a_draft_is_thrown_away_and_its_document_stays_in_the_audit(self, draft, secretary):
        document = draft.document
        drafting.discard_draft(**act(draft, secretary))
        assert not CriteriaSet.objects.filter(year=2027).exists()
        assert told()["document"] == document

    def test_a_draft_that_a_year_uses_is_kept(self, year, draft, secretary):
        later_year(year, sets=[(year.group, draft)])
        with pytest.raises(Conflict):
            drafting.discard_draft(**act(draft, secretary))
        assert CriteriaSet.objects.get(pk=draft.pk).criteria.count() == 9

    def test_a_published_set_is_not_thrown_away(self, year, secretary):
        with year.filing(), pytest.raises(WrongState):
            drafting.discard_draft(**act(year.criteria_set, secretary))

    def test_a_set_is_retired_once_no_running_year_uses_it(self, year, draft, secretary):
        with pytest.raises(WrongState):
            drafting.retire_set(criteria_set=year.criteria_set, actor=secretary)
        publish_set(criteria_set=draft, actor=secretary)
        assert drafting.retire_set(criteria_set=draft, actor=secretary).state == SetState.RETIRED
        with pytest.raises(WrongState):
            drafting.retire_set(criteria_set=draft, actor=secretary)
