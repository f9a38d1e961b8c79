"""The ranking page and its figures: what is shown is the comparison, in both orders, all views and both languages."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import polars as pl
import pytest
from screen import Screen, plotted

from pages.kit.words import Words
from pages.ranking.figures import Line, ends, funnel_figure, ranking_figure
from pages.ranking.names import MOST_LABELS, MOST_NARROW
from warehouse.answers import Scope, disputes, ranks
from warehouse.answers.comparison import common, compare, funnel
from warehouse.exports.frames import frame_file
from warehouse.numbers import Language
from warehouse.store import Warehouse

Open = Callable[..., Screen]

SIMULATED = {"unit": "22", "period": "2024-12M", "level": "commune"}
SCOPE = Scope("22", "commune", "2024-12M", simulated=True)
ON_TIME = ("on_time_rate", "received")
REAL = {"unit": "399", "period": "2024-6M", "level": "commune"}
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
MARKS: dict[Language, dict[str, str]] = {"vi": {",": ".", ".": ","}, "en": {}}


def written(value: Decimal | float, language: Language, decimals: int = 0) -> str:
    """A number in a language's marks, computed apart from the formatter that is tested."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(MARKS[language]))


@pytest.fixture(scope="module")
def compared(warehouse: Warehouse) -> pl.DataFrame:
    """The careful order of the simulated communes."""
    return compare(warehouse, SCOPE, *ON_TIME, 0)


# The page -------------------------------------------------------------------------------------------


def test_printed_figures(open_page: Open) -> None:
    screen = open_page("ranking", **REAL)
    assert screen.heading == (
        "Tỷ lệ hồ sơ giải quyết đúng hạn của các đơn vị cấp xã thuộc Huyện Hoằng Hóa, 6 tháng 2024"
    )
    first, second = screen.cells()
    assert (first["Đơn vị"], first["Tỷ lệ"], first["Có thể đứng thứ"]) == ("Xã Hoằng Hợp", "99,68\u00a0%", "1")
    # Wilson 1927: for 700 of 800 at 95 %, 85.03 % to 89.61 %.
    assert second == {
        "Đơn vị": "Xã Hoằng Đức",
        "Tỷ lệ": "87,50\u00a0%",
        "Tử số": "700",
        "Mẫu số": "800",
        "Khoảng 95 %": "85,03–89,61\u00a0%",
        "Có thể đứng thứ": "2",
        "So với mức chung": "Không so được",
        "Hạng theo tỷ lệ": "2",
    }
    assert "Xếp hạng 2 đơn vị; 34 đơn vị không xếp được." in screen.paragraphs
    assert {row["Lý do"] for row in screen.cells(1)} == {"Chưa có báo cáo kỳ này"}
    assert any("Có ít hơn 5 đơn vị dùng được nên không tính mức chung." in text for text in screen.paragraphs)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_is_the_answer_in_the_careful_order(
    open_page: Open, warehouse: Warehouse, language: Language
) -> None:
    screen = open_page("ranking", lang=language, minimum="500", **SIMULATED)
    frame = compare(warehouse, SCOPE, *ON_TIME, 500)
    left = ranks.left_out(warehouse, SCOPE, *ON_TIME, 500)
    heading = {"vi": "Ghi chú", "en": "Note"}[language]
    cells = screen.cells()
    noted = [row.pop(heading) for row in cells]
    shown = [list(row.values()) for row in cells]
    number = partial(written, language=language)
    contradicted = disputes.disputed(warehouse, SCOPE).filter(rate=ON_TIME[0], definition=ON_TIME[1])["unit_code"]
    said = {"vi": "⚠ tự mâu thuẫn", "en": "⚠ contradicts itself"}[language]
    assert [unit for unit, note in zip(frame["unit_code"], noted, strict=True) if note.startswith(said)] == [
        unit for unit in frame["unit_code"] if unit in contradicted
    ]
    assert [(row[0].removesuffix(" ⚠"), *row[2:4], row[5], row[9]) for row in shown] == [
        (name, *map(number, parts), str(best) if best == worst else f"{best}–{worst}", number(rank))
        for name, *parts, best, worst, rank in frame.select(
            "name", "numerator", "denominator", "rank_best", "rank_worst", "rank"
        ).iter_rows()
    ]
    assert [unit for unit, row in zip(frame["unit_code"], shown, strict=True) if row[0].endswith(" ⚠")] == [
        unit for unit in frame["unit_code"] if unit in contradicted
    ]
    label = {"vi": f"Không xếp hạng: {left.height} đơn vị", "en": f"Not ranked: {left.height} units"}
    assert screen.test.expander[0].label == label[language]
    assert len(screen.cells(1)) == left.height


