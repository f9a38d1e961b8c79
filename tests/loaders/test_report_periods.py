"""The period of a report from its title, and the dates it states about itself."""

from datetime import date

import pytest

from loaders.columns import column_period
from loaders.dates import Dates, recognise_dates, stated_days
from loaders.document import Document, Paragraph, Row, Table
from loaders.periods import recognise_period
from loaders.problems import UnknownPeriod
from warehouse.periods import parse_period


def document(*lines: str) -> Document:
    return Document("report.txt", tuple(Paragraph(line, f"line:{n}") for n, line in enumerate(lines, start=1)))


TITLES = [
    # quarters
    ("Công tác cải cách hành chính Quý I năm 2020", "2020-Q1"),
    ("Công tác cải cách hành chính Quý II/2023", "2023-Q2"),
    ("CÔNG TÁC CẢI CÁCH HÀNH CHÍNH QUÝ III NĂM 2021", "2021-Q3"),
    ("Công tác CCHC quý IV năm 2023", "2023-Q4"),
    ("Công tác CCHC quý 1/2024", "2024-Q1"),
    ("Công tác CCHC quý I-2024", "2024-Q1"),
    ("Công tác CCHC quý I, năm 2024", "2024-Q1"),
    ("Công tác CCHC quý IV, năm 2022", "2022-Q4"),
    ("Công tác CCHC quý\u00a0II năm\u00a02024", "2024-Q2"),
    ("Công tác CCHC 3 tháng đầu năm 2024", "2024-Q1"),
    ("Công tác CCHC Quí II năm 2022", "2022-Q2"),
    ("Công tác CCHC quí 3/2022", "2022-Q3"),
    ("Công tác CCHC quí IV và năm 2022", "2022-12M"),
    # several quarters from the first on
    ("Công tác CCHC quý I+II năm 2024", "2024-6M"),
    ("Công tác CCHC quý I và quý II năm 2024", "2024-6M"),
    ("Công tác CCHC quý I/2024 và quý II/2024", "2024-6M"),
    ("Công tác CCHC quý 1,2,3 năm 2024", "2024-9M"),
    ("Công tác CCHC quí I, II, III và IV năm 2024", "2024-12M"),
    ("Công tác CCHC 6-tháng năm 2024", "2024-6M"),
    ("Công tác CCHC tháng 12 và năm 2024", "2024-12M"),
    ("Việc tuân thủ quy định CCHC năm 2024 của xã Hải Thắng", "2024-12M"),
    ("Công tác CCHC của xã Hải Thắng năm 2024", "2024-12M"),
    ("Công tác CCHC của tỉnh Quảng Nam năm 2024", "2024-12M"),
    ("Công tác CCHC 03 tháng đầu năm 2024", "2024-Q1"),
    # half a year, nine months
    ("Tình hình thực hiện công tác cải cách hành chính 6 tháng đầu năm 2024", "2024-6M"),
    ("Công tác CCHC 06 tháng đầu năm 2024", "2024-6M"),
    ("Công tác CCHC sáu tháng đầu năm 2024", "2024-6M"),
    ("Công tác CCHC 6 tháng 2024", "2024-6M"),
    ("Công tác CCHC 6 tháng/2024", "2024-6M"),
    ("Kết quả thực hiện công tác Cải cách hành chính 9 tháng đầu năm 2022.", "2022-9M"),
    ("Công tác CCHC 09 tháng đầu năm 2022", "2022-9M"),
    ("Công tác CCHC 9 tháng năm 2022", "2022-9M"),
    ("Công tác CCHC chín tháng đầu năm 2022", "2022-9M"),
    # whole years
    ("Công tác cải cách hành chính định kỳ năm 2025", "2025-12M"),
    ("Công tác CCHC 12 tháng năm 2025", "2025-12M"),
    ("CÔNG TÁC CẢI CÁCH HÀNH CHÍNH QUÝ IV VÀ NĂM 2022", "2022-12M"),
    ("Công tác CCHC quý IV và cả năm 2022", "2022-12M"),
    ("Công tác CCHC quý IV, cả năm 2022", "2022-12M"),
    ("Công tác CCHC Quý IV/2022 và năm 2022", "2022-12M"),
    ("Công tác CCHC quý IV năm 2022 và cả năm 2022", "2022-12M"),
    ("Công tác CCHC Quý IV/2022 và năm 2022, phương hướng, nhiệm vụ Quý I/2023", "2022-12M"),
    ("Công tác CCHC quý IV; kết quả năm 2022", "2022-12M"),
    ("Công tác CCHC quý IV + năm 2022", "2022-12M"),
    ("Công tác CCHC quý IV và lũy kế năm 2022", "2022-12M"),
    ("Công tác CCHC năm 2022 và quý IV/2022", "2022-12M"),
    ("Công tác CCHC quý IV/2022 và nhiệm vụ năm 2023", "2022-Q4"),
    ("Công tác CCHC quý 4 và tổng kết năm 2022", "2022-12M"),
    # two periods in one title: the cumulative one is what the tables hold
    ("Công tác CCHC quý II và 6 tháng đầu năm 2024", "2024-6M"),
    ("Công tác CCHC quý III và 9 tháng năm 2024", "2024-9M"),
    # plans for later in the same title
    ("Công tác CCHC 6 tháng đầu năm 2024; Nhiệm vụ trọng tâm 6 tháng cuối năm 2024", "2024-6M"),
    ("Công tác CCHC 6 tháng đầu năm, phương hướng nhiệm vụ 6 tháng cuối năm 2024", "2024-6M"),
    ("Công tác CCHC 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2024", "2024-6M"),
    ("Công tác CCHC 9 tháng, nhiệm vụ trọng tâm quý IV năm 2022", "2022-9M"),
    ("Công tác CCHC quý I, nhiệm vụ trọng tâm quý II năm 2024", "2024-Q1"),
    ("Công tác CCHC quý III và nhiệm vụ quý IV năm 2024", "2024-Q3"),
    ("Công tác CCHC năm 2022 và phương hướng nhiệm vụ năm 2023", "2022-12M"),
    ("Tổng kết công tác CCHC năm 2022 và kế hoạch năm 2023", "2022-12M"),
    ("Công tác CCHC quý IV và năm 2022; phương hướng năm 2023", "2022-12M"),
    ("Tổng kết công tác CCHC năm 2025 và phương hướng, nhiệm vụ năm 2026", "2025-12M"),
    ("Tổng kết công tác CCHC năm 2025 và nhiệm vụ quý I/2026", "2025-12M"),
    ("Công tác CCHC quý III và nhiệm vụ quý IV/2025", "2025-Q3"),
    ("Công tác CCHC 9 tháng, nhiệm vụ tháng 10 năm 2025", "2025-9M"),
    # the year is only that of the plan, for a quarter of the year after
    ("Công tác CCHC quý IV và nhiệm vụ quý I năm 2025", "2024-Q4"),
    ("Công tác CCHC quý IV, kế hoạch quý I/2025", "2024-Q4"),
    ("Công tác CCHC quý IV và cả năm; phương hướng, nhiệm vụ quý I năm 2025", "2024-12M"),
    ("Công tác CCHC quý IV, thực hiện nhiệm vụ năm 2024", "2024-Q4"),
    ("Công tác CCHC quý I và nhiệm vụ 9 tháng còn lại năm 2024", "2024-Q1"),
    ("Công tác CCHC quý III và nhiệm vụ 3 tháng tiếp theo năm 2024", "2024-Q3"),
    ("Công tác CCHC 6 tháng đầu năm và nhiệm vụ 6 tháng tiếp theo năm 2024", "2024-6M"),
    # or of what is carried out
    ("Kết quả 6 tháng đầu năm thực hiện Chương trình, Kế hoạch CCHC năm 2024", "2024-6M"),
    ("Kết quả quý I thực hiện các mục tiêu, nhiệm vụ CCHC năm 2024", "2024-Q1"),
    # other usual writings
    ("Công tác CCHC 2024", "2024-12M"),
    ("Kết quả công tác cải cách hành chính 2024, phương hướng 2025", "2024-12M"),
    ("Công tác CCHC 6T đầu năm 2024", "2024-6M"),
    ("Công tác CCHC 6T/2024", "2024-6M"),
    ("Công tác CCHC 9T năm 2023", "2023-9M"),
    ("Công tác CCHC nửa đầu năm 2024", "2024-6M"),
    ("Công tác CCHC Q.II/2024", "2024-Q2"),
    ("Công tác CCHC Q1/2024", "2024-Q1"),
    ("Công tác CCHC tháng 6 và 6 tháng đầu năm 2024", "2024-6M"),
    ("Công tác CCHC 6 tháng đầu năm, ước thực hiện cả năm 2024", "2024-6M"),
    ("Tổng kết công tác CCHC năm 2023, triển khai nhiệm vụ năm 2024", "2023-12M"),
    ("Công tác CCHC kỳ báo cáo quý III/2024", "2024-Q3"),
    ("Công tác CCHC 6 tháng (từ 15/12/2023 đến 14/6/2024)", "2024-6M"),
    # only a window
    ("Công tác CCHC từ ngày 15/12/2023 đến ngày 14/6/2024", "2024-6M"),
    ("Công tác CCHC (từ 15/3/2024 đến 14/6/2024)", "2024-Q2"),
    ("Công tác CCHC (từ ngày 15/12/2022 đến hết ngày 14/12/2023)", "2023-12M"),
    ("Công tác CCHC từ ngày 15/12/2023 đến ngày 14/3/2024", "2024-Q1"),
    ("Công tác CCHC từ 01/01/2024 đến 30/9/2024", "2024-9M"),
    # a plan that was carried out
    ("Kết quả thực hiện Kế hoạch CCHC 6 tháng đầu năm 2024", "2024-6M"),
    ("Kết quả thực hiện kế hoạch cải cách hành chính năm 2024", "2024-12M"),
    ("Kết quả thực hiện nhiệm vụ trọng tâm CCHC quý II năm 2024", "2024-Q2"),
]


