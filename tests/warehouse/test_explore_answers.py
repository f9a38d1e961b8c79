"""Figures and rates of any mix: who is chosen, how pages are cut, what stands side by side, and what an export adds."""

import io
from dataclasses import replace

import fastexcel
import polars as pl
import pytest
from small import (
    BEFORE,
    CHAU,
    DUC,
    HAI,
    HOANG_HOA,
    HOP,
    KIM,
    LATE,
    NAM_THANH_MIEN,
    NEW_MAP,
    NOW,
    ON_TIME,
    PHU,
    QUANG_DIEN,
    RECEIVED,
    RESOLVED,
    STATED,
)

from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.answers.explore import (
    FigureFilter,
    RateFilter,
    figures,
    figures_count,
    rate_figures,
    rate_figures_count,
    widened,
)
from warehouse.exports.extract import extract, unknown_code
from warehouse.exports.workbook import to_parquet, to_xlsx
from warehouse.model import NATION
from warehouse.store import Warehouse


def test_units_are_taken_with_all_below_or_alone(warehouse: Warehouse) -> None:
    def units(**chosen: tuple[str, ...]) -> set[str]:
        return set(figures(warehouse, FigureFilter(periods=(NOW,), simulated=False, **chosen))["unit_code"])

    assert units(alone=(HOANG_HOA, HOP)) == {HOANG_HOA, HOP}
    assert units(alone=(HOANG_HOA,), below=(QUANG_DIEN,)) == {HOANG_HOA, QUANG_DIEN}
    assert len(units(below=(HOANG_HOA,))) == 10  # nine communes and the district
    assert units(below=(HOANG_HOA,), alone=(HOP,)) == units(below=(HOANG_HOA,))
    assert units() == units(below=(HOANG_HOA, QUANG_DIEN))


def test_printed_rows_take_several_units_too(warehouse: Warehouse) -> None:
    wanted = RowFilter(NATION, (NOW,), simulated=False, below=(QUANG_DIEN,), alone=(HOANG_HOA,))
    assert answers.rows_count(warehouse, wanted).rows() == [(11, 2)]
    rows = answers.rows(warehouse, wanted, limit=100)
    assert rows["unit_code"].value_counts().sort("unit_code").rows() == [(HOANG_HOA, 5), (QUANG_DIEN, 6)]
    inside = RowFilter(HOANG_HOA, (NOW,), simulated=False, below=(QUANG_DIEN,))
    assert answers.rows_count(warehouse, inside)["rows"][0] == 0, "the chosen units lie outside the unit"


def test_what_is_printed_for_the_tier_below_is_asked_for_apart(warehouse: Warehouse) -> None:
    own = FigureFilter(alone=(HOANG_HOA,))
    assert figures(warehouse, own).select("level", "indicator", "value", "own").rows() == [
        ("district", RESOLVED, 500.0, True),
        ("district", ON_TIME, 490.0, True),
        ("district", STATED, 98.0, True),
    ]
    both = figures(warehouse, FigureFilter(alone=(HOANG_HOA,), others=True))
    assert both.filter(~pl.col("own")).select("level", "indicator", "value").rows() == [
        ("commune", RECEIVED, 5000.0),
        ("commune", ON_TIME, 4000.0),
    ]


def test_a_figure_keeps_its_status_and_place(warehouse: Warehouse) -> None:
    rows = figures(warehouse, FigureFilter(alone=(DUC,), statuses=("blank",)))
    assert rows.select("indicator", "value", "status", "place", "measure").rows() == [
        ("dossiers_received_online_level_4", None, "blank", "Phụ lục 1, line:3", "dossier"),
        (ON_TIME, None, "blank", "Phụ lục 1, line:2", "dossier"),
    ]


@pytest.mark.parametrize("layout", ["long", "periods", "indicators"])
def test_pages_are_cut_by_lines_and_cover_the_whole(warehouse: Warehouse, layout: str) -> None:
    wanted = FigureFilter(below=(HOANG_HOA,), simulated=False, layout=layout)  # type: ignore[arg-type]
    whole = figures(warehouse, wanted)
    lines = figures_count(warehouse, wanted)["rows"][0]
    pages = [figures(warehouse, wanted, limit=5, offset=offset) for offset in range(0, lines, 5)]
    assert pl.concat(pages).equals(whole)
    assert whole["line"].unique().to_list() == list(range(1, lines + 1))
    assert {page["line"].n_unique() for page in pages[:-1]} == {5}


