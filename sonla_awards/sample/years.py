"""Two sample years through the services that people use: 2025 published, the current one open for filing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.enums import Role
from accounts.models import UnitGroup, User
from core import clock
from core.jobs.runner import run as run_job
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import accept_lines, close_appraisals, correct_inputs, grant_not_applicable
from scoring.cycles.services import (
    Calendar,
    close_filing,
    create_cycle,
    open_explanation,
    open_filing,
    release_provisional,
    settle,
)
from scoring.enums import ExplanationAction, LineState, ReasonCode
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import AnswerInput, import_form, prepare, submit
from scoring.models import Answer, Assessment, CriteriaSet, Cycle, RankingRun
from scoring.ranking.services import publish_run, start_run
from sonla_awards.sample.answers import unit_answers
from sonla_awards.sample.papers import paper
from sonla_awards.sample.standing import qualities
from sonla_awards.sample.writing import ACCEPT, NOT_APPLICABLE, SampleAnswer

SEED = 253
MOVEMENT, FOUNDED = "Chuyển đổi số trên địa bàn tỉnh Sơn La", "Quyết định số 253/QĐ-UBND ngày 17/02/2023"
LEGAL_BASIS = (
    "Quyết định số 253/QĐ-UBND ngày 17/02/2023 của Chủ tịch Ủy ban nhân dân tỉnh về Kế hoạch phong trào thi đua "
    "“Chuyển đổi số trên địa bàn tỉnh Sơn La”"
)
FONTS = str(settings.ROOT / "data" / "fonts")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Cast:
    """The people that act in the sample years."""

    people: dict[str, User]
    officers: dict[int, User]
    heads: dict[int, User]

    @property
    def secretary(self) -> User:
        return self.people["thuky.chamdiem"]

    def lead_for(self, assessment: Assessment) -> User:
        """A lead who does not belong to the assessed unit."""
        first = self.people["totruong.skhcn"]
        return self.people["totruong.snv"] if assessment.unit_id in first.own_units else first


def cast_of(people: dict[str, User]) -> Cast:
    def holders(role: Role) -> dict[int, User]:
        return {m.unit_id: user for user in people.values() for m in user.current_memberships if m.role == role}

    return Cast(people, holders(Role.UNIT_OFFICER), holders(Role.UNIT_HEAD))


def moment(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_cycle(cast: Cast, year: int, calendar: Calendar, sets: list[tuple[UnitGroup, CriteriaSet]]) -> Cycle:
    cycle = create_cycle(
        movement=MOVEMENT,
        founding_decision=FOUNDED,
        year=year,
        calendar=calendar,
        sets=sets,
        legal_basis=LEGAL_BASIS,
        is_sample=True,
        actor=cast.secretary,
    )
    return open_filing(cycle=cycle, actor=cast.secretary)


def sample_answers(assessments: Iterable[Assessment], year: int, completeness: dict[int, float] | None = None):
    """(assessment, its invented answers), one group at a time since a group's scores are spread together."""
    by_group: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        by_group.setdefault(assessment.group.code, []).append(assessment)
    for group, members in by_group.items():
        wanted = qualities([one.unit.code for one in members], group=group, year=year, seed=SEED)
        for one in members:
            yield (
                one,
                unit_answers(
                    one.criteria_set.definition,
                    unit=one.unit.code,
                    quality=wanted[one.unit.code],
                    seed=SEED,
                    completeness=(completeness or {}).get(one.pk, 1.0),
                    population=one.unit.population,
                    year=year,
                ),
            )


def file_form(cast: Cast, assessment: Assessment, answers: dict[str, SampleAnswer]) -> None:
    """The officer declares every line in one import and attaches one document per pillar."""
    officer = cast.officers[assessment.unit_id]
    declared = set(assessment.criteria_set.criteria.filter(declared_by_unit=True).values_list("code", flat=True))
    given = {
        code: AnswerInput(
            raw=answer.claimed, explanation=answer.explanation, asks_not_applicable=answer.outcome == NOT_APPLICABLE
        )
        for code, answer in answers.items()
        if code in declared
    }
    import_form(assessment=assessment, given=given, actor=officer)
    _attach(assessment, {code: answers[code].citation for code in given if answers[code].citation}, officer)


