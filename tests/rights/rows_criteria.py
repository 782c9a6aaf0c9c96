"""The builder of criteria sets: the committee reads, the scoring secretary builds."""

from tests.rights.row import Row
from tests.rights.rows_cycles import ONLY_SECRETARY, READS, draft

CHANGES = {"secretary": 302, "lead": 403, "auditor": 403}


def of_code(code):
    return lambda year: draft(year) | {"code": code}


def version(**more):
    return lambda year: {"version": "0"} | more


ITEM = {"code": "A.9", "title_vi": "Tiêu chí", "kind": "manual", "max_points": "1", "aggregate": "sum"}
ROWS = [
    Row("set_start", expect=ONLY_SECRETARY),
    Row("set_start", "POST", expect={"secretary": 422, "lead": 403, "auditor": 403}),
    Row("set_build", kwargs=draft, expect=READS),
    Row("set_move", "POST", kwargs=draft, data=version(move="up:A.2"), expect=CHANGES),
    Row("set_form", kwargs=draft, expect=ONLY_SECRETARY),
    Row("set_form", "POST", kwargs=draft, data=version(), expect=ONLY_SECRETARY | {"secretary": 422}),
    Row("set_node_new", kwargs=draft, expect=ONLY_SECRETARY),
    Row("set_node_new", "POST", kwargs=draft, data=version(**ITEM), expect=CHANGES),
    Row("set_line_new", kwargs=draft, expect=ONLY_SECRETARY),
    Row("set_line_new", "POST", kwargs=draft, data=version(**ITEM | {"kind": "bonus"}), expect=CHANGES),
    Row("set_node", kwargs=of_code("A"), expect=ONLY_SECRETARY),
    Row("set_node", "POST", kwargs=of_code("A"), data=version(**ITEM), expect=CHANGES),
    Row("set_line", kwargs=of_code("A.1"), expect=ONLY_SECRETARY),
    Row("set_line", "POST", kwargs=of_code("B.3"), data=version(**ITEM, source_kind="appraiser"), expect=CHANGES),
    Row("set_remove", kwargs=of_code("A.1"), expect=ONLY_SECRETARY),
    Row("set_remove", "POST", kwargs=of_code("A.1"), data=version(), expect=CHANGES),
    Row("set_renumber", kwargs=of_code("A"), expect=ONLY_SECRETARY),
    Row("set_renumber", "POST", kwargs=of_code("A"), data=version(), expect=CHANGES),
    Row("set_discard", kwargs=draft, expect=ONLY_SECRETARY),
    Row("set_discard", "POST", kwargs=draft, data=version(), expect=CHANGES),
    Row("set_retire", kwargs=draft, expect=ONLY_SECRETARY),
    Row("set_retire", "POST", kwargs=draft, expect={"secretary": 409, "lead": 403, "auditor": 403}),
]
