"""What is asked and of whom: the questions with their columns, the product's own functions, random draws, and whether
two answers are the same.
"""

# ruff: noqa: S608 - what is put into the SQL is a level

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isclose, isnan
from typing import Any, Literal, Protocol

import pandas as pd
import polars as pl

from benchmarks.peers.data import LEVEL, Data, Draw
from warehouse.answers import Scope, Subject
from warehouse.answers.peers import peers
from warehouse.answers.profiles import unit_facts
from warehouse.answers.ranks import ranking
from warehouse.answers.sums import overview
from warehouse.answers.trends import trend
from warehouse.model import NATION
from warehouse.periods import SPANS
from warehouse.store import Warehouse

Around = Literal["district", "province", "nation"]
Answer = Any  # a table, or a tuple of tables, as the system has them
_QUARTILES = ("lower_quartile", "median", "upper_quartile")
_PAIR = ("units", "numerator", "denominator", "percent")
# Of each table of an answer the columns, how many of which are its key, and the one that must not be null.
TABLES: dict[str, tuple[tuple[tuple[str, ...], int, str | None], ...]] = {
    "ranking": ((("unit_code", "rank", "percent", "low", "high", "rank_before", "percent_before", "change"), 1, None),),
    "trend": ((("period", "numerator", "denominator", "value", "units"), 1, "value"),),
    "profile": (
        (("unit_code", "rate", "definition", "percent", "percent_before", "rank", "ranked", *_QUARTILES), 3, "percent"),
        (("indicator", "value", "value_before"), 1, None),
    ),
    "overview": ((("rate", "definition", *_PAIR, *(f"{name}_before" for name in _PAIR)), 2, None),),
}


@dataclass(frozen=True)
class Asked:
    """A question among the communes of a unit of some size."""

    question: str
    around: Around

    @property
    def name(self) -> str:
        """`ranking, nation`."""
        return f"{self.question}, {self.around}"


# In the table of results, and what is asked besides to see how the cost grows.
MAIN = (
    Asked("ranking", "nation"),
    Asked("trend", "province"),
    Asked("profile", "province"),
    Asked("overview", "province"),
    Asked("overview", "nation"),
)
BESIDES = (
    Asked("ranking", "district"),
    Asked("ranking", "province"),
    Asked("trend", "district"),
    Asked("profile", "district"),
    Asked("overview", "district"),
)


class System(Protocol):
    """What can be asked all questions."""

    @property
    def name(self) -> str:
        """As it is printed."""

    @property
    def size(self) -> int:
        """Bytes in memory, or on disk of what keeps its data there."""

    def ranking(self, draw: Draw) -> Answer:
        """Rank, percentage, interval, and the change on the year before, of every commune."""

    def trend(self, draw: Draw) -> Answer:
        """One rate added up in every period."""

    def profile(self, draw: Draw) -> Answer:
        """All rates of the communes with rank and quartiles; all facts of one commune."""

    def overview(self, draw: Draw) -> Answer:
        """All rates added up, now and a year before."""


@dataclass(frozen=True)
class Product:
    """The warehouse through the functions that the pages call."""

    warehouse: Warehouse
    name: str = "cchc"

    @property
    def size(self) -> int:
        """Bytes of the version file."""
        return self.warehouse.path.stat().st_size

    def ranking(self, draw: Draw) -> pl.DataFrame:
        """The page's ranking and the change that it shows."""
        found = ranking(self.warehouse, _scope(draw), draw.rate, draw.definition, draw.minimum)
        return found.with_columns((pl.col("percent") - pl.col("percent_before")).alias("change"))

    def trend(self, draw: Draw) -> pl.DataFrame:
        """The line of one unit."""
        return trend(self.warehouse, _scope(draw), [draw.around], Subject(draw.rate, draw.definition), SPANS)

    def profile(self, draw: Draw) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both tables of the page."""
        return (
            peers(self.warehouse, _scope(draw), draw.around, LEVEL),
            unit_facts(self.warehouse, draw.commune, draw.period, simulated=True),
        )

    def overview(self, draw: Draw) -> pl.DataFrame:
        """The tiles of the page."""
        return overview(self.warehouse, _scope(draw))


def _scope(draw: Draw) -> Scope:
    return Scope(draw.around, LEVEL, draw.period, simulated=True)


class Drawer:
    """Random draws from what a warehouse holds: the same for the same seed."""

    def __init__(self, warehouse: Warehouse, data: Data, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        with warehouse.connection.cursor() as cursor:
            self._rates = cursor.sql(
                "SELECT DISTINCT period, rate, definition FROM rate "
                f"WHERE level = '{LEVEL}' AND simulated AND percent IS NOT NULL ORDER BY ALL"
            ).fetchall()
            self._communes = dict(
                cursor.sql(
                    "SELECT period, list(unit_code ORDER BY unit_code) FROM report "
                    f"WHERE level = '{LEVEL}' AND simulated AND superseded_by IS NULL GROUP BY period"
                ).fetchall()
            )
        level = dict(zip(data.units["unit_code"], data.units["level"], strict=True))
        self._above = {
            (commune, level[unit]): unit
            for unit, commune in data.territory.select("unit_code", "member_code").iter_rows()
            if unit in level
        }

    def draw(self, around: Around) -> Draw:
        """A rate and period, a commune that reported, and the unit around it; again where it lay in no district."""
        while True:
            period, rate, definition = self._random.choice(self._rates)
            commune = self._random.choice(self._communes[period])
            unit = NATION if around == "nation" else self._above.get((commune, around))
            if unit:
                return Draw(unit, commune, period, rate, definition, self._random.choice((1, 10, 30)))


def asker(system: System, question: str) -> Callable[[Draw], Answer]:
    """The system's function for a question."""
    found: Callable[[Draw], Answer] = getattr(system, question)
    return found


def same(question: str, one: Answer, other: Answer) -> bool:
    """Whether two answers are equal: ranks, counts and names exactly, figures to the last bits of a double."""
    return all(
        _equal(_rows(ours, *table), _rows(theirs, *table))
        for table, ours, theirs in zip(TABLES[question], _tables(question, one), _tables(question, other), strict=True)
    )


def _tables(question: str, answer: Answer) -> Sequence[Any]:
    several = len(TABLES[question]) > 1
    return answer if several else (answer,)


def _rows(table: Any, columns: Sequence[str], keys: int, needed: str | None) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """A table of any system as rows in the order of their key."""
    rows: Iterable[tuple[Any, ...]]
    if isinstance(table, pl.DataFrame):
        rows = table.select(columns).drop_nulls(needed or columns[0]).iter_rows()
    elif isinstance(table, pd.DataFrame):
        rows = table.itertuples(index=False, name=None)
    elif isinstance(table, tuple):
        rows = zip(*table, strict=True)
    else:
        rows = table
    return sorted((tuple(map(_plain, row)) for row in rows), key=lambda row: row[:keys])


def _plain(value: Any) -> str | float | None:  # noqa: ANN401
    if value is None or isinstance(value, str):
        return value
    number = float(value)
    return None if isnan(number) else number


def _equal(ours: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]]) -> bool:
    return len(ours) == len(theirs) and all(
        len(one) == len(other) and all(map(_equal_value, one, other)) for one, other in zip(ours, theirs, strict=True)
    )


def _equal_value(one: str | float | None, other: str | float | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-10, abs_tol=1e-8)
    return one == other
