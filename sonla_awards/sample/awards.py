"""The commendation of the published sample year: quota, nominations, a meeting, a decision, certificates, one revoked."""

from datetime import date
from pathlib import Path

from accounts.models import User
from core import clock
from nominations.certifying.papers import certificates_pdf, decision_pdf
from nominations.certifying.revocations import draft_revocation
from nominations.certifying.selectors import bases_of, items_of
from nominations.certifying.services import draft_decision, issue_certificates, sign_decision
from nominations.council.services import (
    WorkingRules,
    call_meeting,
    cast_vote,
    close_motion,
    open_motion,
    put_on_agenda,
    record_attendance,
    recuse,
    set_up_council,
)
from nominations.enums import AwardForm, Choice, DecisionKind, DecisionState, RevocationGround, Subject
from nominations.models import Certificate, Decision, Motion, Nomination
from nominations.nominating.dossier import check_dossier, find_eligible, find_ineligible
from nominations.nominating.quotas import Places, set_quota
from nominations.nominating.services import nominate, withdraw_nomination
from scoring.models import Cycle, RankingRow
from sonla_awards.sample.cast import Cast, moment
from sonla_awards.sample.nominees import PLACES, Nominee, last_collective, next_collective, nominees
from sonla_awards.sample.people import COUNCIL

GROUND_OF_QUOTA = "Kế hoạch phong trào thi đua của năm (số liệu minh họa)"
FRAUD = (
    "Kết luận kiểm tra (minh họa) xác định số hồ sơ trực tuyến nêu trong báo cáo thành tích được kê khai cao hơn thực tế, "
    "thành tích không còn đủ tiêu chuẩn."
)


def set_places(cast: Cast, cycle: Cycle) -> None:
    """The movement's plan: how many collectives and individuals, and from which grade."""
    for subject, cap in PLACES.items():
        places = Places(cap=cap, lowest_grade="kha", ground=GROUND_OF_QUOTA)
        set_quota(
            cycle=cycle,
            form=AwardForm.BANG_KHEN,
            subject=subject,
            places=places,
            actor=cast.people["thuky.thidua"],
        )


def award_year(cast: Cast, cycle: Cycle) -> None:
    """Each step at its own day, the way the desks do it."""
    year, secretary = cycle.year + 1, cast.people["thuky.thidua"]
    rows = _published_rows(cycle)
    with clock.set_to(moment(date(year, 3, 2), 9)):
        set_places(cast, cycle)
    with clock.set_to(moment(date(year, 3, 6), 9)):
        eligible = [_eligible(one, secretary) for one in nominees(cast, rows)]
        fails = _eligible(next_collective(cast, rows["department"], "department"), secretary)
        _never_reach_the_council(cast, rows["commune"], secretary)
    with clock.set_to(moment(date(year, 3, 20), 8, 5)):
        _meet(cast, [*eligible, fails], fails)
    with clock.set_to(moment(date(year, 3, 27), 15)):
        approved = Nomination.objects.filter(cycle=cycle).approved_and_free()
        decision = draft_decision(cycle=cycle, form=AwardForm.BANG_KHEN, nominations=approved, actor=secretary)
        leader = cast.people["lanhdao.tinh"]
        sign_decision(decision=decision, number="415/QĐ-UBND", dated_on=date(year, 3, 27), actor=leader)
        certificates = issue_certificates(decision=decision, actor=secretary)
    with clock.set_to(moment(date(year, 6, 15), 10)):
        _revoke(certificates[-1], secretary, leader)


def _published_rows(cycle: Cycle) -> dict[str, list[RankingRow]]:
    """The ranked rows of each group, best first."""
    rows = RankingRow.objects.filter(run__cycle=cycle, run__state="published", rank__isnull=False)
    rows = rows.select_related("run__cycle", "run__group", "unit").defer("run__snapshot").order_by("rank", "unit__code")
    return {code: [row for row in rows if row.run.group.code == code] for code in ("commune", "department")}


def _eligible(nominee: Nominee, secretary: User) -> Nomination:
    nomination = nominate(row=nominee.row, proposal=nominee.proposal, actor=nominee.head)
    nomination = check_dossier(nomination=nomination, actor=secretary)
    return find_eligible(nomination=nomination, conduct_confirmed=True, actor=secretary)


