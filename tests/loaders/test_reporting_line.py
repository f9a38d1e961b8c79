"""Forms that a province or a district prints, and a line on them says who reports."""

from pathlib import Path

import pytest
from report_text import PrintedAnnex, PrintedReport, form_annexes, tabs

from loaders.load import LoadedFile, load_file
from loaders.problems import UnknownUnit
from warehouse.model import Level

COMMUNE, DISTRICT = "thanh-hoa-commune-2024", "hue-district"
OF_THANH_HOA, OF_HUE = "UBND TỈNH THANH HÓA", "UBND TỈNH THỪA THIÊN HUẾ"


def loaded(
    folder: Path, issuer: str, line: str, form: str, more: tuple[PrintedAnnex, ...] = (), title: str = ""
) -> LoadedFile:
    lines = (issuer, "BÁO CÁO", f"Công tác cải cách hành chính 6 tháng đầu năm 2024 {title}", line)
    path = folder / "report.txt"
    path.write_text(tabs(PrintedReport(lines, (*form_annexes(form), *more))), encoding="utf-8")
    return load_file(path)


@pytest.mark.parametrize(
    ("issuer", "line", "form", "unit_code", "level"),
    [
        (OF_HUE, "Đơn vị báo cáo: huyện Quảng Điền", DISTRICT, "477", "district"),
        (OF_HUE, "Đơn vị báo cáo: UBND huyện Quảng Điền", DISTRICT, "477", "district"),
        (OF_HUE, "Đơn vị báo cáo:\nUBND huyện Quảng Điền", DISTRICT, "477", "district"),
        (OF_HUE, "Tên cơ quan báo cáo: Phòng Nội vụ huyện Quảng Điền", DISTRICT, "477", "district"),
        (OF_HUE, "Đơn vị báo cáo: UBND tỉnh Thừa Thiên Huế", DISTRICT, "46", "province"),
        (OF_HUE, "Đơn vị nhận báo cáo: UBND huyện Quảng Điền", DISTRICT, "46", "province"),
        (OF_THANH_HOA, "Đơn vị báo cáo: xã Hoằng Hợp, huyện Hoằng Hóa", COMMUNE, "15919", "commune"),
        (OF_THANH_HOA, "Đơn vị báo cáo: UBND xã Hoằng Hợp", COMMUNE, "15919", "commune"),
        (
            OF_THANH_HOA,
            "Đơn vị báo cáo: UBND xã Hoằng Hợp. Đơn vị nhận báo cáo: UBND xã Hà Vinh",
            COMMUNE,
            "15919",
            "commune",
        ),
        ("UBND HUYỆN HOẰNG HÓA", "Đơn vị gửi báo cáo: Xã Hoằng Hợp", COMMUNE, "15919", "commune"),
        ("UBND XÃ HOẰNG HỢP", "Đơn vị báo cáo: huyện Hoằng Hóa", COMMUNE, "15919", "commune"),
    ],
)
def test_the_line_says_who_sends(
    issuer: str, line: str, form: str, unit_code: str, level: Level, tmp_path: Path
) -> None:
    file = loaded(tmp_path, issuer, line, form)
    assert file.report is not None, file.problem
    assert (file.report.unit_code, file.report.level, file.unit_confidence) == (unit_code, level, 1.0)


def test_a_line_that_names_another_than_the_letterhead_is_refused(tmp_path: Path) -> None:
    problem = loaded(tmp_path, "UBND XÃ HOẰNG HỢP", "Đơn vị báo cáo: xã Hoằng Đức", COMMUNE).problem
    assert isinstance(problem, UnknownUnit)
    assert problem.found == "“Đơn vị báo cáo: xã Hoằng Đức”, trong khi đầu văn bản là “UBND XÃ HOẰNG HỢP”"


def test_a_line_that_names_a_unit_the_form_is_not_made_for_is_refused(tmp_path: Path) -> None:
    problem = loaded(tmp_path, OF_HUE, "Đơn vị báo cáo: xã Quảng Thái", DISTRICT).problem
    assert isinstance(problem, UnknownUnit)
    assert (problem.found, problem.expected) == (
        "“Đơn vị báo cáo: xã Quảng Thái”",
        "báo cáo của UBND cấp huyện hoặc cấp tỉnh, là cấp mà mẫu biểu này dành cho",
    )


def test_a_line_over_a_later_annex_says_whose_that_is(tmp_path: Path) -> None:
    part = PrintedAnnex("Phụ lục 9\n\nĐơn vị báo cáo: huyện Quảng Điền", form_annexes(DISTRICT)[0].rows[:2])
    file = loaded(tmp_path, OF_HUE, "", DISTRICT, (part,), "tỉnh Thừa Thiên Huế")
    assert file.report is not None, file.problem
    assert (file.report.unit_code, file.report.level) == ("46", "province")
