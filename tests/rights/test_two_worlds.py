"""Two worlds that differ in one secret only give whoever must not know it the same bytes on every read (reliability.md A2)."""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from scoring.appraisal.services import accept_line, correct_inputs, correct_points
from scoring.clarifying.services import ask_clarification
from scoring.models import Answer, MarkingDraw, SecondMark
from tests.factories.year import Year
from tests.rights.row import nothing
from tests.rights.test_rights import all_rows, session_of, undone
from tests.stages import APPRAISING

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere ids go on counting after a rollback"),
]

SECOND = "appraiser2"
# What a page gives each time anew, whoever asks.
ANEW = re.compile(rb'(csrfmiddlewaretoken" value="|nonce="|"X-CSRFToken": ")[\w\-+/=]+')
OF_DESK = ("", "?sort=-difference", "?sort=difference", "?sort=claim", "?state=changed", "?state=accepted", "?state=left",
           "?state=again", "?whose=all", "?q=Ngoc")  # fmt: skip
OF_FORM = ("appraisal_unit", "assessment", "assessment_all", "provisional")
Secret = Callable[[Year], Any]


@pytest.fixture
def year(open_year, db) -> Iterator[Year]:
    """Units 0 and 1 handed in, unit 2 has a draft; B.1 and B.3 of unit 0 wait for a second mark by `appraiser2`."""
    year = open_year()
    with year.filing():
        year.fill(2)
    year.to_appraisal(0, 1)
    with year.on(APPRAISING):
        draw = MarkingDraw.objects.create(
            cycle=year.cycle, agency=year.agency, share_percent=10, gap_percent=20, seed=1, lines=2, left=0,
            made_by=year.people["lead"], made_at=APPRAISING,
        )  # fmt: skip
        for code in ("B.1", "B.3"):
            SecondMark.objects.create(answer=year.answer(code), draw=draw, marker=year.people[SECOND])
        yield year


def accepted(year: Year) -> None:
    answer = year.answer("B.1")
    accept_line(answer=answer, version=answer.version, actor=year.people["appraiser"])
    set_points(year, "0.5")


def corrected(year: Year) -> None:
    answer = year.answer("B.1")
    correct_inputs(
        answer=answer,
        raw={"a": "41", "b": "100"},
        reason_code="TL-04",
        reason="Tài liệu chỉ thể hiện 41 hồ sơ.",
        version=answer.version,
        actor=year.people["appraiser"],
    )
    set_points(year, "1")


def corrected_twice(year: Year) -> None:
    corrected(year)
    answer = year.answer("B.1")
    given = {"reason_code": "TL-01", "reason": "Không có tài liệu.", "version": answer.version}
    correct_points(answer=answer, points=0, actor=year.people["appraiser"], **given)


def set_points(year: Year, points: str) -> None:
    answer = year.answer("B.3")
    given = {"reason_code": "TD-01", "reason": f"Theo dõi năm: {points}.", "version": answer.version}
    correct_inputs(answer=answer, raw={"points": points.replace(".", ",")}, actor=year.people["appraiser"], **given)


def named(name: str, code: str = "A.3", first: Secret = corrected) -> Secret:
    """Who gave the first mark, and asked the unit about a line."""

    def secret(year: Year) -> None:
        User.objects.filter(username="appraiser").update(full_name=name, name_sort=name.lower())
        year.people["appraiser"].refresh_from_db()
        first(year)
        answer = year.answer(code)
        given = {"question": "Biên bản nào?", "due_at": year.cycle.appraisal_closes_at, "version": answer.version}
        ask_clarification(answer=answer, actor=year.people["appraiser"], **given)

    return secret


def drafted(a: str, also: Secret = lambda year: None) -> Secret:
    """What a unit that has not handed in typed into its form."""

    def secret(year: Year) -> None:
        lines = Answer.objects.filter(assessment=year.assessment(2), criterion__code="B.1")
        lines.update(values={"a": a, "b": "100"}, explanation=f"Bản nháp {a}")
        also(year)

    return secret


