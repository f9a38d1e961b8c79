"""The table of units by measures: figure, change on the year before and rank in the set, or why there is none."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import polars as pl

from pages.kit.measures import Choice
from pages.kit.series import value_text
from pages.kit.words import Words

# The address of the source of a measure's figure for a unit: of the period, or of the year before.
Address = Callable[[Choice, str, bool], str]


def comparison_table(
    lines: pl.DataFrame,
    names: Mapping[str, str],
    choices: Sequence[Choice],
    words: Words,
    order: str,
    address: Address,
) -> str:
    """The rows of `in_period` as an HTML table; `order` is the measure by whose rank the units are sorted, if any.

    A figure, or the reason for none, links to its `address`, and a change to that of the year before.
    """
    cells = {(row["measure"], row["unit_code"]): row for row in lines.iter_rows(named=True)}
    units = list(names)
    if order:
        last = len(units) + 1
        units.sort(key=lambda unit: cells[order, unit]["rank"] or last)
    heads = "".join(f'<th scope="col">{escape(choice.name)}</th>' for choice in choices)
    body = "".join(
        f'<tr><th scope="row">{escape(names[unit])}</th>'
        + "".join(_cell(cells[choice.code, unit], choice, words, address) for choice in choices)
        + "</tr>"
        for unit in units
    )
    corner = escape(words("column.unit"))
    return (
        f'<div class="comparison"><table><thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(row: Mapping[str, Any], choice: Choice, words: Words, address: Address) -> str:
    now = address(choice, row["unit_code"], False)
    if row["value"] is None:
        reason = words(f"why.{row['problem']}")
        return f'<td class="missing">{_link(reason, now)}</td>'
    mark = "≈ " if row["basis"] == "estimated" else ""
    title = words("carried.estimated_short") if mark else _parts(row, words)
    change = _change(row, choice, words)
    if row["change"] is not None:
        change = _link(change, address(choice, row["unit_code"], True))
    value = _link(f"{mark}{value_text(row, words, choice.decimals)}", now)
    rank = escape(words("compare.rank", rank=row["rank"]))
    return f'<td title="{escape(title)}"><b>{value}</b><span>{change} · {rank}</span></td>'


def _link(text: str, address: str) -> str:
    return f'<a class="to-source" target="_self" href="{escape(address)}">{escape(text)}</a>'


def _parts(row: Mapping[str, Any], words: Words) -> str:
    if row["denominator"] is None:
        return ""
    return f"{words.numbers.number(row['numerator'])} / {words.numbers.number(row['denominator'])}"


def _change(row: Mapping[str, Any], choice: Choice, words: Words) -> str:
    if row["change"] is None:
        return words("compare.no_year_before")
    if choice.decimals is None:
        return words("overview.points", value=words.numbers.points(row["change"]))
    return words.numbers.number(row["change"], choice.decimals, signed=True)
