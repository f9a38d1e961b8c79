"""The dictionary's figures: asked, given, left blank and not asked are four different counts."""

import polars as pl
from small import HOANG_HOA, NEW_MAP, NOW, ON_TIME, RECEIVED, THANH_HOA

from warehouse import answers
from warehouse.answers.dictionary import (
    dictionary_indicators,
    dictionary_rates,
    dictionary_rows,
    dictionary_targets,
    sum_of,
)
from warehouse.store import Warehouse

COUNTS = ("asked", "reported", "blank", "not_asked", "first_period", "last_period")


def test_coverage_tells_blank_from_not_asked(warehouse: Warehouse) -> None:
    frame = dictionary_indicators(warehouse, THANH_HOA, simulated=False)
    counted = {row["indicator"]: tuple(row[name] for name in COUNTS) for row in frame.iter_rows(named=True)}
    # Thirteen real reports: three of 2023, ten of 2024.
    assert counted[RECEIVED] == (10, 10, 0, 3, "2023-6M", NOW)
    assert counted[ON_TIME] == (12, 10, 2, 1, "2023-6M", NOW)
    assert counted["iso_maintained"] == (0, 0, 0, 13, None, None)
    assert frame.select((frame["asked"] + frame["not_asked"]).alias("all"))["all"].unique().to_list() == [13]


def test_the_worlds_are_counted_apart(warehouse: Warehouse) -> None:
    simulated = dictionary_indicators(warehouse, HOANG_HOA, simulated=True)
    assert simulated.filter(indicator=RECEIVED)["reported"].to_list() == [1]


def test_every_indicator_is_there_in_catalogue_order(warehouse: Warehouse) -> None:
    catalogue = answers.catalogue(warehouse)
    assert dictionary_indicators(warehouse)["indicator"].to_list() == catalogue["indicator"].to_list()


def test_rates_have_their_formulas_and_coverage(warehouse: Warehouse) -> None:
    frame = dictionary_rates(warehouse, simulated=False)
    formulas = {
        (row["rate"], row["definition"], row["level"]): (
            sum_of(row["numerator"], "indicator"),
            sum_of(row["denominator"], "indicator"),
        )
        for row in frame.iter_rows(named=True)
    }
    assert formulas["on_time_rate", "on_time_plus_late", None] == (
        "dossiers_resolved_on_time",
        "dossiers_resolved_on_time + dossiers_resolved_late",
    )
    area = formulas["online_rate", "all_received", "district"][1]
    assert sorted(area.split(" + ")) == ["dossiers_received@commune", "dossiers_received@district"]
    resolved = frame.row(
        by_predicate=(pl.col("rate") == "on_time_rate") & (pl.col("definition") == "resolved"), named=True
    )
    assert [resolved[name] for name in ("asked", "reported", "first_period", "last_period")] == [6, 5, NOW, NEW_MAP]
    assert [term["indicator"] for term in resolved["stated"]] == ["on_time_rate_stated"]
    received = frame.row(by_predicate=pl.col("definition") == "received", named=True)
    assert [term["indicator"] for term in received["unless"]] == ["dossiers_resolved", "dossiers_resolved_late"]


def test_form_rows_and_targets_come_from_the_catalogue(warehouse: Warehouse) -> None:
    rows = dictionary_rows(warehouse)
    assert rows.select("form", "annex", "code", "label", "indicator").rows() == [
        ("small-form", "Phụ lục 1", "1", "Số hồ sơ đã tiếp nhận", RECEIVED)
    ]
    targets = dictionary_targets(warehouse)
    assert dict(targets.select("rate", "value").iter_rows()) == {"online_payment_rate": 80.0, "online_rate": 50.0}
    assert targets["name_en"].null_count() + targets["source_vi"].null_count() == 0
