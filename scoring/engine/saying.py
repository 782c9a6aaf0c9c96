"""The one sentence that explains a line to an official."""

from .rules.ratio import named_zero
from .wording import Words


def line_sentence(line, lang: str) -> str:
    """Rule in words, arithmetic, rounding. Every number stands as it entered the arithmetic."""
    words = Words(lang, line.scoring.places)
    return _BY_STATUS[line.status](line, words)


def _scored(line, words: Words) -> str:
    said = line.leaf.rule.say(line.answer, line.leaf, line.outcome, words, line.figures)
    return f"{said}{_rounding(line, words)}."


def _rounding(line, words: Words) -> str:
    """“, làm tròn thành 1,93 điểm”, or only the word points where rounding changes nothing."""
    unit = words.pick("điểm", "points")
    if line.points == line.unrounded:
        return f" {unit}"
    printed = words.points(line.points)
    if line.scoring.round_at == "leaf":
        return words.pick(f", làm tròn thành {printed} {unit}", f", rounded to {printed} {unit}")
    return words.pick(
        f" {unit} (ghi là {printed}; chỉ làm tròn ở tổng điểm)",
        f" {unit} (printed {printed}; only the total is rounded)",
    )


def _missing(line, words: Words) -> str:
    maximum = words.points(line.max_points)
    if line.exact is None:
        return words.pick(
            "Chưa kê khai nên tiêu chí này chưa có điểm và đơn vị chưa được xếp hạng.",
            "Not declared, so this criterion has no points yet and the unit is not ranked.",
        )
    return words.pick(
        f"Chưa kê khai nên tính 0 điểm trên tối đa {maximum}.", f"Not declared: 0 points out of {maximum}."
    )


def _not_applicable(line, words: Words) -> str:
    maximum = words.points(line.max_points)
    if line.outcome is None:
        why = words.pick("Được chấp thuận không áp dụng", "Approved as not applicable")
    else:
        zero = named_zero(line.leaf, words)
        why = words.pick(f"{zero} bằng 0 nên không áp dụng", f"{zero} is 0, so not applicable")
    if line.exact is None:
        return words.pick(
            f"{why}; điểm tối đa {maximum} của dòng này được loại khỏi cách tính của mục cấp trên.",
            f"{why}; its maximum {maximum} is left out of what the items above are made of.",
        )
    printed = words.points(line.points)
    return words.pick(
        f"{why}; theo quy định của bộ tiêu chí, dòng này tính {printed} điểm trên tối đa {maximum}.",
        f"{why}; by the rules of the set this line counts {printed} points out of {maximum}.",
    )


def _points_set(line, words: Words) -> str:
    points, maximum = words.points(line.unrounded), words.points(line.max_points)
    said = words.pick(
        f"Điểm thẩm định là {points} trên mức tối đa {maximum}", f"Set by the appraiser: {points} out of {maximum}"
    )
    return f"{said}{_rounding(line, words)}."


def _pending(line, words: Words) -> str:
    if taken := line.leaf.rule.takes_points_of:
        listed = ", ".join(sorted(taken))
        return words.pick(
            f"Điểm của tiêu chí này tính từ điểm của {listed}, trong đó có điểm chưa biết.",
            f"This criterion is reckoned from the points of {listed}, and not all of them are known.",
        )
    return words.pick(
        "Điểm của tiêu chí này so sánh giữa các đơn vị nên chỉ biết được khi chấm cả khối, cụm.",
        "This criterion compares units with each other; its points are known only when the whole group is scored.",
    )


_BY_STATUS = {
    "scored": _scored,
    "missing": _missing,
    "not_applicable": _not_applicable,
    "points_set": _points_set,
    "pending": _pending,
}
