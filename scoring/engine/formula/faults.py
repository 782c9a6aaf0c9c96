"""What a formula is refused for, with the line and the character where it goes wrong."""

from ..faults import quoted

KNOWN_VI = "+ − × ÷ ( ), so sánh, VÀ, HOẶC, KHÔNG, NHỎ_NHẤT, LỚN_NHẤT, TỔNG, TRỊ_TUYỆT_ĐỐI, LÀM_TRÒN, NẾU"
KNOWN_EN = "+ - * / ( ), comparisons, AND, OR, NOT, MIN, MAX, SUM, ABS, ROUND, IF"


class FormulaFault(Exception):
    """`place` is (line, character), both from 1; the sentences carry it already."""

    def __init__(self, place: tuple[int, int], vi: str, en: str):
        line, column = place
        self.place = place
        self.vi = f"Dòng {line}, ký tự {column}: {vi}"
        self.en = f"Line {line}, character {column}: {en}"
        super().__init__(self.en)


class Undefined(Exception):
    """A formula that has no value for one unit; the caller names the unit and the criterion."""

    def __init__(self, place: tuple[int, int], vi: str, en: str):
        self.place, self.vi, self.en = place, vi, en
        super().__init__(en)


def not_understood(place: tuple[int, int], text: str) -> FormulaFault:
    shown = quoted(text)
    if not text.isascii() and len(text) == 1:
        shown += f" (U+{ord(text):04X})"
    return FormulaFault(
        place,
        f"không hiểu “{shown}”. Chỉ dùng số, đầu vào, điểm của tiêu chí khác viết [MÃ] và {KNOWN_VI}.",
        f"“{shown}” is not understood. Use numbers, inputs, points of other criteria as [CODE] and {KNOWN_EN}.",
    )
