"""Files that hold more than one report, and options that say otherwise than the document."""

from dataclasses import replace
from pathlib import Path

import pytest
from report_text import PrintedReport, broken_tabs, form_annexes, opening, pipes, tabs, with_rows

from loaders.load import LoadedFile, Options, load_file
from loaders.outcomes import as_lines, as_values
from loaders.problems import SeveralReports, UnknownUnit
from warehouse.periods import parse_period

COMMUNE = "thanh-hoa-commune-2024"
NARRATIVE = tuple(f"{number}. Nội dung thứ {number} của báo cáo." for number in range(1, 8))


def report(sender: str, period: str, form: str = COMMUNE) -> PrintedReport:
    return PrintedReport((*opening(sender, period, recipient="UBND huyện Hoằng Hóa"), *NARRATIVE), form_annexes(form))


def loaded(path: Path, text: str, options: Options = Options()) -> LoadedFile:
    path.write_text(text, encoding="utf-8")
    return load_file(path, options)


HOP, DUC = (tabs(report(f"UBND xã Hoằng {name}", "6 tháng đầu năm 2024")) for name in ("Hợp", "Đức"))


@pytest.mark.parametrize(
    "second",
    [
        DUC,
        tabs(report("UBND xã Hoằng Hợp", "9 tháng đầu năm 2024")),
        tabs(report("UBND xã Hà Vinh", "9 tháng đầu năm 2022", "thanh-hoa-commune-2022")),
    ],
)
def test_two_reports_in_one_file_are_refused(second: str, tmp_path: Path) -> None:
    for number, text in enumerate((f"{HOP}\n{second}", f"{second}\n{HOP}")):
        problem = loaded(tmp_path / f"{number}.txt", text).problem
        assert isinstance(problem, SeveralReports)
        assert problem.found.startswith("một báo cáo thứ hai bắt đầu ở line:")
        assert problem.action == "tách thành từng tệp, mỗi tệp một báo cáo, rồi nạp lại"


def test_an_annex_that_comes_twice_is_refused(tmp_path: Path) -> None:
    (annex,) = form_annexes(COMMUNE)
    twice = pipes(PrintedReport(opening("UBND xã Hoằng Hợp", "6 tháng đầu năm 2024"), (annex, annex)))
    problem = loaded(tmp_path / "twice.txt", twice).problem
    assert isinstance(problem, SeveralReports)
    assert problem.found.startswith("Phụ lục 01b: cùng một phụ lục hai lần (line:")


SHORT = "{heading}\nSTT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú\n{rows}\n"


def second_annex(heading: str, first: int = 10, count: int = 4) -> str:
    """A short table under a heading, of some rows of the form of xã Hoằng Hợp's report."""
    (annex,) = form_annexes(COMMUNE)
    rows = (f"{row.code}\t{row.label}\t{row.unit}\t7\t" for row in annex.rows[first : first + count])
    return SHORT.format(heading=heading, rows="\n".join(rows))


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Phụ lục 02\nSố liệu của UBND xã Hoằng Đức", "ghi là của Xã Hoằng Đức, còn báo cáo là của Xã Hoằng Hợp"),
        ("SỐ LIỆU THỐNG KÊ\nĐơn vị: xã Hoằng Đức", "ghi là của Xã Hoằng Đức, còn báo cáo là của Xã Hoằng Hợp"),
        ("Phụ lục 02\nSố liệu thống kê 9 tháng đầu năm 2023", "ghi kỳ 2023-9M, còn báo cáo là của kỳ 2024-6M"),
    ],
)
def test_a_short_annex_of_another_report_is_refused(heading: str, found: str, tmp_path: Path) -> None:
    problem = loaded(tmp_path / "report.txt", f"{HOP}\n{second_annex(heading)}").problem
    assert isinstance(problem, SeveralReports)
    assert f"{found}; hai phụ lục có cùng các dòng" in problem.found


ORDINARY = (
    "Kết quả thực hiện Kế hoạch CCHC năm 2024",
    "Kết quả thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2024 về CCHC năm 2023",
    "Kết quả thực hiện Chương trình CCHC năm 2023",
    "Danh mục theo Quyết định số 12/QĐ-UBND năm 2023",
    "Số liệu 6 tháng đầu năm 2024 so với cùng kỳ năm 2023",
    "So sánh với năm 2023",
    "So với 6 tháng đầu năm 2023",
    "Cùng kỳ năm 2023",
    "Kết quả liên kết với xã Hoằng Đức về tuyên truyền",
    "Kết quả phối hợp với UBND xã Hoằng Đức",
    "Kết quả học tập kinh nghiệm theo mô hình của xã Hoằng Đức",
)