def test_the_plain_order_is_one_switch_away_and_says_what_it_moves(open_page: Open, compared: pl.DataFrame) -> None:
    careful = open_page("ranking", **SIMULATED)
    moved = compared.filter(pl.col("moves") != 0)
    said = (
        "Bảng mặc định xét cả mẫu số lớn hay nhỏ. Nếu chỉ xếp theo tỷ lệ thì "
        f"{moved.height} trong {compared.height} đơn vị đổi chỗ, nhiều nhất {moved['moves'].abs().max()} bậc."
    )
    assert said in careful.captions
    (switch,) = [toggle for toggle in careful.test.toggle if toggle.label == "Chỉ xếp theo tỷ lệ"]
    switch.set_value(True)
    careful.run()
    assert careful.address == {**SIMULATED, "order": "plain"}
    assert said in careful.captions
    ranks = [int(row["Hạng theo tỷ lệ"]) for row in careful.cells()]
    assert ranks == sorted(compared["rank"])
    assert next(iter(careful.cells()[0])) == "Hạng theo tỷ lệ"


def test_what_the_figures_can_say_is_said(open_page: Open, compared: pl.DataFrame) -> None:
    (said,) = [text for text in open_page("ranking", **SIMULATED).paragraphs if text.startswith("Xếp hạng")]
    shared, standing = common(compared), compared["standing"].cast(pl.String)
    assert shared.pooled is not None
    lines = said.split("  \n")
    tied = compared.filter(pl.col("rank") == 1).height
    assert lines[1] == f"{tied} đơn vị cùng đạt 100,00\u00a0%, cùng hạng 1 nếu chỉ xét tỷ lệ."
    maybe = compared.filter(pl.col("rank_best") == 1).height
    assert lines[2] == (
        f"Xét cả số hồ sơ nhiều hay ít thì chưa thể nói đơn vị nào đứng đầu: {maybe} đơn vị đều có thể đứng thứ nhất."
    )
    above, below = standing.str.ends_with("above").sum(), standing.str.ends_with("below").sum()
    assert f"Mức chung của 158 đơn vị là **{written(shared.pooled, 'vi', 2)}\u00a0%**" in lines[3]
    assert f"{above} đơn vị cao hơn rõ ràng" in lines[3]
    assert f"{below} đơn vị thấp hơn rõ ràng" in lines[3]
    changes = compared["change_real"].cast(pl.String)
    rises, falls = ((changes == name).sum() for name in ("rises", "falls"))
    assert f"{rises} đơn vị tăng rõ rệt, {falls} đơn vị giảm rõ rệt, " in lines[4]


def test_round_figures_and_dispersion_are_pointed_out(open_page: Open, compared: pl.DataFrame) -> None:
    shared, whole = common(compared), compared.filter(pl.col("percent") == 100).height
    assert shared.phi is not None
    widened, exact = (
        "\n".join(open_page("ranking", **SIMULATED, **more).paragraphs) for more in ({}, {"limits": "exact"})
    )
    assert f"{whole}/158 đơn vị (28\u00a0%) ghi đúng 100 %. Nếu các đơn vị chỉ khác nhau do ngẫu nhiên" in widened
    assert f"phương sai gấp {written(shared.phi, 'vi', 2)} lần" in widened
    assert f"đã được nới rộng {written(shared.phi**0.5, 'vi', 2)} lần" in widened
    assert "Giới hạn không được nới, nên nhiều đơn vị nằm ngoài" in exact


def test_the_terms_of_statistics_stand_behind_a_plain_sentence(open_page: Open) -> None:
    said = open_page("ranking", **SIMULATED).paragraphs
    caveats = said[said.index("##### Cần lưu ý") + 1]
    assert "chỉ những đơn vị cách xa mức chung mới được xếp là cao hơn hay thấp hơn" in caveats
    for term in ("φ", "Wilson", "Spiegelhalter", "phương sai"):
        assert term not in caveats
        assert term in said[said.index("##### Cần lưu ý") + 2]


