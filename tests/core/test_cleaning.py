"""Text as it is kept."""

import pytest

from core.cleaning import clean_name, clean_text
from core.errors import Invalid, Malformed


def test_text_is_kept_in_composed_form_with_plain_line_ends():
    assert clean_text(" Nguye\u0302\u0303n\r\nA ", limit=20) == "Nguyễn\nA"


@pytest.mark.parametrize("text", ["   ", "\u200b\u200b", "\ufeff"])
def test_nothing_visible_is_nothing(text):
    assert clean_text(text, limit=10) == ""


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\ud800b"])
def test_control_characters_are_refused_with_their_place(text):
    with pytest.raises(Malformed, match="2"):
        clean_text(text, limit=10)


def test_one_character_over_the_limit_is_refused_with_both_numbers():
    with pytest.raises(Invalid, match=r"10.*11"):
        clean_text("x" * 11, limit=10)


@pytest.mark.parametrize("text", ["An\u202eh", "Sơn\u200b La"])
def test_hidden_characters_in_a_name_are_refused(text):
    with pytest.raises(Invalid):
        clean_name(text)
