"""Add a base salary or a coefficient. A row stays as it is: signed decisions were computed from it."""

from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid
from core.fields import plain
from nominations.certifying.permissions import can_add_rates
from nominations.enums import AwardForm, Subject
from nominations.models import BaseSalary, BonusCoefficient

# Beyond these it is a slip of the keyboard.
LEAST_SALARY, MOST_SALARY = 100_000, 100_000_000
MOST_COEFFICIENT, MOST_PLACES = 100, 4
MOST_STEP = 1_000_000


@transaction.atomic(durable=True)
def add_base_salary(*, monthly_vnd: int, valid_from: date, source: str, actor: User) -> BaseSalary:
    """The base salary from a day on."""
    can_add_rates(actor).require()
    if not LEAST_SALARY <= monthly_vnd <= MOST_SALARY:
        _refuse("monthly_vnd", _("A base salary lies between 100,000 and 100,000,000 đồng a month."))
    given = {"valid_from": valid_from}
    _require_new(BaseSalary, given)
    made = BaseSalary.objects.create(monthly_vnd=monthly_vnd, source=_source(source), **given)
    details = {"monthly_vnd": monthly_vnd, "valid_from": valid_from, "source": made.source}
    record(actor=actor, action="basesalary.add", obj=made, details=details)
    return made


@transaction.atomic(durable=True)
def add_coefficient(
    *,
    form: AwardForm,
    subject: Subject,
    coefficient: Decimal,
    round_up_to_vnd: int = 1,
    valid_from: date,
    source: str,
    actor: User,
) -> BonusCoefficient:
    """The coefficient of a form and subject from a day on, and the step that the bonus is rounded up to."""
    can_add_rates(actor).require()
    if form not in AwardForm.values or subject not in Subject.values:
        raise Invalid(_("There is no such form of commendation."))
    if not 0 < coefficient <= MOST_COEFFICIENT or len(plain(coefficient).partition(".")[2]) > MOST_PLACES:
        _refuse("coefficient", _("A coefficient is above 0 and at most 100, with at most 4 decimal places."))
    if not 1 <= round_up_to_vnd <= MOST_STEP:
        _refuse("round_up_to_vnd", _("The step lies between 1 and 1,000,000 đồng."))
    given = {"form": form, "subject": subject, "valid_from": valid_from}
    _require_new(BonusCoefficient, given)
    rest = {"coefficient": coefficient, "round_up_to_vnd": round_up_to_vnd, "source": _source(source)}
    made = BonusCoefficient.objects.create(**given, **rest)
    record(actor=actor, action="bonuscoefficient.add", obj=made, details=given | rest)
    return made


def _source(text: str) -> str:
    source = clean_name(text, limit=200)
    if not source:
        _refuse("source", _("Name the document that sets it, with its number."))
    return source


def _require_new(model: type[models.Model], given: dict) -> None:
    if model.objects.filter(**given).exists():
        sentence = _("There is one from this day on already; a row is never changed.")
        raise Conflict(sentence, code="ERR-DONE", fields={"valid_from": sentence})


def _refuse(field: str, sentence: str) -> None:
    raise Invalid(sentence, fields={field: sentence})
