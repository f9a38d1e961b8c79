"""Which part of its period a figure covers, where that is not all: as its own row prints it, or as its report says."""

from collections.abc import Mapping
from typing import Any

from pages.kit.context import Context
from pages.kit.words import Words
from warehouse.answers import Subject, disputes, reporting
from warehouse.answers.sources import Figure
from warehouse.periods import parse_period


def part_of_period(context: Context, figure: Figure | Subject) -> str | int:
    """The part as the row of the selection's own figure prints it; of a sum how many reports say so; empty for none."""
    selection = context.selection
    found = context.ask(disputes.disputes_behind, selection.scope, "short_rows")
    if found.is_empty():
        return ""
    about = {"rate": figure.rate, "definition": figure.definition} if figure.rate else {"indicator": figure.indicator}
    found = found.filter(**about)
    if found.is_empty():
        return ""
    own = selection.path[-1].level == selection.level
    return str(found["printed"][0]) if own else int(found["report_id"].n_unique())


def short_window(context: Context) -> str:
    """That the report of the selection, or some of those in it, leave out much of the period; empty where none does."""
    words, selection = context.words, context.selection
    sent = context.ask(reporting.window, selection.scope)
    if sent.is_empty() or not sent["short"][0]:
        return ""
    short, reported, days, end = sent.select("short", "reported", "days_missing", "data_end").row(0)
    if selection.path[-1].level == selection.level:
        return words("window.short_own", date=words.date(end), days=days)
    write, key = words.numbers.number, "window.short_one" if short == 1 else "window.short"
    return words(key, count=write(short), reported=write(reported), days=days)


def data_until(row: Mapping[str, Any], words: Words) -> str:
    """The day up to which the figures of a report go, or that of signing, within its period, as the latest it can be.

    `row` has its `period`, `as_of` and `signed_on`, and may have `window_end`; a dash where it says none of these.
    """
    if stated := row["as_of"] or row.get("window_end"):
        return words.date(stated)
    signed, period = row["signed_on"], row["period"] and parse_period(row["period"])
    if signed and period and period.window_start <= signed < period.window_end:
        return words("window.at_latest", date=words.date(signed))
    return words.numbers.missing
