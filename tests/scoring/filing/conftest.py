"""What the tests of the agency's desk share."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from scoring.appraisal.services import accept_line, return_assessment
from tests.factories.year import LOCKS, Year
from tests.stages import FILING_AGAIN

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
CONTENT_TYPES = "[Content_Types].xml"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    """Files go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def returned(year):
    """Unit 0: A.1 and A.2 accepted, then the form is returned."""
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        for code in ("A.1", "A.2"):
            line = year.answer(code)
            accept_line(answer=line, version=line.version, actor=year.people["appraiser"])
        return_assessment(assessment=year.assessment(), reason="Bổ sung số liệu B.1", actor=year.people["lead"])
        yield year


@pytest.fixture
def next_filing(year) -> Iterator[Year]:
    """The year after a published one, ten days into its filing; the clock stands there."""
    with year.on(FILING_AGAIN):
        yield year


def upload(name: str = "quyet-dinh.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def zipped(*names: str, content: bytes = b"<x/>", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(*more: str) -> bytes:
    return zipped(CONTENT_TYPES, "word/document.xml", *more)


def line_data(answer, *, version: int | None = None, **values: str) -> dict[str, str]:
    """What the form of one line sends."""
    sent = {"version": str(answer.version if version is None else version), "explanation": "", "keep": ""} | values
    return {f"l{answer.pk}-{name}": value for name, value in sent.items()}
