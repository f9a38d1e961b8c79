"""Who reported and who did not, what the checks found, and each report opened with every row beside its place."""

import polars as pl
import streamlit as st

from pages.kit.address import one_of, say, segments
from pages.kit.context import Context
from pages.kit.tables import Column, clickable_table, show_table, table_height
from pages.kit.words import plain
from warehouse import answers
from warehouse.model import LEVELS, SEVERITIES

_ALL = "all"
_REPORTS_SHOWN, _FINDINGS_SHOWN, _PERIODS_SHOWN = 300, 100, 12


def show(context: Context) -> None:
    """Draw the page."""
    selection = context.selection
    reports = context.ask(answers.reports, selection.unit, selection.period, selection.simulated)
    received = reports.filter(pl.col("report_id").is_not_null())
    _tiles(context, reports, received)
    opened = one_of("report", [*received["report_id"]], default="")
    if opened:
        _report(context, received.filter(pl.col("report_id") == opened).row(0, named=True))
        return
    _reports(context, reports)
    _findings(context)
    _periods(context)


def _tiles(context: Context, reports: pl.DataFrame, received: pl.DataFrame) -> None:
    words, numbers = context.words, context.words.numbers
    shown = {
        "quality.received": f"{numbers.number(received.height)}/{numbers.number(reports.height)}",
        **{f"quality.{severity}": numbers.number(int(received[severity].sum())) for severity in SEVERITIES},
        "quality.unmapped": numbers.number(int(received["unmapped"].sum())),
    }
    with st.container(horizontal=True, key="tiles"):
        for key, value in shown.items():
            with st.container(border=True, width=225):
                st.metric(words(key), value, help=words(f"{key}_help"))


def _reports(context: Context, reports: pl.DataFrame) -> None:
    """The reports of the period, the gravest first, then the units without one; a click opens a report."""
    words = context.words
    st.markdown(f"##### {words('quality.reports')}")
    st.caption(words("quality.reports_hint"))
    shown = reports.head(_REPORTS_SHOWN).with_columns(
        pl.col("parent_name").fill_null(""),
        pl.col("file_name").fill_null(words("reason.no_report")),
        pl.Series("level_name", [words(f"level.{level}") for level in reports["level"].head(_REPORTS_SHOWN)]),
        pl.Series("signed", [words.date(day) for day in reports["signed_on"].head(_REPORTS_SHOWN)]),
        pl.Series("until", [words.date(day) for day in reports["as_of"].head(_REPORTS_SHOWN)]),
    )
    columns = [
        Column("name", words("column.unit"), width=180),
        Column("parent_name", words("column.parent"), width=160),
        Column("level_name", words("column.level"), width=90),
        Column("file_name", words("column.file"), width=230),
        Column("rows", words("quality.rows"), "count", width=80),
        Column("unmapped", words("quality.unmapped"), "count", width=90),
        *(Column(severity, words(f"severity.{severity}"), "count", width=90) for severity in SEVERITIES),
        Column("signed", words("quality.signed_on"), width=100),
        Column("until", words("quality.as_of"), width=100),
    ]
    key = f"reports-{context.selection.unit}-{context.selection.period}"
    clicked = clickable_table(shown, columns, words, key=key, height=table_height(shown.height, most=460))
    if clicked is not None and reports["report_id"][clicked]:
        say("report", reports["report_id"][clicked])
        st.rerun()
    if reports.height > _REPORTS_SHOWN:
        st.caption(words("quality.reports_cut", shown=_REPORTS_SHOWN))


def _findings(context: Context) -> None:
    """What the checks found, the gravest first, of one severity or all."""
    words, selection = context.words, context.selection
    found = context.ask(answers.findings_of, selection.unit, selection.period, selection.simulated)
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
    shown = chosen.head(_FINDINGS_SHOWN)
    spoken = shown.with_columns(
        pl.Series("severity_name", [words(f"severity.{one}") for one in shown["severity"]]),
        pl.Series("place_name", [words.place(place) for place in shown["place"]]),
        pl.col(f"message_{words.language}").alias("message"),
    )
    columns = [
        Column("severity_name", words("quality.severity"), width=100),
        Column("unit_name", words("column.unit"), width=160),
        Column("message", words("quality.message"), width=640),
        Column("place_name", words("column.place"), width=220),
        Column("file_name", words("column.file"), width=200),
    ]
    show_table(spoken, columns, words, key="findings", height=table_height(shown.height, most=460))
    if chosen.height > shown.height:
        st.caption(words("quality.findings_cut", shown=shown.height, total=words.numbers.number(chosen.height)))