def test_a_unit_left_out_leads_to_the_source_of_the_figure_it_has(open_page: Open, warehouse: Warehouse) -> None:
    left = ranks.left_out(warehouse, SCOPE, *ON_TIME, 500)
    small = left.filter(reason="small_denominator")
    screen = open_page("ranking", minimum="500", **SIMULATED)
    assert [row["Đơn vị"] for row in screen.cells(1)][: small.height] == small["name"].to_list()
    screen.click_cell(0, "Tỷ lệ", number=1)
    assert screen.address["source"] == f"{small['unit_code'][0]}~commune~2024-12M~on_time_rate~received"


def test_a_unit_with_another_definition_leads_to_that(open_page: Open) -> None:
    """Xã Thanh Tùng reports on dossiers resolved, the two communes ranked on those received."""
    screen = open_page("ranking", unit="VN", period="2024-6M", level="commune", world="real")
    assert screen.cells(1)[0] == {
        "Đơn vị": "Xã Thanh Tùng",
        "Tỷ lệ": "100,00\u00a0%",
        "Mẫu số": "500",
        "Lý do": "Báo cáo theo định nghĩa khác: Đúng hạn trên hồ sơ đã giải quyết",
        "Thuộc": "Huyện Thanh Miện",
    }
    screen.click_cell(0, "Mẫu số", number=1)
    assert screen.address["source"] == "11242~commune~2024-6M~on_time_rate~resolved"


def test_a_marked_unit_reads_its_own_place(open_page: Open, compared: pl.DataFrame) -> None:
    row = compared.row(12, named=True)
    screen = open_page("ranking", focus=row["unit_code"], **SIMULATED)
    (sentence,) = [text for text in screen.paragraphs if text.startswith("▶")]
    assert f"▶ **{row['name']}**: 100,00\u00a0%" in sentence
    assert (
        f"từ thứ {row['rank_best']} đến thứ {row['rank_worst']}: chưa phân biệt được với {row['alike']} đơn vị khác"
        in sentence
    )
    assert [cells["Đơn vị"] for cells in screen.cells() if cells["Đơn vị"].startswith("▶")] == [f"▶ {row['name']}"]
    links = {link.label: link.query_string for link in screen.test.get("page_link")[-3:]}
    address = f"unit={row['unit_code']}&period=2024-12M&level=commune"
    assert links == dict.fromkeys(("Xem hồ sơ đơn vị", "Xem theo địa bàn", "Xem diễn biến"), address)
    screen.test.button(key="unmark").click()
    screen.run()
    assert screen.address == SIMULATED


def test_a_click_on_the_row_of_a_marked_unit_changes_nothing(open_page: Open, compared: pl.DataFrame) -> None:
    """It stays selected, so marking the unit again would draw the page again without an end."""
    first, second = compared["unit_code"][:2]
    screen = open_page("ranking", focus=first, **SIMULATED)
    rows = [cells["Đơn vị"].startswith("▶") for cells in screen.cells()]
    screen.click_cell(rows.index(True), "Đơn vị")
    assert screen.address == {**SIMULATED, "focus": first}
    screen.click_cell(rows.index(True) + 1, "Đơn vị")
    assert screen.address == {**SIMULATED, "focus": second}


def test_a_unit_that_is_left_out_is_told_why(open_page: Open, warehouse: Warehouse) -> None:
    left = ranks.left_out(warehouse, SCOPE, *ON_TIME, 0).filter(reason="no_report").row(0, named=True)
    screen = open_page("ranking", focus=left["unit_code"], **SIMULATED)
    assert f"▶ **{left['name']}** không được xếp hạng: Chưa có báo cáo kỳ này." in screen.paragraphs


def test_a_commune_is_ranked_among_its_siblings(open_page: Open) -> None:
    screen = open_page("ranking", unit="15919", period="2024-6M")
    assert screen.heading.endswith("thuộc Huyện Hoằng Hóa, 6 tháng 2024")
    assert [row["Đơn vị"] for row in screen.cells()] == ["▶ Xã Hoằng Hợp", "Xã Hoằng Đức"]
    assert screen.address == {"unit": "15919", "period": "2024-6M"}


