"""Figures of systems and surveys."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.year import Year
from tests.rights.row import Row
from tests.rights.rows_appraisal import DESK, LOOKERS
from tests.rights.rows_filing import READS
from tests.scoring.measured.conftest import ORIGIN, bring_in, criterion

BRINGS = {"appraiser": 200, "appraiser2": 200, "lead": 200, "secretary": 200}


def asked(year: Year) -> dict:
    return {"year": year.cycle.year, "pk": criterion(year).pk}


def declared(year: Year) -> dict:
    return {"year": year.cycle.year, "pk": year.answer("A.1").criterion_id}


def named(year: Year) -> dict:
    return {"year": year.cycle.year, "criteria_set": "small", "code": "P.2"}


def file(year: Year) -> dict:
    return {"origin": ORIGIN, "measured_on": "05/11/2026", "sheet": SimpleUploadedFile("a.xlsx", b"none")}


def body(year: Year) -> dict:
    units = [{"unit": year.units[0].code, "values": {"value": "1"}}]
    return {"origin": ORIGIN, "measured_on": "2026-11-05", "units": units}


def unseen(year: Year) -> dict:
    return {"sha256": "0" * 64}


def brought_in(year: Year) -> dict:
    bring_in(year, u0="3")
    return {"pk": year.answer("P.2").pk}


def grounds(year: Year) -> dict:
    bring_in(year, u0="3")
    return {"grounds": "Chỉ có 2 hồ sơ.", "version": year.answer("P.2").version}


ROWS = [
    Row("values_import", kwargs=asked, expect=DESK),
    Row("values_import", kwargs=declared),
    Row("values_import", "POST", kwargs=asked, data=file, expect=LOOKERS | dict.fromkeys(BRINGS, 415)),
    Row("values_template", kwargs=asked, expect=LOOKERS | BRINGS),
    Row("values_confirm", "POST", kwargs=asked, data=unseen, expect=LOOKERS | dict.fromkeys(BRINGS, 409)),
    Row("values_contest", kwargs=brought_in, expect=READS),
    Row(
        "values_contest",
        "POST",
        kwargs=brought_in,
        data=grounds,
        expect={"officer0": 302, "head0": 302, "secretary": 403, "lead": 403, "auditor": 403},
    ),
    Row("api_values", "POST", kwargs=named, data=body, json=True, expect=LOOKERS | BRINGS | {"visitor": 401}),
]
