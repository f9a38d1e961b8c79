"""Figures in set phrases: procedures at the one-stop shop, online services, documents, staff; and what is none."""

import pytest

from loaders.document import Document, Paragraph
from loaders.narrative import read_narrative
from loaders.text_shares import wrong_shares
from warehouse.model import Level
from warehouse.periods import parse_period


def stated(text: str, level: Level = "commune") -> list[str]:
    """Each figure as `indicator value`, with its level where it is not the unit's own, and its note."""
    document = Document("a.txt", tuple(Paragraph(line, f"line:{n}") for n, line in enumerate(text.split("\n"), 1)))
    return [
        f"{row.indicator} {row.value}"
        + (f" @{row.level}" if row.level != level else "")
        + (f" [{row.note}]" if row.note else "")
        for row in read_narrative(document, level, parse_period("2024-6M"))
        if row.indicator
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bộ phận một cửa hiện đang tiếp nhận 55 TTHC.", ["procedures_one_stop 55"]),
        ("Hiện nay đang tiếp nhận và giải quyết 120 thủ tục hành chính.", ["procedures_one_stop 120"]),
        ("Số thủ tục hành chính đang thực hiện theo cơ chế một cửa là: 128 thủ tục.", ["procedures_one_stop 128"]),
        ("Số TTHC đưa vào giải quyết qua bộ phận một cửa: 1.128 TTHC.", ["procedures_one_stop 1128"]),
        ("Tổng số 246 TTHC được niêm yết.", ["procedures_in_force 246"]),
        ("Tổng số TTHC thuộc thẩm quyền giải quyết của xã là 207 thủ tục.", ["procedures_in_force 207"]),
        (
            "Duy trì 146 dịch vụ công trực tuyến một phần và 54 dịch vụ công trực tuyến toàn trình.",
            ["procedures_online_level_3 146", "procedures_online_level_4 54"],
        ),
        (
            "Cung cấp 12 TTHC mức độ 3, 28 TTHC mức độ 4.",
            ["procedures_online_level_3 12", "procedures_online_level_4 28"],
        ),
        (
            "Tổng số dịch vụ công trực tuyến một phần là 269; dịch vụ công trực tuyến toàn trình là 179.",
            ["procedures_online_level_3 269", "procedures_online_level_4 179"],
        ),
        ("Đã kiểm tra, rà soát theo thẩm quyền 17 Nghị quyết.", ["legal_documents_reviewed 17"]),
        ("Quý 2 năm 2024 đã rà soát 17 VBQPPL.", ["legal_documents_reviewed 17 [Quý 2]"]),
        ("Đã kiểm tra theo thẩm quyền 04 văn bản QPPL.", ["legal_documents_checked 4"]),
        ("UBND xã đã ban hành 02 VBQPPL.", ["legal_documents_issued_committee 2"]),
        ("HĐND xã ban hành 03 văn bản quy phạm pháp luật.", ["legal_documents_issued_council 3"]),
        ("Lãnh đạo xã ban hành 12 văn bản chỉ đạo chuyên đề.", ["directive_documents 12"]),
        ("Đã khảo sát sự hài lòng của người dân với 300 phiếu.", ["satisfaction_survey_forms 300"]),
        ("Tổ chức đối thoại giữa Chủ tịch UBND xã với doanh nghiệp.", ["dialogue_held 1"]),
        (
            "Công chức: có 7/8 đồng chí đạt chuẩn về chuyên môn.",
            ["civil_servants_qualified 7", "civil_servants_present 8"],
        ),
        (
            "Tổng số cán bộ, công chức xã là 20 đồng chí. Trong đó, cán bộ là 11 đồng chí, công chức là 09 đồng chí.",
            ["staff_present 20", "cadres_present 11", "civil_servants_present 9"],
        ),
        ("UBND xã đang được bố trí 9 công chức (01 người là tư pháp).", ["civil_servants_present 9"]),
        ("Số biên chế có mặt của xã là 17 đồng chí.", ["staff_present 17"]),
    ],
)
def test_a_figure_in_a_set_phrase(text: str, found: list[str]) -> None:
    assert stated(text) == found