def test_the_search_needs_no_accents_and_says_what_it_found(open_page: Open, compared: pl.DataFrame) -> None:
    screen = open_page("ranking", find="BINH duong", **SIMULATED)
    assert [row["Đơn vị"] for row in screen.cells()] == ["Phường Bình Dương"]
    assert "Tìm “BINH duong”: thấy 1 trong 158 đơn vị; hạng vẫn tính trên tất cả." in screen.captions
    none = open_page("ranking", find="zz", **SIMULATED)
    assert "Không có đơn vị nào tên “zz” trong 158 đơn vị được xếp hạng." in none.captions
    wanted = compared.filter(pl.col("name") == "Phường Bình Dương")["rank_worst"][0]
    assert screen.cells()[0]["Có thể đứng thứ"].endswith(f"–{wanted}")
    assert list(screen.cells(narrow=True)[0]) == [
        "Đơn vị",
        "Tỷ lệ",
        "Khoảng hạng",
        "Thay đổi",
        "Hạng",
    ]


def test_of_a_long_ranking_its_ends_and_who_is_marked_are_printed(open_page: Open, compared: pl.DataFrame) -> None:
    names, units = compared["name"].to_list(), compared.height
    assert units == 158

    def read(screen: Screen) -> list[str]:
        return [row[0].removeprefix("▶ ").removesuffix(" ⚠") for row in screen.printed()[1:]]

    plain = open_page("ranking", **SIMULATED)
    assert read(plain) == [*names[:20], "… không in 118 dòng, từ dòng 21 đến dòng 138 …", *names[138:]]
    marked = open_page("ranking", focus=compared["unit_code"][59], **SIMULATED)
    gaps = ("… không in 34 dòng, từ dòng 21 đến dòng 54 …", "… không in 73 dòng, từ dòng 66 đến dòng 138 …")
    assert read(marked) == [*names[:20], gaps[0], *names[54:65], gaps[1], *names[138:]]
    (told,) = [node.proto.body for node in marked.test.get("html") if "Bản in chỉ có" in node.proto.body]
    assert (
        f"Bản in chỉ có 51 trong 158 đơn vị: 20 đơn vị đầu bảng, 20 đơn vị cuối bảng và các đơn vị đứng quanh "
        f"{names[59]}. Muốn có đủ thì tải tệp XLSX hoặc CSV ở trang Xếp hạng."
    ) in told
    near_the_top = open_page("ranking", focus=compared["unit_code"][18], **SIMULATED)
    assert read(near_the_top) == [*names[:24], "… không in 114 dòng, từ dòng 25 đến dòng 138 …", *names[138:]]


def test_the_figure_shows_a_part_at_a_time_and_says_which(open_page: Open, compared: pl.DataFrame) -> None:
    for part, first, last in ((None, 1, 60), ("2", 61, 120), ("3", 121, 158)):
        screen = open_page("ranking", view="figure", **SIMULATED, **({"part": part} if part else {}))
        assert f"Đang xem đơn vị thứ {first} đến {last} trong 158 đơn vị." in screen.captions
        dots = [trace for trace in screen.figure()["data"] if "customdata" in trace]
        shown = dict(pair for trace in dots for pair in zip(trace["y"], trace["customdata"], strict=True))
        assert [shown[at] for at in range(last - first + 1)] == compared["unit_code"][first - 1 : last].to_list()
    last_unit = compared["unit_code"][-1]
    marked = open_page("ranking", view="figure", focus=last_unit, **SIMULATED)
    assert marked.widget("part").value == 3, "the part of the marked unit comes first"


