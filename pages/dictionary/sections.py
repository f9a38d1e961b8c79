"""The sections of the dictionary as tables in the reader's words: what is on screen and in the download alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.kit.context import Context
from pages.kit.tables import Column, Kind
from pages.kit.words import Words
from warehouse import answers
from warehouse.answers.dictionary import (
    dictionary_indicators,
    dictionary_rates,
    dictionary_rows,
    dictionary_targets,
    sum_of,
)
from warehouse.frames import beside

_STATUSES = ("reported", "blank", "text", "formula", "ratio_text", "not_asked", "no_report")


@dataclass(frozen=True)
class Section:
    """One table of the dictionary; the columns are those shown, in order, under their headings."""

    frame: pl.DataFrame
    columns: tuple[Column, ...]

    def written(self) -> pl.DataFrame:
        """The table under its headings, for a file."""
        return self.frame.select(pl.col(column.field).alias(column.heading) for column in self.columns)


def indicators(context: Context) -> Section:
    """The indicators: what each means, and how many reports answer it."""
    words, selection = context.words, context.selection
    frame = context.ask(dictionary_indicators, selection.unit, selection.simulated)
    shown = _spoken(words, frame).with_columns(
        pl.Series("kind_name", [words(f"kind.{kind}") for kind in frame["kind"]]),
        pl.Series("kind_note", [words(f"kind_help.{kind}") for kind in frame["kind"]]),
        pl.Series("better", [words(f"direction.{direction}") for direction in frame["direction"]]),
        pl.Series("adds", [words("dictionary.yes" if additive else "dictionary.no") for additive in frame["additive"]]),
    )
    columns = (
        _column(words, "indicator", "code", 230),
        _column(words, "name", "name", 330, narrow=246),
        _column(words, "theme", "theme", 170),
        Column("measure", words("column.measure"), width=105),
        _column(words, "kind_name", "kind", 130),
        _column(words, "better", "direction", 90),
        _column(words, "adds", "additive", 85),
        _column(words, "forms", "forms", 95, "count"),
        _column(words, "reported", "reported", 90, "count", narrow=74),
        _column(words, "blank", "blank", 80, "count"),
        _column(words, "not_asked", "not_asked", 85, "count"),
        _column(words, "first", "first", 100),
        _column(words, "last", "last", 100),
        _column(words, "kind_note", "meaning", 330),
    )
    return Section(shown, columns)


def rates(context: Context) -> Section:
    """The rates under each definition, with the formula in words and what bars it."""
    words, selection = context.words, context.selection
    frame = context.ask(dictionary_rates, selection.unit, selection.simulated)
    shown = _spoken(words, frame).with_columns(
        pl.Series(name, [_terms(words, terms) for terms in frame[name].to_list()], pl.String)
        for name in ("numerator", "denominator", "stated", "unless")
    )
    formulas = [
        words("dictionary.divided", numerator=row["numerator"], denominator=row["denominator"])
        for row in shown.iter_rows(named=True)
    ]
    shown = shown.with_columns(
        pl.Series("formula", formulas, pl.String),
        pl.Series("tier", [words(f"level.{level}") if level else words("table.all") for level in frame["level"]]),
        pl.Series("better", [words(f"direction.{direction or 'none'}") for direction in frame["direction"]]),
        pl.concat_str("rate", pl.lit("."), "definition").alias("code"),
    )
    columns = (
        _column(words, "rate_title", "name", 230),
        _column(words, "name", "definition", 250, narrow=120),
        _column(words, "formula", "formula", 480, narrow=234),
        Column("tier", words("column.level"), width=80),
        _column(words, "better", "direction", 90),
        _column(words, "asked", "asked", 120, "count"),
        _column(words, "reported", "reported", 90, "count"),
        _column(words, "first", "first", 100),
        _column(words, "last", "last", 100),
        _column(words, "note", "note", 420),
        _column(words, "stated", "stated_as", 260),
        _column(words, "unless", "unless", 260),
        _column(words, "code", "code", 230),
    )
    return Section(shown, columns)


def _terms(words: Words, terms: list[dict[str, Any]] | None) -> str:
    """A sum of terms by their names, a level in words where a term has its own."""
    spoken = [{**term, "level": words(f"level.{term['level']}") if term["level"] else None} for term in terms or ()]
    return sum_of(spoken, f"name_{words.language}").replace("@", ", ")


def rows(context: Context) -> Section:
    """Which printed row of which form asks for which indicator."""
    words = context.words
    frame = context.ask(dictionary_rows)
    names = {indicator: words.named(row) for indicator, row in context.indicators.items()}
    shown = frame.with_columns(
        pl.col(f"form_{words.language}").alias("form_name"),
        pl.Series("indicator_name", [names[indicator] for indicator in frame["indicator"]]),
        pl.Series("tier", [words(f"level.{level}") if level else "" for level in frame["level"]]),
        pl.col("code", "parent_label", "unit_of_measure").fill_null(""),
    )
    columns = (
        _column(words, "form_name", "form", 210),
        Column("annex", words("column.annex"), width=95),
        Column("code", words("column.code"), width=60),
        Column("label", words("column.label"), width=330, narrow=172, short=words("dictionary.printed")),
        Column("parent_label", words("column.parent_label"), width=220),
        Column("unit_of_measure", words("column.measure"), width=110),
        _column(words, "indicator_name", "indicator", 330, narrow=182),
        _column(words, "indicator", "code", 230),
        Column("tier", words("column.level"), width=85),
    )
    return Section(shown, columns)


def targets(context: Context) -> Section:
    """The targets and where they are written."""
    words = context.words
    frame = context.ask(dictionary_targets)
    shown = frame.with_columns(
        pl.col(f"name_{words.language}").alias("name"),
        pl.Series("source", [text[:1].upper() + text[1:] for text in frame[f"source_{words.language}"]]),
        pl.Series("from", [words.date(day) for day in frame["valid_from"]]),
        pl.Series("to", [words.date(day) for day in frame["valid_to"]]),
        pl.concat_str(
            pl.coalesce("rate", "indicator"), pl.coalesce(pl.lit(".") + pl.col("definition"), pl.lit(""))
        ).alias("code"),
    )
    columns = (
        _column(words, "name", "name", 360, narrow=180),
        _column(words, "value", "target", 95, "percent", narrow=76),
        _column(words, "from", "from", 110),
        _column(words, "to", "to", 110),
        _column(words, "source", "written_in", 480, narrow=98),
        _column(words, "code", "code", 230),
    )
    return Section(shown, columns)


def rules(context: Context) -> Section:
    """The checks with their severity."""
    words = context.words
    frame = context.ask(answers.rules)
    shown = frame.with_columns(
        pl.col(f"name_{words.language}").alias("name"),
        pl.Series("severity_name", [words(f"severity.{severity}") for severity in frame["severity"]]),
        pl.Series("help", [words(f"quality.{severity}_help") for severity in frame["severity"]]),
    )
    columns = (
        _column(words, "severity_name", "severity", 110, narrow=94),
        _column(words, "name", "rule", 420, narrow=260),
        _column(words, "help", "meaning", 480),
        _column(words, "rule", "code", 230),
    )
    return Section(shown, columns)


def statuses(context: Context) -> Section:
    """How a printed cell is read, and the two ways of there being none."""
    words = context.words
    lines = [
        {"code": status, "name": words(f"status.{status}"), "meaning": words(f"status_help.{status}")}
        for status in _STATUSES
    ]
    columns = (
        _column(words, "name", "name", 220, narrow=106),
        _column(words, "meaning", "meaning", 560, narrow=248),
        _column(words, "code", "code", 130),
    )
    return Section(pl.DataFrame(lines), columns)


SECTIONS: Mapping[str, Callable[[Context], Section]] = {
    "indicators": indicators,
    "rates": rates,
    "rows": rows,
    "targets": targets,
    "rules": rules,
    "statuses": statuses,
}


def _spoken(words: Words, frame: pl.DataFrame) -> pl.DataFrame:
    """The catalogue's words in one language, and the first and last periods written out."""
    spoken = {name: f"{name}_{words.language}" for name in ("name", "theme", "measure", "note")}
    named = {new: [text or "" for text in frame[old].to_list()] for new, old in spoken.items() if old in frame.columns}
    for new, old in (("first", "first_period"), ("last", "last_period")):
        named[new] = [words.period(code) if code else "" for code in frame[old].to_list()]
    titles = [frame[f"rate_{words.language}"].alias("rate_title")] if "rate" in frame.columns else []
    return beside(frame, [*(pl.Series(name, texts, pl.String) for name, texts in named.items()), *titles])


def _column(words: Words, field: str, key: str, width: int, kind: Kind = "text", narrow: int | None = None) -> Column:
    return Column(field, words(f"dictionary.{key}"), kind, width=width, narrow=narrow)
