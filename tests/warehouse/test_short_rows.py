"""Figures whose own row says that they cover only part of the period, on three reports of communes."""

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
from small import BEFORE, FORMS, HA, HOANG_HOA, HOP, NOW, ON_TIME, RECEIVED, report

from warehouse.answers import Scope, Subject, disputes, reporting, trends
from warehouse.model import Remark, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish

COMMUNES = Scope(HOANG_HOA, "commune", NOW)
ON_TIME_RATE = Subject("on_time_rate", "received")
NOTED = Remark("row_window_short", "Phụ lục 1, line:2", {"subject": "Đúng hạn", "printed": "5 tháng"})


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("noted")
    figures = {RECEIVED: 100, ON_TIME: 90}
    reports = [
        report(HOP, NOW, figures, remarks=(NOTED,)),
        report(HOP, BEFORE, figures),
        report(HA, NOW, figures, as_of=date(2024, 5, 31)),
    ]
    publish(directory, batch_of(reports), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def test_a_row_of_part_of_the_period_is_told_of_its_rate_and_its_indicator(noted: Warehouse) -> None:
    found = disputes.disputes(noted, COMMUNES, "short_rows")
    found = found.select("rate", "definition", "indicator", "unit_code", "printed")
    assert sorted(found.rows(), key=str) == [
        ("on_time_rate", "received", None, HOP, "5 tháng"),
        (None, None, ON_TIME, HOP, "5 tháng"),
    ]
    assert disputes.disputes(noted, Scope(HOANG_HOA, "commune", BEFORE), "short_rows").is_empty()
    assert disputes.disputes(noted, COMMUNES).is_empty()  # it contradicts nothing


def test_it_counts_among_the_short_ones_over_time(noted: Warehouse) -> None:
    found = trends.trend(noted, COMMUNES.in_any_period, [HOP, HA, HOANG_HOA], ON_TIME_RATE, ["6M"])
    known = found.filter(pl.col("value").is_not_null()).select("unit_code", "period", "short", "reports").rows()
    assert known == [
        *((HOP, BEFORE, 0, 1), (HOP, NOW, 1, 1)),  # of its row
        (HA, NOW, 1, 1),  # of its report
        *((HOANG_HOA, BEFORE, 0, 1), (HOANG_HOA, NOW, 1, 2)),
    ]


def test_the_window_of_what_is_selected(noted: Warehouse) -> None:
    day = date(2024, 5, 31)
    assert reporting.window(noted, COMMUNES).rows() == [(2, 1, 14, day)]
    assert reporting.window(noted, Scope(HA, "commune", NOW)).rows() == [(1, 1, 14, day)]
    assert reporting.window(noted, Scope(HOP, "commune", NOW)).rows() == [(1, 0, None, None)]
    assert reporting.window(noted, Scope(HA, "commune", BEFORE)).is_empty()