def test_the_figure_has_the_lines_to_compare_with(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("ranking", unit="193", period="2024-12M", view="figure", rate="online_rate", lang="en")
    lines = [trace["name"] for trace in screen.figure()["data"] if trace["mode"] == "lines"]
    scope = Scope("193", "commune", "2024-12M", simulated=True)
    pooled = common(compare(warehouse, scope, "online_rate", "all_received", 0)).pooled
    province = ranks.ranking(warehouse, SCOPE, "online_rate", "all_received", 0)["percent"].median()
    assert pooled is not None
    assert isinstance(province, float)
    assert lines == [
        "Benchmark 50.00\u00a0%",
        f"Overall rate {written(pooled, 'en', 2)}\u00a0%",
        f"Median within Tỉnh Quảng Ninh {written(province, 'en', 2)}\u00a0%",
    ]


def test_the_funnel_is_the_answer(open_page: Open, warehouse: Warehouse, compared: pl.DataFrame) -> None:
    data = open_page("ranking", view="funnel", **SIMULATED).figure()["data"]
    dots = [trace for trace in data if "customdata" in trace]
    points = {
        code: (x, y) for trace in dots for code, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }
    assert points == {
        code: (float(below), percent)
        for code, below, percent in compared.select("unit_code", "denominator", "percent").iter_rows()
    }
    (ring,) = [trace for trace in data if trace["name"] == "⚠ Báo cáo tự mâu thuẫn"]
    codes = disputes.disputed(warehouse, SCOPE).filter(rate=ON_TIME[0], definition=ON_TIME[1])["unit_code"]
    disputed = compared.filter(pl.col("unit_code").is_in(codes.to_list())).select("denominator", "percent").rows()
    assert len(disputed) > 0
    assert list(zip(ring["x"], ring["y"], strict=True)) == [(float(below), percent) for below, percent in disputed]
    curves = [trace for trace in data if trace["mode"] == "lines"]
    assert [trace["name"] for trace in curves] == [
        *["Giới hạn 99,8 %"] * 2,
        *["Giới hạn 95 %"] * 2,
        "Mức chung 99,00\u00a0%",
    ]
    wanted = funnel(common(compared), 500, 10_000, widened=True)
    assert curves[1]["y"][-1] == pytest.approx(wanted["low_998"][-1], abs=0.2)


@pytest.mark.parametrize("height", [330, 357])
def test_on_a_phone_a_name_in_the_funnel_is_nearest_to_its_own_unit(
    open_page: Open, compared: pl.DataFrame, height: int
) -> None:
    """On axes as chromium draws them 390 pixels wide, below five rows of legend and below four."""
    layout = open_page("ranking", view="funnel", **SIMULATED).figure()["layout"]
    (left, right), (bottom, top) = layout["xaxis"]["range"], layout["yaxis"]["range"]

    def at(x: float, percent: float) -> tuple[float, float]:
        return 261 * (x - left) / (right - left), height * (percent - bottom) / (top - bottom)

    units = {
        name: at(math.log10(float(below)), percent)
        for name, below, percent in compared.select("name", "denominator", "percent").rows()
    }
    notes = [note for note in layout["annotations"][:MOST_NARROW] if note.get("visible", True)]
    beside = [note for note in notes if not note["showarrow"]]
    nearest = {}
    for note in beside:
        across, up = at(note["x"], note["y"])
        across, up = across + note["xshift"], up + note["yshift"]
        nearest[note["text"]] = min(units, key=lambda name: math.dist(units[name], (across, up)))
    assert nearest == {name: name for name in nearest}
    assert len(nearest) == 4


def test_no_funnel_where_there_is_no_common_rate(open_page: Open) -> None:
    screen = open_page("ranking", view="funnel", **REAL)
    assert [info.value for info in screen.test.info] == [
        "Không vẽ được biểu đồ phễu: cần ít nhất 5 đơn vị và tử số, mẫu số phải là số vụ việc đếm được."
    ]


def test_money_is_ranked_without_chance(open_page: Open) -> None:
    screen = open_page("ranking", unit="22", period="2024-12M", level="district", rate="disbursement_rate")
    assert list(screen.cells()[0])[:5] == ["Hạng theo tỷ lệ", "Đơn vị", "Tỷ lệ", "Tử số", "Mẫu số"]
    assert "Có thể đứng thứ" not in screen.cells()[0]
    assert any("Tỷ lệ này chia tiền cho tiền" in text for text in screen.paragraphs)
    assert screen.test.toggle.values == []


def test_a_former_district_is_a_comparison_set(open_page: Open, warehouse: Warehouse) -> None:
    screen = open_page("ranking", unit="22", period="2025-12M", former="193")
    assert screen.heading.endswith(r"thuộc Thành phố Hạ Long \(cũ\), năm 2025")
    everyone = ranks.ranking(warehouse, Scope("22", "commune", "2025-12M", simulated=True), *ON_TIME, 0)
    wanted = everyone.filter(former_district="193")["name"].to_list()
    assert sorted(row["Đơn vị"] for row in screen.cells()) == sorted(wanted)
    assert {row["Huyện cũ"] for row in screen.cells()} == {"Thành phố Hạ Long"}


def test_on_todays_map_sums_and_estimates_are_told_apart(open_page: Open) -> None:
    united = open_page("ranking", map="now", **SIMULATED)
    reasons = {row["Lý do"] for row in united.cells(1)}
    assert "Có đơn vị cũ bị chia nên không cộng chính xác được" in reasons
    assert "Một số đơn vị cũ hợp thành chưa có số liệu cùng định nghĩa" in reasons
    sums = [row["Ghi chú"] for row in united.cells() if row["Ghi chú"]]
    disputed = "⚠ tự mâu thuẫn"
    sums = [note.removeprefix(f"{disputed}; ") for note in sums if note != disputed]
    assert set(sums) <= {f"cộng {parts} đơn vị cũ" for parts in range(2, 20)}
    assert any(f"{len(sums)} đơn vị có số cộng từ các đơn vị cũ" in text for text in united.paragraphs)
    estimated = open_page("ranking", map="estimated", **SIMULATED)
    assert {row["Rõ rệt?"] for row in estimated.cells() if row["Ghi chú"] == "ước tính"} == {"–"}
    assert any("đơn vị chỉ có số ước tính" in text for text in estimated.paragraphs)
    marked = {row["Tỷ lệ"].startswith("≈ ") for row in estimated.cells() if row["Ghi chú"] == "ước tính"}
    assert marked == {True}
    assert [row for row in united.cells() if row["Tỷ lệ"].startswith("≈ ")] == []


def test_the_export_counts_what_is_shown(open_page: Open) -> None:
    screen = open_page("ranking", find="binh", **SIMULATED)
    assert [button.label for button in screen.test.get("download_button")] == ["XLSX", "CSV", "PARQUET"]
    assert f"**Tải xuống {len(screen.cells())} đơn vị**" in screen.paragraphs


# The figures ----------------------------------------------------------------------------------------


def units(standings: list[str], basis: str = "own", direction: str = "up") -> pl.DataFrame:
    """A frame like that of `compare`: every unit one point below the one before, ten times its denominator."""
    count = len(standings)
    return pl.DataFrame(
        {
            "rank": list(range(1, count + 1)),
            "unit_code": [f"u{number}" for number in range(count)],
            "name": [f"Đơn vị {number}" for number in range(count)],
            "percent": [99.5 - number for number in range(count)],
            "low": [99.0 - number for number in range(count)],
            "high": [99.75 - number for number in range(count)],
            "numerator": [1990] * count,
            "denominator": [10.0 ** (number + 1) for number in range(count)],
            "rank_best": [1] * count,
            "rank_worst": [count] * count,
            "standing": standings,
            "basis": [basis] * count,
            "disputed": [False] * count,
            "direction": [direction] * count,
        }
    )


def test_dots_stand_in_the_order_of_the_frame_with_their_intervals() -> None:
    figure = plotted(ranking_figure(units(["above", "within", "within"]), VIETNAMESE, "Tỷ lệ", focus="u1"))
    above, within = figure.data
    assert (above.y, above.x, above.customdata) == ((0,), (99.5,), ("u0",))
    assert (within.y, within.x, within.customdata) == ((1, 2), (98.5, 97.5), ("u1", "u2"))
    assert (above.error_x.array, above.error_x.arrayminus) == ((0.25,), (0.5,))
    assert figure.layout.yaxis.ticktext == ("Đơn vị 0 · 1–3", "<b>▶ Đơn vị 1 · 1–3</b>", "Đơn vị 2 · 1–3")
    low_end, high_end = figure.layout.yaxis.range
    assert low_end > high_end, "the first stands on top"


@pytest.mark.parametrize(
    ("words", "hover"),
    [
        (
            VIETNAMESE,
            "<b>Đơn vị 0</b><br>99,50\u00a0% (99,00 – 99,75\u00a0%)<br>1.990 / 10<br>Thứ 1 nếu chỉ xét tỷ lệ<br>"
            "Có thể đứng thứ 1–1<br>ước tính",
        ),
        (
            ENGLISH,
            "<b>Đơn vị 0</b><br>99.50\u00a0% (99.00 – 99.75\u00a0%)<br>1,990 / 10<br>Rank 1 by the rate alone<br>"
            "May rank 1–1<br>estimate",
        ),
    ],
)
def test_a_dot_says_its_figures_and_an_estimate_is_hollow(words: Words, hover: str) -> None:
    (dots,) = plotted(ranking_figure(units(["within"], basis="estimated"), words, "Tỷ lệ")).data
    assert dots.text == (hover,)
    assert dots.marker.symbol == ("circle-open",)


def test_colours_turn_round_where_less_is_better() -> None:
    up, down = (
        plotted(ranking_figure(units(["above", "below"], direction=way), VIETNAMESE, "")) for way in ("up", "down")
    )
    assert [dots.marker.color for dots in down.data] == [dots.marker.color for dots in reversed(up.data)]
    assert [dots.marker.symbol for dots in down.data] == [dots.marker.symbol for dots in up.data]


def test_who_contradicts_itself_is_ringed_named_and_told() -> None:
    frame = units(["below", "within"]).with_columns(disputed=pl.Series([False, True]))
    figure = plotted(ranking_figure(frame, VIETNAMESE, "Tỷ lệ"))
    ring, within, below = figure.data
    assert (ring.name, ring.x, ring.y) == ("⚠ Báo cáo tự mâu thuẫn", (98.5,), (1,))
    assert (ring.marker.symbol, ring.hoverinfo) == ("circle-open", "skip")
    assert figure.layout.yaxis.ticktext == ("Đơn vị 0 · 1–2", "Đơn vị 1 ⚠ · 1–2")
    assert within.text[0].endswith("<br>⚠ tự mâu thuẫn")
    assert "mâu thuẫn" not in below.text[0]
    (plain,) = plotted(ranking_figure(units(["within"]), VIETNAMESE, "Tỷ lệ")).data
    assert plain.name == "Không khác rõ"


def test_lines_are_named_with_their_values() -> None:
    lines = [Line(80.0, "Mức đối chiếu", "dot"), Line(99.0, "Mức chung", "solid")]
    target, pooled, _ = plotted(ranking_figure(units(["within"] * 3), VIETNAMESE, "Tỷ lệ", lines)).data
    assert (target.x, target.name, target.line.dash) == ((80, 80), "Mức đối chiếu 80,00\u00a0%", "dot")
    assert (pooled.x, pooled.name, pooled.line.dash) == ((99, 99), "Mức chung 99,00\u00a0%", "solid")


def funnel_of(frame: pl.DataFrame, marked: tuple[str, ...] = ()) -> object:
    curves = pl.DataFrame(
        {"denominator": [10.0, 1000.0], "low_95": [90.0, 98.0], "high_95": [100.0, 99.5]}
    ).with_columns(low_998=pl.col("low_95") - 1, high_998=pl.col("high_95"))
    line = Line(99.0, "Mức chung", "dot")
    figure, _ = funnel_figure(frame, curves, VIETNAMESE, ("Mẫu số", "Tỷ lệ"), line, marked)
    return plotted(figure).layout


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("denominators", "percents", "ticks"),
    [
        ([100.0] * 6, [90.0, 91.0, 99.0] * 2, ["50", "100", "200"]),
        ([100.0] * 6, [100.0] * 6, ["50", "100", "200"]),
        ([1.0] * 6, [0.0, 100.0, 100.0] * 2, ["1", "2"]),
        ([0.3, 0.7, 5.0] * 2, [40.0, 50.0, 60.0] * 2, ["0,5", "1", "2", "5"]),
    ],
)
def test_the_funnel_has_width_and_shows_every_point(
    denominators: list[float], percents: list[float], ticks: list[str]
) -> None:
    frame = units(["far_below"] * 6).with_columns(
        denominator=pl.Series(denominators), percent=pl.Series(percents), cases=pl.lit(value=True)
    )
    frame = frame.with_columns(numerator=pl.col("denominator") * pl.col("percent") / 100)
    curves = funnel(common(frame), *ends(frame["denominator"]), True)
    figure, named = funnel_figure(
        frame, curves, VIETNAMESE, ("Mẫu số", "Tỷ lệ"), Line(99.0, "Mức chung", "dot"), ("u0",)
    )
    layout = plotted(figure).layout
    low, high = layout.xaxis.range
    assert all(low < math.log10(value) < high for value in denominators)
    assert high - low >= math.log10(4)
    assert curves.height > 1, "a curve of one point is not seen"
    assert list(layout.xaxis.ticktext) == ticks
    assert named == len([note for note in layout.annotations if note.visible is not False])


