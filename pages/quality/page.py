"""Who reported and who did not, and what the checks found; a click opens a report."""

from typing import Any

import polars as pl
import streamlit as st

from pages.kit.address import ASKED_SHOWN, one_of, said, say, segments
from pages.kit.context import Context
from pages.kit.due import units_unsure
from pages.kit.paging import page_of
from pages.kit.tables import Column, clickable_table, show_table, table_height, text_table
from pages.kit.windows import data_until
from pages.kit.words import Words, plain
from pages.quality.report import show_report
from warehouse import answers
from warehouse.answers import reporting
from warehouse.frames import rows_with
from warehouse.model import LEVELS, SEVERITIES

_ALL = "all"
_REPORTS_A_PAGE, _FINDINGS_A_PAGE, _PERIODS_SHOWN = 300, 100, 12


def show(context: Context) -> None:
    """Draw the page."""
    selection = context.selection
    reports = context.ask(reporting.reports, *selection.place)
    received = reports.filter(pl.col("report_id").is_not_null())
    opened = one_of("report", [*received["report_id"]], default="")
    if (asked := said("report")) and not opened:
        st.caption(context.words("quality.no_report", asked=plain(asked[:ASKED_SHOWN])))
    if opened:
        show_report(context, opened)
        return
    _tiles(context, reports, received)
    _reports(context, reports)
    _findings(context)
    _periods(context)


def _tiles(context: Context, reports: pl.DataFrame, received: pl.DataFrame) -> None:
    words, numbers = context.words, context.words.numbers
    shown: dict[str, str] = {
        "received": numbers.share(received.height, reports.height),
        **{severity: numbers.number(int(received[severity].sum())) for severity in SEVERITIES},
        "unmapped": numbers.number(int(received["unmapped"].sum())),
    }
    with st.container(horizontal=True, key="tiles"):
        for name, value in shown.items():
            with st.container(border=True, width=225):
                st.metric(words(f"quality.{name}"), value, help=words(f"quality.{name}_help"))


def _reports(context: Context, reports: pl.DataFrame) -> None:
    """The reports of the period, the gravest first, then the units without one; a click opens a report."""
    words = context.words
    st.markdown(f"##### {words('quality.reports')}")
    st.caption(words("quality.reports_hint"))
    if unsure := units_unsure(context, [context.selection.period]):
        st.caption(unsure)
    key = f"reports-{context.selection.unit}-{context.selection.period}"
    reports = page_of(reports, _REPORTS_A_PAGE, words, "reports", "quality.sort_page")
    shown = _spoken_reports(reports, context.selection.period, words)
    height = table_height(shown.height, most=460)
    clicked = clickable_table(shown, _report_columns(words), words, key=key, height=height)
    if clicked is not None and reports["report_id"][clicked]:
        say("report", reports["report_id"][clicked])
        st.rerun()


def _spoken_reports(reports: pl.DataFrame, period: str, words: Words) -> pl.DataFrame:
    """The reports in the reader's words."""
    return reports.with_columns(
        pl.col("parent_name").fill_null(""),
        pl.col("file_name").fill_null(words("reason.no_report")),
        pl.Series("level_name", [words(f"level.{level}") for level in reports["level"]]),
        pl.Series("signed", [words.date(day) for day in reports["signed_on"]]),
        pl.Series("until", [data_until({**row, "period": period}, words) for row in reports.iter_rows(named=True)]),
    )


def _report_columns(words: Words) -> list[Column]:
    widths = dict(zip(SEVERITIES, ((108, 106), (92, 86), (62, 54)), strict=True))
    return [
        Column("name", words("column.unit"), width=150, narrow=110),
        Column("parent_name", words("column.parent"), width=140),
        Column("level_name", words("column.level"), width=80),
        Column("file_name", words("column.file"), width=195),
        Column("rows", words("quality.rows"), "count", width=72),
        Column("unmapped", words("quality.unmapped"), "count", width=122),
        *(
            Column(one, words(f"severity.{one}"), "count", width=wide, narrow=narrow)
            for one, (wide, narrow) in widths.items()
        ),
        Column("signed", words("quality.signed_on"), width=92),
        Column("until", words("quality.as_of"), width=150),
    ]


