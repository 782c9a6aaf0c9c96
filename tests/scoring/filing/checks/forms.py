"""Forms made of a few words, without a database: what a check sees is all there is."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from scoring import engine
from scoring.filing.checks import Facts, Line
from scoring.filing.selectors import LastYear
from scoring.models import Answer, Assessment, Correction, CriteriaSet, Criterion, Cycle, Evidence
from tests.factories.small_set import DOCUMENT, leaf, title

YEAR = 2026
NOW = datetime(YEAR, 11, 20, 3, tzinfo=UTC)
CLOSES = datetime(YEAR, 12, 10, 17, tzinfo=UTC)
_keys = count(1)


def _counted(name: str, unit: str) -> dict:
    return {"title": title(name, f"{name} (en)"), "type": "integer", "unit": unit}


def _share(code: str, a: str, b: str, unit: str, b_zero: str = "zero", **more) -> dict:
    rule = {"kind": "ratio", "full_at": "80", "zero_below": "0", "between": "over_full", "b_zero": b_zero}
    return leaf(code, a, "2", rule | more, inputs={"a": _counted(a, unit), "b": _counted(b, unit)})


def _document() -> CriteriaSet:
    """The small set, with lines for what it has not: dates, parts, the same quantity asked twice, a measured penalty."""
    document = copy.deepcopy(DOCUMENT)
    parts = [{"key": key, "title": title(key, key), "fraction": "0.5"} for key in ("mot", "hai")]
    document["root"]["children"][0]["children"] += [
        leaf("D.1", "Ngày ban hành", "1", {"kind": "deadline", "due": f"{YEAR}-01-31"}),
        leaf("D.2", "Ngày báo cáo", "1", {"kind": "deadline", "due": f"{YEAR}-03-31"}),
        leaf("L.1", "Hai phần", "1", {"kind": "level", "combine": "sum", "options": parts}),
        leaf("Y.1", "Có quy chế", "1", {"kind": "boolean"}),
        _share("V.1", "Số thôn có cáp quang", "Tổng số thôn", "thôn"),
        _share("V.2", "Số thôn có sóng", "Tổng số thôn", "thôn"),
        _share("V.3", "Số hộ có cáp quang", "Tổng số hộ", "hộ"),
        *(leaf(f"C.{n}", f"Số buổi {n}", "1", {"kind": "count", "fraction_per_item": "0.1", "max_items": 10},
               inputs={"value": _counted(f"Số buổi {n}", "buổi")}) for n in range(1, 31)),
    ]  # fmt: skip
    document["adjustments"][1]["source_kind"] = "measured"
    return CriteriaSet(pk=1, code="small", year=YEAR, document=json.dumps(document))


SET = _document()
DEFINITION = SET.definition
CODES = [one.code for one in DEFINITION.lines if one.source_kind == "declared" and one.rule.kind != "penalty"]


@dataclass(frozen=True)
class L:
    """One line: values, the explanation, the files behind it, last year's line, what is usual in the group.

    `points` stand where they are not those of the rule.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    na: bool = False
    files: tuple[Evidence, ...] = ()
    before: "L | None" = None
    usual: Mapping[str, int] = field(default_factory=dict)
    corrected: Mapping[str, str] | None = None
    carried: Mapping | None = None
    saved: datetime | None = None
    points: Decimal | None = None


def file(name: str = "Quyết định 118/QĐ-UBND ngày 26/02/2026", **columns) -> Evidence:
    key = next(_keys)
    given = {"title": name, "original_name": f"tep-{key}.pdf", "sha256": f"{key:064x}", "uploaded_at": NOW}
    return Evidence(pk=key, **(given | columns))


def _criterion(code: str) -> Criterion:
    one = DEFINITION.leaf(code)
    required = one.evidence.required
    return Criterion(
        pk=CODES.index(code) + 1,
        criteria_set=SET,
        code=code,
        max_points=one.max_points,
        declared_by_unit=True,
        evidence_required=required,
    )


def _points(code: str, given: L) -> Decimal | None:
    try:
        return (
            given.points
            if given.points
            else None
            if given.na
            else engine.score_line(DEFINITION, code, given.values).points
        )
    except engine.Refused:
        return Decimal(1)  # what another door let in


def answer(code: str, given: L, assessment: Assessment) -> Answer:
    complete = set(DEFINITION.leaf(code).rule.fields) <= set(given.values)
    made = Answer(
        pk=next(_keys),
        assessment=assessment,
        criterion=_criterion(code),
        values=dict(given.values),
        explanation=given.why,
        asks_not_applicable=given.na,
        claimed_points=_points(code, given) if complete else None,
        carried=given.carried,
        updated_at=given.saved,
    )
    made._prefetched_objects_cache = {"evidence": list(given.files), "citations": []}
    if given.corrected is not None:
        made.correction = Correction(kind="inputs", values=given.corrected, reason="Đếm lại.", reason_code="SL-01")
        made.appraised_points = engine.score_line(DEFINITION, code, given.corrected).points
        made.appraised_by_id = 1
    return made


def form(lines: Mapping[str, L], *, now: datetime = NOW, state: str = "draft", sent: datetime | None = None) -> Facts:
    """A form of these lines alone; there is a last year where one of them has a `before`."""
    cycle = Cycle(year=YEAR, filing_closes_at=CLOSES)
    this = Assessment(pk=1, cycle=cycle, criteria_set=SET, state=state, submitted_at=sent)
    then = Assessment(pk=2, cycle=Cycle(year=YEAR - 1), criteria_set=SET)
    before = {code: answer(code, one.before, then) for code, one in lines.items() if one.before}
    files = tuple(one for line in before.values() for one in line.evidence.all())
    numbers = {code: {name: Decimal(n) for name, n in one.usual.items()} for code, one in lines.items()}
    made = [Line(answer(code, one, this), before.get(code), numbers[code]) for code, one in lines.items()]
    return Facts(this, made, now, LastYear(YEAR - 1, before, None, files=files) if before else None)


def day(text: str) -> dict[str, str]:
    return {"date": date.fromisoformat(text).isoformat()}


HOUR = timedelta(hours=1)
YES, NO = {"value": "yes"}, {"value": "no"}
WHY = "Số liệu lấy từ hệ thống dùng chung của tỉnh."
