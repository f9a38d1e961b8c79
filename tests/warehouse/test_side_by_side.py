"""Trends with their reasons and windows, the band of peers, and units side by side, worked out by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from small import (
    DAT,
    DUC,
    FORMS,
    HA,
    HAI,
    HOANG_HOA,
    HOP,
    KIM,
    ON_TIME,
    PHU,
    QUY,
    RECEIVED,
    RESOLVED,
    THANH_HOA,
    report,
)

from warehouse.answers import Scope, Subject, peers, trends
from warehouse.answers.explore import FigureFilter, RateFilter
from warehouse.answers.peer_band import peer_band, peer_units
from warehouse.answers.side_by_side import Measure, in_period, side_by_side
from warehouse.exports.extract import extract
from warehouse.model import Report, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish

NOW, BEFORE = "2024-6M", "2023-6M"
PROCEDURES = "procedures_in_force"
SCOPE = Scope(HOP, "commune", NOW)
RATE, COUNT = Subject("on_time_rate", "received"), Subject(indicator=RECEIVED)
MEASURES = (Measure("rate", RATE), Measure("count", COUNT), Measure("fewest", COUNT, less_is_better=True))


def reports() -> list[Report]:
    now = {HOP: (200, 180), HA: (100, 95), HAI: (400, 340), DAT: (50, 50), DUC: (10, 8)}
    windows: dict[str, dict[str, Any]] = {
        HOP: {"as_of": date(2024, 5, 31)},  # a five-month half year
        HA: {"as_of": date(2024, 6, 10)},  # a few days early is the custom
        HAI: {"signed_on": date(2024, 5, 20)},
        DAT: {"window_start": date(2024, 1, 15), "window_end": date(2024, 6, 14)},
    }
    return [
        *(
            report(unit, NOW, {RECEIVED: received, ON_TIME: on_time}, **windows.get(unit, {}))
            for unit, (received, on_time) in now.items()
        ),
        report(HOP, BEFORE, {RECEIVED: 100, ON_TIME: 80}),
        report(HA, BEFORE, {RECEIVED: 90, ON_TIME: 90}),
        report(KIM, NOW, {RESOLVED: 10, ON_TIME: 9}),
        report(PHU, NOW, {RECEIVED: 0, ON_TIME: 0}),
        report(QUY, NOW, {"plan_tasks": 10}),
    ]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("few")
    publish(directory, batch_of(reports()), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def test_a_missing_figure_says_why(few: Warehouse) -> None:
    units = [HOP, KIM, PHU, QUY, "15865"]
    found = trends.trend(few, SCOPE, units, RATE, ["6M"]).filter(period=NOW)
    assert found.select("unit_code", "problem").rows() == [
        (HOP, None), (KIM, "other_definition"), (PHU, "nothing_counted"), (QUY, "not_asked"), ("15865", "no_report"),
    ]  # fmt: skip
    added = trends.trend(few, SCOPE, [HOANG_HOA], Subject(indicator="procedures_in_force"), ["6M"])
    assert added.height == 0


def test_a_short_window_is_counted(few: Warehouse) -> None:
    found = trends.trend(few, SCOPE, [HOP, HA, HAI, DAT, DUC, HOANG_HOA], RATE, ["6M"]).filter(period=NOW)
    assert found.select("unit_code", "short", "reports").rows() == [
        (HOP, 1, 1), (HA, 0, 1), (HAI, 1, 1), (DAT, 1, 1), (DUC, 0, 1), (HOANG_HOA, 3, 5),
    ]  # fmt: skip


def test_the_band_is_the_quartiles_of_the_peers(few: Warehouse) -> None:
    # 80, 85, 90, 95 and 100 %; a year before there were two.
    (line,) = peer_band(few, SCOPE, RATE, ["6M"]).rows()
    assert line == (NOW, date(2024, 6, 14), 85.0, 90.0, 95.0, 5, THANH_HOA)
    assert peer_band(few, Scope("VN", "commune", NOW), RATE, ["6M"]).height == 0
    assert peer_band(few, Scope(THANH_HOA, "commune", NOW), RATE, ["6M"]).height == 0


def test_peers_are_units_of_the_level_with_reports_in_them(few: Warehouse) -> None:
    assert peer_units(few, HOANG_HOA, simulated=False).rows() == [(HOANG_HOA, THANH_HOA)]
    assert peer_units(few, HOP, simulated=False)["unit_code"].to_list() == sorted(
        [HOP, HA, HAI, DAT, DUC, KIM, PHU, QUY]
    )
    assert peer_units(few, HOP, simulated=True).height == 0


def test_one_period_side_by_side(few: Warehouse) -> None:
    units = [HOP, HA, KIM]
    figures = side_by_side(few, SCOPE, units, MEASURES, ["6M"])
    assert figures.columns[0] == "measure"
    found = in_period(figures, NOW, units, MEASURES)
    assert found.select("measure", "unit_code", "value", "change", "sure", "rank", "problem").rows() == [
        ("rate", HOP, 90.0, 10.0, True, 2, None),  # 180/200 after 80/100: the interval is 1.7 to 19.5 points
        ("rate", HA, 95.0, -5.0, True, 1, None),  # 95/100 after 90/90: -11.2 to -0.1
        ("rate", KIM, None, None, None, None, "other_definition"),
        ("count", HOP, 200.0, 100.0, None, 1, None),
        ("count", HA, 100.0, 10.0, None, 2, None),
        ("count", KIM, None, None, None, None, "not_asked"),
        ("fewest", HOP, 200.0, 100.0, None, 2, None),
        ("fewest", HA, 100.0, 10.0, None, 1, None),
        ("fewest", KIM, None, None, None, None, "not_asked"),
    ]
    assert found["ranked"].to_list() == [2, 2, None] * 3  # without a figure, among none


def test_a_change_between_other_units_is_not_sure(few: Warehouse) -> None:
    figures = side_by_side(few, SCOPE, [HOP], MEASURES[:1], ["6M"])
    units = pl.when(pl.col("period") == BEFORE).then(2).otherwise("units")
    (line,) = in_period(figures.with_columns(units.alias("units")), NOW, [HOP], MEASURES[:1]).rows(named=True)
    assert (line["change"], line["sure"]) == (10.0, False)


def test_a_sum_over_other_units_has_no_year_before(few: Warehouse) -> None:
    # 673 of 760 in five communes; a year before 170 of 190 in two.
    (line,) = peers.peers(few, SCOPE, THANH_HOA, "district").filter(definition="received").rows(named=True)
    assert (line["unit_code"], line["numerator"], line["denominator"]) == (HOANG_HOA, 673, 760)
    assert (line["percent_before"], line["numerator_before"], line["denominator_before"]) == (None, None, None)
    own = peers.peers(few, SCOPE, HOANG_HOA, "commune").filter(unit_code=HOP, definition="received")
    assert own["percent_before"].to_list() == [80]


def test_who_is_above_the_whole_has_no_rank_among_peers(tmp_path: Path) -> None:
    more = report(KIM, BEFORE, {RECEIVED: 10, ON_TIME: 9}), report("15865", NOW, {RECEIVED: 10, ON_TIME: 11})
    publish(tmp_path, batch_of([*reports(), *more]), FORMS, "load")
    found = peers.peers(open_warehouse(tmp_path), SCOPE, HOANG_HOA, "commune").filter(definition="received")
    standing = {row["unit_code"]: row for row in found.iter_rows(named=True)}
    assert {unit: standing[unit]["rank"] for unit in (DAT, HA, HOP, HAI, DUC, "15865")} == {
        **{DAT: 1, HA: 2, HOP: 3, HAI: 4, DUC: 5},
        "15865": None,
    }
    # 80, 85, 90, 95 and 100 %; 110 % has no part in them.
    assert {
        (row["lower_quartile"], row["median"], row["upper_quartile"], row["ranked"]) for row in standing.values()
    } == {(85, 90, 95, 5)}


def test_a_quarter_without_a_report_is_that_of_the_period_it_is_taken_from(tmp_path: Path) -> None:
    quarter = report(HOP, "2024-Q1", {RECEIVED: 80, ON_TIME: 70})
    publish(tmp_path, batch_of([*reports(), quarter]), FORMS, "load")
    found = trends.trend(open_warehouse(tmp_path), SCOPE, [HOP, QUY, "15865"], RATE, ["Q2"], "discrete")
    assert found.select("unit_code", "period", "numerator", "denominator", "problem").rows() == [
        (HOP, "2024-Q2", 110, 120, None),
        (QUY, "2024-Q2", None, None, "not_asked"),  # it reported half a year
        ("15865", "2024-Q2", None, None, "no_report"),
    ]


def test_a_quarter_is_short_where_the_report_that_is_taken_off_is(tmp_path: Path) -> None:
    # The first quarter of HA ends on 26 February: what came in until 14 March is in the second.
    sent = [
        report(HA, "2024-Q1", {RECEIVED: 40, ON_TIME: 38, PROCEDURES: 7}, as_of=date(2024, 2, 26)),
        report(HA, NOW, {RECEIVED: 100, ON_TIME: 95, PROCEDURES: 8}),
        report(DUC, "2024-Q1", {RECEIVED: 4, ON_TIME: 4}),
        report(DUC, NOW, {RECEIVED: 10, ON_TIME: 8}),
    ]
    publish(tmp_path, batch_of(sent), FORMS, "load")
    opened = open_warehouse(tmp_path)
    for subject, values in ((RATE, (95.0, 100 * 4 / 6, 100 * 61 / 66)), (COUNT, (60.0, 6.0, 66.0))):
        found = trends.trend(opened, SCOPE, [HA, DUC, HOANG_HOA], subject, ["Q2"], "discrete")
        assert found["value"].to_list() == pytest.approx(values)
        assert found.select("unit_code", "short", "reports").rows() == [(HA, 1, 1), (DUC, 0, 1), (HOANG_HOA, 1, 2)]
    stock = trends.trend(opened, SCOPE, [HA], Subject(indicator=PROCEDURES), ["Q1", "Q2"], "discrete")
    assert stock.select("period", "value", "short").rows() == [("2024-Q1", 7, 1), ("2024-Q2", 8, 0)]


def test_an_export_of_a_quarter_has_what_is_wrong_with_the_report_that_is_taken_off(tmp_path: Path) -> None:
    sent = [report(HOP, "2024-Q1", {RECEIVED: 40, ON_TIME: 41}), report(HOP, NOW, {RECEIVED: 100, ON_TIME: 95})]
    publish(tmp_path, batch_of(sent), FORMS, "load")
    quarter = {"alone": (HOP,), "periods": ("2024-Q2",), "counting": "discrete"}
    for wanted in (RateFilter(**quarter, rates=("on_time_rate",)), FigureFilter(**quarter, indicators=(ON_TIME,))):
        found = extract(open_warehouse(tmp_path), wanted, "vi")
        assert found.values.select("period", "basis", "finding").rows() == [("2024-Q2", "difference", "low")]
        assert sorted(found.sources["period"]) == ["2024-6M", "2024-Q1"]
        assert found.caveats.filter(kind="finding")["period"].to_list() == ["2024-Q1"]


def test_ties_share_a_rank(few: Warehouse) -> None:
    figures = side_by_side(few, SCOPE, [HOP, HA, HAI], MEASURES[:1], ["6M"])
    tied = figures.with_columns(value=90.0)
    assert in_period(tied, NOW, [HOP, HA, HAI], MEASURES[:1])["rank"].to_list() == [1, 1, 1]


def test_a_unit_without_any_row_is_still_a_line(few: Warehouse) -> None:
    figures = side_by_side(few, SCOPE, ["15865"], MEASURES[:1], ["6M"])
    assert figures.height == 0
    assert in_period(figures, NOW, ["15865"], MEASURES[:1])["problem"].to_list() == ["no_figure"]


def test_more_than_twelve_units_are_refused(few: Warehouse) -> None:
    units = [str(number) for number in range(13)]
    with pytest.raises(ValueError, match="13 units and 1 measures: at most 12 and 6"):
        side_by_side(few, SCOPE, units, MEASURES[:1], ["6M"])
    assert side_by_side(few, SCOPE, [HOP] * 13, MEASURES[:1], ["6M"]).height == 2
    with pytest.raises(ValueError, match="7 measures"):
        side_by_side(few, SCOPE, [HOP], [MEASURES[0]] * 7, ["6M"])
