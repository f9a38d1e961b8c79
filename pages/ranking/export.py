"""The ranking as a file: exactly the units and the order on screen, with what they are and what to be careful about."""

import polars as pl
import streamlit as st

from pages.kit.frame_export import frame_buttons
from pages.ranking.choice import Ranking
from pages.ranking.notes import caveats, methods, reading, reason
from warehouse.answers import reporting
from warehouse.frames import alike, beside, spelt

# The columns of `warehouse.answers.comparison.compare` that a file has, under the same names.
_COLUMNS = (
    *("place", "rank", "unit_code", "name", "parent_name", "former_district_name", "percent", "numerator"),
    *("denominator", "stated_percent", "low", "high", "rank_best", "rank_worst", "alike", "standing", "rank_before"),
    *("percent_before", "change_low", "change_high", "change_real", "moves", "basis", "data_end", "days_missing"),
    *("disputed", "covers"),
)


def ranking_export(ranking: Ranking) -> None:
    """The export buttons with the number of rows."""
    frame = exported(ranking)
    with st.container(key="screen-only-export"):
        _buttons(ranking, frame)


def _buttons(ranking: Ranking, frame: pl.DataFrame) -> None:
    words, scope = ranking.context.words, ranking.scope
    st.markdown(f"**{words('ranking.export', rows=words.numbers.number(frame.height))}**")
    st.caption(words("ranking.export_help"))
    frame_buttons(
        frame,
        lambda: {"ranking": frame, "about": about(ranking), "left_out": left_out(ranking)},
        {
            "ranking": words("ranking.sheet_figures"),
            "about": words("ranking.sheet_about"),
            "left_out": words("ranking.sheet_left"),
        },
        f"cchc_{ranking.rate}_{scope.unit}_{scope.period}".replace("@", "_"),
        words,
    )


def exported(ranking: Ranking) -> pl.DataFrame:
    """The units on screen in their order; the search narrows them, pages do not."""
    scope = ranking.scope
    where = (scope.unit, scope.period, scope.simulated, scope.boundary)
    files = ranking.context.ask(reporting.reports, *where)[["unit_code", "file_name"]]
    found = ranking.found[list(_COLUMNS)].join(files, on="unit_code", how="left", maintain_order="left")
    same = {
        **{"rate": ranking.rate, "definition": ranking.definition, "period": scope.period},
        **{"boundary": scope.boundary, "simulated": scope.simulated},
    }
    codes = [spelt(found[name]) for name in ("standing", "change_real")]
    return beside(found, [*codes, *(alike(name, value, found.height) for name, value in same.items())])


def about(ranking: Ranking) -> pl.DataFrame:
    """What the figures are, how they were chosen, and every caveat, a line each: `subject` and `text`."""
    context, words, scope = ranking.context, ranking.context.words, ranking.scope
    names = context.rate_names[ranking.rate, ranking.definition]
    lines = [
        ("ranking.about_rate", context.rate_name(ranking.rate)),
        ("ranking.about_definition", f"{words.named(names)}. {words.named(names, 'note')}"),
        ("ranking.about_units", f"{words(f'level.{scope.level}')}, {ranking.place}"),
        ("ranking.about_period", words.period(scope.period)),
        ("ranking.about_boundary", words(f"filters.map_{'then' if scope.boundary == 'then' else 'now'}")),
        ("ranking.about_data", words("app.simulated_short") if scope.simulated else words("real")),
        ("ranking.minimum", words.numbers.number(ranking.minimum)),
        ("ranking.about_search", ranking.search or words.numbers.missing),
        ("ranking.about_order", words("ranking.order_plain" if ranking.plain else "ranking.order_careful")),
        *(("ranking.about_reading", text) for text in reading(ranking)),
        *(("ranking.caveats", text) for text in caveats(ranking, in_file=True)),
        *(("method.button", text) for text in methods(ranking)),
    ]
    return pl.DataFrame(
        [(words(key), text.replace("**", "")) for key, text in lines], schema=["subject", "text"], orient="row"
    )


def left_out(ranking: Ranking) -> pl.DataFrame:
    """The units that are not ranked, with the reason in words."""
    reasons = [reason(ranking, row) for row in ranking.left.iter_rows(named=True)]
    kept = ranking.left.select("unit_code", "name", "parent_name", "percent", "denominator")
    return kept.with_columns(pl.Series("reason", reasons, dtype=pl.String))
