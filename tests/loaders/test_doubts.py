"""Figures not taken at their word: the row that asks, the unit it prints, and the file's other numbers decide."""

import re
from decimal import Decimal
from importlib.resources import files
from typing import get_args

import pytest

from loaders.annexes import find_annexes
from loaders.document import Document, Row, Table
from loaders.doubts import Marks, Rule, marks_of, read_figure
from loaders.ratios import PERHAPS, RATIO
from loaders.repeats import RULE as REPEATED
from warehouse.tables import read_catalogue

DOSSIERS, PEOPLE, RATE = "dossiers_received", "staff_present", "plan_completion_stated"
CUT, CUT_RATE = "staff_downsized", "civil_servants_cut_rate_stated"
NOT_TAKEN = {*get_args(Rule), REPEATED, RATIO, PERHAPS}
NONE, VIETNAMESE, ENGLISH = Marks(), Marks(vietnamese=True), Marks(english=True)
POINTS, BOTH = Marks(points=True), Marks(vietnamese=True, english=True)


@pytest.fixture(scope="module")
def money() -> str:
    return str(read_catalogue("indicators").filter(measure="million_vnd")["indicator"][0])


@pytest.mark.parametrize(
    ("raw", "unit", "indicator", "marks", "value", "rule"),
    [
        ("4.340", "Hồ sơ", DOSSIERS, NONE, "4340", ""),
        ("0", "Hồ sơ", DOSSIERS, NONE, "0", ""),
        ("-5", "Hồ sơ", DOSSIERS, NONE, None, "figure_negative"),
        ("-5 hồ sơ", "Hồ sơ", DOSSIERS, NONE, None, "figure_negative"),
        ("-5", "%", RATE, NONE, "-5", ""),
        ("-5", "Người", CUT, NONE, None, "figure_negative_cut"),
        ("-5 người", "Người", "service_staff_downsized", NONE, None, "figure_negative_cut"),
        ("-10,5", "%", CUT_RATE, NONE, "-10.5", ""),
        ("5", "Người", CUT, NONE, "5", ""),
        ("3,5", "Người", PEOPLE, NONE, None, "figure_not_whole"),
        ("4.34", "Hồ sơ", DOSSIERS, NONE, None, "figure_not_whole"),
        ("3,0", "Người", PEOPLE, NONE, "3.0", ""),
        ("98%", "Hồ sơ", DOSSIERS, NONE, None, "figure_in_percent"),
        ("4.340", "%", DOSSIERS, NONE, None, "figure_not_whole"),
        ("999.999.999", "Hồ sơ", DOSSIERS, NONE, "999999999", ""),
        ("1.000.000.000", "Hồ sơ", DOSSIERS, NONE, None, "figure_too_large"),
        ("-1.000.000.000", "Hồ sơ", DOSSIERS, NONE, None, "figure_too_large"),
        ("99999999999999", "%", RATE, NONE, None, "figure_too_large"),
        ("5.000.000.000", "Hồ sơ", None, NONE, None, "figure_too_large"),
        ("5.000.000.000", "Đồng", None, NONE, "5000000000", ""),
        # figures among words and marks
        ("- 5", "Hồ sơ", DOSSIERS, NONE, None, "figure_with_words"),
        ("(5)", "Hồ sơ", DOSSIERS, NONE, None, "figure_with_words"),
        ("–5", "Hồ sơ", DOSSIERS, NONE, None, "figure_negative"),
        ("khoảng 500", "Hồ sơ", DOSSIERS, NONE, None, "figure_with_words"),
        ("Tổng: 15", "Hồ sơ", DOSSIERS, NONE, None, "figure_with_words"),
        ("> 90%", "%", RATE, NONE, None, "figure_with_words"),
        ("12 (trong đó 5 qua mạng)", "Hồ sơ", DOSSIERS, NONE, None, "figure_with_words"),
        ("02 đ/c", "Người", PEOPLE, NONE, None, "figure_with_words"),
        ("01/02/2024", "Hồ sơ", DOSSIERS, NONE, None, "figure_with_words"),
        ("Theo Kế hoạch số 12", "Hồ sơ", DOSSIERS, NONE, None, ""),
        ("12 34", "Hồ sơ", DOSSIERS, NONE, None, ""),  # told by a rule of its own
        ("khoảng 500", "", None, NONE, None, ""),
        ("-", "Hồ sơ", DOSSIERS, NONE, None, ""),
        ("/", "Hồ sơ", DOSSIERS, NONE, None, ""),
        # a comma before three digits
        ("1,234", "Hồ sơ", DOSSIERS, NONE, None, "figure_ambiguous"),
        ("1,234 hồ sơ", "Hồ sơ", DOSSIERS, NONE, None, "figure_ambiguous"),
        ("1,234", "Hồ sơ", DOSSIERS, ENGLISH, "1234", ""),
        ("1,234", "Hồ sơ", DOSSIERS, POINTS, "1234", ""),
        ("1,234", "Hồ sơ", DOSSIERS, VIETNAMESE, None, "figure_not_whole"),
        ("1,234", "Hồ sơ", DOSSIERS, BOTH, None, "figure_ambiguous"),
        ("1,234,567", "Hồ sơ", DOSSIERS, ENGLISH, "1234567", ""),
        ("1,234,567", "Hồ sơ", DOSSIERS, BOTH, None, "figure_ambiguous"),
        ("1,234", "", None, NONE, None, "figure_ambiguous"),
        ("1,234", "", None, POINTS, None, "figure_ambiguous"),
        ("1,234", "", None, VIETNAMESE, "1.234", ""),
        ("0,625", "", None, NONE, "0.625", ""),
        ("99,625", "%", RATE, NONE, "99.625", ""),
        ("99,625", "%", RATE, ENGLISH, "99.625", ""),
        # the unit written behind the figure, where the row has none or another word
        ("46 hồ sơ", "", DOSSIERS, NONE, "46", ""),
        ("1.046 Hồ sơ", "nt", DOSSIERS, NONE, "1046", ""),
        ("46 số hồ sơ", "", DOSSIERS, NONE, "46", ""),
        ("46 người", "", DOSSIERS, NONE, None, "figure_with_words"),
        ("46 hồ sơ", "Triệu đồng", DOSSIERS, NONE, None, "figure_with_words"),
        ("46 hồ sơ", "Nghìn đồng", DOSSIERS, NONE, None, "figure_with_words"),
        ("46 hồ sơ", "%", DOSSIERS, NONE, None, "figure_with_words"),
        ("46 hồ sơ", "Lần", DOSSIERS, NONE, None, "figure_with_words"),
        ("46 hồ sơ", "Số hồ sơ", DOSSIERS, NONE, "46", ""),
        ("46 nghìn hồ sơ", "", DOSSIERS, NONE, None, "figure_with_words"),
        ("46 hồ sơ", "Nghìn hồ sơ", DOSSIERS, NONE, None, "measure_multiplied"),
        ("-5 hồ sơ", "", DOSSIERS, NONE, None, "figure_negative"),
        ("1,234 hồ sơ", "", DOSSIERS, NONE, None, "figure_ambiguous"),
        ("46 hồ sơ", "", None, NONE, None, ""),
        ("99.625", "", RATE, NONE, "99.625", ""),
        ("99.625", "Văn bản", RATE, NONE, "99625", ""),
        # units of measure
        ("12", "Nghìn hồ sơ", DOSSIERS, NONE, None, "measure_multiplied"),
        ("12", "1.000 hồ sơ", DOSSIERS, NONE, None, "measure_multiplied"),
        ("12", "Trạm y tế", DOSSIERS, NONE, "12", ""),
        ("12", "Tỷ lệ", DOSSIERS, NONE, "12", ""),
        ("12", "Nghìn hồ sơ", None, NONE, "12", ""),
        ("Không phát sinh", "Nghìn hồ sơ", DOSSIERS, NONE, None, ""),
    ],
)
def test_a_figure_has_a_value_only_where_it_can_be_believed(
    raw: str, unit: str, indicator: str | None, marks: Marks, value: str | None, rule: str
) -> None:
    figure = read_figure(raw, unit, "Số liệu", indicator, marks)
    assert (figure.reading.value, figure.rule) == (None if value is None else Decimal(value), rule or None)
    assert (figure.reading.status == "reported") == (value is not None)


