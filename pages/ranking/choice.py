"""What the reader chose to rank, from the address, and the frames that answer it."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import streamlit as st

from pages.kit.address import number, one_of, said, segments, select, text, toggle
from pages.kit.choices import rate_and_definition
from pages.kit.context import Context
from warehouse.answers import Scope, disputes, ranks
from warehouse.answers.comparison import Common, common, compare
from warehouse.frames import rows_where
from warehouse.text import fold

TABLE, FIGURE, FUNNEL = "table", "figure", "funnel"
_ALL = "all"


@dataclass(frozen=True)
class Ranking:
    """One ranking: what was asked, the units in the order asked for, what they share, and who is left out.

    `focus` is the unit whose place is marked.
    """

    context: Context
    scope: Scope
    place: str
    rate: str
    definition: str
    minimum: int
    view: str
    plain: bool
    widened: bool
    focus: str | None
    search: str
    frame: pl.DataFrame
    shared: Common
    left: pl.DataFrame

    @property
    def cases(self) -> bool:
        """Whether the rate's parts count cases, so that chance has a say."""
        return bool(self.frame.height and self.frame["cases"].all())

    @property
    def found(self) -> pl.DataFrame:
        """The units shown: those that match the search; the funnel shows all and names these."""
        return self.frame if self.view == FUNNEL else self.matches

    @property
    def matches(self) -> pl.DataFrame:
        """The units whose names hold every word that is searched for."""
        words = fold(self.search).split()
        names = [fold(name) for name in self.frame["name"]]
        return rows_where(self.frame, np.array([all(word in name for word in words) for name in names], dtype=bool))


def siblings(context: Context) -> tuple[Context, str | None]:
    """A unit of the counted level is ranked among its siblings: the context of its parent, and the unit to mark."""
    selection, focus = context.selection, said("focus")
    if selection.path[-1].level == selection.level and len(selection.path) > 1:
        return replace(context, selection=replace(selection, path=selection.path[:-1])), focus or selection.unit
    return context, focus


def chosen_ranking(context: Context, focus: str | None) -> Ranking | None:
    """Draw the controls and answer them; null when no unit has a figure for the chosen rate, which the page says."""
    chosen = rate_and_definition(context)
    if chosen is None:
        return None
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="ranking-controls"):
        minimum = number(
            words("ranking.minimum"), "minimum", 0, None, 0, step=10, help=words("ranking.minimum_help"), width=170
        )
        scope, place = _comparison_set(context, *chosen, minimum)
        search = text(words("ranking.find"), "find", placeholder=words("ranking.find_hint"), width=240)
        view = segments(
            words("ranking.view"), [TABLE, FIGURE, FUNNEL], "view", lambda option: words(f"ranking.show_{option}")
        )
    widened, plain = one_of("limits", ["widened", "exact"], "widened") == "widened", said("order") == "plain"
    contradicted = context.ask(disputes.disputed, scope).filter(rate=chosen[0], definition=chosen[1])["unit_code"]
    parts = context.ask(disputes.disputes, scope, "short_rows")
    parts = parts.filter(rate=chosen[0], definition=chosen[1]) if parts.height else parts
    covers = dict(parts.select("unit_code", "printed").iter_rows())
    frame = context.ask(compare, scope, *chosen, minimum, widened)
    frame = frame.with_columns(
        pl.col("unit_code").is_in(contradicted.implode()).alias("disputed"),
        pl.Series("covers", [covers.get(unit) for unit in frame["unit_code"]], dtype=pl.String),
    )
    left = context.ask(ranks.left_out, scope, *chosen, minimum)
    shared = common(frame)
    if plain:
        frame = frame.sort("rank", nulls_last=True, maintain_order=True)
    return Ranking(context, scope, place, *chosen, minimum, view, plain, widened, focus, search, frame, shared, left)


def order_switch(ranking: Ranking) -> None:
    """The plain order, one switch away, with what it moves."""
    words, numbers = ranking.context.words, ranking.context.words.numbers
    moved = ranking.frame.filter(pl.col("moves") != 0)
    with st.container(horizontal=True, vertical_alignment="center"):
        toggle(words("ranking.plain"), "order", off="", on="plain", help=words("ranking.plain_help"), width="content")
        if moved.height:
            most = int(moved["moves"].abs().max() or 0)  # type: ignore[arg-type]
            st.caption(
                words(
                    "ranking.moves",
                    moved=numbers.number(moved.height),
                    ranked=numbers.number(ranking.frame.height),
                    most=numbers.number(most),
                ),
                width="content",
            )


def _comparison_set(context: Context, rate: str, definition: str, minimum: int) -> tuple[Scope, str]:
    """All units of the selection, or those that came of one former district."""
    words, scope = context.words, context.selection.scope
    base = context.ask(ranks.ranking, scope, rate, definition, minimum)
    named = dict(zip(base["former_district"].to_list(), base["former_district_name"].to_list(), strict=True))
    former = {code: named[code] for code in sorted(code for code in named if code)}
    if len(former) < 2 or len(former) > 60:
        return scope, context.selection.name
    chosen = select(
        words("ranking.set"),
        [_ALL, *former],
        "former",
        lambda code: words("ranking.set_all") if code == _ALL else words("ranking.set_former", district=former[code]),
        width=260,
    )
    if chosen == _ALL:
        return scope, context.selection.name
    boundary = "now" if scope.boundary == "then" else scope.boundary
    return replace(scope, unit=chosen, boundary=boundary), words("ranking.set_former", district=former[chosen])