def addresses(year: Year) -> list[str]:
    """Every page of the table of rights that can be read in this phase, the desk's with their sorts and filters, each line."""
    found = [reverse(row.url_name) for row in all_rows() if row.method == "GET" and row.kwargs is nothing]
    for row in all_rows():
        if row.method == "GET" and row.stage == "appraisal" and row.kwargs is not nothing:
            with undone():
                found.append(reverse(row.url_name, kwargs=row.kwargs(year)))
    of_year = [year.cycle.year]
    for name in ("appraisal_criterion", "appraisal_grid"):
        found += [reverse(name, args=[*of_year, year.answer("B.1").criterion_id]) + query for query in OF_DESK]
        found.append(reverse(name, args=[*of_year, year.answer("B.3").criterion_id]))
    for name in ("appraisal_year", "appraisal_progress", "marking"):
        found += [reverse(name, args=of_year) + query for query in ("", "?progress=left", "?group=commune")]
    for index in range(3):
        form = year.assessment(index)
        found += [reverse(name, args=[form.pk]) for name in OF_FORM]
        told = form.answers.all() if not index else form.answers.filter(criterion__code__in=["A.3", "B.1", "B.3"])
        lines = [reverse("appraisal_line", args=[answer.pk]) for answer in told]
        found += [*lines, *(f"{line}?by=unit" for line in lines[:6] if not index)]
        found += [reverse("clarification_ask", args=[year.answer(code, index).pk]) for code in ("B.1", "A.3")]
    return list(dict.fromkeys(found))


def read(cookies: dict[str, str], urls: list[str]) -> dict[str, tuple]:
    """Address → status, headers, body; the desk's also as a part of a page."""
    client = Client(raise_request_exception=True)
    client.cookies.load(cookies)
    found = {}
    for url in urls:
        found[url] = _bare(client.get(url))
        if "/appraisal/lines/" in url and "?" not in url:
            found[f"{url} (part)"] = _bare(client.get(url, headers={"HX-Request": "true"}))
    return found


def _bare(answer) -> tuple:
    """Without what is given each time anew."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kept = {name: value for name, value in answer.headers.items() if name not in ("Expires", "Server-Timing")}
    stripped = ANEW.sub(rb"\1", body)
    if stripped != body:
        kept.pop("ETag", None)
    kept["Content-Security-Policy"] = re.sub(r"nonce-[\w\-+/=]+", "", kept.get("Content-Security-Policy", ""))
    return answer.status_code, tuple(sorted(kept.items())), stripped


def world(year: Year, secret: Secret, people: tuple[str, ...], caplog) -> dict[str, Any]:
    """What these people read, and what is mailed and logged, where the secret is so."""
    cookies = {person: session_of(year.people[person]) for person in people if person != "visitor"}
    urls = addresses(year)
    with undone():
        mail.outbox.clear()
        caplog.clear()
        secret(year)
        found = {person: read(cookies.get(person, {}), urls) for person in people}
        found["mail"] = [(one.to, one.subject, one.body) for one in mail.outbox]
        found["log"] = [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]
    return found


def differing(one: dict[str, dict], other: dict[str, dict], person: str) -> list[str]:
    return [url for url in one[person] if one[person][url] != other[person].get(url)]


def test_the_second_marker_learns_nothing_of_the_first_mark(year, caplog):
    """Whether there is one, what it says, who gave it, and how often it was changed; nor of another unit's draft."""
    none, some = (world(year, secret, (SECOND,), caplog) for secret in (drafted("11"), drafted("99", corrected_twice)))
    assert len(none[SECOND]) > 120
    assert differing(none, some, SECOND) == []
    an, binh = (world(year, named(name, "B.1"), (SECOND,), caplog) for name in ("Lò Văn An", "Quàng Thị Bình"))
    assert differing(an, binh, SECOND) == []


def test_whoever_may_know_the_mark_reads_it_on_the_same_pages(year):
    """Else the test above would say nothing."""
    urls, cookies = [reverse("appraisal_line", args=[year.answer("B.1").pk])], session_of(year.people["appraiser"])
    worlds = []
    for secret in (accepted, corrected):
        with undone():
            secret(year)
            worlds.append(read(cookies, urls))
    assert worlds[0] != worlds[1]


def test_units_and_visitors_read_the_same(year, caplog):
    """Whatever the marks are while the appraisal goes on, whoever gave them, and whatever another unit typed."""
    people = ("visitor", "officer0", "head1")
    an = drafted("1", named("Lò Văn An", first=accepted))
    binh = drafted("9", named("Quàng Thị Bình", first=corrected))
    worlds = [world(year, secret, people, caplog) for secret in (an, binh)]
    assert {person: differing(*worlds, person) for person in people} == dict.fromkeys(people, [])
    assert worlds[0]["mail"] == worlds[1]["mail"]
    assert worlds[0]["log"] == worlds[1]["log"]
