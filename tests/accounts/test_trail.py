"""The audit trail on screen: newest first, in words, found by who, what, on which thing and when."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.services import grant_role, reset_password, set_active
from accounts.trail import acts
from accounts.trail_words import said
from core import clock

pytestmark = pytest.mark.django_db
URL = reverse("audit_trail")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def acted(office, client):
    """Three acts of the administrator on three days; the auditor reads."""
    with clock.set_to(datetime(2026, 11, 1, 5, tzinfo=UTC)):
        grant_role(
            user=office.next_clerk, role=Role.APPRAISER, unit=office.agency,
            from_on=office.clerk.today, actor=office.administrator,
        )  # fmt: skip
    with clock.set_to(datetime(2026, 11, 2, 16, 59, 59, tzinfo=UTC)):
        reset_password(user=office.clerk, actor=office.administrator)
    with clock.set_to(datetime(2026, 11, 2, 17, tzinfo=UTC)):
        set_active(user=office.clerk, active=False, actor=office.administrator)
    client.force_login(office.auditor)
    return client


def shown(client, **query) -> list[str]:
    return [line.entry.action for line in client.get(URL, query).context["lines"]]


def test_newest_first(acted):
    assert shown(acted) == ["user.close", "user.reset_password", "role.grant"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "pham duc long"}, 3),
        ({"q": "quantri"}, 3),
        ({"q": "canbo"}, 0),
        ({"action": "role.grant"}, 1),
        ({"kind": "accounts.user"}, 2),
        ({"since": "02/11/2026"}, 2),
        ({"until": "02/11/2026"}, 2),
        ({"since": "03/11/2026", "until": "03/11/2026"}, 1),
        ({"since": "04/11/2026"}, 0),
    ],
)
def test_filters_by_who_what_and_day_of_the_province(acted, query, found):
    assert len(shown(acted, **query)) == found


def test_what_happened_to_one_thing(acted, office):
    assert shown(acted, kind="accounts.user", number=str(office.clerk.pk)) == ["user.close", "user.reset_password"]


@pytest.mark.parametrize(
    "query", [{"action": "x"}, {"kind": "auth.group"}, {"number": "1 OR 1"}, {"since": "31/02/2026"}, {"page": "0"}]
)
def test_nonsense_is_400(acted, query):
    assert acted.get(URL, query).status_code == 400


def test_costs_the_same_for_few_and_for_many(acted, office):
    costs = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            acted.get(URL)
        costs.append(len(queries))
        for active in (True, False) * 5:
            set_active(user=office.clerk, active=active, actor=office.administrator)
    assert costs[0] == costs[1]


def recorded_acts() -> set[str]:
    """Every `action="…"` that a call of `record` in the product's sources spells out."""
    acts = set()
    for app in ("accounts", "core", "scoring", "nominations"):
        for path in (ROOT / app).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record":
                    given = [word.value for word in call.keywords if word.arg == "action"]  # the engine has another one
                    acts |= {node.value for one in given for node in ast.walk(one) if isinstance(node, ast.Constant)}
    return {act for act in acts if "." in str(act) and not act.startswith(".") and not act.endswith(".")}


def test_every_act_that_is_recorded_has_its_words():
    recorded = recorded_acts()

    assert len(recorded) > 40
    assert recorded - set(acts()) == set()


def test_no_two_choices_of_a_filter_read_alike(acted):
    fields = acted.get(URL).context["form"].fields

    for name in ("action", "kind"):
        words = [word for _code, word in fields[name].choices]
        assert len(words) == len(set(words)), name
    assert "scoring.answerevidence" not in dict(fields["kind"].choices)


@pytest.mark.parametrize(
    ("details", "kind", "words"),
    [
        ({"from": "filing", "to": "appraisal"}, "scoring.cycle", "từ: tự đánh giá; sang: thẩm định"),
        ({"subject": "person", "before": {"cap": None}}, "nominations.quota", "đối tượng: cá nhân; trước: không có"),
        ({"on_time": True, "held_on": "2026-03-20"}, "", "đúng hạn: có; ngày họp: 20/03/2026"),
        ({"sha256": "a" * 64, "reason": ""}, "", "SHA-256: aaaaaaaaaaaa…"),
        ({"strange": [1, 2]}, "", "strange: 1, 2"),
        ({"bonuses_vnd": 11385000, "points": "2.05"}, "", "tiền thưởng, đồng: 11.385.000; điểm: 2,05"),
        ({"lowest_grade": "kha"}, "nominations.quota", "xếp loại thấp nhất: Khá"),
        (
            {
                "clauses": [
                    {"code": "unit", "figures": {"name": "Xã Tạ Khoa", "is_active": True}, "is_met": True},
                    {"code": "grade", "figures": {"grade": "tb", "lowest": "kha"}, "is_met": False},
                ]
            },
            "nominations.nomination",
            "điều kiện: Đơn vị (đạt), Xếp loại (không đạt: xếp loại Trung bình, thấp nhất Khá)",
        ),
    ],
)
def test_details_are_said_in_words(details, kind, words):
    assert said(json.dumps(details), kind) == words
