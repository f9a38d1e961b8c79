"""Numbers as they are written: Vietnamese and English marks, rounding half up, no minus before a zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.numbers import FORMATS, NumberFormat, shown_change, shown_difference, written_in

VI, EN = FORMATS["vi"], FORMATS["en"]


def test_there_are_two_languages() -> None:
    assert [*FORMATS.items()] == [("vi", NumberFormat(",", ".", "–")), ("en", NumberFormat(".", ",", "–"))]


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1000, 0, "1.000", "1,000"),
        (-1234567, 0, "−1.234.567", "−1,234,567"),
        (Decimal("310660.25"), 2, "310.660,25", "310,660.25"),
        (7, 2, "7,00", "7.00"),
        (12345678901234, 0, "12.345.678.901.234", "12,345,678,901,234"),
        (Decimal("99999999999999.9999"), 4, "99.999.999.999.999,9999", "99,999,999,999,999.9999"),
        (1e20, 0, "100.000.000.000.000.000.000", "100,000,000,000,000,000,000"),
    ],
)
def test_marks(value: Decimal | float, decimals: int, vi: str, en: str) -> None:
    assert VI.number(value, decimals) == vi
    assert EN.number(value, decimals) == en


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "−1"),
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (99.995, 2, "100.00"),
        (99.9949, 2, "99.99"),
        (Decimal("99.6241"), 2, "99.62"),
    ],
)
def test_halves_are_rounded_up_as_written_not_as_stored(value: Decimal | float, decimals: int, written: str) -> None:
    assert EN.number(value, decimals) == written


@pytest.mark.parametrize("value", [-0.0, Decimal("-0"), -0.004, Decimal("-0.0049")])
def test_no_minus_before_a_zero(value: Decimal | float) -> None:
    assert VI.number(value, 2) == "0,00"
    assert VI.points(value, 2) == "0,00"
    assert VI.shortest(Decimal(str(value)).quantize(Decimal("0.1"))) == "0"


@pytest.mark.parametrize(
    ("value", "written"), [(0.42, "+0,42"), (-3, "−3,00"), (0, "0,00"), (1234.5, "+1.234,50"), (None, "–")]
)
def test_points_carry_their_sign(value: float | None, written: str) -> None:
    assert VI.points(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("99.6200"), "99,62"),
        (Decimal("450.0000"), "450"),
        (Decimal("1200"), "1.200"),
        (6651, "6.651"),
        (0.1 + 0.2, "0,3"),
        (46.98331193838254, "46,9833"),
        (0.00004, "0"),
        (0.00005, "0,0001"),
        (-0.00004, "0"),
        (0, "0"),
    ],
)
def test_shortest_keeps_the_decimals_there_are(value: Decimal | float, written: str) -> None:
    assert VI.shortest(value) == written


def test_percent_keeps_its_sign_on_the_line() -> None:
    assert VI.percent(99.6241) == "99,62\u00a0%"
    assert EN.percent(100, 0) == "100\u00a0%"


def test_a_percentage_is_never_rounded_to_all_or_nothing() -> None:
    # 82937 of 82940 is 99.9964 %.
    assert VI.percent(100 * 82937 / 82940) == ">\u00a099,99\u00a0%"
    assert VI.percent(99.9949) == "99,99\u00a0%"
    assert EN.percent(0.004) == "<\u00a00.01\u00a0%"
    assert EN.percent(99.96, 1) == ">\u00a099.9\u00a0%"
    assert [EN.percent(value) for value in (0, 100, 120, 0.005)] == [
        "0.00\u00a0%",
        "100.00\u00a0%",
        "120.00\u00a0%",
        "0.01\u00a0%",
    ]


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (99.0049, 98.9551, 0.04),  # 99,00 and 98,96 are shown, which are 0,04 apart: exactly it is 0.0498
        (98.9551, 99.0049, -0.04),
        (99.004, 98.996, 0.0),
        (100.0, 99.9999, 0.01),  # shown as 100,00 and > 99,99
        (0.0001, 0.0, 0.01),
        (120.0, 99.5, 20.5),
        (None, 99.5, None),
        (99.5, None, None),
    ],
)
def test_a_change_is_what_a_reader_subtracts(now: float | None, before: float | None, change: float | None) -> None:
    assert shown_change(now, before) == change


def test_a_difference_of_counts_is_that_of_what_is_written() -> None:
    assert shown_difference(Decimal("10.5"), Decimal("9.4"), 0) == 2.0  # 11 and 9
    assert shown_difference(Decimal("10.54"), 9.41, 1) == 1.1
    assert shown_difference(99.9, 99.4, 0) == 1.0  # no percentages: 100 and 99
    assert shown_difference(None, 1, 0) is None


def test_cells_group_thousands_and_say_which_way() -> None:
    assert (VI.share(46, 3321), EN.share(1046, 3321)) == ("46 / 3.321", "1,046 / 3,321")
    assert [VI.shortest(value, signed=True) for value in (1234.5, -3, 0, None)] == ["+1.234,5", "−3", "0", "–"]


@pytest.mark.parametrize(
    ("units", "said"), [("1", "1 unit has none"), ("16", "16 units have none"), (0, "0 units have none")]
)
def test_words_agree_with_their_count(units: object, said: str) -> None:
    assert written_in("{units} {units:unit has|units have} none", {"units": units}) == said


def test_a_value_is_no_text_of_ours() -> None:
    assert written_in("{label}: {days:day|days}", {"label": "{days:a|b}", "days": 1}) == "{days:a|b}: day"


def test_missing_is_not_zero() -> None:
    assert [VI.number(None), VI.shortest(None), VI.percent(None), EN.points(None)] == ["–"] * 4
    assert NumberFormat(",", ".", missing="không có").number(None) == "không có"


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_what_is_written_can_be_read_again(value: Decimal) -> None:
    for format_, marks in ((VI, {".": "", ",": "."}), (EN, {",": ""})):
        plain = format_.shortest(value).translate(str.maketrans({**marks, "−": "-"}))
        assert Decimal(plain) == value
