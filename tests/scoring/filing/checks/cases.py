"""For each check a form that it speaks on, and forms as near to it as can be on which it is silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.filing.checks import Facts
from tests.scoring.filing.checks.forms import CLOSES, HOUR, NO, NOW, WHY, YES, L, day, file, form


@dataclass(frozen=True)
class Case:
    """`speaks` on one or more forms, each with the place it names (code and field; None: the form); `silent` on others."""

    speaks: list[tuple[Facts, list[tuple[str, str] | None]]]
    silent: list[Facts]


def on(code: str, *forms: L | Mapping[str, L], at: str = "") -> list[tuple[Facts, list]]:
    return [(one, [(code, at)]) for one in alone(code, *forms)]


def alone(code: str, *forms: L | Mapping[str, L]) -> list[Facts]:
    return [form(one if isinstance(one, Mapping) else {code: one}) for one in forms]


def share(a: int | str, b: int | str) -> dict[str, str]:
    return {"a": str(a), "b": str(b)}


def number(value: int) -> dict[str, str]:
    return {"value": str(value)}


SAME, OTHER = file(), file("Báo cáo 205/BC-UBND ngày 30/10/2026")
OLD = file("Báo cáo 9/BC-UBND ngày 30/10/2025", original_name="bao-cao-2025.pdf")
CARRIED = {"year": 2025, "former": {}, "files": [OLD.sha256]}
MANY = [f"C.{n}" for n in range(1, 10)]


def pasted(count: int, **more: Any) -> dict[str, L]:
    return {code: L(number(5), WHY, **more) for code in MANY[:count]}


def copied(touched: int) -> dict[str, L]:
    """Six figures, of which so many differ from last year's."""
    return {code: L(number(5 + (place < touched)), before=L(number(5))) for place, code in enumerate(MANY[:6])}


