"""40 seeded twins among innocent documents: how many are found, and how many of those found are twins.

A few are real files in the suite and the rest are texts that were read; `TWINS=whole` makes every one a file that is sent,
kept and read by the child (some minutes), over twice as many communes.
"""

import os

import pytest

from core.jobs.runner import run
from scoring.enums import FlagKind
from scoring.models import EvidenceFlag
from scoring.twins.finding import begin, is_unread
from tests.scoring.twins.corpus import made
from tests.scoring.twins.planting import Field, communes

pytestmark = pytest.mark.django_db
WHOLE = os.environ.get("TWINS") == "whole"
# A PDF, a Word document, what was saved anew in the other form, an edited one, a scan.
REAL = {f"{key}{again}" for key in ("bytes-0", "bytes-4", "saved-0", "saved-1", "edited-0") for again in ("", "-again")}


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_seeded_twins_are_found_and_innocent_documents_are_not(year, capsys):
    corpus = made(communes(48 if WHOLE else 24), each=8)
    field = Field(year, corpus)
    field.plant({one.key for one in corpus.documents} if WHOLE else REAL)

    while is_unread(year.cycle):
        run(begin(year.cycle).pk)
    run(begin(year.cycle).pk)

    found = {_pair(flag, field): flag.kind for flag in EvidenceFlag.objects.exclude(kind=FlagKind.OUTSIDE_YEAR)}
    right = corpus.twins & found.keys()
    recall, precision = len(right) / len(corpus.twins), len(right) / len(found)
    with capsys.disabled():
        files = sum(not one.cited for one in corpus.documents)
        print(f"\n{files} files, {len(corpus.documents) - files} citations, {len(corpus.twins)} twins: ", end="")
        print(f"recall {recall:.1%}, precision {precision:.1%}")
    wrong = {"missed": corpus.twins - found.keys(), "innocent": found.keys() - corpus.twins}
    assert len(corpus.twins) == 40
    assert recall >= 0.95, wrong
    assert precision >= 0.90, wrong


def _pair(flag: EvidenceFlag, field: Field) -> frozenset[str]:
    sides = [(flag.first_evidence_id, flag.first_citation_id), (flag.second_evidence_id, flag.second_citation_id)]
    return frozenset(field.rows["evidence", file] if file else field.rows["citation", cited] for file, cited in sides)