def _never_reach_the_council(cast: Cast, rows: list[RankingRow], secretary: User) -> None:
    """One is withdrawn by its head, one does not meet the standard of the year."""
    given_up = next_collective(cast, rows, "commune")
    nomination = nominate(row=given_up.row, proposal=given_up.proposal, actor=given_up.head)
    withdraw_nomination(nomination=nomination, reason="Xã tập trung đề nghị khen thưởng cá nhân.", actor=given_up.head)
    too_low = last_collective(cast, rows)
    nomination = nominate(row=too_low.row, proposal=too_low.proposal, actor=too_low.head)
    nomination = check_dossier(nomination=nomination, actor=secretary)
    find_ineligible(nomination=nomination, reason="Xếp loại thấp hơn mức Khá của tiêu chuẩn năm.", actor=secretary)


def _meet(cast: Cast, nominations: list[Nomination], fails: Nomination) -> None:
    """One meeting, everybody there: a tie that the chair's side decides, one who takes no part, one motion that fails."""
    secretary = cast.people["thuky.thidua"]
    members = [cast.people[f"hoidong.{code.lower()}"] for code in COUNCIL]
    set_up_council(
        name="Hội đồng Thi đua - Khen thưởng tỉnh",
        founding_decision="Quyết định số 88/QĐ-UBND ngày 15/01/2026",
        members=members,
        chair=members[0],
        secretary=secretary,
        rules=WorkingRules(),
        actor=secretary,
    )
    meeting = call_meeting(held_on=clock.today(), actor=secretary)
    motions = put_on_agenda(nominations=nominations, meeting=meeting, actor=secretary)
    record_attendance(meeting=meeting, present=members, actor=secretary)
    voters = [_may_vote(members, one) for one in nominations]
    # An even number of voters, the chair among them: half in favour is a tie.
    tied = next(place for place, people in enumerate(voters) if len(people) % 2 == 0 and members[0] in people)
    aside = next(place for place, one in enumerate(nominations) if one.subject == Subject.PERSON)
    recuse(motion=motions[aside], reason="Người được đề nghị là người thân trong gia đình.", actor=voters[aside].pop())
    half, few = len(voters[tied]) // 2, 3
    in_favour = {tied: half, nominations.index(fails): few}
    for place, motion in enumerate(motions):
        _vote(motion, voters[place], in_favour.get(place), secretary)


def _may_vote(members: list[User], nomination: Nomination) -> list[User]:
    """Nobody votes on the own unit; the chair comes first."""
    return [member for member in members if nomination.unit_id not in member.own_units]


def _vote(motion: Motion, voters: list[User], in_favour: int | None, secretary: User) -> None:
    """`in_favour` votes from the chair on and the rest against; without it nearly all in favour."""
    open_motion(motion=motion, actor=secretary)
    for place, member in enumerate(voters):
        if in_favour is None:
            choice = Choice.AGAINST if (motion.number + place) % 9 == 0 else Choice.FOR
        else:
            choice = Choice.FOR if place < in_favour else Choice.AGAINST
        cast_vote(motion=motion, choice=choice, actor=member)
    close_motion(motion=motion, actor=secretary)


def _revoke(certificate: Certificate, secretary: User, leader: User) -> None:
    decision = draft_revocation(certificates=[certificate], ground=RevocationGround.FRAUD, facts=FRAUD, actor=secretary)
    sign_decision(decision=decision, number="1012/QĐ-UBND", dated_on=clock.today(), actor=leader)


def write_papers(folder: Path) -> list[str]:
    """Each issued decision of an award and its certificates as PDF, into `folder`; their names."""
    written = []
    issued = Decision.objects.filter(kind=DecisionKind.AWARD, state=DecisionState.ISSUED).select_related(
        "cycle__movement"
    )
    for decision in issued:
        name = f"{decision.cycle.year}-{decision.pk}.pdf"
        items = items_of(decision)
        papers = {
            f"decision-{name}": decision_pdf(decision, items, bases=bases_of(decision)),
            f"certificates-{name}": certificates_pdf(list(decision.certificates.select_related("decision__cycle"))),
        }
        for paper, data in papers.items():
            (folder / paper).write_bytes(data)
        written += papers
    return written