@pytest.mark.parametrize(
    ("unit", "column", "multiple"),
    [
        ("Triệu đồng", "Số liệu", ""),
        ("triệu đ", "Số liệu", ""),
        ("Triệu VNĐ", "Số liệu", ""),
        ("1.000.000 đồng", "Số liệu", ""),
        ("", "Số liệu", ""),
        ("", "Số liệu (triệu đồng)", ""),
        ("Đồng", "Số liệu", "Đồng"),
        ("Tỷ đồng", "Số liệu", "Tỷ đồng"),
        ("tỉ", "Số liệu", "tỉ"),
        ("Nghìn tỷ đồng", "Số liệu", "Nghìn tỷ đồng"),
        ("1.000 đồng", "Số liệu", "1.000 đồng"),
        ("", "Số liệu (ĐVT: nghìn đồng)", "ĐVT: nghìn đồng"),
    ],
)
def test_money_in_another_unit_than_millions_is_not_used(unit: str, column: str, multiple: str, money: str) -> None:
    figure = read_figure("9,5", unit, column, money, NONE)
    told = {"unit": multiple, "expected": "triệu đồng", "expected_en": "million VND"}
    assert figure.reading.value == (None if multiple else Decimal("9.5"))
    assert figure.told == (told if multiple else None)


@pytest.mark.parametrize(
    ("heading", "indicator", "unit", "multiple"),
    [
        ("Số liệu (x 1000)", DOSSIERS, "Hồ sơ", "x 1000"),
        ("Số liệu x1000", DOSSIERS, "Hồ sơ", "x1000"),
        ("Số liệu (× 1.000)", DOSSIERS, "", "× 1.000"),
        ("Số liệu x1000", RATE, "", "x1000"),
        ("Số liệu x1000", RATE, "%", ""),
        ("Số liệu (nghìn hồ sơ)", RATE, "%", ""),
        ("Số liệu (nghìn hồ sơ)", DOSSIERS, "%", "nghìn hồ sơ"),
        ("Số liệu (triệu đồng)", DOSSIERS, "Hồ sơ", "triệu đồng"),
        ("Số liệu (tỷ đồng)", DOSSIERS, "", "tỷ đồng"),
        ("Số liệu (triệu đồng)", RATE, "", "triệu đồng"),
        ("Số liệu (triệu đồng)", RATE, "%", ""),
        ("Số liệu (triệu đồng)", RATE, "Tỷ lệ phần trăm", ""),
        ("Số liệu (%)", DOSSIERS, "Hồ sơ", "%"),
        ("Số liệu (ĐVT: %)", PEOPLE, "", "ĐVT: %"),
        ("Số liệu (tỷ lệ %)", PEOPLE, "", "tỷ lệ %"),
        ("Số liệu (%)", RATE, "%", ""),
        ("Số liệu (hồ sơ)", DOSSIERS, "Hồ sơ", ""),
        ("Số liệu (đợt 1)", DOSSIERS, "Hồ sơ", ""),
        ("Số liệu (số lượng, %)", DOSSIERS, "Hồ sơ", ""),
    ],
)
def test_a_heading_in_another_unit_than_the_rows_gives_no_value(
    heading: str, indicator: str, unit: str, multiple: str
) -> None:
    figure = read_figure("12", unit, heading, indicator, NONE)
    assert figure.reading.value == (None if multiple else Decimal(12))
    assert (figure.rule, (figure.told or {}).get("unit", "")) == ("measure_multiplied" if multiple else None, multiple)


