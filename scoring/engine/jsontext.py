"""Bytes to JSON, strictly: UTF-8 without BOM, no key twice, no number that Python would quietly change."""

import json
from typing import Any

from .faults import Fault, Refused, quoted
from .records import Spot

LARGEST_SET = 16 * 2**20
# Sixty nodes inside each other; no set comes near, and no reader of it runs out of stack.
DEEPEST = 130


class NotInteger:
    """A JSON number that is no integer of this format (a fraction, an exponent, NaN, too many digits)."""


class KeyedTwice(dict):
    """An object in which keys stand twice; `repeated` names them."""

    repeated: tuple[str, ...] = ()


def decoded(data: bytes | str, place: str) -> str:
    """The text of a file, or `Refused` naming line and column of what is not UTF-8."""
    if isinstance(data, bytes):
        if _is_utf16(data):
            raise _refused(place, 1, 1, *_UTF16)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            line, column = position_in(before, len(before))
            raise _refused(place, line, column, *_not_utf8(error)) from None
    else:
        text = data
    if text.startswith("\ufeff"):
        raise _refused(
            place,
            1,
            1,
            "Tệp bắt đầu bằng dấu BOM; hãy lưu dạng UTF-8 không BOM.",
            "The file begins with a BOM; save it as UTF-8 without.",
        )
    return text


_UTF16 = (
    "Tệp ghi bằng bảng mã UTF-16; hãy lưu lại dạng UTF-8 không BOM.",
    "The file is in UTF-16; save it as UTF-8 without BOM.",
)


def _is_utf16(data: bytes) -> bool:
    """A byte order mark, or every other byte zero as ASCII has it in UTF-16."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or len(data) > 1 and (data[0] == 0) != (data[1] == 0)


def _not_utf8(error: UnicodeDecodeError) -> tuple[str, str]:
    if error.reason == "unexpected end of data":
        return (
            "Tệp bị cắt cụt giữa một ký tự; hãy lấy lại tệp đầy đủ.",
            "The file is cut in the middle of a character; get the whole file again.",
        )
    return (
        "Tệp không phải UTF-8; hãy lưu lại với bảng mã UTF-8 không BOM.",
        "The file is not UTF-8; save it as UTF-8 without BOM.",
    )


def position_in(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def parse_json(data: bytes | str, place: str) -> Any:
    """The document with duplicate keys still marked; syntax faults carry line and column."""
    if len(data) > LARGEST_SET:
        raise too_large(place, LARGEST_SET)
    text = decoded(data, place)
    too_deep = ("Các mục lồng nhau quá sâu.", "The objects are nested too deeply.")
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=lambda _: NotInteger(),
            parse_constant=lambda _: NotInteger(),
            parse_int=lambda digits: int(digits) if len(digits) <= 20 else NotInteger(),
        )
    except json.JSONDecodeError as error:
        cut = _is_cut(text, error)
        vi = "Tệp bị cắt cụt hoặc trống: JSON chưa kết thúc; hãy lấy lại tệp đầy đủ."
        en = "The file is cut or empty: the JSON does not end; get the whole file again."
        if not cut:
            vi = "Không đúng cú pháp JSON ở chỗ này; xem dấu phẩy, ngoặc kép và ngoặc ngay trước đó."
            en = f"Not JSON here: {quoted(error.msg)}; look at the commas, quotes and brackets just before."
        raise _refused(place, error.lineno, error.colno, vi, en) from None
    except RecursionError:
        raise _refused(place, 1, 1, *too_deep) from None
    faults: list[Fault] = []
    if _report_repeated(document, Spot(place, faults)) > DEEPEST:
        raise _refused(place, 1, 1, *too_deep)
    if faults:
        raise Refused(faults)
    return document


def too_large(place: str, most: int) -> Refused:
    """The refusal of a file of more than `most` bytes."""
    size = most // 2**20
    vi = f"Tệp quá lớn (trên {size} MB); kiểm tra xem có đúng tệp không."
    return _refused(place, 1, 1, vi, f"The file is too large (above {size} MB); check that it is the right one.")


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Whether nothing but the file's end is wrong: it ends where more is due, inside a text or inside a word."""
    rest = text[error.pos :].strip()
    if error.msg.startswith("Unterminated string") or rest == "":
        return True
    if error.msg.startswith("Invalid") and len(rest) < len("\\u1234"):
        return True
    return any(word.startswith(rest) for word in ("true", "false", "null", "-"))


def _object(pairs: list[tuple[str, Any]]) -> dict:
    document = dict(pairs)
    if len(document) == len(pairs):
        return document
    seen: set[str] = set()
    marked = KeyedTwice(document)
    marked.repeated = tuple(dict.fromkeys(name for name, _ in pairs if name in seen or seen.add(name)))
    return marked


def _report_repeated(document: Any, spot: Spot) -> int:
    """Record every key that stands twice; return how deep the document is nested."""
    deepest, waiting = 0, [(document, spot, 1)]
    while waiting:
        value, place, depth = waiting.pop()
        deepest = max(deepest, depth)
        for name in getattr(value, "repeated", ()):
            (place / name).fault(f"Khóa “{quoted(name)}” đứng hai lần.", f"The key “{quoted(name)}” stands twice.")
        if depth <= DEEPEST:
            inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            waiting.extend((item, place / name, depth + 1) for name, item in inside)
    return deepest


def _refused(place: str, line: int, column: int, vi: str, en: str) -> Refused:
    return Refused([Fault(f"{place}:{line}:{column}", en, vi)])
