"""Nominations, council, decisions, certificates, the public check. Every row is tried when the ranking is published."""

from collections.abc import Callable, Mapping
from typing import Any

from core import clock
from nominations.models import Meeting, Nomination
from tests.factories.year import Year
from tests.nominations.thin import Awards, awards_of
from tests.rights.row import Row, nothing

COUNCIL = ("member", "emulation", "leader", "auditor")
READS_BOOK = ("emulation", "leader", "auditor")
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
    awards.eligible()
    awards.seat()
    return awards.meet()


def a_member_present(year: Year) -> dict[str, Any]:
    return {"present": [year.people["member"].pk]}


def a_motion_to_open(awards: Awards):
    motion = awards.prepared()
    awards.attend(motion.meeting)
    return motion


def a_vote(awards: Awards):
    motion = awards.opened()
    awards.vote(motion, ["for"], skip=2)
    return motion


def given_nomination(year: Year) -> dict[str, Any]:
    return {"row": now(year).row(0).pk} | PROPOSAL


def given_draft(year: Year) -> dict[str, Any]:
    return given_nomination(year) | {"act": "draft"}


def one_place(year: Year) -> dict[str, Any]:
    return {"year": 2026, "award": "bang_khen", "subject": "person"}


def given_council(year: Year) -> dict[str, Any]:
    members = now(year).members
    return {
        "name": "Hội đồng",
        "founding_decision": "88/QĐ-UBND",
        "members": [member.pk for member in members],
        "chair": members[0].pk,
        "secretary": year.people["emulation"].pk,
        "quorum": "2/3",
        "threshold": "80",
        "base": "ballots",
    }


def today(year: Year) -> dict[str, Any]:
    now(year).seat()
    return {"held_on": clock.today().isoformat()}


def a_ready_nomination(year: Year) -> dict[str, Any]:
    """The one that the row's kwargs have just made."""
    return {"nominations": [Nomination.objects.get().pk]}


def number_and_date(year: Year) -> dict[str, Any]:
    return {"number": "415/QĐ-UBND", "dated_on": clock.today().isoformat()}


def of_2026(year: Year) -> dict[str, Any]:
    now(year).approved()
    return {"year": 2026, "award": "bang_khen"}


def all_approved(year: Year) -> dict[str, Any]:
    return {"nominations": list(Nomination.objects.values_list("pk", flat=True))}


PROPOSAL = {"form": "bang_khen", "subject": "collective", "achievement": "Dẫn đầu khối xã."}


def a_ground(year: Year) -> dict[str, Any]:
    return {"ground": "b", "facts": "Giấy tờ trong hồ sơ là giả."}


def a_base_salary(year: Year) -> dict[str, Any]:
    return {"monthly_vnd": "2700000", "valid_from": "01/01/2028", "source": "Nghị định số 1/2028/NĐ-CP"}


def a_coefficient(year: Year) -> dict[str, Any]:
    law = {
        "coefficient": "1,8",
        "round_up_to_vnd": "1",
        "valid_from": "01/01/2028",
        "source": "Nghị định số 2/2028/NĐ-CP",
    }
    return {"form": "bang_khen", "subject": "person"} | law


DESK = these(COUNCIL + OF_UNITS)
ONE_NOMINATION = these(COUNCIL + OF_UNIT_0)
SECRETARYS = these(COUNCIL + OF_UNIT_0, 403) | {"emulation": 302}
VERIFY = {"visitor": 200}
NOT_FOUND = {"visitor": 404}