@pytest.mark.parametrize(("title", "code"), TITLES)
def test_the_period_of_a_title(title: str, code: str) -> None:
    letterhead = ("UBND XÃ HÀ VINH", "Số: 12/BC-UBND", "Hà Vinh, ngày 12 tháng 6 năm 2019")
    assert recognise_period(document(*letterhead, "BÁO CÁO", title)).code == code
    assert recognise_period(document(*letterhead, f"BÁO CÁO {title.upper()}")).code == code


OF_PLANS = [
    ("Kết quả công tác CCHC 6 tháng đầu năm, triển khai nhiệm vụ CCHC năm 2024", "12 tháng 6 năm 2024", "2024-6M"),
    ("Kết quả công tác CCHC quý I và phương hướng, nhiệm vụ năm 2024", "20 tháng 3 năm 2024", "2024-Q1"),
    ("Công tác CCHC 9 tháng đầu năm, nhiệm vụ năm 2025", "16 tháng 9 năm 2024", "2024-9M"),
    ("Công tác CCHC quý IV, nhiệm vụ năm 2024", "14 tháng 12 năm 2023", "2023-Q4"),
    ("Công tác CCHC 6 tháng đầu năm, nhiệm vụ, giải pháp thời gian tới năm 2024", "1 tháng 7 năm 2024", "2024-6M"),
    ("Tổng kết công tác CCHC và triển khai nhiệm vụ năm 2025", "20 tháng 12 năm 2024", "2024-12M"),
    ("Công tác CCHC 9 tháng và nhiệm vụ 6 tháng tiếp theo năm 2024", "6 tháng 9 năm 2024", "2024-9M"),
    ("Tổng kết công tác CCHC, triển khai nhiệm vụ năm 2025", "15 tháng 12 năm 2025", "2025-12M"),
]


