"""The code map: which criterion continues which, who may say so, and what it does to last year's figures."""

import copy
import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.criteria.codes import links_followed, set_code_map
from scoring.criteria.continuity import earlier_codes, earlier_version
from scoring.criteria.drafting import renumber_items
from scoring.criteria.services import clone_set, import_set, publish_set
from scoring.filing.guide import guide_of
from scoring.filing.selectors import last_year
from scoring.models import Assessment, CodeLink, CriteriaSet, Cycle, RankingRun
from tests.factories.small_set import DOCUMENT
from tests.factories.year import OPENS

pytestmark = pytest.mark.django_db


def renumbered(document: dict, year: int = 2027) -> bytes:
    """The small set of another year, in which B.1 has become B.9."""
    other = copy.deepcopy(document) | {"year": year}
    text = json.dumps(other).replace('"B.1"', '"B.9"')
    return text.encode()


@pytest.fixture
def secretary(year):
    return year.people["secretary"]


@pytest.fixture
def draft(year, secretary) -> CriteriaSet:
    with year.on(OPENS):
        yield import_set(data=renumbered(DOCUMENT), place="x", actor=secretary)


def links(criteria_set: CriteriaSet) -> dict[str, str]:
    return dict(criteria_set.code_links.values_list("criterion__code", "earlier__code"))


def whole(criteria_set: CriteriaSet, **given: str) -> dict[str, str]:
    return links(criteria_set) | given


def put(draft: CriteriaSet, codes: dict[str, str], actor, **given) -> CriteriaSet:
    draft.refresh_from_db()
    return set_code_map(**{
        "criteria_set": draft, "continues": earlier_version(draft), "codes": codes, "version": draft.version, "actor": actor,
    } | given)  # fmt: skip


def test_a_clone_continues_its_source_criterion_by_criterion(year, secretary):
    with year.on(OPENS):
        made = clone_set(source=year.criteria_set, year=2027, actor=secretary)

    codes = [line.code for line in year.criteria_set.definition.lines]
    assert (made.continues, links(made)) == (year.criteria_set, {code: code for code in codes})


def test_an_imported_set_continues_the_latest_version_by_equal_codes(year, draft):
    same = {line.code for line in year.criteria_set.definition.lines} - {"B.1"}

    assert (draft.continues, links(draft)) == (year.criteria_set, {code: code for code in same})


def test_the_first_version_continues_nothing(year):
    assert (year.criteria_set.continues, earlier_version(year.criteria_set)) == (None, None)


def test_the_secretary_says_what_continues_what(year, draft, secretary):
    put(draft, whole(draft, **{"B.9": "B.1"}), secretary)

    assert links(draft)["B.9"] == "B.1"
    entry = AuditEntry.objects.last()
    assert (entry.action, json.loads(entry.details)["codes"]["B.9"]) == ("criteria_set.code_map", "B.1")


@pytest.mark.parametrize(
    "codes", [{"B.9": "Z"}, {"Z": "B.1"}, {"A.1": "B.1", "B.9": "B.1"}, {"B.9": "B.9"}, {"A": "A"}]
)
def test_both_ends_must_be_there_and_nothing_is_continued_twice(draft, secretary, codes):
    before = links(draft)
    with pytest.raises(Invalid):
        put(draft, codes, secretary)

    assert links(draft) == before


def test_a_map_decided_on_an_older_state_is_refused(draft, secretary):
    with pytest.raises(Conflict):
        put(draft, {}, secretary, version=draft.version + 1)
    with pytest.raises(Conflict):
        put(draft, {}, secretary, continues=draft)


@pytest.mark.parametrize("who", ["officer0", "appraiser", "lead", "auditor", "administrator"])
def test_nobody_else_may(year, draft, who):
    with pytest.raises(NotAllowed):
        put(draft, {}, year.people[who])


def test_the_map_is_final_with_the_set(draft, secretary):
    link = CodeLink.objects.filter(criteria_set=draft).first()
    publish_set(criteria_set=draft, actor=secretary)
    with pytest.raises(WrongState):
        put(draft, {}, secretary)

    for change in (
        lambda: CodeLink.objects.filter(pk=link.pk).delete(),
        lambda: CodeLink.objects.filter(pk=link.pk).update(earlier=link.earlier),
        lambda: CodeLink.objects.create(
            criteria_set=draft, criterion=draft.criteria.get(code="B.9"), earlier=link.earlier
        ),
        lambda: CriteriaSet.objects.filter(pk=draft.pk).update(continues=None),
    ):
        refused_by_the_database(change)


