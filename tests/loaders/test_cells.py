"""What a printed cell says: a table of cases, and what holds for every number and every text."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.cells import read_cell, vietnamese_number
from warehouse.model import Status

NO_BREAK, NARROW_NO_BREAK, THIN = "\u00a0", "\u202f", "\u2009"

REPORTED = [
    # thousands and decimals
    ("0", "", "0"),
    ("00", "", "0"),
    ("04", "", "4"),
    ("007", "", "7"),
    ("4.340", "", "4340"),
    ("310.660", "", "310660"),
    ("310.660", "Triệu đồng", "310660"),
    ("1.234.567", "", "1234567"),
    ("1.234,5", "", "1234.5"),
    ("12.345.678,90", "", "12345678.90"),
    ("1 234", "", "1234"),
    ("1 234 567,8", "", "1234567.8"),
    (f"1{NO_BREAK}234", "", "1234"),
    (f"1{NARROW_NO_BREAK}234", "", "1234"),
    (f"1{THIN}234{NO_BREAK}567", "", "1234567"),
    ("9,5", "", "9.5"),
    ("9.5", "", "9.5"),
    ("4.34", "", "4.34"),
    ("4.3400", "", "4.3400"),
    ("87,66", "%", "87.66"),
    ("-5", "", "-5"),
    ("+5", "", "5"),
    ("12.", "", "12"),
    ("12;", "", "12"),
    ("12 hồ sơ;", "Hồ sơ", "12"),
    ("１２３", "", "123"),
    ("１．２３４，５", "", "1234.5"),
    ("９９，２％", "", "99.2"),
    ("'04", "", "4"),
    ("’1.234", "", "1234"),
    ("−5", "", "-5"),
    ("–5", "", "-5"),
    ("4.340.", "", "4340"),
    (f"{NO_BREAK}12{NO_BREAK}", "", "12"),
    ("12\n", "", "12"),
    # nothing groups thousands behind a lone 0
    ("0.625", "", "0.625"),
    ("0.004", "", "0.004"),
    ("0,625", "", "0.625"),
    # percentages
    ("100%", "", "100"),
    ("100%", "%", "100"),
    ("100 %", "%", "100"),
    ("100\n%", "%", "100"),
    ("= 99.6%", "%", "99.6"),
    ("= 100 %", "%", "100"),
    ("= 43.5%", "%", "43.5"),
    ("99,2 %", "%", "99.2"),
    ("99.625", "%", "99.625"),
    ("99.625%", "", "99.625"),
    ("99.625", " % ", "99.625"),
    ("99.625", "Tỷ lệ %", "99.625"),
    ("0.625", "%", "0.625"),
    ("0.625%", "", "0.625"),
    ("100.000", "%", "100.000"),
    ("101.250", "%", "101.250"),
    ("99.625", "Triệu đồng", "99625"),
    ("1.234.567", "%", "1234567"),
    # the form's own variable letter, or an equals sign, before the figure
    ("a/0", "Vấn đề", "0"),
    ("b/12", "Vấn đề", "12"),
    ("a/ 1.234", "", "1234"),
    ("A/7", "", "7"),
    ("đ/3", "", "3"),
    ("a = 5", "", "5"),
    ("a: 5", "", "5"),
    ("= 38", "Văn bản", "38"),
    ("=12", "", "12"),
    # the row's own unit of measure behind the figure
    ("12 văn bản", "Văn bản", "12"),
    ("12 Văn bản.", "Văn bản", "12"),
    ("5842 hồ sơ", "Hồ sơ", "5842"),
    ("5.842 hồ sơ", "Số lượng hồ sơ", "5842"),
    ("45 (hồ sơ)", "Hồ sơ", "45"),
    ("1,5 tỷ đồng", "Tỷ đồng", "1.5"),
    # the mark of a footnote behind the figure
    ("4.340¹", "", "4340"),
    ("4.340 ⁽¹⁾", "", "4340"),
    ("12²", "", "12"),
    ("99,4% ¹", "%", "99.4"),
    ("4.340*", "", "4340"),
    ("4.340 (*)", "", "4340"),
    # digits of another width
    ("１２", "", "12"),
    ("１２,５", "", "12.5"),
    # the longest figure kept
    ("12345678901234", "", "12345678901234"),
]

NOT_REPORTED: list[tuple[str, str, Status]] = [
    ("", "", "blank"),
    ("", "%", "blank"),
    (" \t\n", "", "blank"),
    (NO_BREAK, "", "blank"),
    (f"{NARROW_NO_BREAK}{THIN}", "", "blank"),
    # words
    ("Không phát sinh", "", "text"),
    ("Chưa phát sinh", "Văn bản", "text"),
    ("không", "", "text"),
    ("Có", "Không = 0 Có = 1", "text"),
    ("Tỷ lệ %", "%", "text"),
    ("Tỷ lệ %", "", "text"),
    ("Đã ban hành 2 kế hoạch, 3 công văn", "", "text"),
    ("11 tháng", "Triệu đồng", "text"),
    ("5842 hồ sơ", "Thủ tục", "text"),
    ("12 văn bản", "", "text"),
    ("45 (90%)", "Hồ sơ", "text"),
    ("01 (một)", "", "text"),
    ("a", "", "text"),
    ("I", "", "text"),
    ("O", "", "text"),
    ("Có = 1", "", "text"),
    # marks
    ("-", "", "text"),
    ("–", "", "text"),
    ("- 5", "", "text"),
    ("...", "", "text"),
    ("…", "", "text"),
    ("=", "", "text"),
    ("%", "%", "text"),
    ("/", "", "text"),
    (",", "", "text"),
    ("x", "", "text"),
    # no figure, though a machine may take it for one
    ("NaN", "", "text"),
    ("nan", "", "text"),
    ("Infinity", "", "text"),
    ("-inf", "", "text"),
    ("1e999", "", "text"),
    ("1e5", "", "text"),
    ("1_000", "", "text"),
    ("0x1F", "", "text"),
    ("½", "", "text"),
    ("#DIV/0!", "", "text"),
    ("#REF!", "", "text"),
    # figures no one can read for certain
    ("12 34", "", "text"),
    ("1234 567", "", "text"),
    ("1.23.4", "", "text"),
    ("1,234,567", "", "text"),
    ("1,234.5", "", "text"),
    ("5,", "", "text"),
    ("140\n140", "Hồ sơ", "text"),  # lines of a cell are no thousands
    ("140\n140\n", "", "text"),
    ("- 5", "", "text"),
    ("(5)", "", "text"),
    ("N/A", "", "text"),
    ("05 đ/c", "Người", "text"),
    ("1. 234", "", "text"),
    ("99, 5", "%", "text"),
    (",5", "", "text"),
    (".5", "", "text"),
    ("100%%", "", "text"),
    ("1234567890123456", "", "text"),
    ("123456789012345", "", "text"),
    ("1.234.567.890.123.456", "", "text"),
    ("9" * 5000, "", "text"),
    # dates
    ("15/12/2024", "", "text"),
    ("1/7/2025", "", "text"),
    ("2024-05-31", "", "text"),
    ("31-5-2024", "", "text"),
    ("31.5.2024", "", "text"),
    # the form's own arithmetic
    ("= b/a*100", "%", "formula"),
    ("=b/a*100%", "%", "formula"),
    ("= (a+b)/c*100", "%", "formula"),
    ("(b/a)*100", "%", "formula"),
    ("=a+b+c", "", "formula"),
    ("a+b", "", "formula"),
    ("a/b", "", "formula"),
    ("= a / b", "", "formula"),
    ("= a - đ", "", "formula"),
    ("=2108/2115*100", "%", "formula"),
    # two figures in one cell
    ("19/19", "", "ratio_text"),
    ("3/4", "", "ratio_text"),
    ("19 / 20", "", "ratio_text"),
    ("0/0", "", "ratio_text"),
    ("1.102/1.204", "", "ratio_text"),
]


@pytest.mark.parametrize(("raw", "unit_of_measure", "value"), REPORTED)
def test_a_figure_is_read(raw: str, unit_of_measure: str, value: str) -> None:
    reading = read_cell(raw, unit_of_measure)
    assert (reading.status, reading.value) == ("reported", Decimal(value))


@pytest.mark.parametrize(("raw", "unit_of_measure", "status"), NOT_REPORTED)
def test_what_is_no_figure_has_no_value_and_says_why(raw: str, unit_of_measure: str, status: Status) -> None:
    reading = read_cell(raw, unit_of_measure)
    assert (reading.status, reading.value) == (status, None)


NUMBERS = st.decimals(
    min_value=Decimal(-99_999_999_999), max_value=Decimal(99_999_999_999), allow_nan=False, places=4
).map(lambda number: number.normalize() + Decimal(0))
PERCENTS = st.decimals(min_value=Decimal(0), max_value=Decimal("999.9999"), allow_nan=False, places=4).map(
    lambda number: number.normalize() + Decimal(0)
)


def written(number: Decimal, thousands: str) -> str:
    """The Vietnamese way, e.g. `-1.234,5`."""
    return f"{number:,f}".replace(",", " ").replace(".", ",").replace(" ", thousands)


@given(number=NUMBERS, thousands=st.sampled_from([".", "", " ", NO_BREAK]))
@example(number=Decimal(4340), thousands=".")
@example(number=Decimal("0.625"), thousands=".")
def test_every_number_written_the_vietnamese_way_reads_back(number: Decimal, thousands: str) -> None:
    reading = read_cell(written(number, thousands))
    assert (reading.status, reading.value) == ("reported", number)
    assert vietnamese_number(written(number, thousands)) == number


@given(
    number=PERCENTS,
    before=st.sampled_from(["", "=", "= "]),
    behind=st.sampled_from(["%", " %", f"{NO_BREAK}%"]),
    mark=st.sampled_from([",", "."]),
)
@example(number=Decimal("99.625"), before="= ", behind="%", mark=".")
@example(number=Decimal("0.625"), before="", behind="%", mark=".")
def test_every_percentage_reads_back_whatever_its_decimal_mark(
    number: Decimal, before: str, behind: str, mark: str
) -> None:
    printed = f"{number:f}".replace(".", mark)
    expected = ("reported", number)
    with_mark, under_the_unit = read_cell(f"{before}{printed}{behind}", "%"), read_cell(printed, "%")
    assert (with_mark.status, with_mark.value) == expected
    assert (under_the_unit.status, under_the_unit.value) == expected


# Letters, digits and marks that cells are made of, so that near misses of every pattern come up often.
CELL_LIKE = st.text(alphabet="0123456789０５.,/%=+-*×() :abđx€Ee _\u00a0\u202f²½٣", max_size=24)


@given(raw=st.one_of(st.text(max_size=60), CELL_LIKE), unit_of_measure=st.sampled_from(["", "%", "Hồ sơ", "("]))
@example(raw="1e999", unit_of_measure="")
@example(raw="sNaN", unit_of_measure="")
@example(raw="-" + "9" * 400, unit_of_measure="%")
def test_no_text_raises_and_only_a_finite_reported_figure_is_a_value(raw: str, unit_of_measure: str) -> None:
    reading = read_cell(raw, unit_of_measure)
    assert (reading.status == "reported") == (reading.value is not None)
    assert reading.value is None or (reading.value.is_finite() and abs(reading.value) < Decimal(10) ** 14)


@given(words=st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ", min_size=2, max_size=40).filter(str.strip))
def test_words_without_a_digit_are_never_a_figure(words: str) -> None:
    assert read_cell(words).value is None


@pytest.mark.parametrize("raw", ["1." * 20_000, "a+" * 20_000 + "!", "1 " * 20_000, "(" * 40_000, "x" * 200_000])
def test_a_cell_as_long_as_a_book_is_text(raw: str) -> None:
    assert read_cell(raw, "Hồ sơ").status == "text"
