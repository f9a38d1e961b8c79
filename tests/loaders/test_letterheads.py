"""Letterheads as they are written: kinds in short, `01` for 1, party and council, a district that is not theirs."""

from pathlib import Path

import pytest
from report_text import PrintedReport, form_annexes, tabs

from loaders.abbreviations import written_out
from loaders.load import LoadedFile, load_file
from loaders.problems import UnknownUnit
from loaders.senders import body_that_sends

PERIOD = "6 tháng đầu năm 2024"


def loaded(folder: Path, head: tuple[str, ...], sender: str, form: str, recipient: str = "") -> LoadedFile:
    lines = (
        *head,
        "BÁO CÁO",
        f"Tình hình thực hiện công tác cải cách hành chính {PERIOD}",
        f"Kính gửi: {recipient}" if recipient else "",
        f"{sender} báo cáo tình hình thực hiện công tác cải cách hành chính {PERIOD} như sau:",
    )
    path = folder / "report.txt"
    path.write_text(tabs(PrintedReport(tuple(line for line in lines if line), form_annexes(form))), encoding="utf-8")
    return load_file(path)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("UBND P. THUẬN HOÀ", "UBND PHƯỜNG THUẬN HOÀ"),
        ("UBND P.1 báo cáo", "UBND phường 1 báo cáo"),
        ("UBND TX HƯƠNG TRÀ", "UBND THỊ XÃ HƯƠNG TRÀ"),
        ("TX. Hương Trà, ngày 04 tháng 6 năm 2024", "thị xã Hương Trà, ngày 04 tháng 6 năm 2024"),
        ("Ủy ban nhân dân TT. Sịa báo cáo", "Ủy ban nhân dân thị trấn Sịa báo cáo"),
        ("PHƯỜNG 01", "PHƯỜNG 1"),
        ("Quận 05 và phường 10", "Quận 5 và phường 10"),
        ("HUYỆN ỦY QUẢNG ĐIỀN", "HUYỆN QUẢNG ĐIỀN"),
        ("Thị ủy Hương Trà", "thị xã Hương Trà"),
        ("P. CHỦ TỊCH", "P. CHỦ TỊCH"),
        ("Q. Giám đốc", "Q. Giám đốc"),
        ("TT. HĐND xã", "TT. HĐND xã"),
        ("UBND xã Hà Vinh", "UBND xã Hà Vinh"),
        # no name of a unit of that kind
        ("UBND TT. Huế", "UBND TT. Huế"),
        ("UBND TT HUẾ", "UBND TT HUẾ"),
        ("TT. Huế, ngày 04 tháng 6 năm 2024", "TT. Huế, ngày 04 tháng 6 năm 2024"),
        ("báo cáo của P. Nguyễn Văn A", "báo cáo của P. Nguyễn Văn A"),
        ("theo đề nghị của P. Nguyễn Trãi Bình", "theo đề nghị của P. Nguyễn Trãi Bình"),
        ("P. Hành chính", "P. Hành chính"),
        ("- P. Tiếp dân", "- P. Tiếp dân"),
        ("của P. Nguyễn Trãi, Q.5", "của phường Nguyễn Trãi, quận 5"),
        ("UBND P. 01, Q. 05 báo cáo", "UBND phường 1, quận 5 báo cáo"),
    ],
)
def test_names_are_written_out(text: str, written: str) -> None:
    assert written_out(text) == written


@pytest.mark.parametrize(
    ("head", "sender", "form", "unit_code"),
    [
        (("UBND QUẬN 5", "UBND PHƯỜNG 01"), "UBND Phường 1", "thanh-hoa-commune-2024", "27325"),
        (("UBND QUẬN 5", "UBND P.1"), "UBND P.1", "thanh-hoa-commune-2024", "27325"),
        (("UBND TP. HUẾ", "UBND P. THUẬN HOÀ"), "UBND P. Thuận Hòa", "thanh-hoa-commune-2024", "19762"),
        (("UBND TT. SỊA",), "UBND TT. Sịa", "thanh-hoa-commune-2024", "19867"),
        (("ỦY BAN NHÂN DÂN", "TX. HƯƠNG TRÀ"), "UBND TX. Hương Trà", "hue-district", "480"),
        (("UBND H. QUẢNG ĐIỀN",), "UBND H. Quảng Điền", "hue-district", "477"),
        (("HUYỆN ỦY QUẢNG ĐIỀN",), "Huyện ủy Quảng Điền", "hue-district", "477"),
        (("HĐND HUYỆN QUẢNG ĐIỀN",), "HĐND huyện Quảng Điền", "hue-district", "477"),
        (("ĐẢNG BỘ HUYỆN HOẰNG HÓA", "ĐẢNG ỦY XÃ HOẰNG HỢP"), "Đảng ủy xã", "thanh-hoa-commune-2024", "15919"),
        (("UY BAN NHAN DAN XA HOANG HOP",), "UBND xa Hoang Hop", "thanh-hoa-commune-2024", "15919"),
        (("ỦY BAN NHÂN DẦN", "XÃ HOẰNG HỢP"), "UBND xã", "thanh-hoa-commune-2024", "15919"),
    ],
)
def test_the_unit_is_known_however_it_is_written(
    head: tuple[str, ...], sender: str, form: str, unit_code: str, tmp_path: Path
) -> None:
    file = loaded(tmp_path, head, sender, form)
    assert (file.problem, file.report and file.report.unit_code, file.unit_confidence) == (None, unit_code, 1.0)
    assert file.report is not None
    assert file.report.remarks == ()