@pytest.mark.parametrize("heading", ORDINARY)
def test_the_year_of_a_plan_and_a_unit_beside_are_not_the_annexs(heading: str, tmp_path: Path) -> None:
    file = loaded(tmp_path / "report.txt", f"{HOP}\n{second_annex(f'Phụ lục 02{chr(10)}{heading}')}")
    assert (file.problem, file.report and file.report.remarks) == (None, ())
    assert file.rows == 84


@pytest.mark.parametrize(
    ("heading", "refused", "said"),
    [
        ("Kết quả thực hiện Kế hoạch quý I năm 2024", True, []),
        ("Kèm theo Báo cáo cải cách hành chính năm 2023 của UBND xã", True, []),
        ("Thống kê xã Hoằng Đức", True, []),
        ("Thống kê cải cách hành chính năm 2024", False, ["2024-12M"]),
        ("Thống kê cải cách hành chính năm 2023", False, ["2023-12M"]),
    ],
)
def test_a_bare_year_is_said_and_a_span_or_a_report_of_a_year_refused(
    heading: str, refused: bool, said: list[str], tmp_path: Path
) -> None:
    file = loaded(tmp_path / "report.txt", f"{HOP}\n{second_annex(f'Phụ lục 02{chr(10)}{heading}')}")
    assert isinstance(file.problem, SeveralReports) == refused
    remarks = file.report.remarks if file.report else ()
    assert [(one.rule, one.compared["printed"]) for one in remarks] == [("period_differs", code) for code in said]


@pytest.mark.parametrize("count", [4, 20])
def test_a_districts_annexes_of_its_communes_are_kept_and_give_it_no_figure(count: int, tmp_path: Path) -> None:
    own = tabs(report("UBND huyện Quảng Điền", "6 tháng đầu năm 2024", "hue-district"))
    rows = [row for annex in form_annexes("hue-district") for row in annex.rows if row.unit][:count]
    printed = "\n".join(f"{number}\t{row.label}\t{row.unit}\t7\t" for number, row in enumerate(rows, 1))
    headings = [
        f"Biểu mẫu 9{number}\nSố liệu của UBND xã {name}" for number, name in enumerate(("Quảng Vinh", "Quảng Lợi"))
    ]
    parts = "\n".join(SHORT.format(heading=heading, rows=printed) for heading in headings)
    alone, file = loaded(tmp_path / "own.txt", own).report, loaded(tmp_path / "report.txt", f"{own}\n{parts}")
    assert file.problem is None
    assert alone is not None
    assert file.report is not None
    assert file.rows == len({(row.annex, row.row_no) for row in alone.observations if row.annex}) + 2 * count
    given = [[row.value for row in one.observations if row.indicator and row.annex] for one in (alone, file.report)]
    assert given[0] == given[1]
    assert [(one.rule, one.compared["printed"]) for one in file.report.remarks] == [
        ("annex_of_another_unit", "Xã Quảng Vinh"),
        ("annex_of_another_unit", "Xã Quảng Lợi"),
    ]


def test_an_annex_of_other_rows_that_names_another_unit_is_said(tmp_path: Path) -> None:
    rows = "1\tSố đoàn kiểm tra\tĐoàn\t2\t\n2\tSố thôn được kiểm tra\tThôn\t3\t"
    text = f"{HOP}\n{SHORT.format(heading='Phụ lục 02' + chr(10) + 'Số liệu của UBND xã Hoằng Đức', rows=rows)}"
    file = loaded(tmp_path / "report.txt", text)
    assert file.report is not None
    assert [(one.rule, dict(one.compared)) for one in file.report.remarks] == [
        ("annex_of_another_unit", {"printed": "Xã Hoằng Đức", "unit_name": "Xã Hoằng Hợp"})
    ]


@pytest.mark.parametrize("heading", ["Phụ lục 02\nSố liệu của UBND xã Hoằng Hợp 6 tháng đầu năm 2024", "Phụ lục 02"])
def test_a_second_annex_of_the_own_unit_and_period_is_no_other_report(heading: str, tmp_path: Path) -> None:
    file = loaded(tmp_path / "report.txt", f"{HOP}\n{second_annex(heading)}")
    assert file.report is not None
    assert file.report.remarks == ()


