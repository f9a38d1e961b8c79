"""Where a number comes from: its rows and report, the verdicts on it, and the units it is the sum of."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from small import (
    DUC,
    FORMS,
    GIANG,
    HAI,
    HOANG_HOA,
    HOP,
    KIM,
    NOW,
    ON_TIME,
    PHU,
    QUANG_DIEN,
    RECEIVED,
    RESOLVED,
    STATED,
    THANH_HOA,
    report,
    row,
)

from warehouse.answers.sources import (
    Figure,
    is_added_up,
    source_findings,
    source_of,
    source_parts,
    source_rate,
    source_told,
)
from warehouse.model import batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish


def test_an_indicator_leads_to_its_printed_row_and_report(warehouse: Warehouse) -> None:
    figure = Figure(KIM, "commune", NOW, indicator=STATED)
    assert not is_added_up(warehouse, figure)
    found = source_of(warehouse, figure).row(0, named=True)
    shown = {name: found[name] for name in ("side", "value", "status", "annex", "row_no", "raw_value", "place")}
    assert shown == {
        "side": "figure",
        "value": 95.0,
        "status": "reported",
        "annex": "Phụ lục 1",
        "row_no": 3,
        "raw_value": "95",
        "place": "Phụ lục 1, line:3",
    }
    assert (found["file_name"], len(found["sha256"]), found["form_vi"]) == ("15889_2024-6M.txt", 64, "Mẫu thử")
    assert (found["nominal_start"], found["nominal_end"]) == (date(2023, 12, 15), date(2024, 6, 14))


def test_a_rate_leads_to_the_rows_of_all_its_terms(warehouse: Warehouse) -> None:
    figure = Figure(HOP, "commune", NOW, rate="online_rate", definition="all_received")
    assert source_of(warehouse, figure).select("side", "indicator", "value", "place").rows() == [
        ("numerator", "dossiers_received_online_level_3", 100.0, "Phụ lục 1, line:3"),
        ("numerator", "dossiers_received_online_level_4", 40.0, "Phụ lục 1, line:4"),
        ("denominator", RECEIVED, 200.0, "Phụ lục 1, line:1"),
    ]


@pytest.mark.parametrize(
    ("unit", "indicator", "status"),
    [(DUC, ON_TIME, "blank"), (DUC, RESOLVED, "not_asked"), ("15868", RECEIVED, "no_report")],
)
def test_the_ways_of_having_no_figure_are_told_apart(
    warehouse: Warehouse, unit: str, indicator: str, status: str
) -> None:
    found = source_of(warehouse, Figure(unit, "commune", NOW, indicator=indicator))
    assert found.select("value", "status").rows() == [(None, status)]
    assert (found["report_id"][0] is None) == (status == "no_report")


@pytest.mark.parametrize(
    ("unit", "level", "rate", "definition", "stated", "percent", "verdict"),
    [
        (KIM, "commune", "on_time_rate", "resolved", 95.0, 95.0, "agrees"),
        (QUANG_DIEN, "district", "online_rate", "level_3_4_with_dossiers", 46.9, 46.983312, "rate_truncated"),
        (GIANG, "commune", "on_time_rate", "resolved", 97.5, None, "not_computed"),
        (HOP, "commune", "on_time_rate", "received", None, 99.0, "not_stated"),
    ],
)
def test_a_printed_rate_is_set_against_the_recomputed_one(
    warehouse: Warehouse,
    unit: str,
    level: str,
    rate: str,
    definition: str,
    stated: float | None,
    percent: float | None,
    verdict: str,
) -> None:
    found = source_rate(warehouse, Figure(unit, level, NOW, rate=rate, definition=definition))  # type: ignore[arg-type]
    assert found.select("stated_percent", "percent", "verdict").rows() == [(stated, percent, verdict)]


def test_a_number_over_several_units_is_the_sum_of_their_own(warehouse: Warehouse) -> None:
    figure = Figure(HOANG_HOA, "commune", NOW, rate="on_time_rate", definition="received")
    assert is_added_up(warehouse, figure)
    parts = source_parts(warehouse, figure)
    assert parts.select("unit_code", "numerator", "denominator").rows() == [
        (HAI, 380.0, 400.0),
        (HOP, 198.0, 200.0),
        ("15937", 99.0, 100.0),
        (PHU, 4.0, 4.0),
    ]
    received = source_parts(warehouse, Figure(THANH_HOA, "commune", NOW, indicator=RECEIVED))
    assert received["value"].sum() == 754
    simulated = Figure(THANH_HOA, "commune", NOW, indicator=RECEIVED, simulated=True)
    assert source_parts(warehouse, simulated)["value"].to_list() == [1000.0]


def test_what_a_report_prints_for_the_tier_below_is_meant_only_when_said(warehouse: Warehouse) -> None:
    printed = Figure(HOANG_HOA, "commune", NOW, indicator=RECEIVED, printed=True)
    assert not is_added_up(warehouse, printed)
    assert source_of(warehouse, printed)["value"].to_list() == [5000.0]


# Running text and findings --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A report that prints 99,2 for 76/80, whose text tells other figures, one of another window."""
    text = {"source": "narrative", "annex": "", "column_label": None}
    rows = (
        row(RESOLVED, 80),
        row(ON_TIME, 76),
        row(STATED, "99.2"),
        row(STATED, "95", label="đúng hạn", place="line:40", **text),
        row(RESOLVED, 90, label="đã giải quyết", place="line:41", **text),
        row(ON_TIME, 70, label="đúng hạn", place="line:42", note="đến hết tháng 5", **text),
    )
    directory = tmp_path_factory.mktemp("told")
    publish(directory, batch_of([report(KIM, NOW, rows)]), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


RATE = Figure(KIM, "commune", NOW, rate="on_time_rate", definition="resolved")


def test_the_running_text_stands_beside_with_its_verdicts(told: Warehouse) -> None:
    rows = source_of(told, RATE)
    found = source_told(told, RATE, rows["report_id"][0], rows["indicator"].to_list(), 95.0)
    assert found.select("indicator", "value", "annex_value", "verdict").rows() == [
        (STATED, 95.0, 95.0, "agrees"),
        (RESOLVED, 90.0, 80.0, "narrative_differs"),
        (ON_TIME, 70.0, 76.0, "other_window"),
    ]
    unknown = source_told(told, RATE, rows["report_id"][0], [], None)
    assert unknown.select("indicator", "verdict").rows() == [(STATED, "not_computed")]


def test_the_findings_are_those_about_the_rows(told: Warehouse) -> None:
    assert source_rate(told, RATE)["verdict"].to_list() == ["rate_differs"]
    rows = source_of(told, RATE)
    report_id, places = rows["report_id"][0], rows["place"].to_list()
    found = source_findings(told, report_id, places, ["on_time_rate"], ["commune"])
    assert found.select("severity", "rule", "place").rows() == [
        ("high", "rate_differs", "Phụ lục 1, line:3"),
        ("medium", "narrative_differs", "line:40, Phụ lục 1, line:3"),
        ("medium", "narrative_differs", "line:41, Phụ lục 1, line:1"),
    ]
    elsewhere = source_findings(told, report_id, ["Phụ lục 1, line:2"], [ON_TIME], ["commune"])
    assert elsewhere.is_empty()
    assert source_findings(told, report_id, [], [RESOLVED], ["commune"])["rule"].to_list() == ["narrative_differs"]
    assert source_findings(told, report_id, [], [RESOLVED], ["district"]).is_empty()


def test_a_part_knows_the_findings_about_its_whole(warehouse: Warehouse) -> None:
    rows = source_of(warehouse, Figure("15886", "commune", NOW, indicator="plan_tasks_done"))
    found = source_findings(warehouse, rows["report_id"][0], rows["place"].to_list(), ["plan_tasks_done"], ["commune"])
    assert found["rule"].to_list() == ["part_exceeds_whole"]


def test_every_figure_has_a_source(small_directory: Path, warehouse: Warehouse) -> None:
    facts = warehouse.connection.sql("FROM fact").pl()
    assert small_directory == warehouse.path.parent
    for fact in facts.iter_rows(named=True):
        figure = Figure(fact["unit_code"], fact["level"], fact["period"], indicator=fact["indicator"], printed=True)
        found = source_of(warehouse, figure)
        assert found.select("report_id", "place").rows() == [(fact["report_id"], fact["place"])]
        assert found["value"].cast(pl.Decimal(18, 4)).to_list() == [fact["value"]]
        assert found["label"][0] is not None
