"""The trend figure: a frame of `warehouse.trends.trend` in, a drawing out."""

import polars as pl

from pages.kit.drawing import Drawing
from pages.kit.marks import add_square, ring_disputed
from pages.kit.series import add_line, add_periods, mark_map_change, percent_range
from pages.kit.theme import GREY, as_written, styled
from pages.kit.words import Words

_BAND = "rgba(128, 140, 152, 0.22)"  # seen on white and on dark paper


def trend_figure(
    frame: pl.DataFrame,
    words: Words,
    title: str,
    decimals: int | None,
    target: float | None = None,
    band: pl.DataFrame | None = None,
    around: str = "",
    span: tuple[float, float] | None = None,
) -> Drawing:
    """A line a unit over the windows' last days; a missing period is a gap, never a line through it.

    `decimals` is null for a rate; `band` is a frame of `peer_band`, of the units in `around`; `span` is what a rate's
    axis shows. A column `line` in the frame draws the points that share it by a line of their own, the columns of
    `notes.remarked` mark points that are contradicted or not of the whole.
    """
    figure = Drawing()
    if band is not None and band.height:
        _add_band(figure, band, words, around)
    if "remark" in frame.columns:
        _add_marks(figure, frame, words)
    for number, unit in enumerate(frame["unit_code"].unique(maintain_order=True)):
        _add_lines(figure, frame.filter(unit_code=unit), words, number, decimals)
    add_periods(figure, frame, words)
    if decimals is None:
        figure.update_yaxes(title={"text": title}, ticksuffix=" %", rangemode="normal", range=span)
    else:
        figure.update_yaxes(title={"text": title}, tickformat=",", rangemode="tozero")
    mark_map_change(figure, frame, words)
    if target is not None:
        text = words("figure.target", value=words.numbers.percent(target, 0))
        figure.add_level(target, {"color": GREY, "dash": "dot"}, text)
    return styled(figure, words, height=460)


def shown_range(
    frame: pl.DataFrame, target: float | None, band: pl.DataFrame | None, zoomed: bool
) -> tuple[float, float] | None:
    """What the axis of a rate shows: the figures, the target and the peers, or the figures alone when `zoomed`."""
    values = frame["value"].to_list()
    if not zoomed and target is not None:
        values.append(target)
    if not zoomed and band is not None:
        values.extend([*band["low"], *band["high"]])
    return percent_range(values, zoomed)


def _add_lines(figure: Drawing, points: pl.DataFrame, words: Words, look: int, decimals: int | None) -> None:
    """One unit's line, or a line for each kind of period, under one name in the legend."""
    if "line" not in points.columns:
        add_line(figure, points, words, look, decimals)
        return
    for number, kind in enumerate(points["line"].unique(maintain_order=True)):
        add_line(figure, points.filter(line=kind), words, look, decimals, showlegend=number == 0)


def _add_marks(figure: Drawing, frame: pl.DataFrame, words: Words) -> None:
    """A ring about what is contradicted, a square about what is of part of the period or of few of the units."""
    partial = frame.filter(pl.col("part") | pl.col("few"))
    add_square(figure, partial["window_end"].to_list(), partial["value"].to_list(), words("trends.part_mark"))
    ring_disputed(figure, frame, words)


def _add_band(figure: Drawing, band: pl.DataFrame, words: Words, around: str) -> None:
    """Half of the peers lie in the band, half above the line in it."""
    days = band["window_end"].to_list()
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "legendgroup": "band", "x": days}
    figure.add_scatter(y=band["low"].to_list(), showlegend=False, **edge)
    figure.add_scatter(
        y=band["high"].to_list(),
        fill="tonexty",
        fillcolor=_BAND,
        name=words("figure.band", around=as_written(around)).replace(" (", "<br>("),  # a phone has no longer lines
        **edge,
    )
    figure.add_scatter(
        x=days,
        y=band["median"].to_list(),
        mode="lines",
        line={"color": GREY, "width": 1.5},
        name=words("figure.median"),
        legendgroup="band",
        text=[_band_hover(row, words) for row in band.iter_rows(named=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _band_hover(row: dict[str, object], words: Words) -> str:
    write = words.numbers.shortest
    middle, low, high = (write(round(float(str(row[name])), 2)) for name in ("median", "low", "high"))
    units = words.numbers.number(int(str(row["units"])))
    period = words.period(str(row["period"]))
    return words("figure.band_hover", period=period, median=middle, low=low, high=high, units=units)
