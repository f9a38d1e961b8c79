"""Which unit sent a report: by its name, by what stands above it, and by the map of the report's time."""

from pathlib import Path

import pytest
from report_text import PrintedReport, form_annexes, opening, tabs
from unit_texts import recognised, refused

from loaders.document import Document, Paragraph, Row, Table
from loaders.load import Options, load_file
from loaders.problems import UnknownUnit
from loaders.reporter import recognise_unit
from loaders.units import all_units
from warehouse.model import Level
from warehouse.periods import parse_period


@pytest.mark.parametrize(
    ("period", "line", "unit_code"),
    [
        # every kind there was before 01/07/2025
        ("2024-6M", "UBND xã Hà Vinh báo cáo kết quả", "15277"),
        ("2024-6M", "Ủy ban nhân dân xã Hà Vinh báo cáo kết quả", "15277"),
        ("2024-6M", "Uỷ ban nhân dân xã Hà Vinh báo cáo kết quả", "15277"),
        ("2024-6M", "ỦY BAN NHÂN DÂN XÃ HÀ VINH", "15277"),
        ("2024-6M", "UBND phường Bến Nghé báo cáo", "26740"),
        ("2024-6M", "UBND thị trấn Sịa báo cáo", "19867"),
        ("2024-6M", "UBND huyện Quảng Điền báo cáo", "477"),
        ("2024-6M", "UBND quận Bình Thạnh báo cáo", "765"),
        ("2024-6M", "UBND Quận 1 báo cáo", "760"),
        ("2024-6M", "UBND quận 10 báo cáo", "771"),
        ("2024-6M", "UBND thị xã Sơn Tây báo cáo", "269"),
        ("2024-6M", "UBND thị xã Bỉm Sơn báo cáo", "381"),
        ("2024-6M", "UBND thành phố Thủ Đức báo cáo", "769"),
        ("2024-6M", "UBND TP. Phú Quốc báo cáo", "911"),
        ("2024-6M", "UBND tỉnh Thanh Hóa báo cáo", "38"),
        ("2024-6M", "UBND thành phố Hà Nội báo cáo", "01"),
        # one name, two kinds
        ("2024-6M", "UBND thị xã Kỳ Anh báo cáo", "449"),
        ("2024-6M", "UBND huyện Kỳ Anh báo cáo", "447"),
        ("2024-6M", "UBND thị trấn Củ Chi báo cáo", "27496"),
        ("2024-6M", "UBND huyện Củ Chi báo cáo", "783"),
        ("2024-6M", "UBND tỉnh Thái Nguyên báo cáo", "19"),
        ("2024-6M", "UBND thành phố Thái Nguyên báo cáo", "164"),
        ("2024-6M", "UBND thành phố Thái Nguyên, tỉnh Thái Nguyên báo cáo", "164"),
        # other names for the same unit
        ("2024-6M", "UBND TP. Hồ Chí Minh báo cáo", "79"),
        ("2024-6M", "UBND TP Hồ Chí Minh báo cáo", "79"),
        ("2024-6M", "UBND TP.HCM báo cáo", "79"),
        ("2024-6M", "UBND tỉnh Đắc Lắc báo cáo", "66"),
        ("2024-6M", "UBND tỉnh Thừa Thiên Huế báo cáo", "46"),
        ("2024-6M", "UBND tỉnh Thừa Thiên - Huế báo cáo", "46"),
        ("2024-6M", "UBND tỉnh Bà Rịa - Vũng Tàu báo cáo", "77"),
        ("2024-6M", "UBND huyện Mộc Châu báo cáo", "123"),
        # the new map, where communes bear the names of old districts
        ("2025-12M", "UBND xã Quảng Điền báo cáo", "19867@2025-07-01"),
        ("2025-12M", "UBND xã Củ Chi báo cáo", "27553@2025-07-01"),
        ("2025-12M", "UBND phường Bỉm Sơn báo cáo", "14812@2025-07-01"),
        ("2025-12M", "UBND đặc khu Phú Quốc báo cáo", "31078@2025-07-01"),
        ("2025-12M", "UBND xã Nam Thanh Miện báo cáo", "11284@2025-07-01"),
        ("2025-12M", "UBND tỉnh Quảng Trị báo cáo", "44@2025-07-01"),
        ("2025-12M", "UBND TP. Hồ Chí Minh báo cáo", "79@2025-07-01"),
    ],
)
def test_a_unit_by_its_name(period: str, line: str, unit_code: str) -> None:
    match = recognised(period, line)
    assert (match.unit.unit_code, match.confidence) == (unit_code, 1.0)