@pytest.mark.parametrize(
    ("raw", "unit", "indicator", "value", "rule"),
    [
        ("98,5", "%", RATE, "98.5", None),
        ("98,5%", "", RATE, "98.5", None),
        ("98,5 %", "%", RATE, "98.5", None),
        ("12", "", DOSSIERS, None, "measure_multiplied"),
        ("12", "Hồ sơ", DOSSIERS, "12", None),
        ("98%", "", DOSSIERS, None, "figure_in_percent"),
    ],
)
@pytest.mark.parametrize("above", ["nghìn hồ sơ", "1.000 hồ sơ"])
def test_a_percentage_is_no_multiple_of_what_is_counted_in_the_table(
    above: str, raw: str, unit: str, indicator: str, value: str | None, rule: str | None
) -> None:
    figure = read_figure(raw, unit, "Số liệu", indicator, NONE, "" if unit else above)
    assert (figure.reading.value, figure.rule) == (None if value is None else Decimal(value), rule)


@pytest.mark.parametrize(("heading", "multiple"), [("Số liệu (%)", "%"), ("Số liệu (x 1000)", "x 1000")])
def test_a_heading_in_no_money_gives_money_no_value(heading: str, multiple: str, money: str) -> None:
    assert read_figure("12", "Triệu đồng", heading, money, NONE).told == {
        "unit": multiple,
        "expected": "triệu đồng",
        "expected_en": "million VND",
    }


