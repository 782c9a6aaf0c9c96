"""Nominations, council, decisions, certificates, the public check. Every row is tried when the ranking is published."""

from collections.abc import Callable, Mapping
from typing import Any

from core import clock
from nominations.models import Meeting, Nomination
from tests.factories.year import Year
from tests.nominations.thin import Awards, awards_of
from tests.rights.row import Row, nothing

COUNCIL = ("member", "emulation", "leader", "auditor")
OF_UNITS = ("officer0", "officer1", "officer2", "head0", "head1", "head2")
OF_UNIT_0 = ("officer0", "head0")


def these(people: tuple[str, ...], status: int = 200) -> dict[str, int]:
    return dict.fromkeys(people, status)


def now(year: Year) -> Awards:
    """Everything happens at the moment the rows are tried."""
    awards = awards_of(year)
    awards.met_at = awards.signed_at = clock.now()
    return awards


def row(name: str, expect: Mapping[str, int], make: Callable[[Awards], Any] | None = None, **more) -> Row:
    """`make` builds what the address names, anew for each person."""
    kwargs = (lambda year: {"pk": make(now(year)).pk}) if make else nothing
    return Row(name, stage="published", expect=expect, **({"kwargs": kwargs} | more))


def post(name: str, expect: Mapping[str, int], make=None, **more) -> Row:
    return row(name, expect, make, method="POST", **more)


def a_meeting(awards: Awards) -> Meeting:
    awards.complete()
    awards.seat()
    return awards.meet()


def a_vote(awards: Awards):
    motion = awards.opened()
    awards.vote(motion, ["for"], skip=2)
    return motion


def given_nomination(year: Year) -> dict[str, Any]:
    row = Awards(year, []).row(0)
    return {"row": row.pk, "form": "bang_khen", "subject": "collective", "achievement": "Dẫn đầu khối xã."}


def given_council(year: Year) -> dict[str, Any]:
    members = now(year).members
    return {
        "name": "Hội đồng",
        "founding_decision": "88/QĐ-UBND",
        "members": [member.pk for member in members],
        "chair": members[0].pk,
        "quorum": "2/3",
        "threshold": "80",
        "base": "ballots",
    }


def today(year: Year) -> dict[str, Any]:
    now(year).seat()
    return {"held_on": clock.today().isoformat()}


def a_ready_nomination(year: Year) -> dict[str, Any]:
    """The one that the row's kwargs have just made."""
    return {"nomination": Nomination.objects.get().pk}


def number_and_date(year: Year) -> dict[str, Any]:
    return {"number": "415/QĐ-UBND", "dated_on": clock.today().isoformat()}


def of_2026(year: Year) -> dict[str, Any]:
    now(year).approved()
    return {"year": 2026, "award": "bang_khen"}


def all_approved(year: Year) -> dict[str, Any]:
    return {"nominations": list(Nomination.objects.values_list("pk", flat=True))}


DESK = these(COUNCIL + OF_UNITS)
ONE_NOMINATION = these(COUNCIL + OF_UNIT_0)
VERIFY = {"visitor": 200}
NOT_FOUND = {"visitor": 404}

ROWS = [
    row("nominations", DESK),
    row("nominate", these(COUNCIL + OF_UNITS, 403) | these(("head0", "head1", "head2"))),
    # A row of another unit is no choice: heads of other units mend the form.
    post(
        "nominate",
        these(COUNCIL + OF_UNITS, 403) | {"head0": 302, "head1": 422, "head2": 422},
        data=given_nomination,
    ),
    row("nomination", ONE_NOMINATION, lambda awards: awards.nominate()),
    post("check_dossier", these(COUNCIL + OF_UNIT_0, 403) | {"emulation": 302}, lambda awards: awards.nominate()),
    row("council", these(COUNCIL)),
    post("council", these(COUNCIL, 403) | {"emulation": 302}, data=today),
    row("council_new", these(COUNCIL, 403) | {"emulation": 200}),
    post("council_new", these(COUNCIL, 403) | {"emulation": 302}, data=given_council),
    row("meeting", these(COUNCIL), a_meeting),
    post("open_motion", these(COUNCIL, 403) | {"emulation": 302}, a_meeting, data=a_ready_nomination),
    row("motion", these(COUNCIL), a_vote),
    post("cast_vote", these(COUNCIL, 403) | {"member": 302}, a_vote, data=lambda year: {"choice": "against"}),
    row("close_motion", these(COUNCIL, 403) | {"emulation": 200}, a_vote),
    post("close_motion", these(COUNCIL, 403) | {"emulation": 302}, a_vote),
    row("decisions", DESK),
    row("draft_decision", these(COUNCIL + OF_UNITS, 403) | {"emulation": 200}, kwargs=of_2026),
    post("draft_decision", these(COUNCIL + OF_UNITS, 403) | {"emulation": 302}, kwargs=of_2026, data=all_approved),
    # A draft is for those who make it; the council and the units see what is signed.
    row("decision", these(("emulation", "leader", "auditor")), lambda awards: awards.drafted()),
    row("sign_decision", {"emulation": 403, "leader": 200, "auditor": 403}, lambda awards: awards.drafted()),
    post(
        "sign_decision",
        {"emulation": 403, "leader": 302, "auditor": 403},
        lambda awards: awards.drafted(),
        data=number_and_date,
    ),
    post(
        "issue_certificates",
        these(COUNCIL + OF_UNIT_0, 403) | {"emulation": 302},
        lambda awards: awards.signed(),
    ),
    row("decision_pdf", these(COUNCIL + OF_UNIT_0), lambda awards: awards.signed()),
    row("awarded_excel", these(COUNCIL + OF_UNIT_0), lambda awards: awards.signed()),
    row(
        "certificate_pdf",
        these(("emulation", "leader", "auditor", *OF_UNIT_0)),
        lambda awards: awards.issued()[0],
    ),
    row("verify", VERIFY, otherwise=200),
    row("verify_code", NOT_FOUND, otherwise=404, kwargs=lambda year: {"code": "SL27-7K4M-Q2XD"}),
]
