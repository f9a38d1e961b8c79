"""The checks: each is a query in `checks/` that returns the offending rows; none is a pass.

A row names its rule, its report and its place, and carries the values it compared. The sentences come
from the catalogue's `rules.csv`, with those values written in, in both languages.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.numbers import FORMATS, Language
from warehouse.tables import read_catalogue

CHECKS = Path(__file__).parent / "checks"
_OPTIONAL = ("hint_vi", "hint_en")  # what a remark may add to its sentence
_LANGUAGES: tuple[Language, Language] = ("vi", "en")


def find_problems(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Run every check over the units and periods in the table `touched`; the rows of `finding`."""
    rules = {row["rule"]: row for row in read_catalogue("rules").iter_rows(named=True)}
    names = _names(connection)
    found: list[dict[str, Any]] = []
    for check in sorted(CHECKS.glob("*.sql")):
        rows = connection.sql(check.read_text(encoding="utf-8")).pl().iter_rows(named=True)
        found.extend(_finding(row, rules[row["rule"]], names) for row in rows)
    columns = ("report_id", "rule", "severity", "place", "message_vi", "message_en", "compared")
    return pl.DataFrame(found, schema=dict.fromkeys(columns, pl.String))


def _finding(row: dict[str, Any], rule: dict[str, str], names: dict[Language, dict[str, str]]) -> dict[str, Any]:
    compared = {key: value for key, value in row.items() if key not in ("rule", "report_id", "place")}
    if isinstance(compared.get("compared"), str):  # a remark brings its values as JSON
        compared = json.loads(compared["compared"])
    messages = {
        f"message_{language}": rule[f"message_{language}"].format(**_written(compared, language, names[language]))
        for language in _LANGUAGES
    }
    return {
        "report_id": row["report_id"],
        "rule": row["rule"],
        "severity": rule["severity"],
        "place": row["place"],
        **messages,
        "compared": json.dumps(compared, default=_plain, ensure_ascii=False),
    }


def _written(compared: dict[str, Any], language: Language, names: dict[str, str]) -> dict[str, str]:
    """The compared values as words of one language: numbers in its marks, dates its way, codes as names."""
    numbers = FORMATS[language]
    written = dict.fromkeys(_OPTIONAL, "")
    written |= {key: _word(value, language) for key, value in compared.items() if not isinstance(value, list)}
    if "percent" in compared:
        written["percent"] = numbers.number(compared["percent"], 2)
    for code, name in (("subject", "subject_name"), ("whole", "whole_name"), ("indicator", "indicator_name")):
        if code in compared:
            written[name] = names.get(str(compared[code]), str(compared[code]))
    if "part_names" in compared:
        parts = zip(compared["part_names"], compared["part_values"], strict=True)
        written["parts"] = "; ".join(f"{names[part]} {numbers.shortest(value)}" for part, value in parts)
    return written


def _word(value: str | date | Decimal | float | None, language: Language) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if language == "vi" else f"{value:%d %b %Y}"
    return FORMATS[language].shortest(value)


def _names(connection: duckdb.DuckDBPyConnection) -> dict[Language, dict[str, str]]:
    rows = connection.execute(
        "SELECT indicator, name_vi, name_en FROM indicator "
        "UNION ALL SELECT rate, name_vi, name_en FROM rate_name WHERE definition IS NULL"
    ).fetchall()
    return {"vi": {row[0]: row[1] for row in rows}, "en": {row[0]: row[2] for row in rows}}


def _plain(value: object) -> float | str:
    """Decimals and dates as JSON has them."""
    return float(value) if isinstance(value, Decimal) else str(value)
