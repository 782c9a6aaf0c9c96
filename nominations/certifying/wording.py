"""Words of official documents, which are Vietnamese by nature (Nghị định 30/2020/NĐ-CP)."""

from datetime import date

from nominations.enums import Subject
from nominations.models import Award, Decision, Nomination
from nominations.nominating.selectors import formal_name


def day_in_words(day: date) -> str:
    """ngày 05 tháng 3 năm 2027: a leading 0 for days below 10 and for months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def signer_lines(award: Award, position: str) -> list[str]:
    """The title above the signature; a deputy signs for the head (KT.)."""
    if position.casefold().startswith("phó "):
        return [f"KT. {award.signer_title}", f"PHÓ {award.signer_title}"]
    return [award.signer_title]


def merit_of(decision: Decision) -> str:
    """Why: one sentence for all of a movement and a year. Needs the decision's cycle and movement at hand."""
    cycle = decision.cycle
    return f"Đã có thành tích xuất sắc trong phong trào thi đua “{cycle.movement.title}” năm {cycle.year}"


def detail_of(nomination: Nomination) -> str:
    """Position and unit of a person, the unit of a named part; a unit's own name says it all."""
    if nomination.part:
        return formal_name(nomination.unit)
    if nomination.subject == Subject.COLLECTIVE:
        return ""
    return f"{nomination.person_position}, {formal_name(nomination.unit)}"


def numbered(founding_decision: str) -> str:
    """«Quyết định số 253/QĐ-UBND …», also where an office wrote the number alone."""
    return founding_decision if founding_decision.startswith("Quyết định") else f"Quyết định số {founding_decision}"
