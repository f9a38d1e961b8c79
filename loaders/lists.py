"""Tables behind the annexes that list in words: people, documents, a schedule. They are part of no form."""

from collections.abc import Sequence

from loaders.annexes import Annex
from loaders.cells import read_cell
from loaders.rows import AnnexRow
from warehouse.model import FormRow


def share_of_form(annexes: Sequence[Annex], matched: Sequence[Sequence[FormRow | None]]) -> float:
    """The share of rows found in the form, of those of the tables that look like its annexes.

    A list of which no row is the form's does not; counts of something else may be another form's.
    """
    found = sum(row is not None for rows in matched for row in rows)
    asked = (annex for annex, rows in zip(annexes, matched, strict=True) if any(rows) or not _is_list(annex))
    return found / total if (total := sum(len(annex.rows) for annex in asked)) else 0.0


def _is_list(annex: Annex) -> bool:
    """Whether most rows of a table answer in words, and none with a figure."""
    statuses = [_status(row) for row in annex.rows]
    return "reported" not in statuses and 2 * statuses.count("text") > len(statuses)


def _status(row: AnnexRow) -> str:
    found = {read_cell(value, row.unit_of_measure).status for value in row.values}
    return next((status for status in ("reported", "text") if status in found), "blank")
