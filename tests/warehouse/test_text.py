"""Vietnamese text as data: one written form, one folded form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.text import fold, tidy, words

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SYLLABLES = st.tuples(st.sampled_from(LETTERS + LETTERS.upper()), st.sampled_from(TONES)).map("".join)
VIETNAMESE = st.lists(SYLLABLES | st.sampled_from([" ", "\u00a0", "\t", "-", "0", "9"])).map("".join)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Quảng Điền", "quang dien"),
        ("ĐẶC KHU Cồn Cỏ", "dac khu con co"),
        ("Thừa Thiên Huế", "thua thien hue"),
        ("Ðắk Lắk", "dak lak"),  # the Icelandic eth that some keyboards give for Đ
        ("ươƯƠ ăâêôơ", "uouo aaeoo"),
        ("  Mỹ\u00a0Đức\n", "my duc"),
        ("", ""),
        (" \t ", ""),
        ("Tỷ lệ: 99,2 %", "ty le: 99,2 %"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Số TTHC/ danh mục (mới)", "so tthc danh muc moi"),
        ("TP. Hồ Chí Minh", "tp ho chi minh"),
        ("Tỷ lệ %", "ty le %"),
        ("“Một cửa” – liên thông…", "mot cua lien thong"),
        ("...", ""),
    ],
)
def test_words(text: str, key: str) -> None:
    assert words(text) == key


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("\u200b1\u00ad49\ufeff", "149"),  # as pasted from web pages
        ("Hoa\u0300 Vinh", "Hoà Vinh"),
        (" a\u00a0\u2003b\r\n\tc ", "a b c"),
        ("Đ", "Đ"),
        ("", ""),
    ],
)
def test_tidy(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(VIETNAMESE)
def test_both_ways_of_writing_an_accent_are_one(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert tidy(composed) == tidy(decomposed)
    assert fold(composed) == fold(decomposed) == fold(tidy(text))
    assert words(composed) == words(decomposed)


@given(VIETNAMESE)
def test_a_folded_vietnamese_text_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text.upper()) == fold(text.lower())


@given(st.text())
def test_done_twice_is_done_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)
    assert words(words(text)) == words(text)
    assert unicodedata.is_normalized("NFC", tidy(text))