def _attach(assessment: Assessment, citations: dict[str, str], officer: User) -> None:
    lines: dict[int | None, list[Answer]] = {}
    for answer in assessment.answers.select_related("criterion", "assessment").filter(criterion__code__in=citations):
        lines.setdefault(answer.criterion.pillar_id, []).append(answer)
    for pillar, answers in lines.items():
        mark = f"{assessment.unit.code} {assessment.cycle.year} {pillar}"
        upload = SimpleUploadedFile("tai-lieu-minh-hoa.pdf", paper(mark=mark, fonts=FONTS))
        attach_evidence(answers=answers, upload=upload, title=citations[answers[0].criterion.code], actor=officer)


def hand_in(cast: Cast, assessment: Assessment) -> None:
    prepare(assessment=assessment, actor=cast.officers[assessment.unit_id])
    submit(assessment=assessment, actor=cast.heads[assessment.unit_id])


def appraise(cast: Cast, assessment: Assessment, answers: dict[str, SampleAnswer]) -> None:
    """Line by line where the appraiser changes something, then the rest accepted in one act."""
    lead = cast.lead_for(assessment)
    declared = {line.code for line in assessment.criteria_set.definition.lines if line.source_kind == "declared"}
    special = {code: one for code, one in answers.items() if one.outcome != ACCEPT or code not in declared}
    lines = assessment.answers.select_related("criterion__responsible", "assessment").filter(
        criterion__code__in=special
    )
    for answer in lines:
        _appraise_line(answer, special[answer.criterion.code], _appraiser(cast, answer, lead))
    accept_lines(assessment=assessment, answers=assessment.answers.filter(line_state=LineState.OPEN), actor=lead)


def _appraiser(cast: Cast, answer: Answer, lead: User) -> User:
    agency = answer.criterion.responsible
    return lead if agency.pk == answer.assessment.unit_id else cast.people[f"thamdinh.{agency.code.lower()}"]


def _appraise_line(answer: Answer, sample: SampleAnswer, appraiser: User) -> None:
    if sample.outcome == NOT_APPLICABLE:
        grant_not_applicable(answer=answer, reason=sample.reason, version=answer.version, actor=appraiser)
        return
    correct_inputs(
        answer=answer,
        raw=sample.appraised,
        reason_code=sample.reason_code or ReasonCode.SYSTEM_FIGURE,
        reason=sample.reason or "Số liệu do hệ thống của tỉnh ghi nhận.",
        version=answer.version,
        actor=appraiser,
    )


def compute(cast: Cast, cycle: Cycle, group: UnitGroup) -> RankingRun:
    run = start_run(cycle=cycle, group=group, actor=cast.secretary)
    run_job(run.job_id)
    run.refresh_from_db()
    return run


def published_year(cast: Cast, year: int, sets: list[tuple[UnitGroup, CriteriaSet]], say: Say) -> Cycle:
    """A whole year, each act at its own day of the calendar."""
    opens, closes = date(year, 11, 1), date(year, 12, 11)
    calendar = Calendar(
        moment(opens),
        moment(closes),
        moment(date(year + 1, 1, 11)),
        moment(date(year + 1, 2, 6)),
        moment(date(year + 1, 2, 14)),
    )
    with clock.set_to(moment(opens, 8)):
        cycle = make_cycle(cast, year, calendar, sets)
    rng, appraisals = Random(SEED), []
    assessments = cycle.assessments.select_related("unit", "group", "criteria_set", "cycle")
    for assessment, answers in sample_answers(assessments, year):
        late = any(
            line.code in answers
            for line in assessment.criteria_set.definition.adjustments
            if line.source_kind == "measured"
        )
        day = closes + timedelta(days=rng.randrange(1, 20)) if late else opens + timedelta(days=rng.randrange(5, 39))
        with clock.set_to(moment(day, rng.randrange(8, 17), rng.randrange(60))):
            file_form(cast, assessment, answers)
            hand_in(cast, assessment)
        appraisals.append((assessment, answers))
    say(f"{year}: {len(appraisals)} self-assessments submitted")
    _committee(cast, cycle, appraisals, say)
    return cycle


