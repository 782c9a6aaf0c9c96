"""The unit's library: whole files with their lines, versions, former years; nothing kept twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audit.models import AuditEntry
from core.errors import Invalid, NotAllowed, NotFound, TooLarge, WrongState
from scoring.appraisal.services import accept_line, return_assessment
from scoring.enums import LineState
from scoring.filing import keeping
from scoring.filing.evidence import attach_again, attach_evidence
from scoring.filing.library import (
    bring_back,
    rename_evidence,
    replace_evidence,
    reuse_evidence,
    set_lines,
    versions_of,
    withdraw_evidence,
)
from scoring.filing.services import prepare
from scoring.filing.shelf import Shelf, shelf_of
from scoring.filing.snapshot import snapshot_of
from scoring.models import Assessment, Evidence
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import PDF, upload

pytestmark = pytest.mark.django_db


def attach(year, *codes: str, data: bytes = PDF, name: str = "quyet-dinh.pdf", title: str = "", unit: int = 0):
    return attach_evidence(
        answers=[year.answer(code, unit) for code in codes],
        upload=upload(name, data),
        title=title,
        actor=year.officer(unit),
        assessment=year.assessment(unit),
    )


def newer(year, evidence, data: bytes = PDF + b"2", title: str = ""):
    return replace_evidence(evidence=evidence, upload=upload("ban-moi.pdf", data), title=title, actor=year.officer())


def lines(evidence) -> list[str]:
    return sorted(evidence.answers.values_list("criterion__code", flat=True))


def stored(settings) -> list[Path]:
    return [path for path in (Path(settings.MEDIA_ROOT) / "evidence").rglob("*") if path.is_file()]


def next_year(year) -> Assessment:
    """The same unit's form of the year after, open at the same time."""
    cycle = type(year.cycle).objects.get(pk=year.cycle.pk)
    cycle.pk, cycle.year = None, 2027
    cycle.save()
    own = year.assessment()
    later = Assessment.objects.create(cycle=cycle, unit=own.unit, group=own.group, criteria_set=own.criteria_set)
    for answer in own.answers.all():
        answer.pk, answer.assessment = None, later
        answer.save()
    return later


def titles(year, part=Shelf.ALL, q: str = "", sort: str = "title", user=None) -> list[str]:
    shelf = shelf_of(user or year.officer(), year.assessment(), part, q, sort)
    return [one.evidence.title for one in shelf]


# --- lines of a file -----------------------------------------------------------------------------------------------
def test_a_file_may_stand_behind_no_line_until_it_is_put_behind_some(year):
    with year.filing():
        file = attach(year)
        assert titles(year, Shelf.UNLINKED) == ["quyet-dinh.pdf"]
        set_lines(evidence=file, answers=[year.answer("A.1"), year.answer("B.1")], actor=year.officer())
        assert (lines(file), titles(year, Shelf.UNLINKED)) == (["A.1", "B.1"], [])
        set_lines(evidence=file, answers=[year.answer("B.1")], actor=year.officer())
        set_lines(evidence=file, answers=[year.answer("B.1")], actor=year.officer())

    assert lines(file) == ["B.1"]
    assert AuditEntry.objects.filter(action="evidence.set_lines").count() == 2  # the second click did nothing


def test_lines_of_others_and_of_agencies_are_refused_and_nothing_moves(year):
    with year.filing():
        file = attach(year, "A.1")
        with pytest.raises(NotFound):
            set_lines(evidence=file, answers=[year.answer("A.1", 1)], actor=year.officer())
        with pytest.raises(Invalid):
            set_lines(evidence=file, answers=[year.answer("B.3")], actor=year.officer())
    assert lines(file) == ["A.1"]


def test_other_lines_in_a_returned_form_reopen_decided_ones(year):
    with year.filing():
        file = attach(year, "A.1")
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        for code in ("A.1", "A.2"):
            line = year.answer(code)
            accept_line(answer=line, version=line.version, actor=year.people["appraiser"])
        return_assessment(assessment=year.assessment(), reason="Bổ sung", actor=year.people["lead"])
        set_lines(evidence=file, answers=[year.answer("A.2")], actor=year.officer())
    assert {year.answer(code).line_state for code in ("A.1", "A.2")} == {LineState.OPEN}


