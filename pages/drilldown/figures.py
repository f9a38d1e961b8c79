"""The drill-down as dots on a line: one a child, clickable; a child without a figure is named, not drawn as zero."""

from typing import Any

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.remarks import DISPUTED, WHOLE, of_few
from pages.kit.theme import BLUE, as_written, styled
from pages.kit.words import Words

_ROW_HEIGHT = 26
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50)
_MOST_TICKS = 5


def children_figure(frame: pl.DataFrame, words: Words, title: str, order: str = "rate") -> Drawing:
    """Dots at the children's rates, each carrying its unit code for the click; an estimate is a crossed diamond.

    That of few of a child's units is hollow and says how few.

    `frame` is that of `notes.with_notes`; `order` is rate (highest on top), dossiers (most on top) or name. Dots, not
    bars: rates crowd near 100 %, where bars from zero all look alike and cut ones mislead.
    """
    drawn = ordered(frame.filter(pl.col("percent").is_not_null()), order)
    rows = list(drawn.iter_rows(named=True))
    figure = Drawing(
        {
            "type": "scatter",
            "x": drawn["percent"].to_list(),
            "y": list(range(drawn.height)),
            "mode": "markers+text",
            "marker": {
                "color": BLUE,
                "size": 14,
                "symbol": [symbol(row["basis"]) + "-open" * few(row) for row in rows],
                "line": {"width": 2, "color": BLUE},
            },
            "customdata": drawn["unit_code"].to_list(),
            "text": [_label(row, words) for row in rows],
            "textposition": "middle right",
            "hovertext": [hover(row, words) for row in rows],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }
    )
    across = _range(drawn["percent"], room=2 if any(map(few, rows)) else 1)
    figure.update_xaxes(title={"text": title}, ticksuffix=" %", range=across)
    if max(drawn["percent"].to_list()) <= WHOLE < across[1]:  # room for the labels; there is nothing to be read off
        figure.update_xaxes(tickvals=_ticks(across[0]))
    figure.update_yaxes(
        tickvals=list(range(drawn.height)),
        ticktext=[
            as_written(name) + (DISPUTED if disputed else "") for name, disputed in drawn["name", "disputed"].rows()
        ],
        range=[drawn.height - 0.4, -0.6],
        gridcolor="rgba(127, 127, 127, 0.12)",
        zeroline=False,
    )
    return styled(figure, words, height=100 + _ROW_HEIGHT * max(drawn.height, 2))


def symbol(basis: str | None) -> str:
    """The marker of a figure: a crossed diamond where it is only estimated."""
    return "diamond-cross-open" if basis == "estimated" else "circle"


def few(row: dict[str, Any]) -> bool:
    """Whether the figure of a child is that of so few of its units that it must not be read without how few."""
    return row["basis"] != "estimated" and of_few(row["units"], row["expected"])


def _label(row: dict[str, Any], words: Words) -> str:
    """`99,82 %`; `100,00 % (1/36)` for few of a child's units."""
    written = words.numbers.percent(row["percent"])
    return f"{written} ({row['units']}/{row['expected']})" if few(row) else written


def hover(row: dict[str, Any], words: Words) -> str:
    """What a unit says when pointed at: its rate with its parts, who reported, and what to mind."""
    numbers = words.numbers
    lines = [f"<b>{as_written(row['name'])}</b>: {numbers.percent(row['percent'])}"]
    if row["percent"] is not None:
        lines.append(f"{numbers.shortest(row['numerator'])} / {numbers.shortest(row['denominator'])}")
    lines.append(words("figure.units", units=numbers.number(row["reported"]), expected=numbers.number(row["expected"])))
    return "<br>".join([*lines, *([row["note"]] if row["note"] else [])])


def ordered(frame: pl.DataFrame, order: str) -> pl.DataFrame:
    """The children by rate or dossiers, highest first, those without a figure last, ties as they come."""
    if order == "name":
        return frame
    by = "denominator" if order == "dossiers" else "percent"
    return frame.sort(by, descending=True, nulls_last=True, maintain_order=True)


def _ticks(low: float) -> list[float]:
    """About five round percentages from the left end up to 100."""
    step = next(step for step in _STEPS if (WHOLE - low) / step <= _MOST_TICKS)
    return [round(WHOLE - number * step, 6) for number in range(int((WHOLE - low) / step) + 1)][::-1]


def _range(values: pl.Series, room: int) -> list[float]:
    """The values' own range, with room for labels on the right: so often what a percentage needs."""
    numbers = values.to_list()
    low, high = min(numbers), max(numbers)
    span = max(high - low, 1.0)
    if low == high:
        return [low - span, high + 0.5 * room * span]
    return [low - 0.08 * span, high + 0.25 * room * span]