def test_the_count_tells_what_becomes_columns(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(HOP, HAI), simulated=False, layout="periods")
    counted = figures_count(warehouse, wanted).row(0, named=True)
    assert counted == {
        "figures": 14,  # Hợp 4 and 4, Hải 2 and 4
        "rows": 8,
        "units": 2,
        "reports": 4,
        "heads": [BEFORE, NOW],
    }
    across = figures_count(warehouse, replace(wanted, layout="indicators")).row(0, named=True)
    assert (across["rows"], across["heads"]) == (
        4,
        [RECEIVED, "dossiers_received_online_level_3", "dossiers_received_online_level_4", ON_TIME],
    )
    assert figures_count(warehouse, replace(wanted, layout="long"))["heads"].to_list() == [[]]
    nothing = figures_count(warehouse, FigureFilter(periods=("2030-6M",))).row(0, named=True)
    assert (nothing["rows"], nothing["units"], nothing["heads"]) == (0, 0, [])


def test_periods_stand_side_by_side(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(HOP, HAI), indicators=(RECEIVED,), simulated=False, layout="periods")
    counted = figures_count(warehouse, wanted).row(0, named=True)
    wide = widened(figures(warehouse, wanted), "periods", counted, "value")
    assert wide.select("unit_code", "indicator", BEFORE, NOW).rows() == [
        (HAI, RECEIVED, 200.0, 400.0),
        (HOP, RECEIVED, 100.0, 200.0),
    ]


def test_indicators_stand_side_by_side_and_a_gap_is_null(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(HAI,), simulated=False, layout="indicators")
    counted = figures_count(warehouse, wanted).row(0, named=True)
    wide = widened(figures(warehouse, wanted), "indicators", counted, "value")
    assert wide.drop("unit_name", "province_name").rows() == [
        (HAI, "commune", BEFORE, False, 200.0, None, None, 190.0),
        (HAI, "commune", NOW, False, 400.0, 50.0, None, 380.0),
    ]
    states = widened(figures(warehouse, wanted), "indicators", counted, "status")
    assert states["dossiers_received_online_level_4"].to_list() == [None, "blank"]  # not asked, left blank


def test_a_page_of_a_wide_table_has_the_columns_of_the_whole(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(HOP, PHU), simulated=False, layout="indicators")
    counted = figures_count(warehouse, wanted).row(0, named=True)
    last = figures(warehouse, wanted, limit=1, offset=3)
    assert last["indicator"].to_list() == [RECEIVED, ON_TIME]
    assert widened(last, "indicators", counted, "value").columns[-4:] == counted["heads"]


def test_rates_come_with_their_parts_and_definitions(warehouse: Warehouse) -> None:
    rows = rate_figures(warehouse, RateFilter(alone=(KIM, HOP), periods=(NOW,), simulated=False))
    assert rows.select("unit_code", "rate", "definition", "numerator", "denominator", "percent").rows() == [
        (HOP, "on_time_rate", "received", 198.0, 200.0, 99.0),
        (HOP, "online_rate", "all_received", 140.0, 200.0, 70.0),
        (KIM, "on_time_rate", "resolved", 76.0, 80.0, 95.0),
    ]
    one = RateFilter(
        rates=("on_time_rate",), definitions=("resolved",), levels=("district",), periods=(NOW,), layout="indicators"
    )
    assert rate_figures(warehouse, one)["unit_code"].to_list() == [HOANG_HOA, QUANG_DIEN]
    counted = rate_figures_count(warehouse, one).row(0, named=True)
    assert (counted["rows"], counted["heads"]) == (2, ["on_time_rate.resolved"])


def test_the_two_worlds_never_share_a_line(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(CHAU, HOP), indicators=(RECEIVED,), layout="indicators")
    rows = figures(warehouse, wanted)
    assert rows.group_by("line").agg(pl.col("simulated").n_unique())["simulated"].to_list() == [1, 1, 1]
    assert figures_count(warehouse, wanted)["rows"][0] == 3


# Exports --------------------------------------------------------------------------------------------