@pytest.mark.parametrize(
    ("raw", "unit", "above", "value", "rule"),
    [
        ("1.234,5 triệu đồng", "", "", "1234.5", None),
        ("1.234 Triệu đồng", "nt", "", "1234", None),
        ("1.234 triệu đồng", "Triệu đồng", "", "1234", None),
        ("1.234 tỷ đồng", "", "", None, "figure_with_words"),
        ("1.234 nghìn đồng", "Triệu đồng", "", None, "figure_with_words"),
        ("1.234 triệu đồng", "Tỷ đồng", "", None, "figure_with_words"),
        ("1.234 triệu đồng", "", "nghìn đồng", None, "measure_multiplied"),
    ],
)
def test_money_with_its_unit_in_the_cell(
    raw: str, unit: str, above: str, value: str | None, rule: str | None, money: str
) -> None:
    figure = read_figure(raw, unit, "Số liệu", money, NONE, above)
    assert (figure.reading.value, figure.rule) == (None if value is None else Decimal(value), rule)


def test_money_in_dong_is_told_by_its_unit_not_by_its_size(money: str) -> None:
    assert read_figure("310.660.000.000", "Đồng", "Số liệu", money, NONE).rule == "measure_multiplied"
    assert read_figure("310.660.000.000", "Triệu đồng", "Số liệu", money, NONE).rule == "figure_too_large"


@pytest.mark.parametrize(
    ("printed", "marks"),
    [
        ((("5", ""), ("Không", "")), NONE),
        ((("1,234", ""), ("99,625", "")), NONE),
        ((("4.340", ""),), VIETNAMESE),
        ((("9,5", ""),), VIETNAMESE),
        ((("99,4%", "%"),), VIETNAMESE),
        ((("99.625", "%"),), NONE),
        ((("99.6%", "%"),), POINTS),
        ((("1,234,567", ""),), ENGLISH),
        ((("1,234.5 hồ sơ", "Hồ sơ"),), ENGLISH),
        ((("1,234.5", ""), ("4.340", "")), BOTH),
    ],
)
def test_the_marks_of_a_file_are_told_by_the_numbers_that_can_be_read_in_one_way(
    printed: tuple[tuple[str, str], ...], marks: Marks
) -> None:
    header = Row(("STT", "Nội dung", "ĐVT", "Số liệu"), "line:1")
    rows = [Row((str(number), f"Việc {number}", unit, raw), "line:2") for number, (raw, unit) in enumerate(printed, 1)]
    assert marks_of(find_annexes(Document("made.txt", (Table((header, *rows)),)))) == marks


def test_a_figure_that_was_not_taken_at_its_word_is_not_said_to_be_too_long() -> None:
    """The check of endless figures leaves out exactly what these remarks say."""
    sql = (files("warehouse") / "checks" / "rows.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"'(figure_\w+|measure_\w+)'", sql)) - {"figure_too_long"} == NOT_TAKEN
    assert set(read_catalogue("rules")["rule"]) >= NOT_TAKEN
