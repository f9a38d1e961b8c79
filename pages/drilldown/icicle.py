"""The drill-down as an icicle: the unit, its children and the units counted in them, sized by the denominator."""

from typing import Any

import polars as pl

from pages.drilldown.colours import ESTIMATED_PATTERN, INK, Scale, colour_axis, colour_of, scale_of
from pages.drilldown.figures import hover
from pages.kit.drawing import Drawing
from pages.kit.theme import as_written, styled
from pages.kit.words import Words

_LEAF_PIXELS, _LOW, _HIGH = 9, 420, 1100
_ABOVE = 100  # pixels of the figure that its boxes do not have
_TEXT, _SMALLEST_TEXT, _TWO_LINES_HIGH = 12, 11, 36  # pixels
_TWO_LINES, _ONE_LINE = "%{label}<br>%{text}", "%{label}\u2002%{text}"


def icicle_figure(
    unit: tuple[str, str], frame: pl.DataFrame, leaves: pl.DataFrame, words: Words, title: str
) -> Drawing:
    """Boxes from the unit (code, name) at the left to the units counted at the right, coloured by the rate, clickable.

    `frame` is that of `drill.drilldown` with a `note`, `leaves` that of `ranks.leaves`. A unit without a figure has
    no size and is not drawn; an estimate is hatched.
    """
    children = frame.filter(pl.col("percent").is_not_null())
    below = leaves.filter(
        pl.col("parent_code").is_in(children["unit_code"].to_list())
        & ~pl.col("unit_code").is_in(children["unit_code"].to_list())
    )
    boxes = [_root(unit, children), *_children(unit[0], children, below, words), *_leaves(below, words)]
    height = min(max(90 + _LEAF_PIXELS * max(below.height, children.height), _LOW), _HIGH)
    pixel = (height - _ABOVE) / (boxes[0]["denominator"] or 1.0)
    scale = scale_of(frame, below["percent"].drop_nulls())
    figure = Drawing(
        {
            "type": "icicle",
            "ids": [box["unit_code"] for box in boxes],
            "labels": [as_written(box["name"]) for box in boxes],
            "parents": [box["parent"] for box in boxes],
            "values": [box["rest"] for box in boxes],
            "branchvalues": "remainder",
            "text": [words.numbers.percent(box["percent"]) for box in boxes],
            "hovertext": [box.get("hover") or _short_hover(box, words) for box in boxes],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "texttemplate": [
                _TWO_LINES if float(box["denominator"]) * pixel > _TWO_LINES_HIGH else _ONE_LINE for box in boxes
            ],
            "textfont": {"color": INK, "size": _TEXT},
            "sort": False,
            "tiling": {"orientation": "h", "pad": 1},
            "pathbar": {"visible": False},
            "marker": _marker(boxes, scale),
        }
    )
    if scale:
        figure.update_layout(coloraxis=colour_axis(scale, words, title))
    figure.update_layout(uniformtext={"minsize": _SMALLEST_TEXT, "mode": "hide"})  # else it is shrunk to a dotted line
    return styled(figure, words, height=height)


def _marker(boxes: list[dict[str, Any]], scale: Scale | None) -> dict[str, Any]:
    return {
        "colors": [colour_of(scale, box["percent"]) for box in boxes if scale],
        "coloraxis": "coloraxis",
        "pattern": {
            "shape": [ESTIMATED_PATTERN if box["basis"] == "estimated" else "" for box in boxes],
            "fillmode": "overlay",  # otherwise it takes the colours away, also where there is no pattern
            "fgcolor": INK,
            "fgopacity": 0.45,
        },
    }


def _root(unit: tuple[str, str], children: pl.DataFrame) -> dict[str, Any]:
    parts = children.select(pl.col("numerator", "denominator").cast(pl.Float64).sum()).row(0)
    return {
        "unit_code": unit[0],
        "name": unit[1],
        "parent": "",
        "numerator": parts[0],
        "denominator": parts[1],
        "percent": 100 * parts[0] / parts[1] if parts[1] else None,
        "basis": None,
        "rest": 0.0,
    }


def _children(root: str, children: pl.DataFrame, below: pl.DataFrame, words: Words) -> list[dict[str, Any]]:
    """The rest is what of a child is in none of the boxes right of it: split units count whole in it only."""
    inside = dict(below.group_by("parent_code").agg(pl.col("denominator").cast(pl.Float64).sum()).iter_rows())
    ordered = children.sort("denominator", "name", descending=[True, False])
    return [
        {
            **row,
            "parent": root,
            "rest": max(float(row["denominator"]) - inside.get(row["unit_code"], 0.0), 0.0),
            "hover": hover(row, words),
        }
        for row in ordered.iter_rows(named=True)
    ]


def _leaves(below: pl.DataFrame, words: Words) -> list[dict[str, Any]]:
    ordered = below.sort("denominator", "name", descending=[True, False])
    return [
        {**row, "parent": row["parent_code"], "rest": float(row["denominator"]), "hover": _short_hover(row, words)}
        for row in ordered.iter_rows(named=True)
    ]


def _short_hover(row: dict[str, Any], words: Words) -> str:
    numbers = words.numbers
    parts = f"{numbers.shortest(row['numerator'])} / {numbers.shortest(row['denominator'])}"
    estimated = [words("drilldown.note_estimated")] if row["basis"] == "estimated" else []
    return "<br>".join([f"<b>{as_written(row['name'])}</b>: {numbers.percent(row['percent'])}", parts, *estimated])
