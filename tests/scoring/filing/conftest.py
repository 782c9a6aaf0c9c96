"""What the tests of the agency's desk share."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User

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