@pytest.mark.parametrize(
    ("line", "period", "unit_code"),
    [
        ("UBND tỉnh Quảng Trị báo cáo", "2025-6M", "45"),
        ("UBND tỉnh Quảng Trị báo cáo", "2025-Q3", "44@2025-07-01"),
        ("UBND tỉnh Lâm Đồng báo cáo", "2025-6M", "68"),
        ("UBND tỉnh Lâm Đồng báo cáo", "2025-9M", "68@2025-07-01"),
        ("UBND xã Chi Lăng Nam báo cáo", "2025-6M", "11284"),
        ("UBND huyện Củ Chi báo cáo", "2025-Q2", "783"),
        ("UBND xã Củ Chi báo cáo", "2025-Q3", "27553@2025-07-01"),
    ],
)
def test_the_end_of_the_period_decides_which_map(line: str, period: str, unit_code: str) -> None:
    assert recognised(period, line).unit.unit_code == unit_code


ENDED = "có tên trong văn bản nhưng không còn từ ngày 01/07/2025, trước ngày cuối kỳ 14/12/2025"
LATER = "có tên trong văn bản nhưng chỉ có từ ngày 01/07/2025, sau ngày cuối kỳ 14/06/2025"
NO_NAME = "không có tên đơn vị hành chính nào trong văn bản"


@pytest.mark.parametrize(
    ("period", "line", "found"),
    [
        ("2025-12M", "UBND huyện Củ Chi báo cáo", f"“Huyện Củ Chi” {ENDED}"),
        ("2025-12M", "UBND thị xã Bỉm Sơn báo cáo", f"“Thị xã Bỉm Sơn” {ENDED}"),
        ("2025-12M", "UBND tỉnh Đắk Nông báo cáo", f"“Tỉnh Đắk Nông” {ENDED}"),
        ("2025-12M", "UBND xã Hà Vinh, tỉnh Thanh Hóa báo cáo", f"“Xã Hà Vinh” {ENDED}"),
        ("2025-12M", "UBND xã Hà Vinh đạt kết quả tốt, tỉnh Thanh Hóa", f"“Xã Hà Vinh” {ENDED}"),
        ("2025-6M", "UBND xã Nam Thanh Miện báo cáo", f"“Xã Nam Thanh Miện” {LATER}"),
        ("2025-6M", "UBND đặc khu Phú Quốc báo cáo", f"“Đặc khu Phú Quốc” {LATER}"),
        ("2024-6M", "UBND xã Không Có Tên báo cáo", NO_NAME),
        ("2024-6M", "Sở Nội vụ báo cáo", NO_NAME),
        ("2024-6M", "", NO_NAME),
    ],
)
def test_a_unit_that_was_not_there_then_is_refused(period: str, line: str, found: str) -> None:
    problem = refused(period, line)
    assert problem.found == found
    assert problem.action == "nạp lại với tùy chọn --unit và mã đơn vị hành chính"


@pytest.mark.parametrize("place", ["Hoằng Hóa", "Hoằng Hoá", "HOẰNG HÓA"])
@pytest.mark.parametrize(
    ("period", "letterhead", "found"),
    [
        ("2025-12M", ("UBND HUYỆN HOẰNG HÓA",), f"“Huyện Hoằng Hóa” {ENDED}"),
        ("2025-12M", ("ỦY BAN NHÂN DÂN", "HUYỆN HOẰNG HÓA"), f"“Huyện Hoằng Hóa” {ENDED}"),
        ("2025-12M", ("UBND TỈNH THANH HÓA", "UBND HUYỆN HOẰNG HÓA"), f"“Huyện Hoằng Hóa” {ENDED}"),
        ("2025-12M", ("UBND XÃ HOẰNG HỢP",), f"“Xã Hoằng Hợp” {ENDED}"),
        ("2025-6M", ("UBND XÃ HOẰNG HÓA",), f"“Xã Hoằng Hóa” {LATER}"),
        ("2025-6M", ("UBND XÃ HOẰNG HOÁ",), f"“Xã Hoằng Hóa” {LATER}"),
        ("2024-6M", ("UBND HUYỆN HOẰNG HÓA", "PHÒNG NỘI VỤ"), "văn bản của “PHÒNG NỘI VỤ”"),
        ("2024-6M", ("PHÒNG NỘI VỤ",), "văn bản của “PHÒNG NỘI VỤ”"),
        ("2024-6M", ("SỞ TƯ PHÁP", "UBND TỈNH THANH HÓA"), "văn bản của “SỞ TƯ PHÁP”"),
        ("2024-6M", ("UBND HUYỆN HOẰNG HÓA",), "văn bản của “UBND HUYỆN HOẰNG HÓA”"),
    ],
)
def test_a_district_is_not_the_commune_of_its_name(
    period: str, letterhead: tuple[str, ...], found: str, place: str
) -> None:
    problem = refused(period, *letterhead, f"{place}, ngày 4 tháng 6 năm 2024", "BÁO CÁO", levels=("commune",))
    assert problem.found == found


