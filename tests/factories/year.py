"""A small year: three communes, one set, a person in every role, driven forward through the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from accounts.enums import Role, UnitKind
from accounts.models import Unit, UnitGroup, User
from core import clock
from core.jobs.runner import run as run_job
from scoring.appraisal.services import accept_lines, close_appraisals, correct_inputs
from scoring.criteria.services import import_set, publish_set
from scoring.cycles.services import (
    Calendar,
    close_filing,
    create_cycle,
    open_explanation,
    open_filing,
    release_provisional,
    settle,
)
from scoring.enums import ReasonCode
from scoring.filing.services import AnswerInput, import_form, prepare, submit
from scoring.models import Answer, Assessment, CriteriaSet, Cycle, RankingRun, Submission
from scoring.ranking.services import publish_run, start_run
from tests.factories.people import make_group, make_unit, make_user, proof_of
from tests.factories.small_set import AGENCY, small_set

OPENS = datetime(2026, 11, 1, tzinfo=UTC)
CLOSES, LOCKS = OPENS + timedelta(days=40), OPENS + timedelta(days=70)
APPRAISED, EXPLAINED = OPENS + timedelta(days=90), OPENS + timedelta(days=110)
CALENDAR = Calendar(OPENS, CLOSES, LOCKS, APPRAISED, EXPLAINED)

# What each unit declares, by quality: the first claims nearly everything.
CLAIMS = {
    "11111": {
        "A.1": {"value": "yes"},
        "A.2": {"option": "head"},
        "A.3": {"value": "5"},
        "B.1": {"a": "90", "b": "100"},
        "B.2": {"value": "10"},
    },
    "22222": {
        "A.1": {"value": "yes"},
        "A.2": {"option": "deputy"},
        "A.3": {"value": "3"},
        "B.1": {"a": "60", "b": "100"},
        "B.2": {"value": "7"},
    },
    "33333": {
        "A.1": {"value": "no"},
        "A.2": {"option": "none"},
        "A.3": {"value": "1"},
        "B.1": {"a": "10", "b": "100"},
        "B.2": {"value": "1"},
    },
}


@dataclass
class Year:
    """Everything a test needs by name. The clock must be set: use `with year.on(day):`, or the `at_filing` helpers."""

    group: UnitGroup
    units: list[Unit]
    agency: Unit
    office: Unit
    people: dict[str, User]
    criteria_set: CriteriaSet
    cycle: Cycle
    filed: tuple[int, ...] = ()

    def assessment(self, index: int = 0) -> Assessment:
        return Assessment.objects.get(cycle=self.cycle, unit=self.units[index])

    def answer(self, code: str, index: int = 0) -> Answer:
        return Answer.objects.get(assessment=self.assessment(index), criterion__code=code)

    def officer(self, index: int = 0) -> User:
        return self.people[f"officer{index}"]

    def head(self, index: int = 0) -> User:
        return self.people[f"head{index}"]

    @contextmanager
    def on(self, moment: datetime) -> Iterator[None]:
        """The clock stands at `moment`; roles are read again."""
        with clock.set_to(moment):
            for person in self.people.values():
                person.forget_roles()
            yield

    @contextmanager
    def filing(self) -> Iterator[None]:
        with self.on(OPENS + timedelta(days=10)):
            yield

    def fill(self, index: int = 0) -> Assessment:
        """Declare every line, with an explanation where evidence would be."""
        unit = self.units[index]
        given = {
            code: AnswerInput(raw=raw, explanation="Có hồ sơ giấy tại Văn phòng.")
            for code, raw in CLAIMS[unit.code].items()
        }
        return import_form(assessment=self.assessment(index), given=given, actor=self.officer(index))

    def hand_in(self, index: int = 0):
        """Filled, prepared, submitted."""
        with self.filing():
            prepare(assessment=self.fill(index), actor=self.officer(index))
            return self.sign(index)

    def sign(self, index: int = 0, version: int | None = None) -> Submission:
        """The head submits what is prepared, at the moment of the clock."""
        head = self.head(index)
        return submit(assessment=self.assessment(index), actor=head, proof=proof_of(head), version=version)

    def to_appraisal(self, *filed: int) -> "Year":
        """The filing is closed; the units of these numbers handed in (without any: all)."""
        self.filed = filed or tuple(range(len(self.units)))
        for index in self.filed:
            self.hand_in(index)
        with self.on(LOCKS):
            self.cycle = close_filing(cycle=self.cycle, actor=self.people["secretary"])
        return self

    def appraise(self) -> "Year":
        with self.on(LOCKS + timedelta(days=2)):
            self.appraise_now()
        return self

    def appraise_now(self) -> None:
        """B.3 entered by the appraiser (0.5), everything else accepted."""
        for index in self.filed or range(len(self.units)):
            self._appraise_one(index)
        close_appraisals(cycle=self.cycle, actor=self.people["lead"])

    def _appraise_one(self, index: int) -> None:
        appraiser, line = self.people["appraiser"], self.answer("B.3", index)
        if line.line_state == "open":
            correct_inputs(
                answer=line,
                raw={"points": "0,5"},
                reason_code=ReasonCode.BY_APPRAISER,
                reason="Theo dõi năm",
                version=line.version,
                actor=appraiser,
            )
        accept_lines(assessment=self.assessment(index), answers=self.assessment(index).answers.all(), actor=appraiser)

    def compute(self) -> RankingRun:
        run = start_run(cycle=self.cycle, group=self.group, actor=self.people["secretary"])
        run_job(run.job_id)
        run.refresh_from_db()
        return run

    def to_explanation(self) -> "Year":
        with self.on(APPRAISED):
            self.release_now()
        return self

    def release_now(self) -> None:
        """A first run, shown to the units; the explanation is open."""
        self.compute()
        secretary = self.people["secretary"]
        self.cycle = release_provisional(cycle=self.cycle, actor=secretary)
        self.cycle = open_explanation(cycle=self.cycle, actor=secretary)

    def publish(self, decision: str = "312/QĐ-UBND") -> RankingRun:
        """From the explanation phase to the published ranking."""
        with self.on(EXPLAINED):
            secretary = self.people["secretary"]
            self.cycle = settle(cycle=self.cycle, actor=secretary)
            run = self.compute()
            run = publish_run(run=run, decision_number=decision, decision_on=date(2027, 2, 1), actor=secretary)
            self.cycle.refresh_from_db()
            return run

    def all_the_way(self, *filed: int) -> RankingRun:
        self.to_appraisal(*filed).appraise().to_explanation()
        return self.publish()


def make_year(calendar: Calendar = CALENDAR) -> Year:
    """The cycle is open for filing; nothing is declared yet. The clock is left alone: set it with `year.on`."""
    group = make_group()
    units = [
        make_unit(code, name, group=group)
        for code, name in zip(CLAIMS, ("Xã Ngọc Chiến", "Phường Tô Hiệu", "Xã Đoàn Kết"), strict=True)
    ]
    agency = make_unit("SKHCN", AGENCY, kind=UnitKind.DEPARTMENT)
    office = make_unit("VPUBND", "Văn phòng Ủy ban nhân dân tỉnh", kind=UnitKind.DEPARTMENT)
    people = _people(units, agency, office)
    secretary = people["secretary"]
    with clock.set_to(calendar.filing_opens_at):
        criteria_set = publish_set(
            criteria_set=import_set(data=small_set(), place="small", actor=secretary), actor=secretary
        )
        cycle = create_cycle(
            movement="Chuyển đổi số trên địa bàn tỉnh Sơn La",
            founding_decision="253/QĐ-UBND ngày 17/02/2023",
            year=2026,
            calendar=calendar,
            sets=[(group, criteria_set)],
            legal_basis="Quyết định 253/QĐ-UBND",
            is_sample=True,
            actor=secretary,
        )
        cycle = open_filing(cycle=cycle, actor=secretary)
    return Year(group, units, agency, office, people, criteria_set, cycle)


def _people(units: list[Unit], agency: Unit, office: Unit) -> dict[str, User]:
    people = {}
    for index, unit in enumerate(units):
        people[f"officer{index}"] = make_user(f"officer{index}", (Role.UNIT_OFFICER, unit))
        people[f"head{index}"] = make_user(f"head{index}", (Role.UNIT_HEAD, unit))
    roles = {
        "appraiser": (Role.APPRAISER, agency),
        "appraiser2": (Role.APPRAISER, agency),
        "other_appraiser": (Role.APPRAISER, office),
        "lead": (Role.APPRAISAL_LEAD, agency),
        "secretary": (Role.SCORING_SECRETARY, agency),
        "emulation": (Role.EMULATION_SECRETARY, office),
        "member": (Role.COUNCIL_MEMBER, office),
        "leader": (Role.SIGNING_LEADER, office),
        "administrator": (Role.ADMINISTRATOR, office),
        "auditor": (Role.AUDITOR, office),
    }
    people |= {name: make_user(name, role) for name, role in roles.items()}
    people["outsider"] = make_user("outsider")
    return people
