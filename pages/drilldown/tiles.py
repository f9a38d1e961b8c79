"""The drill-down of the country as tiles: every province the same size, about where it lies (`tiles.csv`)."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

import polars as pl

from pages.drilldown.colours import INK, colour_axis, scale_of
from pages.drilldown.figures import hover
from pages.kit.drawing import Drawing, Trace
from pages.kit.theme import GREY, as_written, styled
from pages.kit.words import Words

_ROW_PIXELS, _LINE = 50, 7  # letters of a line: what a tile on a phone holds
_EMPTY = "rgba(0, 0, 0, 0)"


class Tile(NamedTuple):
    """A province, or an archipelago of one (`within`), at a row from the north and a column from the west."""

    map: str
    unit_code: str
    within: str
    name: str
    row: int
    column: int


@cache
def all_tiles() -> tuple[Tile, ...]:
    """The tiles of both maps: the 63 provinces before 01/07/2025 (`then`) and the 34 of today (`now`)."""
    with (Path(__file__).parent / "tiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Tile(row["map"], row["unit_code"], row["within"], row["name"], int(row["row"]), int(row["column"]))
            for row in csv.DictReader(file)
        )


def tiles_of(provinces: set[str]) -> list[Tile]:
    """The tiles of the map that has just these provinces; none where there is no such map."""
    for map_ in ("then", "now"):
        tiles = [tile for tile in all_tiles() if tile.map == map_]
        if {tile.unit_code for tile in tiles if not tile.within} == provinces:
            return tiles
    return []


def tiles_figure(frame: pl.DataFrame, words: Words, title: str) -> Drawing:
    """A tile a province, coloured by its rate, which is written in it; empty where there is no figure. Clickable.

    `frame` is that of `drill.drilldown` for the country with a `note`.
    """
    rows = {row["unit_code"]: row for row in frame.iter_rows(named=True)}
    tiles = tiles_of(set(rows))
    known = [tile for tile in tiles if tile.unit_code in rows and rows[tile.unit_code]["percent"] is not None]
    empty = [tile for tile in tiles if tile.unit_code in rows and tile not in known]
    islands = [tile for tile in tiles if tile.within]
    percents = [rows[tile.unit_code]["percent"] for tile in known]
    figure = Drawing()
    written = [
        f"{_broken(_short(rows[tile.unit_code]['name']))}<br>{words.numbers.percent(rows[tile.unit_code]['percent'])}"
        for tile in known
    ]
    colours = {"color": percents, "coloraxis": "coloraxis", "line": {"color": GREY, "width": 1}}
    figure.add_trace(_bars(known, written, [hover(rows[tile.unit_code], words) for tile in known], colours, INK))
    hollow = {"color": _EMPTY, "line": {"color": GREY, "width": 1}}
    names = [_broken(_short(rows[tile.unit_code]["name"])) for tile in empty]
    figure.add_trace(_bars(empty, names, [hover(rows[tile.unit_code], words) for tile in empty], hollow, GREY))
    within = {
        tile.unit_code: words("drilldown.archipelago", name=tile.name, province=as_written(_home(tile, tiles)))
        for tile in islands
    }
    figure.add_trace(_bars(islands, [_broken(tile.name) for tile in islands], list(within.values()), hollow, GREY))
    _lay_out(figure, tiles)
    scale = scale_of(frame)
    if scale:
        figure.update_layout(coloraxis=colour_axis(scale, words, title))
    height = 110 + _ROW_PIXELS * (1 + max((tile.row for tile in tiles), default=0))
    return styled(figure, words, height).update_layout(showlegend=False, barmode="overlay", bargap=0)


def _bars(tiles: list[Tile], written: list[str], hovers: list[str], marker: Mapping[str, object], ink: str) -> Trace:
    """Tiles as bars one row high: bars can be clicked, and grow with the figure."""
    return {
        "type": "bar",
        "x": [tile.column for tile in tiles],
        "base": [tile.row - 0.46 for tile in tiles],
        "y": [0.92] * len(tiles),
        "width": 0.94,
        "marker": marker,
        "text": written,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 10, "color": ink},
        "customdata": [tile.within or tile.unit_code for tile in tiles],
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _home(tile: Tile, tiles: list[Tile]) -> str:
    return next(other.name for other in tiles if other.unit_code == tile.within)


def _lay_out(figure: Drawing, tiles: list[Tile]) -> None:
    bare = {"showgrid": False, "zeroline": False, "showticklabels": False, "visible": False}
    last = max((tile.row for tile in tiles), default=0)
    figure.update_xaxes(**bare)
    figure.update_yaxes(**bare, range=[last + 0.6, -0.6])


def _short(name: str) -> str:
    """The name a province bore in the period, without its kind."""
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ")


def _broken(name: str) -> str:
    """A name on as many lines as a narrow tile needs."""
    return "<br>".join(map(as_written, wrap(name.replace(" - ", " "), _LINE, break_long_words=False)))
