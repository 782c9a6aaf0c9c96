"""Figures that can hardly be meant: typed twice, a year or a percentage in place of a count, two lines that disagree."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import format_number
from scoring.filing.checks.catalogue import Kind, Severity, of_form, of_line
from scoring.filing.checks.documents import document_dates
from scoring.filing.checks.facts import Facts, Line

WARNING = Severity.WARNING
# So many times the group's median, or as small a part of it, is a digit typed twice or left out.
FAR = 10
# A figure this near to a known one is no slip.
NEAR = 2
# Below this a unit may well do ten times what others do.
SMALLEST_COUNT = 50


def _is_near(line: Line, name: str) -> bool:
    number = line.numbers[name]
    return any(known <= NEAR * number and number <= NEAR * known for known in line.known(name))


@of_line("total-zero", WARNING, Kind.VALUE, gettext_lazy("A total of 0"), at="b")
def total_zero(line: Line, facts: Facts):
    if line.rule.kind != "ratio" or line.numbers.get("b") != 0 or line.rule.b_zero == "na" or line.is_explained:
        return None
    sentence = _(
        "{total} is 0, so the line has {points} points. Type the total, or say in the explanation why it is 0."
    )
    return sentence.format(total=line.title("b"), points=format_number(line.points))


@of_line("far-from-group", WARNING, Kind.VALUE, gettext_lazy("Ten times what others declare, or a tenth of it"))
def far_from_group(line: Line, facts: Facts):
    for name, number in line.numbers.items():
        usual = line.usual.get(name)
        if not usual or _is_near(line, name):
            continue
        is_total = name == "b"
        if number >= FAR * usual and number >= SMALLEST_COUNT:
            sentence = _(
                "{field}: {number} is at least 10 times what is usual in the group ({usual}). Check for digits typed twice."
            )
        elif is_total and number and number * FAR <= usual and usual >= SMALLEST_COUNT:
            sentence = _(
                "{field}: {number} is at most a tenth of what is usual in the group ({usual}). Check for a digit left out."
            )
        else:
            continue
        named = {"field": line.title(name), "number": line.say(name), "usual": format_number(usual)}
        return sentence.format(**named), name
    return None


@of_line("looks-like-a-year", WARNING, Kind.VALUE, gettext_lazy("A year in place of a count"))
def looks_like_a_year(line: Line, facts: Facts):
    """A part (a) is at most its total: only a total that is a year itself lets a year stand there."""
    for name, number in line.numbers.items():
        if (
            name != "a"
            and abs(number - facts.year) <= 1
            and line.inputs[name].type == "integer"
            and not _is_near(line, name)
        ):
            said = _("{field}: {number} looks like a year. Type how many there were.")
            return said.format(field=line.title(name), number=f"{number:f}"), name
    return None


@of_line("looks-like-a-percentage", WARNING, Kind.VALUE, gettext_lazy("A percentage in place of a count"), at="b")
def looks_like_a_percentage(line: Line, facts: Facts):
    if line.rule.kind != "ratio" or line.numbers.get("b") != 100 or _is_near(line, "b"):
        return None
    sentence = _("{total}: exactly 100. If {share} is a percentage, type the counted numbers instead.")
    return sentence.format(total=line.title("b"), share=line.say("a"))


@of_form("same-quantity-differs", WARNING, Kind.VALUE, gettext_lazy("Two figures for one quantity"))
def same_quantity_differs(facts: Facts) -> Iterator[tuple[Line, str, str]]:
    """Lines that ask for the same thing by the same title and unit: every figure but the most frequent is named."""
    asked: dict[tuple[str, str], list[tuple[Line, str]]] = {}
    for line in facts.lines:
        for name in line.numbers:
            given = line.leaf.asked.get(name)
            if given and given.title and given.type == "integer":
                asked.setdefault((given.title.vi, given.unit), []).append((line, name))
    for places in asked.values():
        figures = [line.numbers[name] for line, name in places]
        usual = max(figures, key=figures.count)
        first = next(line for line, name in places if line.numbers[name] == usual)
        sentence = _("{field} is {number} here and {other} in {code}. Make the two agree, or explain the difference.")
        for line, name in places:
            if line.numbers[name] != usual and not line.is_explained:
                named = {"field": line.title(name), "number": line.say(name)}
                yield line, sentence.format(**named, other=format_number(usual), code=first.code), name


def _day(line: Line) -> date | None:
    """The declared date of a deadline; what is none is another check's business."""
    try:
        return date.fromisoformat(line.values["date"]) if line.rule.kind == "deadline" and line.is_declared else None
    except ValueError:
        return None


@of_line("date-in-the-future", WARNING, Kind.VALUE, gettext_lazy("A date that has not come yet"), at="date")
def date_in_the_future(line: Line, facts: Facts):
    if (day := _day(line)) and day > facts.today:
        return _("{day:%d/%m/%Y} has not come yet. Type the day on which it was done.").format(day=day)
    return None


@of_line("date-outside-the-year", WARNING, Kind.VALUE, gettext_lazy("A date outside the year"), at="date")
def date_outside_the_year(line: Line, facts: Facts):
    if not (day := _day(line)) or day > facts.today or line.is_explained:
        return None
    if day.year in (facts.year, line.rule.due.year):
        return None
    sentence = _("{day:%d/%m/%Y} lies outside {year}. Correct the date, or say in the explanation why it counts.")
    return sentence.format(day=day, year=facts.year)


@of_line("date-not-in-evidence", Severity.HINT, Kind.VALUE, gettext_lazy("The date stands in no document"), at="date")
def date_not_in_evidence(line: Line, facts: Facts):
    day = _day(line)
    dated = [one for document in line.documents for one in document_dates(document)]
    if not day or not dated or day in dated:
        return None
    sentence = _("The declared date is {day:%d/%m/%Y}, the document attached is dated {dated:%d/%m/%Y}. Check both.")
    return sentence.format(day=day, dated=dated[0])