@pytest.mark.parametrize(("title", "day", "code"), OF_PLANS)
def test_the_year_of_a_plan_is_the_reports_where_it_was_signed_then(title: str, day: str, code: str) -> None:
    assert recognise_period(document(f"Hà Vinh, ngày {day}", "BÁO CÁO", title)).code == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Phụ lục 1: Số liệu CCHC 6 tháng đầu năm 2024", "Trên đây là báo cáo 6 tháng đầu năm 2024"), "2024-6M"),
        (("UBND xã báo cáo kết quả 6 tháng đầu năm 2023 như sau:",), "2023-6M"),
        (("Phụ lục 1: Số liệu CCHC 6 tháng đầu năm 2024", "Phụ lục 2: Số liệu 6 tháng đầu năm 2023"), None),
        (("So với 6 tháng đầu năm 2023 tăng 5 %",), None),
        (("Hà Vinh, ngày 12 tháng 12 năm 2022", "Phụ lục 1: Số liệu CCHC 6 tháng đầu năm 2024"), None),
    ],
)
def test_without_a_day_of_signing_other_headings_tell_the_year_of_a_plan(lines: tuple[str, ...], code: str) -> None:
    title = "Công tác CCHC 6 tháng đầu năm, triển khai nhiệm vụ CCHC năm 2024"
    printed = document("BÁO CÁO", title, "Nơi nhận", "Nội dung", "Phần một", *lines)
    if code:
        assert recognise_period(printed).code == code
        return
    with pytest.raises(UnknownPeriod) as refused:
        recognise_period(printed)
    said = "trong tiêu đề chỉ có năm của nhiệm vụ sắp tới, ngày ký không cho biết là 2024-6M hay 2023-6M"
    assert refused.value.found == f"{said}: “{title}”"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("BÁO CÁO", "Công tác cải cách hành chính", "9 tháng đầu năm 2022"), "2022-9M"),
        (("BÁO CÁO", "Công tác cải cách hành chính 9 tháng", "đầu năm 2022"), "2022-9M"),
        (("BÁO CÁO", "Công tác cải cách hành chính quý", "II năm 2023"), "2023-Q2"),
        (("BÁO CÁO", "CÔNG TÁC CẢI CÁCH HÀNH CHÍNH QUÝ IV", "VÀ NĂM 2022"), "2022-12M"),
        (("BÁO CÁO", "Công tác CCHC 6 tháng đầu năm,", "nhiệm vụ 6 tháng cuối năm 2024"), "2024-6M"),
        (("**BÁO CÁO**", "**Công tác CCHC quý I năm 2024**"), "2024-Q1"),
        (("BÁO CÁO\nCông tác CCHC\nnăm 2024",), "2024-12M"),
    ],
)
def test_a_title_broken_over_lines(lines: tuple[str, ...], code: str) -> None:
    assert recognise_period(document(*lines)).code == code


