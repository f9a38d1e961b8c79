"""The simulated country: one province that kept its map and one united from two, an island district among them."""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

import polars as pl
import pytest

from warehouse.demo.nation import ELEVEN_YEARS, Figured, nation_parts, simulate_nation
from warehouse.demo.places import places_of
from warehouse.demo.timeline import SPANS
from warehouse.model import batch_of
from warehouse.tables import read_catalogue

KEPT, UNITED = "12", "48@2025-07-01"  # Lai Châu; Đà Nẵng of the old Đà Nẵng and Quảng Nam, with Hoàng Sa
FORMER = ["48", "49"]
HEIGHTS = [(4454, 548601), (11837, 1462819)]
BLANKS = [20915, 55953]
INDICATORS = [
    ("commune", "commune", 119),
    ("district", "commune", 18),
    ("district", "district", 154),
    ("province", "commune", 18),
    ("province", "district", 19),
    ("province", "province", 155),
]
COMPARED = 402_379
FIGURES = {
    (KEPT, "2016-Q1", "dossiers_received", "commune"): 20588,
    (KEPT, "2026-9M", "dossiers_received", "commune"): 127919,
    (UNITED, "2026-9M", "dossiers_resolved", "province"): 203369,
    ("48", "2021-12M", "dossiers_resolved_on_time", "province"): 48541,
    ("105", "2019-6M", "plan_tasks_done", "district"): 28,
    ("20333", "2025-9M", "dossiers_received", "commune"): 424,
}


@pytest.fixture(scope="module")
def parts() -> list[Figured]:
    return list(simulate_nation(provinces=[UNITED, KEPT]))


@pytest.fixture(scope="module")
def facts(parts: list[Figured]) -> pl.DataFrame:
    return pl.concat([part.facts for part in parts])


@pytest.fixture(scope="module")
def wide(facts: pl.DataFrame) -> pl.DataFrame:
    """One row a unit and period, a column an indicator and tier; and the unit's own level."""
    named = facts.select(
        "unit_code",
        "period",
        pl.col("value").cast(pl.Float64),
        column=pl.concat_str("indicator", pl.lit("@"), "level"),
    )
    own = read_catalogue("units").select("unit_code", own="level")
    return named.pivot("column", index=["unit_code", "period"], values="value").join(own, on="unit_code")


def _figure(facts: pl.DataFrame, unit: str, period: str, indicator: str, level: str) -> Decimal:
    chosen = facts.filter(unit_code=unit, period=period, indicator=indicator, level=level)
    return Decimal(chosen["value"].item())


def test_the_country_is_simulated_by_provinces_of_today() -> None:
    assert len(nation_parts()) == 34
    assert nation_parts()[:3] == ("01", "04", "08@2025-07-01")
    with pytest.raises(LookupError, match="not provinces of today: 49"):
        next(simulate_nation(provinces=["49"]))


def test_every_unit_of_both_maps_is_in_one_part() -> None:
    places = [places_of(province) for province in nation_parts()]
    units = [
        unit
        for place in places
        for group in (place.former, place.districts, place.communes, place.merged, (place.province,))
        for unit in dict.fromkeys(group)
    ]
    kept = [place.province for place in places if place.goes_on]
    assert len(kept) == 11
    assert sorted([*units]) == sorted([*read_catalogue("units")["unit_code"], *kept])
    communes_of_today = sum(place.of_merged.sum() + place.of_island.sum() for place in places)
    assert communes_of_today == pytest.approx(10_035 + 5)  # five island districts had no communes


def test_the_frames_have_the_columns_that_were_agreed(parts: list[Figured]) -> None:
    for part in parts:
        assert part.reports.schema == batch_of([]).reports.schema
        assert dict(part.facts.schema) == {
            "unit_code": pl.String(),
            "level": pl.String(),
            "period": pl.String(),
            "indicator": pl.String(),
            "value": pl.Decimal(18, 4),
            "status": pl.String(),
        }
        assert part.reports["simulated"].all()
        assert part.reports["form"].is_null().all()
        assert part.reports["report_id"].is_unique().all()


def test_how_much_there_is(parts: list[Figured]) -> None:
    assert [(part.reports.height, part.facts.height) for part in parts] == HEIGHTS
    assert [part.facts["value"].null_count() for part in parts] == BLANKS
    by_level = parts[0].facts.join(
        parts[0].reports.select("unit_code", "period", own="level"), on=["unit_code", "period"]
    )
    counted = by_level.group_by("own", "level").agg(pl.col("indicator").n_unique()).sort("own", "level")
    assert counted.rows() == INDICATORS


