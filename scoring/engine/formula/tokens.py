"""A formula's text cut into tokens, in the stored form (English) or the typed Vietnamese one.

Stored: `.` in decimals, `,` between arguments. Vietnamese: `,` in decimals, `;` between arguments, the synonyms of
`SYNONYMS`, and × ÷ − ≤ ≥ ≠ beside their ASCII forms. The cut knows no nesting and no meaning.
Source: contract, Formula language.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..jsontypes import CODE_TEXT
from .faults import FormulaFault, not_understood

FUNCTIONS = ("MIN", "MAX", "SUM", "ABS", "ROUND", "IF")
WORDS = ("AND", "OR", "NOT")
SYNONYMS = {
    "NHỎ_NHẤT": "MIN",
    "LỚN_NHẤT": "MAX",
    "TỔNG": "SUM",
    "TRỊ_TUYỆT_ĐỐI": "ABS",
    "LÀM_TRÒN": "ROUND",
    "NẾU": "IF",
    "VÀ": "AND",
    "HOẶC": "OR",
    "KHÔNG": "NOT",
}
VIETNAMESE = {english: vietnamese for vietnamese, english in SYNONYMS.items()}
RESERVED = frozenset((*FUNCTIONS, *WORDS, *SYNONYMS))
# Long enough for 500 nodes of any kind; a longer text would take longer to cut than a page may take to answer.
LONGEST = 20_000
_SYMBOLS = {"×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "<>"}
_NUMBER = {"en": r"[0-9]{1,20}(?:\.[0-9]{1,30})?", "vi": r"[0-9]{1,20}(?:,[0-9]{1,30})?"}
_OPERATORS = {"en": r"<>|<=|>=|[-+*/()<>=,]", "vi": r"<>|<=|>=|[-+*/()<>=;×÷−≤≥≠]"}
_SEPARATOR = {"en": ",", "vi": ";"}
_CUT = {
    form: re.compile(
        rf"(?P<space>[ \t]+)|(?P<newline>\r?\n)|(?P<number>{_NUMBER[form]})(?![0-9.,]|\w)"
        rf"|(?P<name>[^\W\d]\w*)|\[(?P<points>{CODE_TEXT.pattern})\]|(?P<mark>{_OPERATORS[form]})"
    )
    for form in _NUMBER
}
# In the stored form a comma after a number separates arguments.
_CUT["en"] = re.compile(_CUT["en"].pattern.replace("(?![0-9.,]|", r"(?![0-9.]|"))


@dataclass(frozen=True)
class Token:
    """`kind` is number, name, points, mark (an operator, a bracket or `separator`) or end; `text` as stored."""

    kind: str
    text: str
    place: tuple[int, int]


def tokens(text: str, form: str = "en") -> Iterator[Token]:
    """All tokens, then one of kind end; FormulaFault at the first character that belongs to none."""
    if len(text) > LONGEST:
        raise FormulaFault(
            (1, 1), f"công thức dài quá {LONGEST} ký tự.", f"the formula is longer than {LONGEST} characters."
        )
    text = unicodedata.normalize("NFC", text)
    line, start, at = 1, 0, 0
    while at < len(text):
        place = (line, at - start + 1)
        found = _CUT[form].match(text, at)
        if not found:
            raise not_understood(place, text[at])
        at = found.end()
        kind = found.lastgroup
        if kind == "newline":
            line, start = line + 1, at
        elif kind != "space":
            yield Token(kind, _stored(kind, found[kind], form), place)
    yield Token("end", "", (line, at - start + 1))


def _stored(kind: str, text: str, form: str) -> str:
    if kind == "mark":
        return "separator" if text == _SEPARATOR[form] else _SYMBOLS.get(text, text)
    if form == "vi":
        return text.replace(",", ".") if kind == "number" else SYNONYMS.get(text, text)
    return text
