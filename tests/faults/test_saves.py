"""Acknowledged saves outlive kills of the web server: none lost, none doubled, none half-written (reliability.md R1).

SAVES=5004 KILLS=20 is the proof, for many clients at once EACH=75; the suite runs a small one.
"""

import json
import os
import random
import threading
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, TokenScope
from accounts.models import User
from accounts.services import create_token
from core import clock
from core.audit.models import AuditEntry
from core.audit.services import faults
from scoring.cycles.services import Calendar
from scoring.models import Answer
from tests.factories.year import Year, make_year
from tests.faults.storm import Client, Count, Server
from tests.scoring.filing.many import many_forms

pytestmark = pytest.mark.race

SAVES, KILLS = int(os.environ.get("SAVES", "90")), int(os.environ.get("KILLS", "2"))
CLIENTS, EACH = 32, int(os.environ.get("EACH", "5"))
# Lines of each unit whose one input is a whole number.
LINES = ("A.3", "B.2", "T.1")
DAY = timedelta(days=1)


def year_that_is_open() -> Year:
    now = clock.now()
    return make_year(Calendar(now - DAY, now + 30 * DAY, now + 40 * DAY, now + 50 * DAY, now + 60 * DAY))


def officer_token(officer: User) -> str:
    last_on = timezone.localdate(clock.now()) + 5 * DAY
    _token, text = create_token(
        user=officer, name="bão", scope=TokenScope.FILE, unit=None, last_on=last_on, actor=officer
    )
    return text


def client_of(answer: Answer, port: int, token: str, goal: int, acknowledged: Count) -> Client:
    address = reverse("api_answer", args=[answer.assessment_id, answer.criterion.code])
    return Client(port, address, token, goal, acknowledged)


def clients_of(year: Year, port: int, acknowledged: Count) -> dict[int, Client]:
    """A client for each line, with a token of its unit's officer."""
    found = {}
    for index in range(len(year.units)):
        token = officer_token(year.officer(index))
        for code in LINES:
            answer = year.answer(code, index)
            found[answer.pk] = client_of(answer, port, token, SAVES // 9, acknowledged)
    return found


def test_no_acknowledged_save_is_lost_or_doubled_under_kills(real_database):
    year, acknowledged, rng = year_that_is_open(), Count(), random.Random(1)
    server = Server()
    clients = clients_of(year, server.port, acknowledged)
    threads = [threading.Thread(target=one.run) for one in clients.values()]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, KILLS + 1):
            assert acknowledged.reached(number * SAVES // (KILLS + 1), seconds=120), "the server did not come back"
            server.kill(rng)
        for thread in threads:
            thread.join()
    finally:
        server.stop()

    assert [one.refused for one in clients.values()] == [""] * 9
    assert server.kills == KILLS
    wanted = list(range(1, SAVES // 9 + 1))
    for pk, client in clients.items():
        answer = Answer.objects.get(pk=pk)
        entries = AuditEntry.objects.filter(action="answer.save", object_id=str(pk)).order_by("seq")
        stored = [int(json.loads(entry.details)["after"]["values"]["value"]) for entry in entries]
        assert client.told == stored == wanted
        assert (answer.values, answer.version) == ({"value": str(wanted[-1])}, len(wanted))
    assert list(faults()) == []
    print(
        f"{acknowledged.value} saves, {server.kills} kills, {sum(one.unanswered for one in clients.values())} unanswered"
    )


def test_many_clients_at_once_are_all_answered_and_lose_nothing(real_database):
    year, acknowledged = year_that_is_open(), Count()
    made = many_forms(year, CLIENTS, role=Role.UNIT_OFFICER, state="draft")
    server = Server()
    clients = {}
    for form, officer in made:
        answer = form.answers.get(criterion__code=LINES[0])
        clients[answer.pk] = client_of(answer, server.port, officer_token(officer), EACH, acknowledged)
    threads = [threading.Thread(target=one.run) for one in clients.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.stop()

    assert [one.refused for one in clients.values()] == [""] * CLIENTS
    for pk, client in clients.items():
        assert client.told == list(range(1, EACH + 1))
        assert AuditEntry.objects.filter(action="answer.save", object_id=str(pk)).count() == EACH
        assert Answer.objects.get(pk=pk).values == {"value": str(EACH)}
    assert list(faults()) == []
