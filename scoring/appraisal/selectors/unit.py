"""The lines of one form, pillar by pillar, with their ticks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.appraisal.selectors.queue import QueueLine
from scoring.models import Pillar


@dataclass(frozen=True)
class TickLine:
    line: QueueLine
    ticked: bool


@dataclass(frozen=True)
class PillarLines:
    pillar: Pillar | None
    title: str
    lines: list[TickLine]


def pillars_of(lines: Iterable[QueueLine], *, ticked: set[int]) -> list[PillarLines]:
    """Lines under their pillars, in the order of the form; no query."""
    found: list[PillarLines] = []
    for line in lines:
        pillar = line.answer.criterion.pillar
        if not found or found[-1].pillar != pillar:
            found.append(PillarLines(pillar, pillar.title if pillar else _("Bonus and penalty"), []))
        found[-1].lines.append(TickLine(line, line.answer.pk in ticked))
    return found
