"""The words of the workbook for what SET.json writes as codes: (Vietnamese, English). Reading takes either, and the code."""

from django.utils.translation import get_language

from core.collation import fold

Pair = tuple[str, str]

KINDS: dict[str, Pair] = {
    "boolean": ("Có/không", "Yes/no"),
    "level": ("Mức", "Level"),
    "ratio": ("Tỷ lệ", "Ratio"),
    "tiers": ("Bậc", "Tiers"),
    "count": ("Đếm", "Count"),
    "deadline": ("Thời hạn", "Deadline"),
    "manual": ("Chấm tay", "Judgement"),
    "formula": ("Công thức", "Formula"),
    "linear": ("Nội suy", "Between bounds"),
    "relative": ("So trong khối", "Within the group"),
    "carried": ("Lấy kết quả khác", "Carried over"),
    "bonus": ("Điểm thưởng", "Bonus"),
    "penalty": ("Điểm trừ", "Penalty"),
}
ROWS: dict[str, Pair] = {
    "node": ("nhóm", "group"),
    "leaf": ("tiêu chí", "criterion"),
    "adjustment": ("cộng/trừ", "adjustment"),
}
AGGREGATES: dict[str, Pair] = {
    "sum": ("cộng", "sum"),
    "mean": ("trung bình", "mean"),
    "weighted_mean": ("trung bình có trọng số", "weighted mean"),
    "geometric_mean": ("trung bình nhân", "geometric mean"),
}
FLAGS: dict[bool, Pair] = {True: ("có", "yes"), False: ("không", "no")}
ROUNDING: dict[str, Pair] = {
    "half_up": ("nửa lên", "half up"),
    "half_even": ("nửa về số chẵn", "half to even"),
    "down": ("cắt bỏ", "cut"),
}
ROUND_AT: dict[str, Pair] = {"leaf": ("từng tiêu chí", "each criterion"), "total": ("tổng điểm", "the total")}
RANK_ON: dict[str, Pair] = {
    "rounded": ("điểm đã làm tròn", "rounded points"),
    "exact": ("điểm chính xác", "exact points"),
}
NOT_APPLICABLE: dict[str, Pair] = {
    "renormalise": ("quy đổi lại", "rescale"),
    "full": ("tính điểm tối đa", "full points"),
    "zero": ("tính 0 điểm", "0 points"),
}
MISSING: dict[str, Pair] = {"zero": ("tính 0 điểm", "0 points"), "unranked": ("không xếp hạng", "not ranked")}
COMBINE: dict[str, Pair] = {"one": ("chọn một", "one of them"), "sum": ("cộng các phần", "sum of parts")}
BETWEEN: dict[str, Pair] = {
    "over_full": ("tỷ lệ ÷ mốc đủ điểm", "share ÷ full mark"),
    "over_100": ("tỷ lệ ÷ 100", "share ÷ 100"),
    "none": ("0 điểm", "0 points"),
}
B_ZERO: dict[str, Pair] = {
    "na": ("không áp dụng", "not applicable"),
    "zero": ("0 điểm", "0 points"),
    "full": ("điểm tối đa", "full points"),
}
TRANSFORM: dict[str, Pair] = {"none": ("không", "none"), "ln": ("lô-ga-rít", "logarithm")}
DIRECTION: dict[int, Pair] = {1: ("cao là tốt", "more is better"), -1: ("thấp là tốt", "less is better")}
METHOD: dict[str, Pair] = {
    "best": ("so với tốt nhất", "against the best"),
    "min_max": ("trong khoảng thấp nhất - cao nhất", "between least and most"),
    "rank": ("theo hạng", "by rank"),
}
INPUT_TYPES: dict[str, Pair] = {
    "integer": ("số nguyên", "whole number"),
    "decimal": ("số thập phân", "decimal"),
    "date": ("ngày", "date"),
    "choice": ("lựa chọn", "choice"),
}
SOURCE_KINDS: dict[str, Pair] = {
    "declared": ("đơn vị kê khai", "declared by the unit"),
    "measured": ("hệ thống đo", "measured"),
    "survey": ("khảo sát", "survey"),
    "appraiser": ("cơ quan thẩm định nhập", "entered by the appraiser"),
}
PROVENANCE: dict[str, Pair] = {
    "exact": ("theo văn bản", "as in the source"),
    "adapted": ("phỏng theo", "adapted"),
    "invented": ("dự án đặt", "set by the project"),
}
SUBMITTED: Pair = ("thời điểm nộp", "time of submission")


def meant(text: str, words: dict) -> object | None:
    """The code of a word in either language, or of the code itself; None where it is none of them."""
    wanted = fold(text)
    for code, pair in words.items():
        if wanted in {fold(str(code)), *map(fold, pair)}:
            return code
    return None


def in_language(pair: Pair) -> str:
    """The one of the two that the reader reads."""
    return pair[1 if get_language() == "en" else 0]
