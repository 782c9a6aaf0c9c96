"""What the tests of twin evidence share."""

from collections.abc import Callable

import pytest

from core.jobs.runner import run
from scoring.filing.citing import CitationInput, cite
from scoring.filing.evidence import attach_evidence
from scoring.models import Citation, Evidence, EvidenceFlag
from scoring.twins.finding import begin
from tests.factories.year import Year
from tests.scoring.filing.conftest import upload
from tests.scoring.filing.papers import picture


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    """Files go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def attach(year: Year) -> Callable[..., Evidence]:
    """While the year is filing: a file of unit `index` behind the line. Without `data` a picture that all share."""

    def put(
        index: int, code: str = "A.1", data: bytes = b"", name: str = "a.png", title: str = "Quyết định"
    ) -> Evidence:
        file, officer = upload(name, data or picture()), year.officer(index)
        return attach_evidence(answers=[year.answer(code, index)], upload=file, title=title, actor=officer)

    return put


@pytest.fixture
def name(year: Year) -> Callable[..., Citation]:
    """While the year is filing: unit `index` cites a document behind the line."""

    def put(
        index: int, issuer: str, number: str = "25/QĐ-UBND", day: str = "2026-02-02", code: str = "A.1"
    ) -> Citation:
        given = CitationInput("Kiện toàn Ban Chỉ đạo", "Quyết định", number, day, issuer)
        return cite(answers=[year.answer(code, index)], given=given, actor=year.officer(index))

    return put


@pytest.fixture
def search(year: Year) -> Callable[[], list[EvidenceFlag]]:
    """Run the job; the flags of the year."""

    def look() -> list[EvidenceFlag]:
        assert run(begin(year.cycle).pk).state == "done"
        return list(EvidenceFlag.objects.order_by("pk"))

    return look