def test_facts_come_once_each_and_in_order(parts: list[Figured]) -> None:
    position = {code: number for number, code in enumerate(ELEVEN_YEARS.codes)}
    for part in parts:
        keys = part.facts.select("indicator", pl.col("period").replace_strict(position), "unit_code", "level")
        assert keys.equals(keys.sort(pl.all()))
        assert keys.is_unique().all()
        reported = part.reports.select("unit_code", "period")
        assert part.facts.join(reported, on=["unit_code", "period"], how="anti").is_empty()
        assert (part.facts["value"].is_null() == (part.facts["status"] == "blank")).all()


def test_units_report_while_they_are_on_the_map(parts: list[Figured]) -> None:
    reports = pl.concat([part.reports for part in parts])
    assert reports["period"].n_unique() == 43
    ends = dict(zip(ELEVEN_YEARS.codes, (period.window_end for period in ELEVEN_YEARS.periods), strict=True))
    units = read_catalogue("units").select("unit_code", "valid_from", "valid_to")
    at_end = reports.join(units, on="unit_code").with_columns(end=pl.col("period").replace_strict(ends).cast(pl.String))
    assert at_end.filter((pl.col("valid_from") > pl.col("end")) | (pl.col("valid_to") <= pl.col("end"))).is_empty()
    provinces = (
        reports.filter(level="province")
        .group_by("unit_code")
        .agg(pl.len(), first=pl.col("period").first(), last=pl.col("period").last())
    )
    assert set(provinces.rows()) == {
        (KEPT, 43, "2016-Q1", "2026-9M"),
        ("48", 38, "2016-Q1", "2025-6M"),
        ("49", 38, "2016-Q1", "2025-6M"),
        (UNITED, 5, "2025-9M", "2026-9M"),
    }


def test_a_province_is_the_same_whichever_others_are_simulated(parts: list[Figured]) -> None:
    (alone,) = simulate_nation(provinces=[KEPT])
    assert alone.reports.equals(parts[0].reports)
    assert alone.facts.equals(parts[0].facts)
    (other,) = simulate_nation(seed=7, provinces=[KEPT])
    assert not other.facts.equals(alone.facts)


def test_single_figures(facts: pl.DataFrame) -> None:
    found = [_figure(facts, *place) for place in FIGURES]
    assert found == list(FIGURES.values())


def _sum_given(wide: pl.DataFrame, parts: Iterable[str]) -> tuple[pl.Expr, pl.Expr]:
    """The sum of those parts that are there, and whether all are."""
    known = [pl.col(part) if part in wide.columns else pl.lit(None, dtype=pl.Float64) for part in parts]
    return pl.sum_horizontal(known), reduce(lambda one, other: one & other, [part.is_not_null() for part in known])


def _term(text: str, level: str) -> str:
    return text if "@" in text else f"{text}@{level}"


def test_parts_never_contradict_their_whole(wide: pl.DataFrame) -> None:
    broken: list[str] = []
    compared = 0
    for row in read_catalogue("wholes").iter_rows(named=True):
        for level in [row["level"]] if row["level"] else ["province", "district", "commune"]:
            whole, parts = _term(row["whole"], level), [_term(text.strip(), level) for text in row["parts"].split("+")]
            if whole not in wide.columns or not set(parts) & set(wide.columns):
                continue
            total, complete = _sum_given(wide, parts)
            largest = pl.max_horizontal([part for part in parts if part in wide.columns])
            too_much = largest if row["relation"] == "each_at_most" else total
            wrong = too_much > pl.col(whole)
            if row["relation"] == "sum_equals":
                wrong = wrong | (complete & (total != pl.col(whole)))
            compared += wide.select((pl.col(whole).is_not_null() & largest.is_not_null()).sum()).item()
            broken += [f"{row['rule']} {level}"] if wide.select(wrong.any()).item() else []
    assert broken == []
    assert compared == COMPARED


def test_stated_rates_agree_with_their_parts(wide: pl.DataFrame) -> None:
    rates = read_catalogue("rates").filter(
        pl.col("stated").is_not_null(), ~pl.col("numerator").str.contains("+", literal=True)
    )
    rates = rates.filter(~pl.col("denominator").str.contains("+", literal=True))
    names = pl.concat([rates.select("stated", "numerator", "denominator"), read_catalogue("stated_rates")])
    checked = set()
    for stated, numerator, denominator in names.iter_rows():
        for level in ("province", "district", "commune"):
            columns = [f"{name}@{level}" for name in (stated, numerator, denominator)]
            if set(columns) <= set(wide.columns):
                given = wide.select(columns).drop_nulls()
                off = pl.col(columns[0]) - 100 * pl.col(columns[1]) / pl.col(columns[2])
                # Some units print no decimals.
                assert given.filter(off.abs() > 0.5 + 1e-6).is_empty(), (stated, level)
                checked.add(stated)
    assert len(checked) == 12