def test_an_office_of_another_level_is_told_for_whom_the_form_is() -> None:
    lines = ("SỞ NỘI VỤ", "UBND TỈNH THANH HÓA", "Thanh Hóa, ngày 4 tháng 6 năm 2024")
    assert refused("2024-6M", *lines, levels=("commune",)).expected == (
        "báo cáo của UBND cấp xã, là cấp mà mẫu biểu này dành cho"
    )
    assert recognised("2024-6M", *lines, levels=("province",)).unit.unit_code == "38"


@pytest.mark.parametrize(
    ("above", "department", "own"),
    [
        ("UBND TỈNH THANH HÓA", "SỞ TƯ PHÁP", False),
        ("UBND TỈNH THANH HÓA", "Sở Văn hóa, Thể thao và Du lịch", False),
        ("UBND TỈNH THANH HÓA", "THANH TRA TỈNH", False),
        ("UBND HUYỆN HOẰNG HÓA", "PHÒNG TÀI CHÍNH - KẾ HOẠCH", False),
        ("UBND HUYỆN HOẰNG HÓA", "PHÒNG NỘI VỤ", True),
        ("UBND HUYỆN HOẰNG HÓA", "VĂN PHÒNG HĐND VÀ UBND", True),
        ("UBND HUYỆN HOẰNG HÓA", "PHÒNG NV", True),
        ("UBND HUYỆN HOẰNG HÓA", "PHÒNG TỔ CHỨC - NỘI VỤ", True),
        ("UBND TỈNH THANH HÓA", "SỞ LAO ĐỘNG - NỘI VỤ", True),
        ("UBND XÃ HOẰNG HỢP", "PHÒNG VĂN HÓA - XÃ HỘI", True),
        ("UBND XÃ HOẰNG HỢP", "PHÒNG VĂN HOÁ VÀ XÃ HỘI", True),
        ("UBND XÃ HOẰNG HỢP", "PHÒNG VH-XH", True),
        ("UBND XÃ HOẰNG HỢP", "Phòng, chống tham nhũng", True),
        ("UBND XÃ HOẰNG HỢP", "PHÒNG", True),
        ("UBND HUYỆN HOẰNG HÓA", "Phong Điền, ngày 4 tháng 6 năm 2024", True),
    ],
)
def test_a_department_for_one_field_does_not_report_for_its_unit(above: str, department: str, own: bool) -> None:
    """That of home affairs writes the report of its unit, and so do an office and its like in a commune."""
    lines = (above, department, "tỉnh Thanh Hóa", "BÁO CÁO")
    if own:
        assert recognised("2024-6M", *lines).unit.name.upper() == above.removeprefix("UBND ")
    else:
        assert refused("2024-6M", *lines).found == f"văn bản của “{department}”"


def test_a_unit_without_its_accents_stands_where_the_letterhead_says() -> None:
    lines = ("UBND HUYỆN HÀ TRUNG", "Hoang Hop, ngày 4 tháng 6 năm 2024")
    assert refused("2024-6M", *lines, levels=("commune",)).found == "văn bản của “UBND HUYỆN HÀ TRUNG”"
    lines = ("UBND HUYỆN HOẰNG HÓA", "Hoang Hop, ngày 4 tháng 6 năm 2024")
    assert recognised("2024-6M", *lines, levels=("commune",)).unit.unit_code == "15919"


