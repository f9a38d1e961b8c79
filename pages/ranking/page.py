"""Units compared on one rate under one definition: which ranks each may have, who stands apart, who is left out."""

import polars as pl
import streamlit as st

from pages.kit.address import say, toggle
from pages.kit.choices import target_of
from pages.kit.context import Context
from pages.kit.links import lead_on
from pages.kit.source import source_button
from pages.kit.theme import clickable_figure
from pages.kit.words import plain
from pages.ranking.choice import FIGURE, FUNNEL, Ranking, chosen_ranking, order_switch, siblings
from pages.ranking.export import ranking_export
from pages.ranking.figures import Line, ends, funnel_figure, ranking_figure
from pages.ranking.left_out import show_left_out
from pages.ranking.names import MOST_LABELS, MOST_NARROW
from pages.ranking.notes import caveats, methods, reading, standing_of
from pages.ranking.table import FIGURE_ROWS, figure_of, mark, part, ranking_table
from warehouse import answers
from warehouse.answers import ranks
from warehouse.answers.comparison import funnel
from warehouse.model import NATION


def show(context: Context) -> None:
    """Draw the page."""
    around, focus = siblings(context)
    ranking = chosen_ranking(around, focus)
    if ranking is None:
        st.info(context.words("rate.none"), icon=":material/info:")
        return
    _heading(ranking)
    _focus(ranking)
    if ranking.frame.height:
        if ranking.cases and ranking.view != FUNNEL:
            order_switch(ranking)
        {FIGURE: _figure, FUNNEL: _funnel}.get(ranking.view, ranking_table)(ranking)
        _caveats(ranking)
        ranking_export(ranking)
    show_left_out(ranking)


def _heading(ranking: Ranking) -> None:
    context, words = ranking.context, ranking.context.words
    st.subheader(
        words(
            "ranking.heading_nation" if ranking.scope.unit == NATION else "ranking.heading",
            rate=context.rate_name(ranking.rate),
            level=words(f"level.{ranking.scope.level}").lower(),
            unit=plain(ranking.place),
            period=words.period_within(ranking.scope.period),
        )
    )
    names = context.rate_names[ranking.rate, ranking.definition]
    note = words.named(names, "note")
    st.caption(words("ranking.rates_only_same", definition=words.named(names), note=note))
    st.markdown("  \n".join(reading(ranking)))


def _focus(ranking: Ranking) -> None:
    """The marked unit's own place, with the ways on from there."""
    sentence = standing_of(ranking, ranking.focus) if ranking.focus else None
    if ranking.focus is None or sentence is None or ranking.frame.height == 1:
        return
    words = ranking.context.words
    with st.container(border=True, key="ranking-focus"):
        st.markdown(f"▶ {sentence}")
        with st.container(horizontal=True, vertical_alignment="center"):
            for page in ("profile", "drilldown", "trends"):
                lead_on(ranking.context, page, unit=ranking.focus)
            source_button(ranking.context, figure_of(ranking, ranking.focus), key="ranking-focus")
            if st.query_params.get("focus"):
                st.button(words("ranking.unmark"), key="unmark", type="tertiary", on_click=say, args=("focus", ""))


def _lines(ranking: Ranking) -> list[Line]:
    """What units are set against: the target, the rate of all together, the median within the unit above."""
    context, words = ranking.context, ranking.context.words
    target = target_of(context, ranking.rate, ranking.definition)
    lines = [Line(target["target"], words("ranking.target"), "dot")] if target else []
    if ranking.shared.pooled is not None:
        lines.append(Line(ranking.shared.pooled, words("ranking.pooled"), "solid"))
    path = context.selection.path
    above = path[-1] if ranking.scope.unit != path[-1].unit else path[-2] if len(path) > 1 else None
    if above is not None:
        asked = (ranking.scope.level, ranking.scope.period, ranking.scope.simulated, context.selection.boundary)
        others = context.ask(
            ranks.ranking, answers.Scope(above.unit, *asked), ranking.rate, ranking.definition, ranking.minimum
        )
        if others.height > ranking.frame.height:
            median = float(others.drop_nulls("rank")["percent"].median())  # type: ignore[arg-type]
            lines.append(Line(median, words("ranking.median", unit=above.name), "dash"))
    return lines


def _figure(ranking: Ranking) -> None:
    context, words = ranking.context, ranking.context.words
    shown = part(ranking, FIGURE_ROWS)
    if shown.is_empty():
        return
    with st.container(key="screen-only-hint"):
        st.caption(words("ranking.figure_hint" if ranking.cases else "ranking.figure_hint_plain"))
    figure = ranking_figure(shown, words, context.rate_name(ranking.rate), _lines(ranking), ranking.focus)
    alt = words(
        "ranking.alt",
        rate=context.rate_name(ranking.rate),
        units=shown.height,
        best=words.numbers.percent(shown["percent"].max()),  # type: ignore[arg-type]
        worst=words.numbers.percent(shown["percent"].min()),  # type: ignore[arg-type]
    )
    clicked = clickable_figure(figure, words, key=f"ranking-figure-{ranking.focus}", alt=alt)
    _mark(ranking, clicked)


def _funnel(ranking: Ranking) -> None:
    context, words, shared = ranking.context, ranking.context.words, ranking.shared
    if shared.pooled is None:
        st.info(words("ranking.no_funnel"), icon=":material/info:")
        return
    if shared.spread > 1:
        toggle(words("ranking.exact"), "limits", off="", on="exact", help=words("ranking.exact_help"))
    curves = funnel(shared, *ends(ranking.frame["denominator"].cast(pl.Float64)), ranking.widened)
    matches = ranking.matches["unit_code"].head(MOST_LABELS).to_list() if ranking.search else []
    marked = [*([ranking.focus] if ranking.focus else []), *matches]
    beyond = ranking.frame.filter(~pl.col("standing").is_in(["within", "unknown"])).height
    figure, named = funnel_figure(
        ranking.frame,
        curves,
        words,
        (words("ranking.denominators"), context.rate_name(ranking.rate)),
        Line(shared.pooled, words("ranking.pooled"), "dot"),
        marked,
    )
    with st.container(key="screen-only-hint"):
        number = words.numbers.number
        st.caption(words("ranking.funnel_hint", beyond=number(beyond), named=number(named), narrow=MOST_NARROW))
    alt = words(
        "ranking.funnel_alt",
        rate=context.rate_name(ranking.rate),
        units=ranking.frame.height,
        pooled=words.numbers.percent(shared.pooled),
        beyond=beyond,
    )
    clicked = clickable_figure(figure, words, key=f"ranking-funnel-{ranking.focus}", alt=alt)
    _mark(ranking, clicked)


def _mark(ranking: Ranking, clicked: str | None) -> None:
    if clicked is not None and clicked in ranking.frame["unit_code"]:
        mark(ranking, clicked)


def _caveats(ranking: Ranking) -> None:
    """What to know before the ranking is quoted; the terms of statistics behind an explanation."""
    words = ranking.context.words
    st.markdown(f"##### {words('ranking.caveats')}")
    st.markdown("\n".join(f"- {text}" for text in caveats(ranking)))
    if said := methods(ranking):
        with st.popover(words("method.button"), icon=":material/help:"):
            st.markdown("\n\n".join(said))
