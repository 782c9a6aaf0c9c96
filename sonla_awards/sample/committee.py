"""What the committee of a sample year does: appraise, decide explanations, compute and publish the rankings."""

from datetime import date, timedelta

from accounts.models import UnitGroup, User
from core import clock
from core.jobs.runner import run as run_job
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import accept_lines, close_appraisals, correct_inputs, grant_not_applicable
from scoring.cycles.services import close_filing, open_explanation, release_provisional, settle
from scoring.enums import AssessmentState, ExplanationAction, LineState, ReasonCode
from scoring.models import Answer, Assessment, Cycle, RankingRun
from scoring.ranking.services import publish_run, start_run
from sonla_awards.sample.cast import Cast, Say, moment
from sonla_awards.sample.filing import sample_answers
from sonla_awards.sample.writing import ACCEPT, NOT_APPLICABLE, SampleAnswer

# The open year: what the sample's units submitted, they submitted in the first days of the filing; whoever tries the
# demo comes later. Of these forms a few per group are left to be appraised by hand.
SUBMITTED_WITHIN_DAYS = 21
LEFT_TO_TRY = 2


def appraise_most(cast: Cast, cycle: Cycle) -> tuple[int, list[Assessment]]:
    """What the agencies' appraisers did while nobody looked: every line of most forms that the sample's units handed in.

    Returns how many forms, and those that are left: the last of each group, and all that came later.
    """
    early = cycle.filing_opens_at + timedelta(days=SUBMITTED_WITHIN_DAYS)
    everyone = list(cycle.assessments.select_related("unit", "group", "criteria_set", "cycle"))
    handed_in = [one for one in everyone if one.state == AssessmentState.UNDER_APPRAISAL]
    done: set[int] = set()
    for group in {one.group_id for one in handed_in}:
        of_sample = sorted(
            (one for one in handed_in if one.group_id == group and one.submitted_at < early),
            key=lambda one: (one.submitted_at, one.pk),
        )
        done |= {one.pk for one in of_sample[:-LEFT_TO_TRY]}
    for assessment, answers in sample_answers(everyone, cycle.year, only=done):
        measured = {
            line.code for line in assessment.criteria_set.definition.adjustments if line.source_kind == "measured"
        }  # days of delay, and all of these came in time
        appraise(cast, assessment, {code: one for code, one in answers.items() if code not in measured})
    return len(done), [one for one in handed_in if one.pk not in done]


def conclude(cast: Cast, cycle: Cycle, appraisals: list, say: Say) -> None:
    """From the end of filing to the published rankings. `appraisals`: (assessment, its invented answers)."""
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


def compute(cast: Cast, cycle: Cycle, group: UnitGroup) -> RankingRun:
    run = start_run(cycle=cycle, group=group, actor=cast.secretary)
    run_job(run.job_id)
    run.refresh_from_db()
    return run
