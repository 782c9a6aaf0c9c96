"""A criteria set carried into another year: everything as it was, but due dates move with the year."""

from dataclasses import replace
from datetime import date

from scoring import engine
from scoring.engine.rules.deadline import Deadline


def for_year(definition: engine.CriteriaSet, year: int) -> engine.CriteriaSet:
    """The set of `year`. A plan due on 31/01 of one year is due on 31/01 of the other; the secretary checks the draft."""
    years = year - definition.year
    return replace(definition, year=year, root=_moved(definition.root, years))


def _moved(item: engine.Node | engine.Leaf, years: int) -> engine.Node | engine.Leaf:
    if isinstance(item, engine.Node):
        return replace(item, children=tuple(_moved(child, years) for child in item.children))
    if isinstance(item.rule, Deadline):
        return replace(item, rule=replace(item.rule, due=_later(item.rule.due, years)))
    return item


def _later(day: date, years: int) -> date:
    """29 February becomes the last day of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
