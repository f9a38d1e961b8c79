"""Places of findings in the words of who wrote the report."""

import polars as pl
import pytest

from pages.kit.words import Words
from pages.quality.places import places_in_words, row_in_words

ROWS = pl.DataFrame(
    [
        ("annex", "Phụ lục 4", "line:24", "3.1", "Số hồ sơ đã giải quyết"),
        ("annex", "Phụ lục 4", "line:25", None, "Trả trực tiếp"),
        ("annex", "Phụ lục 5", "page:2, table:1, row:7", "1", "Biên chế " + "được giao trong năm " * 4),
        ("narrative", "", "line:9", None, "tiếp nhận hồ sơ"),
        ("narrative", "", "line:9", None, "đã giải quyết"),
    ],
    schema=["source", "annex", "place", "code", "label"],
    orient="row",
)
FOURTH, PASSAGE = "Phụ lục 4, STT 3.1: “Số hồ sơ đã giải quyết”", "Lời văn, đoạn có “tiếp nhận hồ sơ”"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Phụ lục 4, line:24", FOURTH),
        ("Phụ lục 4, line:24, line:25", f"{FOURTH}; Phụ lục 4: “Trả trực tiếp”"),
        ("line:9, Phụ lục 4, line:24", f"{PASSAGE}; {FOURTH}"),
        ("Phụ lục 4, line:24, line:9", f"{FOURTH}; {PASSAGE}"),
        (
            "Phụ lục 5, page:2, table:1, row:7",
            "Phụ lục 5, STT 1: “Biên chế được giao trong năm được giao trong năm được giao trong năm …” "
            "(trang 2, bảng 1, dòng 7)",
        ),
        ("line:3", "Lời văn, dòng 3"),
        ("Phụ lục 4, line:99", "Phụ lục 4, dòng 99"),
        ("report", "toàn báo cáo"),
        ("Phụ lục 4", "Phụ lục 4"),
    ],
)
def test_a_place_is_said_by_what_stands_there(place: str, said: str) -> None:
    assert places_in_words([place], ROWS, Words("vi")) == [said]


def test_a_row_alone_has_its_whole_label() -> None:
    (row,) = ROWS.filter(annex="Phụ lục 5").iter_rows(named=True)
    label = "Biên chế " + " ".join(["được giao trong năm"] * 4)
    assert row_in_words(Words("vi"), row) == f"Phụ lục 5, STT 1: “{label}” (trang 2, bảng 1, dòng 7)"


def test_places_are_said_in_english_too() -> None:
    assert places_in_words(["Phụ lục 4, line:24", "line:9"], ROWS, Words("en")) == [
        "Phụ lục 4, no. 3.1: “Số hồ sơ đã giải quyết”",
        "Running text, the passage with “tiếp nhận hồ sơ”",
    ]
