"""Places of findings in the words of who wrote the report."""

import json
from typing import Any

import polars as pl
import pytest

from pages.kit.words import Words
from pages.quality.places import places_in_words, row_in_words
from warehouse.numbers import Language

ROWS = pl.DataFrame(
    [
        ("annex", "Phụ lục 4", "line:24", "3.1", "Số hồ sơ đã giải quyết", "12", 12.0, "dossiers_resolved"),
        ("annex", "Phụ lục 4", "line:25", None, "Trả trực tiếp", "5", 5.0, None),
        ("annex", "Phụ lục 5", "page:2, table:1, row:7", "1", "Biên chế " + "được giao trong năm " * 4, "", None, None),
        ("narrative", "", "line:9", None, "tiếp nhận hồ sơ (tổng số)", "1.102", 1102.0, "dossiers_received"),
        ("narrative", "", "line:9", None, "đã giải quyết", "04", 4.0, "dossiers_resolved"),
        ("narrative", "", "line:9", None, "đạt", "96,4%", 96.4, None),
        ("narrative", "", "line:12", None, "đã tổ chức", "đã tổ chức", 1.0, "dialogue_held"),
    ],
    schema=["source", "annex", "place", "code", "label", "raw_value", "value", "indicator"],
    orient="row",
)
FOURTH, PASSAGE = "Phụ lục 4, STT 3.1: “Số hồ sơ đã giải quyết”", "Lời văn, đoạn có “tiếp nhận hồ sơ”: 1.102"


def said_of(place: str, compared: dict[str, Any], language: Language = "vi") -> str:
    found = pl.DataFrame({"place": [place], "compared": [json.dumps(compared)]})
    (said,) = places_in_words(found, ROWS, Words(language))
    return said


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
    assert said_of(place, {}) == said


@pytest.mark.parametrize(
    ("place", "compared", "said"),
    [
        ("line:9", {"indicator": "dossiers_resolved", "told_value": 4.0, "value": 5.0}, "“đã giải quyết”: 04"),
        ("line:9", {"whole": "dossiers_received", "total": 9}, "“tiếp nhận hồ sơ”: 1.102"),
        (
            "line:9",
            {"whole": "dossiers_received", "part_names": ["dossiers_resolved"]},
            "“tiếp nhận hồ sơ”: 1.102; “đã giải quyết”: 04",
        ),
        ("line:9", {"received": 1102, "resolved": None}, "“tiếp nhận hồ sơ”: 1.102"),
        ("line:9", {"numerator": 9.0, "denominator": 11.0, "stated_percent": 96.4}, "“đạt”: 96,4%"),
        ("line:12", {"indicator": "dialogue_held"}, "“đã tổ chức”"),
        (
            "line:3",
            {"numerator": 2154.0, "denominator": 3808.0, "stated_percent": 56.56},
            "tỷ lệ 56,56 % (2.154/3.808)",
        ),
        ("line:3", {"printed": "15/12/20024"}, "“15/12/20024”"),
    ],
)
def test_of_a_passage_the_figures_are_quoted_that_a_finding_is_about(
    place: str, compared: dict[str, Any], said: str
) -> None:
    assert said_of(place, compared) == f"Lời văn, đoạn có {said}"


def test_a_row_alone_has_its_whole_label() -> None:
    (row,) = ROWS.filter(annex="Phụ lục 5").iter_rows(named=True)
    label = "Biên chế " + " ".join(["được giao trong năm"] * 4)
    assert row_in_words(Words("vi"), row) == f"Phụ lục 5, STT 1: “{label}” (trang 2, bảng 1, dòng 7)"


def test_places_are_said_in_english_too() -> None:
    assert said_of("Phụ lục 4, line:24", {}, "en") == "Phụ lục 4, no. 3.1: “Số hồ sơ đã giải quyết”"
    assert said_of("line:9", {}, "en") == "Running text, the passage with “tiếp nhận hồ sơ”: 1.102"
