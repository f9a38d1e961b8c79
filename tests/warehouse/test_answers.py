"""Every question on the hand-made warehouse: each figure worked out by hand from `small.py`."""

import inspect
import re
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from small import (
    BEFORE,
    CHAU,
    DAT,
    DUC,
    FORMS,
    GIANG,
    HA,
    HAI,
    HAI_PHONG,
    HOANG_HOA,
    HOP,
    HUE,
    KIM,
    LEVEL_3,
    LEVEL_4,
    NAM_THANH_MIEN,
    NEW_MAP,
    NOW,
    ON_TIME,
    PHU,
    QUANG_DIEN,
    QUY,
    RECEIVED,
    STATED,
    THANH_DONG,
    THANH_HOA,
    report,
    small_reports,
    unit_of_measure,
)

from warehouse import answers
from warehouse.answers import (
    RowFilter,
    Scope,
    Subject,
    disputes,
    drill,
    peers,
    profiles,
    ranks,
    reporting,
    sums,
    trends,
)
from warehouse.model import NATION, batch_of
from warehouse.store import QUERIES, Warehouse, open_warehouse
from warehouse.versions.publish import publish

COMMUNES = Scope(HOANG_HOA, "commune", NOW)
IDS = {(report.unit_code, report.period): report.report_id for report in small_reports() if not report.simulated}
FILES = {
    (report.unit_code, report.period): report.file_name for report in small_reports() if "-sim" not in report.file_name
}

ONE_ROW = {
    *("report_card", "rows_count", "figures_count", "rate_figures_count", "status", "wholeness", "rate_nature"),
    *("source_of", "source_rate", "source_own", "layout"),
}
PUT_IN_PLACE = {"unit_facts"}  # in the order of the catalogue, by the function that asks
MODULES = (answers, disputes, drill, peers, profiles, ranks, reporting, sums, trends)
CALLS: dict[str, Callable[[Warehouse], pl.DataFrame]] = {
    "overview": lambda w: sums.overview(w, COMMUNES),
    "completeness": lambda w: reporting.completeness(w, HOANG_HOA, NOW, simulated=False),
    "volume": lambda w: sums.volume(w, COMMUNES, RECEIVED),
    "definitions": lambda w: ranks.definitions(w, COMMUNES, "on_time_rate"),
    "ranking": lambda w: ranks.ranking(w, COMMUNES, "on_time_rate", "received", 10),
    "left_out": lambda w: ranks.left_out(w, COMMUNES, "on_time_rate", "received", 10),
    "trend": lambda w: trends.trend(w, COMMUNES, [HOANG_HOA], Subject("on_time_rate", "received"), ["6M"]),
    "values": lambda w: trends.values(w, COMMUNES, [HOANG_HOA], Subject("on_time_rate", "received")),
    "drilldown": lambda w: drill.drilldown(w, COMMUNES, "on_time_rate", "received"),
    "disputed": lambda w: disputes.disputed(w, COMMUNES),
    "disputes": lambda w: disputes.disputes(w, COMMUNES),
    "disputes_behind": lambda w: disputes.disputes_behind(w, COMMUNES),
    "window": lambda w: reporting.window(w, COMMUNES),
    "disputed_in_time": lambda w: disputes.disputed_in_time(w, COMMUNES, [QUY], Subject(indicator="plan_tasks")),
    "leaves": lambda w: ranks.leaves(w, COMMUNES, "on_time_rate", "received"),
    "places": answers.places,
    "missing": lambda w: reporting.missing(w, HOANG_HOA, NOW, simulated=False),
    "children": lambda w: answers.children(w, HOANG_HOA, NOW),
    "own_rates": lambda w: answers.own_rates(w, HOANG_HOA, NOW, simulated=False),
    "rows": lambda w: answers.rows(w, RowFilter(HOANG_HOA), limit=10),
    "rows_count": lambda w: answers.rows_count(w, RowFilter(HOANG_HOA)),
    "unit_search": lambda w: answers.unit_search(w, "Hoằng"),
    "peers": lambda w: peers.peers(w, COMMUNES, HOANG_HOA, "commune"),
    "unit_facts": lambda w: profiles.unit_facts(w, HOP, NOW, simulated=False),
    "unit_reports": lambda w: profiles.unit_reports(w, HOP, simulated=False),
    "replaced": lambda w: answers.replaced(w, [IDS[HOP, NOW]]),
    "place_taken": lambda w: answers.place_taken(w, [IDS[HOP, NOW]]),
    "held_reports": answers.held_reports,
    "facts_as_text": answers.facts_as_text,
    "unit_kin": lambda w: profiles.unit_kin(w, HOP),
    "reconcile": lambda w: answers.reconcile(w, HOANG_HOA, NOW, simulated=False),
    "reconcile_rate": lambda w: answers.reconcile_rate(w, HOANG_HOA, NOW, False, "on_time_rate"),
    "unit_path": lambda w: answers.unit_path(w, HOP),
    "data_units": reporting.data_units,
    "loaded": lambda w: reporting.loaded(w, simulated=False),
    "data_worlds": lambda w: reporting.data_worlds(w, THANH_HOA),
    "data_periods": lambda w: reporting.data_periods(w, THANH_HOA, simulated=False),
    "data_levels": lambda w: reporting.data_levels(w, THANH_HOA, NOW, simulated=False),
    "status": answers.status,
    "findings": answers.findings,
    "findings_of": lambda w: answers.findings_of(w, THANH_HOA, NOW, simulated=False),
    "report_findings": lambda w: answers.report_findings(w, IDS[QUY, NOW]),
    "rules": answers.rules,
    "reports": lambda w: reporting.reports(w, HOANG_HOA, NOW, simulated=False),
    "papers": lambda w: answers.papers(w, [IDS[HOP, NOW]]),
    "report_card": lambda w: answers.report_card(w, IDS[HOP, NOW]),
    "form_codes": lambda w: answers.form_codes(w, IDS[HOP, NOW]),
    "report_rows": lambda w: answers.report_rows(w, IDS[HOP, NOW]),
    "quality_periods": lambda w: reporting.quality_periods(w, HOANG_HOA, simulated=False),
    "catalogue": answers.catalogue,
    "rates": answers.rates,
}


def assert_frame(frame: pl.DataFrame, columns: str, expected: Sequence[tuple[Any, ...]]) -> None:
    """The frame begins with these columns and has just these rows, in this order; figures to a millionth."""
    names = columns.split()
    assert frame.columns[: len(names)] == names
    assert [rounded(line) for line in frame.select(names).rows()] == [rounded(line) for line in expected]


