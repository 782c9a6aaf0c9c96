"""The single values that SET.json holds. Each kind reads strictly and writes its canonical form."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from .exact import decimal_from_text, decimal_text, plain_decimal
from .faults import quoted
from .records import Spot

CODE_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
DATE_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 8785 writes numbers as IEEE doubles; beyond this an integer would change its value.
LARGEST_INTEGER = 2**53 - 1


class Text:
    """Text in NFC. `filled` wants at least one character that is not a space."""

    def __init__(self, filled: bool = False):
        self.filled = filled

    def read(self, value: Any, spot: Spot) -> str:
        if not isinstance(value, str):
            raise spot.fault("Ở đây phải là văn bản (chuỗi JSON).", "A text (JSON string) is expected here.")
        if any(char < " " and char not in "\t\n\r" or "\ud800" <= char <= "\udfff" for char in value):
            raise spot.fault("Văn bản có ký tự không hợp lệ.", "The text holds a character that is not allowed.")
        if self.filled and not value.strip():
            raise spot.fault("Văn bản này không được để trống.", "This text must not be empty.")
        return unicodedata.normalize("NFC", value)

    def write(self, value: str) -> str:
        return value


class Code(Text):
    def read(self, value: Any, spot: Spot) -> str:
        text = super().read(value, spot)
        if not CODE_TEXT.fullmatch(text):
            raise spot.fault(
                f"Mã “{quoted(text)}” không hợp lệ: chỉ gồm A-Z, a-z, 0-9 và dấu . _ -, tối đa 32 ký tự.",
                f"The code “{quoted(text)}” is not valid: A-Z, a-z, 0-9 and then also . _ -, at most 32 in all.",
            )
        return text


class Exactly:
    """A constant, such as the format's name."""

    def __init__(self, expected: str):
        self.expected = expected

    def read(self, value: Any, spot: Spot) -> str:
        if value != self.expected:
            raise spot.fault(f"Giá trị phải là “{self.expected}”.", f"The value must be “{self.expected}”.")
        return value

    def write(self, value: str) -> str:
        return value


class Integer:
    def __init__(self, low: int | None = None, high: int | None = None):
        self.low, self.high = low, high

    def read(self, value: Any, spot: Spot) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise spot.fault(
                "Ở đây phải là số nguyên JSON, không có dấu ngoặc kép.",
                "A JSON integer without quotes is expected here.",
            )
        low, high = (
            (-LARGEST_INTEGER if self.low is None else self.low),
            (LARGEST_INTEGER if self.high is None else self.high),
        )
        if not low <= value <= high:
            raise spot.fault(
                f"Số {value} phải nằm từ {low} đến {high}.", f"The number {value} must lie between {low} and {high}."
            )
        return value

    def write(self, value: int) -> int:
        return value


class Number:
    """A decimal, written as a JSON string. Bounds are inclusive unless `above` is given."""

    def __init__(self, low: str | None = None, high: str | None = None, above: str | None = None):
        self.low, self.high, self.above = low, high, above

    def read(self, value: Any, spot: Spot) -> Decimal:
        number = decimal_from_text(value) if isinstance(value, str) else None
        if number is None:
            raise spot.fault(
                'Ở đây phải là số thập phân viết trong ngoặc kép, ví dụ "2.5" (tối đa 20 và 30 chữ số).',
                'A decimal in quotes is expected here, such as "2.5" (at most 20 and 30 digits).',
            )
        shown = decimal_text(number)
        if self.above is not None and not number > Decimal(self.above):
            raise spot.fault(
                f"Số {shown} phải lớn hơn {self.above}.", f"The number {shown} must be above {self.above}."
            )
        if self.low is not None and number < Decimal(self.low) or self.high is not None and number > Decimal(self.high):
            if self.high is None:
                raise spot.fault(
                    f"Số {shown} không được nhỏ hơn {self.low}.", f"The number {shown} must not be below {self.low}."
                )
            raise spot.fault(
                f"Số {shown} phải nằm từ {self.low} đến {self.high}.",
                f"The number {shown} must lie between {self.low} and {self.high}.",
            )
        return number

    def write(self, value: Decimal) -> str:
        return plain_decimal(decimal_text(value))


class Flag:
    def read(self, value: Any, spot: Spot) -> bool:
        if not isinstance(value, bool):
            raise spot.fault("Ở đây phải là true hoặc false.", "true or false is expected here.")
        return value

    def write(self, value: bool) -> bool:
        return value


class Choice:
    """One of the listed words or integers."""

    def __init__(self, *allowed: str | int):
        self.allowed = allowed

    def read(self, value: Any, spot: Spot) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in self.allowed:
            listed = ", ".join(str(word) for word in self.allowed)
            raise spot.fault(f"Giá trị phải là một trong: {listed}.", f"The value must be one of: {listed}.")
        return value

    def write(self, value: Any) -> Any:
        return value


class Day:
    def read(self, value: Any, spot: Spot) -> date:
        day = day_from_text(value) if isinstance(value, str) else None
        if day is None:
            raise spot.fault(
                "Ở đây phải là ngày có thật, viết YYYY-MM-DD.", "A real date written YYYY-MM-DD is expected here."
            )
        return day

    def write(self, value: date) -> str:
        return value.isoformat()


def day_from_text(text: str) -> date | None:
    if not DATE_TEXT.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
