"""Rows held in memory by stretches, and put beside each other by unit and period."""

import polars as pl
import pytest

from warehouse.answers.grid import Grid
from warehouse.answers.held import Held

ROWS = pl.DataFrame(
    [("2023", 2, 1.0), ("2023", 5, 2.0), ("2023", 9, 3.0), ("2024", 5, 4.0), ("2024", 65535, None)],
    schema={"period": pl.Categorical, "unit_no": pl.UInt16, "value": pl.Float64},
    orient="row",
)
HELD = Held.by(ROWS, "period")


@pytest.mark.parametrize(
    ("first", "last", "period", "values"),
    [
        (1, 9, "2023", [1.0, 2.0, 3.0]),
        (3, 8, "2023", [2.0]),
        (5, 5, "2024", [4.0]),
        (5, 65535, "2024", [4.0, None]),
        (6, 8, "2023", []),
        (1, 9, "2022", []),
        (-1, -1, "2023", []),  # no unit
        (9, 2, "2023", []),
    ],
)
def test_a_stretch_is_cut_between_two_units(first: int, last: int, period: str, values: list[float | None]) -> None:
    found = HELD.between(first, last, period)
    assert found["value"].to_list() == values
    assert found.schema == {**ROWS.schema, "period": pl.String}


def test_some_units_are_found_under_one_key_or_under_all() -> None:
    assert HELD.of([5]).rows() == [("2023", 5, 2.0), ("2024", 5, 4.0)]
    assert HELD.of([9, 5], "2023").rows() == [("2023", 5, 2.0), ("2023", 9, 3.0)]
    assert HELD.of([], "2023").rows() == HELD.of([5], "2022").rows() == HELD.of([-1]).rows() == []


def test_nothing_can_be_held() -> None:
    nothing = Held.by(ROWS.clear(), "period")
    assert nothing.between(1, 9, "2023").schema == nothing.of([5]).schema == {**ROWS.schema, "period": pl.String}
    assert nothing.stretches == {}


def test_a_key_can_be_of_several_columns() -> None:
    levels = pl.Series("level", ["commune", "commune", "district", "district", "district"], dtype=pl.Categorical)
    held = Held.by(ROWS.with_columns(levels), "level", "period")
    assert {key: (part.start, part.stop) for key, part in held.stretches.items()} == {
        ("commune", "2023"): (0, 2),
        ("district", "2023"): (2, 3),
        ("district", "2024"): (3, 5),
    }


def test_rows_stand_in_the_line_of_their_unit_and_period() -> None:
    units = pl.DataFrame({"unit_no": [9, 5], "name": ["nine", "five"]}, schema_overrides={"unit_no": pl.UInt16})
    grid = Grid(units, pl.DataFrame({"period": ["2023", "2024"], "position": [1, 2]}))
    assert grid.lines().rows() == [
        *((9, "nine", "2023", 1), (9, "nine", "2024", 2)),
        *((5, "five", "2023", 1), (5, "five", "2024", 2)),
    ]
    beside = grid.beside(HELD.rows.with_columns(pl.col("period").cast(pl.String)))
    assert beside.columns == ["value"]
    assert beside["value"].to_list() == [3.0, None, 2.0, 4.0]