@pytest.mark.parametrize("form", ["hue-district", "hcmc-district", "hai-phong-commune"])
def test_the_annexes_of_a_form_in_any_order_are_one_report(form: str, tmp_path: Path) -> None:
    sender = {"hue-district": "UBND huyện Quảng Điền", "hcmc-district": "UBND huyện Củ Chi"}
    opened = opening(sender.get(form, "UBND xã Nam Thanh Miện"), "năm 2025" if "commune" in form else "năm 2023")
    file = loaded(tmp_path / "report.txt", pipes(PrintedReport(opened, form_annexes(form)[::-1])))
    assert (file.problem, file.report and file.report.form) == (None, form)


def test_an_annex_headed_as_a_report_is_no_second_report(tmp_path: Path) -> None:
    first, second = HOP.split("Phụ lục 01b")
    extra = "Phụ lục 02\nBÁO CÁO\nKết quả tự kiểm tra\nSTT\tNội dung\tSố liệu\n1\tSố đoàn\t2\n2\tSố đơn vị\t3\n"
    file = loaded(tmp_path / "report.txt", f"{first}Phụ lục 01b{second}\n{extra}")
    assert (file.problem, file.rows) == (None, 82)


def test_options_against_the_document_are_said(tmp_path: Path) -> None:
    file = loaded(tmp_path / "hop.txt", HOP, Options("15928", parse_period("2023-6M")))
    assert file.report is not None
    assert [(one.rule, dict(one.compared)) for one in file.report.remarks] == [
        (
            "unit_overruled",
            {
                "printed": "Xã Hoằng Hợp, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
                "unit_name": "Xã Hoằng Đức, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
                "unit_code": "15919",
            },
        ),
        ("period_overruled", {"printed": "2024-6M", "given": "2023-6M"}),
    ]
    assert as_lines(file, {}, None)[1:3] == [
        "    CẢNH BÁO: văn bản nêu Xã Hoằng Hợp, Huyện Hoằng Hóa, Tỉnh Thanh Hóa (15919), "
        "nhưng tùy chọn --unit chỉ định Xã Hoằng Đức, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
        "    CẢNH BÁO: văn bản nêu kỳ 2024-6M, nhưng tùy chọn --period chỉ định 2023-6M",
    ]
    told = as_values(file, {}, {})["remarks"]
    assert isinstance(told, list)
    assert [one["rule"] for one in told] == ["unit_overruled", "period_overruled"]


def test_a_unit_of_a_level_that_the_form_is_not_made_for_is_said(tmp_path: Path) -> None:
    file = loaded(tmp_path / "hop.txt", HOP.replace("UBND xã Hoằng Hợp", "Đơn vị"), Options("399"))
    assert file.report is not None
    assert [(one.rule, dict(one.compared)) for one in file.report.remarks] == [
        (
            "form_of_another_level",
            {"unit_name": "Huyện Hoằng Hóa, Tỉnh Thanh Hóa", "levels_vi": "cấp xã", "levels_en": "commune"},
        )
    ]
    assert as_lines(file, {}, None)[1] == (
        "    CẢNH BÁO: mẫu biểu dành cho cấp xã, nhưng tùy chọn --unit chỉ định Huyện Hoằng Hóa, Tỉnh Thanh Hóa; "
        "nếu nhầm thì chạy “cchc rollback”, rồi nạp lại với mã đúng"
    )


def test_options_that_agree_are_no_remark(tmp_path: Path) -> None:
    file = loaded(tmp_path / "hop.txt", HOP, Options("15919", parse_period("2024-6M")))
    assert file.report is not None
    assert file.report.remarks == ()
    assert as_values(file, {}, {})["remarks"] == []


def test_a_unit_that_was_not_there_in_the_period_is_refused(tmp_path: Path) -> None:
    problem = loaded(tmp_path / "hop.txt", HOP, Options("15919", parse_period("2025-12M"))).problem
    assert isinstance(problem, UnknownUnit)
    assert problem.found == "Xã Hoằng Hợp (15919), không còn hoặc chưa có vào cuối kỳ 2025-12M"


