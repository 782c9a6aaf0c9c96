"""Vietnamese order and search without tone marks, the same on every database: two keys stored beside the name.

Order: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y; the tone only breaks ties: ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import re
import unicodedata

_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEY = {letter: chr(ord("A") + position) for position, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def sort_key(text: str) -> str:
    """A key whose plain code-point order is Vietnamese order; words first, tones last; numbers by their value."""
    letters, tones = [], []
    padded = re.sub(r"\d+", lambda number: number.group().zfill(8), text.casefold())
    for char in unicodedata.normalize("NFC", padded):
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        letters.append(_LETTER_KEY.get(bare, " "))
        tones.append(tone)
    return " ".join("".join(letters).split()) + " " + "".join(tones)


def fold(text: str) -> str:
    """For search: lower case, no tone or letter marks, đ as d, single spaces."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())