def _committee(cast: Cast, cycle: Cycle, appraisals: list, say: Say) -> None:
    secretary, year = cast.secretary, cycle.year + 1
    with clock.set_to(moment(date(year, 1, 12), 8)):
        close_filing(cycle=cycle, actor=secretary)
    with clock.set_to(moment(date(year, 1, 25), 9)):
        for assessment, answers in appraisals:
            appraise(cast, assessment, answers)
        close_appraisals(cycle=cycle, actor=cast.people["totruong.skhcn"])
    say(f"{cycle.year}: appraised")
    with clock.set_to(moment(date(year, 2, 6), 9)):
        for one in cycle.groups.select_related("group"):
            compute(cast, cycle, one.group)
        release_provisional(cycle=cycle, actor=secretary)
        open_explanation(cycle=cycle, actor=secretary)
    _explanations(cast, cycle)
    with clock.set_to(moment(date(year, 2, 26), 9)):
        settle(cycle=cycle, actor=secretary)
    with clock.set_to(moment(date(year, 2, 28), 10)):
        for one in cycle.groups.select_related("group"):
            run = compute(cast, cycle, one.group)
            publish_run(run=run, decision_number="312/QĐ-UBND", decision_on=date(year, 2, 28), actor=secretary)
    say(f"{cycle.year}: rankings published")


def _explanations(cast: Cast, cycle: Cycle) -> None:
    """A few heads contest a correction; one is upheld, the others are not."""
    contested = Answer.objects.filter(assessment__cycle=cycle, correction__reason_code__in=["TL-04", "TL-05"])
    lines = contested.select_related("criterion__responsible", "assessment", "correction").order_by("pk")[:60:12]
    for index, answer in enumerate(lines):
        head = cast.heads[answer.assessment.unit_id]
        lead = cast.lead_for(answer.assessment)
        with clock.set_to(moment(date(cycle.year + 1, 2, 9 + index % 4), 10)):
            grounds = "Đơn vị đã gửi bổ sung danh sách có ký nhận, kính đề nghị xem xét lại."
            explanation = file_explanation(answer=answer, grounds=grounds, actor=head)
        with clock.set_to(moment(date(cycle.year + 1, 2, 18), 15)):
            action = ExplanationAction.UPHOLD if index == 0 else ExplanationAction.REJECT
            reason = (
                "Danh sách bổ sung khớp với số đã kê khai."
                if index == 0
                else "Tài liệu bổ sung không thuộc năm đánh giá."
            )
            decide_explanation(explanation=explanation, action=action, raw={}, reason=reason, actor=lead)


def open_year(cast: Cast, year: int, sets: list[tuple[UnitGroup, CriteriaSet]], today: date, say: Say) -> Cycle:
    """The current year, filing since three weeks, with seventeen days to go: some submitted, some at work, some not begun."""
    opens, closes = today - timedelta(days=22), today + timedelta(days=18)
    steps = (31, 57, 75)
    calendar = Calendar(moment(opens), moment(closes), *(moment(closes + timedelta(days=step)) for step in steps))
    with clock.set_to(moment(opens, 8)):
        cycle = make_cycle(cast, year, calendar, sets)
    rng, standing = Random(SEED + year), {}
    assessments = list(cycle.assessments.select_related("unit", "group", "criteria_set", "cycle"))
    for assessment in assessments:
        standing[assessment.pk] = _standing(assessment, rng)
    completeness = {pk: share for pk, (share, _step) in standing.items()}
    for assessment, answers in sample_answers(assessments, year, completeness):
        share, step = standing[assessment.pk]
        if not share:
            continue
        with clock.set_to(
            moment(opens + timedelta(days=rng.randrange(4, 21)), rng.randrange(8, 17), rng.randrange(60))
        ):
            file_form(cast, assessment, answers)
            if step != "draft":
                prepare(assessment=assessment, actor=cast.officers[assessment.unit_id])
            if step == "submitted":
                submit(assessment=assessment, actor=cast.heads[assessment.unit_id])
    say(f"{year}: open for filing")
    return cycle


def _standing(assessment: Assessment, rng: Random) -> tuple[float, str]:
    """How far a unit has come: (share of lines answered, draft / prepared / submitted)."""
    if assessment.unit.short_name == "Ngọc Chiến":
        return 0.7, "draft"
    chance = rng.random()
    if chance < 0.36:
        return 1.0, "submitted"
    if chance < 0.44:
        return 1.0, "prepared"
    if chance < 0.84:
        return rng.choice([0.2, 0.4, 0.6, 0.8, 0.95]), "draft"
    return 0.0, "draft"
