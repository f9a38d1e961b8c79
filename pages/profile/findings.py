"""What was found in a unit's own reports of a period, for the page and for the sheet."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from pages.kit.context import Context
from pages.profile.standing import Standing
from warehouse import answers
from warehouse.answers import disputes, profiles


def own_findings(context: Context, shown: Sequence[Standing] = ()) -> tuple[pl.DataFrame, str]:
    """The findings in the unit's own reports and what is said where there are none.

    Those that contradict a figure `shown` come first, each with the names of its `rates`, then the gravest.

    On today's map also in those of the units it was made of. Without a report nothing was checked, and that is said.
    """
    words, selection = context.words, context.selection
    reports = context.ask(profiles.unit_reports, selection.unit, selection.simulated, selection.boundary)
    sent = reports.filter(pl.col("period") == selection.period, pl.col("superseded_by").is_null())["report_id"]
    found = context.ask(answers.findings_of, *selection.place).filter(pl.col("report_id").is_in(sent.implode()))
    rates = _about(context, shown)
    ordered = found.with_columns(
        pl.col("finding_key").replace_strict(rates, default=[], return_dtype=pl.List(pl.String)).alias("rates")
        if rates
        else pl.lit([], pl.List(pl.String)).alias("rates")
    ).sort(pl.col("rates").list.len() == 0, maintain_order=True)
    return ordered, words("profile.unchecked" if sent.is_empty() else "overview.findings_none")


def disputed_indicators(context: Context) -> set[str]:
    """The indicators of the unit's own report that another of its figures contradicts."""
    selection = context.selection
    scope = replace(selection.scope, level=selection.path[-1].level or selection.level)
    found = context.ask(disputes.disputes, scope).filter(unit_code=selection.unit)
    return set(found["indicator"].drop_nulls())


def _about(context: Context, shown: Sequence[Standing]) -> dict[int, list[str]]:
    """The rates that each finding contradicts, by its key."""
    contradicted = context.ask(disputes.disputes_behind, context.selection.scope)
    keys: dict[tuple[str, str], list[int]] = {}
    for rate, definition, key in contradicted["rate", "definition", "finding_key"].iter_rows():
        keys.setdefault((rate, definition), []).append(key)
    rates: dict[int, list[str]] = {}
    for one in shown:  # in their order, for they are named so
        for key in keys.get((one.rate, one.definition), ()):
            rates.setdefault(key, []).append(one.short_name)
    return rates
