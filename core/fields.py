"""Database fields the product needs on both engines."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models


def plain(value: Decimal) -> str:
    """The shortest plain text of a decimal: no exponent, no trailing zeros, no negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class PointsField(models.CharField):
    """Points as an exact Decimal, stored as text: SQLite keeps DECIMAL as a float of 15 digits. Never summed in SQL."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Decimal(value)

    def to_python(self, value):
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(value)
        except InvalidOperation as error:
            raise ValidationError(f"{value!r} is not a decimal.") from error

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else plain(value)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""


class JSONField(models.JSONField):
    """Django's, without its CHECK (JSON_VALID(...)) on SQLite, which `PRAGMA trusted_schema=OFF` refuses as unsafe."""

    def db_check(self, connection):
        return None
