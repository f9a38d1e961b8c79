"""Units compared, on a district of seven communes worked out by hand, and the columns of the ranking behind it."""

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
from scipy.stats import binomtest
from small import BEFORE, DAT, FORMS, HA, HAI, HOANG_HOA, HOP, KIM, NOW, ON_TIME, PHU, QUY, RECEIVED, report

from warehouse.answers import Scope, profiles, ranks, sums
from warehouse.answers.comparison import _ordered, common, compare, funnel, open_ranks
from warehouse.answers.statistics import wilson_interval
from warehouse.exports.frames import FRAME_FORMATS, frame_file
from warehouse.model import Report, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish

COMMUNES = Scope(HOANG_HOA, "commune", NOW)
ASKED = (COMMUNES, "on_time_rate", "received", 0)
DISTRICTS = ("399", "400", "401", "402", "403", "404")  # of Thanh Hóa


def reports() -> list[Report]:
    figures = {PHU: (500, 500), HOP: (990, 1000), HA: (495, 500), HAI: (900, 1000), DAT: (88, 100), KIM: (450, 500)}
    dated = {KIM: {"as_of": date(2024, 5, 31)}, HA: {"as_of": date(2024, 6, 7)}, HOP: {"as_of": date(2024, 6, 30)}}
    before = {HOP: (480, 500), HAI: (980, 1000), DAT: (9, 10), QUY: (5, 10)}
    return [
        *(
            report(unit, NOW, {RECEIVED: all_, ON_TIME: done}, **dated.get(unit, {}))
            for unit, (done, all_) in figures.items()
        ),
        report(QUY, NOW, {RECEIVED: 10, ON_TIME: 12}),
        *(report(unit, BEFORE, {RECEIVED: all_, ON_TIME: done}) for unit, (done, all_) in before.items()),
        *(
            report(unit, NOW, {"disbursement_plan": 1000, "disbursement_done": 900 + number}, level="district")
            for number, unit in enumerate(DISTRICTS)
        ),
    ]


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("comparison")
    publish(directory, batch_of(reports()), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


@pytest.fixture(scope="module")
def compared(district: Warehouse) -> pl.DataFrame:
    return compare(district, *ASKED)


def of(frame: pl.DataFrame, column: str) -> dict[str, object]:
    return dict(frame.select("unit_code", column).rows())


def test_intervals_are_those_of_scipy(compared: pl.DataFrame) -> None:
    rows = compared.filter(pl.col("unit_code") != QUY).select("numerator", "denominator", "low", "high").rows()
    assert len(rows) == 6
    for numerator, denominator, low, high in rows:
        wanted = binomtest(int(numerator), int(denominator)).proportion_ci(0.95, "wilson")
        assert (low, high) == (pytest.approx(100 * wanted.low, abs=1e-6), pytest.approx(100 * wanted.high, abs=1e-6))
    assert of(compared, "high")[PHU] == 100  # exactly: it is written as 100 %


def test_open_ranks(compared: pl.DataFrame) -> None:
    # 100 %: 99.24-100; 99 of 1000: 98.17-99.46; 99 of 500: 97.68-99.57; 90 of 1000: 87.99-91.71; 90 of 500:
    # 87.06-92.34; 88 of 100: 80.19-93.00; above the whole there is no rank, and none of the others counts it.
    assert of(compared, "rank") == {QUY: None, PHU: 1, HOP: 2, HA: 2, HAI: 4, KIM: 4, DAT: 6}
    assert of(compared, "rank_best") == {QUY: None, PHU: 1, HOP: 1, HA: 1, HAI: 4, KIM: 4, DAT: 4}
    assert of(compared, "rank_worst") == {QUY: None, PHU: 3, HOP: 3, HA: 3, HAI: 6, KIM: 6, DAT: 6}
    assert of(compared, "alike") == {QUY: None, PHU: 2, HOP: 2, HA: 2, HAI: 2, KIM: 2, DAT: 2}


def test_the_common_rate_is_that_of_the_sum(district: Warehouse, compared: pl.DataFrame) -> None:
    shared = common(compared)
    assert (shared.counted, shared.numerator, shared.denominator) == (7, 3435, 3610)
    share = 3435 / 3610
    assert shared.pooled == pytest.approx(100 * share)
    (tile,) = sums.overview(district, COMMUNES).filter(rate="on_time_rate", definition="received").rows(named=True)
    assert (tile["units"], tile["numerator"], tile["denominator"]) == (7, 3435, 3610)
    assert tile["percent"] == pytest.approx(shared.pooled)
    # The contradiction has no part in the spread. The 10th and 90th percentile of six lie half way between the outer
    # two at either end.
    parts = ((500, 500), (990, 1000), (495, 500), (900, 1000), (450, 500), (88, 100))
    scores = sorted((done / all_ - share) / (share * (1 - share) / all_) ** 0.5 for done, all_ in parts)
    drawn_in = ((scores[0] + scores[1]) / 2, *scores[1:5], (scores[4] + scores[5]) / 2)
    assert shared.phi == pytest.approx(sum(score**2 for score in drawn_in) / 6, rel=1e-9)
    assert shared.expected_whole == pytest.approx(share**100, rel=1e-3)  # the others have next to no chance
    assert shared.spread == shared.phi


def test_standing_against_limits_of_chance_and_widened_ones(district: Warehouse, compared: pl.DataFrame) -> None:
    narrow = compare(district, *ASKED, widened=False)
    assert of(narrow, "standing") == {
        **dict.fromkeys((PHU, HOP, HA), "far_above"),
        **dict.fromkeys((HAI, KIM), "far_below"),
        DAT: "below",  # the chance of 88 or fewer of 100 is 0.0038
        QUY: "unknown",
    }
    assert of(compared, "standing") == {**dict.fromkeys((PHU, HOP, HA, HAI, KIM, DAT), "within"), QUY: "unknown"}


def test_the_careful_order_and_what_the_plain_one_moves(district: Warehouse, compared: pl.DataFrame) -> None:
    assert compared["unit_code"].to_list() == [PHU, HOP, HA, HAI, KIM, DAT, QUY]
    assert of(compared, "place") == {PHU: 1, HOP: 2, HA: 3, HAI: 4, KIM: 5, DAT: 6, QUY: 7}
    # The plain ranks are 1, 2 (twice), 4 (twice) and 6; the contradiction has none and is put last.
    assert of(compared, "moves") == dict.fromkeys((PHU, HOP, HA, HAI, KIM, DAT, QUY), 0)
    narrow = compare(district, *ASKED, widened=False)
    assert narrow["unit_code"].to_list() == compared["unit_code"].to_list()


def test_no_unit_stands_above_one_that_is_surely_better() -> None:
    # 40 of 50 may be average; 970 of 1000 is surely better, whatever the limits about the common rate say of either.
    figures = {"numerator": [970.0, 40.0, 99.0], "denominator": [1000.0, 50.0, 100.0]}
    percent = 100 * pl.col("numerator") / pl.col("denominator")
    ranked = pl.DataFrame(figures).with_columns(
        percent=percent, cases=True, direction=pl.lit("up"), rank=pl.Series([2, 3, 1])
    )
    low, high = wilson_interval(ranked["numerator"].to_numpy(), ranked["denominator"].to_numpy())
    told = open_ranks(ranked.with_columns(low=pl.Series(100 * low), high=pl.Series(100 * high)))
    placed = _ordered(told.with_columns(standing=pl.Series(["far_below", "within", "within"])))
    assert placed["numerator"].to_list() == [970.0, 99.0, 40.0]  # the first two are open, 97 % is the surer


def test_a_change_is_real_where_its_interval_leaves_zero_out(compared: pl.DataFrame) -> None:
    assert of(compared, "change_real") == {
        **dict.fromkeys((PHU, HA, KIM)),
        HOP: "rises",  # 96 % of 500 to 99 % of 1000
        HAI: "falls",  # 98 % to 90 %
        DAT: "open",  # 9 of 10 to 88 of 100
        QUY: None,
    }
    (change,) = compared.filter(unit_code=HOP).select("change_low", "change_high").rows()
    now, before = (binomtest(*parts).proportion_ci(0.95, "wilson") for parts in ((990, 1000), (480, 500)))
    low = 3 - 100 * ((0.99 - now.low) ** 2 + (before.high - 0.96) ** 2) ** 0.5
    high = 3 + 100 * ((now.high - 0.99) ** 2 + (0.96 - before.low) ** 2) ** 0.5
    assert change == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


def test_a_window_that_ends_more_than_a_week_early_is_short(compared: pl.DataFrame) -> None:
    # Until 14/06/2024: 31/05 is 14 days early, 07/06 is seven, 30/06 none; the others do not say.
    assert of(compared, "days_missing") == {**dict.fromkeys((PHU, HAI, DAT, QUY)), KIM: 14, HA: 7, HOP: 0}
    assert [unit for unit, short in of(compared, "short").items() if short] == [KIM]


def test_the_funnel_runs_over_the_denominators(compared: pl.DataFrame) -> None:
    shared = common(compared)
    curves = funnel(shared, 10, 1000, widened=False, points=3)
    assert curves["denominator"].to_list() == [10, 100, 1000]
    low, high = curves.filter(denominator=100).select("low_95", "high_95").row(0)
    assert low < 88 + 3 < shared.pooled < high
    assert (curves["low_998"] < curves["low_95"]).all()
    wide = funnel(shared, 1000, 1000, widened=True, points=1)
    inner = shared.pooled - curves.filter(denominator=1000)["low_95"][0]
    assert shared.pooled - wide["low_95"][0] == pytest.approx(inner * shared.spread**0.5)


def test_money_has_ranks_but_no_chance(district: Warehouse) -> None:
    asked = (Scope("38", "district", NOW), "disbursement_rate", "own_rows", 0)
    frame = compare(district, *asked)
    assert frame.select("rank", "unit_code").rows() == list(enumerate(reversed(DISTRICTS), start=1))
    for name in ("low", "high", "rank_best", "rank_worst", "alike", "change_low", "change_real"):
        assert frame[name].null_count() == 6, name
    assert frame["standing"].unique().to_list() == ["unknown"]
    assert set(frame["moves"]) == {0}
    assert common(frame).pooled is None
    assert funnel(common(frame), 1, 10, widened=True).is_empty()


def test_too_few_units_have_no_common_rate(district: Warehouse) -> None:
    frame = compare(district, COMMUNES, "on_time_rate", "received", 500)
    assert frame.height == 5
    assert common(frame).pooled is not None
    frame = compare(district, COMMUNES, "on_time_rate", "received", 501)
    assert (frame.height, common(frame).pooled) == (2, None)
    assert frame["standing"].to_list() == ["unknown", "unknown"]
    assert of(frame, "alike") == {HOP: 0, HAI: 0}


def test_nobody_to_compare(district: Warehouse, compared: pl.DataFrame) -> None:
    nobody = compare(district, COMMUNES, "on_time_rate", "received", 10**6)
    assert nobody.is_empty()
    assert nobody.columns == compared.columns
    assert common(nobody).pooled is None


def test_a_unit_of_today_is_left_out_while_one_it_was_made_of_has_no_figure(district: Warehouse) -> None:
    (giang,) = profiles.unit_kin(district, HOP).filter(relation="successor")["unit_code"]
    left = ranks.left_out(district, Scope("38", "commune", NOW, boundary="now"), "on_time_rate", "received", 0)
    assert left.filter(unit_code=giang)["reason"].to_list() == ["incomplete"]


@pytest.mark.parametrize("file_format", list(FRAME_FORMATS))
def test_a_frame_is_written_in_every_format(file_format: str, compared: pl.DataFrame) -> None:
    frame = compared.select("place", "name", "percent", "standing")
    about = pl.DataFrame({"subject": ["=1+1"], "text": ["Định nghĩa"]})
    titles = {"ranking": "Xếp hạng", "about": "Lưu ý"}
    written = frame_file(file_format, frame, {"ranking": frame, "about": about}, titles, "vi")
    if file_format == "csv":
        assert pl.read_csv(written).equals(frame.cast({"standing": pl.String}))
    elif file_format == "parquet":
        assert pl.read_parquet(written)["percent"].equals(frame["percent"])
        assert "Định nghĩa" in pl.read_parquet_metadata(written)["Lưu ý"]
    else:
        values = pl.read_excel(written, sheet_name="Xếp hạng")
        assert values.columns == ["Thứ tự trong bảng", "Tên đơn vị", "Tỷ lệ (%)", "So với mức chung"]
        assert values["Tên đơn vị"].to_list() == frame["name"].to_list()
        assert values["So với mức chung"][0] == "không phân biệt được với mức chung"
        assert pl.read_excel(written, sheet_name="Lưu ý").rows() == [("=1+1", "Định nghĩa")]
        fields = pl.read_excel(written, sheet_name="Các cột").select("Trang", "Tên cột", "Mã cột").rows()
        assert fields[0] == ("Xếp hạng", "Thứ tự trong bảng", "place")
        assert values["Thứ tự trong bảng"].to_list() == frame["place"].to_list()  # numbers, so that 10 sorts behind 2


def test_columns_under_the_names_of_coded_ones_are_not_told_by_codes() -> None:
    parts = {
        "ranking": pl.DataFrame({"place": [1], "basis": ["own"]}),
        "left_out": pl.DataFrame({"reason": ["Chưa có báo cáo kỳ này"]}),
    }
    titles = {"ranking": "Xếp hạng", "left_out": "Không xếp hạng"}
    written = frame_file("xlsx", parts["ranking"], parts, titles, "vi")
    assert pl.read_excel(written, sheet_name="Các cột").select("Mã cột", "Ý nghĩa").rows() == [
        ("place", "Thứ tự xếp mặc định, có xét số hồ sơ, số việc nhiều hay ít"),
        (
            "basis",
            "Số từ đâu mà có: theo báo cáo (own); cộng các báo cáo (sum); cộng các đơn vị cũ (union); hiệu hai kỳ lũy "
            "kế (difference); ước tính (estimated)",
        ),
        ("reason", "Vì sao đơn vị không được xếp hạng"),
    ]
    assert pl.read_excel(written, sheet_name="Không xếp hạng").rows() == [("Chưa có báo cáo kỳ này",)]