def rounded(line: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(round(float(value), 6) if isinstance(value, float | Decimal) else value for value in line)


def rows_where(frame: pl.DataFrame, column: str, value: str) -> list[tuple[Any, ...]]:
    return frame.filter(pl.col(column) == value).rows()


# Completeness -----------------------------------------------------------------------------------------


def test_every_query_has_its_function_and_every_function_its_query() -> None:
    functions = {
        name
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(function).return_annotation is pl.DataFrame
    }
    assert functions == set(CALLS)
    modules = [path.read_text(encoding="utf-8") for path in sorted(QUERIES.parent.rglob("*.py"))]
    asked = re.findall(r'\b(?:ask|recall|question_sql|_asked)\(\s*(?:\w+, )?"(\w+)"', "".join(modules))
    asked += re.findall(r'\b(?:ask|recall)\("\w+" if [\w.]+ else "(\w+)"', "".join(modules))
    assert {path.stem for path in QUERIES.glob("*.sql")} == set(asked)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_every_function_is_described_and_typed(name: str) -> None:
    (function,) = {found for module in MODULES if inspect.isfunction(found := getattr(module, name, None))}
    assert inspect.getdoc(function)
    assert next(iter(inspect.signature(function).parameters)) == "warehouse"


@pytest.mark.parametrize("name", sorted(path.stem for path in QUERIES.glob("*.sql")))
def test_every_query_says_what_it_answers(name: str) -> None:
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert re.search(r"\border by\b", text, re.IGNORECASE) or name in ONE_ROW | PUT_IN_PLACE


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    directory = tmp_path_factory.mktemp("empty")
    publish(directory, batch_of([]), FORMS, "load")
    return open_warehouse(directory)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_every_question_can_be_put_to_an_empty_warehouse(name: str, warehouse: Warehouse, empty: Warehouse) -> None:
    full, nothing = CALLS[name](warehouse), CALLS[name](empty)
    assert full.height > 0
    assert nothing.schema == full.schema


@pytest.mark.parametrize("name", sorted(CALLS))
def test_the_same_question_gets_the_same_answer(name: str, warehouse: Warehouse) -> None:
    assert CALLS[name](warehouse).equals(CALLS[name](warehouse))


def test_one_warehouse_serves_many_threads(warehouse: Warehouse) -> None:
    alone = {name: ask(warehouse) for name, ask in CALLS.items()}
    asked = sorted(CALLS) * 2
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: CALLS[name](warehouse), asked))
    assert [name for name, frame in zip(asked, together, strict=True) if not frame.equals(alone[name])] == []


# Sums and rates ---------------------------------------------------------------------------------------

OVERVIEW = (
    "rate definition units numerator denominator percent units_before numerator_before denominator_before "
    "percent_before target target_source_vi target_source_en"
)
NO_TARGET = (None, None, None)
NOTHING_BEFORE = (None, None, None, None)
SOURCE_766 = (
    "mức đạt điểm tối đa theo Quyết định số 766/QĐ-TTg ngày 23/06/2022",
    "full marks under Prime Minister Decision 766/QĐ-TTg of 23 June 2022",
)


def test_overview_adds_up_parts_and_never_what_the_district_prints(warehouse: Warehouse) -> None:
    # on time: 198 + 99 + 380 + 4 of 200 + 100 + 400 + 4; a year before 90 + 190 + 3 of 100 + 200 + 3.
    # Hoằng Đạt has 0/0 and Hoằng Đức no numerator: neither is part of either sum.
    # online: only Hoằng Hợp, (100 + 40)/200; at Hoằng Hải a blank is no zero. A year before (10 + 0)/100.
    assert_frame(
        sums.overview(warehouse, COMMUNES),
        OVERVIEW,
        [
            ("on_time_rate", "received", 4, 681, 704, 96.732954545, 3, 283, 303, 93.399339934, *NO_TARGET),
            ("on_time_rate", "resolved", 1, 76, 80, 95, *NOTHING_BEFORE, *NO_TARGET),
            ("online_rate", "all_received", 1, 140, 200, 70, 1, 10, 100, 10, 50, *SOURCE_766),
            ("plan_completion", "own_rows", 1, 12, 10, 120, *NOTHING_BEFORE, *NO_TARGET),
        ],
    )


def test_overview_of_the_year_before_has_nothing_before_it(warehouse: Warehouse) -> None:
    # 15/12/2022 to 14/06/2023 ends after 23/06/2022, so the target holds already.
    assert_frame(
        sums.overview(warehouse, Scope(THANH_HOA, "commune", BEFORE)),
        OVERVIEW,
        [
            ("on_time_rate", "received", 3, 283, 303, 93.399339934, *NOTHING_BEFORE, *NO_TARGET),
            ("online_rate", "all_received", 1, 10, 100, 10, *NOTHING_BEFORE, 50, *SOURCE_766),
        ],
    )


def test_a_course_is_that_of_the_periods_of_its_kind_up_to_now(warehouse: Warehouse) -> None:
    courses = {
        period: {(row["rate"], row["definition"]): row["course"] for row in found.iter_rows(named=True)}
        for period in (NOW, BEFORE)
        for found in [sums.overview(warehouse, Scope(THANH_HOA, "commune", period))]
    }
    on_time = [28300 / 303, 68100 / 704]
    assert courses[NOW]["on_time_rate", "received"] == pytest.approx(on_time)
    assert courses[NOW]["on_time_rate", "resolved"] == pytest.approx([95])
    assert courses[BEFORE]["on_time_rate", "received"] == pytest.approx(on_time[:1])
    own = sums.overview(warehouse, Scope(HOP, "commune", NOW)).filter(rate="online_rate")
    assert own["course"].to_list() == [[10.0, 70.0]]
    assert own["course_periods"].to_list() == [[BEFORE, NOW]]


def test_overview_of_simulated_reports_is_a_world_of_its_own(warehouse: Warehouse) -> None:
    # The simulated report of Hoằng Hợp gave way to the real one; Hoằng Châu is the only one left.
    assert_frame(
        sums.overview(warehouse, Scope(NATION, "commune", NOW, simulated=True)),
        OVERVIEW,
        [("on_time_rate", "received", 1, 500, 1000, 50, *NOTHING_BEFORE, *NO_TARGET)],
    )


def test_overview_of_the_districts_of_the_country(warehouse: Warehouse) -> None:
    assert_frame(
        sums.overview(warehouse, Scope(NATION, "district", NOW)),
        OVERVIEW,
        [
            ("on_time_rate", "resolved", 2, 1286, 1300, 98.923076923, *NOTHING_BEFORE, *NO_TARGET),
            ("online_rate", "level_3_4_with_dossiers", 1, 732, 1558, 46.983311938, *NOTHING_BEFORE, *NO_TARGET),
        ],
    )


def test_overview_of_the_new_map(warehouse: Warehouse) -> None:
    assert_frame(
        sums.overview(warehouse, Scope(HAI_PHONG, "commune", NEW_MAP)),
        OVERVIEW,
        [
            ("on_time_rate", "resolved", 2, 3975, 4000, 99.375, *NOTHING_BEFORE, *NO_TARGET),
            ("online_full_rate", "online_services", 1, 364, 835, 43.592814371, *NOTHING_BEFORE, *NO_TARGET),
            ("online_partial_rate", "online_services", 1, 752, 1073, 70.083876980, *NOTHING_BEFORE, *NO_TARGET),
            ("online_rate", "online_services", 1, 1116, 1908, 58.490566038, *NOTHING_BEFORE, *NO_TARGET),
        ],
    )


