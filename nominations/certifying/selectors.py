"""Reads of decisions and certificates."""

from dataclasses import dataclass

from django.db.models import Count, Q

from nominations.certifying.codes import MOST_TYPED, read_code
from nominations.certifying.wording import day_in_words, numbered
from nominations.models import AWARDS, Award, Certificate, Decision, DecisionItem, Meeting, Nomination
from scoring.models import RankingRun


def items_of(decision: Decision) -> list[DecisionItem]:
    """The list in its order, with certificates where there are any."""
    items = decision.items.select_related("nomination__unit", "nomination__certificate").order_by("position")
    return list(items)


@dataclass(frozen=True)
class Waiting:
    """Approved nominations of one year and form that wait for a decision."""

    year: int
    form: str
    count: int

    @property
    def award(self) -> Award:
        return AWARDS[self.form]


def waiting_by_form() -> list[Waiting]:
    waiting = Nomination.objects.approved_and_free().order_by("-cycle__year", "form")
    rows = waiting.values("cycle__year", "form").annotate(count=Count("pk"))
    return [Waiting(row["cycle__year"], row["form"], row["count"]) for row in rows]


def meetings_behind(decision: Decision) -> list[Meeting]:
    """The meetings that approved what the decision commends."""
    carried = Q(motions__nomination__decision_item__decision=decision, motions__state="carried")
    return list(Meeting.objects.filter(carried).select_related("council").order_by("held_on").distinct())


def bases_of(decision: Decision) -> list[str]:
    """Grounds that follow from the year: the movement, the published ranking, the council's meeting."""
    runs = RankingRun.objects.filter(pk__in=decision.items.values("nomination__run"))
    published = runs.order_by("decision_on", "pk").values_list("decision_number", "decision_on", "group__name")
    movement = decision.cycle.movement
    grounds = [f"Căn cứ {numbered(movement.founding_decision)} về phong trào thi đua “{movement.title}”;"]
    grounds += [
        f"Căn cứ Quyết định số {number} {day_in_words(day)} công bố kết quả xếp hạng năm {decision.cycle.year} ({group});"
        for number, day, group in published
    ]
    days = " và ".join(day_in_words(meeting.held_on) for meeting in meetings_behind(decision))
    grounds.append(f"Theo đề nghị của Hội đồng Thi đua - Khen thưởng tỉnh tại phiên họp {days}.")
    return grounds


def certificate_by_code(typed: str) -> Certificate | None:
    """By the secret of the QR code or the short code: one query, the same for every wrong form."""
    wanted = Q(token=typed[:MOST_TYPED]) | Q(code=read_code(typed))
    return Certificate.objects.filter(wanted).select_related("decision__cycle").first()
