"""The units below a unit: their frame, the ways to draw it, the table, and the click that goes there."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.drilldown.figures import children_figure, few, ordered
from pages.drilldown.icicle import icicle_figure
from pages.drilldown.map import map_figure
from pages.drilldown.notes import need_lines, with_notes
from pages.drilldown.tiles import tiles_figure
from pages.kit.address import one_of, said, segments, toggle
from pages.kit.clicks import newly_clicked
from pages.kit.context import Context
from pages.kit.drawing import Drawing
from pages.kit.kin import go_to_unit
from pages.kit.remarks import DISPUTED, disputed_units, listed
from pages.kit.source import show_source
from pages.kit.tables import ROW_PIXELS, WRAPPED_ROW_PIXELS, Column, clickable_cells, table_height
from pages.kit.theme import clickable_figure
from pages.kit.words import Words, plain
from warehouse import answers
from warehouse.answers import drill, ranks
from warehouse.answers.sources import Figure
from warehouse.model import LEVELS, NATION, Level

_NAMES_SHOWN = 12
_VIEWS = ("bars", "icicle", "map")
_SOURCED = ("percent", "numerator", "denominator")
_ORDERS = ("rate", "dossiers", "name")


def former_districts(context: Context) -> bool:
    """Whether old districts stand between the unit and its communes: offered to provinces that have none now."""
    words, selection = context.words, context.selection
    below = context.ask(answers.children, selection.unit, selection.period, selection.boundary)
    if selection.path[-1].level != "province" or "district" in below["level"]:
        return False
    toggle(words("drilldown.former"), "former", off="", on="1", help=words("drilldown.former_help"))
    return said("former") == "1"


def counted_level(context: Context) -> Level:
    """The level whose reports are counted below: the selected one, or the next where that is the unit's own work."""
    selection = context.selection
    below = context.ask(answers.children, selection.unit, selection.period, selection.boundary)["level"]
    own = selection.path[-1].level
    if own is None or below.is_empty() or LEVELS.index(selection.level) > LEVELS.index(own):
        return selection.level
    return next(level for level in LEVELS if level == below[0])


def children_of(context: Context, rate: str, definition: str, former: bool) -> pl.DataFrame:
    """The frame that figure, captions and table are all made of: `drill.drilldown` with what is said of each row."""
    scope = replace(context.selection.scope, level=counted_level(context))
    found = context.ask(drill.drilldown, scope, rate, definition, former=former)
    return with_notes(context, found, scope, rate, definition, former)


def show_children(context: Context, children: pl.DataFrame, rate: str, definition: str, former: bool) -> None:
    """The figure, what it leaves out, and the table beside it; a click goes to the unit, on a number to its source."""
    words, selection = context.words, context.selection
    st.subheader(words("drilldown.heading", unit=plain(selection.name), count=words.numbers.number(children.height)))
    if counted_level(context) != selection.level:
        st.caption(words("drilldown.own_work", unit=plain(selection.name)))
    view = _view(context)
    rows = ordered(children, _order()) if view == "bars" else children
    if view in ("bars", "icicle") and children["percent"].is_null().all():  # nothing to draw beside the table
        _captions(words, children, view)
        _table(context, rows, (rate, definition, former))
        return
    left, right = st.columns([10, 13])
    with left:
        _figure(context, children, rate, definition, former, view)
        _captions(words, children, view)
    with right:
        _table(context, rows, (rate, definition, former))


def _view(context: Context) -> str:
    words = context.words
    views = (*_VIEWS, "tiles") if context.selection.unit == NATION else _VIEWS
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        view = segments(words("drilldown.view"), views, "view", lambda one: words(f"drilldown.view_{one}"))
        if view == "bars":
            segments(words("drilldown.sort"), _ORDERS, "sort", lambda one: words(f"drilldown.sort_{one}"))
    return view


def _order() -> str:
    """The order of the dots and of the table beside them."""
    return one_of("sort", _ORDERS, _ORDERS[0])


def _figure(context: Context, children: pl.DataFrame, rate: str, definition: str, former: bool, view: str) -> None:
    words, selection = context.words, context.selection
    name = context.rate_name(rate)
    drawn = children.filter(pl.col("percent").is_not_null()).height
    figure = _drawn(context, children, (rate, definition, former), view)
    alt = words("drilldown.alt", view=words(f"drilldown.view_{view}"), rate=name, units=drawn)
    st.caption(words(f"drilldown.hint_{view}"))
    key = f"children-{view}-{selection.unit}"
    clicked = newly_clicked(key, clickable_figure(figure, words, key, alt))
    if clicked is not None and clicked != selection.unit:
        _go(context, children, clicked)


