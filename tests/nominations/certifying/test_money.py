"""Bonuses by hand-worked examples, amounts in words by the rules of the language."""

import itertools
from decimal import Decimal

import pytest

from nominations.certifying.money import bonus_vnd, coefficient_text, in_figures, in_words


@pytest.mark.parametrize(
    ("coefficient", "base_salary", "step", "amount"),
    [
        ("1.5", 2_340_000, 1, 3_510_000),
        ("3", 2_340_000, 1, 7_020_000),
        ("1.5", 2_530_000, 1, 3_795_000),
        ("3", 2_530_000, 1, 7_590_000),
        ("1.5", 2_530_000, 10_000, 3_800_000),
        ("3.0", 2_340_000, 10_000, 7_020_000),
        ("0.3", 2_530_000, 1, 759_000),
        ("0.1", 3, 1, 1),
        ("0.3333333333333333333333333333", 3, 1, 1),
        ("1.0000000000000000000000000001", 1_000_000, 1, 1_000_001),
    ],
)
def test_a_bonus_is_exact_and_rounded_up(coefficient, base_salary, step, amount):
    assert bonus_vnd(Decimal(coefficient), base_salary, step) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi bốn đồng"),
        (55, "Năm mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (115, "Một trăm mười lăm đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (759_000, "Bảy trăm năm mươi chín nghìn đồng"),
        (3_510_000, "Ba triệu năm trăm mười nghìn đồng"),
        (3_795_000, "Ba triệu bảy trăm chín mươi lăm nghìn đồng"),
        (7_020_000, "Bảy triệu không trăm hai mươi nghìn đồng"),
        (10_000_005, "Mười triệu không trăm linh năm đồng"),
        (136_890_000, "Một trăm ba mươi sáu triệu tám trăm chín mươi nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (2_005_000_000, "Hai tỷ không trăm linh năm triệu đồng"),
        (21_000_000_021, "Hai mươi mốt tỷ không trăm hai mươi mốt đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (1_001_000_000_000, "Một nghìn không trăm linh một tỷ đồng"),
    ],
)
def test_amounts_in_words(amount, words):
    assert in_words(amount) == words


def read(words: str) -> int:
    """The number that the words say: a reader of its own, to hold the writer against."""
    values = dict(zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], itertools.count()))
    values |= {"mốt": 1, "lăm": 5, "linh": 0}
    total = thousand = group = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word == "trăm":
            group *= 100
        elif word == "mười":
            group += 10
        elif word == "mươi":
            ones = group % 10
            group += ones * 10 - ones
        elif word in ("nghìn", "triệu"):
            thousand += group * {"nghìn": 1_000, "triệu": 1_000_000}[word]
            group = 0
        elif word == "tỷ":
            total, thousand, group = (total + thousand + group) * 10**9, 0, 0
        else:
            group += values[word]
    return total + thousand + group


def test_every_amount_is_read_back_as_it_was():
    amounts = [*range(2_000), *range(0, 10**7, 9_973), *range(0, 10**12, 10**12 // 997), 10**15 + 1, 10**18 - 1]

    assert [amount for amount in amounts if read(in_words(amount)) != amount] == []


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_what_has_no_words_is_an_error(amount):
    with pytest.raises(ValueError, match="No words"):
        in_words(amount)


def test_amounts_and_coefficients_in_figures():
    assert (in_figures(7_020_000), in_figures(0)) == ("7.020.000 đồng", "0 đồng")
    assert [coefficient_text(Decimal(text)) for text in ("1.50", "3", "0.3", "10")] == ["1,5", "3", "0,3", "10"]
