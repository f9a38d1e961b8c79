"""The simulated province: what it holds, always the same, and that only planted errors are found."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from loaders.cells import Reading, read_cell
from loaders.form import all_forms
from warehouse.demo.dice import Dice
from warehouse.demo.places import the_province
from warehouse.demo.simulate import Simulation, simulate, simulate_with_errors
from warehouse.model import Batch, batch_of
from warehouse.versions import Versions
from warehouse.versions.publish import publish

# A part larger than its whole may also make the parts together larger than it: one error, two relations.
FOLLOWS_FROM = {"part_exceeds_whole": {"parts_exceed_whole"}}


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate_with_errors(all_forms())


@pytest.fixture(scope="module")
def connection(simulation: Simulation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    directory = tmp_path_factory.mktemp("demo")
    published = publish(directory, simulation.batch, all_forms(), "demo")
    with duckdb.connect(str(Versions(directory).path(published.number)), read_only=True) as opened:
        yield opened


def test_the_same_seed_gives_the_same_frames(simulation: Simulation) -> None:
    again = simulate(all_forms())
    assert again.reports.equals(simulation.batch.reports)
    assert again.observations.equals(simulation.batch.observations)
    assert not simulate(all_forms(), seed=7).observations.equals(again.observations)


def test_one_more_unit_changes_no_other() -> None:
    alone = Dice(2021, "communes", ["06649"])
    together = Dice(2021, "communes", ["06646", "06649"])
    means = np.array([[3.0, 40.0]])
    assert (alone.uniform(count=3) == together.uniform(count=3)[1:]).all()
    assert (alone.poisson(means) == together.poisson(np.repeat(means, 2, axis=0))[1:]).all()


def test_the_frames_have_the_columns_of_a_batch(simulation: Simulation) -> None:
    empty = batch_of([])
    assert simulation.batch.reports.schema == empty.reports.schema
    assert simulation.batch.observations.schema == empty.observations.schema


def test_it_needs_its_forms() -> None:
    with pytest.raises(LookupError, match="hue-district"):
        simulate([form for form in all_forms() if form.form != "hue-district"])


def test_the_places_are_those_of_the_province() -> None:
    places = the_province()
    assert (len(places.districts), len(places.communes), len(places.merged)) == (13, 171, 54)
    assert (places.of_district.sum(axis=0) == 1).all()
    assert places.of_merged.sum(axis=0) == pytest.approx(1)


def test_number_of_reports(connection: duckdb.DuckDBPyConnection) -> None:
    counted = dict(connection.sql("SELECT level, count(*) FROM report GROUP BY level").fetchall())
    assert counted == {"commune": 3079, "district": 220, "province": 20}
    rows = connection.sql("SELECT count(*) FROM observation").fetchall()
    assert rows == [(3079 * 80 + 240 * 147,)]


def test_every_report_is_simulated_and_of_a_unit_valid_at_its_end(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert connection.sql("FROM report WHERE NOT simulated OR superseded_by IS NOT NULL").fetchall() == []
    # `unit_code` here is the ancestor whose members are counted.
    strangers = connection.sql(
        "SELECT report_id FROM report ANTI JOIN member "
        "ON member.unit_code = '22' AND member_code = report.unit_code AND member.period = report.period"
    )
    assert strangers.fetchall() == []


def test_missing_reports(connection: duckdb.DuckDBPyConnection) -> None:
    shares = connection.sql(
        "SELECT member.period = '2025-12M', avg((report_id IS NULL)::INT) "
        "FROM member JOIN period ON period.period = member.period AND year BETWEEN 2021 AND 2025 "
        "AND span IN ('Q1', '6M', '9M', '12M') "
        "LEFT JOIN report ON report.unit_code = member_code AND report.period = member.period "
        "WHERE member.unit_code = '22' GROUP BY ALL"
    )
    missing = dict(shares.fetchall())
    assert 0.02 < missing[False] < 0.05
    assert 0.08 < missing[True] < 0.16


def _unit_and_year(report_id: str) -> tuple[str, str]:
    unit, year, _, _ = report_id.rsplit("-", 3)
    return unit, year


def test_exactly_the_planted_errors_are_found(simulation: Simulation, connection: duckdb.DuckDBPyConnection) -> None:
    planted = dict(simulation.planted.rows())
    found = connection.sql("SELECT report_id, rule FROM finding").fetchall()
    assert len(planted) == simulation.planted.height
    assert set(planted.items()) <= set(found)
    units_and_years = {_unit_and_year(report_id) for report_id in planted}
    falls = {report_id for report_id, rule in found if rule == "cumulative_falls"}
    assert {_unit_and_year(report_id) for report_id in falls} <= units_and_years  # after a figure planted too high
    beyond = {(report_id, rule) for report_id, rule in found if rule != "cumulative_falls"} - set(planted.items())
    assert all(rule in FOLLOWS_FROM.get(planted.get(report_id, ""), set()) for report_id, rule in beyond)
    assert len(found) == len(set(found))
    assert 0.03 < len(planted) / simulation.batch.reports.height < 0.04
    assert set(planted.values()) == {
        "duplicate_code",
        "formula_left",
        "part_exceeds_whole",
        "parts_do_not_add_up",
        "parts_exceed_whole",
        "rate_differs",
    }


def test_cumulative_figures_never_fall(connection: duckdb.DuckDBPyConnection) -> None:
    falls = connection.sql(
        "SELECT unit_code, level, indicator, period FROM fact "
        "JOIN period USING (period) JOIN indicator USING (indicator) "
        "WHERE kind IN ('flow', 'cumulative') AND value IS NOT NULL "
        "AND report_id NOT IN (SELECT report_id FROM finding) "
        "QUALIFY value < lag(value) OVER "
        "(PARTITION BY unit_code, level, indicator, year ORDER BY period.position)"
    )
    assert falls.fetchall() == []


def test_channels_add_up(simulation: Simulation, connection: duckdb.DuckDBPyConnection) -> None:
    sums = connection.sql(
        "SELECT report_id, sum(value) FILTER (indicator = 'dossiers_received') AS whole, "
        "sum(value) FILTER (indicator <> 'dossiers_received') AS parts "
        "FROM fact WHERE indicator IN ('dossiers_received', 'dossiers_received_direct', "
        "'dossiers_received_post', 'dossiers_received_online_level_3', 'dossiers_received_online_level_4') "
        "GROUP BY report_id HAVING count(value) = 5"
    ).pl()
    wrong = set(sums.filter(pl.col("whole") != pl.col("parts"))["report_id"])
    planted = simulation.planted.filter(pl.col("rule") == "parts_do_not_add_up")
    assert sums.height > 2700
    assert wrong == {code for code in planted["report_id"] if len(code.split("-")[0]) == 5}


@pytest.mark.parametrize(
    ("rate", "period", "plausible"),
    [
        ("on_time_rate", "2021-12M", (97, 99.9)),
        ("on_time_rate", "2025-12M", (97, 99.9)),
        ("online_rate", "2021-12M", (22, 30)),
        ("online_rate", "2023-12M", (44, 54)),
        ("online_rate", "2025-12M", (68, 80)),
    ],
)
def test_rates_of_communes_by_year(
    connection: duckdb.DuckDBPyConnection, rate: str, period: str, plausible: tuple[float, float]
) -> None:
    rates = connection.sql(
        "SELECT 100 * sum(numerator) / sum(denominator), min(percent), max(percent) FROM own_rate "
        "WHERE rate = $rate AND definition IN ('received', 'all_received') AND period = $period "
        "AND percent IS NOT NULL AND level = 'commune'",
        params={"rate": rate, "period": period},
    )
    ((mean, least, most),) = rates.fetchall()
    assert plausible[0] < mean < plausible[1]
    assert least < mean - 2
    assert mean < most <= 100


def test_disbursement_is_low_in_spring_and_nearly_done_in_december(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    spans = connection.sql(
        "SELECT span, min(percent), max(percent) FROM own_rate JOIN period USING (period) "
        "WHERE rate = 'disbursement_rate' AND percent IS NOT NULL GROUP BY span"
    )
    by_span = {span: (least, most) for span, least, most in spans.fetchall()}
    assert by_span["Q1"][1] < 20
    assert by_span["12M"][0] > 84
    assert by_span["12M"][1] == 100


def test_a_district_prints_nearly_the_sum_of_its_communes(connection: duckdb.DuckDBPyConnection) -> None:
    pairs = connection.sql(
        "SELECT printed.value::DOUBLE, sum(own.value)::DOUBLE FROM fact AS printed "
        "JOIN unit ON unit.parent_code = printed.unit_code "
        "LEFT JOIN fact AS own ON own.unit_code = unit.unit_code AND own.period = printed.period "
        "AND own.indicator = 'dossiers_resolved_on_time' "
        "WHERE printed.indicator = 'dossiers_resolved_on_time' AND printed.level = 'commune' "
        "AND length(printed.unit_code) = 3 AND printed.value IS NOT NULL "
        "GROUP BY printed.unit_code, printed.period, printed.value "
        "HAVING count(own.value) = count(DISTINCT unit.unit_code)"
    ).fetchall()
    off = [(printed - total) / total for printed, total in pairs]
    assert len(off) > 40
    assert max(map(abs, off)) < 0.02
    assert 0 < sum(part != 0 for part in off) < len(off) / 2


def test_a_merged_commune_goes_on_where_its_predecessors_stopped(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    growth = connection.sql(
        "SELECT new_code, any_value(after.value) / sum(before.value) FROM unit_lineage "
        "JOIN fact AS before ON before.unit_code = old_code AND before.period = '2025-6M' "
        "JOIN fact AS after ON after.unit_code = new_code AND after.period = '2025-9M' "
        "WHERE len(old_code) = 5 AND before.indicator = 'dossiers_received' AND after.indicator = 'dossiers_received' "
        "GROUP BY new_code HAVING bool_and(kind = 'whole') AND count(before.value) = "
        "(SELECT count(*) FROM unit_lineage AS link "
        "WHERE link.new_code = unit_lineage.new_code AND len(link.old_code) = 5) "
        "AND any_value(after.value) IS NOT NULL"
    ).fetchall()
    assert len(growth) > 20
    assert all(1.3 < ratio < 1.8 for _, ratio in growth)


def test_printed_text_reads_as_the_value_that_is_kept(simulation: Simulation) -> None:
    printed = simulation.batch.observations.filter(pl.col("indicator").is_not_null())
    cells = printed.select("raw_value", "unit_of_measure", "value", "status").unique().rows()
    wrong = [
        (raw, unit, value, status)
        for raw, unit, value, status in cells
        if read_cell(raw or "", unit or "") != Reading(value, status)
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ["Không phát sinh", "= b/a*100", "04", "100%", "1.381", None])
def test_every_way_of_writing_occurs(simulation: Simulation, text: str | None) -> None:
    written = simulation.batch.observations.filter(pl.col("indicator").is_not_null())["raw_value"]
    assert written.is_null().any() if text is None else (written == text).any()


def test_a_part_of_it_is_checked_like_the_whole(simulation: Simulation, tmp_path: Path) -> None:
    """The plan of a check follows the size of the tables: a small warehouse must not be the slow one."""
    some = simulation.batch.reports.gather_every(20)
    batch = Batch(some, simulation.batch.observations.join(some.select("report_id"), on="report_id", how="semi"))
    published = publish(tmp_path, batch, all_forms(), "demo")
    with duckdb.connect(str(Versions(tmp_path).path(published.number)), read_only=True) as opened:
        found = opened.sql("SELECT report_id, rule FROM finding").pl()
    planted = simulation.planted.join(some.select("report_id"), on="report_id", how="semi")
    assert planted.height == 3
    assert planted.join(found, on=["report_id", "rule"], how="anti").height == 0