@pytest.mark.parametrize(
    "lines",
    [
        ("Phụ lục 2", "(Kèm theo Báo cáo số 12/BC-UBND ngày 06 tháng 10 năm 2022 của UBND xã)"),
        ("Hà Vinh, ngày 6 tháng 10 năm 2022",),
        ("Hà Vinh, ngày 12 tháng 10 năm 2022", "Phụ lục 2"),
    ],
)
def test_a_date_is_no_period(lines: tuple[str, ...]) -> None:
    title = "Số liệu thống kê cải cách hành chính 9 tháng đầu năm 2022"
    assert recognise_period(document(*lines, title)).code == "2022-9M"
    with pytest.raises(UnknownPeriod):
        recognise_period(document(*lines))


@pytest.mark.parametrize(
    "title",
    [
        "Công tác cải cách hành chính",
        "Công tác CCHC quý I",
        "Công tác CCHC 6 tháng đầu năm",
        "Công tác CCHC 6 tháng cuối năm 2023",
        "Công tác CCHC tháng 6 năm 2024",
        "Công tác CCHC tháng 10 năm 2024",
        "Công tác CCHC tháng 6/2024",
        "Công tác CCHC 6 tháng đầu năm 1999",
        "Công tác CCHC năm 2055",
        "Phương hướng, nhiệm vụ năm 2024",
        "Công tác CCHC quý IV và nhiệm vụ năm 2024",
        "Công tác CCHC quý IV và các nhiệm vụ, kế hoạch năm 2024",
        "Công tác CCHC quý IV và thực hiện nhiệm vụ, kế hoạch năm 2024",
        "Công tác CCHC quý IV và nhiệm vụ 3 tháng tiếp theo năm 2024",
        "Công tác CCHC 2024 (tuần 24)",
        "Công tác CCHC 2020-2025",
        "Chỉ số CCHC 2024",
        "Công tác CCHC năm 2023, kết quả quý I/2024",
        "Công tác CCHC giai đoạn 2021-2025",
        "Công tác CCHC quý V năm 2024",
        "Công tác CCHC 8 tháng đầu năm 2024",
        "Công tác CCHC 11 tháng năm 2024",
        "Công tác CCHC bảy tháng năm 2024",
        "Công tác CCHC tháng bảy năm 2024",
        "Công tác CCHC tháng 7, 8, 9 năm 2024",
        "Công tác CCHC học kỳ I năm 2024",
        "Công tác CCHC tuần 24 năm 2024",
        "Công tác CCHC năm 2024 (tuần 24)",
        "Công tác CCHC quý cuối năm 2024",
        "Công tác CCHC 3 tháng giữa năm 2024",
        "Công tác CCHC những tháng đầu năm 2024",
        "Công tác CCHC cuối năm 2024",
        "Công tác CCHC quý II+III năm 2024",
        "Công tác CCHC quý I đến quý III năm 2024",
        "Công tác CCHC quý I/II năm 2024",
        "Sơ kết 5 năm 2020-2025",
        "Công tác CCHC quý I năm 2024 và quý IV năm 2023",
        "Công tác CCHC quý IV/2022 và năm 2023",
        "Công tác CCHC năm 2023 và quý I năm 2024",
        "Công tác CCHC 100 ngày năm 2024",
        "Sơ kết giữa nhiệm kỳ năm 2024",
        "Công tác CCHC năm 2020-2025",
        "Công tác CCHC 8 tháng (từ 15/12/2023 đến 14/8/2024) năm 2024",
    ],
)
def test_a_title_that_names_no_period_of_ours_is_refused(title: str) -> None:
    with pytest.raises(UnknownPeriod) as refused:
        recognise_period(document("Hà Vinh, ngày 6 tháng 9 năm 2024", "BÁO CÁO", title))
    assert refused.value.place == "report.txt"
    assert refused.value.action == "nạp lại với tùy chọn --period, ví dụ --period 2024-6M"


