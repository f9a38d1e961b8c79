"""Misspelt names of units: which are taken for the only unit of nearly that name, and which may be another's."""

from datetime import date

import pytest
from unit_texts import recognised, refused

from warehouse.model import Remark
from warehouse.periods import parse_period


@pytest.mark.parametrize(
    "lines",
    [
        ("UBND xã Hoằng Hợpp báo cáo", "Kính gửi: UBND huyện Hoằng Hóa"),
        ("UBND xã Hoằnh Hợp báo cáo", "Công văn của UBND huyện Hoằng Hóa"),
        ("Hằng Hợp, ngày 4 tháng 6 năm 2024", "UBND xã báo cáo", "UBND huyện Hoằng Hóa giao"),
    ],
)
def test_a_misspelt_name_is_found_in_its_district_and_said_to_be_less_sure(lines: tuple[str, ...]) -> None:
    match = recognised("2024-6M", *lines)
    assert (match.unit.unit_code, match.confidence) == ("15919", 0.84)


def test_a_misspelt_name_is_told_where_the_unit_is_under_another_district_as_well() -> None:
    lines = ("UBND HUYỆN HOẰNG HÓA", "UBND XÃ HOẰNG HỢPP", "BÁO CÁO", "Kính gửi: UBND huyện Hà Trung")
    match = recognised("2024-6M", *lines, "UBND xã Hoằng Hợpp báo cáo")
    assert (match.unit.unit_code, match.confidence) == ("15919", 0.7)
    assert [remark.rule for remark in match.remarks(date(2024, 6, 14))] == ["unit_guessed"]


@pytest.mark.parametrize(
    "lines",
    [
        # nearly xã Bắc Lương, but of another district
        ("UBND HUYỆN HOẰNG HÓA", "UBND XÃ BẠCH DƯƠNG LĨNH", "huyện Hoằng Hóa, tỉnh Thanh Hóa"),
        ("UBND xã Bạch Dương Lĩnh báo cáo", "Kính gửi: UBND huyện Hoằng Hóa", "tỉnh Thanh Hóa"),
        ("UBND xã Bắc Lươngg báo cáo", "Kính gửi: UBND huyện Hoằng Hóa", "tỉnh Thanh Hóa"),
        # a longer name that starts like a slip of one of the district
        ("UBND XÃ HOẰNH HỢP TÂY", "UBND huyện Hoằng Hóa giao"),
        # two letters off in a short name, and numbers
        ("UBND xã Hoằnh Hợpp báo cáo", "Kính gửi: UBND huyện Hoằng Hóa"),
        ("UBND phường 99 báo cáo", "Kính gửi: UBND quận Gò Vấp"),
    ],
)
def test_no_name_of_elsewhere_nor_a_far_one_is_taken_for_a_slip(lines: tuple[str, ...]) -> None:
    assert refused("2024-6M", *lines, levels=("commune",)).action.endswith("--unit và mã đơn vị hành chính")


def test_a_slip_in_a_province_of_which_no_district_is_named() -> None:
    match = recognised("2024-6M", "UBND xã Nga Phượngg báo cáo", "Công văn của UBND tỉnh Thanh Hóa")
    assert (match.unit.name, match.confidence) == ("Xã Nga Phượng", 0.84)
    told = {"unit_name": "Xã Nga Phượng, Huyện Nga Sơn, Tỉnh Thanh Hóa", "unit_code": "16114"}
    assert match.remarks(parse_period("2024-6M").window_end) == (Remark("unit_guessed", "report", told),)