def test_a_unit_is_named_as_it_was_called_then(tmp_path: Path) -> None:
    for period, name in (("6 tháng đầu năm 2024", "Tỉnh Thừa Thiên Huế"), ("quý I năm 2025", "Thành phố Huế")):
        text = tabs(report("UBND huyện Quảng Điền", period, "hue-district"))
        assert loaded(tmp_path / "report.txt", text).unit_name == f"Huyện Quảng Điền, {name}"


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("Kết quả năm 2024 (số liệu từ ngày 01/7/2024 đến ngày 14/12/2024)", "từ ngày 01/7/2024 đến ngày 14/12/2024"),
        ("Tháng 12 năm 2024", "“Tháng 12 năm 2024”"),
        ("Số liệu 11 tháng đầu năm 2024", "“Số liệu 11 tháng đầu năm 2024”"),
        ("Kết quả giải quyết hồ sơ tháng 11/2024", "“Kết quả giải quyết hồ sơ tháng 11/2024”"),
        ("Kèm theo Báo cáo số 12/BC-UBND ngày 10 tháng 12 năm 2024", None),
        ("Ban hành kèm theo Công văn số 188/SNV-CCHC tháng 02 năm 2022", None),
        ("Kết quả tháng 12 và cả năm 2024", None),
        ("Kết quả thực hiện Kế hoạch tháng cao điểm năm 2024", None),
    ],
)
def test_an_annex_of_days_or_months_that_are_no_period_is_remarked(
    heading: str, printed: str | None, tmp_path: Path
) -> None:
    (annex,) = form_annexes(COMMUNE)
    text = tabs(PrintedReport(opening("UBND xã Hoằng Hợp", "năm 2024"), (annex,)))
    outcome = loaded(tmp_path / "part.txt", text.replace("Phụ lục 01b", f"Phụ lục 01b\n\n{heading}", 1))
    assert outcome.report is not None, outcome.problem
    found = [dict(one.compared) for one in outcome.report.remarks if one.rule == "period_differs"]
    assert found == ([{"printed": printed, "given": "2024-12M"}] if printed else [])


@pytest.mark.parametrize(
    ("title", "heading", "column", "counted"),
    [
        ("năm 2024", "Kết quả quý III năm 2024", "Số liệu", "2024-Q3"),
        ("năm 2024", "Kết quả quý IV/2024", "Kỳ báo cáo", "2024-Q4"),
        ("năm 2024", "Số liệu 6 tháng đầu năm 2024", "Số liệu", "2024-6M"),
        ("9 tháng đầu năm 2024", "Kết quả quý III năm 2024", "Số liệu", "2024-Q3"),
        # the column names the period itself: only the heading is left over
        ("năm 2024", "Kết quả quý III năm 2024", "Cả năm", "2024-12M"),
        ("9 tháng đầu năm 2024", "Kết quả quý III năm 2024", "9 tháng", "2024-9M"),
        # the heading names the period as well
        ("năm 2024", "Số liệu 6 tháng đầu năm và cả năm 2024", "Số liệu", "2024-12M"),
        ("năm 2024", "Kỳ báo cáo: Quý I/6 tháng/Quý III/Năm 2024", "Số liệu", "2024-12M"),
        ("năm 2024", "Kết quả (Quý IV, năm 2024)", "Số liệu", "2024-12M"),
        ("9 tháng đầu năm 2024", "Kết quả quý III, 9 tháng đầu năm 2024", "Số liệu", "2024-9M"),
        # no part of the period
        ("năm 2024", "Kết quả năm 2024", "Số liệu", "2024-12M"),
        ("quý II năm 2024", "Kết quả 6 tháng đầu năm 2024", "Số liệu", "2024-Q2"),
        ("năm 2024", "Kết quả thực hiện Kế hoạch cải cách hành chính quý III năm 2023", "Số liệu", "2024-12M"),
    ],
)
def test_figures_under_the_heading_of_a_part_of_the_period_are_no_figures_of_it(
    title: str, heading: str, column: str, counted: str, tmp_path: Path
) -> None:
    (annex,) = form_annexes(COMMUNE)
    text = tabs(PrintedReport(opening("UBND xã Hoằng Hợp", title), (annex,)))
    text = text.replace("Phụ lục 01b", f"Phụ lục 01b\n\n{heading}", 1).replace("Số liệu\t", f"{column}\t")
    outcome = loaded(tmp_path / "part.txt", text)
    assert outcome.report is not None, outcome.problem
    rows = [row for row in outcome.report.observations if row.source == "annex"]
    assert {row.column_period for row in rows} == {counted}
    assert rows[-1].value is not None
    told = [dict(one.compared) for one in outcome.report.remarks if one.rule == "annex_of_part"]
    of_part = counted != outcome.report.period
    if of_part:  # one finding for one heading
        assert "period_differs" not in {one.rule for one in outcome.report.remarks}
    assert told == ([{"annex": "Phụ lục 01b", "printed": counted, "given": outcome.report.period}] if of_part else [])
    assert any("KHÔNG tính vào kỳ báo cáo" in line for line in as_lines(outcome, {}, None)) == of_part


