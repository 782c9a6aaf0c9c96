"""The commendation of the published sample year, in thin form: three nominations, an open vote, a decision, certificates."""

from datetime import date
from pathlib import Path

from core import clock
from nominations.certifying.papers import certificates_pdf, decision_pdf
from nominations.certifying.selectors import bases_of, items_of
from nominations.certifying.services import draft_decision, issue_certificates, sign_decision
from nominations.council.services import (
    WorkingRules,
    call_meeting,
    cast_vote,
    close_motion,
    open_motion,
    set_up_council,
)
from nominations.enums import AwardForm, Choice, Subject
from nominations.models import Decision, Meeting, Nomination
from nominations.nominating.services import Proposal, check_dossier, nominate
from scoring.models import Cycle, RankingRow
from sonla_awards.sample.people import COUNCIL
from sonla_awards.sample.years import Cast, moment

ACHIEVEMENT = "Dẫn đầu về dịch vụ công trực tuyến và số hóa hồ sơ; là nơi các đơn vị trong tỉnh đến học tập."


def award_year(cast: Cast, cycle: Cycle) -> None:
    """The first two communes and the first agency of the ranking, each step at its own day."""
    year, secretary = cycle.year + 1, cast.people["thuky.thidua"]
    rows = RankingRow.objects.filter(run__cycle=cycle, run__state="published").select_related("run__cycle", "unit")
    chosen = [*rows.filter(run__group__code="commune")[:2], *rows.filter(run__group__code="department")[:1]]
    with clock.set_to(moment(date(year, 3, 6), 9)):
        nominations = [_nominate(cast, row) for row in chosen]
        nominations = [check_dossier(nomination=one, actor=secretary) for one in nominations]
    with clock.set_to(moment(date(year, 3, 20), 8, 5)):
        approved = _vote(cast, nominations)
    with clock.set_to(moment(date(year, 3, 27), 15)):
        decision = draft_decision(cycle=cycle, form=AwardForm.BANG_KHEN, nominations=approved, actor=secretary)
        leader = cast.people["lanhdao.tinh"]
        sign_decision(decision=decision, number="415/QĐ-UBND", dated_on=date(year, 3, 27), actor=leader)
        issue_certificates(decision=decision, actor=secretary)


def _nominate(cast: Cast, row: RankingRow) -> Nomination:
    proposal = Proposal(form=AwardForm.BANG_KHEN, subject=Subject.COLLECTIVE, achievement=ACHIEVEMENT)
    return nominate(row=row, proposal=proposal, actor=cast.heads[row.unit_id])


def _vote(cast: Cast, nominations: list[Nomination]) -> list[Nomination]:
    secretary = cast.people["thuky.thidua"]
    members = [cast.people[f"hoidong.{code.lower()}"] for code in COUNCIL]
    set_up_council(
        name="Hội đồng Thi đua - Khen thưởng tỉnh",
        founding_decision="Quyết định số 88/QĐ-UBND ngày 15/01/2026",
        members=members,
        chair=members[0],
        rules=WorkingRules(),
        actor=secretary,
    )
    meeting: Meeting = call_meeting(held_on=clock.today(), actor=secretary)
    for nomination in nominations:
        motion = open_motion(nomination=nomination, meeting=meeting, actor=secretary)
        for place, member in enumerate(members):
            if nomination.unit_id not in member.own_units:
                cast_vote(motion=motion, choice=Choice.AGAINST if place == 7 else Choice.FOR, actor=member)
        close_motion(motion=motion, actor=secretary)
    return list(Nomination.objects.filter(pk__in=[one.pk for one in nominations], state="approved"))


def write_papers(folder: Path) -> list[str]:
    """Each issued decision and its certificates as PDF, into `folder`; their names."""
    written = []
    for decision in Decision.objects.filter(state="issued").select_related("cycle"):
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
