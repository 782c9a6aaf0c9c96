"""The base salaries and coefficients known today; an office adds later ones on the page of bonuses."""

from datetime import date
from decimal import Decimal

from django.db import migrations

BASE_SALARIES = [
    (1_800_000, date(2023, 7, 1), "Nghị định số 24/2023/NĐ-CP"),
    (2_340_000, date(2024, 7, 1), "Nghị định số 73/2024/NĐ-CP"),
    (2_530_000, date(2026, 7, 1), "Nghị định số 161/2026/NĐ-CP"),
]
# The ratio 1:2 of individual and collective, and the letters of commendation, are to be confirmed by the office.
COEFFICIENTS = [
    ("bang_khen", "person", "1.5", "Nghị định số 152/2025/NĐ-CP, Điều 54"),
    ("bang_khen", "collective", "3", "Nghị định số 152/2025/NĐ-CP, Điều 54"),
    ("giay_khen", "person", "0.3", "Nghị định số 152/2025/NĐ-CP (mức cần xác nhận)"),
    ("giay_khen", "collective", "0.6", "Nghị định số 152/2025/NĐ-CP (mức cần xác nhận)"),
]
IN_FORCE_FROM = date(2025, 7, 1)


def add_known_law(apps, schema_editor):
    base_salary, coefficient = (apps.get_model("nominations", name) for name in ("BaseSalary", "BonusCoefficient"))
    for monthly, valid_from, source in BASE_SALARIES:
        base_salary.objects.create(monthly_vnd=monthly, valid_from=valid_from, source=source)
    for form, subject, value, source in COEFFICIENTS:
        coefficient.objects.create(
            form=form, subject=subject, coefficient=Decimal(value), valid_from=IN_FORCE_FROM, source=source
        )


class Migration(migrations.Migration):
    dependencies = [("nominations", "0002_year_of_awards")]
    operations = [migrations.RunPython(add_known_law, migrations.RunPython.noop)]