@pytest.mark.parametrize(
    "title",
    [
        "Công tác CCHC tuần 24 năm 2024",
        "Công tác CCHC tháng 6/2024",
        "Sơ kết 5 năm 2020-2025",
        "Công tác CCHC cuối năm 2024",
    ],
)
def test_another_stretch_of_time_in_the_title_is_not_overruled_by_what_follows(title: str) -> None:
    lines = ("BÁO CÁO", title, "Kết quả", "Nội dung", "Mục tiêu", "Mục tiêu năm 2024 đạt 80%")
    with pytest.raises(UnknownPeriod) as refused:
        recognise_period(document(*lines))
    assert refused.value.found == f"trong tiêu đề một khoảng thời gian không phải kỳ báo cáo: “{title}”"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Quí I", "2020-Q1"),
        ("Quý I", "2020-Q1"),
        ("QUÝ IV", "2020-Q4"),
        ("Quý 2", "2020-Q2"),
        ("6 tháng", "2020-6M"),
        ("Số liệu 9 tháng", "2020-9M"),
        ("09 tháng", "2020-9M"),
        ("Tổng số trong năm", "2020-12M"),
        ("Cả năm", "2020-12M"),
        ("Năm", "2020-12M"),
    ],
)
def test_the_period_of_a_column(label: str, code: str) -> None:
    period = column_period(label, parse_period("2020-Q1"))
    assert period is not None
    assert period == code


@pytest.mark.parametrize("label", ["Số liệu", "Kết quả thống kê", "Giá trị", ""])
def test_a_column_of_the_reports_own_period_names_none(label: str) -> None:
    assert column_period(label, parse_period("2020-Q1")) is None