@pytest.mark.parametrize(
    ("period", "letterhead", "place", "level", "found"),
    [
        ("2024-6M", "UBND TỈNH THANH HÓA", "Thanh Hóa", "district", "văn bản của “UBND TỈNH THANH HÓA”"),
        ("2024-6M", "UBND XÃ HÀ VINH", "Hà Trung", "district", "văn bản của “UBND XÃ HÀ VINH”"),
        ("2024-6M", "UBND TỈNH THANH HÓA", "Thanh Hóa", "commune", "văn bản của “UBND TỈNH THANH HÓA”"),
        ("2025-12M", "HUYỆN HÀ TRUNG", "Hà Trung", "commune", "trái với “Huyện Hà Trung” ở đầu văn bản"),
    ],
)
def test_a_place_alone_is_no_sender_beside_another_letterhead(
    period: str, letterhead: str, place: str, level: Level, found: str
) -> None:
    problem = refused(period, letterhead, f"{place}, ngày 4 tháng 6 năm 2024", levels=(level,))
    assert problem.found.endswith(found)


@pytest.mark.parametrize(
    ("period", "lines", "unit_code"),
    [
        (
            "2025-12M",
            ("UBND HUYỆN HOẰNG HÓA", "UBND XÃ HOẰNG HÓA", "Hoằng Hóa, ngày 4 tháng 12 năm 2025"),
            "15865@2025-07-01",
        ),
        ("2025-12M", ("UBND XÃ HOẰNG HOÁ", "PHÒNG VĂN HÓA - XÃ HỘI"), "15865@2025-07-01"),
        ("2024-6M", ("UBND xã Hoàng Hoa báo cáo", "Hoàng Hoa, ngày 4 tháng 6 năm 2024"), "08872"),
        ("2024-6M", ("UBND HUYỆN HOẰNG HÓA", "UBND XÃ HOẰNG HỢP", "Hoằng Hợp, ngày 4 tháng 6 năm 2024"), "15919"),
    ],
)
def test_the_commune_that_is_named_itself(period: str, lines: tuple[str, ...], unit_code: str) -> None:
    assert recognised(period, *lines, levels=("commune",)).unit.unit_code == unit_code


@pytest.mark.parametrize(
    ("lines", "unit_code"),
    [
        (("UBND xã Tân Lập báo cáo", "Kính gửi: UBND huyện Vũ Thư"), "13240"),
        (("UBND xã Tân Lập báo cáo", "Kính gửi: UBND huyện Vũ Thư, tỉnh Thái Bình"), "13240"),
        (("UBND xã Tân Lập, huyện Đan Phượng báo cáo",), "09820"),
        (("UBND phường 1, quận 3 báo cáo",), "27160"),
        (("UBND Phường 1 Quận 3 báo cáo",), "27160"),
        (("UBND phường 12, quận Gò Vấp báo cáo",), "26881"),
        (("UBND phường Đội Cấn báo cáo", "UBND quận Ba Đình giao"), "00022"),
        (("UBND phường Đội Cấn báo cáo", "Công văn của UBND tỉnh Tuyên Quang"), "02524"),
        # alike but for their accents, in one district
        (("UBND xã Hoằng Phú báo cáo", "Kính gửi: UBND huyện Hoằng Hóa"), "15883"),
        (("UBND XÃ HOẰNG PHỤ", "Kính gửi: UBND huyện Hoằng Hóa"), "16003"),
        # a longer name of another district must not swallow the next word
        (("UBND xã Hòa Bình, thành phố Hòa Bình báo cáo",), "04825"),
        (("UBND xã Hòa Bình thành phố Hòa Bình báo cáo",), "04825"),
    ],
)
def test_namesakes_are_told_apart_by_what_stands_above_them_and_by_their_accents(
    lines: tuple[str, ...], unit_code: str
) -> None:
    match = recognised("2024-6M", *lines)
    assert (match.unit.unit_code, match.confidence) == (unit_code, 1.0)


def test_namesakes_that_cannot_be_told_apart_are_listed() -> None:
    problem = refused("2024-6M", "UBND phường Đội Cấn báo cáo")
    assert problem.found == (
        "2 đơn vị cùng tên phù hợp như nhau: 00022 Phường Đội Cấn, Quận Ba Đình, Thành phố Hà Nội; "
        "02524 Phường Đội Cấn, Thành phố Tuyên Quang, Tỉnh Tuyên Quang"
    )
    assert problem.expected == "một đơn vị duy nhất"
    assert problem.action == "nạp lại với tùy chọn --unit và mã của đơn vị đúng"


