"""Codes: random, and read however they are typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import ALPHABET, MOST_TYPED, read_code
from nominations.certifying.codes import new_code, new_token


def test_new_codes_have_their_form_and_differ():
    codes, tokens = {new_code(2027) for _n in range(500)}, {new_token() for _n in range(500)}

    assert len(codes) == len(tokens) == 500
    assert all(re.fullmatch(f"SL27[{ALPHABET}]{{8}}", code) for code in codes)
    assert all(len(token) == 22 for token in tokens)


def test_the_alphabet_has_nothing_that_is_mistaken():
    assert not set(ALPHABET) & set("01ILOU")


@pytest.mark.parametrize(
    "typed",
    [
        "SL277K4MQ2XD",
        "SL27-7K4M-Q2XD",
        "sl27 7k4m q2xd",
        " SL27–7K4M—Q2XD ",
        "ＳＬ２７－７Ｋ４Ｍ－Ｑ２ＸＤ",
        "sl27_7k4m\tq2xd\n",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "SL277K4MQ2XD"


@given(st.text(max_size=2 * MOST_TYPED))
def test_anything_can_be_typed(typed):
    assert len(read_code(typed)) <= 20 * MOST_TYPED
