"""The checks: each is a query in `checks/` that returns the offending rows; none is a pass.

A row names its rule, its report and its place, and carries the values it compared. The sentences come
from the catalogue's `rules.csv`, with those values written in, in both languages.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.numbers import FORMATS, Language, written_in
from warehouse.periods import is_period, parse_period, spoken
from warehouse.tables import read_catalogue

CHECKS = Path(__file__).parent / "checks"
_OPTIONAL = ("hint_vi", "hint_en")  # what a remark may add to its sentence
_ALL_TIERS = "_area"
_FIGURES = ("told_value", "value", "value_before")
_LANGUAGES: tuple[Language, Language] = ("vi", "en")


@dataclass(frozen=True)
class _Words:
    """The names of indicators and rates in one language, what the tiers are called in it, and which are percentages."""

    language: Language
    names: dict[str, str]
    tiers: dict[str, str]
    percentages: frozenset[str]

    def figure(self, value: float | None, code: object) -> str:
        """`96,43 %` of an indicator that is a percentage, `494` of another."""
        written = FORMATS[self.language].shortest(value)
        return f"{written} %" if value is not None and code in self.percentages else written

    def named(self, code: object, level: object) -> str:
        """`Tỷ lệ hồ sơ giải quyết đúng hạn (cấp xã)`; what counts all tiers says so in its own name."""
        name = self.names.get(str(code), str(code))
        tier = self.tiers.get(str(level))
        return name if tier is None or str(code).split("_stated")[0].endswith(_ALL_TIERS) else f"{name} ({tier})"


def find_problems(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Run every check over the units and periods in the table `touched`; the rows of `finding`.

    Their facts (`checked_fact`) and printed percentages stand in tables that `derive/checked.sql` makes.
    """
    rules = {row["rule"]: row for row in read_catalogue("rules").iter_rows(named=True)}
    words = _words(connection)
    found: list[dict[str, Any]] = []
    for check in sorted(CHECKS.glob("*.sql")):
        rows = connection.sql(check.read_text(encoding="utf-8")).pl().iter_rows(named=True)
        found.extend(_finding(row, rules[row["rule"]], words) for row in rows)
    columns = ("report_id", "rule", "severity", "place", "message_vi", "message_en", "compared")
    return pl.DataFrame(found, schema=dict.fromkeys(columns, pl.String))


def _finding(row: dict[str, Any], rule: dict[str, str], words: tuple[_Words, ...]) -> dict[str, Any]:
    compared = {key: value for key, value in row.items() if key not in ("rule", "report_id", "place")}
    if isinstance(compared.get("compared"), str):  # a remark brings its values as JSON
        compared = json.loads(compared["compared"])
    messages = {
        f"message_{one.language}": written_in(template, _written(compared, one, template))
        for one in words
        for template in (rule[f"message_{one.language}"],)
    }
    return {
        "report_id": row["report_id"],
        "rule": row["rule"],
        "severity": rule["severity"],
        "place": row["place"],
        **messages,
        "compared": json.dumps(compared, default=_plain, ensure_ascii=False),
    }


def _written(compared: dict[str, Any], words: _Words, template: str) -> dict[str, str]:
    """The compared values as words of one language: numbers in its marks, dates its way, codes and periods by name.

    The figures of a percentage get their sign where the sentence of `template` has none.
    """
    level = compared.get("level")
    written = dict.fromkeys(_OPTIONAL, "")
    written |= {key: _word(value, words.language) for key, value in compared.items() if not isinstance(value, list)}
    if isinstance(several := compared.get("printed"), list):
        written["printed"] = "; ".join(FORMATS[words.language].shortest(one) for one in several)
    written.setdefault("printed_en", written.get("printed", ""))  # where it is no word of the report's own
    for name in _FIGURES:
        if name in compared and f"{{{name}}} %" not in template:
            written[name] = words.figure(compared[name], compared.get("indicator"))
    tier = words.tiers.get(str(level), "")
    written["tier"] = tier[:1].upper() + tier[1:]
    if "percent" in compared:
        written["percent"] = FORMATS[words.language].number(compared["percent"], 2)
    for code, name in (("subject", "subject_name"), ("whole", "whole_name"), ("indicator", "indicator_name")):
        if code in compared:
            written[name] = words.named(compared[code], level)
    if "part_names" in compared:
        levels = compared.get("part_levels") or [level] * len(compared["part_names"])
        parts = zip(compared["part_names"], compared["part_values"], levels, strict=True)
        several = len({level, *levels}) > 1  # the tier of each is told where they differ
        written["parts"] = "; ".join(
            f"{words.named(part, its if several else None)} {words.figure(value, part)}" for part, value, its in parts
        )
    return written


def _word(value: str | date | Decimal | float | None, language: Language) -> str:
    if isinstance(value, str):
        return spoken(value, language) if is_period(value) and parse_period(value).code == value else value
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if language == "vi" else f"{value:%d %b %Y}"
    return FORMATS[language].shortest(value)


def _words(connection: duckdb.DuckDBPyConnection) -> tuple[_Words, ...]:
    rows = connection.execute(
        "SELECT indicator, name_vi, name_en, measure FROM indicator "
        "UNION ALL SELECT rate, name_vi, name_en, NULL FROM rate_name WHERE definition IS NULL"
    ).fetchall()
    percentages = frozenset(row[0] for row in rows if row[3] == "percent")
    tiers = read_catalogue("tiers").rows()
    return tuple(
        _Words(language, {row[0]: row[column] for row in rows}, {tier[0]: tier[column] for tier in tiers}, percentages)
        for column, language in enumerate(_LANGUAGES, start=1)
    )


def _plain(value: object) -> float | str:
    """Decimals and dates as JSON has them."""
    return float(value) if isinstance(value, Decimal) else str(value)