NOTHING = Dates(None, None, None, None, None)
HALF_YEAR = parse_period("2024-6M")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # the dateline
        ("Hoằng Hợp, ngày 04 tháng 6 năm 2024", Dates(None, None, date(2024, 6, 4), None, None)),
        ("TP. Hồ Chí Minh, ngày 4 tháng 06 năm 2024", Dates(None, None, date(2024, 6, 4), None, None)),
        ("*Hoằng Hợp, ngày 04 tháng 6 năm 2024*", Dates(None, None, date(2024, 6, 4), None, None)),
        ("Hoằng Hợp, ngày tháng 6 năm 2024", NOTHING),
        ("Hoằng Hợp, ngày … tháng … năm 2024", NOTHING),
        ("Hoằng Hợp, ngày 31 tháng 6 năm 2024", NOTHING),
        ("Hoằng Hợp, ngày 30 tháng 2 năm 2024", NOTHING),
        ("Hoằng Hợp, ngày 29 tháng 2 năm 2024", Dates(None, None, date(2024, 2, 29), None, None)),
        ("Hoằng Hợp, ngày 4 tháng 6 năm 20024", NOTHING),
        ("Tại cuộc họp, ngày 4 tháng 3 năm 2024 UBND xã đã giao nhiệm vụ", NOTHING),
        # the document's number
        ("Số: 45/BC-UBND", Dates(None, None, None, None, "45/BC-UBND")),
        ("Số 45 /BC-UBND", Dates(None, None, None, None, "45/BC-UBND")),
        ("Số: /BC-UBND", NOTHING),
        ("Số: 45/KH-UBND", NOTHING),
        ("Số liệu: 45/BC-UBND", NOTHING),
        # the annex names the report it belongs to
        (
            "(Kèm theo Báo cáo số 1588/BC-UBND ngày 26 tháng 02 năm 2024 của UBND huyện)",
            Dates(None, None, date(2024, 2, 26), None, "1588/BC-UBND"),
        ),
        (
            "(Kèm theo Báo cáo số: 1588/BC-UBND ngày 26/02/2024 của UBND huyện)",
            Dates(None, None, date(2024, 2, 26), None, "1588/BC-UBND"),
        ),
        ("(Kèm theo Báo cáo số /BC-UBND ngày 12/9/2024 của UBND thành phố)", NOTHING),
        (
            "(Kèm theo Báo cáo số 15/BC-UBND ngày 30/02/2024 của UBND huyện)",
            Dates(None, None, None, None, "15/BC-UBND"),
        ),
        ("(Kèm theo Báo cáo số 15/BC-UBND ngày 12/9/20024 của UBND huyện)", NOTHING),
        # the day the figures run to
        ("(Số liệu tính đến ngày 31/5/2024)", Dates(None, None, None, date(2024, 5, 31), None)),
        ("Số liệu đến hết ngày 31/05/2024.", Dates(None, None, None, date(2024, 5, 31), None)),
        ("(Số liệu báo cáo được tính đến hết ngày 30/6/2024)", Dates(None, None, None, date(2024, 6, 30), None)),
        ("Thời điểm chốt số liệu: đến 31.5.2024", Dates(None, None, None, date(2024, 5, 31), None)),
        ("(Số liệu tính đến hết tháng 5/2024)", Dates(None, None, None, date(2024, 5, 31), None)),
        ("(Số liệu tính đến ngày 31/5)", Dates(None, None, None, date(2024, 5, 31), None)),
        ("tính đến ngày 31 tháng 5 năm 2024", Dates(None, None, None, date(2024, 5, 31), None)),
        # a day that stands beside a figure is that figure's
        ("Tính đến 31 / 5 / 2024, toàn xã có 17 người", NOTHING),
        ("Tính đến ngày 31/5/2024, số biên chế đang thực hiện tại xã là 17 đồng chí", NOTHING),
        ("Tính đến 30/4/2024 là 5, tính đến 31/5/2024 là 6", NOTHING),
        ("Tính đến ngày 31/5/20244", NOTHING),
        ("Tính đến ngày 31/4/2024", NOTHING),
        ("Tính đến ngày 31/12/2025, phấn đấu đạt 80%", NOTHING),
        ("Tính đến ngày 31/12/2022 có 5 văn bản", NOTHING),
        ("Tính đến nay có 5 văn bản", NOTHING),
    ],
)
def test_the_dates_of_a_line(line: str, expected: Dates) -> None:
    assert recognise_dates(document(line), HALF_YEAR) == expected


