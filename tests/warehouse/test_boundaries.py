"""Figures carried over 01/07/2025: hand-made whole and split unions over every kind of indicator, and quarters."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import fastexcel
import polars as pl
import pytest
from small import FORMS, report

from warehouse import answers
from warehouse.answers import Scope, Subject, drill, profiles, ranks, sums, trends
from warehouse.answers.comparison import compare
from warehouse.answers.explore import FigureFilter, Layout, RateFilter, figures, figures_count, rate_figures
from warehouse.answers.sources import Figure, source_heritage, source_own, source_quarter
from warehouse.exports.caveats import REASONS
from warehouse.exports.extract import extract
from warehouse.exports.sdmx import to_sdmx
from warehouse.exports.workbook import to_parquet, to_xlsx
from warehouse.model import Report, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.territory import Boundary, UnitMap, former_districts, heritages, holdings, unit_map
from warehouse.versions.publish import publish

# Xã Nam Thanh Miện, Hải Phòng, is four whole communes of huyện Thanh Miện, Hải Dương.
NAM_THANH_MIEN, FOUR = "11284@2025-07-01", ("11281", "11284", "11287", "11293")
THANH_MIEN, HAI_DUONG, HAI_PHONG = "300", "30", "31@2025-07-01"
# Phường Thốt Nốt, Cần Thơ, is two whole wards and a part of the old one, whose rest went to Phường Thuận Hưng.
THOT_NOT, THUAN_HUNG, CAN_THO = "31207@2025-07-01", "31228@2025-07-01", "92@2025-07-01"
OLD_THOT_NOT, THOI_THUAN, THUAN_AN, OLD_CAN_THO = "31207", "31210", "31212", "92"
# Phường Tân Lộc is one whole ward.
TAN_LOC, OLD_TAN_LOC = "31213@2025-07-01", "31213"
HOANG_HOP = "15919"

RECEIVED, ON_TIME, RESOLVED, LATE = (
    "dossiers_received", "dossiers_resolved_on_time", "dossiers_resolved", "dossiers_resolved_late",
)  # fmt: skip
STAFF, STATED, CODE, PROCEDURES = (
    "one_stop_staff_area", "on_time_rate_stated", "satisfaction_survey_held", "procedures_in_force",
)  # fmt: skip
BEFORE, AFTER = "2024-12M", "2025-12M"
ON_TIME_RATE = Subject("on_time_rate", "received")


def reports() -> list[Report]:
    union = {
        FOUR[0]: {RECEIVED: 100, ON_TIME: 90, STAFF: 3, STATED: 90, CODE: 1, PROCEDURES: 200},
        FOUR[1]: {RECEIVED: 50, ON_TIME: 50, STAFF: 2, STATED: 100, CODE: 1, PROCEDURES: 200},
        FOUR[2]: {RECEIVED: 30, ON_TIME: 24, STAFF: 2, STATED: 80, CODE: 1, PROCEDURES: 200},
        FOUR[3]: {RECEIVED: 0, ON_TIME: 0, STAFF: 1, CODE: 1, PROCEDURES: 200},
    }
    split = {
        OLD_THOT_NOT: {RECEIVED: 101, ON_TIME: 61, STAFF: 4},
        THOI_THUAN: {RECEIVED: 10, ON_TIME: 10, STAFF: 1},
        THUAN_AN: {RECEIVED: 20, ON_TIME: 15, STAFF: 1},
    }
    alone = {OLD_TAN_LOC: {RECEIVED: 40, ON_TIME: 30, STATED: 75, CODE: 1, PROCEDURES: 190}}
    quarters = {
        "2024-Q1": {RECEIVED: 100, ON_TIME: 90, PROCEDURES: 200, STATED: 90},
        "2024-6M": {RECEIVED: 250, ON_TIME: 238, PROCEDURES: 210, STATED: 95},
        "2024-9M": {RECEIVED: 240, ON_TIME: 239, PROCEDURES: 205},
        "2021-Q1": {"plan_tasks": 20, "plan_tasks_done": 4},
        "2021-6M": {"plan_tasks": 24, "plan_tasks_done": 16},
        "2024-Q4": {RECEIVED: 60, ON_TIME: 59, STATED: 98},
        "2023-6M": {RECEIVED: 80, ON_TIME: 70},
        "2023-9M": {RECEIVED: 90, ON_TIME: 75},
        "2022-6M": {RESOLVED: 10, ON_TIME: 9},
        "2022-9M": {RECEIVED: 30, ON_TIME: 20},
    }
    return [
        *(report(unit, BEFORE, rows) for unit, rows in {**union, **split, **alone}.items()),
        # A year before, one of the four sent nothing and one does not say how many were on time.
        report(FOUR[0], "2023-12M", {RECEIVED: 7, ON_TIME: 7}),
        report(FOUR[1], "2023-12M", {RECEIVED: 8, ON_TIME: 8}),
        report(FOUR[2], "2023-12M", {RECEIVED: 9, ON_TIME: None}),
        report(NAM_THANH_MIEN, AFTER, {RECEIVED: 210, ON_TIME: 189, STAFF: 9, CODE: 0}),
        report(THOT_NOT, AFTER, {RECEIVED: 200, ON_TIME: 100}),
        report(TAN_LOC, AFTER, {RECEIVED: 400, ON_TIME: 390}),
        report("00034", BEFORE, {RECEIVED: 100, ON_TIME: 50}),
        report(NAM_THANH_MIEN, "2025-9M", {RECEIVED: 150, ON_TIME: 140}),
        report(FOUR[0], "2025-6M", {RECEIVED: 60, ON_TIME: 60}),
        report(HAI_DUONG, BEFORE, {"plan_tasks": 10, "plan_tasks_done": 9}, level="province"),
        report("31", BEFORE, {"plan_tasks": 20, "plan_tasks_done": 18}, level="province"),
        *(
            report(HOANG_HOP, period, rows, form="other" if period == "2023-9M" else "small-form")
            for period, rows in quarters.items()
        ),
    ]


@pytest.fixture(scope="module")
def lands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("lands")
    publish(directory, batch_of(reports()), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def points(
    warehouse: Warehouse,
    unit: str,
    subject: Subject,
    boundary: Boundary,
    spans: tuple[str, ...] = ("12M",),
    **more: Any,
) -> dict[str, tuple[Any, ...]]:
    """Value, basis, problem, units of expected, by period."""
    level = more.pop("level", "commune")
    found = trends.trend(warehouse, Scope("VN", level, BEFORE, boundary=boundary), [unit], subject, spans, **more)
    return {
        row["period"]: (row["value"], row["basis"], row["problem"], row["units"], row["expected"])
        for row in found.iter_rows(named=True)
    }


# The map --------------------------------------------------------------------------------------------


def test_a_whole_union_and_a_split_one_know_what_they_are_made_of() -> None:
    lines = [line for line in heritages(unit_map()) if line.boundary == "now" and line.valid_to == "2025-07-01"]
    made = {line.member_code: (line.weight, line.expected, line.split) for line in lines if line.unit_code == THOT_NOT}
    assert made == {OLD_THOT_NOT: (None, 3, True), THOI_THUAN: (1.0, 3, True), THUAN_AN: (1.0, 3, True)}
    made = {
        line.member_code: (line.weight, line.expected, line.split) for line in lines if line.unit_code == NAM_THANH_MIEN
    }
    assert made == dict.fromkeys(FOUR, (1.0, 4, False))


def test_every_unit_lies_once_in_the_country_on_every_boundary() -> None:
    map_ = unit_map()
    held = [
        (line.boundary, line.member_code) for line in holdings(map_) if line.unit_code == "VN" and line.weight == 1.0
    ]
    assert len(held) == len(set(held)) == 3 * len(map_.units)


def test_split_communes_lie_whole_in_their_province() -> None:
    found = {
        line.unit_code: line.weight
        for line in holdings(unit_map())
        if line[:1] == ("now",) and line.member_code == OLD_THOT_NOT
    }
    assert found == {THOT_NOT: None, THUAN_HUNG: None, "923": 1.0, CAN_THO: 1.0, "VN": 1.0}


def test_former_districts_are_a_partition_of_the_communes_of_today() -> None:
    found = {line.unit_code: line for line in former_districts(unit_map())}
    assert len(found) == 3_321
    assert found[NAM_THANH_MIEN] == (NAM_THANH_MIEN, THANH_MIEN, True)
    # Phường Bỉm Sơn took Hà Vinh from across the old border.
    assert found["14812@2025-07-01"] == ("14812@2025-07-01", "381", False)
    assert found["26732"] == ("26732", "755", True)  # Côn Đảo was a district without communes
    assert sum(not line.whole for line in found.values()) == 297


def test_a_later_split_is_two_rows_of_data() -> None:
    map_ = UnitMap(
        {
            "1": {"level": "commune", "parent_code": None, "valid_from": None, "valid_to": "2025-07-01"},
            "2": {"level": "commune", "parent_code": None, "valid_from": "2025-07-01", "valid_to": "2026-07-01"},
            "3": {"level": "commune", "parent_code": None, "valid_from": "2026-07-01", "valid_to": None},
            "4": {"level": "commune", "parent_code": None, "valid_from": "2026-07-01", "valid_to": None},
        },
        {"1": (("2", 1.0),), "2": (("3", 0.75), ("4", 0.25))},
    )
    assert map_.heirs("1") == {"3": 0.75, "4": 0.25}
    made = [line for line in heritages(map_) if line[:2] == ("estimated", "4")]
    assert [(line.member_code, line.weight, line.expected) for line in made] == [
        ("1", 0.25, 1), ("2", 0.25, 1), ("4", 1.0, 1),
    ]  # fmt: skip


# Whole unions ---------------------------------------------------------------------------------------


def test_a_rate_over_a_whole_union_is_a_ratio_of_sums(lands: Warehouse) -> None:
    rate = pytest.approx(100 * 164 / 180, abs=1e-6)  # the mean of the rates would be 90
    expected = {BEFORE: (rate, "union", None, 4, 4), AFTER: (90.0, "own", None, 1, 1)}
    assert points(lands, NAM_THANH_MIEN, ON_TIME_RATE, "now") == expected
    assert points(lands, NAM_THANH_MIEN, ON_TIME_RATE, "estimated") == expected


def test_as_it_was_the_trend_of_a_merged_commune_begins_with_it(lands: Warehouse) -> None:
    assert points(lands, NAM_THANH_MIEN, ON_TIME_RATE, "then") == {AFTER: (90.0, "own", None, 1, 1)}
    assert points(lands, FOUR[0], ON_TIME_RATE, "then") == {
        "2023-12M": (100.0, "own", None, 1, 1),
        BEFORE: (90.0, "own", None, 1, 1),
    }


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (RECEIVED, (180.0, "union", None, 4, 4)),
        (STAFF, (8.0, "union", None, 4, 4)),  # a headcount adds
        (CODE, (None, "union", "not_additive", 4, 4)),  # a code does not
        (STATED, (None, "union", "not_additive", 3, 4)),  # nor does a printed rate
        (PROCEDURES, (None, "union", "not_additive", 4, 4)),  # the same 200 procedures in each
    ],
)
def test_each_kind_of_indicator_over_a_whole_union(lands: Warehouse, indicator: str, expected: tuple[Any, ...]) -> None:
    found = lands.connection.execute(
        "SELECT value::DOUBLE, basis, problem, given, expected FROM own_fact "
        "WHERE boundary = 'now' AND counting = 'printed' AND unit_code = ? AND period = ? AND indicator = ?",
        [NAM_THANH_MIEN, BEFORE, indicator],
    ).fetchone()
    assert found == expected


def test_a_union_of_which_one_is_missing_has_no_figure(lands: Warehouse) -> None:
    found = lands.connection.execute(
        "SELECT indicator, value, problem, given, expected FROM own_fact "
        "WHERE boundary = 'now' AND counting = 'printed' AND unit_code = ? AND period = '2023-12M' ORDER BY indicator",
        [NAM_THANH_MIEN],
    ).fetchall()
    assert found == [(RECEIVED, None, "incomplete", 3, 4), (ON_TIME, None, "incomplete", 2, 4)]


def test_the_overview_of_one_unit_shows_no_sum_of_the_parts_at_hand(lands: Warehouse) -> None:
    scope = Scope(NAM_THANH_MIEN, "commune", BEFORE, boundary="now")
    (rate,) = sums.overview(lands, scope).filter(rate="on_time_rate").rows(named=True)
    assert (rate["units"], rate["units_before"], rate["percent_before"]) == (4, None, None)
    assert sums.volume(lands, scope, RECEIVED).select("period", "units", "value").rows() == [(BEFORE, 4, 180)]


@pytest.mark.parametrize(("indicator", "value"), [(RECEIVED, 40), (STATED, 75), (CODE, 1), (PROCEDURES, 190)])
def test_what_became_of_one_whole_unit_keeps_every_kind(lands: Warehouse, indicator: str, value: int) -> None:
    found = lands.connection.execute(
        "SELECT value::INTEGER, basis, problem FROM own_fact WHERE boundary = 'now' AND counting = 'printed' "
        "AND unit_code = ? AND indicator = ? AND period = ?",
        [TAN_LOC, indicator, BEFORE],
    ).fetchall()
    assert found == [(value, "own", None)]


def test_provinces_are_unions_too(lands: Warehouse) -> None:
    found = points(lands, HAI_PHONG, Subject("plan_completion", "own_rows"), "now", level="province")
    assert found == {BEFORE: (90.0, "union", None, 2, 2)}
    assert points(lands, HAI_PHONG, Subject("plan_completion", "own_rows"), "then", level="province") == {}


# Split units ----------------------------------------------------------------------------------------


def test_a_split_predecessor_gives_no_figure_unless_an_estimate_is_asked_for(lands: Warehouse) -> None:
    after = {AFTER: (50.0, "own", None, 1, 1)}
    assert points(lands, THOT_NOT, ON_TIME_RATE, "now") == after
    estimate = pytest.approx(100 * (61 / 2 + 10 + 15) / (101 / 2 + 10 + 20), abs=1e-6)
    assert points(lands, THOT_NOT, ON_TIME_RATE, "estimated") == {
        BEFORE: (estimate, "estimated", None, 3, 3),
        **after,
    }
    staff = points(lands, THOT_NOT, Subject(indicator=STAFF), "estimated")
    assert staff == {BEFORE: (4.0, "estimated", None, 3, 3)}
    left_out = ranks.left_out(lands, Scope(CAN_THO, "commune", BEFORE, boundary="now"), "on_time_rate", "received", 0)
    reasons = dict(left_out.select("unit_code", "reason").iter_rows())
    assert reasons[THOT_NOT] == reasons[THUAN_HUNG] == "split"
    assert reasons["31249@2025-07-01"] == "no_report"


def test_a_split_commune_still_counts_whole_in_its_province(lands: Warehouse) -> None:
    everything = 100 * (61 + 10 + 15 + 30) / (101 + 10 + 20 + 40)
    for boundary in ("now", "estimated"):
        found = points(lands, CAN_THO, ON_TIME_RATE, boundary)
        assert found[BEFORE][:3] == (pytest.approx(everything, abs=1e-6), "sum", None)
    assert points(lands, OLD_CAN_THO, ON_TIME_RATE, "then")[BEFORE][0] == pytest.approx(everything, abs=1e-6)


# The shared questions on today's map ----------------------------------------------------------------


def test_ranking_on_todays_map(lands: Warehouse) -> None:
    ranked = ranks.ranking(lands, Scope("VN", "commune", BEFORE, boundary="now"), "on_time_rate", "received", 0)
    assert ranked.select("rank", "unit_code", "numerator", "denominator", "basis").rows() == [
        (1, NAM_THANH_MIEN, 164, 180, "union"),
        (2, TAN_LOC, 30, 40, "own"),
    ]
    then = ranks.ranking(lands, Scope("VN", "commune", BEFORE), "on_time_rate", "received", 0)
    assert {NAM_THANH_MIEN, TAN_LOC}.isdisjoint(then["unit_code"])
    assert then.height == 8  # the fourth of the four received nothing
    assert then.filter(unit_code=OLD_TAN_LOC)["former_district_name"].to_list() == [None]
    assert ranked["former_district_name"].to_list() == ["Huyện Thanh Miện", "Quận Thốt Nốt"]


def test_drilldown_on_todays_map_goes_through_the_former_district_when_asked(lands: Warehouse) -> None:
    scope = Scope(HAI_PHONG, "commune", BEFORE, boundary="now")
    flat = drill.drilldown(lands, scope, "on_time_rate", "received")
    assert flat.height == 114
    grouped = drill.drilldown(lands, scope, "on_time_rate", "received", former=True)
    assert set(grouped["level"]) == {"district"}
    (line,) = grouped.filter(grouped["units"] > 0).rows(named=True)
    assert (line["unit_code"], line["numerator"], line["denominator"], line["units"]) == (THANH_MIEN, 164, 180, 3)
    within = drill.drilldown(lands, Scope(THANH_MIEN, "commune", BEFORE, boundary="now"), "on_time_rate", "received")
    assert within.filter(within["percent"].is_not_null())["unit_code"].to_list() == [NAM_THANH_MIEN]
    assert within.height == len([line for line in former_districts(unit_map()) if line.district_code == THANH_MIEN])


def test_a_former_district_groups_the_communes_of_a_period_after_it_too(lands: Warehouse) -> None:
    scope = Scope(HAI_PHONG, "commune", AFTER)
    grouped = drill.drilldown(lands, scope, "on_time_rate", "received", former=True)
    assert set(grouped["level"]) == {"district"}
    (line,) = grouped.filter(grouped["units"] > 0).rows(named=True)
    assert (line["unit_code"], line["name"]) == (THANH_MIEN, "Huyện Thanh Miện")
    assert (line["numerator"], line["denominator"], line["reported"]) == (189, 210, 1)
    assert grouped["expected"].sum() == 114
    assert ranks.leaves(lands, scope, "on_time_rate", "received", former=True).select(
        "unit_code", "parent_code", "numerator"
    ).rows() == [(NAM_THANH_MIEN, THANH_MIEN, 189)]
    assert ranks.leaves(lands, scope, "on_time_rate", "received")["parent_code"].to_list() == [HAI_PHONG]


def test_districts_that_stand_are_not_grouped_again(lands: Warehouse) -> None:
    scope = Scope(HAI_DUONG, "commune", BEFORE)
    plain, grouped = (
        drill.drilldown(lands, scope, "on_time_rate", "received", former=former) for former in (False, True)
    )
    assert plain.equals(grouped)
    assert plain["former_name"].unique().to_list() == [None]


def test_a_commune_of_today_says_its_former_district_and_whether_another_gave_land(lands: Warehouse) -> None:
    thanh_hoa = drill.drilldown(lands, Scope("38", "commune", AFTER), "on_time_rate", "received")
    found = {row["name"]: (row["former_name"], row["whole"]) for row in thanh_hoa.iter_rows(named=True)}
    assert found["Phường Bỉm Sơn"] == ("Thị xã Bỉm Sơn", False)
    assert found["Xã Hoằng Giang"] == ("Huyện Hoằng Hóa", True)


def test_every_unit_has_a_place_its_own_or_that_of_its_kin(lands: Warehouse) -> None:
    def place(code: str) -> tuple[Any, ...] | None:
        return lands.connection.execute(
            "SELECT latitude, longitude, approximate FROM unit_place WHERE unit_code = ?", [code]
        ).fetchone()

    assert place("498") == (16.568, 112.135, True)  # huyện Hoàng Sa stands where the special zone does
    assert place("576") == (9.71, 114.45, True)
    assert place("06757@2025-07-01") == pytest.approx(
        (21.32592, 107.929485, True), abs=1e-5
    )  # xã Vĩnh Thực, amid the two it came of
    assert place("22") == (21.2642, 107.223, False)
    nowhere = "SELECT count(*) FROM unit_place WHERE latitude IS NULL"
    assert lands.connection.execute(nowhere).fetchall() == [(0,)]


def test_the_communes_of_today_draw_the_country(lands: Warehouse) -> None:
    country = answers.places(lands)
    assert country.height == 3_321
    east = country.filter(country["longitude"] > 110.5)
    assert east.select("unit_code", "short_name", "parent_name", "latitude", "longitude").rows() == [
        ("20333", "Hoàng Sa", "Đà Nẵng", 16.568, 112.135),
        ("22736@2025-07-01", "Trường Sa", "Khánh Hòa", 9.71, 114.45),
    ]


def test_the_path_on_todays_map(lands: Warehouse) -> None:
    def path(unit: str, boundary: Boundary) -> list[str]:
        return answers.unit_path(lands, unit, boundary)["unit_code"].to_list()

    assert path(NAM_THANH_MIEN, "now") == [HAI_PHONG, NAM_THANH_MIEN]
    assert path(THANH_MIEN, "now") == [HAI_PHONG, THANH_MIEN]
    assert path(FOUR[0], "now") == []
    assert path(FOUR[0], "then") == [HAI_DUONG, THANH_MIEN, FOUR[0]]


def test_a_province_bears_the_name_of_its_time(lands: Warehouse) -> None:
    names = [answers.unit_path(lands, "477", period=period)["name"][0] for period in ("2024-12M", "2025-Q1", None)]
    assert names == ["Tỉnh Thừa Thiên Huế", "Thành phố Huế", "Thành phố Huế"]


def test_kin_of_a_unit(lands: Warehouse) -> None:
    kin = profiles.unit_kin(lands, NAM_THANH_MIEN).select("relation", "unit_code", "kind").rows()
    assert kin[0] == ("former_district", THANH_MIEN, "whole")
    assert sorted(kin[1:]) == [("predecessor", code, "whole") for code in FOUR]
    assert profiles.unit_kin(lands, OLD_THOT_NOT).select("relation", "unit_code", "kind").rows() == [
        ("successor", THOT_NOT, "part"), ("successor", THUAN_HUNG, "part"),
    ]  # fmt: skip


def test_no_change_is_called_real_where_the_year_before_is_an_estimate(lands: Warehouse) -> None:
    asked = (Scope(CAN_THO, "commune", AFTER, boundary="estimated"), "on_time_rate", "received", 0)
    found = {row["unit_code"]: row for row in compare(lands, *asked).iter_rows(named=True)}
    # 50 % after (30.5 + 10 + 15) / (50.5 + 10 + 20), half of the old ward being a guess; 97.5 % after 30 of 40.
    assert found[THOT_NOT]["basis"] == "own"
    assert found[THOT_NOT]["percent_before"] == pytest.approx(100 * 55.5 / 80.5, abs=1e-6)
    assert (found[THOT_NOT]["basis_before"], found[THOT_NOT]["change_real"]) == ("estimated", None)
    assert (found[TAN_LOC]["basis_before"], found[TAN_LOC]["change_real"]) == ("own", "rises")


def test_a_former_district_with_a_share_of_a_split_commune_is_an_estimate(lands: Warehouse) -> None:
    # Half of the old ward 00034 (100 received, 50 on time) stays within what was Ba Đình, half goes to Đống Đa.
    for boundary, expected in (("now", (None, None, 0, 1)), ("estimated", ("estimated", 25, 1, 1))):
        scope = Scope("01", "commune", BEFORE, boundary=boundary)
        found = drill.drilldown(lands, scope, "on_time_rate", "received", former=True)
        for district in ("001", "006"):
            row = found.filter(unit_code=district).row(0, named=True)
            assert (row["basis"], row["numerator"], row["units"], row["reported"]) == expected


def test_sums_say_that_shares_of_split_units_are_in_them(lands: Warehouse) -> None:
    asked = ("on_time_rate", "received")
    for boundary, unit, estimated in (
        ("estimated", THOT_NOT, [True]),
        ("estimated", CAN_THO, [False]),
        ("now", THOT_NOT, []),  # a unit that was split has no figure, and so no sum of the rest
    ):
        scope = Scope(unit, "commune", BEFORE, boundary=boundary)
        rates = sums.overview(lands, scope).filter(rate=asked[0], definition=asked[1])
        assert rates["estimated"].to_list() == estimated
        assert sums.volume(lands, scope, RECEIVED)["estimated"].to_list() == estimated
    after = sums.overview(lands, Scope(THOT_NOT, "commune", AFTER, boundary="estimated")).filter(definition=asked[1])
    assert after.select("estimated", "estimated_before").row(0) == (False, True)


# Quarters -------------------------------------------------------------------------------------------

QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def test_a_quarter_is_the_difference_of_numerators_and_of_denominators(lands: Warehouse) -> None:
    found = points(lands, HOANG_HOP, ON_TIME_RATE, "then", QUARTERS, counting="discrete")
    assert found["2024-Q1"] == (90.0, "own", None, 1, 1)
    assert found["2024-Q2"] == (pytest.approx(100 * 148 / 150, abs=1e-6), "difference", None, 1, 1)
    assert found["2024-Q3"] == (None, "difference", "falls", 0, 1)
    assert found["2024-Q4"] == (pytest.approx(100 * 59 / 60, abs=1e-6), "own", None, 1, 1)  # sent as such
    why = lands.connection.execute(
        "SELECT period, problem FROM counted_rate_of(0, 65535) "
        "WHERE counting = 'discrete' AND unit_code = ? AND rate = 'on_time_rate' AND definition = 'received' "
        "AND problem IS NOT NULL ORDER BY period",
        [HOANG_HOP],
    ).fetchall()
    assert why == [
        ("2022-Q3", "definition"), ("2023-Q2", "missing_before"), ("2023-Q3", "form"), ("2024-Q3", "falls"),
    ]  # fmt: skip


def test_a_flow_is_subtracted_and_a_stock_is_not(lands: Warehouse) -> None:
    flow = points(lands, HOANG_HOP, Subject(indicator=RECEIVED), "then", QUARTERS, counting="discrete")
    assert [flow[f"2024-{span}"][:3] for span in QUARTERS] == [
        (100.0, "own", None), (150.0, "difference", None), (None, "difference", "falls"), (60.0, "own", None),
    ]  # fmt: skip
    stock = points(lands, HOANG_HOP, Subject(indicator=PROCEDURES), "then", QUARTERS, counting="discrete")
    assert [stock[f"2024-{span}"][0] for span in QUARTERS[:3]] == [200.0, 210.0, 205.0]


def test_a_share_of_the_plan_of_a_year_is_none_of_a_quarter(lands: Warehouse) -> None:
    """12 tasks more done, of 4 more planned, are no 300 %; of a plan that stays they are no share of nothing."""
    subject = Subject("plan_completion", "own_rows")
    found = points(lands, HOANG_HOP, subject, "then", QUARTERS, counting="discrete")
    assert found["2021-Q1"] == (20.0, "own", None, 1, 1)
    assert found["2021-Q2"] == (None, "difference", "standing", 0, 1)


def test_a_printed_percentage_of_a_cumulative_report_is_none_of_its_last_quarter(lands: Warehouse) -> None:
    found = points(lands, HOANG_HOP, Subject(indicator=STATED), "then", QUARTERS, counting="discrete")
    assert found["2024-Q1"] == (90.0, "own", None, 1, 1)
    assert found["2024-Q2"] == (None, "own", "percentage", 0, 1)
    assert found["2024-Q4"] == (98.0, "own", None, 1, 1)  # the quarter's own report


def test_a_quarter_across_the_new_map_is_refused_for_its_lineage(lands: Warehouse) -> None:
    for boundary in ("then", "now"):
        found = points(lands, NAM_THANH_MIEN, ON_TIME_RATE, boundary, QUARTERS, counting="discrete")
        assert found["2025-Q4"] == (pytest.approx(100 * 49 / 60, abs=1e-6), "difference", None, 1, 1)
    why = lands.connection.execute(
        "SELECT problem FROM own_rate "
        "WHERE boundary = 'now' AND counting = 'discrete' AND unit_code = ? AND period = '2025-Q3'",
        [NAM_THANH_MIEN],
    ).fetchall()
    assert why == [("lineage",)]


# Explore and export ---------------------------------------------------------------------------------


def carried(boundary: Boundary, *units: str) -> RateFilter:
    return RateFilter(alone=units, rates=("on_time_rate",), boundary=boundary)


def test_rates_follow_the_boundary_and_say_how_they_came_about(lands: Warehouse) -> None:
    columns = ("unit_code", "period", "numerator", "denominator", "basis", "problem", "report_id")
    then = rate_figures(lands, carried("then", *FOUR, NAM_THANH_MIEN))
    assert set(then["basis"]) == {"own"}
    now = rate_figures(lands, carried("now", NAM_THANH_MIEN)).select(columns[1:-1])
    assert now.rows() == [
        ("2023-12M", None, None, "union", "incomplete"),
        (BEFORE, 164.0, 180.0, "union", None),
        ("2025-6M", None, None, "union", "incomplete"),
        ("2025-9M", 140.0, 150.0, "own", None),
        (AFTER, 189.0, 210.0, "own", None),
    ]
    assert rate_figures(lands, carried("now", *FOUR)).is_empty(), "they are not on today's map"
    past = pl.col("period") == BEFORE
    split = rate_figures(lands, carried("now", THOT_NOT)).filter(past).select(columns)
    assert split.rows() == [(THOT_NOT, BEFORE, None, None, "estimated", "split", None)]
    guessed = rate_figures(lands, carried("estimated", THOT_NOT)).filter(past).select(columns)
    assert guessed.rows() == [(THOT_NOT, BEFORE, 55.5, 80.5, "estimated", None, None)]  # 10+15+61/2 of 10+20+101/2


def test_figures_are_counted_by_quarter(lands: Warehouse) -> None:
    wanted = FigureFilter(alone=(HOANG_HOP,), indicators=(RECEIVED,), counting="discrete")
    found = figures(lands, wanted).filter(pl.col("period").str.starts_with("2024"))
    assert found.select("period", "value", "basis", "problem").rows() == [
        ("2024-Q1", 100.0, "own", None),
        ("2024-Q2", 150.0, "difference", None),
        ("2024-Q3", None, "difference", "falls"),
        ("2024-Q4", 60.0, "own", None),
    ]
    assert figures_count(lands, replace(wanted, layout="periods"))["heads"][0].to_list()[-4:] == [
        f"2024-Q{one}" for one in (1, 2, 3, 4)
    ]
    below = FigureFilter(alone=(HAI_DUONG,), others=True, boundary="now")
    assert figures(lands, below).is_empty(), "what is printed for other tiers stands only as printed"


@pytest.mark.parametrize("layout", ["long", "periods", "indicators"])
def test_an_estimate_is_flagged_in_every_export(lands: Warehouse, layout: Layout) -> None:
    wanted = replace(carried("estimated", THOT_NOT, NAM_THANH_MIEN), layout=layout)
    found = extract(lands, wanted, "vi")
    marked = found.values.filter(pl.col("unit_code") == THOT_NOT)["estimated"].to_list()
    # The first is what was estimated; the ward's own report of 2025 is another row where rows are periods.
    assert marked == {"long": [True, False], "periods": [BEFORE], "indicators": ["on_time_rate.received", None]}[layout]
    kinds = dict(found.caveats.select("kind", "note").iter_rows())
    assert kinds["estimated"].startswith("1 dòng là số ước tính")
    assert kinds["union"].startswith("1 dòng")
    assert kinds["problem"].startswith("2 dòng")
    behind = found.sources.filter(pl.col("period") == BEFORE)["unit_code"].to_list()
    assert sorted(behind) == sorted([*FOUR, OLD_THOT_NOT, THOI_THUAN, THUAN_AN])
    assert set(REASONS) >= set(found.long["problem"].drop_nulls())
    lines = list(csv.DictReader(io.StringIO(to_sdmx(found).decode(), newline="")))
    states = {(line["REF_AREA"], line["PERIOD_CODE"]): line["OBS_STATUS"] for line in lines}
    assert (states[THOT_NOT, BEFORE], states[NAM_THANH_MIEN, BEFORE], states[NAM_THANH_MIEN, "2023-12M"]) == (
        *("E", "A", "O"),
    )
    book = fastexcel.read_excel(to_xlsx(found))
    told = book.load_sheet("Số liệu").to_polars().filter(pl.col("Mã đơn vị") == THOT_NOT)
    if layout != "long":
        assert told["Ước tính"][0] in told.columns
    if layout == "periods":
        states_sheet = book.load_sheet("Tình trạng").to_polars().filter(pl.col("Mã đơn vị") == NAM_THANH_MIEN)
        assert states_sheet.select("2023-12M (%)", f"{BEFORE} (%)").rows() == [("thiếu số liệu của đơn vị cũ", "có số")]
    if layout == "long":
        values = pl.read_parquet(io.BytesIO(to_parquet(found)))
        assert values.equals(found.values)
        reasons = dict(values.select("problem", "reason").unique().iter_rows())
        assert reasons == {None: None, "incomplete": "thiếu số liệu của đơn vị cũ"}


def test_the_sheet_of_sources_names_the_reports_own_unit_and_period(lands: Warehouse) -> None:
    """A ward of today has the report of the old one, a quarter's difference that of half a year."""
    ward = extract(lands, carried("now", TAN_LOC), "vi").sources.filter(pl.col("period") == BEFORE)
    assert ward.select("unit_name", "unit_code").rows() == [("Phường Tân Lộc", OLD_TAN_LOC)]
    quarter = replace(carried("then", HOANG_HOP), periods=("2024-Q2",), counting="discrete")
    found = extract(lands, quarter, "vi")
    assert found.values.select("period", "basis").rows() == [("2024-Q2", "difference")]
    assert found.sources.select("period", "rows").rows() == [("2024-6M", 1), ("2024-Q1", 1)]


