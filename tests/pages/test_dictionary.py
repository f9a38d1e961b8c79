"""The dictionary page: every section, searched without accents, one indicator opened, blank told from not asked."""

from collections.abc import Callable

import pytest
from screen import Screen

from pages.dictionary.sections import SECTIONS
from pages.kit.context import Context, Selection, UnitStep
from pages.kit.tables import WRAPPED_ROW_PIXELS, heading_width
from pages.kit.words import Language, Words
from warehouse import answers
from warehouse.store import Warehouse

PHONE_PIXELS = 358  # of 390, between the margins
Open = Callable[..., Screen]

REAL = {"unit": "399", "period": "2024-6M"}

SORTS_THE_PAGE = "Bấm vào tiêu đề cột chỉ sắp xếp các dòng của trang này; muốn sắp xếp toàn bộ thì tải tệp bên dưới."


def test_every_section_shows_its_entries(open_page: Open, warehouse: Warehouse) -> None:
    counts = {name: len(open_page("dictionary", section=name, **REAL).cells()) for name in SECTIONS}
    assert counts["rules"] == answers.rules(warehouse).height
    assert (counts["rates"], counts["targets"], counts["statuses"]) == (14, 2, 7)
    assert (counts["indicators"], counts["rows"]) == (100, 100)


def test_a_long_section_is_read_page_by_page(open_page: Open, warehouse: Warehouse) -> None:
    every = answers.catalogue(warehouse).height
    pages = [open_page("dictionary", page=str(number), **REAL) for number in range(1, -(-every // 100) + 1)]
    names = [row["Tên"] for page in pages for row in page.cells()]
    assert len(names) == every
    assert f"Dòng 101–200 trên {every}. {SORTS_THE_PAGE}" in pages[1].captions
    assert {table.proto.row_height for table in pages[0].tables} == {WRAPPED_ROW_PIXELS}, "names are read whole"


def test_the_search_needs_no_accents(open_page: Open) -> None:
    screen = open_page("dictionary", search="giai quyet dung han", section="rates", **REAL)
    assert {row["Tên"] for row in screen.cells()} == {"Tỷ lệ hồ sơ giải quyết đúng hạn"}
    assert f"{len(screen.cells())}/14 mục" in screen.paragraphs
    none = open_page("dictionary", search="khong-co-muc-nay", **REAL)
    assert [info.value for info in none.test.info] == ["Không có mục nào khớp. Thử gõ ít chữ hơn."]


def test_the_formula_is_in_words(open_page: Open) -> None:
    cells = open_page("dictionary", section="rates", lang="en", **REAL).cells()
    formulas = {row["Code"]: row["Formula"] for row in cells}
    assert formulas["on_time_rate.received"] == "(Dossiers resolved on time) divided by (Dossiers received)"
    district = [
        row["Formula"] for row in cells if row["Code"] == "online_rate.all_received" and row["Level"] == "District"
    ]
    assert "Dossiers received, District + Dossiers received, Commune" in district[0]


def test_left_blank_is_told_from_not_asked(open_page: Open) -> None:
    cells = {row["Mã"]: row for row in open_page("dictionary", **REAL).cells()}
    counts = ("Có số liệu", "Để trống", "Không yêu cầu")
    assert [cells["plan_tasks"][name] for name in counts] == ["2", "0", "0"]
    assert [cells["inspection_issues_found"][name] for name in counts] == ["0", "2", "0"]
    assert [cells["plan_completion_stated"][name] for name in counts] == ["0", "0", "2"]


def test_an_indicator_opens_with_its_rows_and_rates(open_page: Open) -> None:
    screen = open_page("dictionary", indicator="dossiers_received", **REAL)
    (used,) = [text for text in screen.paragraphs if text.startswith("Tỷ lệ dùng chỉ tiêu này")]
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn \\(Đúng hạn trên hồ sơ đã tiếp nhận\\)" in used
    asking = screen.cells(1)
    assert {row["Mã"] for row in asking} == {"dossiers_received"}
    assert ("Phụ lục 01b", "3.3.1") in {(row["Phụ lục"], row["STT"]) for row in asking}


@pytest.mark.parametrize("bad", [{"section": "x"}, {"indicator": "x"}, {"search": "   "}])
def test_bad_values_count_as_not_said(open_page: Open, bad: dict[str, str]) -> None:
    assert open_page("dictionary", **bad).texts() == open_page("dictionary").texts()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_section_fits_on_a_phone(warehouse: Warehouse, section: str, language: Language) -> None:
    nation = UnitStep("VN", "Cả nước", None)
    selection = Selection((nation,), "2024-12M", "commune", simulated=True)
    columns = SECTIONS[section](Context(warehouse, Words(language), selection)).columns
    shown = [column for column in columns if column.narrow]
    widths = [max(column.narrow or 0, heading_width(column.short or column.heading)) for column in shown]
    assert len(widths) >= 2
    assert sum(widths) <= PHONE_PIXELS
