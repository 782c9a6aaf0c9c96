"""Reads of decisions and certificates."""

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from core.codes import MOST_TYPED, read_code
from core.collation import fold
from core.official.words import day_in_words, numbered
from nominations.models import (
    AWARDS,
    Award,
    Certificate,
    Decision,
    DecisionItem,
    GoldenBook,
    Meeting,
    Nomination,
    Revocation,
)
from scoring.models import RankingRun


def items_of(decision: Decision) -> list[DecisionItem]:
    """The list in its order, with certificates where there are any."""
    items = decision.items.select_related("nomination__unit", "nomination__certificate").order_by("position")
    return list(items)


def revocations_of(decision: Decision) -> list[Revocation]:
    """What a revoking decision takes back, with the award it rests on."""
    rows = decision.revocations.select_related(
        "certificate__decision__cycle", "certificate__nomination__unit", "certificate__nomination__decision_item"
    )
    return list(rows.order_by("certificate__year", "certificate__number"))


def units_of(decision: Decision) -> set[int]:
    """The units that a decision commends or takes a certificate from, or whose people it does."""
    about = Q(decision_item__decision=decision) | Q(certificate__revocation__decision=decision)
    return set(Nomination.objects.filter(about).order_by().values_list("unit", flat=True))


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


def next_number(year: int) -> int:
    """The number that the next certificate of the year gets in the golden book, as the book stands now."""
    last = GoldenBook.objects.filter(year=year).values_list("last_number", flat=True).first()
    return (last or 0) + 1


def certificate_years(user: User) -> list[int]:
    """The years of the golden book of which the person sees certificates, newest first."""
    years = Certificate.objects.visible_to(user).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def certificates_of(user: User, *, q: str = "", state: str = "", year: str = "") -> list[Certificate]:
    """The newest first; `q` is looked for in recipient, unit, number and code, tone marks and đ/d ignored.

    Recipients have no folded column: some dozens a year are few enough to be folded here.
    """
    rows = Certificate.objects.visible_to(user).select_related("decision").order_by("-year", "-number")
    asked = {"state": state, "year": year}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    wanted = fold(q)
    return [one for one in rows if wanted in fold(_searched(one))]


def _searched(one: Certificate) -> str:
    parts = (one.recipient_name, one.recipient_detail, one.book_number, one.printed_code, one.code, one.decision.number)
    return " | ".join(parts)


def certificate_by_code(typed: str) -> Certificate | None:
    """By the secret of the QR code or the short code: one query, the same for every wrong form."""
    wanted = Q(token=typed[:MOST_TYPED]) | Q(code=read_code(typed))
    return Certificate.objects.filter(wanted).select_related("decision__cycle", "revocation__decision").first()