def test_a_commune_named_as_its_district_is_no_likelier_than_its_namesakes() -> None:
    """Neither its dateline nor words that look like a district without their accents speak for one of them."""
    lines = ("Tân Sơn, ngày 04 tháng 6 năm 2024", "UBND xã Tân Sơn báo cáo kết quả đo lường sự hài lòng như sau:")
    problem = refused("2024-6M", *lines)
    assert "Xã Tân Sơn, Huyện Tân Sơn, Tỉnh Phú Thọ" in problem.found
    assert "Xã Tân Sơn, Huyện Đô Lương, Tỉnh Nghệ An" in problem.found
    assert recognised("2024-6M", *lines, "Kính gửi: UBND huyện Tân Sơn").unit.unit_code == "08578"


def test_many_namesakes_are_counted_and_a_dozen_of_them_listed() -> None:
    found = refused("2024-6M", "UBND xã Tân Lập báo cáo").found
    expected = [code for code, unit in all_units().items() if unit.name == "Xã Tân Lập" and "@" not in code]
    assert found.startswith("22 đơn vị cùng tên phù hợp như nhau: 01159 Xã Tân Lập, Huyện Bắc Quang, Tỉnh Hà Giang; ")
    assert [part.split(" ")[0] for part in found.split(": ")[1].split("; ")] == expected[:12]


def test_namesakes_without_accents_in_one_district_are_refused() -> None:
    found = refused("2024-6M", "UBND xa Hoang Phu bao cao", "UBND huyện Hoằng Hóa giao").found
    assert found == (
        "2 đơn vị cùng tên phù hợp như nhau: 15883 Xã Hoằng Phú, Huyện Hoằng Hóa, Tỉnh Thanh Hóa; "
        "16003 Xã Hoằng Phụ, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
    )


@pytest.mark.parametrize(
    ("lines", "unit_code"),
    [
        # to whom it is sent
        (("UBND XÃ HÀ VINH", "Kính gửi: UBND huyện Hà Trung"), "15277"),
        (("ỦY BAN NHÂN DÂN", "XÃ HÀ VINH", "Kính gửi: UBND huyện Hà Trung"), "15277"),
        (("UBND xã Hà Vinh báo cáo", "Kính gửi:", "- UBND huyện Hà Trung;", "- Phòng Nội vụ huyện Hà Trung."), "15277"),
        (("UBND xã Hà Vinh báo cáo", "Nơi nhận:", "- UBND huyện Hà Trung;", "UBND huyện Hà Trung;"), "15277"),
        (("ỦY BAN NHÂN DÂN", "HUYỆN QUẢNG ĐIỀN", "Kính gửi: UBND tỉnh Thừa Thiên Huế"), "477"),
        (("UBND thành phố Thủ Đức báo cáo", "Kính gửi: UBND Thành phố Hồ Chí Minh"), "769"),
        # by whom it was asked for
        (("Thực hiện Công văn của UBND huyện Hà Trung về việc báo cáo kết quả, UBND xã Hà Vinh báo cáo",), "15277"),
        (("UBND thành phố Hồ Chí Minh giao 5 nhiệm vụ", "UBND quận Bình Tân báo cáo"), "777"),
        # whom it speaks of
        (("UBND xã Hà Vinh báo cáo", "xã Hà Long, xã Hà Bắc, xã Hà Long đạt 99%"), "15277"),
        (("UBND huyện Hà Trung báo cáo", "UBND xã Hà Vinh đạt 98%", "UBND xã Hà Vinh đạt 99%"), "392"),
        (("UBND tỉnh Thanh Hóa báo cáo", "UBND huyện Hà Trung đạt 98%", "UBND huyện Hà Trung đạt 99%"), "38"),
        # where no superior is a sender
        (("UBND HUYỆN HÀ TRUNG", "UBND XÃ HÀ VINH"), "15277"),
    ],
)
def test_the_sender_is_not_the_recipient_the_superior_or_the_example(lines: tuple[str, ...], unit_code: str) -> None:
    assert recognised("2024-6M", *lines).unit.unit_code == unit_code