def _by_rule(context: Context, found: pl.DataFrame, names: dict[str, str]) -> None:
    words = context.words
    counts = found.group_by("rule").agg(pl.len().alias("count"), pl.col("report_id").n_unique().alias("reports"))
    lines = [
        words("quality.rule_line", rule=plain(names[row["rule"]]), count=row["count"], reports=row["reports"])
        for row in counts.sort("count", "rule", descending=[True, False]).iter_rows(named=True)
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _periods(context: Context) -> None:
    """Reports received of those expected, and findings, over the last periods."""
    words, selection = context.words, context.selection
    found = context.ask(answers.quality_periods, selection.unit, selection.simulated)
    periods = found["period"].unique(maintain_order=True).head(_PERIODS_SHOWN)
    lines: list[dict[str, object]] = []
    for period in periods:
        of_period = found.filter(pl.col("period") == period)
        received = {
            row["level"]: f"{words.numbers.number(row['reported'])}/{words.numbers.number(row['expected'])}"
            for row in of_period.iter_rows(named=True)
        }
        line: dict[str, object] = {"period": words.period(period)}
        line.update({level: received.get(level, "") for level in LEVELS})
        line.update({severity: int(of_period[severity].sum()) for severity in SEVERITIES})
        lines.append(line)
    columns = [
        Column("period", words("column.period"), width=120),
        *(Column(level, words(f"level.{level}"), width=120) for level in LEVELS),
        *(Column(severity, words(f"severity.{severity}"), "count", width=110) for severity in SEVERITIES),
    ]
    st.markdown(f"##### {words('quality.over_time')}")
    show_table(pl.DataFrame(lines), columns, words, key="periods", height=table_height(len(lines)))


def _report(context: Context, report: dict[str, object]) -> None:
    """One report opened: what it says of itself, its findings, and every row as printed and as read."""
    words = context.words
    st.button(f"← {words('quality.back')}", type="tertiary", on_click=say, args=("report", ""))
    st.subheader(plain(f"{report['name']} · {report['file_name']}"))
    found = context.ask(answers.findings, (str(report["report_id"]),))
    for row in found.iter_rows(named=True):
        st.markdown(
            f"- **{words('severity.' + row['severity'])}** · {plain(words.place(row['place']))}: "
            f"{plain(words.named(row, 'message'))}"
        )
    if found.is_empty():
        st.caption(words("quality.clean"))
    rows = context.ask(answers.report_rows, str(report["report_id"]))
    shown = rows.with_columns(
        pl.Series("status_name", [words(f"status.{status}") for status in rows["status"]]),
        pl.Series("place_name", [words.place(place) for place in rows["place"]]),
        pl.col(f"messages_{words.language}").list.join(" ").fill_null("").alias("messages"),
        pl.when("known_row").then(pl.lit("")).otherwise(pl.lit(words("quality.unknown_row"))).alias("known"),
        pl.col("code", "parent_label", "unit_of_measure", "raw_value", "note", "indicator").fill_null(""),
    )
    columns = [
        Column("annex", words("column.annex"), width=100),
        Column("code", words("column.code"), width=60),
        Column("label", words("column.label"), width=360),
        Column("raw_value", words("column.raw_value"), width=110),
        Column("value", words("column.value"), "number", width=90),
        Column("status_name", words("column.status"), width=120),
        Column("messages", words("quality.message"), width=420),
        Column("unit_of_measure", words("column.measure"), width=110),
        Column("place_name", words("column.place"), width=110),
        Column("note", words("column.note"), width=140),
        Column("indicator", words("quality.indicator"), width=220),
        Column("known", words("quality.mapping"), width=120),
        Column("parent_label", words("column.parent_label"), width=200),
    ]
    show_table(shown, columns, words, key="report-rows", height=table_height(shown.height, most=760))