def test_a_unit_beyond_a_limit_is_named_at_a_hundred_per_cent_too() -> None:
    at_the_top = units(["within", "far_above", "within"]).with_columns(percent=pl.Series([97.0, 100.0, 98.0]))
    line = Line(99.0, "Mức chung", "dot")
    sizes = pl.Series([10.0, 100.0, 1000.0])
    curves = pl.DataFrame({"denominator": sizes}).with_columns(low_95=96.0, high_95=100.0, low_998=95.0, high_998=100.0)
    figure, named = funnel_figure(at_the_top, curves, VIETNAMESE, ("Mẫu số", "Tỷ lệ"), line, ())
    (note,) = [note for note in plotted(figure).layout.annotations if note.visible is not False]
    assert (note.text, named) == ("Đơn vị 1", 1)


def test_the_funnel_names_who_is_beyond_and_who_is_marked() -> None:
    layout = funnel_of(units(["far_above", "within", "below", "within"]), ("u3",))
    names = [note.text for note in layout.annotations if note.visible is not False]
    assert names == ["<b>▶ Đơn vị 3</b>", "Đơn vị 0", "Đơn vị 2"]
    assert layout.annotations[2].x == 3, "the axis is logarithmic"
    assert layout.xaxis.type == "log"
    assert layout.xaxis.ticktext == ("10", "20", "50", "100", "200", "500", "1.000", "2.000", "5.000", "10.000")