def _drawn(context: Context, children: pl.DataFrame, what: tuple[str, str, bool], view: str) -> Drawing:
    words, selection = context.words, context.selection
    title = context.rate_name(what[0])
    if view == "icicle":
        scope = replace(selection.scope, level=counted_level(context))
        leaves = context.ask(ranks.leaves, scope, what[0], what[1], former=what[2])
        return icicle_figure((selection.unit, selection.name), children, leaves, words, title)
    if view == "map":
        country = context.ask(answers.places)
        return map_figure(children, country, words, title, nation=selection.unit == NATION)
    if view == "tiles":
        return tiles_figure(children, words, title)
    return children_figure(children, words, title, _order())


def _go(context: Context, children: pl.DataFrame, unit: str) -> None:
    """To a child, or to a unit of the icicle further down; an old district is a group on today's map only."""
    levels = dict(children.select("unit_code", "level").iter_rows())
    above = context.selection.path[-1].level
    group = levels.get(unit) == "district" and above == "province" and said("former") == "1"
    go_to_unit(unit, "now" if group and context.selection.boundary == "then" else None)


def _captions(words: Words, children: pl.DataFrame, view: str) -> None:
    """Who is not drawn, by name, and how many figures are of a kind to be careful with."""
    missing = children.filter(pl.col("percent").is_null())
    if missing.height:
        names = ", ".join(plain(one) for one in missing["name"].head(_NAMES_SHOWN))
        more = "…" if missing.height > _NAMES_SHOWN else ""
        st.caption(words("drilldown.no_figure", count=words.numbers.number(missing.height), names=names + more))
    figures = children.filter(pl.col("percent").is_not_null())
    scarce = [row for row in figures.iter_rows(named=True) if few(row)]
    if scarce:
        names = listed([f"{row['name']} ({row['units']}/{row['expected']})" for row in scarce])
        st.caption(words("drilldown.few", names=names))
    for sentence in disputed_units(words, figures.filter(pl.col("disputed") > 0)["name"].to_list()):
        st.caption(sentence)
    counts = {
        "estimated": figures.filter(pl.col("basis") == "estimated").height,
        "union": figures.filter(pl.col("basis") == "union").height,
        "short": children.filter(pl.col("short") > 0).height,
        "placed": children.filter(pl.col("approximate")).height if view == "map" else 0,
    }
    said_of = [words(f"drilldown.count_{kind}", count=words.numbers.number(n)) for kind, n in counts.items() if n]
    if said_of:
        st.caption(" ".join(said_of))


def _table(context: Context, children: pl.DataFrame, what: tuple[str, str, bool]) -> None:
    words, selection = context.words, context.selection
    reports = children.select("reported", "expected").rows()
    shown = children.with_columns(
        pl.col("name") + pl.when(pl.col("disputed") > 0).then(pl.lit(DISPUTED)).otherwise(pl.lit("")),
        pl.col("numerator", "denominator").cast(pl.Float64),
        pl.Series("who", [words.numbers.share(had, due) for had, due in reports]),
    )
    columns = [
        Column("name", words("column.unit"), width=160, narrow=98),
        Column("percent", words("column.percent"), "percent", width=80, narrow=72),
        Column("numerator", words("column.numerator"), "count", width=75),
        Column("denominator", words("column.denominator"), "count", width=90),
        Column("reported", words("drilldown.reports"), "count", words("drilldown.reports_help"), 92, 66, "who"),
    ]
    if any(children["note"]):
        columns.append(Column("note", words("column.note"), width=215, narrow=126))
    if any(children["former"]):
        heading, described = words("drilldown.former_district"), words("drilldown.former_district_help")
        columns.append(Column("former", heading, width=180, help=described))
    st.caption(words("source.hint"))
    pixels = WRAPPED_ROW_PIXELS if need_lines(children) else ROW_PIXELS
    height = table_height(shown.height, row_pixels=pixels)
    key = f"children-{selection.unit}"
    clicked = clickable_cells(shown, columns, words, key, height, pixels)
    figure = _figure_at(context, children, clicked, what) if clicked else None
    show_source(context, figure, key="children")
    away = newly_clicked(key, clicked if figure is None else None)
    if away is not None:
        _go(context, children, children["unit_code"][away[0]])


def _figure_at(
    context: Context, children: pl.DataFrame, clicked: tuple[int, str], what: tuple[str, str, bool]
) -> Figure | None:
    """The number in a cell of a child with one; an old district that only groups communes has none by itself."""
    row, (rate, definition, former) = children.row(clicked[0], named=True), what
    if clicked[1] not in _SOURCED or row["percent"] is None or (former and row["level"] == "district"):
        return None
    return Figure(row["unit_code"], counted_level(context), context.selection.period, rate=rate, definition=definition)
