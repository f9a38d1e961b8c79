"""The questions in SQL that SQLite and PostgreSQL both run: rates are worked out from the facts when asked for."""

# ruff: noqa: S608 - what is put into the SQL are numbers and codes of the catalogue

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.peers.data import LEVEL, Data, Draw, Z
from warehouse.model import NATION

Rows = list[tuple[Any, ...]]
LEVELS = {"province": 0, "district": 1, "commune": 2}
_COUNTED = LEVELS[LEVEL]
_PERCENT = "floor(100.0 * numerator / denominator * 1000000 + 0.5) / 1000000"
FACTS_OUT = (
    "SELECT indicator, period, CASE level WHEN 'province' THEN 0 WHEN 'district' THEN 1 ELSE 2 END, unit_no, value "
    "FROM read_parquet('{path}')"
)


class Do(Protocol):
    """Runs a statement, once or for many rows."""

    def __call__(self, sql: str, rows: list[Any] | None = None) -> None:
        """With a `?` for every value of a row."""


def make_small_tables(data: Data, do: Do) -> None:
    """Units, territory, codes and the terms of the rates, with their indexes."""
    do("CREATE TABLE unit (unit_no INTEGER PRIMARY KEY, unit_code TEXT, level INTEGER)")
    do("INSERT INTO unit VALUES (?, ?, ?)", [(no, code, LEVELS[level]) for no, code, level in data.units.iter_rows()])
    do("CREATE TABLE within (unit_code TEXT, member_no INTEGER, PRIMARY KEY (unit_code, member_no))")
    members = data.territory.select("unit_code", "member_no").rows()
    do("INSERT INTO within VALUES (?, ?)", members)
    for table, codes in (("period", data.periods), ("indicator", data.indicators)):
        do(f"CREATE TABLE {table} (position INTEGER PRIMARY KEY, code TEXT)")
        do(f"INSERT INTO {table} VALUES (?, ?)", list(codes.items()))
    do("CREATE TABLE formula (formula INTEGER PRIMARY KEY, rate TEXT, definition TEXT)")
    do("INSERT INTO formula VALUES (?, ?, ?)", [(no, f.rate, f.definition) for no, f in enumerate(data.formulas)])
    do("CREATE TABLE term (indicator INTEGER, formula INTEGER, side INTEGER, PRIMARY KEY (indicator, formula, side))")
    numbers = data.indicator_numbers
    do(
        "INSERT INTO term VALUES (?, ?, ?)",
        [
            (numbers[indicator], number, side)
            for number, formula in enumerate(data.formulas)
            for side, part in enumerate((formula.numerator, formula.denominator, formula.unless))
            for indicator in part
        ],
    )


