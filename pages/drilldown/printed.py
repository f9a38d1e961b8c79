"""What a unit's report prints of a rate for a tier, told apart from what is worked out of the parts that it prints."""

import json
from dataclasses import replace
from typing import Any

from pages.kit.context import Context
from pages.kit.remarks import DISPUTED
from pages.kit.words import Words
from warehouse import answers
from warehouse.answers import disputes

_GRAVE = ("high", "medium")


def with_contradictions(context: Context, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `answers.reconcile_rate`, and their `rate`, with whether the unit’s report contradicts itself."""
    return [{**row, "contradicted": _contradicted(context, row)} for row in rows]


def _contradicted(context: Context, row: dict[str, Any]) -> bool:
    """Of the unit's own tier as on all pages; of a tier below where a finding is about the rate itself."""
    if row["report_id"] is None:
        return False
    if row["own"]:
        scope = replace(context.selection.scope, level=row["level"], boundary="then")
        found = context.ask(disputes.disputes, scope).filter(rate=row["rate"], definition=row["definition"])
        return not found.is_empty()
    rates = (row["rate"], f"{row['rate']}_stated")
    grave = context.ask(answers.report_findings, row["report_id"]).filter(level=row["level"])
    compared = [json.loads(one["compared"] or "{}") for one in grave.iter_rows(named=True) if one["severity"] in _GRAVE]
    return any(one.get("subject") in rates for one in compared)


def printed_words(words: Words, row: dict[str, Any]) -> str:
    """`**99,2 %** (6.626/6.651, tính từ số ghi: **99,62 %** ⚠)`; without the second where both are written alike."""
    numbers, stated = words.numbers, row["stated_percent"]
    mark = DISPUTED * row["contradicted"]
    if row["numerator"] is None or row["denominator"] is None:
        return f"**{numbers.percent(stated)}**{mark}"
    parts = f"{numbers.shortest(row['numerator'])}/{numbers.shortest(row['denominator'])}"
    worked_out = numbers.percent(row["percent"])
    if stated is None:
        return words("reconcile.worked_out", parts=parts, percent=f"**{worked_out}**{mark}")
    if numbers.percent(stated) == worked_out:
        return f"**{worked_out}**{mark} ({parts})"
    printed = f"**{numbers.shortest(stated)}\u00a0%**"
    return words("reconcile.printed_and_worked_out", printed=printed, parts=parts, percent=f"**{worked_out}**{mark}")


def own_words(words: Words, row: dict[str, Any]) -> str:
    """`**99,39 %** ⚠ (3.427/3.448)` of the unit's own work, marked where its report contradicts it."""
    if row["numerator"] is None or row["denominator"] is None:
        return printed_words(words, row)
    numbers = words.numbers
    parts = f"{numbers.shortest(row['numerator'])}/{numbers.shortest(row['denominator'])}"
    return f"**{numbers.percent(row['percent'])}**{DISPUTED * row['contradicted']} ({parts})"
