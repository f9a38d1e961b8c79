"""Figures without printed rows: published as they are, added up ready for the pages, and kept by what follows."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from small import BEFORE, FORMS, HA, HAI, HOANG_HOA, HOP, NOW, ON_TIME, RECEIVED, RESOLVED, report

from warehouse.answers import Scope, profiles, ranks, sums
from warehouse.model import Figured, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.figured import publish_figures
from warehouse.versions.publish import publish

GIVEN = {
    (HOP, NOW): {RECEIVED: 200, RESOLVED: 200, ON_TIME: 198},
    (HA, NOW): {RECEIVED: 100, RESOLVED: 100, ON_TIME: 99},
    (HAI, NOW): {RECEIVED: 400, RESOLVED: 400, ON_TIME: None},
    (HOP, BEFORE): {RECEIVED: 100, RESOLVED: 100, ON_TIME: 90},
}
SCOPE = Scope(HOANG_HOA, "commune", NOW, simulated=True)
RATE = ("on_time_rate", "resolved")


def figured() -> Figured:
    reports = batch_of([report(unit, period, {}, content="-sim", simulated=True) for unit, period in GIVEN]).reports
    rows = [
        (unit, "commune", period, indicator, value, "blank" if value is None else "reported")
        for (unit, period), figures in GIVEN.items()
        for indicator, value in figures.items()
    ]
    names = ["unit_code", "level", "period", "indicator", "value", "status"]
    facts = pl.DataFrame(rows, schema=names, orient="row")
    return Figured(reports, facts.with_columns(pl.col("value").cast(pl.Decimal(18, 4))))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    publish_figures(tmp_path, [figured()], FORMS, "demo")
    return tmp_path


def facts(opened: Warehouse, table: str = "fact") -> list[tuple[object, ...]]:
    columns = "unit_code, period, indicator, value" if table == "fact" else "unit_no, period, indicator, value"
    return opened.connection.sql(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()  # noqa: S608


def test_every_figure_is_there_in_both_orders(directory: Path) -> None:
    opened = open_warehouse(directory)
    expected = [
        (unit, period, indicator, None if value is None else Decimal(value))
        for (unit, period), figures in GIVEN.items()
        for indicator, value in figures.items()
    ]
    assert facts(opened) == sorted(expected, key=lambda row: row[:3])
    assert facts(opened, "fact_by_unit") == facts(opened, "fact_by_indicator")
    assert opened.connection.sql("SELECT count(*) FROM observation").fetchall() == [(0,)]


def test_the_pages_questions_are_answered_from_what_is_kept_ready(directory: Path) -> None:
    opened = open_warehouse(directory)
    (rate,) = sums.overview(opened, SCOPE).filter(rate=RATE[0], definition=RATE[1]).rows(named=True)
    # 198 + 99 of 200 + 100: one unit left its cell blank; a year before 90 of 100.
    assert (rate["units"], rate["numerator"], rate["denominator"]) == (2, 297, 300)
    assert (rate["percent"], rate["percent_before"]) == (99.0, 90.0)
    ranked = ranks.ranking(opened, SCOPE, *RATE, 0)
    assert ranked.select("rank", "unit_code", "percent", "rank_before").rows() == [
        (1, HA, 99.0, None),
        (1, HOP, 99.0, 1),
    ]
    assert ranks.left_out(opened, SCOPE, *RATE, 0).filter(unit_code=HAI)["reason"].to_list() == ["parts_missing"]
    own = profiles.unit_facts(opened, HOP, NOW, simulated=True).filter(indicator=ON_TIME)
    assert own.select("value", "value_before").rows() == [(198, 90)]


def test_there_must_be_nothing_yet(directory: Path) -> None:
    with pytest.raises(FileExistsError, match="đã có dữ liệu"):
        publish_figures(directory, [figured()], FORMS, "demo")


def test_a_real_report_takes_the_place_of_figures_and_the_others_stay(directory: Path) -> None:
    publish(directory, batch_of([report(HOP, NOW, {RESOLVED: 50, ON_TIME: 25})]), FORMS, "load")
    opened = open_warehouse(directory)
    assert [row for row in facts(opened) if row[:2] == (HOP, NOW)] == [
        (HOP, NOW, RESOLVED, 50),
        (HOP, NOW, ON_TIME, 25),
    ]
    assert len(facts(opened)) == 11
    assert facts(opened, "fact_by_unit") == facts(opened, "fact_by_indicator")
    assert ranks.ranking(opened, SCOPE, *RATE, 0)["unit_code"].to_list() == [HA]
    assert ranks.ranking(opened, replace(SCOPE, simulated=False), *RATE, 0)["percent"].to_list() == [50.0]


def test_a_changed_catalogue_keeps_the_figures(directory: Path) -> None:
    before = facts(open_warehouse(directory))
    renamed = [replace(form, name_en="Renamed form") for form in FORMS]
    publish(directory, batch_of([report(HAI, BEFORE, {RESOLVED: 10, ON_TIME: 9})]), renamed, "load")
    opened = open_warehouse(directory)
    assert [row for row in facts(opened) if row[:2] != (HAI, BEFORE)] == before
    assert facts(opened, "fact_by_unit") == facts(opened, "fact_by_indicator")
    assert ranks.ranking(opened, SCOPE, *RATE, 0).height == 2