CASES: dict[str, Case] = {
    "line-empty": Case(
        on("V.1", L(), at="a"),
        [*alone("V.1", L(why=WHY), L(na=True), L(share(1, 2))), *alone("T.1", L())],
    ),
    "line-half": Case(
        [*on("V.1", L({"a": "3"}), at="b"), *on("L.1", L({"part:mot": "yes"}, WHY), at="part:hai")],
        alone("V.1", L(share(3, 4)), L(), L({"a": "3"}, na=True)),
    ),
    "value-refused": Case(
        [
            *on("V.1", L(share(5, 4)), at="a"),
            *on("A.2", L({"option": "gone"}), at="option"),
            *on("C.1", L({"value": "năm"}), at="value"),
            *on("D.1", L({"date": "31/01/2026"}), at="date"),
            *on("V.1", L(share(1, 2) | {"c": "1"})),
        ],
        alone("V.1", L(share(4, 4)), L({"a": "5"}), L(share(0, 0))),
    ),
    "points-differ": Case(
        on("C.1", L(number(5), points=Decimal("0.6")), at="value"),
        alone("C.1", L(number(5), points=Decimal("0.50")), L(number(5), na=True, points=Decimal("0.6")), L()),
    ),
    "na-without-reason": Case(on("B.2", L(na=True), at="explanation"), alone("B.2", L(na=True, why=WHY), L(number(3)))),
    "total-zero-drops": Case(
        on("B.1", L(share(0, 0)), at="explanation"),
        [*alone("B.1", L(share(0, 0), WHY), L(share(0, 0), na=True), L(share(0, 1))), *alone("V.1", L(share(0, 0)))],
    ),
    "evidence-missing": Case(
        on("A.1", L(YES), at="evidence"),
        [*alone("A.1", L(YES, WHY), L(YES, files=(SAME,)), L(NO)), *alone("Y.1", L(YES))],
    ),
    "evidence-explained-only": Case(
        on("A.1", L(YES, WHY), at="evidence"), alone("A.1", L(YES, WHY, files=(SAME,)), L(NO, WHY), L(YES))
    ),
    "late": Case(
        [(form({"A.1": L()}, now=CLOSES), [None])],
        [form({"A.1": L()}, now=CLOSES - HOUR), form({"A.1": L()}, now=CLOSES, sent=NOW)],
    ),
    "last-hours": Case(
        [(form({"A.1": L()}, now=CLOSES - 6 * HOUR), [None]), (form({"A.1": L()}, now=CLOSES - HOUR), [None])],
        [form({"A.1": L()}, now=now) for now in (CLOSES - 7 * HOUR, CLOSES)]
        + [form({"A.1": L()}, now=CLOSES - HOUR, sent=NOW)],
    ),
    "returned-untouched": Case(
        [(form({"A.1": L(YES, saved=NOW - HOUR)}, state="returned", sent=NOW), [None])],
        [
            form({"A.1": L(YES, saved=NOW + HOUR)}, state="returned", sent=NOW),
            form({"A.1": L(YES, files=(file(uploaded_at=NOW + HOUR),))}, state="returned", sent=NOW),
            form({"A.1": L(YES, saved=NOW - HOUR)}, state="under_appraisal", sent=NOW),
            form({"A.1": L(YES, saved=NOW - HOUR)}),
        ],
    ),
    "total-zero": Case(
        on("V.1", L(share(0, 0)), at="b"),
        [*alone("V.1", L(share(0, 0), WHY), L(share(0, 5))), *alone("B.1", L(share(0, 0)))],
    ),
    "far-from-group": Case(
        [
            *on("V.1", L(share(20, 1200), usual={"b": 120}), at="b"),
            *on("V.1", L(share(1, 12), usual={"b": 120}), at="b"),
            *on("C.1", L(number(50), usual={"value": 5}), at="value"),
        ],
        alone(
            "V.1",
            L(share(20, 1199), usual={"b": 120}),
            L(share(1, 13), usual={"b": 120}),
            L(share(20, 1200)),
            L(share(20, 1200), usual={"b": 120}, before=L(share(10, 1000))),
            L(share(1, 49), usual={"b": 4}),
            L(share(1, 90), usual={"a": 40}),
            L(share(1, 1), usual={"b": 49}),
            L(share(20, 2400), usual={"b": 120}, before=L(share(10, 1200))),
        ),
    ),
    "looks-like-a-year": Case(
        [*on("C.1", L(number(2026)), at="value"), *on("V.3", L(share(900, 2025)), at="b")],
        [
            *alone("C.1", L(number(2028)), L(number(2026), before=L(number(1900)))),
            *alone("V.3", L(share(900, 2026), usual={"b": 3000}), L(share(2025, 2700))),
        ],
    ),
    "looks-like-a-percentage": Case(
        on("V.3", L(share(95, 100)), L(share(95, 100), usual={"b": 3000}), at="b"),
        alone("V.3", L(share(95, 101)), L(share(95, 100), before=L(share(90, 104))), L(share(9, 100), usual={"b": 60})),
    ),
    "same-quantity-differs": Case(
        [(form({"V.1": L(share(1, 12)), "V.2": L(share(2, 13))}), [("V.2", "b")])],
        [
            form({"V.1": L(share(1, 12)), "V.2": L(share(2, 12))}),
            form({"V.1": L(share(1, 12)), "V.2": L(share(2, 13), WHY)}),
            form({"V.1": L(share(1, 12)), "V.3": L(share(2, 13))}),
            form({"V.1": L(share(1, 12)), "V.2": L(share(2, 13), "x", na=True)}),
        ],
    ),
    "date-in-the-future": Case(on("D.1", L(day("2026-11-21")), at="date"), alone("D.1", L(day("2026-11-20")), L())),
    "date-outside-the-year": Case(
        on("D.1", L(day("2025-12-31")), at="date"), alone("D.1", L(day("2026-01-01")), L(day("2025-12-31"), WHY))
    ),
    "date-not-in-evidence": Case(
        on("D.1", L(day("2026-02-25"), files=(SAME,)), at="date"),
        alone(
            "D.1",
            L(day("2026-02-26"), files=(SAME,)),
            L(day("2026-02-25")),
            L(day("2026-02-25"), files=(file("Kế hoạch"),)),
        ),
    ),
    "zero-after-points": Case(
        on("Y.1", L(NO, before=L(YES)), at="explanation"),
        alone("Y.1", L(NO, WHY, before=L(YES)), L(NO, before=L(NO)), L(NO), L(YES, before=L(YES))),
    ),
    "points-fell": Case(
        on("C.1", L(number(3), before=L(number(7))), at="explanation"),
        alone(
            "C.1",
            L(number(4), before=L(number(7))),
            L(number(3), WHY, before=L(number(7))),
            L(number(0), before=L(number(7))),
        ),
    ),
    "points-rose": Case(
        [
            *on("C.1", L(number(7), before=L(number(3)), files=(SAME,)), at="explanation"),
            *on("Y.1", L(YES, before=L(NO)), at="explanation"),
        ],
        [
            *alone("C.1", L(number(6), before=L(number(3))), L(number(7), WHY, before=L(number(3)))),
            *alone("Y.1", L(YES, files=(SAME,), before=L(NO))),
        ],
    ),
    "total-jumped": Case(
        on("V.1", L(share(1, 14), before=L(share(1, 10))), L(share(1, 6), before=L(share(1, 10))), at="b"),
        alone(
            "V.1",
            L(share(1, 13), before=L(share(1, 10))),
            L(share(1, 14), WHY, before=L(share(1, 10))),
            L(share(1, 5), before=L(share(1, 9))),
        ),
    ),
    "count-jumped": Case(
        on("C.1", L(number(20), before=L(number(15))), at="value"),
        alone(
            "C.1",
            L(number(19), before=L(number(15))),
            L(number(20), WHY, before=L(number(15))),
            L(number(9), before=L(number(6))),
            L(number(3), before=L(number(15))),
        ),
    ),
    "all-as-last-year": Case(
        [(form(copied(0)), [None])],
        [form(copied(1)), form({code: L(number(5), before=L(number(5))) for code in MANY[:4]})],
    ),
    "carried-over": Case(
        on("V.1", L(share(1, 2), carried=CARRIED), L(share(1, 2), carried=CARRIED, files=(OLD,)), at="evidence"),
        alone(
            "V.1",
            L(share(1, 2), carried=CARRIED, files=(OLD, SAME)),
            L(share(1, 2), WHY, carried=CARRIED),
            L(share(1, 2)),
        ),
    ),
    "corrected-last-year": Case(
        on("C.1", L(number(6), before=L(number(7), corrected=number(5)))),
        alone(
            "C.1",
            L(number(5), before=L(number(7), corrected=number(5))),
            L(number(6), WHY, before=L(number(7), corrected=number(5))),
            L(number(6), before=L(number(4), corrected=number(5))),
            L(number(6), before=L(number(5))),
        ),
    ),
    "na-after-points": Case(
        on("B.2", L(na=True, why=WHY, before=L(number(3))), at="explanation"),
        alone("B.2", L(na=True, why=WHY), L(na=True, why=WHY, before=L(number(0))), L(number(3), before=L(number(3)))),
    ),
    "level-unproven": Case(
        on("A.2", L({"option": "deputy"}), L({"option": "head"}), at="evidence"),
        alone("A.2", L({"option": "none"}), L({"option": "head"}, WHY), L({"option": "head"}, files=(SAME,))),
    ),
    "bonus-unproven": Case(
        on("T.1", L(number(1)), at="evidence"),
        alone("T.1", L(number(0)), L(number(1), WHY), L(number(1), files=(SAME,))),
    ),
    "full-unproven": Case(
        on("C.1", L(number(10)), at="evidence"),
        [
            *alone("C.1", L(number(9)), L(number(10), WHY), L(number(10), files=(SAME,))),
            *alone("A.1", L(YES)),
            *alone("A.2", L({"option": "head"})),
        ],
    ),
    "proof-of-nothing": Case(
        [*on("Y.1", L(NO, files=(SAME,)), at="value"), *on("A.2", L({"option": "none"}, files=(SAME,)), at="option")],
        [
            *alone("Y.1", L(NO), L(NO, WHY, files=(SAME,)), L(YES, files=(SAME,))),
            *alone("V.1", L(share(0, 9), files=(SAME,))),
        ],
    ),
    "evidence-locked": Case(
        on("Y.1", L(YES, files=(file(mark="encrypted"),)), at="evidence"),
        alone("Y.1", L(YES, files=(SAME,)), L(YES, files=(file(mark="active"),))),
    ),
    "evidence-active": Case(
        on("Y.1", L(YES, files=(SAME, file(mark="active"))), at="evidence"),
        alone("Y.1", L(YES, files=(SAME,)), L(YES, files=(file(mark="encrypted"),))),
    ),
    "evidence-outside-year": Case(
        on("Y.1", L(YES, files=(SAME, file("Công văn ngày 31 tháng 12 năm 2025"))), at="evidence"),
        alone(
            "Y.1",
            L(YES, files=(file("Công văn ngày 01/01/2026"),)),
            L(YES, files=(file("Báo cáo ngày 30/10/2026 về Kế hoạch ngày 26/12/2025"),)),
            L(YES, WHY, files=(file("Công văn ngày 31/12/2025"),)),
            L(YES, files=(file("Công văn 31/12"),)),
        ),
    ),
    "evidence-in-the-future": Case(
        on("Y.1", L(YES, files=(file("Báo cáo ngày 21/11/2026"),)), at="evidence"),
        alone(
            "Y.1", L(YES, files=(file("Báo cáo ngày 20/11/2026"),)), L(YES, files=(file("Kế hoạch ngày 21/11/2027"),))
        ),
    ),
    "evidence-of-last-year": Case(
        on(
            "Y.1",
            L(YES, files=(file(sha256=OLD.sha256),), before=L(YES, files=(OLD,))),
            L(YES, files=(file(original_name="bao-cao-2025.pdf"),), before=L(YES, files=(OLD,))),
            at="evidence",
        ),
        alone(
            "Y.1",
            L(YES, WHY, files=(file(sha256=OLD.sha256),), before=L(YES, files=(OLD,))),
            L(
                YES,
                files=(file(original_name="bao-cao.pdf"),),
                before=L(YES, files=(file(original_name="bao-cao.pdf"),)),
            ),
            L(YES, files=(file(original_name="bao-cao-2025.pdf"),), before=L(YES)),
        ),
    ),
    "evidence-unnamed": Case(
        [
            (
                form({"Y.1": L(YES, files=(bare := file("Ảnh hội nghị"),)), "A.1": L(YES, files=(bare,))}),
                [("Y.1", "evidence")],
            )
        ],
        alone("Y.1", L(YES, files=(file("Quyết định 118/QĐ-UBND"),)), L(YES, files=(file("Ảnh ngày 26/02/2026"),))),
    ),
    "evidence-contradicts": Case(
        [
            (form({"A.1": L(YES, files=(SAME,)), "Y.1": L(NO, files=(SAME,))}), [("Y.1", "evidence")]),
            (
                form({"D.1": L(day("2026-01-05"), files=(SAME,)), "D.2": L(day("2026-03-05"), files=(SAME,))}),
                [("D.2", "evidence")],
            ),
        ],
        [
            form({"A.1": L(YES, files=(SAME,)), "Y.1": L(YES, files=(SAME,))}),
            form({"A.1": L(YES, files=(SAME,)), "Y.1": L(NO, files=(OTHER,))}),
            form({"A.1": L(YES, files=(SAME,)), "Y.1": L(NO, WHY, files=(SAME,))}),
            form({"D.1": L(day("2026-01-05"), files=(SAME,)), "D.2": L(day("2026-01-05"), files=(SAME,))}),
        ],
    ),
    "evidence-everywhere": Case(
        [(form({f"C.{n}": L(number(1), files=(SAME,)) for n in range(1, 27)}), [("C.1", "evidence")])],
        [form({f"C.{n}": L(number(1), files=(SAME,)) for n in range(1, 26)})],
    ),
    "parts-unproven": Case(
        on("L.1", L({"part:mot": "yes", "part:hai": "yes"}, files=(SAME,)), at="evidence"),
        [
            *alone(
                "L.1",
                L({"part:mot": "yes", "part:hai": "no"}, files=(SAME,)),
                L({"part:mot": "yes", "part:hai": "yes"}, files=(SAME, OTHER)),
                L({"part:mot": "yes", "part:hai": "yes"}, WHY, files=(SAME,)),
            ),
            form({"L.1": L({"part:mot": "yes", "part:hai": "yes"}, files=(SAME,)), "Y.1": L(YES, files=(SAME,))}),
        ],
    ),
    "explanation-short": Case(
        on("Y.1", L(YES, "Đã thực hiện xong."), at="explanation"),
        alone("Y.1", L(YES, "Đã thực hiện đủ rồi."), L(YES)),
    ),
    "explanation-pasted": Case(
        [(form(pasted(8)), [("C.1", "explanation")])],
        [form(pasted(7)), form({code: L(number(0), WHY) for code in MANY})],
    ),
    "link-private": Case(
        on(
            "Y.1",
            *(
                L(YES, f"Xem tại {link}")
                for link in ("https://drive.google.com/x", "http://192.168.1.5/a", r"D:\bao-cao")
            ),
            at="explanation",
        ),
        alone("Y.1", L(YES, "Xem tại https://sonla.gov.vn/a"), L(YES, WHY)),
    ),
}