@pytest.mark.parametrize(
    "scope",
    [
        Scope(HOANG_HOA, "province", NOW),
        Scope(HOANG_HOA, "commune", "2024-9M"),
        Scope(HUE, "commune", NOW),
        Scope("31", "commune", NEW_MAP),
        Scope(HAI_PHONG, "district", NEW_MAP),
        Scope("không có", "commune", NOW),
    ],
)
def test_where_nothing_was_reported_there_is_no_figure(warehouse: Warehouse, scope: Scope) -> None:
    assert sums.overview(warehouse, scope).height == 0
    assert sums.volume(warehouse, scope, RECEIVED).height == 0
    assert ranks.definitions(warehouse, scope, "on_time_rate").height == 0
    assert ranks.ranking(warehouse, scope, "on_time_rate", "received", 0).height == 0


def test_a_target_is_that_of_the_definition(small_directory: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(small_directory, tmp_path / "copy")
    with duckdb.connect(str(copy / "cchc-1.duckdb")) as connection:
        for definition, value in (("resolved", 90), ("received", 80), ("on_time_plus_late", 70)):
            values = {"definition": definition, "value": value}
            connection.execute(
                "INSERT INTO target (rate, definition, value, source_vi, source_en) "
                "VALUES ('on_time_rate', $definition, $value, '', '')",
                values,
            )
    opened = open_warehouse(copy)
    found = sums.overview(opened, COMMUNES).filter(rate="on_time_rate")
    assert found.select("definition", "target").rows() == [("received", 80), ("resolved", 90)]
    opened.connection.close()


def test_of_several_targets_the_lowest_holds(small_directory: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(small_directory, tmp_path / "copy")
    with duckdb.connect(str(copy / "cchc-1.duckdb")) as connection:
        connection.execute(
            "INSERT INTO target (rate, value, valid_to, source_vi, source_en) VALUES "
            "('on_time_rate', 95, NULL, '', ''), ('on_time_rate', 85, NULL, '', ''), "
            "('on_time_rate', 60, '2020-01-01', '', '')"
        )
    opened = open_warehouse(copy)
    assert set(sums.overview(opened, COMMUNES).filter(rate="on_time_rate")["target"]) == {85}
    opened.connection.close()


def test_volume_now_and_a_year_before(warehouse: Warehouse) -> None:
    # 200 + 100 + 400 + 0 + 50 + 4 and 100 + 200 + 3; the 5000 that the district prints is not in it.
    assert_frame(sums.volume(warehouse, COMMUNES, RECEIVED), "period units value", [(NOW, 6, 754), (BEFORE, 3, 303)])
    # Two blanks are not asked to count as zeros: Hoằng Hợp alone, 40 and (a printed) 0.
    assert_frame(sums.volume(warehouse, COMMUNES, LEVEL_4), "period units value", [(NOW, 1, 40), (BEFORE, 1, 0)])
    simulated = Scope(HOANG_HOA, "commune", NOW, simulated=True)
    assert_frame(sums.volume(warehouse, simulated, RECEIVED), "period units value", [(NOW, 1, 1000)])


def test_definitions_by_how_many_units_share_them(warehouse: Warehouse) -> None:
    assert_frame(
        ranks.definitions(warehouse, COMMUNES, "on_time_rate"), "definition units", [("received", 4), ("resolved", 1)]
    )
    district = Scope(HOANG_HOA, "district", NOW)
    assert_frame(ranks.definitions(warehouse, district, "on_time_rate"), "definition units", [("resolved", 1)])


# Ranking ----------------------------------------------------------------------------------------------

RANKING = (
    "rank unit_code name parent_name percent numerator denominator stated_percent low high rank_before percent_before"
)


def test_ranking_shares_ranks_and_shows_the_wilson_interval(warehouse: Warehouse) -> None:
    district = "Huyện Hoằng Hóa"
    assert_frame(
        ranks.ranking(warehouse, COMMUNES, "on_time_rate", "received", 10),
        RANKING,
        [
            (1, HA, "Xã Hoằng Hà", district, 99, 99, 100, None, 94.551380, 99.823257, None, None),
            (1, HOP, "Xã Hoằng Hợp", district, 99, 198, 200, None, 96.427824, 99.725334, 2, 90),
            (3, HAI, "Xã Hoằng Hải", district, 95, 380, 400, None, 92.403636, 96.740257, 1, 95),
        ],
    )


def test_a_rate_is_disputed_where_its_own_report_contradicts_it(warehouse: Warehouse) -> None:
    # Hoằng Quý has 12 of 10 tasks done: a part above its whole. A percentage cut off instead of rounded is no dispute.
    assert disputes.disputed(warehouse, COMMUNES).rows() == [("plan_completion", "own_rows", QUY)]
    assert disputes.disputed(warehouse, Scope(NATION, "district", NOW)).height == 0
    assert disputes.disputed(warehouse, replace(COMMUNES, simulated=True)).height == 0
    found = disputes.disputes(warehouse, COMMUNES).select("rate", "definition", "indicator", "unit_code").rows()
    assert found == [
        ("plan_completion", "own_rows", None, QUY),
        (None, None, "plan_tasks", QUY),
        (None, None, "plan_tasks_done", QUY),
    ]
    (key,) = disputes.disputes(warehouse, COMMUNES)["finding_key"].unique()
    (finding,) = answers.findings_of(warehouse, HOANG_HOA, NOW, False).select("finding_key", "apart").rows()
    assert finding == (key, pytest.approx(2 / 12))
    plan = Subject("plan_completion", "own_rows")
    in_time = disputes.disputed_in_time(warehouse, COMMUNES.in_any_period, [HOANG_HOA, QUY, HOP], plan)
    assert in_time.rows() == [(HOANG_HOA, NOW, 1), (QUY, NOW, 1)]
    # Today's commune was made of others too and has no rate, so none is disputed.
    today = disputes.disputes(warehouse, replace(COMMUNES, boundary="now"))
    assert set(today["indicator"]) == {"plan_tasks", "plan_tasks_done"}
    (heir,) = today["unit_code"].unique()
    assert answers.unit_path(warehouse, heir, "now")["name"].to_list()[-1] == "Xã Hoằng Giang"
    # But the sum over all of them still adds up what the former commune reported.
    behind = disputes.disputes_behind(warehouse, replace(COMMUNES, boundary="now"))
    assert behind.sort("indicator").select("rate", "definition", "indicator", "unit_code").rows() == found
    now = disputes.disputed_in_time(warehouse, replace(COMMUNES.in_any_period, boundary="now"), [HOANG_HOA, QUY], plan)
    assert now.rows() == [(HOANG_HOA, NOW, 1)]


def test_a_sum_says_how_many_of_its_reports_are_disputed(warehouse: Warehouse) -> None:
    """Only those with the rate under this definition; whatever period the scope has."""
    scope, plan = COMMUNES.in_any_period, Subject("plan_completion", "own_rows")
    district = answers.unit_path(warehouse, QUY)["unit_code"][-2]
    found = disputes.disputed_in_time(warehouse, scope, [QUY, district, HA, "99999"], plan)
    assert found.rows() == [(QUY, NOW, 1), (district, NOW, 1)]
    on_time = Subject("on_time_rate", "received")
    assert disputes.disputed_in_time(warehouse, scope, [QUY, district], on_time).height == 0
    assert disputes.disputed_in_time(warehouse, replace(scope, simulated=True), [QUY], plan).height == 0
    (heir,) = disputes.disputes(warehouse, replace(COMMUNES, boundary="now"))["unit_code"].unique()
    assert disputes.disputed_in_time(warehouse, replace(scope, boundary="now"), [heir, QUY], plan).height == 0


@pytest.mark.parametrize(
    ("sent", "wrong", "quarters"),
    [
        (("Q1", "6M"), "6M", ["Q2"]),  # the second quarter is six months less the first
        (("Q1", "6M"), "Q1", ["Q1", "Q2"]),
        (("Q1", "Q2", "6M"), "6M", []),  # it was reported by itself
    ],
)
def test_a_quarter_is_disputed_where_it_is_made_of_what_is(
    sent: tuple[str, ...], wrong: str, quarters: list[str], tmp_path: Path
) -> None:
    tasks = {"Q1": (10, 5), "Q2": (20, 9), "6M": (30, 14)}
    reports = [
        report(QUY, f"2024-{span}", {"plan_tasks": whole, "plan_tasks_done": whole + 2 if span == wrong else done})
        for span, (whole, done) in tasks.items()
        if span in sent
    ]
    publish(tmp_path, batch_of(reports), FORMS, "load")
    scope, plan = COMMUNES.in_any_period, Subject("plan_completion", "own_rows")
    found = disputes.disputed_in_time(open_warehouse(tmp_path), scope, [QUY], plan, "discrete")
    assert found.rows() == [(QUY, f"2024-{quarter}", 1) for quarter in quarters]


def test_a_lower_minimum_changes_the_ranks_of_both_years(warehouse: Warehouse) -> None:
    ranked = ranks.ranking(warehouse, COMMUNES, "on_time_rate", "received", 0)
    assert ranked.select("rank", "unit_code", "rank_before").rows() == [
        (1, PHU, 1),
        (2, HA, None),
        (2, HOP, 3),
        (4, HAI, 2),
    ]
    assert ranked.row(0, named=True)["low"] == pytest.approx(51.010916, abs=1e-6)
    assert ranked.row(0, named=True)["high"] == pytest.approx(100, abs=1e-9)


def test_the_minimum_itself_is_enough(warehouse: Warehouse) -> None:
    units = [
        ranks.ranking(warehouse, COMMUNES, "on_time_rate", "received", minimum)["unit_code"].to_list()
        for minimum in (4, 5, 100, 101, 401)
    ]
    assert units == [[PHU, HA, HOP, HAI], [HA, HOP, HAI], [HA, HOP, HAI], [HOP, HAI], []]


def test_a_share_above_the_whole_has_neither_rank_nor_interval(warehouse: Warehouse) -> None:
    (line,) = ranks.ranking(warehouse, COMMUNES, "plan_completion", "own_rows", 0).rows(named=True)
    assert (line["unit_code"], line["percent"]) == (QUY, 120)
    assert (line["rank"], line["low"], line["high"]) == (None, None, None)


def test_ranking_carries_the_printed_rate_beside_the_recomputed_one(warehouse: Warehouse) -> None:
    ranked = ranks.ranking(warehouse, Scope(NATION, "district", NOW), "on_time_rate", "resolved", 1)
    assert_frame(
        ranked.drop("rank_before", "percent_before"),
        "rank unit_code name parent_name percent numerator denominator stated_percent low high",
        [
            (1, QUANG_DIEN, "Huyện Quảng Điền", "Tỉnh Thừa Thiên Huế", 99.5, 796, 800, 99.5, 98.721498, 99.805393),
            (2, HOANG_HOA, "Huyện Hoằng Hóa", "Tỉnh Thanh Hóa", 98, 490, 500, 98, 96.357982, 98.910082),
        ],
    )


LEFT_OUT = "unit_code name parent_name reason other_definition percent denominator"


def test_left_out_names_every_other_unit_once_with_its_reason(warehouse: Warehouse) -> None:
    left = ranks.left_out(warehouse, COMMUNES, "on_time_rate", "received", 10)
    ranked = ranks.ranking(warehouse, COMMUNES, "on_time_rate", "received", 10)
    everyone = answers.children(warehouse, HOANG_HOA, NOW)["unit_code"].to_list()
    assert sorted([*left["unit_code"], *ranked["unit_code"]]) == sorted(everyone)
    silent = left.filter(pl.col("reason") == "no_report")
    assert (silent.height, CHAU in silent["unit_code"]) == (27, True)
    district = "Huyện Hoằng Hóa"
    assert_frame(
        left.filter(pl.col("reason") != "no_report"),
        LEFT_OUT,
        [
            (QUY, "Xã Hoằng Quỳ", district, "not_asked", None, None, None),
            (GIANG, "Xã Hoằng Giang", district, "other_definition", "resolved", None, None),
            (KIM, "Xã Hoằng Kim", district, "other_definition", "resolved", 95, 80),
            (DUC, "Xã Hoằng Đức", district, "parts_missing", None, None, 50),
            (DAT, "Xã Hoằng Đạt", district, "small_denominator", None, None, 0),
            (PHU, "Xã Hoằng Phú", district, "small_denominator", None, 100, 4),
        ],
    )


def test_left_out_under_the_other_definition(warehouse: Warehouse) -> None:
    left = ranks.left_out(warehouse, COMMUNES, "on_time_rate", "resolved", 10)
    reasons = dict(left.select("unit_code", "reason").rows())
    assert KIM not in reasons
    assert reasons[GIANG] == "parts_missing"
    assert {unit for unit, reason in reasons.items() if reason == "other_definition"} == {HOP, HA, HAI, DAT, DUC, PHU}
    assert {unit for unit, reason in reasons.items() if reason == "not_asked"} == {QUY}


def test_no_dossiers_is_a_small_denominator_whatever_the_minimum(warehouse: Warehouse) -> None:
    left = ranks.left_out(warehouse, COMMUNES, "on_time_rate", "received", 0)
    assert left.filter(pl.col("reason") == "small_denominator")["unit_code"].to_list() == [DAT]


def test_left_out_of_the_simulated_world(warehouse: Warehouse) -> None:
    left = ranks.left_out(warehouse, Scope(HOANG_HOA, "commune", NOW, simulated=True), "on_time_rate", "received", 0)
    assert left["reason"].unique().to_list() == ["no_report"]
    assert (left.height, CHAU in left["unit_code"], HOP in left["unit_code"]) == (35, False, True)


# Drill-down and who is counted ------------------------------------------------------------------------

DRILLDOWN = "unit_code name kind level has_children expected reported units numerator denominator percent"


def test_drilldown_adds_up_each_district(warehouse: Warehouse) -> None:
    found = drill.drilldown(warehouse, Scope(THANH_HOA, "commune", NOW), "on_time_rate", "received")
    assert found.columns[: len(DRILLDOWN.split())] == DRILLDOWN.split()
    assert found.height == 26
    assert [rounded(line) for line in rows_where(found.select(DRILLDOWN.split()), "unit_code", HOANG_HOA)] == [
        (HOANG_HOA, "Huyện Hoằng Hóa", "huyện", "district", True, 36, 9, 4, 681, 704, 96.732955)
    ]
    silent = found.filter(pl.col("unit_code") != HOANG_HOA)
    assert silent.select("reported", "units", "numerator", "denominator", "percent").unique().rows() == [
        (0, 0, None, None, None)
    ]


def test_drilldown_to_the_communes_keeps_those_without_a_figure(warehouse: Warehouse) -> None:
    found = drill.drilldown(warehouse, COMMUNES, "on_time_rate", "received")
    assert found["unit_code"].to_list() == answers.children(warehouse, HOANG_HOA, NOW)["unit_code"].to_list()
    figures = {row[0]: row[4:11] for row in found.rows()}
    assert figures[HOP] == (False, 1, 1, 1, 198, 200, 99)
    assert figures[DAT] == (False, 1, 1, 0, 0, 0, None)
    assert figures[DUC] == (False, 1, 1, 0, None, 50, None)
    assert figures[KIM] == (False, 1, 1, 0, None, None, None)
    assert figures[CHAU] == (False, 1, 0, 0, None, None, None)


def test_drilldown_of_the_country_by_its_districts(warehouse: Warehouse) -> None:
    found = drill.drilldown(warehouse, Scope(NATION, "district", NOW), "on_time_rate", "resolved")
    assert found.height == 63
    figures = {row[0]: row[4:11] for row in found.filter(pl.col("units") > 0).rows()}
    assert figures == {THANH_HOA: (True, 26, 1, 1, 490, 500, 98), HUE: (True, 9, 1, 1, 796, 800, 99.5)}


def test_drilldown_on_the_new_map(warehouse: Warehouse) -> None:
    scope = Scope(HAI_PHONG, "commune", NEW_MAP)
    found = drill.drilldown(warehouse, scope, "on_time_rate", "resolved")
    assert found.height == 114
    figures = {row[0]: row[4:11] for row in found.filter(pl.col("reported") > 0).rows()}
    assert figures == {NAM_THANH_MIEN: (False, 1, 1, 1, 990, 1000, 99), THANH_DONG: (False, 1, 1, 1, 2985, 3000, 99.5)}


def test_children_come_in_vietnamese_order(warehouse: Warehouse) -> None:
    names = (
        "Cát,Châu,Đạo,Đạt,Đông,Đồng,Đức,Giang,Hà,Hải,Hợp,Kim,Lộc,Lưu,Ngọc,Phong,Phú,Phụ,Quỳ,Quý,Sơn,Tân,Thái,"
        "Thanh,Thành,Thắng,Thịnh,Tiến,Trạch,Trinh,Trung,Trường,Xuân,Xuyên,Yến"
    )
    found = answers.children(warehouse, HOANG_HOA, NOW)
    assert found["name"].to_list() == ["Thị trấn Bút Sơn", *(f"Xã Hoằng {name}" for name in names.split(","))]
    assert found.row(1) == ("15907", "Xã Hoằng Cát", "xã", "commune")


def test_the_provinces_of_today_come_in_vietnamese_order(warehouse: Warehouse) -> None:
    cities = "Cần Thơ,Đà Nẵng,Hà Nội,Hải Phòng,Hồ Chí Minh,Huế"
    provinces = (
        "An Giang,Bắc Ninh,Cà Mau,Cao Bằng,Đắk Lắk,Điện Biên,Đồng Nai,Đồng Tháp,Gia Lai,Hà Tĩnh,Hưng Yên,Khánh Hòa,"
        "Lai Châu,Lạng Sơn,Lào Cai,Lâm Đồng,Nghệ An,Ninh Bình,Phú Thọ,Quảng Ngãi,Quảng Ninh,Quảng Trị,Sơn La,"
        "Tây Ninh,Thái Nguyên,Thanh Hóa,Tuyên Quang,Vĩnh Long"
    )
    assert answers.children(warehouse, NATION, "2025-9M")["name"].to_list() == [
        *(f"Thành phố {name}" for name in cities.split(",")),
        *(f"Tỉnh {name}" for name in provinces.split(",")),
    ]


@pytest.mark.parametrize(
    ("unit", "period", "count"),
    [
        (NATION, "2025-6M", 63),  # ends on 14/06/2025, before the new map
        (NATION, "2025-9M", 34),  # ends on 14/09/2025
        (HOANG_HOA, "2025-6M", 36),
        (HOANG_HOA, "2025-9M", 0),
        (HAI_PHONG, "2025-6M", 0),
        (HAI_PHONG, "2025-9M", 114),
        ("31", "2025-6M", 15),
        ("31", "2025-9M", 0),
        (THANH_HOA, "2025-6M", 26),
        (THANH_HOA, "2025-9M", 166),
        (HOP, NOW, 0),
    ],
)
def test_units_are_counted_while_they_are_valid(warehouse: Warehouse, unit: str, period: str, count: int) -> None:
    assert answers.children(warehouse, unit, period).height == count


@pytest.mark.parametrize(
    ("unit", "period", "simulated", "expected"),
    [
        (NATION, "2025-6M", False, [("province", 63, 0), ("district", 696, 0), ("commune", 10_035, 0)]),
        (NATION, "2025-12M", False, [("province", 34, 0), ("commune", 3_321, 2)]),
        (NATION, NOW, False, [("province", 63, 0), ("district", 696, 2), ("commune", 10_035, 9)]),
        (HOANG_HOA, NOW, False, [("district", 1, 1), ("commune", 36, 9)]),
        (HOANG_HOA, NOW, True, [("district", 1, 0), ("commune", 36, 1)]),
        (HOANG_HOA, BEFORE, False, [("district", 1, 0), ("commune", 36, 3)]),
        (HOP, NOW, False, [("commune", 1, 1)]),
        (HOANG_HOA, "2025-12M", False, []),
    ],
)
def test_completeness(
    warehouse: Warehouse, unit: str, period: str, simulated: bool, expected: list[tuple[str, int, int]]
) -> None:
    found = reporting.completeness(warehouse, unit, period, simulated=simulated)
    assert_frame(found, "level expected reported", expected)


# Trends -----------------------------------------------------------------------------------------------

TREND = (
    "unit_code name period window_end numerator denominator value units expected file_name window_start stated_end "
    "as_of"
)
ENDS = {BEFORE: date(2023, 6, 14), "2023-12M": date(2023, 12, 14), NOW: date(2024, 6, 14)}
STATED_DATES = (None, None, None)


def test_trend_of_a_rate_keeps_the_gap_between_two_reports(warehouse: Warehouse) -> None:
    district, commune = (HOANG_HOA, "Huyện Hoằng Hóa"), (HOP, "Xã Hoằng Hợp")
    found = trends.trend(
        warehouse, COMMUNES, [HOP, HOANG_HOA, "không có"], Subject("on_time_rate", "received"), ["12M", "6M"]
    )
    gap, now, before = "2023-12M", NOW, BEFORE
    assert_frame(
        found,
        TREND,
        [
            (*commune, before, ENDS[before], 90, 100, 90, 1, 1, FILES[HOP, before], *STATED_DATES),
            (*commune, gap, ENDS[gap], None, None, None, 0, 1, None, *STATED_DATES),
            (*commune, now, ENDS[now], 198, 200, 99, 1, 1, FILES[HOP, now], *STATED_DATES),
            (*district, before, ENDS[before], 283, 303, 93.399339934, 3, 36, None, *STATED_DATES),
            (*district, gap, ENDS[gap], None, None, None, 0, 36, None, *STATED_DATES),
            (*district, now, ENDS[now], 681, 704, 96.732954545, 4, 36, None, *STATED_DATES),
        ],
    )


def test_a_single_figure_is_credited_to_the_file_that_gave_it(warehouse: Warehouse) -> None:
    # Hoằng Giang's report has the rate without its parts, Hoằng Kim's is the one that counts.
    (line,) = trends.trend(warehouse, COMMUNES, [KIM], Subject("on_time_rate", "resolved"), ["6M"]).rows(named=True)
    assert (line["value"], line["units"], line["file_name"]) == (95, 1, FILES[KIM, NOW])
    # Three reports print the row, one of them with a figure.
    found = trends.trend(warehouse, COMMUNES, [HOANG_HOA], Subject(indicator=LEVEL_4), ["6M"])
    assert found.select("period", "value", "units", "file_name").rows() == [
        (BEFORE, 0, 1, FILES[HOP, BEFORE]),
        (NOW, 40, 1, FILES[HOP, NOW]),
    ]


def test_trend_of_an_indicator(warehouse: Warehouse) -> None:
    district, commune = (HOANG_HOA, "Huyện Hoằng Hóa"), (HAI, "Xã Hoằng Hải")
    assert_frame(
        trends.trend(warehouse, COMMUNES, [HOANG_HOA, HAI], Subject(indicator=RECEIVED), ["6M"]),
        TREND,
        [
            (*district, BEFORE, ENDS[BEFORE], None, None, 303, 3, 36, None, *STATED_DATES),
            (*district, NOW, ENDS[NOW], None, None, 754, 6, 36, None, *STATED_DATES),
            (*commune, BEFORE, ENDS[BEFORE], None, None, 200, 1, 1, FILES[HAI, BEFORE], *STATED_DATES),
            (*commune, NOW, ENDS[NOW], None, None, 400, 1, 1, FILES[HAI, NOW], *STATED_DATES),
        ],
    )


def test_printed_rates_are_never_added_up(warehouse: Warehouse) -> None:
    found = trends.trend(warehouse, COMMUNES, [HOANG_HOA, KIM], Subject(indicator=STATED), ["6M"])
    assert found.select("unit_code", "period", "value", "units").rows() == [
        (HOANG_HOA, NOW, None, 0),
        (KIM, NOW, 95, 1),
    ]
    own = trends.trend(warehouse, Scope(HOANG_HOA, "district", NOW), [HOANG_HOA], Subject(indicator=STATED), ["6M"])
    assert own.select("value", "units").rows() == [(98, 1)]


def test_a_districts_printed_commune_total_is_not_its_own_figure(warehouse: Warehouse) -> None:
    district = Scope(HOANG_HOA, "district", NOW)
    assert trends.trend(warehouse, district, [HOANG_HOA], Subject(indicator=RECEIVED), ["6M"]).height == 0
    assert trends.trend(warehouse, district, [HOANG_HOA], Subject("on_time_rate", "received"), ["6M"]).height == 0
    (line,) = trends.trend(warehouse, district, [HOANG_HOA], Subject(indicator=ON_TIME), ["6M"]).rows(named=True)
    assert line["value"] == 490


def test_trend_of_the_simulated_world(warehouse: Warehouse) -> None:
    scope = Scope(HOANG_HOA, "commune", NOW, simulated=True)
    found = trends.trend(warehouse, scope, [HOANG_HOA, HOP, CHAU], Subject("on_time_rate", "received"), ["6M"])
    assert found.select("unit_code", "value", "units").rows() == [(HOANG_HOA, 50, 1), (HOP, None, 0), (CHAU, 50, 1)]


# What a unit's own report says -------------------------------------------------------------------------

OWN = "level rate definition numerator denominator percent stated_percent file_name"


def test_own_rates_tell_the_tiers_apart(warehouse: Warehouse) -> None:
    file = FILES[HOANG_HOA, NOW]
    assert_frame(
        answers.own_rates(warehouse, HOANG_HOA, NOW, simulated=False),
        OWN,
        [
            ("district", "on_time_rate", "resolved", 490, 500, 98, 98, file),
            ("commune", "on_time_rate", "received", 4000, 5000, 80, None, file),
        ],
    )


def test_own_rates_keep_a_rate_printed_without_its_parts(warehouse: Warehouse) -> None:
    assert_frame(
        answers.own_rates(warehouse, GIANG, NOW, simulated=False),
        OWN,
        [("commune", "on_time_rate", "resolved", None, None, None, 97.5, FILES[GIANG, NOW])],
    )


@pytest.mark.parametrize("unit", [DAT, DUC])
def test_own_rates_show_no_rate_where_there_is_neither_a_computed_nor_a_printed_one(
    warehouse: Warehouse, unit: str
) -> None:
    assert answers.own_rates(warehouse, unit, NOW, simulated=False).height == 0


def test_a_simulated_report_beside_a_real_one_is_in_neither_world(warehouse: Warehouse) -> None:
    assert answers.own_rates(warehouse, HOP, NOW, simulated=True).height == 0
    assert answers.own_rates(warehouse, HOP, NOW, simulated=False)["numerator"].to_list() == [198, 140]


# Rows ---------------------------------------------------------------------------------------------------

ROWS = (
    "unit_name province_name unit_code level period theme indicator annex row_no code label parent_label "
    "unit_of_measure raw_value value status note form file_name place report_id simulated"
)


def test_rows_are_as_printed_with_their_source(warehouse: Warehouse) -> None:
    found = answers.rows(warehouse, RowFilter(DUC), limit=10)
    assert set(ROWS.split()) <= set(found.columns)
    unit = ("Xã Hoằng Đức", "Tỉnh Thanh Hóa", DUC, "commune", NOW, "procedures")
    report_id, file_name = IDS[DUC, NOW], FILES[DUC, NOW]
    source = ("small-form", file_name)

    def line(number: int, indicator: str, raw: str | None, value: float | None, status: str) -> tuple[Any, ...]:
        measure = unit_of_measure(indicator)
        printed = ("Phụ lục 1", number, None, f"Dòng {indicator}", None, measure, raw, value, status, None)
        return (*unit, indicator, *printed, *source, f"line:{number}", report_id, False)

    assert found.select(ROWS.split()).rows() == [
        line(1, RECEIVED, "50", 50, "reported"),
        line(2, ON_TIME, None, None, "blank"),
        line(3, LEVEL_4, None, None, "blank"),
    ]


@pytest.mark.parametrize(
    ("wanted", "rows", "reports"),
    [
        (RowFilter(NATION), 56, 17),
        (RowFilter(HOANG_HOA), 41, 14),
        (RowFilter(HOANG_HOA, simulated=False), 39, 13),
        (RowFilter(HOANG_HOA, simulated=True), 2, 1),
        (RowFilter(HOANG_HOA, periods=(BEFORE,)), 8, 3),
        (RowFilter(HOANG_HOA, periods=(BEFORE, NOW)), 41, 14),
        (RowFilter(HOANG_HOA, levels=("district",)), 3, 1),
        (RowFilter(HOANG_HOA, levels=("commune",)), 38, 14),
        (RowFilter(HOANG_HOA, themes=("direction",)), 2, 1),
        (RowFilter(HOANG_HOA, themes=("direction", "procedures")), 40, 14),
        (RowFilter(HOANG_HOA, indicators=(STATED,)), 3, 3),
        (RowFilter(HOANG_HOA, indicators=(LEVEL_3, LEVEL_4), statuses=("reported",)), 5, 3),
        (RowFilter(HOANG_HOA, statuses=("blank",)), 5, 3),
        (RowFilter(HOANG_HOA, statuses=("formula",)), 0, 0),
        (RowFilter(HOP), 8, 2),
        (RowFilter("không có"), 0, 0),
        (RowFilter("' OR 1=1 --"), 0, 0),
    ],
)
def test_rows_and_their_count_agree(warehouse: Warehouse, wanted: RowFilter, rows: int, reports: int) -> None:
    found = answers.rows(warehouse, wanted, limit=1000)
    assert (found.height, found["report_id"].n_unique()) == (rows, reports)
    assert_frame(answers.rows_count(warehouse, wanted), "rows reports", [(rows, reports)])


def test_an_unmapped_row_is_kept(warehouse: Warehouse) -> None:
    found = answers.rows(warehouse, RowFilter(HA), limit=10)
    assert found.select("label", "indicator", "theme", "value").rows()[2] == ("Dòng lạ", None, None, 5)


def test_pages_of_rows_are_the_whole_cut_up(warehouse: Warehouse) -> None:
    whole = answers.rows(warehouse, RowFilter(NATION), limit=1000)
    pages = [answers.rows(warehouse, RowFilter(NATION), limit=7, offset=offset) for offset in range(0, 63, 7)]
    assert [page.height for page in pages] == [7] * 8 + [0]
    assert pl.concat(pages).equals(whole)


# Finding a unit -------------------------------------------------------------------------------------------

SEARCH = "unit_code name level kind parent_name grandparent_name valid_to reports"


@pytest.mark.parametrize(
    "text",
    ["quang dien", "QUẢNG ĐIỀN", "Quảng Điền", unicodedata.normalize("NFD", "Quảng Điền"), "  quảng   điền\u00a0"],
)
def test_a_unit_is_found_however_its_name_is_written(warehouse: Warehouse, text: str) -> None:
    end = date(2025, 7, 1)
    assert_frame(
        answers.unit_search(warehouse, text, limit=3),
        SEARCH,
        [
            (QUANG_DIEN, "Huyện Quảng Điền", "district", "huyện", "Thành phố Huế", None, end, 1),
            ("19867@2025-07-01", "Xã Quảng Điền", "commune", "xã", "Thành phố Huế", None, None, 0),
            ("24577", "Xã Quảng Điền", "commune", "xã", "Huyện Krông A Na", "Tỉnh Đắk Lắk", end, 0),
        ],
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("dien quang", "14932@2025-07-01"),  # Xã Điền Quang bears the very phrase
        ("dien huyen quang", QUANG_DIEN),
        ("hoang hoa", HOANG_HOA),  # though Hoằng Hải holds both words letter by letter, and has more reports
        ("477", QUANG_DIEN),
        ("11284@2025-07-01", NAM_THANH_MIEN),
        ("nam thanh mien", NAM_THANH_MIEN),
        ("hoang hop", HOP),
        ("hoanh mo", "06841@2025-07-01"),  # not its namesake that ended
        ("Thừa Thiên Huế", HUE),
        ("TPHCM", "79@2025-07-01"),
    ],
)
def test_the_unit_that_was_meant_comes_first(warehouse: Warehouse, text: str, first: str) -> None:
    assert answers.unit_search(warehouse, text)["unit_code"][0] == first


def test_a_code_finds_its_unit_alone(warehouse: Warehouse) -> None:
    # The code of Nam Thanh Miện was another commune's before.
    assert answers.unit_search(warehouse, "11284").select("unit_code", "valid_to").rows() == [
        ("11284", date(2025, 7, 1))
    ]


def test_every_result_holds_every_word(warehouse: Warehouse) -> None:
    found = answers.unit_search(warehouse, "hoang hoa", limit=500)
    with warehouse.connection.cursor() as cursor:
        names = dict(cursor.sql("SELECT unit_code, search_name FROM unit").fetchall())
    matching = {code for code, name in names.items() if "hoang" in name and "hoa" in name}
    assert set(found["unit_code"]) == matching


@pytest.mark.parametrize("text", ["'; drop table unit --", "%", "_", "quang%", '"', "\\", "a' OR '1'='1", "\x00", "{}"])
def test_hostile_text_finds_nothing_and_breaks_nothing(warehouse: Warehouse, text: str) -> None:
    assert answers.unit_search(warehouse, text).height == 0
    assert answers.unit_path(warehouse, text).height == 0
    with warehouse.connection.cursor() as cursor:
        assert cursor.sql("SELECT count(*) FROM unit").fetchall() == [(14_138,)]


def test_no_text_offers_the_units_with_reports_first(warehouse: Warehouse) -> None:
    found = answers.unit_search(warehouse, " ")
    assert found.height == 12
    assert found["reports"].to_list() == [2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert set(found["unit_code"].to_list()[:3]) == {HOP, HAI, PHU}


def test_unit_path_goes_from_the_province_down(warehouse: Warehouse) -> None:
    end, start = date(2025, 7, 1), date(2025, 7, 1)
    columns = "unit_code name level kind parent_code valid_from valid_to"
    assert_frame(
        answers.unit_path(warehouse, HOP),
        columns,
        [
            (THANH_HOA, "Tỉnh Thanh Hóa", "province", "tỉnh", None, None, None),
            (HOANG_HOA, "Huyện Hoằng Hóa", "district", "huyện", THANH_HOA, None, end),
            (HOP, "Xã Hoằng Hợp", "commune", "xã", HOANG_HOA, None, end),
        ],
    )
    assert answers.unit_path(warehouse, NAM_THANH_MIEN).select("unit_code", "valid_from").rows() == [
        (HAI_PHONG, start),
        (NAM_THANH_MIEN, start),
    ]
    assert answers.unit_path(warehouse, NATION).height == 0


# What there is ----------------------------------------------------------------------------------------------


def test_data_units(warehouse: Warehouse) -> None:
    assert_frame(
        reporting.data_units(warehouse),
        "unit_code name reports simulated",
        [
            (THANH_HOA, "Tỉnh Thanh Hóa", 14, 1),
            (HAI_PHONG, "Thành phố Hải Phòng", 2, 0),
            (HUE, "Thành phố Huế", 1, 0),
        ],
    )


def test_one_real_report_comes_before_many_simulated_ones(tmp_path: Path) -> None:
    simulated = [report(unit, NOW, {RECEIVED: 10}, simulated=True) for unit in (HOP, HA)]
    publish(tmp_path, batch_of([*simulated, report(QUANG_DIEN, NOW, {RECEIVED: 10}, "district")]), FORMS, "load")
    known = reporting.data_units(open_warehouse(tmp_path))
    assert known.select("reports", "simulated").rows() == [(1, 0), (2, 2)]
    assert known["unit_code"].to_list()[1] == THANH_HOA


def test_what_is_loaded_is_counted_world_by_world(warehouse: Warehouse) -> None:
    in_force = [report for report in small_reports() if not report.simulated]
    assert reporting.loaded(warehouse, simulated=False).rows() == [
        (16, len({report.unit_code for report in in_force}), len({report.period for report in in_force}))
    ]
    assert reporting.loaded(warehouse, simulated=True).rows() == [(1, 1, 1)]


def test_data_worlds(warehouse: Warehouse) -> None:
    assert_frame(reporting.data_worlds(warehouse, NATION), "simulated reports", [(False, 16), (True, 1)])
    assert_frame(reporting.data_worlds(warehouse, CHAU), "simulated reports", [(True, 1)])
    assert_frame(reporting.data_worlds(warehouse, HOP), "simulated reports", [(False, 2)])
    assert_frame(reporting.data_worlds(warehouse, "01"), "simulated reports", [])


def test_data_periods_and_levels(warehouse: Warehouse) -> None:
    columns = "period span year window_start window_end reports"
    newest = (NEW_MAP, "12M", 2025, date(2024, 12, 15), date(2025, 12, 14), 2)
    middle, oldest = (NOW, "6M", 2024, date(2023, 12, 15), date(2024, 6, 14)), (BEFORE, "6M", 2023)
    first = (*oldest, date(2022, 12, 15), date(2023, 6, 14), 3)
    assert_frame(reporting.data_periods(warehouse, NATION, False), columns, [newest, (*middle, 11), first])
    assert_frame(reporting.data_periods(warehouse, THANH_HOA, False), columns, [(*middle, 10), first])
    assert_frame(reporting.data_periods(warehouse, THANH_HOA, True), columns, [(*middle, 1)])
    assert_frame(
        reporting.data_levels(warehouse, NATION, NOW, False), "level reports", [("district", 2), ("commune", 9)]
    )
    assert_frame(reporting.data_levels(warehouse, NATION, NOW, True), "level reports", [("commune", 1)])


def test_status_counts_what_is_there(warehouse: Warehouse) -> None:
    (line,) = answers.status(warehouse).drop("published_at").rows(named=True)
    assert line == {
        "version": 1,
        "action": "load",
        "reports": 17,
        "simulated": 1,
        "superseded": 1,
        "units": 14,
        "periods": 3,
        "observations": 58,
        "facts": 55,
        "rates": 25,
        "unmapped": 1,
    }


FINDINGS = "severity rule message_vi message_en place unit_name unit_code period file_name report_id simulated"
PLAN_EXCEEDED = (
    "high",
    "part_exceeds_whole",
    "Số nhiệm vụ đề ra trong kế hoạch cải cách hành chính năm (cấp xã) là 10 nhưng có thành phần lớn hơn: "
    "Số nhiệm vụ trong kế hoạch cải cách hành chính năm đã hoàn thành 12.",
    "Tasks set in the annual reform plan (commune level) is 10 but a part is larger: Tasks of the annual "
    "reform plan completed 12.",
    "Phụ lục 1, line:1",
    "Xã Hoằng Quỳ",
    QUY,
    NOW,
    f"{QUY}_{NOW}.txt",
    IDS[QUY, NOW],
    False,
)
RATE_CUT = (
    "low",
    "rate_truncated",
    "Tỷ lệ hồ sơ nộp trực tuyến (cấp huyện): báo cáo ghi 46,9 %, tính lại từ 732/1.558 được 46,98 %; số ghi bị "
    "cắt bớt chữ số.",
    "Online filing rate (district level): printed 46.9 %, recomputed from 732/1,558 as 46.98 %; the printed "
    "figure is cut off.",
    "Phụ lục 1, line:6",
    "Huyện Quảng Điền",
    QUANG_DIEN,
    NOW,
    f"{QUANG_DIEN}_{NOW}.txt",
    IDS[QUANG_DIEN, NOW],
    False,
)


def test_findings_come_gravest_first(warehouse: Warehouse) -> None:
    assert_frame(answers.findings(warehouse), FINDINGS, [PLAN_EXCEEDED, RATE_CUT])
    assert_frame(answers.findings(warehouse, [IDS[QUANG_DIEN, NOW], "không có"]), FINDINGS, [RATE_CUT])
    assert_frame(answers.findings(warehouse, ["không có"]), FINDINGS, [])


def test_findings_of_a_unit_and_those_below_it(warehouse: Warehouse) -> None:
    assert_frame(answers.findings_of(warehouse, NATION, NOW, False), FINDINGS, [PLAN_EXCEEDED, RATE_CUT])
    assert_frame(answers.findings_of(warehouse, THANH_HOA, NOW, False), FINDINGS, [PLAN_EXCEEDED])
    assert_frame(answers.findings_of(warehouse, HUE, NOW, False), FINDINGS, [RATE_CUT])
    assert_frame(answers.findings_of(warehouse, NATION, BEFORE, False), FINDINGS, [])
    assert_frame(answers.findings_of(warehouse, NATION, NOW, True), FINDINGS, [])


CATALOGUE = (
    "indicator theme name_vi name_en kind decimals direction additive measure measure_vi measure_en theme_vi theme_en "
    "has_data"
)
RATES = "rate definition name_vi name_en note_vi note_en direction"


def test_catalogue_knows_which_indicators_have_figures(warehouse: Warehouse) -> None:
    found = answers.catalogue(warehouse)
    assert found.columns == CATALOGUE.split()
    assert found.height == 314
    assert found["indicator"][0] == "directive_documents"
    assert set(found.filter("has_data")["indicator"]) == {
        *(RECEIVED, ON_TIME, "dossiers_resolved", STATED, LEVEL_3, LEVEL_4, "plan_tasks", "plan_tasks_done"),
        *("dossiers_level_3_4_received", "dossiers_level_3_4_received_online", "dossiers_level_3_4_online_rate_stated"),
        *("dossiers_full_service_received", "dossiers_full_service_received_online"),
        *("dossiers_partial_service_received", "dossiers_partial_service_received_online"),
    }
    (stated,) = rows_where(found, "indicator", STATED)
    assert stated[5:9] == (2, "up", False, "percent")


def test_rates_are_in_catalogue_order(warehouse: Warehouse) -> None:
    found = answers.rates(warehouse)
    assert found.columns == RATES.split()
    assert found.height == 22
    assert found.select("rate", "definition").rows()[:4] == [
        ("on_time_rate", None),
        ("on_time_rate", "resolved"),
        ("on_time_rate", "received"),
        ("on_time_rate", "on_time_plus_late"),
    ]


def test_the_version_is_opened_for_reading_only(warehouse: Warehouse, small_directory: Path) -> None:
    assert (warehouse.number, warehouse.path) == (1, small_directory / "cchc-1.duckdb")
    with pytest.raises(Exception, match="read-only"):
        warehouse.connection.execute("DELETE FROM report")