ROWS = [
    row("nominations", DESK),
    row("nominate", these(COUNCIL, 403) | these(OF_UNITS)),
    # A row of another unit is no choice: people of other units mend the form.
    post(
        "nominate",
        these(COUNCIL, 403) | these(OF_UNITS, 422) | {"head0": 302, "officer0": 403},
        data=given_nomination,
    ),
    post(
        "nominate",
        these(COUNCIL, 403) | these(OF_UNITS, 422) | {"head0": 302, "officer0": 302},
        data=given_draft,
    ),
    row("quotas", these(COUNCIL)),
    row("quota_edit", these(COUNCIL, 403) | {"emulation": 200}, kwargs=one_place),
    post(
        "quota_edit",
        these(COUNCIL, 403) | {"emulation": 302},
        kwargs=one_place,
        data=lambda year: {"cap": 15, "ground": "12/KH-UBND", "version": 0},
    ),
    row("nomination", ONE_NOMINATION, lambda awards: awards.nominate()),
    # A draft is the unit's own.
    row("nomination", these(OF_UNIT_0), lambda awards: awards.prepare()),
    row("nomination_edit", these(OF_UNIT_0), lambda awards: awards.prepare()),
    post(
        "nomination_edit",
        these(OF_UNIT_0, 302),
        lambda awards: awards.prepare(),
        data=lambda year: PROPOSAL | {"version": 0},
    ),
    row("nomination_edit", these(COUNCIL, 403) | these(OF_UNIT_0), lambda awards: awards.returned()),
    post(
        "submit_nomination",
        {"officer0": 403, "head0": 302},
        lambda awards: awards.prepare(),
        data=lambda year: {"version": 0},
    ),
    post(
        "submit_nomination",
        these(COUNCIL, 403) | {"officer0": 403, "head0": 302},
        lambda awards: awards.returned(),
        data=lambda year: {"version": 1},
    ),
    post("check_dossier", SECRETARYS, lambda awards: awards.nominate()),
    post(
        "return_dossier",
        SECRETARYS,
        lambda awards: awards.nominate(),
        data=lambda year: {"return-reason": "Thiếu biên bản."},
    ),
    post(
        "find_eligible",
        SECRETARYS,
        lambda awards: awards.complete(),
        data=lambda year: {"conduct_confirmed": "on"},
    ),
    post(
        "find_ineligible",
        SECRETARYS,
        lambda awards: awards.complete(),
        data=lambda year: {"ineligible-reason": "Đang có đơn tố cáo."},
    ),
    post("reconsider", SECRETARYS, lambda awards: awards.ineligible()),
    row(
        "withdraw_nomination",
        these(COUNCIL + OF_UNIT_0, 403) | these(("emulation", "head0")),
        lambda awards: awards.nominate(),
    ),
    post(
        "withdraw_nomination",
        these(COUNCIL + OF_UNIT_0, 403) | these(("emulation", "head0"), 302),
        lambda awards: awards.nominate(),
        data=lambda year: {"reason": "Đơn vị rút."},
    ),
    row("council", these(COUNCIL)),
    post("council", these(COUNCIL, 403) | {"emulation": 302}, data=today),
    row("council_new", these(COUNCIL, 403) | {"emulation": 200}),
    post("council_new", these(COUNCIL, 403) | {"emulation": 302}, data=given_council),
    row("meeting", these(COUNCIL), a_meeting),
    post("put_on_agenda", these(COUNCIL, 403) | {"emulation": 302}, a_meeting, data=a_ready_nomination),
    post("record_attendance", these(COUNCIL, 403) | {"emulation": 302}, a_meeting, data=a_member_present),
    row("motion", these(COUNCIL), a_motion_to_open),
    post("take_off_agenda", these(COUNCIL, 403) | {"emulation": 302}, a_motion_to_open),
    post("open_motion", these(COUNCIL, 403) | {"emulation": 302}, a_motion_to_open),
    row("motion", these(COUNCIL), a_vote),
    post("recuse", these(COUNCIL, 403) | {"member": 302}, a_vote, data=lambda year: {"reason": "Người thân."}),
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
    row("issue_certificates", these(COUNCIL + OF_UNIT_0, 403) | {"emulation": 200}, lambda awards: awards.signed()),
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
    # Drafts are thrown away by the secretary alone; who does not see a draft meets no page.
    row("discard_draft", {"emulation": 200, "leader": 403, "auditor": 403}, lambda awards: awards.drafted()),
    post("discard_draft", {"emulation": 302, "leader": 403, "auditor": 403}, lambda awards: awards.drafted()),
    row("bonus_excel", these(COUNCIL + OF_UNIT_0), lambda awards: awards.signed()),
    row("certificates", these(READS_BOOK + OF_UNITS)),
    row("certificate", these(READS_BOOK + OF_UNIT_0), lambda awards: awards.issued()[0]),
    row(
        "draft_revocation",
        these(READS_BOOK + OF_UNIT_0, 403) | {"emulation": 200},
        lambda awards: awards.issued()[0],
    ),
    post(
        "draft_revocation",
        these(READS_BOOK + OF_UNIT_0, 403) | {"emulation": 302},
        lambda awards: awards.issued()[0],
        data=a_ground,
    ),
    row("bonus_rates", these(READS_BOOK)),
    row("base_salary_new", these(READS_BOOK, 403) | {"emulation": 200}),
    post("base_salary_new", these(READS_BOOK, 403) | {"emulation": 302}, data=a_base_salary),
    row("coefficient_new", these(READS_BOOK, 403) | {"emulation": 200}),
    post("coefficient_new", these(READS_BOOK, 403) | {"emulation": 302}, data=a_coefficient),
    row("verify", VERIFY, otherwise=200),
    row("verify_code", NOT_FOUND, otherwise=404, kwargs=lambda year: {"code": "SL27-7K4M-Q2XD"}),
]