def refused_by_the_database(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_database_refuses_ends_that_belong_elsewhere(year, draft):
    own, old = draft.criteria.get(code="B.9"), year.criteria_set.criteria.get(code="B.1")
    other = old.criteria_set
    for criteria_set, criterion, earlier in ((draft, old, old), (draft, own, own), (other, own, old)):
        refused_by_the_database(
            lambda a=criteria_set, b=criterion, c=earlier: CodeLink.objects.create(
                criteria_set=a, criterion=b, earlier=c
            )
        )
    CodeLink.objects.create(criteria_set=draft, criterion=own, earlier=old)
    refused_by_the_database(lambda: CodeLink.objects.filter(criterion=own).update(earlier=own))
    refused_by_the_database(lambda: CriteriaSet.objects.filter(pk=draft.pk).update(continues=None))


def test_links_follow_criteria_whose_codes_change_places(draft, secretary):
    """A.1 and A.2 swap codes: the rows stay under their codes, the links go with what stands in them."""
    with transaction.atomic(), links_followed(draft, {"A.1": "A.2", "A.2": "A.1"}):
        pass

    assert (links(draft)["A.1"], links(draft)["A.2"]) == ("A.2", "A.1")


def test_a_criterion_renumbered_on_the_desk_goes_on_continuing_its_own(year, draft, secretary):
    with year.on(OPENS):
        renumber_items(criteria_set=draft, given={"A.1": "A.2", "A.2": "A.1"}, version=draft.version, actor=secretary)

    assert (links(draft)["A.1"], links(draft)["A.2"], links(draft)["A.3"]) == ("A.2", "A.1", "A.3")


def test_maps_of_several_years_are_followed_one_after_the_other(year, draft, secretary):
    put(draft, whole(draft, **{"B.9": "B.1"}), secretary)
    publish_set(criteria_set=draft, actor=secretary)
    later = import_set(data=renumbered(DOCUMENT, 2028).replace(b'"A.1"', b'"A.8"'), place="x", actor=secretary)

    found = earlier_codes(later, year.criteria_set.pk)

    assert (found.get("B.9"), found.get("A.8"), found.get("A.2"), "B.1" in found) == ("B.1", None, "A.2", False)
    assert earlier_codes(later, later.pk) is None


# --- last year beside this year ---------------------------------------------------------------------------------------


@contextmanager
def next_year(year, criteria_set: CriteriaSet):
    """2026 is published, and 2027 files by `criteria_set`: the first unit's form."""
    year.all_the_way()
    cycle = Cycle.objects.get(pk=year.cycle.pk)
    cycle.pk, cycle.year, cycle.state = None, 2027, "filing"
    for name in (
        "filing_opens_at",
        "filing_closes_at",
        "filing_locks_at",
        "appraisal_closes_at",
        "explanation_closes_at",
    ):
        setattr(cycle, name, getattr(cycle, name) + timedelta(days=365))
    cycle.save()
    new = Assessment.objects.create(cycle=cycle, unit=year.units[0], group=year.group, criteria_set=criteria_set)
    answer = year.answer("B.1").__class__
    answer.objects.bulk_create(answer(assessment=new, criterion=one) for one in criteria_set.criteria.all())
    with year.on(cycle.filing_opens_at + timedelta(days=1)):
        yield new


def beside(form: Assessment, code: str):
    answer = form.answers.select_related("criterion__responsible", "criterion__criteria_set").get(criterion__code=code)
    return guide_of(answer, last_year(form)).last


def test_a_renumbered_criterion_shows_last_years_figure(year, draft, secretary, client):
    put(draft, whole(draft, **{"B.9": "B.1"}), secretary)
    publish_set(criteria_set=draft, actor=secretary)

    with next_year(year, draft) as form:
        assert "90 ÷ 100" in beside(form, "B.9").declared
        assert beside(form, "A.2") is not None
        client.force_login(year.officer())
        page = client.get(reverse("assessment_pillar", args=[form.pk, "B"])).content.decode()
        assert "90 ÷ 100" in page


def test_a_criterion_that_continues_nothing_has_no_last_year_even_under_an_old_code(year, draft, secretary):
    put(draft, {code: old for code, old in links(draft).items() if code != "A.2"}, secretary)

    with next_year(year, draft) as form:
        assert (beside(form, "A.2"), beside(form, "B.9")) == (None, None)
        assert beside(form, "A.1") is not None


def test_last_year_costs_the_same_at_one_link_and_at_many(year, draft, secretary):
    with next_year(year, draft) as form:
        counts = []
        for codes in ({"A.1": "A.1"}, {"A.1": "A.1", "A.2": "A.2", "B.9": "B.1"}):
            put(draft, codes, secretary)
            with CaptureQueriesContext(connection) as queries:
                assert set(
                    last_year(Assessment.objects.select_related("cycle", "criteria_set").get(pk=form.pk)).answers
                ) == set(codes)
            counts.append(len(queries))
    assert counts[0] == counts[1] == 6  # the form, the year before, its answers, their files, its row, the map


def test_another_version_leaves_every_earlier_hash_as_it_was(year, secretary):
    run = year.all_the_way()
    before = RankingRun.objects.filter(pk=run.pk).values_list("sha256", "snapshot").get()
    identity, document = CriteriaSet.objects.filter(pk=year.criteria_set.pk).values_list("identity", "document").get()
    with year.on(OPENS):
        changed = import_set(
            data=renumbered(DOCUMENT).replace(b'"full_at": "80"', b'"full_at": "70"'), place="x", actor=secretary
        )
        put(changed, whole(changed, **{"B.9": "B.1"}), secretary)
        publish_set(criteria_set=changed, actor=secretary)

    from scoring.ranking.verification import faults  # noqa: PLC0415 - only this test recomputes

    assert RankingRun.objects.filter(pk=run.pk).values_list("sha256", "snapshot").get() == before
    assert CriteriaSet.objects.filter(pk=year.criteria_set.pk).values_list("identity", "document").get() == (
        identity,
        document,
    )
    assert list(faults(RankingRun.objects.get(pk=run.pk))) == []