# --- removed and back ----------------------------------------------------------------------------------------------
def test_a_removed_file_leaves_every_line_and_comes_back_to_each(year, settings):
    with year.filing():
        file = attach(year, "A.1", "B.1")
        withdraw_evidence(evidence=file, actor=year.officer())
        withdraw_evidence(evidence=file, actor=year.officer())
        assert snapshot_of(year.assessment())["answers"]["A.1"]["evidence"] == []
        assert (titles(year), titles(year, Shelf.REMOVED)) == ([], ["quyet-dinh.pdf"])

        bring_back(evidence=file, actor=year.officer())
        bring_back(evidence=file, actor=year.officer())

    assert snapshot_of(year.assessment())["answers"]["A.1"]["evidence"] == [file.sha256]
    assert lines(file) == ["A.1", "B.1"]
    assert (titles(year), titles(year, Shelf.REMOVED)) == (["quyet-dinh.pdf"], [])
    acts = AuditEntry.objects.filter(action__in=["evidence.withdraw", "evidence.bring_back"])
    assert acts.count() == 2


def test_a_file_comes_back_only_where_there_is_room(year, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_FILES_PER_ANSWER", 1)
    with year.filing():
        file = attach(year, "A.1")
        withdraw_evidence(evidence=file, actor=year.officer())
        attach(year, "A.1", data=PDF + b"2")
        with pytest.raises(TooLarge):
            bring_back(evidence=file, actor=year.officer())


def test_the_same_bytes_again_after_a_removal_are_not_stored_twice(year, settings):
    with year.filing():
        first = attach(year, "A.1")
        withdraw_evidence(evidence=first, actor=year.officer())
        again = attach(year, "A.1")
        assert (again.copied_from, again.stored_as) == (first, first.stored_as)
        with pytest.raises(Invalid):
            bring_back(evidence=first, actor=year.officer())
    assert len(stored(settings)) == 1


@pytest.mark.parametrize("person", ["officer1", "head1", "secretary", "lead", "appraiser", "auditor"])
def test_nobody_else_changes_anything(year, settings, person):
    actor = year.people[person]
    with year.filing():
        file, gone = attach(year, "A.1"), attach(year, "A.2", data=PDF + b"g")
        withdraw_evidence(evidence=gone, actor=year.officer())
        acts = [
            lambda: set_lines(evidence=file, answers=[], actor=actor),
            lambda: withdraw_evidence(evidence=file, actor=actor),
            lambda: bring_back(evidence=gone, actor=actor),
            lambda: rename_evidence(evidence=file, title="x", actor=actor),
            lambda: replace_evidence(evidence=file, upload=upload(data=PDF + b"2"), title="", actor=actor),
            lambda: reuse_evidence(evidence=file, assessment=year.assessment(), answers=[], actor=actor),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
    assert len(stored(settings)) == 2
    assert lines(file) == ["A.1"]


def test_a_closed_form_keeps_its_files_as_they_are(year):
    with year.filing():
        file = attach(year, "A.1")
        prepare(assessment=year.fill(), actor=year.officer())
        with pytest.raises(WrongState):
            set_lines(evidence=file, answers=[], actor=year.officer())
        with pytest.raises(WrongState):
            withdraw_evidence(evidence=file, actor=year.officer())
        with pytest.raises(WrongState):
            newer(year, file)


# --- versions ------------------------------------------------------------------------------------------------------
def test_a_newer_version_takes_the_lines_and_the_older_stays_readable(year, settings):
    with year.filing():
        first = attach(year, "A.1", "B.1", title="Báo cáo")
        second = newer(year, first)
        third = newer(year, second, PDF + b"3", title="Báo cáo quý IV")

    first.refresh_from_db()
    assert (lines(first), lines(second), lines(third)) == ([], [], ["A.1", "B.1"])
    assert (second.title, third.title) == ("Báo cáo", "Báo cáo quý IV")
    assert versions_of(first) == versions_of(third) == [third, second, first]
    assert titles(year) == ["Báo cáo quý IV"]
    assert len(stored(settings)) == 3
    assert set(Evidence.objects.visible_to(year.officer())) == {first, second, third}


def test_an_earlier_version_is_history(year):
    with year.filing():
        first = attach(year, "A.1")
        newer(year, first)
        for act in (set_lines, withdraw_evidence, replace_evidence):
            more = {"answers": []} if act is set_lines else {}
            more |= {"upload": upload(data=PDF + b"9"), "title": ""} if act is replace_evidence else {}
            with pytest.raises(WrongState):
                act(evidence=first, actor=year.officer(), **more)
        with pytest.raises(WrongState):
            attach_again(answer=year.answer("A.2"), evidence=first, actor=year.officer())


def test_the_same_bytes_are_no_newer_version(year, settings):
    with year.filing():
        first = attach(year, "A.1")
        with pytest.raises(Invalid):
            newer(year, first, PDF)
    assert len(stored(settings)) == 1


def test_a_version_has_one_successor_also_in_the_database(year):
    with year.filing():
        first = attach(year, "A.1")
        second, other = newer(year, first), attach(year, "A.2", data=PDF + b"3")
    other.replaces = first
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    assert Evidence.objects.get(replaces=first) == second


# --- former years --------------------------------------------------------------------------------------------------
def test_a_file_of_a_former_year_serves_again_over_the_same_bytes(year, settings):
    with year.filing():
        old = attach(year, "A.1", title="Quyết định 118")
        later = next_year(year)
        (offered,) = shelf_of(year.officer(), later, Shelf.FORMER)
        assert (offered.evidence, offered.is_here) == (old, False)
        answer = later.answers.get(criterion__code="A.1")
        mine = reuse_evidence(evidence=old, assessment=later, answers=[answer], actor=year.officer())
        twice = reuse_evidence(evidence=old, assessment=later, answers=[answer], actor=year.officer())
        sent_again = attach_evidence(answers=[answer], upload=upload(), title="", actor=year.officer())
        assert shelf_of(year.officer(), later, Shelf.FORMER)[0].is_here

    assert mine == twice == sent_again
    assert (mine.copied_from, mine.stored_as, mine.title) == (old, old.stored_as, "Quyết định 118")
    assert len(stored(settings)) == 1
    assert AuditEntry.objects.filter(action="evidence.reuse").count() == 1


def test_a_file_of_another_unit_is_not_reused(year):
    with year.filing():
        theirs = attach(year, "A.1", unit=1)
        later = next_year(year)
        with pytest.raises(NotFound):
            reuse_evidence(evidence=theirs, assessment=later, answers=[], actor=year.officer())
        assert shelf_of(year.officer(), later, Shelf.FORMER) == []


def test_two_rows_over_one_file_are_a_copy_and_its_origin_or_nothing(year):
    with year.filing():
        one = attach(year, "A.1")
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


# --- the list ------------------------------------------------------------------------------------------------------
def test_search_is_without_tone_marks_and_finds_document_file_line_and_person(year):
    with year.filing():
        attach(year, "A.1", title="Quyết định về đường truyền", name="qd118.pdf")
        attach(year, "B.1", title="Kế hoạch", data=PDF + b"2")
        found = {q: titles(year, q=q) for q in ("duong truyen", "QUYẾT ĐỊNH", "qd118", "B.1", "khong co")}

    decision, plan = ["Quyết định về đường truyền"], ["Kế hoạch"]
    assert found == {
        "duong truyen": decision, "QUYẾT ĐỊNH": decision, "qd118": decision, "B.1": plan, "khong co": []
    }  # fmt: skip


def test_the_list_sorts_in_vietnamese_and_by_size_lines_and_time(year):
    with year.filing():
        attach(year, "A.1", "B.1", title="Đề án")
        attach(year, "A.1", title="Dự toán", data=PDF + b"22")
        attach(year, title="Ảnh", data=PDF + b"1")
        ordered = {sort: titles(year, sort=sort) for sort in ("title", "-title", "size", "lines", "sent", "-sent")}

    assert ordered == {
        "title": ["Ảnh", "Dự toán", "Đề án"],
        "-title": ["Đề án", "Dự toán", "Ảnh"],
        "size": ["Đề án", "Ảnh", "Dự toán"],
        "lines": ["Ảnh", "Dự toán", "Đề án"],
        "sent": ["Đề án", "Dự toán", "Ảnh"],
        "-sent": ["Ảnh", "Dự toán", "Đề án"],
    }


def test_an_appraiser_sees_what_is_declared_and_not_the_rest_of_the_library(year, as_user):
    with year.filing():
        behind = attach(year, "A.1", title="Sau dòng")
        loose = attach(year, title="Chưa dùng", data=PDF + b"2")
        older = attach(year, "A.2", title="Bản cũ", data=PDF + b"3")
        latest = newer(year, older, PDF + b"4")
    year.hand_in()
    client = as_user(year.people["appraiser"])
    with year.filing():
        codes = {
            one: client.get(reverse("evidence_view", args=[one.pk])).status_code
            for one in (behind, loose, older, latest)
        }
    assert codes == {behind: 200, loose: 404, older: 200, latest: 200}


@pytest.mark.parametrize("part", Shelf.values)
def test_the_page_costs_the_same_at_one_file_and_at_many(year, as_user, part, django_assert_max_num_queries):
    client, url = as_user(year.officer()), reverse("evidence_library", args=[year.assessment().pk])

    def cost() -> int:
        with django_assert_max_num_queries(40) as queries:
            assert client.get(url, {"part": part} if part else {}).status_code == 200
        return len(queries)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            attach(year, "A.1", "B.1", data=PDF + b"a%d" % number)
            attach(year, data=PDF + b"b%d" % number)
            withdraw_evidence(evidence=attach(year, "A.2", data=PDF + b"c%d" % number), actor=year.officer())

    with year.filing():
        fill(0, 1)
        one = cost()
        fill(1, 4)
        assert cost() == one