@dataclass(frozen=True)
class SqlPeer:
    """One database that answers; `size` in bytes on disk."""

    name: str
    data: Data
    ask: Callable[[str], Rows]
    size: int

    def ranking(self, draw: Draw) -> Rows:
        """Window functions over the rates of two periods, joined on the unit."""
        formula = self.data.formula(draw)
        now, before = self.data.moments(draw)
        names = ("place", "percent", "low", "high")
        kept = ", ".join(f"max(CASE WHEN period = {now} THEN {name} END) AS {name}" for name in names)
        worth = "percent" if formula.direction == "down" else "-percent"
        return self.ask(f"""
            WITH rated AS ({self._one(draw, (now, before))}),
            figure AS (
                SELECT period, unit_no, {_PERCENT} AS percent, {_wilson(formula.cases)}
                FROM rated WHERE denominator >= {draw.minimum}
            ),
            ranked AS (SELECT *, rank() OVER (PARTITION BY period ORDER BY {worth}) AS place FROM figure),
            both_years AS (
                SELECT unit_no, {kept},
                       max(CASE WHEN period = {before} THEN place END) AS place_before,
                       max(CASE WHEN period = {before} THEN percent END) AS percent_before
                FROM ranked GROUP BY unit_no
            )
            SELECT unit_code, place, percent, low, high, place_before, percent_before, percent - percent_before
            FROM both_years JOIN unit ON unit.unit_no = both_years.unit_no
            WHERE place IS NOT NULL
            ORDER BY place, unit_code""")

    def trend(self, draw: Draw) -> Rows:
        """The sums of one rate, period by period."""
        return self.ask(f"""
            WITH rated AS ({self._one(draw, self.data.reported)})
            SELECT period.code, sum(numerator), sum(denominator), 100.0 * sum(numerator) / sum(denominator), count(*)
            FROM rated JOIN period ON period.position = rated.period
            GROUP BY period.position, period.code ORDER BY period.position""")

    def profile(self, draw: Draw) -> tuple[Rows, Rows]:
        """All rates of the units around with rank and quartiles, and the facts of one."""
        now, before = self.data.moments(draw)
        falling = [number for number, formula in enumerate(self.data.formulas) if formula.direction == "down"]
        worth = f"CASE WHEN formula IN ({_listed(falling or [-1])}) THEN percent ELSE -percent END"
        rates = self.ask(f"""
            WITH rated AS ({self._all(draw)}),
            figure AS (SELECT formula, period, unit_no, {_PERCENT} AS percent FROM rated),
            both_years AS (
                SELECT *, max(CASE WHEN period = {before} THEN percent END) OVER (PARTITION BY formula, unit_no) AS past
                FROM figure
            ),
            ranked AS (
                SELECT *, rank() OVER (PARTITION BY formula ORDER BY {worth}) AS place,
                       row_number() OVER (PARTITION BY formula ORDER BY percent) AS at,
                       count(*) OVER (PARTITION BY formula) AS ranked
                FROM both_years WHERE period = {now}
            ),
            quartile AS (
                SELECT formula, {", ".join(f"sum(percent * {_quartile(part)}) AS q{part}" for part in (1, 2, 3))}
                FROM ranked GROUP BY formula
            )
            SELECT unit.unit_code, rate, definition, percent, past, place, ranked, q1, q2, q3
            FROM ranked AS now
            JOIN unit ON unit.unit_no = now.unit_no
            JOIN formula ON formula.formula = now.formula
            JOIN quartile ON quartile.formula = now.formula
            ORDER BY rate, definition, unit.unit_code""")
        facts = self.ask(f"""
            SELECT indicator.code, now.value, before.value
            FROM fact AS now
            JOIN indicator ON indicator.position = now.indicator
            LEFT JOIN fact AS before
              ON before.unit_no = now.unit_no AND before.period = {before} AND before.level = now.level
             AND before.indicator = now.indicator
            WHERE now.unit_no = {self.data.numbers[draw.commune]} AND now.period = {now} AND now.level = {_COUNTED}
            ORDER BY now.indicator""")
        return rates, facts

    def overview(self, draw: Draw) -> Rows:
        """All rates under all definitions, added up."""
        now, before = self.data.moments(draw)
        return self.ask(f"""
            WITH rated AS ({self._all(draw)}),
            added AS (
                SELECT formula, period, count(*) AS units, sum(numerator) AS numerator, sum(denominator) AS denominator
                FROM rated GROUP BY formula, period
            )
            SELECT rate, definition, now.units, now.numerator, now.denominator,
                   100.0 * now.numerator / now.denominator, before.units, before.numerator, before.denominator,
                   100.0 * before.numerator / before.denominator
            FROM added AS now
            JOIN formula ON formula.formula = now.formula
            LEFT JOIN added AS before ON before.period = {before} AND before.formula = now.formula
            WHERE now.period = {now}
            ORDER BY rate, definition""")

    def _one(self, draw: Draw, periods: Sequence[int]) -> str:
        """Numerator and denominator under one definition, of the units that were asked for all and gave all."""
        formula = self.data.formula(draw)
        numerator, denominator, unless = (
            _listed(self.data.indicator_numbers[indicator] for indicator in part) or "-1"
            for part in (formula.numerator, formula.denominator, formula.unless)
        )
        wanted = _listed({self.data.indicator_numbers[indicator] for indicator in formula.indicators})
        return _complete(f"""
            SELECT period, unit_no,
                   CASE WHEN count(CASE WHEN indicator IN ({numerator}) THEN value END) = {len(formula.numerator)}
                         AND count(CASE WHEN indicator IN ({unless}) THEN 1 END) = 0
                        THEN sum(CASE WHEN indicator IN ({numerator}) THEN value END) END AS numerator,
                   CASE WHEN count(CASE WHEN indicator IN ({denominator}) THEN value END) = {len(formula.denominator)}
                        THEN sum(CASE WHEN indicator IN ({denominator}) THEN value END) END AS denominator
            FROM fact
            WHERE indicator IN ({wanted}) AND period IN ({_listed(periods)}) AND level = {_COUNTED} {_within(draw)}
            GROUP BY period, unit_no""")

    def _all(self, draw: Draw) -> str:
        """The same under all definitions, of the draw's period and a year before."""
        wanted = _listed({self.data.indicator_numbers[name] for each in self.data.formulas for name in each.indicators})
        numerators, denominators = (
            " ".join(f"WHEN {number} THEN {len(part)}" for number, part in enumerate(parts))
            for parts in zip(*((each.numerator, each.denominator) for each in self.data.formulas), strict=True)
        )
        return _complete(f"""
            SELECT term.formula, period, unit_no,
                   CASE WHEN count(CASE WHEN side = 0 THEN value END) = CASE term.formula {numerators} END
                         AND count(CASE WHEN side = 2 THEN 1 END) = 0
                        THEN sum(CASE WHEN side = 0 THEN value END) END AS numerator,
                   CASE WHEN count(CASE WHEN side = 1 THEN value END) = CASE term.formula {denominators} END
                        THEN sum(CASE WHEN side = 1 THEN value END) END AS denominator
            FROM fact JOIN term ON term.indicator = fact.indicator
            WHERE fact.indicator IN ({wanted}) AND period IN ({_listed(self.data.moments(draw))})
              AND level = {_COUNTED} {_within(draw)}
            GROUP BY term.formula, period, unit_no""")


