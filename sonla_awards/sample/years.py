"""Two sample years through the services that people use: 2025 published, the current one open for filing."""

from datetime import date, timedelta
from random import Random

from accounts.models import UnitGroup
from core import clock
from scoring.cycles.services import Calendar, create_cycle, open_filing
from scoring.filing.services import prepare
from scoring.models import Assessment, CriteriaSet, Cycle
from sonla_awards.sample.board import board_year
from sonla_awards.sample.cast import SEED, Cast, Say, moment
from sonla_awards.sample.committee import SUBMITTED_WITHIN_DAYS, conclude
from sonla_awards.sample.filing import file_form, hand_in, sample_answers, sign

MOVEMENT, FOUNDED = "Chuyển đổi số trên địa bàn tỉnh Sơn La", "Quyết định số 253/QĐ-UBND ngày 17/02/2023"
LEGAL_BASIS = (
    "Quyết định số 253/QĐ-UBND ngày 17/02/2023 của Chủ tịch Ủy ban nhân dân tỉnh về Kế hoạch phong trào thi đua "
    "“Chuyển đổi số trên địa bàn tỉnh Sơn La”"
)


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
    conclude(cast, cycle, appraisals, say)
    return cycle


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
        day = opens + timedelta(days=rng.randrange(4, SUBMITTED_WITHIN_DAYS))
        with clock.set_to(moment(day, rng.randrange(8, 17), rng.randrange(60))):
            file_form(cast, assessment, answers)
            if step != "draft":
                prepare(assessment=assessment, actor=cast.officers[assessment.unit_id])
            if step == "submitted":
                sign(cast, assessment)
    with clock.set_to(moment(today - timedelta(days=1), 9)):
        board_year(cast, cycle)
    say(f"{year}: open for filing")
    return cycle


def _standing(assessment: Assessment, rng: Random) -> tuple[float, str]:
    """How far a unit has come: (share of lines answered, draft / prepared / submitted)."""
    if assessment.unit.short_name == "Ngọc Chiến":
        return 0.7, "draft"
    chance = rng.random()
    if chance < 0.36 or assessment.unit.short_name == "Tô Hiệu":  # photographed: tools/pictures.py
        return 1.0, "submitted"
    if chance < 0.44 or assessment.unit.short_name == "Chiềng Lao":
        return 1.0, "prepared"
    if chance < 0.84:
        return rng.choice([0.2, 0.4, 0.6, 0.8, 0.95]), "draft"
    return 0.0, "draft"
