"""Council, meeting, motion."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nominations.council.services import close_motion, recuse
from nominations.enums import Choice
from nominations.models import Ballot, Council, Meeting, Motion, Quota
from tests.nominations.thin import MET, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(MET):
        yield


def as_(client, person):
    client.force_login(person)
    return client


def text_at(client, name: str, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_council_is_set_up_on_its_page(client, awards):
    given = {
        "name": "Hội đồng Thi đua - Khen thưởng tỉnh",
        "founding_decision": "Quyết định 88/QĐ-UBND",
        "members": [member.pk for member in awards.members],
        "chair": awards.members[0].pk,
        "secretary": awards.secretary.pk,
        "quorum": "2/3",
        "threshold": "80",
        "base": "present",
        "recused_leave_base": "on",
    }

    assert "---------" not in text_at(as_(client, awards.secretary), "council_new")
    response = client.post(reverse("council_new"), given)

    council = Council.objects.get()
    assert (response.status_code, council.seats.count()) == (302, 5)
    assert (council.quorum, council.threshold_percent, council.must_exceed, council.base) == (
        "2/3",
        80,
        False,
        "present",
    )
    assert (council.secretary, council.recused_leave_base, council.chair_breaks_tie) == (awards.secretary, True, False)
    assert client.post(reverse("council_new"), given | {"chair": awards.leader.pk}).status_code == 422
    assert client.post(reverse("council_new"), given | {"members": [awards.leader.pk]}).status_code == 422
    assert client.post(reverse("council_new"), given | {"secretary": awards.leader.pk}).status_code == 422
    rules = client.get(reverse("council")).context["rules"]
    assert [rule.code for rule in rules] == ["quorum", "threshold", "tie", "recused"]


def test_a_meeting_is_called_and_a_refusal_stays_on_the_page(client, awards):
    awards.seat()
    as_(client, awards.secretary)

    refused = client.post(reverse("council"), {"held_on": "31/02/2027"})
    called = client.post(reverse("council"), {"held_on": "10/03/2027"})
    again = client.post(reverse("council"), {"held_on": "10/03/2027"})

    assert (refused.status_code, called.status_code, again.status_code) == (422, 302, 409)
    assert set(again.context["form"].errors) == {"held_on"}
    assert Meeting.objects.count() == 1


def test_who_may_not_run_the_council_sees_why(client, awards):
    awards.seat()
    meeting = awards.meet()
    awards.eligible()
    as_(client, awards.members[1])

    text = text_at(client, "council")
    assert 'id="call-locked"' in text
    assert 'id="council-locked"' in text
    text = text_at(client, "meeting", meeting.pk)
    assert 'id="agenda-locked"' in text
    assert 'id="attendance-locked"' in text
    for name in ("put_on_agenda", "record_attendance"):
        assert reverse(name, args=[meeting.pk]) not in text
    motion = awards.prepared(awards.eligible(1))
    text = text_at(client, "motion", motion.pk)
    assert 'id="open-locked"' in text
    for name in ("open_motion", "take_off_agenda"):
        assert reverse(name, args=[motion.pk]) not in text


def test_agenda_attendance_and_opening_on_the_pages(client, awards):
    awards.seat()
    meeting, nominations = awards.meet(), [awards.eligible(index) for index in range(2)]
    as_(client, awards.secretary)
    put, attend = reverse("put_on_agenda", args=[meeting.pk]), reverse("record_attendance", args=[meeting.pk])

    assert client.post(put, {}).status_code == 422
    assert client.post(put, {"nominations": [one.pk for one in nominations]}).status_code == 302
    assert client.post(put, {"nominations": [nominations[0].pk]}).status_code == 422
    first, second = Motion.objects.all()
    start = reverse("open_motion", args=[first.pk])
    assert client.post(start).status_code == 409
    assert client.post(attend, {"present": [awards.leader.pk]}).status_code == 422
    assert client.post(attend, {"present": [m.pk for m in awards.members[:3]]}).status_code == 302
    assert client.get(reverse("meeting", args=[meeting.pk])).context["quorum"].mark is False
    assert 'id="open-locked"' in text_at(client, "motion", first.pk)
    assert client.post(attend, {"present": [m.pk for m in awards.members[:4]]}).status_code == 302
    assert client.get(reverse("meeting", args=[meeting.pk])).context["quorum"].mark is True
    assert start in text_at(client, "motion", first.pk)
    assert client.post(start).status_code == 302
    assert client.post(attend, {"present": []}).status_code == 422
    assert client.post(attend, {"present": [awards.members[1].pk]}).status_code == 409
    assert client.post(reverse("take_off_agenda", args=[second.pk])).status_code == 302
    assert client.post(reverse("take_off_agenda", args=[first.pk])).status_code == 409

    assert [(motion.number, motion.state) for motion in Motion.objects.all()] == [(1, "open")]


def test_a_refused_agenda_keeps_what_was_ticked(client, awards):
    awards.seat()
    meeting, nomination = awards.meet(), awards.eligible()
    awards.seat()

    response = as_(client, awards.secretary).post(
        reverse("put_on_agenda", args=[meeting.pk]), {"nominations": [nomination.pk]}
    )

    assert (response.status_code, response.context["chosen"]) == (409, {nomination.pk})


def test_a_member_declares_to_take_no_part_on_the_page(client, awards):
    motion = awards.opened()
    address = reverse("recuse", args=[motion.pk])
    as_(client, awards.members[1])
    assert address in text_at(client, "motion", motion.pk)

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Người thân được đề nghị"}).status_code == 302
    assert client.post(address, {"reason": "Người thân được đề nghị"}).status_code == 409

    text = text_at(client, "motion", motion.pk)
    assert "Người thân được đề nghị" in text
    assert 'id="vote-locked"' in text
    assert address not in text
    meeting = client.get(reverse("meeting", args=[motion.meeting_id]))
    names = [awards.members[0].full_name, awards.members[1].full_name]
    assert meeting.context["agenda"][0].taking_no_part == names


def test_places_left_are_shown_before_closing_and_none_locks_it(client, awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR] * 4)
    as_(client, awards.secretary)
    close = reverse("close_motion", args=[motion.pk])
    assert client.get(close).context["reasons"][-1].mark is True
    Quota.objects.update(cap=0)

    page, refused = client.get(close), client.post(close)

    assert (page.status_code, page.context["is_full"], page.context["reasons"][-1].mark) == (200, True, False)
    assert refused.status_code == 409
    assert 'id="no-place"' in refused.content.decode()
    assert reverse("quotas") in text_at(client, "motion", motion.pk)
    assert [one.mark for one in client.get(reverse("meeting", args=[motion.meeting_id])).context["places"]] == [False]


def test_a_finished_meeting_shows_every_count(client, awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR, Choice.FOR, Choice.FOR, Choice.AGAINST])
    close_motion(motion=motion, actor=awards.secretary)

    response = as_(client, awards.members[1]).get(reverse("meeting", args=[motion.meeting_id]))

    (line,) = response.context["agenda"]
    assert response.context["is_over"]
    assert (line.in_favour, line.against, line.abstained, line.state) == (3, 1, 0, "carried")


def test_a_member_votes_on_the_page_and_sees_the_own_vote(client, awards):
    motion = awards.opened()
    as_(client, awards.members[1])
    assert reverse("cast_vote", args=[motion.pk]) in text_at(client, "motion", motion.pk)

    response = client.post(reverse("cast_vote", args=[motion.pk]), {"choice": "abstain"})

    assert (response.status_code, Ballot.objects.get().choice) == (302, Choice.ABSTAIN)
    text = text_at(client, "motion", motion.pk)
    assert 'id="vote-locked"' in text
    assert reverse("cast_vote", args=[motion.pk]) not in text


@pytest.mark.parametrize("choice", ["", "yes", "FOR", "for\u0000", "<b>"])
def test_a_vote_that_is_none_of_the_three_is_refused(client, awards, choice):
    motion = awards.opened()

    response = as_(client, awards.members[1]).post(reverse("cast_vote", args=[motion.pk]), {"choice": choice})

    assert (response.status_code in (400, 422), Ballot.objects.count()) == (True, 0)


def test_who_may_not_vote_or_voted_already_is_told(client, awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR])
    vote = reverse("cast_vote", args=[motion.pk])

    statuses = [
        as_(client, person).post(vote, {"choice": "for"}).status_code
        for person in (awards.members[0], awards.members[1], awards.secretary, awards.leader)
    ]

    assert statuses == [403, 409, 403, 403]
    assert 'id="vote-locked"' in text_at(as_(client, awards.members[0]), "motion", motion.pk)


def test_the_council_sees_who_voted_what_and_others_only_that_they_voted(client, awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.AGAINST])

    def seen(person) -> list:
        response = as_(client, person).get(reverse("motion", args=[motion.pk]))
        return [line.ballot and line.ballot.choice for line in response.context["lines"] if line.has_voted]

    assert [seen(person) for person in (awards.members[2], awards.secretary)] == [["against"], ["against"]]
    for person in (awards.leader, awards.year.people["auditor"]):
        assert seen(person) == [None]
        assert 'class="text-bad strong"' not in text_at(client, "motion", motion.pk)


@pytest.mark.parametrize("stage", ["prepared", "opened"])
def test_only_who_runs_the_council_has_the_bar_of_acts(client, awards, stage):
    motion = getattr(awards, stage)()
    with awards.on(MET):
        bars = [
            'class="action-bar"' in text_at(as_(client, person), "motion", motion.pk)
            for person in (awards.members[2], awards.secretary)
        ]

    assert bars == [False, True]


def test_the_attendance_names_the_chair(client, awards):
    meeting = awards.prepared().meeting
    with awards.on(MET):
        form = as_(client, awards.secretary).get(reverse("meeting", args=[meeting.pk])).context["attendance_form"]

    labels = {str(value): label for value, label in form.fields["present"].choices}
    chair = labels.pop(str(awards.members[0].pk))
    assert chair.startswith("Lò Thị Ẩn, ")
    assert chair.rpartition(", ")[2] not in " ".join(labels.values())


def test_the_vote_is_closed_after_one_more_question(client, awards):
    motion = awards.opened()
    as_(client, awards.secretary)
    assert client.get(reverse("close_motion", args=[motion.pk])).status_code == 409
    assert 'id="close-locked"' in text_at(client, "motion", motion.pk)
    awards.vote(motion, [Choice.FOR] * 4)
    assert client.get(reverse("close_motion", args=[motion.pk])).context["tally"].result == "carried"

    response = client.post(reverse("close_motion", args=[motion.pk]))

    assert response.status_code == 302
    assert 'data-result="carried"' in text_at(client, "motion", motion.pk)
    assert client.post(reverse("close_motion", args=[motion.pk])).status_code == 409


@pytest.mark.parametrize(
    ("choices", "state", "codes"),
    [
        (["for"] * 4, "carried", ["quorum", "threshold", "base", "recused"]),
        (["for", "for", "against", "against"], "not_carried", ["quorum", "threshold", "tie", "base", "recused"]),
        (["for"], "no_quorum", ["quorum", "threshold", "base", "recused"]),
    ],
)
def test_the_page_says_clause_by_clause_why(client, awards, choices, state, codes):
    motion = awards.opened()
    awards.vote(motion, choices)
    close_motion(motion=motion, actor=awards.secretary)

    response = as_(client, awards.members[1]).get(reverse("motion", args=[motion.pk]))

    reasons = response.context["reasons"]
    assert [reason.code for reason in reasons] == codes
    assert (reasons[0].mark, reasons[1].mark) == (state != "no_quorum", state != "not_carried")
    assert f'data-result="{state}"' in response.content.decode()


def test_before_the_day_the_agenda_is_set_and_nothing_is_opened(client, awards):
    awards.seat()
    meeting = awards.meet(MET.date() + timedelta(days=1))
    nomination = awards.eligible()
    as_(client, awards.secretary)

    client.post(reverse("put_on_agenda", args=[meeting.pk]), {"nominations": [nomination.pk]})

    motion = Motion.objects.get()
    here = [awards.members[1].pk]
    assert 'id="attendance-locked"' in text_at(client, "meeting", meeting.pk)
    assert 'id="open-locked"' in text_at(client, "motion", motion.pk)
    assert client.post(reverse("open_motion", args=[motion.pk])).status_code == 409
    assert client.post(reverse("record_attendance", args=[meeting.pk]), {"present": here}).status_code == 409


def test_pages_cost_the_same_for_one_and_for_many(client, awards):
    """Prepared and open motions, with a declaration each."""
    as_(client, awards.secretary)
    counts, shown = [], None
    for index in range(3):
        motion = awards.opened(awards.eligible(index))
        awards.vote(motion, [Choice.FOR] * (index + 1), skip=2)
        recuse(motion=motion, reason="Người thân được đề nghị", actor=awards.members[1])
        prepared = awards.prepared(awards.ready(awards.nominate_person(index, name=f"Bà Lò Thị {index}")))
        shown = shown or prepared
        addresses = [
            reverse("council"),
            reverse("meeting", args=[motion.meeting_id]),
            reverse("motion", args=[motion.pk]),
            reverse("motion", args=[shown.pk]),
        ]
        counts.append([queries_of(client, address) for address in addresses])

    assert counts[0] == counts[2]
