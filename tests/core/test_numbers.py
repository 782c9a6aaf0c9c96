"""Numbers as people type and read them."""

from decimal import Decimal

import pytest
from django.utils import translation

from core.errors import Invalid
from core.numbers import format_number, parse_decimal, parse_whole


@pytest.mark.parametrize(
    ("text", "value"), [("9,5", "9.5"), ("9.5", "9.5"), (" 0 ", "0"), ("-2", "-2"), ("0012,50", "12.50")]
)
def test_both_decimal_signs_are_read(text, value):
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.234,5",
        "1_0",
        "１２",
        "٣",
        "1e1",
        "NaN",
        "Infinity",
        "0x10",
        "--5",
        "5%",
        "5/10",
        "=5",
        "9,",
        ",5",
        "9 5",
        "1" * 401,
        "½",
        "1\x00",
    ],
)
def test_what_is_not_plainly_a_number_is_refused(text):
    with pytest.raises(Invalid) as refusal:
        parse_decimal(text)

    assert refusal.value.code == "ERR-NUMBER"


def test_a_grouped_whole_number_is_refused_with_the_way_to_write_it():
    with pytest.raises(Invalid, match="1234"):
        parse_whole("1.234")


@pytest.mark.parametrize(("read", "typed", "meant"), [(parse_whole, "１２", "12"), (parse_decimal, "９．５", "9.5")])
def test_full_width_digits_are_refused_with_the_way_to_write_them(read, typed, meant):
    with pytest.raises(Invalid, match=f" {meant}\\."):
        read(typed)


def test_a_negative_count_is_told_from_what_is_no_number():
    with pytest.raises(Invalid) as negative:
        parse_whole("-5")
    with pytest.raises(Invalid) as other:
        parse_whole("x5")

    assert negative.value.message != other.value.message.replace("x5", "-5")


@pytest.mark.parametrize("text", ["-1", "1,5", "１２", "1e3", ""])
def test_a_count_is_digits_only(text):
    with pytest.raises(Invalid):
        parse_whole(text)


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (Decimal("83.47"), 2, "83,47", "83.47"),
        (12021, None, "12.021", "12,021"),
        (Decimal("0.5"), 2, "0,50", "0.50"),
        (Decimal("-3.130"), None, "−3,13", "−3.13"),
        (Decimal("-0.5"), 1, "−0,5", "−0.5"),
        (None, 2, "", ""),
    ],
)
def test_numbers_are_shown_in_the_readers_language(value, places, vi, en):
    with translation.override("vi"):
        assert format_number(value, places) == vi
    with translation.override("en"):
        assert format_number(value, places) == en


def test_showing_never_rounds():
    with pytest.raises(ValueError, match="rounding"):
        format_number(Decimal("1.005"), 2)