def _findings(context: Context) -> None:
    """What the checks found, the gravest first, of one severity or all."""
    words, selection = context.words, context.selection
    found = context.ask(answers.findings_of, *selection.place)
    st.markdown(f"##### {words('quality.findings')}")
    if found.is_empty():
        st.caption(words("overview.findings_none"))
        return
    names = context.ask(answers.rules)
    _by_rule(context, found, {row["rule"]: words.named(row) for row in names.iter_rows(named=True)})
    severity = segments(
        words("quality.severity"),
        [_ALL, *SEVERITIES],
        "severity",
        lambda option: words("table.all") if option == _ALL else words(f"severity.{option}"),
    )
    chosen = found if severity == _ALL else found.filter(pl.col("severity") == severity)
    if chosen.is_empty():
        st.caption(words("quality.none_of_severity"))
        return
    _finding_table(page_of(chosen, _FINDINGS_A_PAGE, words, "findings"), words)


def _finding_table(found: pl.DataFrame, words: Words) -> None:
    shown = found.with_columns(
        pl.Series("severity_name", [words(f"severity.{one}") for one in found["severity"]]),
        pl.Series("place_name", [words.place(place) for place in found["place"]]),
        pl.Series("tier_name", [words(f"level.{level}") if level else "" for level in found["level"]], dtype=pl.String),
        pl.col(f"message_{words.language}").alias("message"),
    )
    columns = [
        Column("severity_name", words("quality.severity"), width=105),
        Column("unit_name", words("column.unit"), width=145),
        Column("tier_name", words("column.level"), width=85),
        Column("message", words("quality.message"), width=520),
        Column("place_name", words("column.place"), width=175),
        Column("file_name", words("column.file"), width=200),
    ]
    with st.container(key="findings-only-wide"):
        text_table(shown, columns, words)
    with st.container(key="findings-only-narrow"):
        st.markdown("\n".join(_finding_line(row) for row in shown.iter_rows(named=True)))


def _finding_line(row: dict[str, Any]) -> str:
    """A finding as a phone has room for it: whole, in lines."""
    unit, place, message = (plain(row[name]) for name in ("unit_name", "place_name", "message"))
    return f"- **{row['severity_name']}** · {unit} · {place}: {message}"


def _by_rule(context: Context, found: pl.DataFrame, names: dict[str, str]) -> None:
    words = context.words
    counts = found.group_by("rule").agg(pl.len().alias("count"), pl.col("report_id").n_unique().alias("reports"))
    lines = [
        words(
            "quality.rule_line",
            rule=plain(names[row["rule"]]),
            findings=words("quality.rule_findings", count=words.numbers.number(row["count"])),
            reports=words("quality.rule_reports", count=words.numbers.number(row["reports"])),
        )
        for row in counts.sort("count", "rule", descending=[True, False]).iter_rows(named=True)
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _periods(context: Context) -> None:
    """Reports received of those expected, and findings, over the last periods."""
    words, selection = context.words, context.selection
    found = context.ask(reporting.quality_periods, selection.unit, selection.simulated, selection.boundary)
    periods = list(dict.fromkeys(found["period"].to_list()))[:_PERIODS_SHOWN]
    lines = [_period_line(rows_with(found, period=period), words) for period in periods]
    columns = [
        Column("period", words("column.period"), width=120),
        *(Column(level, words(f"level.{level}"), width=120) for level in LEVELS),
        *(Column(severity, words(f"severity.{severity}"), "count", width=110) for severity in SEVERITIES),
    ]
    st.markdown(f"##### {words('quality.over_time')}")
    if (unsure := units_unsure(context, periods)) and not units_unsure(context, [selection.period]):  # once a page
        st.caption(unsure)
    show_table(pl.DataFrame(lines), columns, words, key="periods", height=table_height(len(lines)))


def _period_line(found: pl.DataFrame, words: Words) -> dict[str, object]:
    """One period's line: received of expected at each level, and the findings of all levels together."""
    received = {
        row["level"]: words.numbers.share(row["reported"], row["expected"]) for row in found.iter_rows(named=True)
    }
    return {
        "period": words.period(found["period"][0]),
        **{level: received.get(level, "") for level in LEVELS},
        **{severity: int(found[severity].sum()) for severity in SEVERITIES},
    }
