"""`verify_evidence` names what does not fit between the store and the rows (reliability.md F4)."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core import clock
from scoring.filing import verifying
from scoring.filing.evidence import attach_evidence
from scoring.filing.library import withdraw_evidence
from scoring.models import Evidence
from tests.scoring.filing.conftest import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(year):
    with year.filing():
        return attach_evidence(answers=[year.answer("B.1")], upload=upload(), title="", actor=year.officer())


def path_of(settings, file) -> Path:
    return Path(settings.MEDIA_ROOT) / file.stored_as


def test_a_sound_store_is_said_so(year, file, capsys):
    with year.filing():
        withdraw_evidence(evidence=file, actor=year.officer())
        attach_evidence(answers=[year.answer("B.1")], upload=upload(), title="", actor=year.officer())
        call_command("verify_evidence")
    assert "1 files, 2 rows" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", PDF[:-1], PDF.replace(b"1", b"2"), PDF + b"x"])
def test_a_changed_file_is_named(file, settings, data):
    path = path_of(settings, file)
    path.chmod(0o640)
    path.write_bytes(data)
    with pytest.raises(CommandError, match=f"evidence {file.pk}: .* was changed"):
        call_command("verify_evidence")


def test_a_missing_file_is_named(file, settings):
    path_of(settings, file).unlink()
    with pytest.raises(CommandError, match=f"evidence {file.pk}: .* is missing"):
        call_command("verify_evidence")


def test_a_file_without_a_row_is_named_once_it_is_old(file, settings):
    stray = path_of(settings, file).with_name("stray")
    stray.write_bytes(b"x")
    assert list(verifying.faults()) == []
    old = (clock.now() - verifying.GRACE - timedelta(hours=1)).timestamp()
    os.utime(stray, (old, old))
    assert list(verifying.faults()) == ["evidence/stray: no row refers to it"]


def test_a_row_that_claims_to_be_a_copy_of_something_else_is_named(year, file, settings):
    with year.filing():
        other = attach_evidence(
            answers=[year.answer("A.1")], upload=upload(data=PDF + b"2"), title="", actor=year.officer()
        )
    Evidence.objects.filter(pk=other.pk).update(copied_from=file)
    assert f"evidence {other.pk}: is no copy of evidence {file.pk}" in list(verifying.faults())
