"""Words of official documents, which are Vietnamese by nature (Nghị định 30/2020/NĐ-CP)."""

from accounts.official import formal_name
from nominations.enums import Subject
from nominations.models import Award, Decision, Nomination


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
