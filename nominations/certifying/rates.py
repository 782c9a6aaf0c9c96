"""The law of a day: which bonus it gives, and the bonuses of a decision's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core import clock
from core.errors import Invalid
from nominations.certifying.money import bonus_vnd
from nominations.enums import AwardForm, DecisionState, Subject
from nominations.models import BaseSalary, BonusCoefficient, Decision, DecisionItem


@dataclass(frozen=True)
class Rate:
    """Coefficient × base salary, rounded up to whole steps."""

    coefficient: Decimal
    base_salary_vnd: int
    round_up_to_vnd: int

    @property
    def bonus_vnd(self) -> int:
        return bonus_vnd(self.coefficient, self.base_salary_vnd, self.round_up_to_vnd)


def rates_on(day: date, form: AwardForm, subjects: Iterable[Subject]) -> dict[str, Rate]:
    """The rate of each subject: two queries. Invalid (ERR-INCOMPLETE) names what is not known for the day."""
    salary = BaseSalary.objects.on(day).first()
    if salary is None:
        raise _unknown(_("No base salary is known for {date:%d/%m/%Y}. Add it under “Bonus rates”.").format(date=day))
    rates: dict[str, Rate] = {}
    for row in BonusCoefficient.objects.on(day).filter(form=form):
        rates.setdefault(row.subject, Rate(row.coefficient, salary.monthly_vnd, row.round_up_to_vnd))
    for subject in subjects:
        if subject not in rates:
            sentence = _("No coefficient ({form}, {subject}) is known for {date:%d/%m/%Y}. Add it under “Bonus rates”.")
            names = {"form": AwardForm(form).label, "subject": Subject(subject).label}
            raise _unknown(sentence.format(date=day, **names))
    return rates


def _unknown(sentence: str) -> Invalid:
    return Invalid(sentence, code="ERR-INCOMPLETE", fields={"dated_on": sentence})


def set_bonuses(items: Iterable[DecisionItem], *, form: AwardForm, day: date) -> None:
    """Give each item the coefficient, base salary and bonus of the day. Nothing is saved; Invalid as `rates_on`."""
    items = list(items)
    rates = rates_on(day, form, {item.nomination.subject for item in items})
    for item in items:
        rate = rates[item.nomination.subject]
        item.coefficient, item.base_salary_vnd, item.bonus_vnd = rate.coefficient, rate.base_salary_vnd, rate.bonus_vnd


def show_expected(decision: Decision, items: Iterable[DecisionItem]) -> str:
    """On a draft's items the bonus by the law of today; what is missing for it, in words. A signed list stays as it is."""
    if decision.state != DecisionState.DRAFT:
        return ""
    try:
        set_bonuses(items, form=decision.form, day=clock.today())
    except Invalid as refusal:
        return refusal.message
    return ""


def total_vnd(items: Iterable[DecisionItem]) -> int | None:
    """The sum of the bonuses; None where one is not known."""
    amounts = [item.bonus_vnd for item in items]
    return None if None in amounts else sum(amounts)


def law_behind(decision: Decision, items: Iterable[DecisionItem]) -> list[str]:
    """Where base salary and coefficients of a signed list come from."""
    day, items = decision.dated_on, list(items)
    salaries = BaseSalary.objects.on(day).filter(monthly_vnd__in={item.base_salary_vnd for item in items})
    factors = BonusCoefficient.objects.on(day).filter(
        form=decision.form, subject__in={item.nomination.subject for item in items}
    )
    used = {(item.nomination.subject, item.coefficient) for item in items}
    sources = [salary.source for salary in salaries[:1]]
    sources += [one.source for one in factors if (one.subject, one.coefficient) in used]
    return list(dict.fromkeys(sources))
