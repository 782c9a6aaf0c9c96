"""Files of criteria sets, comparisons and code maps: published for everybody, drafts for the committee, acts for the secretary."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.small_set import DOCUMENT
from tests.rights.row import Row
from tests.rights.rows_cycles import ONLY_SECRETARY, READS, draft

PUBLIC = {"visitor": 200}
DRAFTS = READS | {"visitor": 404}


def published(year):
    return {"code": "small", "year": 2026}


def later(year):
    draft(year)
    return {"code": "small", "year": 2027}


def since(year):
    return later(year) | {"earlier": 2026}


def file(year):
    return {"file": SimpleUploadedFile("set.json", json.dumps(DOCUMENT | {"year": 2030}).encode())}


def confirmation(year):
    return {"sha256": "0" * 64, "replaces": ""}


def version(year):
    return {"version": "0"}


ROWS = [
    Row("criteria_set_workbook", kwargs=published, expect=PUBLIC, otherwise=200),
    Row("criteria_set_workbook", kwargs=later, expect=DRAFTS),
    Row("criteria_set_file", kwargs=later, expect=DRAFTS),
    Row("set_differences", kwargs=published, expect=PUBLIC, otherwise=200),
    Row("set_differences", kwargs=later, expect=dict.fromkeys(READS, 302) | {"visitor": 404}),
    Row("set_difference", kwargs=since, expect=DRAFTS),
    Row("set_difference_file", kwargs=since, expect=DRAFTS),
    Row("set_codes", kwargs=later, expect=ONLY_SECRETARY),
    Row("set_codes", "POST", kwargs=later, data=version, expect=ONLY_SECRETARY | {"secretary": 302}),
    Row("set_codes", "POST", kwargs=published, data=version, expect=ONLY_SECRETARY),
    Row("set_import", expect=ONLY_SECRETARY),
    Row("set_import", "POST", data=file, expect=ONLY_SECRETARY),
    Row("set_import_faults", kwargs=lambda year: {"sha256": "0" * 64}, expect=ONLY_SECRETARY | {"secretary": 404}),
    Row("set_import_confirm", "GET", expect={"visitor": 405}, otherwise=405),
    Row("set_import_confirm", "POST", data=confirmation, expect={"secretary": 409, "lead": 403, "auditor": 403}),
]
