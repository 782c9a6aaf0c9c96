"""Vietnamese order and search."""

import pytest

from core.collation import fold, sort_key


@pytest.mark.parametrize(
    "names",
    [
        [
            "An",
            "Ăn",
            "Ân",
            "Bản",
            "Chiềng An",
            "Chiềng Cơi",
            "Dương",
            "Đoàn Kết",
            "Em",
            "Ê",
            "Ngọc",
            "Ô",
            "Ơn",
            "Uông",
            "Ưng",
            "Yên",
        ],
        ["ma", "mà", "mả", "mã", "má", "mạ", "man"],
        ["Mường Bú", "Mường Chanh", "Mường É", "Mường Giôn"],
        ["4.2", "4.10", "10.1"],
    ],
)
def test_names_sort_as_in_a_vietnamese_list(names):
    backwards = list(reversed(names))

    assert sorted(backwards, key=sort_key) == names


def test_composed_and_decomposed_spelling_sort_alike():
    assert sort_key("Mường Ê\u0301") == sort_key("Mường Ế")


@pytest.mark.parametrize(
    ("name", "typed"), [("Đoàn Kết", "doan ket"), ("Phường Tô Hiệu", "TO HIEU"), ("Sốp  Cộp", "sốp cộp")]
)
def test_search_ignores_tone_marks_and_case(name, typed):
    assert fold(typed) in fold(name)
