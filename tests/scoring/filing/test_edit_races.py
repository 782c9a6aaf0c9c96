"""Saves that are sent again, and saves that meet (reliability.md R3, R4).

The key of a save is its line and the version it was typed for: it needs no table. The same text for the same version is the
same save, however often it comes; another text for that version is refused with both values. `RACE_ROUNDS=500` asks for
the full numbers: 500 keys and 10,000 edits.
"""

import json
import os
import random
import socket
from collections import defaultdict
from http.client import HTTPResponse
from itertools import count
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.enums import Role
from core.audit.models import AuditEntry
from core.audit.services import faults
from scoring.models import Answer
from tests.factories.people import make_user
from tests.live import make_running_year, serve
from tests.races import all_at_once
from tests.scoring.filing.conftest import line_data

pytestmark = pytest.mark.race

ROUNDS = int(os.environ.get("RACE_ROUNDS", 5 if connection.vendor == "sqlite" else 20))
COPIES, CUT_SHARE = 10, 0.3
EDITS, LINES = 20 * ROUNDS, ("A.1", "A.2", "A.3", "B.1", "B.2")


@pytest.fixture
def running_year(real_database):
    return make_running_year()


class WeakLine:
    """One person's browser on a line that swallows 3 answers in 10: the request has arrived, nobody hears what came of it."""

    def __init__(self, port: int, user):
        client, request = Client(), RequestFactory().get("/")
        client.force_login(user)
        self.port, self.token = port, get_token(request)
        session = client.cookies["sessionid"].value
        self.cookies = f"sessionid={session}; csrftoken={request.META['CSRF_COOKIE']}"

    def save(self, answer: Answer, *, version: int, value: str) -> int:
        """Send again until an answer is heard; its status."""
        data = line_data(answer, version=version, value=value)
        while True:
            status = self._post(reverse("answer_save", args=[answer.pk]), urlencode(data), random.random() < CUT_SHARE)
            if status:
                return status

    def _post(self, path: str, body: str, cut: bool) -> int | None:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookies}\r\nHX-Request: true\r\n"
            f"X-CSRFToken: {self.token}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.port)) as link:
            link.sendall((head + body).encode())
            if cut:
                return None
            response = HTTPResponse(link)
            response.begin()
            response.read()
            return response.status


def history_of(answer: Answer) -> list[tuple[int, dict, int]]:
    """(version, what the save made of it, who) in the order of the trail."""
    entries = AuditEntry.objects.filter(action="answer.save", object_id=str(answer.pk)).order_by("pk")
    told = [(json.loads(entry.details), entry.actor_id) for entry in entries]
    return [(details["version"], details["after"], actor) for details, actor in told]


def test_a_save_sent_many_times_at_once_over_a_line_that_breaks_has_one_effect(running_year, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    answer, server = running_year.answer("A.3"), serve()
    line = WeakLine(server.port, running_year.officer())
    try:
        for version in range(ROUNDS):
            copies = [lambda version=version: line.save(answer, version=version, value=str(version + 1))] * COPIES
            assert all_at_once(copies) == [200] * COPIES
            assert line.save(answer, version=version, value=str(version + 100_000)) == 409
    finally:
        server.terminate()

    saved = running_year.answer("A.3")
    assert (saved.version, saved.values) == (ROUNDS, {"value": str(ROUNDS)})
    assert [version for version, _after, _who in history_of(answer)] == list(range(1, ROUNDS + 1))
    assert list(faults()) == []


class Officer:
    """Edits random lines, often from a page that is out of date; remembers what was accepted and what was refused."""

    def __init__(self, number: int, year, numbers):
        self.user = make_user(f"clerk{number}", (Role.UNIT_OFFICER, year.units[0]))
        self.client, self.random, self.numbers = Client(), random.Random(number), numbers
        self.client.force_login(self.user)
        self.lines = [year.answer(code) for code in LINES]
        self.known, self.accepted, self.refused = defaultdict(int), [], []

    def edit(self, times: int) -> None:
        for _time in range(times):
            self._edit_one(self.random.choice(self.lines))

    def _edit_one(self, answer: Answer) -> None:
        if self.random.random() < 0.5:
            self.known[answer.pk] = Answer.objects.values_list("version", flat=True).get(pk=answer.pk)
        text, version = f"Bản số {next(self.numbers)}", self.known[answer.pk]
        data = line_data(answer, version=version, explanation=text)
        response = self.client.post(reverse("answer_save", args=[answer.pk]), data, HTTP_HX_REQUEST="true")
        if response.status_code == 200:
            self.known[answer.pk] = version + 1
            self.accepted.append((answer.pk, version + 1, text, self.user.pk))
        else:
            self.refused.append((response.status_code, f">\n{text}</textarea>" in response.content.decode()))


@pytest.mark.parametrize("officers", [2, 8])
def test_of_many_hands_on_one_form_no_change_is_lost_and_no_text(running_year, officers):
    numbers = count(1)
    people = [Officer(number, running_year, numbers) for number in range(officers)]

    ended = all_at_once([lambda one=one: one.edit(EDITS // officers) for one in people])

    assert ended == [None] * officers
    refused = [one for person in people for one in person.refused]
    assert refused
    assert set(refused) == {(409, True)}  # each with the text in its field
    accepted = sorted(one for person in people for one in person.accepted)
    assert accepted == sorted(
        (answer.pk, version, after["explanation"], who)
        for answer in people[0].lines
        for version, after, who in history_of(answer)
    )
    assert len(accepted) + len(refused) == EDITS // officers * officers
    for answer in people[0].lines:
        mine = [one for one in accepted if one[0] == answer.pk]
        answer.refresh_from_db()
        assert [version for _pk, version, _text, _who in mine] == list(range(1, answer.version + 1))
        assert not mine or mine[-1][2] == answer.explanation
    assert list(faults()) == []