def test_cumulative_figures_never_fall(facts: pl.DataFrame) -> None:
    counted = read_catalogue("indicators").filter(pl.col("kind").is_in(["flow", "cumulative"]))["indicator"].to_list()
    position = {code: number for number, code in enumerate(ELEVEN_YEARS.codes)}
    grown = (
        facts.filter(pl.col("indicator").is_in(counted), pl.col("value").is_not_null())
        .sort(pl.col("period").replace_strict(position))
        .with_columns(
            grown=pl.col("value").diff().over("unit_code", "level", "indicator", pl.col("period").str.head(4))
        )
    )
    assert grown.height > 500_000
    assert grown.filter(pl.col("grown") < 0).is_empty()


def test_a_united_province_goes_on_where_the_former_ones_stopped(facts: pl.DataFrame) -> None:
    for indicator in ("dossiers_received", "directive_documents", "disbursement_plan"):
        before = sum(_figure(facts, unit, "2025-6M", indicator, "province") for unit in FORMER)
        after = _figure(facts, UNITED, "2025-9M", indicator, "province")
        assert 1 <= after / before < Decimal("1.8"), indicator


def test_districts_are_printed_until_the_year_in_which_they_ended(facts: pl.DataFrame) -> None:
    printed = facts.filter(unit_code=UNITED, level="district", indicator="dossiers_received")
    assert printed["period"].to_list() == ["2025-9M", "2025-12M"]
    assert printed["value"].n_unique() == 1


def test_new_communes_go_on_where_the_old_ones_stopped(facts: pl.DataFrame) -> None:
    lineage = (
        read_catalogue("unit_lineage")
        .filter(pl.col("old_code").str.len_chars() == 5)
        .with_columns(parts=pl.col("kind").eq("part").any().over("new_code"))
    )
    received = facts.filter(pl.col("indicator") == "dossiers_received", pl.col("level") == "commune")
    old = received.filter(period="2025-6M").select(old_code="unit_code", before="value")
    new = received.filter(period="2025-9M").select(new_code="unit_code", after="value")
    communes = lineage.filter(~pl.col("parts")).join(new, on="new_code")
    sums = (
        communes.join(old, on="old_code", how="left")
        .group_by("new_code")
        .agg(pl.col("after").first(), pl.col("before").sum(), lost=pl.col("before").null_count())
    )
    ratios = sums.filter(lost=0).drop_nulls().select(pl.col("after").cast(float) / pl.col("before").cast(float))
    assert ratios.height > 50
    assert ratios["after"].is_between(1.25, 1.9).all()


def test_an_island_goes_on_as_a_commune(facts: pl.DataFrame) -> None:
    before = _figure(facts, "498", "2025-6M", "dossiers_received", "district")  # Hoàng Sa
    after = _figure(facts, "20333", "2025-9M", "dossiers_received", "commune")
    assert 1 < after / before < 2
    assert facts.filter(unit_code="498", level="commune").is_empty()


def test_rates_look_like_real_ones(wide: pl.DataFrame) -> None:
    online = pl.col("dossiers_received_online_level_3@commune") + pl.col("dossiers_received_online_level_4@commune")
    rates = wide.filter(pl.col("own") == "commune").select(
        "unit_code",
        "period",
        on_time=100 * pl.col("dossiers_resolved_on_time@commune") / pl.col("dossiers_resolved@commune"),
        online=100 * online / pl.col("dossiers_received@commune"),
    )
    means = rates.drop("unit_code").group_by("period").mean().sort("period").select("period", "online", "on_time")
    by_period = {period: (online, on_time) for period, online, on_time in means.iter_rows()}
    assert 1 < by_period["2016-9M"][0] < 5
    assert 18 < by_period["2021-9M"][0] < 33
    assert 75 < by_period["2026-9M"][0] < 90
    assert all(96 < on_time < 99.8 for _, on_time in by_period.values())
    assert rates.filter(pl.col("on_time") < 50).is_empty()
    at_the_end = rates.filter(pl.col("period") == "2024-12M", pl.col("on_time").is_not_null())
    ties = at_the_end.filter(pl.col("on_time") == 100).height / at_the_end.height
    assert 0.2 < ties < 0.6
    years = rates.filter(pl.col("period").is_in(["2017-12M", "2024-12M"]))
    change = years.pivot("period", index="unit_code", values="on_time")
    gained = change.select(pl.col("2024-12M") - pl.col("2017-12M")).to_series()
    assert gained.filter(gained > 10).len() > 1
    assert gained.filter(gained < -3).len() > 1


def test_the_last_period_is_the_last_that_is_over() -> None:
    assert len(ELEVEN_YEARS) == 11 * len(SPANS)
    assert ELEVEN_YEARS.codes[ELEVEN_YEARS.reported - 1] == "2026-9M"
    assert ELEVEN_YEARS.codes[ELEVEN_YEARS.after_reform] == "2025-9M"
    assert ELEVEN_YEARS.year_index[0] == -5
    assert ELEVEN_YEARS.since_base[20] == 0
