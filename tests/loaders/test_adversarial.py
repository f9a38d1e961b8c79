"""Reports made wrong on purpose: each contradiction is told, in its own words, and nothing else is.

Every case starts from a report without a contradiction (`test_clean_reports`) and changes a few printed cells.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from report_text import PrintedAnnex, PrintedReport, PrintedRow, pipes, tabs
from test_clean_reports import clean_report

from loaders.form import all_forms
from loaders.load import Options, load_file
from loaders.units import all_units
from warehouse.model import batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

HUE, HAI_PHONG, THANH_HOA, HCMC = "hue-district", "hai-phong-commune", "thanh-hoa-commune-2024", "hcmc-district"
COMMUNES_OF_HUE = {"3.3": "99,62", "3.3.1": "6.651", "3.3.2": "6.626"}
ABSURD = "99.999.999.999.999"
BUDGET = {"1": "9,54", "1.1": "310.660", "1.2": "29.625"}
Change = Callable[[PrintedReport], PrintedReport]


def rows_changed(annex_title: str, change: Callable[[PrintedRow], PrintedRow | None]) -> Change:
    """Every row of one annex changed, or dropped where the change gives none."""

    def changed(annex: PrintedAnnex) -> PrintedAnnex:
        rows = tuple(row for one in annex.rows if (row := change(one)) is not None)
        return replace(annex, rows=rows) if annex.title == annex_title else annex

    return lambda made: replace(made, annexes=tuple(map(changed, made.annexes)))


def by_code(annex: str, figures: dict[str, str]) -> Change:
    return rows_changed(annex, lambda row: replace(row, value=figures.get(row.code, row.value)))


def by_label(annex: str, figures: dict[str, str]) -> Change:
    return rows_changed(annex, lambda row: replace(row, value=figures.get(row.label, row.value)))


def measured(annex: str, code: str, unit: str) -> Change:
    return rows_changed(annex, lambda row: replace(row, unit=unit) if row.code == code else row)


def dropped(annex: str, code: str) -> Change:
    return rows_changed(annex, lambda row: None if row.code == code else row)


def shifted(annex: str, *codes: str) -> Change:
    """Values one column to the right: the figure stands in the note."""
    return rows_changed(annex, lambda row: replace(row, value="", note=row.value) if row.code in codes else row)


def shuffled(made: PrintedReport) -> PrintedReport:
    return replace(made, annexes=made.annexes[::-1])


def worded(old: str, new: str) -> Change:
    return lambda made: replace(made, opening=tuple(line.replace(old, new) for line in made.opening))


def said(line: str) -> Change:
    return lambda made: replace(made, opening=(*made.opening, line))


@dataclass(frozen=True)
class Case:
    """A form, what is changed in its clean report, and the findings with their Vietnamese sentences."""

    name: str
    form: str
    changes: tuple[Change, ...]
    found: tuple[tuple[str, str], ...] = ()


ON_TIME = "Tỷ lệ hồ sơ giải quyết đúng hạn (cấp xã): báo cáo ghi 99,62 %, tính lại từ {}/6.651 được {} %."
CASES = (
    # two digits swapped
    Case("right figures", HUE, (by_code("Phụ lục 4", COMMUNES_OF_HUE), by_code("Phụ lục 7", BUDGET))),
    Case(
        "6626 as 6266",
        HUE,
        (by_code("Phụ lục 4", {**COMMUNES_OF_HUE, "3.3.2": "6.266"}),),
        (("rate_differs", ON_TIME.format("6.266", "94,21")),),
    ),
    Case(
        "6626 as 6662",
        HUE,
        (by_code("Phụ lục 4", {**COMMUNES_OF_HUE, "3.3.2": "6.662"}),),
        (
            (
                "part_exceeds_whole",
                "Số hồ sơ thủ tục hành chính đã giải quyết (cấp xã) là 6.651 nhưng có thành phần lớn hơn: "
                "Số hồ sơ thủ tục hành chính giải quyết đúng hạn 6.662.",
            ),
            ("rate_differs", ON_TIME.format("6.662", "100,17")),
        ),
    ),
    Case(
        "the budget in another unit",
        HUE,
        (by_code("Phụ lục 7", BUDGET), measured("Phụ lục 7", "1.1", "Tỷ đồng")),
        (
            (
                "measure_multiplied",
                "“Kế hoạch được giao” ghi 310.660 theo đơn vị tính “Tỷ đồng”, chỉ tiêu này tính bằng triệu đồng; số "
                "này không được dùng.",
            ),
        ),
    ),
    Case(
        "dossiers in thousands",
        THANH_HOA,
        (by_code("Phụ lục 01b", {"1.4.1": "12"}), measured("Phụ lục 01b", "1.4.1", "Nghìn phiếu")),
        (
            (
                "measure_multiplied",
                "“Số lượng phiếu khảo sát” ghi 12 theo đơn vị tính “Nghìn phiếu”, chỉ tiêu này tính bằng phiếu; số này "
                "không được dùng.",
            ),
        ),
    ),
    Case(
        "figures that cannot be",
        THANH_HOA,
        (by_code("Phụ lục 01b", {"1.4.1": "-5", "4.1.2": "3,5", "4.1.1": "98%"}),),
        (
            (
                "figure_in_percent",
                "“Tổng số biên chế được giao trong năm” ghi 98%, chỉ tiêu này đếm người; số này không được dùng.",
            ),
            (
                "figure_negative",
                "“Số lượng phiếu khảo sát” ghi -5, chỉ tiêu này tính bằng phiếu, không thể âm; số này không được dùng.",
            ),
            (
                "figure_not_whole",
                "“Tổng số biên chế có mặt tại thời điểm báo cáo” ghi 3,5, chỉ tiêu này đếm người nên phải là số "
                "nguyên; số này không được dùng.",
            ),
        ),
    ),
    Case(
        "a cut printed with a sign",
        HAI_PHONG,
        (by_code("Biểu mẫu 4", {"1.4": "-5"}),),
        (
            (
                "figure_negative_cut",
                "“Số biên chế đã tinh giản trong kỳ báo cáo” ghi -5; chỉ tiêu này đếm người đã cắt giảm nên ghi số "
                "dương. Dấu “-” có thể chỉ nghĩa là giảm, cũng có thể là ghi sai; số này không được dùng.",
            ),
        ),
    ),
    Case(
        "thousands behind a comma",
        THANH_HOA,
        (by_code("Phụ lục 01b", {"1.4.1": "1,234"}),),
        (
            (
                "figure_ambiguous",
                "“Số lượng phiếu khảo sát” ghi 1,234: dấu phẩy có thể ngăn hàng nghìn hoặc phần thập phân, các số khác "
                "trong báo cáo không cho biết; số này không được dùng.",
            ),
        ),
    ),
    Case(
        "a column shifted",
        HUE,
        (by_code("Phụ lục 7", BUDGET), shifted("Phụ lục 7", "1.1", "1.2")),
        (
            (
                "cells_shifted",
                "Phụ lục 7: 2 dòng trống ở cột số liệu mà có số ở cột bên: “Kế hoạch được giao” 310.660; "
                "“Đã thực hiện” 29.625.",
            ),
        ),
    ),
    Case(
        "a row dropped",
        HAI_PHONG,
        (dropped("Biểu mẫu 6", "2.6"),),
        (
            (
                "rows_missing",
                "Biểu mẫu 6: thiếu 1 dòng của biểu mẫu: 2.6 “Số lượng ĐVSN đã chuyển đổi thành công ty cổ phần (lũy kế "
                "đến thời điểm báo cáo)”.",
            ),
        ),
    ),
    Case(
        "an answer that is not offered",
        THANH_HOA,
        (by_code("Phụ lục 01b", {"1.4.2": "5"}),),
        (
            (
                "code_unknown",
                "“Hình thức khảo sát” ghi mã 5, biểu mẫu chỉ có: Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2.",
            ),
        ),
    ),
    Case(
        "a share above 100 %",
        THANH_HOA,
        (by_code("Phụ lục 01b", {"3.2.5": "1000"}),),
        (
            (
                "rate_above_hundred",
                "Tỷ lệ quy trình nội bộ giải quyết thủ tục hành chính đã điện tử hóa ghi trong báo cáo (cấp xã): "
                "báo cáo ghi 1.000 %, lớn hơn 100 %.",
            ),
        ),
    ),
    Case(
        "more people than posts",
        THANH_HOA,
        (by_code("Phụ lục 01b", {"4.1.1": "17", "4.1.2": "71"}),),
        (
            (
                "staff_over_quota",
                "Số biên chế cán bộ, công chức có mặt tại thời điểm báo cáo (cấp xã) là 71, nhiều hơn số được giao 17.",
            ),
        ),
    ),
    Case(
        "the text counts other services",
        THANH_HOA,
        (said("Duy trì 54 dịch vụ công trực tuyến toàn trình."), by_code("Phụ lục 01b", {"7.4.2": "2"})),
        (
            (
                "narrative_differs",
                "Số thủ tục hành chính cung cấp trực tuyến mức độ 4 (cấp xã): lời văn ghi 54, phụ lục ghi 2.",
            ),
        ),
    ),
    # nothing is wrong with these
    Case("annexes in another order", HUE, (shuffled,)),
    Case("annexes of a commune in another order", HAI_PHONG, (shuffled,)),
    Case("the period in other words", HUE, (worded("6 tháng đầu năm", "6T đầu năm"),)),
    Case("a quarter beside the half-year", HUE, (worded("6 tháng đầu năm", "quý II và 6 tháng đầu năm"),)),
    Case("a plan for the rest of the year", HUE, (said("Trên đây là báo cáo; nhiệm vụ 6 tháng cuối năm."),)),
    Case(
        "a plan for another rest of the year",
        HUE,
        (said("Trên đây là báo cáo; nhiệm vụ 9 tháng cuối năm."),),
        (("rest_of_year_differs", "Nhiệm vụ nêu “9 tháng cuối năm”, sau kỳ báo cáo năm chỉ còn 6 tháng."),),
    ),
    Case(
        "a row of five months",
        HUE,
        (
            by_code("Phụ lục 7", BUDGET),
            rows_changed("Phụ lục 7", lambda row: replace(row, note="5 tháng") if row.code == "1.2" else row),
        ),
        (("row_window_short", "“Đã thực hiện” ghi “5 tháng”, ngắn hơn kỳ báo cáo."),),
    ),
)


@pytest.mark.parametrize("layout", [tabs, pipes], ids=["tabs", "pipes"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_found_and_no_more(case: Case, layout: Callable[[PrintedReport], str], tmp_path: Path) -> None:
    made, unit, period = clean_report(case.form)
    for change in case.changes:
        made = change(made)
    path = tmp_path / "report.txt"
    path.write_text(layout(made), encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None
    assert (outcome.report.unit_code, outcome.report.period, outcome.report.form) == (
        unit.unit_code,
        period.code,
        case.form,
    )
    publish(tmp_path, batch_of([outcome.report]), all_forms(), "load")
    warehouse = open_warehouse(tmp_path)
    found = warehouse.connection.execute("SELECT rule, message_vi FROM finding ORDER BY ALL").fetchall()
    warehouse.connection.close()
    assert found == sorted(case.found)


def test_absurd_figures_of_some_reports_do_not_end_the_load_of_others(tmp_path: Path) -> None:
    """Two communes of a district print more than can be added up; the third one's figures come in."""
    made, unit, period = clean_report(THANH_HOA)
    absurd = by_label("Phụ lục 01b", {"Số lượng hồ sơ đã tiếp nhận": ABSURD})(made)
    absurd = said(f"Uỷ ban nhân dân xã đã tiếp nhận {ABSURD} hồ sơ.")(absurd)
    siblings = [each for each in all_units().values() if each.parent_code == unit.parent_code]
    codes = [each.unit_code for each in siblings if each.level == "commune" and each.valid_on(period.window_end)][:3]
    reports = []
    for code, report in zip(codes, (absurd, absurd, made), strict=True):
        path = tmp_path / f"{code}.txt"
        path.write_text(tabs(report), encoding="utf-8")
        outcome = load_file(path, Options(code, period))
        assert outcome.report is not None
        reports.append(outcome.report)
    publish(tmp_path, batch_of(reports), all_forms(), "load")
    connection = open_warehouse(tmp_path).connection
    facts = dict(
        connection.execute("SELECT unit_code, value FROM fact WHERE indicator = 'dossiers_received'").fetchall()
    )
    told = connection.execute("SELECT message_vi FROM finding WHERE rule = 'figure_too_large'").fetchall()
    connection.close()
    assert [code for code in codes if facts[code] is not None] == codes[2:]
    assert told == 2 * [
        (
            f"“Số lượng hồ sơ đã tiếp nhận” ghi {ABSURD}, vượt quá số hồ sơ có thể có trên thực tế; có thể thừa chữ "
            "số, hoặc ghi theo đơn vị tính khác. Số này không được dùng.",
        )
    ]