def test_the_funnel_leaves_out_names_that_would_lie_on_each_other() -> None:
    crowd = units(["far_below"] * 30).with_columns(denominator=pl.lit(100.0), percent=pl.lit(90.0))
    assert [note.text for note in funnel_of(crowd).annotations if note.visible is not False] == ["Đơn vị 0"]
    assert [note.text for note in funnel_of(crowd, ("u7",)).annotations if note.visible is not False] == [
        "<b>▶ Đơn vị 7</b>"
    ]
    apart = units(["far_below"] * 30).with_columns(denominator=10 + pl.int_range(30))
    assert len(funnel_of(apart).annotations) <= MOST_LABELS


def test_the_files_are_the_frame(compared: pl.DataFrame) -> None:
    frame = compared.select("place", "unit_code", "percent")
    assert pl.read_csv(frame_file("csv", frame, {}, {}, "vi"), schema_overrides={"unit_code": pl.String}).equals(frame)


def test_the_caveats_of_a_file_name_columns_where_the_screen_has_marks(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[pl.DataFrame] = []
    monkeypatch.setattr("pages.ranking.export.frame_buttons", lambda _, parts, *__: made.append(parts()["about"]))
    screen = open_page("ranking", **SIMULATED)
    (about,) = made
    caveats = about.filter(subject="Cần lưu ý")["text"].to_list()
    (disputed,) = [text for text in caveats if "tự mâu thuẫn ở số này" in text]
    (shown,) = [text for text in screen.paragraphs if "Bấm vào tỷ lệ để xem chỗ mâu thuẫn" in text]
    units, _, names = shown.rpartition(" đơn vị có báo cáo tự mâu thuẫn ở số này (dấu ⚠): ")
    assert disputed == (
        f"{units.split()[-1]} đơn vị có báo cáo tự mâu thuẫn ở số này (cột “Báo cáo tự mâu thuẫn”): "
        f"{names.partition('. Bấm')[0]}."
    )
    assert not [text for text in caveats if "Bấm" in text or "dấu" in text.replace("dấu hiệu", "")]


def test_one_unit_alone_is_no_ranking(open_page: Open) -> None:
    screen = open_page("ranking", unit="46", period="2024-6M")
    assert len([text for text in screen.paragraphs if VIETNAMESE("ranking.alone", left="8") in text]) == 1
    (alone,) = screen.cells()
    assert alone.keys().isdisjoint({"Có thể đứng thứ", "So với mức chung", "Hạng theo tỷ lệ"})
    assert not [text for text in screen.paragraphs if text.startswith("▶")]


def test_one_unit_alone_has_no_rank_to_move_from(open_page: Open) -> None:
    """Also with a figure a year before."""
    screen = open_page("ranking", unit="202", period="2023-12M", world="simulated", minimum="4000", level="commune")
    (alone,) = screen.cells()
    assert "So với cùng kỳ" in alone
    assert alone.keys().isdisjoint({"Đổi hạng", "Hạng theo tỷ lệ"})


def test_the_heading_of_the_country_says_of_the_country(open_page: Open) -> None:
    screen = open_page("ranking", unit="VN", world="simulated", period="2024-12M", level="commune")
    assert screen.heading == "Tỷ lệ hồ sơ giải quyết đúng hạn của các đơn vị cấp xã trên cả nước, năm 2024"
    english = open_page("ranking", unit="VN", world="simulated", period="2024-12M", level="commune", lang="en")
    assert english.heading.endswith("of commune-level units across the country, year 2024")
