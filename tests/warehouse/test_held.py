"""Rows held in memory by stretches, and put beside each other by unit and period."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from small import FORMS, HOANG_HOA, NOW, small_reports

from warehouse.answers import Scope
from warehouse.answers.ahead import hold_ahead
from warehouse.answers.arrays import (
    array_of,
    arrays_of,
    at,
    chosen,
    found_at,
    frame_of,
    index_of,
    order_of,
    percent,
    places_of,
    printed,
)
from warehouse.answers.grid import Grid
from warehouse.answers.held import Held
from warehouse.answers.ranks import ranking
from warehouse.answers.sums import overview
from warehouse.frames import alike, beside, rows_where, rows_with
from warehouse.model import batch_of
from warehouse.store import ENTRY_BYTES, Room, Warehouse, open_warehouse
from warehouse.versions.publish import publish

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


def test_a_key_can_be_null_and_its_rows_stay_together() -> None:
    rates = pl.Series("rate", [None, None, None, "a", "a"], pl.Enum(["a"]))
    held = Held.by(ROWS.with_columns(rates, pl.Series("indicator", ["i", "i", "i", None, None])), "rate", "indicator")
    assert held.stretches == {(None, "i"): slice(0, 3), ("a", None): slice(3, 5)}
    assert held.of([5], None, "i")["value"].to_list() == [2.0]
    assert held.of([5], "a", None)["value"].to_list() == [4.0]


def test_rows_are_chosen_by_what_they_have() -> None:
    table = pl.DataFrame({"a": ["x", None, "x"], "b": [1, 1, 2]})
    assert rows_where(table, np.array([True, False, True])).rows() == [("x", 1), ("x", 2)]
    assert rows_where(table, table["a"] == "x").rows() == [("x", 1), ("x", 2)]
    assert rows_with(table, a="x", b=2).rows() == [("x", 2)]
    assert rows_with(table).rows() == table.rows()


def test_rows_stand_in_the_line_of_their_unit_and_period() -> None:
    grid = Grid([9, 5], ["2023", "2024"])
    assert grid.of_units({"name": np.array(["nine", "five"])})["name"].tolist() == ["nine", "nine", "five", "five"]
    assert grid.of_periods({"position": np.array([1, 2])})["position"].tolist() == [1, 2, 1, 2]
    periods = HELD.rows["period"].cast(pl.String).to_list()
    beside = grid.beside(HELD.rows["unit_no"].to_list(), periods, arrays_of(HELD.rows, ("value",)))
    np.testing.assert_array_equal(beside["value"], [3.0, np.nan, 2.0, 4.0])
    assert grid.beside([5], ["2022"], {"text": np.array(["a"], dtype=object)})["text"].tolist() == [None] * 4
    with pytest.raises(ValueError, match="two rows"):
        grid.beside([5, 5], ["2024", "2024"], {"value": np.ones(2)})
    assert Grid([], ["2024"]).beside([5], ["2024"], {"value": np.ones(1)})["value"].size == 0


# Small tables as arrays ------------------------------------------------------------------------------------


def test_a_table_is_the_same_after_it_was_arrays() -> None:
    table = pl.DataFrame(
        [("a", 1, 2.5, date(2024, 6, 30), True, Decimal("12.3400")), (None, None, None, None, None, None)],
        schema={
            **{"text": pl.String, "count": pl.Int64, "share": pl.Float64, "day": pl.Date, "truth": pl.Boolean},
            "part": pl.Decimal(18, 4),
        },
        orient="row",
    )
    assert_frame_equal(frame_of(arrays_of(table, table.columns), table.schema), table)
    assert array_of(pl.Series(["b", None], dtype=pl.Enum(["a", "b"]))).tolist() == ["b", None]


def test_a_place_that_is_none_takes_what_is_missing() -> None:
    places = places_of(np.array([7, 3, 9], dtype=np.uint16), np.array([3, 7], dtype=np.uint16))
    assert places.tolist() == [1, 0, -1]
    np.testing.assert_array_equal(at(np.array([10.0, 20.0]), places), [20.0, 10.0, np.nan])
    assert pl.Series(["x", "y"])[index_of(places)].to_list() == ["y", "x", None]
    assert found_at(order_of(["c", "a"]), ["a", "b"]).tolist() == [1, -1]
    with pytest.raises(ValueError, match="two rows"):
        order_of(["a", "a"])


def test_percentages_are_rounded_as_decimals_are() -> None:
    with_halves = np.array([0.0000005, 12.3456785, 99.9999995, 33.3333335, 100.0, np.nan])
    rounded = pl.Series(with_halves).round(6, mode="half_away_from_zero").to_numpy()
    np.testing.assert_array_equal(printed(with_halves), rounded)
    np.testing.assert_array_equal(
        percent(np.array([1.0, 0, np.nan, 3]), np.array([4.0, 0, 2, 2])), [25, np.nan, np.nan, 150]
    )


def test_the_first_code_that_holds_is_chosen() -> None:
    size = np.array([1, 5, 9])
    kinds = ("small", "large", "none")
    column = chosen("kind", kinds, {"large": size > 4, "small": size > 0})
    assert (column.to_list(), column.dtype) == (["small", "large", "large"], pl.Enum(kinds))
    assert chosen("kind", kinds, {"large": size > 8}, "none").to_list() == ["none", "none", "large"]
    assert chosen("kind", kinds, {"large": size > 8}).to_list() == [None, None, "large"]


def test_columns_stand_beside_or_in_place_of_others() -> None:
    table = pl.DataFrame({"a": [1, 2], "b": [3, 4]})
    changed = beside(table, [alike("c", "x", 2), pl.Series("a", [5, 6])])
    assert changed.rows(named=True) == [{"a": 5, "b": 3, "c": "x"}, {"a": 6, "b": 4, "c": "x"}]


# What is made is kept --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """So many bytes."""

    bytes: int

    def estimated_size(self) -> int:
        return self.bytes


def test_what_many_want_at_once_is_made_by_one() -> None:
    room, made, ready = Room(10_000_000), [], Barrier(8)

    def want(number: int) -> Block:
        def make() -> Block:
            made.append(number)
            return Block(1)

        ready.wait()
        return room.get("one", make)

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(want, range(8)))
    assert len(made) == 1
    assert all(each is got[0] for each in got)


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    size = 1_000_000 - ENTRY_BYTES
    room, made = Room(2_000_000), []

    def get(name: str) -> None:
        room.get(name, lambda: made.append(name) or Block(size))

    for name in ("a", "b", "a", "c", "a", "b"):
        get(name)
    assert made == ["a", "b", "c", "b"]
    room.clear()
    get("a")
    assert made[-1] == "a"


def test_what_is_larger_than_all_room_is_given_and_not_kept() -> None:
    room, made = Room(1000), []
    for _ in range(2):
        assert room.get("a", lambda: made.append("a") or Block(2000)).bytes == 2000
    assert made == ["a", "a"]


def test_what_could_not_be_made_is_tried_again() -> None:
    room = Room(1_000_000)

    def fail() -> Block:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        room.get("a", fail)
    assert room.get("a", lambda: Block(3)).bytes == 3


class Noting(Warehouse):
    """A version that notes what it is asked, and on which map."""

    def ask(self, question: str, parameters: Mapping[str, Any] | None = None, as_text: bool = True) -> pl.DataFrame:
        self.memory.setdefault("asked", []).append((question, (parameters or {}).get("boundary")))
        return super().ask(question, parameters, as_text)

    @property
    def asked(self) -> list[tuple[str, str | None]]:
        return list(self.memory["asked"])


@pytest.fixture
def noting(tmp_path: Path) -> Noting:
    publish(tmp_path, batch_of(small_reports()), FORMS, "load")
    opened = open_warehouse(tmp_path)
    return Noting(opened.number, opened.path, opened.connection)


def test_after_what_is_held_ahead_a_ranking_reads_no_rates(noting: Noting) -> None:
    hold_ahead(noting)
    held = noting.asked
    wanted = {"reporting", "rates_of_level", "sums_of_level"}
    assert {(question, boundary) for question in wanted for boundary in ("then", "now", "estimated")} <= set(held)
    found = ranking(noting, Scope(HOANG_HOA, "commune", NOW), "on_time_rate", "received", 10)
    overview(noting, Scope(HOANG_HOA, "commune", NOW))
    assert found.height == 3
    assert wanted.isdisjoint(question for question, _ in noting.asked[len(held) :])
    noting.forget()
    ranking(noting, Scope(HOANG_HOA, "commune", NOW), "on_time_rate", "received", 10)
    assert noting.asked[-1] == ("reporting", "then")


def test_no_map_is_held_ahead_that_would_push_out_the_one_before(noting: Noting) -> None:
    room = noting.held.left
    hold_ahead(noting)
    narrow = Noting(noting.number, noting.path, noting.connection, held=Room((room - noting.held.left) // 2))
    hold_ahead(narrow)
    assert {boundary for question, boundary in narrow.asked if question == "rates_of_level"} == {"then"}


def test_of_a_version_forgotten_while_it_is_read_ahead_nothing_stays(noting: Noting) -> None:
    room = noting.held.left
    hold_ahead(noting)
    assert noting.held.left < room
    noting.forget()
    hold_ahead(noting)
    assert noting.held.left == room
