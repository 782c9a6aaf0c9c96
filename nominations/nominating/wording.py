"""Each clause of eligibility as a sentence that a unit can understand, with its legal source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15"
Figures = Mapping[str, Any]
Grades = Mapping[str, str]


@dataclass(frozen=True)
class ClauseLine:
    code: str
    is_met: bool
    heading: str
    sentence: str
    source: str


def clause_lines(clauses: Iterable[Mapping[str, Any]], grades: Grades) -> list[ClauseLine]:
    """`clauses` as `EligibilityClause.as_row` gives them and the nomination keeps them; `grades`: code → title."""
    headings, sources = _headings(), _sources()
    return [
        ClauseLine(
            code=clause["code"],
            is_met=clause["is_met"],
            heading=headings[clause["code"]],
            sentence=_SENTENCES[clause["code"]](clause["figures"], grades),
            source=sources[clause["code"]],
        )
        for clause in clauses
    ]


def _headings() -> dict[str, str]:
    return {
        "standard": _("Places of the year"),
        "grade": _("Grade"),
        "rank": _("Rank"),
        "unit": _("Unit"),
        "once": _("One commendation for one achievement"),
        "conduct": _("Conduct"),
    }


def _sources() -> dict[str, str]:
    """Where the law or the plan of the year says it (domain.md 3.1, 3.2). Names of laws are Vietnamese."""
    standard = _("{law}; the standard of the year").format(law=f"{_LAW}, Điều 74")
    return {
        "standard": _("The plan of the movement: places and standard of the year"),
        "grade": standard,
        "rank": standard,
        "unit": "Thông tư số 15/2025/TT-BNV",
        "once": f"{_LAW}, Điều 5",
        "conduct": "Nghị định số 152/2025/NĐ-CP",
    }


def _standard(figures: Figures, grades: Grades) -> str:
    if figures["cap"] is None:
        return _("No quota is set for this form and kind of subject.")
    return _("The plan of the year has {cap} places for this form and kind of subject; {left} are free.").format(
        cap=figures["cap"], left=figures["left"]
    )


def _grade(figures: Figures, grades: Grades) -> str:
    if not figures["grade"]:
        return _("The published list gives no grade.")
    grade = grades.get(figures["grade"], figures["grade"])
    if not figures["lowest"]:
        return _("Graded “{grade}”; the standard of the year asks for no grade.").format(grade=grade)
    lowest = grades.get(figures["lowest"], figures["lowest"])
    return _("Graded “{grade}”; the standard of the year is “{lowest}” or better.").format(grade=grade, lowest=lowest)


def _rank(figures: Figures, grades: Grades) -> str:
    if figures["rank"] is None:
        return _("The unit has no rank in the published list.")
    if figures["lowest"] is None:
        return _("Rank {rank} in its group; the standard of the year asks for no rank.").format(rank=figures["rank"])
    return _("Rank {rank} in its group; the standard of the year is rank {lowest} or better.").format(
        rank=figures["rank"], lowest=figures["lowest"]
    )


def _unit(figures: Figures, grades: Grades) -> str:
    if figures["is_active"]:
        return _("The unit is in operation.")
    return _("The unit is dissolved: its people can be commended, the body itself cannot.")


def _once(figures: Figures, grades: Grades) -> str:
    if figures["earlier"] is None:
        return _("Not approved or commended in any other form for this year’s achievement.")
    return _("Approved or commended already for this year’s achievement: {earlier}.").format(earlier=figures["earlier"])


def _conduct(figures: Figures, grades: Grades) -> str:
    return _(
        "The emulation secretary confirmed: no disciplinary proceedings, investigation, inspection with signs of a "
        "violation, complaint or denunciation is pending."
    )


_SENTENCES = {
    "standard": _standard,
    "grade": _grade,
    "rank": _rank,
    "unit": _unit,
    "once": _once,
    "conduct": _conduct,
}