def test_a_name_that_only_another_unit_took_later_is_refused(tmp_path: Path) -> None:
    """In 2024 the city of Huế was no province; the catalogue has the districts it became in 2025."""
    problem = loaded(tmp_path, ("UBND TP HUẾ",), "UBND thành phố Huế", "hue-district").problem
    assert isinstance(problem, UnknownUnit)
    assert problem.found == (
        "“Thành phố Huế” có tên trong văn bản, là tên chỉ có vào thời gian khác của Tỉnh Thừa Thiên Huế"
    )


@pytest.mark.parametrize(
    ("head", "recipient", "printed"),
    [
        (("UBND HUYỆN HÀ TRUNG", "UBND XÃ HOẰNG HỢP"), "", "Huyện Hà Trung"),
        (("HUYỆN QUẢNG ĐIỀN", "ỦY BAN NHÂN DÂN", "XÃ HOẰNG HỢP"), "", "Huyện Quảng Điền"),
        (("UBND TỈNH NGHỆ AN", "UBND XÃ HOẰNG HỢP"), "", "Tỉnh Nghệ An"),
        (("UBND XÃ HOẰNG HỢP",), "UBND huyện Hà Trung", "Huyện Hà Trung"),
        (("UBND XÃ HOẰNG HỢP",), "\n\n- UBND huyện Hà Trung;", "Huyện Hà Trung"),
    ],
)
def test_a_district_that_the_commune_does_not_lie_in_is_said(
    head: tuple[str, ...], recipient: str, printed: str, tmp_path: Path
) -> None:
    file = loaded(tmp_path, head, "UBND xã Hoằng Hợp", "thanh-hoa-commune-2024", recipient)
    assert file.report is not None
    assert (file.report.unit_code, file.unit_confidence) == ("15919", 0.7)
    named = {"printed": printed, "unit_name": "Xã Hoằng Hợp, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"}
    assert [(one.rule, dict(one.compared)) for one in file.report.remarks] == [("parent_differs", named)]


def test_a_commune_of_many_names_alike_is_refused_under_a_district_that_has_none(tmp_path: Path) -> None:
    """There is no Phường 1 in Quận 1, and the 6 of the title names no Quận 6."""
    problem = loaded(tmp_path, ("UBND QUẬN 1", "UBND PHƯỜNG 01"), "UBND phường 01", "thanh-hoa-commune-2024").problem
    assert isinstance(problem, UnknownUnit)
    assert problem.found.startswith("33 đơn vị cùng tên phù hợp như nhau: ")


@pytest.mark.parametrize(
    "body",
    [
        "TRƯỜNG TIỂU HỌC A",
        "TRƯỜNG MẦM NON HOA SEN",
        "TRƯỜNG THCS HOẰNG HỢP",
        "TRẠM Y TẾ",
        "Trạm Y tế xã Hoằng Hợp",
        "CÔNG AN XÃ",
        "BAN CHỈ HUY QUÂN SỰ",
        "HỘI NÔNG DÂN",
        "ĐOÀN THANH NIÊN",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "TRAM Y TE",
    ],
)
def test_the_report_of_another_body_under_a_communes_letterhead_is_refused(body: str, tmp_path: Path) -> None:
    head = ("UBND XÃ HOẰNG HỢP", body, "Số: 9/BC", "Hoằng Hợp, ngày 10 tháng 6 năm 2024")
    problem = loaded(tmp_path, head, "Đơn vị", "thanh-hoa-commune-2024", "UBND xã Hoằng Hợp").problem
    assert isinstance(problem, UnknownUnit)
    assert (problem.found, problem.expected) == (
        f"văn bản của “{body}”",
        "báo cáo của UBND cấp xã, là cấp mà mẫu biểu này dành cho",
    )


def test_a_commune_that_bears_the_name_of_a_body_is_none() -> None:
    head = ["ỦY BAN NHÂN DÂN", "XÃ TRUNG TÂM", "Trung Tâm, ngày 10 tháng 6 năm 2024", "BÁO CÁO", "Trạm y tế xã"]
    assert body_that_sends(head) is None
    assert body_that_sends(["UBND XÃ NGA TRƯỜNG", "Số: 9/BC", "Kính gửi:", "- Trạm Y tế xã;", "BÁO CÁO"]) is None