def test_a_slip_that_may_be_of_another_unit_is_refused_and_all_are_listed() -> None:
    problem = refused("2024-6M", "UBND HUYỆN NGA SƠN", "UBND XÃ NGA TIẾNN", "BÁO CÁO", levels=("commune",))
    assert (problem.found, problem.action) == (
        "tên đơn vị “nga tienn” (bỏ dấu) không có trong danh mục; gần giống: "
        "16108 Xã Nga Tiến, Huyện Nga Sơn, Tỉnh Thanh Hóa; 16105 Xã Nga Thiện, Huyện Nga Sơn, Tỉnh Thanh Hóa; "
        "16150 Xã Nga Điền, Huyện Nga Sơn, Tỉnh Thanh Hóa; 16159 Xã Nga Liên, Huyện Nga Sơn, Tỉnh Thanh Hóa",
        "nạp lại với tùy chọn --unit và mã đơn vị hành chính",
    )


@pytest.mark.parametrize(
    ("place", "sender", "other"),
    [
        ("Hoằng Đạo, ngày 4 tháng 6 năm 2024", "", "Đạo"),
        ("Hoằng Hóa, ngày 4 tháng 6 năm 2024", "UBND xã Hoằng Đạo báo cáo", "Đạo"),
        ("Hoằng Đạt, ngày 4 tháng 6 năm 2024", "UBND xã Hoằng Đạo báo cáo", "Đạo"),
        ("Hoằng Đạt, ngày 4 tháng 6 năm 2024", "UBND xã Hoằng Đạt báo cáo", ""),
        ("Hoang Dat, ngày 4 tháng 6 năm 2024", "Kính gửi: UBND xã Hoằng Đạo", ""),
        ("Hoằng Lộc, ngày 4 tháng 6 năm 2024", "xã Hoằng Đạo đạt 98%", ""),
    ],
)
def test_two_neighbours_of_nearly_one_name_are_not_told_apart(place: str, sender: str, other: str) -> None:
    lines = ("UBND HUYỆN HOẰNG HÓA", "UBND XÃ HOẰNG ĐẠT", place, "BÁO CÁO", sender)
    if not other:
        assert recognised("2024-6M", *lines, levels=("commune",)).unit.name == "Xã Hoằng Đạt"
        return
    assert refused("2024-6M", *lines, levels=("commune",)).found == (
        "hai đơn vị có tên gần giống nhau trong cùng văn bản: Xã Hoằng Đạt, Huyện Hoằng Hóa, Tỉnh Thanh Hóa; "
        f"Xã Hoằng {other}, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
    )


def test_a_name_of_another_district_that_is_nearly_one_of_the_named_is_refused() -> None:
    lines = ("UBND HUYỆN CẨM THỦY", "UBND XÃ TAM VĂN", "BÁO CÁO")
    assert refused("2024-6M", *lines, levels=("commune",)).found == (
        "Xã Tam Văn trong Huyện Cẩm Thủy, không có trong danh mục; gần giống: "
        "15184 Xã Cẩm Vân, Huyện Cẩm Thủy, Tỉnh Thanh Hóa"
    )


def test_a_misspelt_name_without_a_district_is_refused() -> None:
    assert refused("2024-6M", "UBND xã Hoằnh Hợp báo cáo").place == "report.txt"


def test_a_name_of_another_time_is_no_misspelling_of_a_name_of_now() -> None:
    """Xã Hoằng Hợp ended in 2025; there are xã Hoằng Hóa, Hoằng Lộc and others since."""
    lines = ("Hoằng Hợp, ngày 4 tháng 12 năm 2025", "UBND xã báo cáo", "UBND tỉnh Thanh Hóa giao 5 nhiệm vụ")
    assert refused("2025-12M", *lines, levels=("commune",)).expected == "tên xã, huyện hoặc tỉnh gửi báo cáo"


@pytest.mark.parametrize("accents", ["Hoằng Hơp", "Hoang Hop", "HOẰNG HỢP", "Hoàng Hợp"])
def test_wrong_accents_are_no_misspelling(accents: str) -> None:
    match = recognised("2024-6M", f"{accents}, ngày 4 tháng 6 năm 2024", f"UBND xã {accents} báo cáo")
    assert (match.unit.unit_code, match.confidence) == ("15919", 1.0)
