"""What was found in a unit's own reports of a period, for the page and for the sheet."""

import polars as pl

from pages.kit.context import Context
from warehouse import answers
from warehouse.answers import profiles


def own_findings(context: Context) -> tuple[pl.DataFrame, str]:
    """The findings in the unit's own reports, the gravest first, and what is said where there are none.

    On today's map also in those of the units it was made of. Without a report nothing was checked, and that is said.
    """
    words, selection = context.words, context.selection
    reports = context.ask(profiles.unit_reports, selection.unit, selection.simulated, selection.boundary)
    sent = reports.filter(pl.col("period") == selection.period, pl.col("superseded_by").is_null())["report_id"]
    found = context.ask(answers.findings_of, *selection.place).filter(pl.col("report_id").is_in(sent.implode()))
    return found, words("profile.unchecked" if sent.is_empty() else "overview.findings_none")
