"""Printed totals against own reports, on huyện Cô Tô of three communes: one period a verdict, worked out by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from small import FORMS, report, row

from warehouse import answers
from warehouse.answers import reporting
from warehouse.model import NATION, Report, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish

CO_TO, TOWN, DONG_TIEN, THANH_LAN = "207", "07192", "07195", "07198"
QUANG_NINH = "22"
RECEIVED, ON_TIME, RESOLVED, STATED = (
    "dossiers_received", "dossiers_resolved_on_time", "dossiers_resolved", "on_time_rate_stated",
)  # fmt: skip
OWN = {TOWN: (100, 90), DONG_TIEN: (50, 50), THANH_LAN: (30, 24)}

# What the district prints for its communes (received, on time), and which of them report; the verdict for both.
CASES: dict[str, tuple[tuple[int, int], tuple[str, ...], str]] = {
    "2021-6M": ((180, 164), (TOWN, DONG_TIEN, THANH_LAN), "agrees"),
    "2022-6M": ((150, 140), (TOWN, DONG_TIEN), "agrees_so_far"),
    "2023-6M": ((200, 180), (TOWN, DONG_TIEN), "implied"),
    "2024-6M": ((140, 130), (TOWN, DONG_TIEN), "exceeds"),
    "2021-12M": ((190, 170), (TOWN, DONG_TIEN, THANH_LAN), "differs"),
    "2022-12M": ((160, 155), (TOWN, DONG_TIEN), "impossible"),
    "2023-12M": ((180, 164), (), "none_reported"),
}


def printed(period: str, received: int, on_time: int) -> Report:
    rows = (
        row(RECEIVED, 1000),
        row(ON_TIME, 990),
        row(RECEIVED, received, level="commune"),
        row(ON_TIME, on_time, level="commune"),
    )
    return report(CO_TO, period, rows, level="district", as_of=date(2023, 5, 31) if period == "2023-6M" else None)


def reports() -> list[Report]:
    found = []
    for period, (totals, senders, _) in CASES.items():
        found.append(printed(period, *totals))
        found += [report(unit, period, dict(zip((RECEIVED, ON_TIME), OWN[unit], strict=True))) for unit in senders]
    town = report(TOWN, "2024-9M", {RESOLVED: 80, ON_TIME: 72}, as_of=date(2024, 8, 31))
    other = [printed("2024-9M", 180, 164), town, report(DONG_TIEN, "2024-9M", {"plan_tasks": 10})]
    silent = [printed("2023-9M", 180, 164), report(TOWN, "2023-9M", {"plan_tasks": 10})]
    only = tuple(
        row(name, value, level="commune") for name, value in ((STATED, "97.5"), (RESOLVED, None), (ON_TIME, None))
    )
    parts = [report(CO_TO, "2022-9M", only, level="district"), report(TOWN, "2022-9M", {RESOLVED: 80, ON_TIME: 72})]
    alone = [report(TOWN, "2021-9M", {RECEIVED: 100, ON_TIME: 90})]
    return [*found, *other, *silent, *parts, *alone]


@pytest.fixture(scope="module")
def co_to(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("co-to")
    publish(directory, batch_of(reports()), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def rate_rows(warehouse: Warehouse, period: str, unit: str = CO_TO) -> dict[tuple[str, str | None], dict[str, Any]]:
    found = answers.reconcile_rate(warehouse, unit, period, False, "on_time_rate")
    return {(line["level"], line["definition"]): line for line in found.iter_rows(named=True)}


@pytest.mark.parametrize("period", sorted(CASES))
def test_a_printed_rate_is_set_against_the_sum_of_the_own_reports(co_to: Warehouse, period: str) -> None:
    (received, on_time), senders, verdict = CASES[period]
    line = rate_rows(co_to, period)["commune", "received"]
    assert line["verdict"] == verdict
    assert (line["numerator"], line["denominator"]) == (on_time, received)
    assert (line["expected"], line["reported"], line["given"]) == (3, len(senders), len(senders))
    sums = [sum(OWN[unit][side] for unit in senders) for side in (1, 0)] if senders else [None, None]
    assert [line["summed_numerator"], line["summed_denominator"]] == sums


def test_those_without_a_figure_have_what_is_left(co_to: Warehouse) -> None:
    line = rate_rows(co_to, "2023-6M")["commune", "received"]
    assert (line["residual_numerator"], line["residual_denominator"], line["implied_percent"]) == (40, 50, 80)
    assert all(
        rate_rows(co_to, period)["commune", "received"]["implied_percent"] is None
        for period in CASES
        if period != "2023-6M"
    )


def test_the_own_tier_stands_alone(co_to: Warehouse) -> None:
    line = rate_rows(co_to, "2023-6M")["district", "received"]
    assert (line["verdict"], line["numerator"], line["denominator"], line["percent"]) == ("own", 990, 1000, 99)
    assert line["summed_numerator"] is line["residual_numerator"] is line["implied_percent"] is None


def test_two_definitions_are_not_compared(co_to: Warehouse) -> None:
    found = rate_rows(co_to, "2024-9M")
    lines = [found["commune", name] for name in ("received", "resolved")]
    assert [(line["verdict"], line["given"], line["reported"]) for line in lines] == [
        ("other_definition", 0, 2),
        ("other_definition", 1, 2),
    ]
    assert lines[0]["summed_percent"] is lines[1]["percent"] is None
    assert (lines[1]["summed_numerator"], lines[1]["summed_denominator"], lines[1]["summed_percent"]) == (72, 80, 90)


@pytest.mark.parametrize(
    ("period", "level", "definition", "verdict"),
    [
        ("2023-9M", "commune", "received", "not_asked"),
        ("2022-9M", "commune", "resolved", "parts_missing"),
        ("2021-9M", "commune", "received", "not_printed"),
        ("2021-9M", "district", None, "no_figure"),
    ],
)
def test_what_cannot_be_compared_says_why(
    co_to: Warehouse, period: str, level: str, definition: str | None, verdict: str
) -> None:
    assert rate_rows(co_to, period)[level, definition]["verdict"] == verdict


def test_reports_that_do_not_cover_the_period_are_counted(co_to: Warehouse) -> None:
    own = rate_rows(co_to, "2023-6M")
    assert [(line["short"], line["days_missing"]) for line in own.values()] == [(1, 14), (0, None)]
    below = rate_rows(co_to, "2024-9M")["commune", "resolved"]
    assert (below["short"], below["days_missing"]) == (1, 14)


def test_every_tier_of_the_country_is_there(co_to: Warehouse) -> None:
    found = rate_rows(co_to, "2021-6M", NATION)
    assert [(key, line["verdict"], line["given"], line["expected"]) for key, line in found.items()] == [
        (("province", None), "no_figure", 0, 63),
        (("district", "received"), "not_printed", 1, 696),
        (("commune", "received"), "not_printed", 3, 10_035),
    ]
    line = found["commune", "received"]
    assert (line["summed_numerator"], line["summed_denominator"]) == (164, 180)


@pytest.mark.parametrize("period", sorted(CASES.keys() - {"2022-12M"}))
def test_each_indicator_has_a_verdict_of_its_own(co_to: Warehouse, period: str) -> None:
    (received, on_time), senders, verdict = CASES[period]
    found = answers.reconcile(co_to, CO_TO, period, simulated=False)
    lines = {line["indicator"]: line for line in found.iter_rows(named=True)}
    assert {line["verdict"] for line in lines.values()} == {verdict}
    for indicator, total, side in ((RECEIVED, received, 0), (ON_TIME, on_time, 1)):
        line = lines[indicator]
        total_own = sum(OWN[unit][side] for unit in senders) if senders else None
        residual = None if total_own is None else total - total_own
        assert (line["printed"], line["summed"], line["residual"]) == (total, total_own, residual)


def test_indicators_that_only_one_side_has_are_listed(co_to: Warehouse) -> None:
    found = answers.reconcile(co_to, CO_TO, "2024-9M", simulated=False)
    assert found.select("indicator", "given", "printed", "summed", "verdict").rows() == [
        (RECEIVED, 0, 180, None, "not_asked"),
        (ON_TIME, 1, 164, 72, "implied"),
        ("plan_tasks", 1, None, 10, "not_printed"),
        (RESOLVED, 1, None, 80, "not_printed"),
    ]


def test_the_missing_are_named(co_to: Warehouse) -> None:
    found = reporting.missing(co_to, CO_TO, "2023-6M", simulated=False)
    assert found.rows() == [("commune", THANH_LAN, "Xã Thanh Lân", "Huyện Cô Tô")]
    assert reporting.missing(co_to, CO_TO, "2021-6M", simulated=False).is_empty()
    assert reporting.missing(co_to, CO_TO, "2021-6M", simulated=True).height == 3
    above = reporting.missing(co_to, QUANG_NINH, "2021-6M", simulated=False)
    assert above["level"].value_counts().sort("level").rows() == [("commune", 168), ("district", 12)]