@pytest.mark.parametrize(
    ("title", "window"),
    [
        ("(Từ ngày 15/12/2023 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
        ("(từ 15/12/2023 đến hết ngày 14 tháng 6 năm 2024)", (date(2023, 12, 15), date(2024, 6, 14))),
        ("(Kỳ báo cáo: từ 15-12-2023 đến 14-6-2024)", (date(2023, 12, 15), date(2024, 6, 14))),
        ("(tính từ ngày 15.12.2023 đến hết ngày 14.6.2024)", (date(2023, 12, 15), date(2024, 6, 14))),
        ("(15/12/2023 - 14/6/2024)", (date(2023, 12, 15), date(2024, 6, 14))),
        ("(Từ tháng 12/2023 đến hết tháng 5/2024)", (date(2023, 12, 1), date(2024, 5, 31))),
        ("(Từ ngày 01/01 đến 30/6/2024)", (date(2024, 1, 1), date(2024, 6, 30))),
        # a year left out or mistyped, where one reading alone makes a window of it
        ("(Từ ngày 15/12 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
        ("(Từ ngày 15/12/20023 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
        ("(Từ ngày 15/12/203 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
        ("(Từ ngày 15/12/2033 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
        ("(Từ ngày 15/12/2024 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
        ("(Từ ngày 15/12/2023 đến ngày 31/6/2024)", (None, None)),
        ("(Từ ngày 31/5/2024 đến ngày 15/12/2023)", (None, None)),
        ("(Từ ngày 15/12/2203 đến ngày 31/5/2024)", (date(2023, 12, 15), date(2024, 5, 31))),
    ],
)
def test_the_window_a_title_states(title: str, window: tuple[date | None, date | None]) -> None:
    dates = recognise_dates(document("BÁO CÁO", "Công tác CCHC 6 tháng đầu năm 2024", title), HALF_YEAR)
    assert (dates.window_start, dates.window_end) == window


def test_a_window_inside_the_narrative_is_not_the_reports() -> None:
    narrative = ("I. Kết quả", "1. Chung", "Từ ngày 15/12/2023 đến ngày 01/3/2024 đã họp 2 lần.")
    assert recognise_dates(document("BÁO CÁO", "Công tác CCHC năm 2024", *narrative), HALF_YEAR) == NOTHING


def test_a_letterhead_in_a_table_or_between_tabs_states_its_dates() -> None:
    expected = Dates(None, None, date(2024, 6, 4), None, "45/BC-UBND")
    cells = ("Số: 45/BC-UBND", "Hà Vinh, ngày 04 tháng 6 năm 2024")
    table = Document("report.txt", (Table((Row(("UBND XÃ HÀ VINH", "CỘNG HÒA"), "line:1"), Row(cells, "line:2"))),))
    assert recognise_dates(table, HALF_YEAR) == expected
    assert recognise_dates(document("\t".join(cells)), HALF_YEAR) == expected


def test_the_first_dateline_is_the_reports() -> None:
    lines = ("Hà Vinh, ngày 04 tháng 6 năm 2024", "Hà Trung, ngày 05 tháng 6 năm 2024")
    assert recognise_dates(document(*lines), HALF_YEAR).signed_on == date(2024, 6, 4)


def test_a_title_states_the_day_its_figures_run_to() -> None:
    title = "Công tác CCHC 6 tháng đầu năm 2024 (số liệu tính đến ngày 31/5/2024)"
    assert recognise_dates(document("BÁO CÁO", title), HALF_YEAR).as_of == date(2024, 5, 31)


TABLE = Table(
    (Row(("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"), "line:9"), Row(("1", "Số hồ sơ", "Hồ sơ", "5"), "line:10"))
)
UP_TO = "(Số liệu tính đến ngày 31/5/2024)"


@pytest.mark.parametrize(
    ("lines", "as_of", "annexes"),
    [
        (("Phụ lục 1", UP_TO, "Phụ lục 2"), None, {"Phụ lục 1"}),
        (("Phụ lục 1", UP_TO, "Phụ lục 2", UP_TO), date(2024, 5, 31), set()),
        (("Phụ lục 1", UP_TO), date(2024, 5, 31), set()),
        ((UP_TO, "Phụ lục 1", "Phụ lục 2"), date(2024, 5, 31), set()),
    ],
)
def test_a_day_in_one_annex_is_that_annexs(lines: tuple[str, ...], as_of: date | None, annexes: set[str]) -> None:
    blocks: list[Paragraph | Table] = []
    for number, line in enumerate(lines, start=1):
        blocks.append(Paragraph(line, f"line:{number}"))
        if line != UP_TO and line.startswith("Phụ lục"):
            blocks.append(TABLE)
    stated = stated_days(Document("report.txt", tuple(blocks)), HALF_YEAR)
    assert (stated.general, set(stated.by_annex)) == (as_of, annexes)


@pytest.mark.parametrize(
    ("headings", "window"),
    [
        (
            ("PHẦN I. KẾT QUẢ TỪ NGÀY 15/12/20024 ĐẾN NGÀY 01/7/2025", "PHẦN II. KẾT QUẢ SAU NGÀY 01/7/2025"),
            (date(2024, 12, 15), None),
        ),
        (
            ("I. Kết quả từ 15/12/2024 đến 30/6/2025", "II. Kết quả từ 01/7/2025 đến hết 30/11/2025"),
            (date(2024, 12, 15), date(2025, 11, 30)),
        ),
        (("I. Kết quả sau ngày 01/7/2025",), (None, None)),
    ],
)
def test_the_windows_of_the_parts_make_the_reports(
    headings: tuple[str, ...], window: tuple[date | None, date | None]
) -> None:
    dates = recognise_dates(document("BÁO CÁO", "Công tác CCHC năm 2025", *headings), parse_period("2025-12M"))
    assert (dates.window_start, dates.window_end) == window
