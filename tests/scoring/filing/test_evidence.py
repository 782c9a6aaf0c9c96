"""Evidence: kept once, behind the lines it was given for, within the limits."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from core.audit.models import AuditEntry
from core.errors import Invalid, NotAllowed, NotFound, OutOfTime, TooLarge, WrongState
from scoring.appraisal.services import accept_line, return_assessment
from scoring.enums import LineState
from scoring.filing import evidence as module
from scoring.filing import keeping
from scoring.filing.evidence import attach_again, attach_evidence, remove_evidence
from scoring.filing.keeping import shown_name
from scoring.filing.library import withdraw_evidence
from scoring.filing.services import prepare
from scoring.models import Evidence
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import PDF, upload

pytestmark = pytest.mark.django_db


def attach(year, *codes: str, data: bytes = PDF, name: str = "quyet-dinh.pdf", title: str = "", by: str = "officer0"):
    answers = [year.answer(code) for code in codes or ("B.1",)]
    return attach_evidence(answers=answers, upload=upload(name, data), title=title, actor=year.people[by])


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def behind(year, code: str) -> list[str]:
    return list(year.answer(code).evidence.filter(removed_at__isnull=True).values_list("title", flat=True))


def test_a_file_is_kept_under_our_own_name_with_its_hash(year, settings):
    with year.filing():
        file = attach(year, "B.1", "A.1", title="Quyết định 118/QĐ-UBND")

    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (file.size, file.media_type, file.original_name) == (len(PDF), "application/pdf", "quyet-dinh.pdf")
    assert "quyet" not in file.stored_as
    assert default_storage.open(file.stored_as).read() == PDF
    assert behind(year, "A.1") == behind(year, "B.1") == ["Quyết định 118/QĐ-UBND"]
    assert [entry.action for entry in AuditEntry.objects.filter(object_type="scoring.evidence")] == ["evidence.attach"]


def test_without_a_title_the_file_name_stands(year):
    with year.filing():
        assert attach(year).title == "quyet-dinh.pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\Users\\a\\x.pdf", "x.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\nb.pdf", "ab.pdf"),
        ("bao-cao\u202efdp.exe", "bao-caofdp.exe"),
        ('a"b;c.pdf', 'a"b;c.pdf'),
        ("Nguye\u0302\u0303n.pdf", "Nguyễn.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("...", "-"),
        ("", "-"),
        ("/", "-"),
    ],
)
def test_the_shown_name_is_cleaned(name, shown):
    assert shown_name(name) == shown


def test_the_same_bytes_are_kept_once_and_put_behind_more_lines(year, settings):
    with year.filing():
        first = attach(year, "B.1", title="Một")
        again = attach(year, "B.1", title="Hai")
        other = attach(year, "A.1")

    assert first == again == other
    assert len(stored(settings)) == Evidence.objects.count() == 1
    assert behind(year, "A.1") == ["Một"]
    assert AuditEntry.objects.filter(action="evidence.attach").count() == 2  # the second click did nothing


@pytest.mark.parametrize("person", ["officer1", "head1", "secretary", "lead", "appraiser", "auditor"])
def test_nobody_else_attaches_removes_or_puts_back(year, settings, person):
    actor = year.people[person]
    with year.filing():
        file, line = attach(year), year.answer("B.1")
        with pytest.raises(NotAllowed):
            attach(year, data=PDF + b"2", by=person)
        with pytest.raises(NotAllowed):
            remove_evidence(answer=line, evidence=file, actor=actor)
        with pytest.raises(NotAllowed):
            attach_again(answer=year.answer("A.1"), evidence=file, actor=actor)

    assert behind(year, "B.1") == ["quyet-dinh.pdf"]
    assert len(stored(settings)) == 1


def test_evidence_is_closed_with_the_form(year, settings):
    with year.filing():
        file = attach(year)
        prepare(assessment=year.fill(), actor=year.officer())
        year.sign()
        with pytest.raises(WrongState):
            attach(year, data=PDF + b"2")
        with pytest.raises(WrongState):
            remove_evidence(answer=year.answer("B.1"), evidence=file, actor=year.officer())
    assert len(stored(settings)) == 1


def test_evidence_is_closed_after_the_deadline(year, settings):
    with year.on(LOCKS), pytest.raises(OutOfTime):
        attach(year)
    assert stored(settings) == []


def test_empty_files_and_files_above_the_limit_are_refused(year, settings, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_BYTES", len(PDF))
    with year.filing():
        attach(year)
        with pytest.raises(TooLarge):
            attach(year, data=PDF + b"1")
        with pytest.raises(Invalid):
            attach(year, data=b"")
    assert len(stored(settings)) == 1


def test_one_form_takes_so_many_bytes(year, settings, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_BYTES_PER_ASSESSMENT", 2 * len(PDF) + 2)
    with year.filing():
        first = attach(year)
        attach(year, data=PDF + b"2")
        with pytest.raises(TooLarge):
            attach(year, data=PDF + b"3")
        withdraw_evidence(evidence=first, actor=year.officer())
        attach(year, data=PDF + b"4")
        with pytest.raises(TooLarge):
            attach_again(answer=year.answer("B.1"), evidence=first, actor=year.officer())
    assert len(stored(settings)) == 3  # what was removed stays, what was refused is gone


def test_sending_and_removing_does_not_fill_the_store(year, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_BYTES_EVER", len(PDF) + 1)
    with year.filing():
        withdraw_evidence(evidence=attach(year), actor=year.officer())
        with pytest.raises(TooLarge):
            attach(year, data=PDF + b"2")


def test_one_line_takes_so_many_files(year, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_FILES_PER_ANSWER", 2)
    with year.filing():
        attach(year)
        attach(year, data=PDF + b"2")
        with pytest.raises(TooLarge):
            attach(year, data=PDF + b"3")
        attach(year, "A.1", data=PDF + b"3")


def test_lines_of_another_unit_and_of_agencies_take_no_files(year, settings):
    with year.filing():
        with pytest.raises(NotFound):
            attach_evidence(
                answers=[year.answer("B.1"), year.answer("B.1", 1)], upload=upload(), title="", actor=year.officer()
            )
        with pytest.raises(Invalid):
            attach(year, "B.3")
        theirs = attach_evidence(answers=[year.answer("B.1", 1)], upload=upload(), title="", actor=year.officer(1))
        with pytest.raises(NotFound):
            attach_again(answer=year.answer("B.1"), evidence=theirs, actor=year.officer())
    assert len(stored(settings)) == 1


def test_taking_away_is_for_one_line_and_can_be_undone(year):
    with year.filing():
        file = attach(year, "A.1", "B.1")
        remove_evidence(answer=year.answer("B.1"), evidence=file, actor=year.officer())
        assert (behind(year, "A.1"), behind(year, "B.1")) == (["quyet-dinh.pdf"], [])
        remove_evidence(answer=year.answer("B.1"), evidence=file, actor=year.officer())  # a second click
        last = remove_evidence(answer=year.answer("A.1"), evidence=file, actor=year.officer())
        assert last.removed_at is None  # it stays in the library
        attach_again(answer=year.answer("A.1"), evidence=file, actor=year.officer())
        attach_again(answer=year.answer("A.1"), evidence=file, actor=year.officer())

    assert behind(year, "A.1") == ["quyet-dinh.pdf"]
    trail = AuditEntry.objects.filter(object_type="scoring.evidence").values_list("action", flat=True)
    assert list(trail) == ["evidence.attach", "evidence.remove", "evidence.remove", "evidence.attach_again"]


def test_a_removed_file_is_out_of_view_but_its_bytes_stay(year, settings):
    with year.filing():
        file = attach(year)
        withdraw_evidence(evidence=file, actor=year.officer())

        assert not Evidence.objects.visible_to(year.officer()).exists()
    assert len(stored(settings)) == 1


def test_other_evidence_in_a_returned_form_reopens_a_decided_line(year):
    with year.filing():
        old = attach(year, "A.1")
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        for code in ("A.1", "A.2"):
            line = year.answer(code)
            accept_line(answer=line, version=line.version, actor=year.people["appraiser"])
        return_assessment(assessment=year.assessment(), reason="Bổ sung", actor=year.people["lead"])
        version = year.answer("A.2").version

        attach(year, "A.2", data=PDF + b"2")
        remove_evidence(answer=year.answer("A.1"), evidence=old, actor=year.officer())

    assert {year.answer(code).line_state for code in ("A.1", "A.2")} == {LineState.OPEN}
    assert year.answer("A.2").version == version + 1


def test_a_failed_row_leaves_no_file(year, settings, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(module, "record", fail)
    with year.filing(), pytest.raises(RuntimeError):
        attach(year)

    assert stored(settings) == []
    assert not Evidence.objects.exists()