def _complete(parts: str) -> str:
    """Those with both parts. Not as HAVING, of which PostgreSQL expects next to no rows and then joins row by row."""
    return f"SELECT * FROM ({parts}) AS parts WHERE numerator IS NOT NULL AND denominator > 0"


def _within(draw: Draw) -> str:
    if draw.around == NATION:
        return f"AND unit_no IN (SELECT unit_no FROM unit WHERE level = {_COUNTED})"
    return f"AND unit_no IN (SELECT member_no FROM within WHERE unit_code = '{draw.around}')"


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _quartile(part: int) -> str:
    """The weight of the figure at place `at` (from 1) of `ranked` in a quartile, interpolated."""
    whole, rest = f"(ranked - 1) * {part} / 4", f"((ranked - 1) * {part} % 4) / 4.0"
    return f"(CASE WHEN at = {whole} + 1 THEN 1 - {rest} WHEN at = {whole} + 2 THEN {rest} ELSE 0 END)"


def _wilson(cases: bool) -> str:
    """The two ends of the 95 % interval in percent; null of what is not counted in cases."""
    if not cases:
        return "NULL AS low, NULL AS high"
    share = "(CASE WHEN numerator > denominator THEN 1.0 ELSE numerator / denominator END)"
    middle = f"{share} + {Z**2 / 2} / denominator"
    reach = f"{Z} * sqrt({share} * (1 - {share}) / denominator + {Z**2 / 4} / (denominator * denominator))"
    ends = zip("-+", ("low", "high"), strict=True)
    return ", ".join(f"100 * ({middle} {sign} {reach}) / (1 + {Z**2} / denominator) AS {end}" for sign, end in ends)
