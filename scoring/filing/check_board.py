"""The findings as the check page and the head's page show them: by severity, then by pillar, with counts."""

from collections import Counter
from dataclasses import dataclass

from scoring.filing.checks import Check, Finding, Severity
from scoring.filing.progress import PillarProgress, Progress


@dataclass(frozen=True)
class Group:
    """The findings of one severity: `sections` are (pillar or None for the form as a whole, its findings)."""

    severity: Severity
    count: int
    sections: list[tuple[PillarProgress | None, list[Finding]]]
    by_check: list[tuple[Check, int]]


@dataclass(frozen=True)
class Board:
    """`groups` are those asked for; `counts` are of all severities, (severity, number of findings)."""

    counts: list[tuple[Severity, int]]
    groups: list[Group]
    asked: str

    @property
    def total(self) -> int:
        return sum(count for _severity, count in self.counts)


def board_of(found: list[Finding], progress: Progress, asked: str = "") -> Board:
    """`asked` is one severity, or all."""
    of = {severity: [one for one in found if one.severity == severity] for severity in Severity}
    groups = [_group(severity, of[severity], progress) for severity in Severity if of[severity]]
    counts = [(severity, len(of[severity])) for severity in Severity]
    return Board(counts, [group for group in groups if asked in ("", group.severity)], asked)


def _group(severity: Severity, found: list[Finding], progress: Progress) -> Group:
    sections: list[tuple[PillarProgress | None, list[Finding]]] = [(None, [one for one in found if not one.answer])]
    for section in progress.sections:
        code = "" if section.is_adjustments else section.code
        sections.append((section, [one for one in found if one.answer and one.pillar_code == code]))
    counted = Counter(one.check for one in found).most_common()
    return Group(severity, len(found), [pair for pair in sections if pair[1]], counted)
