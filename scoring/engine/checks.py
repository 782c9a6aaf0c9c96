"""What can only be seen on the whole set: codes, weights, references, decimals, computed maxima."""

from decimal import Decimal

from .aggregate import maxima
from .exact import decimal_text, exact_text, plain_decimal
from .faults import quoted
from .model import CriteriaSet, Leaf, Node
from .records import Spot

RESULT_COLUMNS = (
    "unit", "group", "base_exact", "total_exact", "total", "rank", "grade", "tie_break", "missing", "na",
    "bonus", "penalty",
)  # fmt: skip
PILLAR = "pillar:"


def check_whole(criteria_set: CriteriaSet, spot: Spot) -> None:
    """Record every fault that the single objects could not show."""
    placed = list(_placed(criteria_set.root, spot / "root"))
    placed += [(leaf, spot / "adjustments" / position) for position, leaf in enumerate(criteria_set.adjustments)]
    _check_codes(placed)
    _check_weights(criteria_set, spot)
    _check_decimals(criteria_set, placed)
    _check_maxima(criteria_set, placed)
    _check_points_taken(criteria_set, placed)
    _check_tie_break(criteria_set, spot / "scoring" / "tie_break")
    _check_grades(criteria_set, spot / "grades")


def _placed(item: Node | Leaf, spot: Spot):
    yield item, spot
    if isinstance(item, Node):
        for position, child in enumerate(item.children):
            yield from _placed(child, spot / "children" / position)


def _check_codes(placed) -> None:
    seen: set[str] = set()
    for item, spot in placed:
        if item.code in RESULT_COLUMNS:
            (spot / "code").fault(
                f"Mã “{item.code}” trùng tên một cột cố định của bảng kết quả.",
                f"The code “{item.code}” is the name of a fixed result column.",
            )
        if item.code in seen:
            (spot / "code").fault(*_twice(f"Mã “{item.code}”", f"The code “{item.code}”"))
        seen.add(item.code)


def _twice(vi: str, en: str) -> tuple[str, str]:
    return f"{vi} đứng hai lần; mỗi mã chỉ dùng một lần.", f"{en} stands twice; each may be used only once."


def _check_weights(criteria_set: CriteriaSet, spot: Spot) -> None:
    def refuse(item, place: Spot, vi: str, en: str) -> None:
        if item.weight != 1:
            (place / "weight").fault(vi, en)

    refuse(
        criteria_set.root,
        spot / "root",
        "Nút gốc không có trọng số khác 1.",
        "The root carries no weight other than 1.",
    )
    for position, leaf in enumerate(criteria_set.adjustments):
        refuse(
            leaf,
            spot / "adjustments" / position,
            "Điểm thưởng, điểm trừ không có trọng số khác 1.",
            "An adjustment carries no weight other than 1.",
        )
    for node, place in _placed(criteria_set.root, spot / "root"):
        if isinstance(node, Node) and node.aggregate in ("sum", "mean"):
            for position, child in enumerate(node.children):
                refuse(
                    child,
                    place / "children" / position,
                    f"Nút {node.code} tính theo {node.aggregate} nên bỏ qua trọng số; trọng số phải là 1.",
                    f"The node {node.code} is a {node.aggregate} and ignores weights; the weight must be 1.",
                )


def _check_decimals(criteria_set: CriteriaSet, placed) -> None:
    scoring = criteria_set.scoring
    if scoring.round_at != "leaf":
        return
    for item, spot in placed:
        if isinstance(item, Leaf) and _decimals(item.max_points) > scoring.places:
            shown = decimal_text(item.max_points)
            (spot / "max_points").fault(
                f"Điểm tối đa {shown} có nhiều chữ số thập phân hơn mức làm tròn ({scoring.places}).",
                f"The maximum {shown} has more decimals than lines are rounded to ({scoring.places}).",
            )


def _decimals(number: Decimal) -> int:
    return len(plain_decimal(decimal_text(number)).partition(".")[2])


def _check_maxima(criteria_set: CriteriaSet, placed) -> None:
    computed = maxima(criteria_set)
    for item, spot in placed:
        if not isinstance(item, Node) or item.max_points is None or item.aggregate == "geometric_mean":
            continue
        if item.max_points != computed[item.code]:
            given, found = decimal_text(item.max_points), exact_text(computed[item.code])
            (spot / "max_points").fault(
                f"Điểm tối đa ghi là {given} nhưng tính từ các mục con là {found}; sửa mục con, hoặc sửa hay bỏ số này.",
                f"The maximum is given as {given} but computed from the children as {found}; mend the children or this.",
            )


def _check_points_taken(criteria_set: CriteriaSet, placed) -> None:
    """Formulas take points of leaves of the tree that are there, and never of each other in a circle."""
    leaves = {leaf.code for leaf in criteria_set.leaves}
    reached = {leaf.code for leaf in criteria_set.reckoning_order}
    for item, spot in placed:
        if not isinstance(item, Leaf):
            continue
        unknown = sorted(item.rule.takes_points_of - leaves)
        if unknown:
            (spot / "rule" / "expression").fault(
                f"Cây tiêu chí không có tiêu chí “{unknown[0]}” để lấy điểm.",
                f"The tree has no criterion “{unknown[0]}” whose points could be taken.",
            )
        elif item.code not in reached and item.rule.takes_points_of <= leaves:
            taken = ", ".join(sorted(item.rule.takes_points_of - reached))
            (spot / "rule" / "expression").fault(
                f"Công thức lấy điểm vòng tròn qua: {taken}.", f"The formula takes points in a circle through: {taken}."
            )


def _check_tie_break(criteria_set: CriteriaSet, spot: Spot) -> None:
    codes = {node.code for node in criteria_set.nodes}
    for position, step in enumerate(criteria_set.scoring.tie_break):
        if step == "submitted_at" or step.startswith(PILLAR) and step.removeprefix(PILLAR) in codes:
            continue
        (spot / position).fault(
            f"Bước phân định “{quoted(step)}” phải là submitted_at hoặc pillar: và mã một nút trong.",
            f"The tie-break step “{quoted(step)}” must be submitted_at or pillar: and the code of an inner node.",
        )


def _check_grades(criteria_set: CriteriaSet, spot: Spot) -> None:
    for name, attribute in (("code", "code"), ("from", "from_points")):
        seen: list = []
        for position, grade in enumerate(criteria_set.grades):
            value = getattr(grade, attribute)
            if value in seen:
                (spot / position / name).fault(
                    f"Hai mức xếp loại có cùng {name} “{value}”; mỗi mức phải khác nhau.",
                    f"Two grades have the same {name} “{value}”; each needs its own.",
                )
            seen.append(value)
