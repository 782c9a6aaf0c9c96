"""One unit's stability in one or two sentences, for a page."""

from collections.abc import Mapping
from decimal import Decimal

from ..titles import title_in
from ..wording import Words
from .choices import DISPUTED, GAPS, WEIGHTS

NAMED_AT_MOST = 5
_CAUSES = {
    WEIGHTS: ("trọng số", "the weights"),
    DISPUTED: ("các dòng bị sửa điểm", "the corrected lines"),
    GAPS: ("chênh lệch giữa người thẩm định", "the gap between appraisers"),
}


def unit_sentence(study, unit: str, lang: str = "vi", names: Mapping[str, str] | None = None) -> str:
    """`names` gives the units' names as people know them; without it codes are shown. KeyError for an unknown unit."""
    row, words = study.by_unit[unit], Words(lang, 0)
    if row.rank is None:
        return words.pick(
            "Đơn vị không được xếp hạng nên không có độ vững thứ hạng.",
            "The unit has no rank, so nothing can be said about its stability.",
        )
    return " ".join(
        [_interval(row, words), _apart(row, words, names or {}), *_grade(study, row, words), *_cause(row, words)]
    )


def _interval(row, words: Words) -> str:
    low, high = row.rank_p05, row.rank_p95
    if low == high:
        return words.pick(
            f"Hạng {row.rank}; trong ít nhất 90% số lần thử, đơn vị đứng hạng {low}.",
            f"Rank {row.rank}; in at least 90% of the draws the unit stands at rank {low}.",
        )
    return words.pick(
        f"Hạng {row.rank}; trong ít nhất 90% số lần thử, hạng nằm trong khoảng {low}–{high}, ở giữa là {row.rank_median}.",
        f"Rank {row.rank}; in at least 90% of the draws the rank lies within {low}–{high}, median {row.rank_median}.",
    )


def _apart(row, words: Words, names: Mapping[str, str]) -> str:
    others = row.not_told_apart
    if not others:
        return words.pick(
            "Phân biệt được với mọi đơn vị xếp gần.", "It is told apart from every unit that stands near."
        )
    listed = ", ".join(names.get(code, code) for code in others[:NAMED_AT_MOST])
    rest = len(others) - NAMED_AT_MOST
    if rest > 0:
        listed += words.pick(f" và {rest} đơn vị khác", f" and {rest} more")
    return words.pick(f"Chưa đủ căn cứ để phân biệt với {listed}.", f"It cannot be told apart from {listed}.")


def _grade(study, row, words: Words) -> list[str]:
    if not row.grades:
        return []
    grade = next((grade for grade in study.criteria_set.grades if grade.code == row.grade), None)
    share = percent(row.grades[row.grade], words)
    if grade is None:
        return [
            words.pick(f"Dưới mọi mức xếp loại trong {share} số lần thử.", f"Below all grades in {share} of the draws.")
        ]
    title = title_in(grade.title, words.lang)
    return [
        words.pick(f"Giữ xếp loại {title} trong {share} số lần thử.", f"Grade {title} holds in {share} of the draws.")
    ]


def _cause(row, words: Words) -> list[str]:
    if not row.shares:
        return []
    cause = max(row.shares, key=lambda name: row.shares[name])
    share, named = percent(row.shares[cause], words), words.pick(*_CAUSES[cause])
    return [words.pick(f"Điểm dao động chủ yếu do {named} ({share}).", f"The total moves mainly by {named} ({share}).")]


def percent(share: Decimal, words: Words) -> str:
    """Whole percents, never rounded up to all or down to nothing."""
    if 0 < share < Decimal("0.01"):
        return words.pick("dưới 1%", "under 1%")
    if Decimal("0.99") < share < 1:
        return words.pick("trên 99%", "over 99%")
    return f"{words.number(round(share * 100))}%"