def test_the_tier_that_a_set_phrase_speaks_of() -> None:
    text = "Bộ phận một cửa của huyện hiện đang tiếp nhận 55 TTHC.\nUBND các xã, thị trấn hiện đang tiếp nhận 18 TTHC."
    assert stated(text, "district") == ["procedures_one_stop 55", "procedures_one_stop 18 @commune"]


@pytest.mark.parametrize(
    "text",
    [
        "Phấn đấu cung cấp 54 dịch vụ công trực tuyến toàn trình.",
        "Bổ sung thêm 12 dịch vụ công trực tuyến toàn trình so với năm trước.",
        "Có 31 dịch vụ công trực tuyến toàn trình phát sinh hồ sơ.",
        "Hiện đang tiếp nhận 12 TTHC liên thông.",
        "Thực hiện Nghị quyết số 17 của HĐND tỉnh về rà soát văn bản.",
        "Đã rà soát Nghị quyết số 17/NQ-HĐND.",
        "Có 05 công chức được bổ nhiệm, 06 đồng chí tham gia lớp Đại học.",
        "Công chức: 02 người nghỉ hưu.",
        "Cán bộ không chuyên trách: 399 người tham gia.",
        "Bố trí 08 công chức tại bộ phận một cửa.",
        "Trong 6 tháng không có công chức nào được tuyển dụng.",
        "Sẽ tổ chức đối thoại với người dân trong quý III.",
        "Kế hoạch tổ chức đối thoại năm 2024.",
        "Các xã cũ đã ban hành 12 văn bản chỉ đạo.",
    ],
)
def test_what_is_no_such_figure(text: str) -> None:
    assert [one for one in stated(text) if not one.startswith(("dossiers", "feedback"))] == []


def shares(*lines: str) -> list[tuple[str, float, float, float]]:
    document = Document("a.txt", tuple(Paragraph(line, f"line:{n}") for n, line in enumerate(lines, 1)))
    return [
        (one.rule, *(float(one.compared[name]) for name in ("numerator", "denominator", "stated_percent")))
        for one in wrong_shares(document)
    ]


LIST = ("- Cán bộ không chuyên trách:", "+ Tổng số lượng cán bộ không chuyên trách tại xã: 399 người.")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((*LIST, "+ Được bồi dưỡng: 365 người (đạt 91,4%)."), ("text_rate_truncated", 365.0, 399.0, 91.4)),
        ((*LIST, "+ Được bồi dưỡng: 365 người (đạt 81,5%)."), ("text_rate_differs", 365.0, 399.0, 81.5)),
        (
            ("Tổng số hồ sơ tiếp nhận: 494 hồ sơ, trong đó trực tuyến 448 hồ sơ, đạt 80,69%.",),
            ("text_rate_differs", 448.0, 494.0, 80.69),
        ),
    ],
)
def test_a_percentage_of_a_total_named_before(lines: tuple[str, ...], found: tuple[str, float, float, float]) -> None:
    assert shares(*lines) == [found]


@pytest.mark.parametrize(
    "lines",
    [
        (*LIST, "+ Được bồi dưỡng: 365 người (đạt 91,5%)."),
        (*LIST, "+ Được bồi dưỡng: 365 người (đạt 91%)."),
        (*LIST, "+ Đáp ứng yêu cầu: 399 người (đạt 100%)."),
        (*LIST, "+ Đã giải quyết 365 hồ sơ (đạt 81,5%)."),
        (*LIST, "2. Công chức", "+ Được bồi dưỡng: 365 người (đạt 81,5%)."),
        ("Tổng số hồ sơ: 500 hồ sơ, đã giải quyết 480 hồ sơ, đúng hạn 470 hồ sơ (đạt 97,9%).",),
        ("Đã giải quyết 480 hồ sơ, đúng hạn 470 hồ sơ (đạt 90%).",),
    ],
)
def test_a_percentage_that_is_right_or_has_no_total(lines: tuple[str, ...]) -> None:
    assert shares(*lines) == []
