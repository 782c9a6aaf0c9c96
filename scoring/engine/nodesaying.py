"""How a node's value and the total came about: as data, and as one sentence."""

from fractions import Fraction

from .aggregate import NodeValue
from .exact import decimal_text, exact_text
from .model import Leaf, Node
from .titles import title_in
from .wording import Words

_MEANS = {
    "mean": ("trung bình cộng", "mean"),
    "weighted_mean": ("trung bình có trọng số", "weighted mean"),
    "geometric_mean": ("trung bình nhân", "geometric mean"),
}


def _children(result, node: Node) -> list[tuple[Node | Leaf, bool, Fraction | None]]:
    """(child, is it applicable, what it passes on) in order."""
    found = []
    for child in node.children:
        if isinstance(child, Leaf):
            line = result.lines[child.code]
            found.append((child, not line.dropped, line.exact))
        else:
            seen = result.node_values[child.code]
            found.append((child, seen.applicable, seen.value))
    return found


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def node_trace(result, code: str) -> dict:
    node, seen = result.criteria_set.node(code), result.node_values[code]
    printed = result.nodes[code]
    return {
        "node": code,
        "aggregate": node.aggregate,
        "applicable": seen.applicable,
        "children": [
            {"code": child.code, "weight": decimal_text(child.weight), "applicable": applicable, "value": _text(value)}
            for child, applicable, value in _children(result, node)
        ],
        "raw": _text(seen.raw),
        "applicable_max": _text(seen.raw_max),
        "maximum": exact_text(result.maxima[code]),
        "value": _text(seen.value),
        "printed": None if printed is None else decimal_text(printed),
    }


def node_sentence(result, code: str, lang: str) -> str:
    words = Words(lang, result.criteria_set.scoring.places)
    node, seen = result.criteria_set.node(code), result.node_values[code]
    title = title_in(node.title, lang)
    children = _children(result, node)
    if not seen.applicable:
        return words.pick(f"{title}: không áp dụng.", f"{title}: not applicable.")
    if seen.value is None:
        gaps = ", ".join(child.code for child, applicable, value in children if applicable and value is None)
        return words.pick(
            f"{title}: chưa có điểm vì thiếu {gaps}.", f"{title}: no value yet because {gaps} is missing."
        )
    said = f"{title}: {_arithmetic(node, children, seen, words)}"
    out = ", ".join(child.code for child, applicable, _ in children if not applicable)
    if out:
        said += words.pick(f" (không tính {out}: không áp dụng)", f" (without {out}: not applicable)")
    return said + _rescaling(result, node, seen, words) + "."


def _arithmetic(node: Node, children, seen: NodeValue, words: Words) -> str:
    """“1,50 + 1,00 = 2,50 điểm”; a mean is told with its weights."""
    parts = [(child, value) for child, applicable, value in children if applicable]
    total = f"{words.points(seen.raw)} {words.pick('điểm', 'points')}"
    values = [words.points(value) for _, value in parts]
    if node.aggregate == "sum":
        return f"{' + '.join(values)} = {total}" if len(values) > 1 else total
    name = words.pick(*_MEANS[node.aggregate])
    if node.aggregate == "mean":
        return f"{name} ({' + '.join(values)}) ÷ {len(values)} = {total}"
    weights = [words.number(child.weight) for child, _ in parts]
    weight_sum = words.number(sum(Fraction(child.weight) for child, _ in parts))
    if node.aggregate == "weighted_mean":
        added = " + ".join(f"{weight} × {value}" for weight, value in zip(weights, values, strict=True))
        return f"{name} ({added}) ÷ {weight_sum} = {total}"
    multiplied = " × ".join(f"{value}^({weight}/{weight_sum})" for weight, value in zip(weights, values, strict=True))
    return f"{name} {multiplied} = {total}"


def _rescaling(result, node: Node, seen: NodeValue, words: Words) -> str:
    full = result.maxima[node.code]
    if node.aggregate != "sum" or seen.raw_max == full:
        return ""
    part, whole = words.points(seen.raw_max), words.points(full)
    if not seen.rescaled:
        return words.pick(
            f"; điểm tối đa áp dụng là {part} trên {whole}", f"; the applicable maximum is {part} out of {whole}"
        )
    scaled = f"{words.points(seen.raw)} ÷ {part} × {whole} = {words.points(seen.value)}"
    return words.pick(
        f"; điểm tối đa áp dụng là {part} trên {whole} nên quy đổi thành {scaled} điểm",
        f"; the applicable maximum is {part} out of {whole}, so rescaled to {scaled} points",
    )