def test_an_export_of_figures_names_the_gravest_finding_at_each(warehouse: Warehouse) -> None:
    found = extract(warehouse, FigureFilter(alone=("15886", QUANG_DIEN), simulated=False), "vi")
    marked = found.values.filter(pl.col("finding").is_not_null())
    # 12 of 10 tasks done; 732/1558 printed as 46,9.
    assert marked.select("unit_code", "indicator", "finding").rows() == [
        (QUANG_DIEN, "dossiers_level_3_4_online_rate_stated", "low"),
        ("15886", "plan_tasks", "high"),
    ]
    notes = found.caveats.filter(pl.col("kind") == "finding")
    assert notes.select("severity", "unit_code", "place").rows() == [
        ("high", "15886", "Phụ lục 1, line:1"),
        ("low", QUANG_DIEN, "Phụ lục 1, line:6"),
    ]


def test_an_export_of_rates_explains_them(warehouse: Warehouse) -> None:
    found = extract(warehouse, RateFilter(alone=(QUANG_DIEN,)), "en")
    assert found.values.select("rate", "definition", "percent", "stated_percent", "finding").rows() == [
        ("on_time_rate", "resolved", 99.5, 99.5, None),
        ("online_rate", "level_3_4_with_dossiers", 46.983312, 46.9, "low"),
    ]
    assert found.definitions["formula"].to_list() == [
        "(dossiers_resolved_on_time) / (dossiers_resolved)",
        "(dossiers_level_3_4_received_online) / (dossiers_level_3_4_received)",
    ]
    assert found.definitions["denominator"][0] == "Dossiers resolved"
    assert found.definitions.select("rate_name", "measure", "how").rows()[0] == (
        "On-time resolution rate",
        "%",
        "(Dossiers resolved on time) over (Dossiers resolved), times 100",
    )
    assert found.sources["file_name"].to_list() == ["477_2024-6M.txt"]


def test_caveats_count_what_is_simulated_missing_or_of_others(warehouse: Warehouse) -> None:
    found = extract(warehouse, FigureFilter(alone=(CHAU, DUC, HOANG_HOA), others=True), "en")
    notes = dict(found.caveats.filter(pl.col("kind") != "finding").select("kind", "note").iter_rows())
    assert {kind: note.split(" ")[0] for kind, note in notes.items()} == {
        "simulated": "2",
        "others": "2",
        "missing": "2",
    }
    plain = extract(warehouse, FigureFilter(alone=(HOP,), periods=(NOW,), simulated=False), "en")
    assert plain.caveats.is_empty()


def test_a_wide_workbook_tells_why_a_cell_is_empty(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(DUC, HAI), periods=(NOW,), simulated=False, layout="indicators")
    book = fastexcel.read_excel(to_xlsx(extract(warehouse, wanted, "vi")))
    assert book.sheet_names == ["Số liệu", "Tình trạng", "Định nghĩa", "Các cột", "Lưu ý", "Nguồn"]
    states = book.load_sheet("Tình trạng").to_polars()
    names = (
        "Số hồ sơ tiếp nhận trực tuyến mức độ 3 (hồ sơ)",
        "Số hồ sơ thủ tục hành chính giải quyết đúng hạn (hồ sơ)",
    )
    assert states.select("Mã đơn vị", *names).rows() == [
        (DUC, None, "để trống"),
        (HAI, "có số", "có số"),
    ]


def test_parquet_carries_sources_and_caveats(warehouse: Warehouse) -> None:
    content = to_parquet(extract(warehouse, RateFilter(alone=(QUANG_DIEN,)), "vi"))
    metadata = pl.read_parquet_metadata(io.BytesIO(content))
    assert {"definitions", "sources", "caveats"} <= set(metadata)
    assert "477_2024-6M.txt" in metadata["sources"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (FigureFilter(alone=("99999",)), "đơn vị “99999”"),
        (FigureFilter(below=(HOP, "x")), "đơn vị “x”"),
        (FigureFilter(indicators=("dossiers",)), "chỉ tiêu “dossiers”"),
        (RateFilter(rates=("rate",)), "tỷ lệ “rate”"),
        (RateFilter(definitions=("own",)), "định nghĩa “own”"),
        (RateFilter(rates=("on_time_rate",), definitions=("resolved",)), None),
        (FigureFilter(alone=(NAM_THANH_MIEN,), periods=(NEW_MAP,), indicators=(LATE,)), None),
    ],
)
def test_an_unknown_code_is_named(warehouse: Warehouse, wanted: FigureFilter | RateFilter, said: str | None) -> None:
    assert unknown_code(warehouse, wanted) == said