@pytest.mark.parametrize("sentence", ["Đơn vị đã ban hành kế hoạch.", "Số liệu cụ thể theo kế hoạch đính kèm./."])
def test_a_sentence_before_the_first_annex_is_no_part_of_its_heading(sentence: str, tmp_path: Path) -> None:
    """It was, and its plan hid the quarter behind it: the first annex of the report counted for the year."""
    (annex,) = form_annexes(COMMUNE)
    text = tabs(PrintedReport((*opening("UBND xã Hoằng Hợp", "năm 2024"), sentence), (annex,)))
    outcome = loaded(tmp_path / "part.txt", text.replace("Phụ lục 01b", "Phụ lục 01b\n\nQuý II năm 2024", 1))
    assert outcome.report is not None, outcome.problem
    assert {row.column_period for row in outcome.report.observations if row.source == "annex"} == {"2024-Q2"}
    assert [one.rule for one in outcome.report.remarks] == ["annex_of_part"]


@pytest.mark.parametrize(
    ("title", "heading", "column", "total", "counted"),
    [
        ("năm 2024", "Kết quả quý IV năm 2024", "Kỳ báo cáo", "Lũy kế từ đầu năm", "2024-12M"),
        ("9 tháng đầu năm 2024", "Kết quả quý III năm 2024", "Trong quý", "Lũy kế", "2024-9M"),
        ("6 tháng đầu năm 2024", "Kết quả quý II năm 2024", "Số liệu", "Lũy kế từ đầu năm", "2024-6M"),
    ],
)
def test_what_is_counted_from_new_year_beside_a_part_of_the_period_is_the_period_and_nothing_is_said_against_it(
    title: str, heading: str, column: str, total: str, counted: str, tmp_path: Path
) -> None:
    annex = with_rows(form_annexes(COMMUNE)[0], lambda row: replace(row, note=f"{1000 + int(row.value)}"))
    text = broken_tabs(PrintedReport(opening("UBND xã Hoằng Hợp", title), (annex,)))
    text = text.replace("Phụ lục 01b", f"Phụ lục 01b\n\n{heading}", 1)
    outcome = loaded(tmp_path / "part.txt", text.replace("\tKết quả\tGhi chú", f"\t{column}\t{total}"))
    assert outcome.report is not None, outcome.problem
    rows = [row for row in outcome.report.observations if row.source == "annex" and row.column_period == counted]
    assert {row.value > 1000 for row in rows if row.value is not None} == {True}
    rules = {one.rule for one in outcome.report.remarks}
    assert rules.isdisjoint(
        {"annex_of_part", "period_differs", "columns_alike", "columns_disagree", "column_not_found"}
    )


def test_an_annex_of_another_year_is_refused_however_it_says_so(tmp_path: Path) -> None:
    (annex,) = form_annexes(COMMUNE)
    one = tabs(PrintedReport(opening("UBND xã Hoằng Hợp", "6 tháng đầu năm 2024"), (annex,)))
    said = "Kết quả 6 tháng đầu năm 2023 (từ ngày 15/12/2022 đến ngày 14/6/2023)"
    table = one[one.index("Phụ lục 01b") :].removeprefix("Phụ lục 01b")
    problem = loaded(tmp_path / "two.txt", f"{one}\n\nPhụ lục 02\n\n{said}\n{table}").problem
    assert isinstance(problem, SeveralReports)


@pytest.mark.parametrize(
    "heading",
    [
        "Kết quả 6 tháng đầu năm 2024 so với cùng kỳ (từ 15/12/2022 đến 14/6/2023)",
        "Kết quả thực hiện 6 tháng đầu năm 2024 (từ ngày 15/12/2023 đến ngày 14/6/2024)",
    ],
)
def test_days_of_a_comparison_and_of_the_period_itself_are_no_other_period(heading: str, tmp_path: Path) -> None:
    (annex,) = form_annexes(COMMUNE)
    text = tabs(PrintedReport(opening("UBND xã Hoằng Hợp", "6 tháng đầu năm 2024"), (annex,)))
    outcome = loaded(tmp_path / "own.txt", text.replace("Phụ lục 01b", f"Phụ lục 01b\n\n{heading}", 1))
    assert outcome.report is not None, outcome.problem
    assert [one.rule for one in outcome.report.remarks if one.rule == "period_differs"] == []
