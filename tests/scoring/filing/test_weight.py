"""The filled form of the shipped commune set stays light enough for a slow line."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from core import clock
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import AnswerInput, import_form
from scoring.inputs import inputs_of
from scoring.models import Answer, Assessment
from tests.factories.real_form import make_real_form
from tests.factories.year import OPENS
from tests.scoring.filing.conftest import PDF, upload


@pytest.fixture
def real_form(year) -> Assessment:
    with clock.set_to(OPENS):
        return make_real_form(year)


def _full(answer: Answer) -> AnswerInput:
    raw = {}
    for one in inputs_of(answer.criterion.leaf):
        raw[one.name] = one.choices[0][0] if one.choices else "731" if one.name == "a" else "1004"
    return AnswerInput(raw=raw, explanation="Số liệu lấy từ hệ thống thông tin giải quyết thủ tục hành chính của tỉnh.")


def attach_to_each(lines: list[Answer], year) -> None:
    for answer in lines:
        file, title = upload(data=PDF + str(answer.pk).encode()), "Quyết định 118/QĐ-UBND ngày 26/02/2026"
        attach_evidence(answers=[answer], upload=file, title=title, actor=year.officer())


@pytest.mark.django_db
def test_the_largest_pillar_filled_in_is_below_90_kilobytes(year, as_user, real_form):
    lines = list(real_form.answers.select_related("criterion__criteria_set").filter(criterion__pillar__code="CQS"))
    declared = [answer for answer in lines if answer.criterion.declared_by_unit]
    with year.filing():
        given = {answer.criterion.code: _full(answer) for answer in declared}
        import_form(assessment=real_form, given=given, actor=year.officer())
        attach_to_each(declared, year)
        address = reverse("assessment_pillar", args=[real_form.pk, "CQS"])
        plain = as_user(year.officer()).get(address, HTTP_ACCEPT_LANGUAGE="vi")
        packed = as_user(year.officer()).get(address, HTTP_ACCEPT_ENCODING="gzip")

    assert len(declared) == 15
    # Ids are as long as the database is old.
    assert len(re.sub(rb"\d{4,}", b"000", plain.content)) < 90_000
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < 20_000
    assert len(gzip.decompress(packed.content)) == len(plain.content)


@pytest.mark.django_db
def test_every_pillar_of_the_shipped_set_can_be_shown_and_says_where_its_criteria_come_from(year, as_user, real_form):
    with year.on(OPENS + timedelta(days=1)):
        client = as_user(year.officer())
        for pillar in real_form.criteria_set.pillars.all():
            page = client.get(reverse("assessment_pillar", args=[real_form.pk, pillar.code])).content.decode()
            for criterion in pillar.criteria.all():
                assert escape(criterion.leaf.source) in page


@pytest.fixture
def packed_files(settings, tmp_path):
    """The static files as an installation serves them: named by content, compressed."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)


def weight_of(client, address: str) -> tuple[int, str]:
    """What goes over the line, headers and all, and the text of it."""
    response = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert response.status_code == 200, address
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = sum(len(name) + len(value) + 4 for name, value in response.items())
    plain = gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body
    return len(body) + headers, plain.decode(errors="replace")


def files_of(client, page: str) -> dict[str, int]:
    """Every file that a browser fetches for the page: named in it, or in its style sheets.

    Two fonts are for letters of other languages; a browser fetches them only where one stands.
    """
    todo, found = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page)), {}
    while todo:
        address = todo.pop()
        found[address], text = weight_of(client, address)
        if address.endswith(".css"):
            folder = address.rsplit("/", 1)[0] + "/"
            named = re.findall(r'url\("?([^")]+\.(?:woff2|svg)[^")]*)', text)
            paths = {re.sub(r"[^/]+/\.\./", "", re.sub(r"[^/]+/\.\./", "", folder + one)) for one in named}
            todo |= {one for one in paths if "latin-ext" not in one} - found.keys()
    return found


@pytest.mark.django_db
@pytest.mark.slow
def test_the_first_load_is_below_200_kilobytes_and_later_pages_are_below_60(year, as_user, real_form, packed_files):
    lines = list(real_form.answers.select_related("criterion__criteria_set"))
    declared = [answer for answer in lines if answer.criterion.declared_by_unit]
    with year.filing():
        given = {answer.criterion.code: _full(answer) for answer in declared}
        import_form(assessment=real_form, given=given, actor=year.officer())
        attach_to_each(declared, year)
        client = as_user(year.officer())
        pages = {
            name: weight_of(client, reverse(name, args=[real_form.pk, *more]))
            for name, more in (("assessment_pillar", ["CQS"]), ("assessment_all", []), ("assessment", []))
        }
        files = files_of(client, pages["assessment_all"][1])
        worker, _text = weight_of(client, reverse("filing_worker"))

    weights = {name: weight for name, (weight, _page) in pages.items()}
    first = worker + sum(files.values()) + 2 * weights["assessment_pillar"]  # the worker takes its copy once more
    print(f"first load {first:,} bytes with {len(files)} files; later pages {weights}")
    assert any(name.endswith(".woff2") for name in files)
    assert any("/filing." in name and name.endswith(".js") for name in files)
    assert first <= 200_000
    assert max(weights.values()) <= 60_000
