"""The frame of every page: the strip of the year, and links to what a person may open."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.year import CLOSES

pytestmark = pytest.mark.django_db


def frame(client, person) -> dict:
    client.force_login(person)
    return client.get(reverse("home")).context


def test_the_strip_of_every_page_counts_to_the_lock_once_filing_is_late(client, year):
    with year.on(CLOSES - timedelta(days=5)):
        in_time = frame(client, year.officer())
    with year.on(CLOSES + timedelta(days=5)):
        late = frame(client, year.officer())
        desk = client.get(reverse("assessment", args=[year.assessment().pk])).context

    assert (in_time["phase_left"], in_time["phase_until"]) != (late["phase_left"], late["phase_until"])
    # The lock comes 30 days after the closing date.
    assert late["phase_left"].split()[0] == "25"
    assert [(page["phase_left"], page["phase_until"]) for page in (late, desk)] == [
        (late["phase_left"], late["phase_until"])
    ] * 2


def nav(context) -> dict[str, bool]:
    return {item.url: item.current for item in context["nav_items"]}


@pytest.mark.parametrize(
    ("name", "desks"),
    [
        ("auditor", ["cycles", "appraisal", "runs", "nominations", "people", "audit_trail"]),
        ("administrator", ["people", "audit_trail"]),
        ("secretary", ["cycles", "runs", "audit_trail"]),
        ("emulation", ["nominations", "audit_trail"]),
        ("appraiser", ["appraisal", "explanations"]),
        ("lead", ["cycles", "appraisal", "explanations", "runs"]),
        ("officer0", ["assessments", "nominations"]),
        ("outsider", []),
    ],
)
def test_everyone_is_led_to_the_own_desks_and_each_of_them_opens(client, year, name, desks):
    with year.filing():
        found = list(nav(frame(client, year.people[name])))

        everyones = ["public_rankings", "criteria_sets", "verify"]
        assert found == [reverse(one) for one in ["home", *desks, *everyones]]
        assert {client.get(url).status_code for url in found} == {200}


@pytest.mark.parametrize("desk", ["appraisal", "explanations", "home"])
def test_one_link_is_marked_as_the_place_where_one_is(client, year, desk):
    with year.filing():
        client.force_login(year.people["lead"])
        marked = [url for url, current in nav(client.get(reverse(desk)).context).items() if current]

    assert marked == [reverse(desk)]


@pytest.mark.parametrize("page", ["quotas", "council", "decisions", "bonus_rates", "certificates"])
def test_every_page_of_commendation_marks_its_desk(client, year, page):
    client.force_login(year.people["emulation"])

    marked = [url for url, here in nav(client.get(reverse(page)).context).items() if here]

    assert marked == [reverse("nominations")]
