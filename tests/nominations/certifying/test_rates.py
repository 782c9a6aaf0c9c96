"""The law of the decision's day gives the bonus; rows of the law are added, never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed
from core.protections import installed_names
from nominations.certifying.rate_services import add_base_salary, add_coefficient
from nominations.certifying.rates import rates_on
from nominations.enums import AwardForm, DecisionState, Subject
from nominations.models import BaseSalary, BonusCoefficient, Decision, DecisionItem
from tests.nominations.certifying.test_services import approved_person, draft, sign

pytestmark = pytest.mark.django_db
BOTH = (Subject.COLLECTIVE, Subject.PERSON)


def bonuses_on(day: date, form: str = AwardForm.BANG_KHEN) -> dict[str, int]:
    return {subject: rate.bonus_vnd for subject, rate in rates_on(day, form, BOTH).items()}


def salary(awards, **changes):
    given = {
        "monthly_vnd": 2_700_000,
        "valid_from": date(2027, 1, 1),
        "source": "Nghị định số 1/2027/NĐ-CP",
        "actor": awards.secretary,
    }
    return add_base_salary(**given | changes)


def coefficient(awards, **changes):
    given = {
        "form": AwardForm.BANG_KHEN,
        "subject": Subject.PERSON,
        "coefficient": Decimal(2),
        "valid_from": date(2027, 1, 1),
        "source": "Nghị định số 2/2027/NĐ-CP",
        "actor": awards.secretary,
    }
    return add_coefficient(**given | changes)


def forget(model) -> None:
    """Empty a protected table, as an installation without the rows would have it; rolled back with the test."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for name in [name for name, of in installed_names(connection).items() if of == table]:
            cursor.execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))
    model.objects.all().delete()


# --- the law -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "person", "collective"),
    [
        (date(2025, 7, 1), 3_510_000, 7_020_000),
        (date(2026, 3, 27), 3_510_000, 7_020_000),
        (date(2026, 6, 30), 3_510_000, 7_020_000),
        (date(2026, 7, 1), 3_795_000, 7_590_000),
    ],
)
def test_the_law_known_today(db, day, person, collective):
    assert bonuses_on(day) == {Subject.PERSON: person, Subject.COLLECTIVE: collective}


def test_a_letter_of_commendation_has_its_own_coefficient(db):
    assert bonuses_on(date(2026, 7, 1), AwardForm.GIAY_KHEN) == {Subject.PERSON: 759_000, Subject.COLLECTIVE: 1_518_000}


def test_a_day_without_law_is_refused_by_name(db):
    for day in (date(2023, 6, 30), date(2025, 6, 30)):
        with pytest.raises(Invalid) as refused:
            bonuses_on(day)
        assert (refused.value.code, set(refused.value.fields)) == ("ERR-INCOMPLETE", {"dated_on"})
        assert f"{day:%d/%m/%Y}" in refused.value.message


# --- the signature -------------------------------------------------------------------------------------------------
def test_the_signature_fixes_the_bonuses_of_its_day(awards):
    sign(awards, draft(awards, awards.approved(), approved_person(awards)))
    with_law_added = salary(awards)

    items = list(DecisionItem.objects.values_list("coefficient", "base_salary_vnd", "bonus_vnd"))
    assert items == [(Decimal(3), 2_530_000, 7_590_000), (Decimal("1.5"), 2_530_000, 3_795_000)]
    assert with_law_added.monthly_vnd == 2_700_000


def test_a_draft_has_no_bonus_yet(awards):
    draft(awards, awards.approved())

    assert DecisionItem.objects.get().bonus_vnd is None


def test_a_later_row_counts_from_its_day_on(awards):
    salary(awards)
    coefficient(awards, round_up_to_vnd=1_000_000)

    sign(awards, draft(awards, approved_person(awards)))

    item = DecisionItem.objects.get()
    assert (item.coefficient, item.base_salary_vnd, item.bonus_vnd) == (Decimal(2), 2_700_000, 6_000_000)


def test_nothing_is_signed_without_the_law_of_the_day(awards):
    decision = draft(awards, awards.approved())
    forget(BaseSalary)

    with pytest.raises(Invalid) as refused:
        sign(awards, decision)

    assert refused.value.code == "ERR-INCOMPLETE"
    assert Decision.objects.get().state == DecisionState.DRAFT


# --- adding --------------------------------------------------------------------------------------------------------
def test_a_row_is_added_with_its_source_and_a_trace(awards):
    made, factor = salary(awards), coefficient(awards)

    assert (made.monthly_vnd, made.valid_from, made.source) == (
        2_700_000,
        date(2027, 1, 1),
        "Nghị định số 1/2027/NĐ-CP",
    )
    assert (factor.coefficient, factor.round_up_to_vnd) == (Decimal(2), 1)
    actions = AuditEntry.objects.order_by("-seq").values_list("action", flat=True)[:2]
    assert set(actions) == {"basesalary.add", "bonuscoefficient.add"}


@pytest.mark.parametrize("person", ["head0", "member", "leader", "auditor", "administrator", "secretary"])
def test_only_the_emulation_secretary_adds(awards, person):
    actor = awards.year.people[person]
    for add in (salary, coefficient):
        with pytest.raises(NotAllowed):
            add(awards, actor=actor)


@pytest.mark.parametrize(
    ("add", "changes", "fields"),
    [
        (salary, {"monthly_vnd": 99_999}, {"monthly_vnd"}),
        (salary, {"monthly_vnd": 100_000_001}, {"monthly_vnd"}),
        (salary, {"source": " "}, {"source"}),
        (coefficient, {"coefficient": Decimal(0)}, {"coefficient"}),
        (coefficient, {"coefficient": Decimal("-1.5")}, {"coefficient"}),
        (coefficient, {"coefficient": Decimal("100.01")}, {"coefficient"}),
        (coefficient, {"coefficient": Decimal("1.00001")}, {"coefficient"}),
        (coefficient, {"round_up_to_vnd": 0}, {"round_up_to_vnd"}),
        (coefficient, {"round_up_to_vnd": 1_000_001}, {"round_up_to_vnd"}),
        (coefficient, {"source": ""}, {"source"}),
        (coefficient, {"form": "co_thi_dua"}, set()),
        (coefficient, {"subject": "household"}, set()),
    ],
)
def test_what_cannot_be_a_rate_is_refused_at_its_field(awards, add, changes, fields):
    with pytest.raises(Invalid) as refused:
        add(awards, **changes)

    assert set(refused.value.fields) == fields


def test_one_row_from_a_day(awards):
    for add in (salary, coefficient):
        add(awards)
        with pytest.raises(Conflict) as refused:
            add(awards)
        assert set(refused.value.fields) == {"valid_from"}
    assert coefficient(awards, subject=Subject.COLLECTIVE).coefficient == 2


def test_rows_of_the_law_are_never_changed_or_removed(db):
    for model, change in ((BaseSalary, {"monthly_vnd": 1}), (BonusCoefficient, {"coefficient": Decimal(9)})):
        for act in (lambda m=model, c=change: m.objects.update(**c), lambda m=model: m.objects.all().delete()):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()
