"""What every peer is made from: all facts of a warehouse in one file, its units, and what rates are ratios of."""

# ruff: noqa: S608 - what is put into the SQL is a level

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.model import Level
from warehouse.periods import parse_period
from warehouse.store import Warehouse

Numbers = NDArray[np.float64]
Z = 1.959964  # standard deviations that hold 95 %
LEVEL: Level = "commune"  # the tier whose own work all questions are about

# In the order in which the tables of the peers are looked up, so that none has to sort when it loads.
_FACTS = """
COPY (
    SELECT indicator.position::USMALLINT AS indicator, period.position::USMALLINT AS period, fact.level,
           unit.unit_no, fact.value::DOUBLE AS value
    FROM fact
    JOIN unit USING (unit_code)
    JOIN indicator USING (indicator)
    JOIN period USING (period)
    WHERE fact.simulated
    ORDER BY indicator.position, period.position, fact.level, unit.unit_no
) TO '{path}' (FORMAT parquet)
"""


@dataclass(frozen=True)
class Formula:
    """One rate under one definition: indicators added up on either side, which the unit must have been asked for.

    It does not apply to who was asked for one of `unless`. `cases` are counted, so that an interval means something.
    """

    rate: str
    definition: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    unless: tuple[str, ...]
    direction: str
    cases: bool

    @property
    def indicators(self) -> tuple[str, ...]:
        """All that it takes."""
        return (*self.numerator, *self.denominator, *self.unless)


@dataclass(frozen=True)
class Draw:
    """What is asked: one rate in a period, among the communes in `around`, one of which is looked at by itself."""

    around: str
    commune: str
    period: str
    rate: str
    definition: str
    minimum: int


@dataclass(frozen=True)
class Data:
    """A warehouse taken out: `facts` is a Parquet file of indicator, period, level, unit_no, value.

    `units`: unit_no, unit_code, level, the unit numbered n in row n - 1. `territory`: unit_code, member_code,
    member_no, each unit and the country with the communes that ever lay in it. `periods` and `indicators` are codes by
    position, `reported` the positions of the periods that there are facts of.
    """

    facts: Path
    units: pl.DataFrame
    territory: pl.DataFrame
    periods: dict[int, str]
    reported: tuple[int, ...]
    indicators: dict[int, str]
    formulas: tuple[Formula, ...]

    @cached_property
    def period_numbers(self) -> dict[str, int]:
        """The position of each period."""
        return {code: position for position, code in self.periods.items()}

    @cached_property
    def indicator_numbers(self) -> dict[str, int]:
        """The position of each indicator."""
        return {code: position for position, code in self.indicators.items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each unit."""
        return dict(zip(self.units["unit_code"], self.units["unit_no"], strict=True))

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The communes that ever lay in each unit."""
        lying = self.territory.group_by("unit_code").agg("member_code")
        return {unit: tuple(codes) for unit, codes in lying.iter_rows()}

    def formula(self, draw: Draw) -> Formula:
        """What the draw's rate is a ratio of."""
        return next(each for each in self.formulas if (each.rate, each.definition) == (draw.rate, draw.definition))

    def moments(self, draw: Draw) -> tuple[int, int]:
        """The positions of the draw's period and of the one a year before, -1 where the warehouse has none."""
        before = parse_period(draw.period).year_before.code
        return self.period_numbers[draw.period], self.period_numbers.get(before, -1)


def interval(share: Numbers, trials: Numbers) -> tuple[Numbers, Numbers]:
    """The ends of Wilson's 95 % interval of a proportion, in percent; written anew, to be another's computation."""
    middle = share + Z * Z / (2 * trials)
    reach = Z * np.sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials))
    whole = 1 + Z * Z / trials
    return 100 * (middle - reach) / whole, 100 * (middle + reach) / whole


def take_out(warehouse: Warehouse, folder: Path) -> Data:
    """Write the facts of a warehouse below `folder`, once, and read the rest."""
    path = folder / "facts.parquet"
    with warehouse.connection.cursor() as cursor:
        if not path.exists():
            half = path.with_suffix(".half")
            cursor.execute(_FACTS.format(path=half))
            half.rename(path)
        return Data(
            facts=path,
            units=cursor.sql("SELECT unit_no, unit_code, level FROM unit ORDER BY unit_no").pl(),
            territory=cursor.sql(
                "SELECT territory.unit_code, member_code, member_no FROM territory "
                "JOIN unit ON unit.unit_no = member_no "
                f"WHERE boundary = 'then' AND level = '{LEVEL}' ORDER BY ALL"
            ).pl(),
            periods=dict(cursor.sql("SELECT position, period FROM period ORDER BY position").fetchall()),
            reported=tuple(
                number
                for (number,) in cursor.sql(
                    "SELECT DISTINCT position FROM period JOIN report USING (period) WHERE simulated ORDER BY position"
                ).fetchall()
            ),
            indicators=dict(cursor.sql("SELECT position, indicator FROM indicator ORDER BY position").fetchall()),
            formulas=_formulas(cursor),
        )


def _formulas(cursor: duckdb.DuckDBPyConnection) -> tuple[Formula, ...]:
    """What applies to the level's own work, in the order of rates and definitions."""
    terms = cursor.sql(
        "SELECT rate, definition, side, indicator FROM rate_term "
        f"WHERE (level IS NULL OR level = '{LEVEL}') AND side <> 'stated' ORDER BY ALL"
    ).fetchall()
    sides: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for rate, definition, side, indicator in terms:
        sides[rate, definition][side].append(indicator)
    directions = dict(cursor.sql("SELECT rate, direction FROM rate_name WHERE definition IS NULL").fetchall())
    money = {
        indicator
        for (indicator,) in cursor.sql(
            "SELECT indicator FROM indicator WHERE measure IN ('million_vnd', 'percent', 'code', 'text')"
        ).fetchall()
    }
    return tuple(
        Formula(
            rate,
            definition,
            tuple(side["numerator"]),
            tuple(side["denominator"]),
            tuple(side["unless"]),
            direction=directions[rate] or "up",
            cases=not money & {*side["numerator"], *side["denominator"]},
        )
        for (rate, definition), side in sides.items()
    )
