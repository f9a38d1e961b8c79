"""The table of units by measures: figure, change on the year before and rank in the set, or why there is none."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from math import inf
from typing import Any, NamedTuple

import polars as pl

from pages.kit.measures import Choice
from pages.kit.remarks import exceeding
from pages.kit.series import value_text
from pages.kit.words import Words
from warehouse.numbers import shown_change, shown_difference

# The address of the source of a measure's figure for a unit: of the period, or of the year before.
Address = Callable[[Choice, str, bool], str]


class Order(NamedTuple):
    """What the units are sorted by: a measure's change, what got worse most first, or its rank; none: as chosen."""

    measure: str = ""
    by_change: bool = False


def comparison_table(
    lines: pl.DataFrame,
    names: Mapping[str, str],
    choices: Sequence[Choice],
    words: Words,
    order: Order,
    address: Address,
) -> str:
    """The rows of `notes.with_remarks` as an HTML table; a figure, or the reason for none, links to its `address`.

    What is to be minded about a figure stands below it. A change links to that of the year before; where there is none
    the cell says nothing, for the page says it once.
    """
    cells = {(row["measure"], row["unit_code"]): row for row in lines.iter_rows(named=True)}
    less = {choice.code: choice.less_is_better for choice in choices}
    units = (
        sorted(names, key=lambda unit: _place(cells[order.measure, unit], order, less)) if order.measure else [*names]
    )
    heads = "".join(f'<th scope="col">{_head(choice)}</th>' for choice in choices)
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


def _place(row: Mapping[str, Any], order: Order, less: Mapping[str, bool]) -> tuple[int, float]:
    """Where a unit stands in an order; those without a change behind those with one, those without a figure last."""
    if row["value"] is None:
        return 2, 0.0
    rank = float(row["rank"] or (inf if exceeding(row) else 1))  # one alone has none
    if order.by_change and row["change"] is not None:
        return 0, -row["change"] if less[order.measure] else row["change"]
    return int(order.by_change), rank


def _head(choice: Choice) -> str:
    """The measure's name; of a rate its own name above that of its definition."""
    if not choice.title:
        return escape(choice.name)
    return f"{escape(choice.title)}<span>{escape(choice.name)}</span>"


def _cell(row: Mapping[str, Any], choice: Choice, words: Words, address: Address) -> str:
    now = address(choice, row["unit_code"], False)
    if row["value"] is None:
        reason = words(f"why.{row['problem']}")
        return f'<td class="missing">{_link(reason, now)}</td>'
    mark = "≈ " if row["basis"] == "estimated" else ""
    title = words("carried.estimated_short") if mark else _parts(row, words)
    small = [escape(_rank(row, words))] if row["rank"] is not None else []
    if row["change"] is not None:
        change = _link(_change(row, choice, words), address(choice, row["unit_code"], True))
        small.insert(0, change + _doubt(row, words))
    value = _link(f"{'⚠ ' if row['disputed'] else ''}{mark}{value_text(row, words, choice.decimals)}", now)
    lines = [" · ".join(small), *map(escape, row["remarks"])]
    below = "".join(f"<span>{line}</span>" for line in lines if line)
    return f'<td title="{escape(title)}"><b>{value}</b>{below}</td>'


def _rank(row: Mapping[str, Any], words: Words) -> str:
    """`hạng 3/12`, or of what chance has a say in the ranks it may have: `hạng 3–7/12`.

    The ranking, of all units, has other ranks: among how many this one is must stand beside it.
    """
    best, worst, ranked = row["rank_best"], row["rank_worst"], row["ranked"]
    if best is None or best == worst:
        return words("compare.rank", rank=row["rank"] if best is None else best, ranked=ranked)
    if (best, worst) == (1, ranked):
        return words("compare.rank_open")
    return words("compare.rank", rank=f"{best}–{worst}", ranked=ranked)


def _doubt(row: Mapping[str, Any], words: Words) -> str:
    """Why a change may be none: other units stand behind the year before, or chance alone would do."""
    if not row["change"] or (row["same_units"] and row["sure"] is not False):
        return ""
    return f" ({escape(words('changed.unsure' if row['same_units'] else 'compare.other_units'))})"


def _link(text: str, address: str) -> str:
    return f'<a class="to-source" target="_self" href="{escape(address)}">{escape(text)}</a>'


def _parts(row: Mapping[str, Any], words: Words) -> str:
    if row["denominator"] is None:
        return ""
    return f"{words.numbers.number(row['numerator'])} / {words.numbers.number(row['denominator'])}"


def _change(row: Mapping[str, Any], choice: Choice, words: Words) -> str:
    figures = row["value"], row["value_before"]
    if choice.decimals is None:
        return words("overview.points", value=words.numbers.points(shown_change(*figures)))
    return words.numbers.number(shown_difference(*figures, choice.decimals), choice.decimals, signed=True)