def total_trace(result) -> dict:
    parts, scoring = result.total_parts, result.criteria_set.scoring
    return {
        "base": _text(parts.base),
        "bonus_sum": exact_text(parts.bonus_sum),
        "max_bonus": None if scoring.max_bonus is None else decimal_text(scoring.max_bonus),
        "bonus": exact_text(parts.bonus),
        "penalty_sum": exact_text(parts.penalty_sum),
        "max_penalty": None if scoring.max_penalty is None else decimal_text(scoring.max_penalty),
        "penalty": exact_text(parts.penalty),
        "before_limits": _text(parts.before_limits),
        "cap": None if scoring.cap is None else decimal_text(scoring.cap),
        "exact": _text(parts.exact),
        "rounding": {"mode": scoring.rounding, "places": scoring.places},
        "total": None if result.total is None else decimal_text(result.total),
        "rank_on": scoring.rank_on,
        "rank": result.rank,
        "grade": result.grade,
        "tie_break": result.tie_break,
    }


def total_sentence(result, lang: str) -> str:
    """Base, bonus, penalty, limits, rounding, rank and what broke a tie."""
    words = Words(lang, result.criteria_set.scoring.places)
    parts = result.total_parts
    if parts.exact is None:
        return words.pick(
            "Chưa có tổng điểm nên đơn vị không được xếp hạng.", "There is no total, so the unit is not ranked."
        )
    said = words.pick(f"Điểm tiêu chí {words.points(parts.base)}", f"Criteria points {words.points(parts.base)}")
    if result.criteria_set.adjustments:
        said += _adjusted(result, words)
    said += _limits(result, words)
    return f"{said}. {_standing(result, words)}"


def _adjusted(result, words: Words) -> str:
    parts, scoring = result.total_parts, result.criteria_set.scoring
    bonus, penalty = words.points(parts.bonus), words.points(parts.penalty)
    held = words.pick(" (giới hạn từ {})", " (limited from {})")
    held_bonus = held.format(words.points(parts.bonus_sum)) if parts.bonus != parts.bonus_sum else ""
    held_penalty = held.format(words.points(parts.penalty_sum)) if parts.penalty != parts.penalty_sum else ""
    before = words.points(parts.before_limits)
    said = words.pick(
        f" + điểm thưởng {bonus}{held_bonus} − điểm trừ {penalty}{held_penalty} = {before}",
        f" + bonus {bonus}{held_bonus} − penalty {penalty}{held_penalty} = {before}",
    )
    if parts.before_limits < 0 and (scoring.cap is None or scoring.cap >= 0):
        said += words.pick("; không để âm nên lấy 0", "; never below 0, so 0")
    return said


def _limits(result, words: Words) -> str:
    parts, scoring = result.total_parts, result.criteria_set.scoring
    said = ""
    if scoring.cap is not None and parts.before_limits > scoring.cap:
        cap = words.points(scoring.cap)
        said += words.pick(f"; không vượt mức trần nên lấy {cap}", f"; held at the cap {cap}")
    printed = words.points(result.total)
    if result.total != parts.exact:
        return said + words.pick(f", làm tròn thành {printed} điểm", f", rounded to {printed} points")
    return said + words.pick(f"; tổng điểm {printed}", f"; total {printed} points")


def _standing(result, words: Words) -> str:
    place = words.pick(f"Xếp thứ {result.rank}", f"Rank {result.rank}")
    if result.group:
        place += words.pick(f" trong {result.group}", f" in {result.group}")
    if result.tie_break == "=":
        place += words.pick(", đồng hạng với đơn vị bằng điểm", ", shared with a unit of equal points")
    elif result.tie_break == "submitted_at":
        place += words.pick(
            "; bằng điểm, phân định theo thời điểm nộp", "; equal points, decided by the time of submission"
        )
    elif result.tie_break:
        node = result.criteria_set.node(result.tie_break.removeprefix("pillar:"))
        title = title_in(node.title, words.lang)
        place += words.pick(f"; bằng điểm, phân định theo điểm mục {title}", f"; equal points, decided by {title}")
    grade = next((grade for grade in result.criteria_set.grades if grade.code == result.grade), None)
    if grade is not None:
        named = title_in(grade.title, words.lang)
        place += words.pick(f"; xếp loại {named}", f"; grade {named}")
    return place + "."
