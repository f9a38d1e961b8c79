"""Letterheads as they are written: kinds in short, `01` for 1, party and council, a district that is not theirs."""

from pathlib import Path

import pytest
from report_text import PrintedReport, form_annexes, tabs

from loaders.abbreviations import written_out
from loaders.bodies import body_that_sends
from loaders.load import LoadedFile, load_file
from loaders.problems import UnknownUnit

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
        (("HĐND HUYỆN QUẢNG ĐIỀN",), "HĐND huyện Quảng Điền", "hue-district", "477"),
        (("ĐẢNG BỘ XÃ HOẰNG HỢP", "UBND XÃ HOẰNG HỢP"), "UBND xã", "thanh-hoa-commune-2024", "15919"),
        (("HUYỆN ỦY - HĐND - UBND HUYỆN QUẢNG ĐIỀN",), "UBND huyện Quảng Điền", "hue-district", "477"),
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


@pytest.mark.parametrize(
    ("head", "form", "levels"),
    [
        (("TỈNH ỦY THANH HÓA",), "hue-district", "cấp huyện hoặc cấp tỉnh"),
        (("HUYỆN UỶ QUẢNG ĐIỀN",), "hue-district", "cấp huyện hoặc cấp tỉnh"),
        (("Thị ủy Hương Trà",), "hue-district", "cấp huyện hoặc cấp tỉnh"),
        (("BAN THƯỜNG VỤ HUYỆN ỦY QUẢNG ĐIỀN",), "hue-district", "cấp huyện hoặc cấp tỉnh"),
        (("ĐẢNG BỘ HUYỆN HOẰNG HÓA", "ĐẢNG ỦY XÃ HOẰNG HỢP"), "thanh-hoa-commune-2024", "cấp xã"),
        (("ĐẢNG UỶ XÃ HOẰNG HỢP",), "thanh-hoa-commune-2024", "cấp xã"),
    ],
)
def test_a_party_committee_is_not_the_peoples_committee_of_its_unit(
    head: tuple[str, ...], form: str, levels: str, tmp_path: Path
) -> None:
    problem = loaded(tmp_path, head, head[-1].capitalize(), form).problem
    assert isinstance(problem, UnknownUnit)
    assert (problem.found, problem.expected, problem.action) == (
        f"văn bản của “{head[0]}”",
        f"báo cáo của UBND {levels}, là cấp mà mẫu biểu này dành cho",
        "kiểm tra xem báo cáo có lập đúng mẫu biểu của cấp mình không; nếu số liệu đúng là của cả một đơn vị "
        f"{levels} thì nạp lại với tùy chọn --unit và mã của đơn vị đó",
    )


OF_HUE = ("UBND TỈNH THỪA THIÊN HUẾ", "Huế, ngày 10 tháng 6 năm 2024")


@pytest.mark.parametrize(
    ("office", "said", "told"),
    [
        ("SỞ NỘI VỤ", "của Sở Nội vụ", None),
        ("SỞ NỘI VỤ", "tại Sở", None),
        ("SỞ NỘI VỤ TỈNH THỪA THIÊN HUẾ", "của Sở Nội vụ tỉnh Thừa Thiên Huế", None),
        ("VĂN PHÒNG UBND TỈNH", "của Văn phòng UBND tỉnh", None),
        ("SỞ NỘI VỤ", "tỉnh Thừa Thiên Huế", False),
        ("SỞ NỘI VỤ", "trên địa bàn tỉnh", False),
        ("SỞ NỘI VỤ", "của tỉnh", False),
        ("VĂN PHÒNG", "tỉnh Thừa Thiên Huế", False),
        ("SỞ NỘI VỤ", "", True),
        ("VĂN PHÒNG", "theo Thông tư của Văn phòng Chính phủ", True),
        ("Phòng, chống tham nhũng", "", False),
        ("VĂN PHÒNG UBND TỈNH", "", True),
    ],
)
def test_an_office_reports_on_its_unit_or_on_itself_as_its_title_says(
    office: str, said: str, told: bool | None, tmp_path: Path
) -> None:
    """Null is a report on the office alone, which is refused; where it is not said, that is remarked."""
    title = f"Tình hình thực hiện công tác cải cách hành chính {PERIOD}"
    recital = f"{office.capitalize()} báo cáo tình hình thực hiện công tác cải cách hành chính {said} như sau:"
    for lines in ((f"{title} {said}", "Kính gửi: Bộ Nội vụ"), (title, recital)):
        path = tmp_path / "report.txt"
        head = (OF_HUE[0], office, OF_HUE[1], "BÁO CÁO", *lines)
        path.write_text(tabs(PrintedReport(head, form_annexes("hue-district"))), encoding="utf-8")
        file = load_file(path)
        if told is None:
            assert isinstance(file.problem, UnknownUnit)
            assert file.problem.found == f"văn bản của “{office}”, báo cáo về riêng cơ quan ấy"
            continue
        assert file.report is not None, file.problem
        assert file.report.unit_code == "46"
        remarks = [(one.rule, dict(one.compared)) for one in file.report.remarks if one.rule == "sent_by_office"]
        assert remarks == ([("sent_by_office", {"printed": office})] if told else [])


def test_a_commune_that_bears_the_name_of_a_body_is_none() -> None:
    head = ["ỦY BAN NHÂN DÂN", "XÃ TRUNG TÂM", "Trung Tâm, ngày 10 tháng 6 năm 2024", "BÁO CÁO", "Trạm y tế xã"]
    assert body_that_sends(head) is None
    assert body_that_sends(["UBND XÃ NGA TRƯỜNG", "Số: 9/BC", "Kính gửi:", "- Trạm Y tế xã;", "BÁO CÁO"]) is None