def test_a_letterhead_laid_out_as_a_table_or_between_tabs() -> None:
    rows = (
        ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("XÃ HÀ VINH", "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 45/BC-UBND", "Hà Vinh, ngày 4 tháng 6 năm 2024"),
    )
    sent_to = Paragraph("Kính gửi: UBND huyện Hà Trung", "line:4")
    table = Table(tuple(Row(cells, f"line:{number}") for number, cells in enumerate(rows, start=1)))
    as_table = recognise_unit(Document("report.txt", (table, sent_to)), parse_period("2024-6M"))
    between_tabs = recognised("2024-6M", *("\t".join(cells) for cells in rows), sent_to.text)
    assert (as_table.unit.unit_code, between_tabs.unit.unit_code) == ("15277", "15277")


def test_a_known_form_says_of_which_level_the_sender_is() -> None:
    lines = ("Xã Hà Vinh, huyện Hà Trung, tỉnh Thanh Hóa",)
    assert recognised("2024-6M", *lines, levels=("commune",)).unit.unit_code == "15277"
    assert recognised("2024-6M", *lines, levels=("district",)).unit.unit_code == "392"
    assert recognised("2024-6M", *lines, levels=("province",)).unit.unit_code == "38"


@pytest.mark.parametrize(
    ("form", "sender", "period", "unit_code", "level"),
    [
        ("hue-district", "UBND huyện Quảng Điền", "6 tháng đầu năm 2024", "477", "district"),
        ("hue-district", "UBND tỉnh Thừa Thiên Huế", "năm 2023", "46", "province"),
        ("hue-district", "UBND thị xã Hương Thủy", "quý I năm 2024", "479", "district"),
        ("hue-district", "UBND thành phố Huế", "năm 2025", "46", "province"),
        ("hcmc-district", "UBND Quận 12", "quý I năm 2020", "761", "district"),
        ("hcmc-district", "UBND thành phố Thủ Đức", "quý III năm 2021", "769", "district"),
        ("hai-phong-commune", "UBND xã Nam Thanh Miện", "năm 2025", "11284@2025-07-01", "commune"),
        ("thanh-hoa-commune-2022", "UBND thị trấn Hà Trung", "9 tháng đầu năm 2022", "15271", "commune"),
        ("thanh-hoa-commune-2024", "UBND phường Bỉm Sơn", "quý III năm 2025", "14812@2025-07-01", "commune"),
    ],
)
def test_a_whole_report_on_a_known_form(
    form: str, sender: str, period: str, unit_code: str, level: Level, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(tabs(PrintedReport(opening(sender, period), form_annexes(form))), encoding="utf-8")
    loaded = load_file(path)
    assert loaded.problem is None
    assert loaded.report is not None
    assert (loaded.report.form, loaded.report.unit_code, loaded.report.level) == (form, unit_code, level)


def test_the_form_decides_where_the_text_names_all_levels_alike(tmp_path: Path) -> None:
    lines = ("BÁO CÁO", "Công tác CCHC 9 tháng đầu năm 2022", "Xã Hà Vinh, huyện Hà Trung, tỉnh Thanh Hóa")
    path = tmp_path / "report.txt"
    path.write_text(tabs(PrintedReport(lines, form_annexes("thanh-hoa-commune-2022"))), encoding="utf-8")
    report = load_file(path).report
    assert report is not None
    assert (report.unit_code, report.level) == ("15277", "commune")
    assert refused("2022-9M", *lines).place == "report.txt"


def test_who_loads_knows_better(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    annexes = form_annexes("thanh-hoa-commune-2024")
    path.write_text(tabs(PrintedReport(opening("UBND xã Tân Lập", "6 tháng"), annexes)), encoding="utf-8")
    loaded = load_file(path, Options(unit_code="13240", period=parse_period("2024-6M")))
    assert loaded.report is not None
    assert (loaded.report.unit_code, loaded.report.period) == ("13240", "2024-6M")
    assert (loaded.unit_name, loaded.unit_confidence) == ("Xã Tân Lập, Huyện Vũ Thư, Tỉnh Thái Bình", 1.0)
    unknown = load_file(path, Options(unit_code="99999", period=parse_period("2024-6M"))).problem
    assert unknown is not None
    assert (type(unknown), unknown.found) == (UnknownUnit, "mã đơn vị “99999”")


@pytest.mark.parametrize(
    "lines",
    [
        ("UBND XÃ HOẰNG HỢP TÂY", "BÁO CÁO", "Kính gửi: UBND huyện Hoằng Hóa"),
        ("UBND HUYỆN HOẰNG HÓA\tCỘNG HÒA XÃ HỘI", "UBND XÃ HOẰNG HỢP TÂY", "BÁO CÁO"),
        ("UBND xã Hoằng Hợp Tây báo cáo kết quả", "huyện Hoằng Hóa, tỉnh Thanh Hóa"),
        ("UBND xã Hoằng Hợp Tây báo cáo kết quả", "UBND huyện Hoằng Hóa chỉ đạo xã Hoằng Hợp"),
        ("Ủy ban nhân dân xã Hoằng Hợp Tây, huyện Hoằng Hóa báo cáo",),
        ("UBND XÃ HOẰNG HỢP TÂY BÁO CÁO", "HUYỆN HOẰNG HÓA"),
        ("UBND xã Hà Vinh Thượng huyện Hà Trung báo cáo kết quả",),
    ],
)
def test_a_longer_name_is_not_the_unit_its_first_words_name(lines: tuple[str, ...]) -> None:
    refused("2024-6M", *lines)
    problem = refused("2024-6M", *lines, levels=("commune",))
    assert problem.action == "nạp lại với tùy chọn --unit và mã đơn vị hành chính"


@pytest.mark.parametrize(
    ("line", "unit_code"),
    [
        ("UBND XÃ HOẰNG HỢP HUYỆN HOẰNG HÓA", "15919"),
        ("UBND XÃ HOẰNG HỢP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "15919"),
        ("UBND XÃ HOẰNG HỢP BÁO CÁO TÌNH HÌNH CẢI CÁCH HÀNH CHÍNH", "15919"),
        ("UBND xã Hoằng Hợp Báo cáo tình hình", "15919"),
        ("TM. UBND xã Hoằng Hợp Chủ tịch Nguyễn Văn An", "15919"),
        ("UBND xã Hoằng Hợp Nguyễn Văn An báo cáo", "15919"),
        ("UBND huyện Củ Chi Thành phố Hồ Chí Minh", "783"),
        ("UBND phường Bến Nghé Quận 1 báo cáo", "26740"),
        ("UBND xã Hoằng Hợp đã hoàn thành, UBND xã Hoằng Hợp báo cáo", "15919"),
    ],
)
def test_what_follows_a_name_without_going_on_with_it(line: str, unit_code: str) -> None:
    assert recognised("2024-6M", line).unit.unit_code == unit_code


@pytest.mark.parametrize(
    ("levels", "lines"),
    [
        (("province", "district"), ("TỈNH NINH BÌNH", "UBND XÃ YÊN KHÁNH", "Yên Khánh, ngày 5 tháng 12 năm 2025")),
        (
            ("commune",),
            ("UBND TỈNH NINH BÌNH", "Ninh Bình, ngày 5 tháng 12 năm 2025", "BÁO CÁO", "đã kiểm tra UBND xã Yên Khánh"),
        ),
    ],
)
def test_a_report_on_the_form_of_another_level_is_nobody_elses(
    levels: tuple[Level, ...], lines: tuple[str, ...]
) -> None:
    problem = refused("2025-12M", *lines, levels=levels)
    assert problem.found == f"văn bản của “{next(line for line in lines if line.startswith('UBND'))}”"
    assert problem.expected.endswith(", là cấp mà mẫu biểu này dành cho")


def test_the_letterhead_says_who_sends_however_often_the_text_names_another() -> None:
    lines = ("TỈNH NINH BÌNH", "UBND XÃ YÊN KHÁNH", "BÁO CÁO", *["UBND xã Khánh Nhạc báo cáo"] * 100)
    assert recognised("2025-12M", *lines, levels=("commune",)).unit.unit_code == "14560@2025-07-01"


@pytest.mark.parametrize(
    ("sender", "place"), [("UBND THÀNH PHỐ NINH BÌNH", "Ninh Bình"), ("UBND HUYỆN HOA LƯ", "Hoa Lư")]
)
def test_a_district_of_no_known_name_is_neither_what_lies_above_it_nor_its_namesake(sender: str, place: str) -> None:
    lines = ("TỈNH NINH BÌNH", sender, f"{place}, ngày 4 tháng 6 năm 2024", "BÁO CÁO", f"{sender} báo cáo")
    problem = refused("2024-6M", *lines, levels=("province", "district"))
    assert problem.found == f"đơn vị gửi “{sender}”, không có trong danh mục"


@pytest.mark.parametrize(
    ("district", "signed", "sent"), [("", 10, False), ("UBND HUYỆN HOÀI ĐỨC", 10, True), ("", 5, True)]
)
def test_a_new_unit_is_not_taken_for_the_ended_one_of_its_name(district: str, signed: int, sent: bool) -> None:
    """`Xã An Khánh` of Hà Nội was made anew on 01/07/2025; half a year ends on 14/06/2025."""
    month = 7 if signed == 10 else 6
    dated = f"An Khánh, ngày {signed} tháng {month} năm 2025"
    lines = [line for line in ("THÀNH PHỐ HÀ NỘI", district, "UBND XÃ AN KHÁNH", dated, "BÁO CÁO") if line]
    if sent:
        assert recognised("2025-6M", *lines, levels=("commune",)).unit.unit_code == "09877"
    else:
        assert refused("2025-6M", *lines, levels=("commune",)).found == (
            "văn bản ký khi Xã An Khánh, Huyện Hoài Đức, Thành phố Hà Nội không còn, không nêu huyện cũ, nên có thể là "
            "của Xã An Khánh, Thành phố Hà Nội, đơn vị chưa có ở ngày cuối kỳ 14/06/2025"
        )


@pytest.mark.parametrize("body", ["BAN QUẢN LÝ KHU KINH TẾ", "TỈNH ỦY"])
def test_another_body_of_a_province_is_not_its_committee(body: str) -> None:
    lines = ("UBND TỈNH THANH HÓA", body, "Thanh Hóa, ngày 4 tháng 6 năm 2024", "BÁO CÁO")
    assert refused("2024-6M", *lines, levels=("province", "district")).found == f"văn bản của “{body}”"


@pytest.mark.parametrize(
    ("levels", "lines", "unit_code"),
    [
        (
            ("commune",),
            (
                "PHỤ LỤC 01",
                "(Ban hành kèm theo Quyết định số 12/QĐ-UBND của UBND tỉnh Thanh Hóa)",
                "Đơn vị: Xã Hoằng Hợp, huyện Hoằng Hóa",
            ),
            "15919",
        ),
        (("commune",), ("UBND HUYỆN HOẰNG HÓA", "XÃ HOẰNG HỢP Số: 12/BC-UBND", "BÁO CÁO"), "15919"),
        (("commune",), ("UBND HUYỆN HOẰNG HÓA XÃ HOẰNG HỢP", "BÁO CÁO", "của xã Hoằng Hợp"), "15919"),
        (
            ("commune",),
            ("UBND HUYỆN HOẰNG HÓA", "XÃ HOẰNG HỢP", "V/v phối hợp với UBND xã Hoằng Đức", "BÁO CÁO"),
            "15919",
        ),
        (("district",), ("UBND HUYỆN QUẢNG ĐIỀN", "PHỤ LỤC 2", "CÔNG CHỨC TẠI UBND HUYỆN VÀ UBND XÃ"), "477"),
    ],
)
def test_who_issues_a_form_or_is_named_beside_the_sender_does_not_send(
    levels: tuple[Level, ...], lines: tuple[str, ...], unit_code: str
) -> None:
    assert recognised("2024-6M", *lines, levels=levels).unit.unit_code == unit_code


@pytest.mark.parametrize(
    ("lines", "level", "unit_code"),
    [
        (("UBND TỈNH NINH BÌNH", "Ninh Bình, ngày 3 tháng 7 năm 2025"), "province", "37"),
        (("TỈNH BÌNH PHƯỚC", "UBND XÃ MINH LẬP", "Minh Lập, ngày 3 tháng 7 năm 2025"), "commune", None),
    ],
)
def test_a_report_signed_late_is_its_units_where_no_other_can_have_sent_it(
    lines: tuple[str, ...], level: Level, unit_code: str | None
) -> None:
    found = recognised("2025-6M", *lines, "BÁO CÁO", levels=(level,)).unit
    assert found.valid_to is not None
    assert unit_code in (found.unit_code, None)