# Sources --------------------------------------------------------------------------------------------


def test_a_carried_figure_lists_what_it_was_made_of(lands: Warehouse) -> None:
    asked = Figure(THOT_NOT, "commune", BEFORE, rate="on_time_rate", definition="received", boundary="now")
    columns = ("unit_code", "share", "numerator", "denominator", "problem")
    parts = source_heritage(lands, asked).select(columns)
    assert parts.rows() == [
        (OLD_THOT_NOT, None, 61.0, 101.0, None),
        (THUAN_AN, 1.0, 15.0, 20.0, None),
        (THOI_THUAN, 1.0, 10.0, 10.0, None),
    ]
    assert source_own(lands, asked).select("value", "problem").rows() == [(None, "split")]
    guessed = replace(asked, boundary="estimated")
    assert source_heritage(lands, guessed)["share"].to_list() == [0.5, 1.0, 1.0]
    assert source_own(lands, guessed).select("numerator", "denominator", "basis").rows() == [(55.5, 80.5, "estimated")]
    assert source_heritage(lands, replace(asked, boundary="then")).is_empty()


def test_a_missing_part_says_why(lands: Warehouse) -> None:
    asked = Figure(NAM_THANH_MIEN, "commune", "2023-12M", indicator=ON_TIME, boundary="now")
    found = source_heritage(lands, asked).select("unit_code", "value", "problem")
    assert found.rows() == [
        (FOUR[1], 8.0, None),
        (FOUR[0], 7.0, None),
        *sorted([(FOUR[2], None, "no_figure"), (FOUR[3], None, "no_report")], key=lambda row: names(lands)[row[0]]),
    ]


def names(warehouse: Warehouse) -> dict[str, str]:
    return dict(warehouse.connection.sql("SELECT unit_code, name FROM unit").fetchall())


def test_a_quarter_lists_the_two_figures_it_is_taken_from(lands: Warehouse) -> None:
    asked = Figure(HOANG_HOP, "commune", "2024-Q2", indicator=RECEIVED, counting="discrete")
    assert source_own(lands, asked).select("value", "basis").rows() == [(150.0, "difference")]
    assert source_quarter(lands, asked).select("period", "value").rows() == [("2024-6M", 250.0), ("2024-Q1", 100.0)]
