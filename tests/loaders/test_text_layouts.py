"""One report in every text layout reads as the same rows; what is no report is refused, and says why."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from report_text import LAYOUTS, Layout, PrintedAnnex, PrintedReport, PrintedRow, opening, pipes, tabs

from loaders.load import LoadedFile, load_file
from loaders.problems import LoadProblem, NotAReport, UnreadableFile
from loaders.readers.text import read_text

FIRST = PrintedAnnex(
    "Phụ lục 2",
    (
        PrintedRow("1", "Công tác chỉ đạo điều hành"),
        PrintedRow("1.1", "Số văn bản chỉ đạo đã ban hành trong kỳ báo cáo", "Văn bản", "07"),
        PrintedRow("1.2", "Tỷ lệ hoàn thành Kế hoạch năm", "%", "= 99.6%"),
        PrintedRow("1.1.1", "Số nhiệm vụ đề ra trong kế hoạch của đơn vị", "Nhiệm vụ", "1.234", "Số liệu lũy kế"),
        PrintedRow("1.1.2", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", "a/0"),
        PrintedRow("1.3", "Hình thức khảo sát", "Trực tuyến = 0\nPhát phiếu = 1\nKết hợp = 2", "2"),
        PrintedRow("1.4", "Tổ chức đối thoại với người dân", "Không = 0\nCó = 1"),
        PrintedRow("2", "Kiểm tra cải cách hành chính (nếu có)", "", "19/19"),
        PrintedRow("2.1", "Tỷ lệ xử lý các vấn đề phát hiện qua kiểm tra", "%", "= b/a*100"),
        PrintedRow("2.1", "Số vấn đề phát hiện qua kiểm tra", "Vấn đề", "Không phát sinh", "Xem báo cáo riêng"),
    ),
)
SECOND = PrintedAnnex(
    "Phụ lục 4B",
    (
        PrintedRow("1", "Kết quả giải quyết thủ tục hành chính"),
        PrintedRow("1.1", "Số lượng hồ sơ đã tiếp nhận", "Số lượng hồ sơ", "80.070"),
        PrintedRow("", "Tiếp nhận trực tiếp", "nt", "74.228", beside="Trong đó"),
        PrintedRow("", "Tiếp nhận trực tuyến mức độ 3 | mức độ 4", "nt", "5.842"),
        PrintedRow("", "Tiếp nhận qua bưu chính", "nt", "0"),
        PrintedRow("1.2", "Số lượng hồ sơ được giải quyết đúng hạn", "Số lượng hồ sơ", "79.731 hồ sơ"),
        PrintedRow("", "Trả trực tiếp", "nt", "", beside="Trong đó"),
        PrintedRow("3", "Kinh phí đã sử dụng", "Triệu đồng", "310.660,5", "11 tháng"),
    ),
)
REPORT = PrintedReport(
    opening(
        "UBND xã Hà Vinh",
        "6 tháng đầu năm 2022",
        recipient="UBND huyện Hà Trung",
        dateline="Hà Vinh, ngày 06 tháng 6 năm 2022",
        number="45/BC-UBND",
    ),
    (FIRST, SECOND),
    ("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
)

Answer = tuple[str, int, str | None, str, str | None, str | None, str | None, Decimal | None, str, str | None]

# annex, row_no, code, label, parent_label, unit_of_measure, raw_value, value, status, note
ANSWER_FIRST: list[Answer] = [
    ("Phụ lục 2", 1, "1", "Công tác chỉ đạo điều hành", None, None, None, None, "blank", None),
    (
        "Phụ lục 2",
        2,
        "1.1",
        "Số văn bản chỉ đạo đã ban hành trong kỳ báo cáo",
        "Công tác chỉ đạo điều hành",
        "Văn bản",
        "07",
        Decimal(7),
        "reported",
        None,
    ),
    (
        "Phụ lục 2",
        3,
        "1.2",
        "Tỷ lệ hoàn thành Kế hoạch năm",
        "Công tác chỉ đạo điều hành",
        "%",
        "= 99.6%",
        Decimal("99.6"),
        "reported",
        None,
    ),
    (
        "Phụ lục 2",
        4,
        "1.1.1",
        "Số nhiệm vụ đề ra trong kế hoạch của đơn vị",
        "Tỷ lệ hoàn thành Kế hoạch năm",
        "Nhiệm vụ",
        "1.234",
        Decimal(1234),
        "reported",
        "Số liệu lũy kế",
    ),
    (
        "Phụ lục 2",
        5,
        "1.1.2",
        "Số nhiệm vụ đã hoàn thành",
        "Tỷ lệ hoàn thành Kế hoạch năm",
        "Nhiệm vụ",
        "a/0",
        Decimal(0),
        "reported",
        None,
    ),
    (
        "Phụ lục 2",
        6,
        "1.3",
        "Hình thức khảo sát",
        "Công tác chỉ đạo điều hành",
        "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2",
        "2",
        Decimal(2),
        "reported",
        None,
    ),
    (
        "Phụ lục 2",
        7,
        "1.4",
        "Tổ chức đối thoại với người dân",
        "Công tác chỉ đạo điều hành",
        "Không = 0 Có = 1",
        None,
        None,
        "blank",
        None,
    ),
    ("Phụ lục 2", 8, "2", "Kiểm tra cải cách hành chính (nếu có)", None, None, "19/19", None, "ratio_text", None),
    (
        "Phụ lục 2",
        9,
        "2.1",
        "Tỷ lệ xử lý các vấn đề phát hiện qua kiểm tra",
        "Kiểm tra cải cách hành chính (nếu có)",
        "%",
        "= b/a*100",
        None,
        "formula",
        None,
    ),
    (
        "Phụ lục 2",
        10,
        "2.1",
        "Số vấn đề phát hiện qua kiểm tra",
        "Kiểm tra cải cách hành chính (nếu có)",
        "Vấn đề",
        "Không phát sinh",
        None,
        "text",
        "Xem báo cáo riêng",
    ),
]
ANSWER_SECOND: list[Answer] = [
    ("Phụ lục 4B", 1, "1", "Kết quả giải quyết thủ tục hành chính", None, None, None, None, "blank", None),
    (
        "Phụ lục 4B",
        2,
        "1.1",
        "Số lượng hồ sơ đã tiếp nhận",
        "Kết quả giải quyết thủ tục hành chính",
        "Số lượng hồ sơ",
        "80.070",
        Decimal(80070),
        "reported",
        None,
    ),
    (
        "Phụ lục 4B",
        3,
        None,
        "Tiếp nhận trực tiếp",
        "Số lượng hồ sơ đã tiếp nhận",
        "nt",
        "74.228",
        Decimal(74228),
        "reported",
        None,
    ),
    (
        "Phụ lục 4B",
        4,
        None,
        "Tiếp nhận trực tuyến mức độ 3 | mức độ 4",
        "Số lượng hồ sơ đã tiếp nhận",
        "nt",
        "5.842",
        Decimal(5842),
        "reported",
        None,
    ),
    (
        "Phụ lục 4B",
        5,
        None,
        "Tiếp nhận qua bưu chính",
        "Số lượng hồ sơ đã tiếp nhận",
        "nt",
        "0",
        Decimal(0),
        "reported",
        None,
    ),
    (
        "Phụ lục 4B",
        6,
        "1.2",
        "Số lượng hồ sơ được giải quyết đúng hạn",
        "Kết quả giải quyết thủ tục hành chính",
        "Số lượng hồ sơ",
        "79.731 hồ sơ",
        Decimal(79731),
        "reported",
        None,
    ),
    (
        "Phụ lục 4B",
        7,
        None,
        "Trả trực tiếp",
        "Số lượng hồ sơ được giải quyết đúng hạn",
        "nt",
        None,
        None,
        "blank",
        None,
    ),
    (
        "Phụ lục 4B",
        8,
        "3",
        "Kinh phí đã sử dụng",
        None,
        "Triệu đồng",
        "310.660,5",
        Decimal("310660.5"),
        "reported",
        "11 tháng",
    ),
]


@pytest.fixture(params=LAYOUTS.values(), ids=LAYOUTS.keys())
def layout(request: pytest.FixtureRequest) -> Layout:
    chosen: Layout = request.param
    return chosen


def load_text(folder: Path, text: str, encoding: str = "utf-8") -> LoadedFile:
    path = folder / "report.txt"
    path.write_bytes(text.encode(encoding))
    return load_file(path)


def answers(loaded: LoadedFile) -> list[Answer]:
    assert loaded.problem is None
    assert loaded.report is not None
    return [
        (
            row.annex,
            row.row_no,
            row.code,
            row.label,
            row.parent_label,
            row.unit_of_measure,
            row.raw_value,
            row.value,
            row.status,
            row.note,
        )
        for row in loaded.report.observations
    ]


def problem_of(loaded: LoadedFile) -> LoadProblem:
    assert loaded.report is None
    assert loaded.problem is not None
    return loaded.problem


def test_every_layout_reads_as_the_same_rows(layout: Layout, tmp_path: Path) -> None:
    assert answers(load_text(tmp_path, layout(REPORT))) == ANSWER_FIRST + ANSWER_SECOND


def test_every_layout_is_the_same_report(layout: Layout, tmp_path: Path) -> None:
    report = load_text(tmp_path, layout(REPORT)).report
    assert report is not None
    assert (report.unit_code, report.level, report.period) == ("15277", "commune", "2022-6M")
    assert (report.signed_on, report.document_number) == (date(2022, 6, 6), "45/BC-UBND")
    assert {row.column_period for row in report.observations} == {"2022-6M"}
    assert {(row.source, row.level) for row in report.observations} == {("annex", "commune")}


def test_the_place_is_the_line_of_the_row(layout: Layout, tmp_path: Path) -> None:
    text = layout(REPORT)
    report = load_text(tmp_path, text).report
    assert report is not None
    lines = text.split("\n")
    numbers = [int(row.place.removeprefix("line:")) for row in report.observations]
    assert numbers == sorted(set(numbers))
    coded = [(row.code, number) for row, number in zip(report.observations, numbers, strict=True) if row.code]
    begin = [lines[number - 1].lstrip("\t| ") for _, number in coded]
    assert [text.split(".\t")[0].split(". ")[0].split("\t")[0].rstrip(". |") for text in begin] == [
        code for code, _ in coded
    ]


def test_empty_cells_cut_off_at_the_end_of_lines_change_nothing(tmp_path: Path) -> None:
    text = "\n".join(line.rstrip() for line in tabs(REPORT).split("\n"))
    assert answers(load_text(tmp_path, text)) == ANSWER_FIRST + ANSWER_SECOND


def test_annexes_in_another_order_keep_their_rows(layout: Layout, tmp_path: Path) -> None:
    shuffled = replace(REPORT, annexes=(SECOND, FIRST))
    assert answers(load_text(tmp_path, layout(shuffled))) == ANSWER_SECOND + ANSWER_FIRST


def test_annexes_without_a_title_part_where_the_numbering_starts_again(layout: Layout, tmp_path: Path) -> None:
    untitled = replace(REPORT, annexes=(FIRST, replace(SECOND, title="")))
    expected = ANSWER_FIRST + [("Bảng 2", *row[1:]) for row in ANSWER_SECOND]
    assert answers(load_text(tmp_path, layout(untitled))) == expected


def in_windows_1258(text: str) -> bytes:
    """The text in the Vietnamese code page of Windows, the tone of each letter behind it."""
    parts = (unicodedata.normalize("NFD", letter) for letter in unicodedata.normalize("NFC", text))
    tones = "\u0300\u0301\u0303\u0309\u0323"
    split = ((re.sub(f"[{tones}]", "", part), re.sub(f"[^{tones}]", "", part)) for part in parts)
    return "".join(unicodedata.normalize("NFC", letter) + tone for letter, tone in split).encode("cp1258")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8"),
        lambda text: text.replace("\n", "\r").encode("utf-8"),
        lambda text: text.replace("\n", "\r\n").encode("utf-16"),
        lambda text: unicodedata.normalize("NFD", text).encode("utf-8"),
        lambda text: unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace(" ", "\u00a0").encode("utf-8"),
        lambda text: text.replace("ồ", "\u200bồ").encode("utf-8"),
        in_windows_1258,
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "utf-16 big end",
        "crlf",
        "cr",
        "utf-16 crlf",
        "nfd",
        "nfd crlf mark",
        "no-break spaces",
        "zero-width spaces",
        "windows-1258",
    ],
)
def test_however_the_text_is_written_the_rows_are_the_same(
    encode: Callable[[str], bytes], layout: Layout, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(encode(layout(REPORT)))
    loaded = load_file(path)
    assert answers(loaded) == ANSWER_FIRST + ANSWER_SECOND
    assert loaded.report is not None
    assert (loaded.report.unit_code, loaded.report.period) == ("15277", "2022-6M")
    assert (loaded.report.signed_on, loaded.report.document_number) == (date(2022, 6, 6), "45/BC-UBND")


def test_a_file_that_is_only_the_annex(layout: Layout, tmp_path: Path) -> None:
    first = "Số liệu thống kê kết quả cải cách hành chính 6 tháng đầu năm 2022"
    only = PrintedReport((first, "Đơn vị: UBND xã Hà Vinh"), (replace(FIRST, title=""),))
    loaded = load_text(tmp_path, layout(only))
    assert answers(loaded) == [("Bảng 1", *row[1:]) for row in ANSWER_FIRST]
    assert loaded.report is not None
    assert (loaded.report.unit_code, loaded.report.period) == ("15277", "2022-6M")
    assert (loaded.report.signed_on, loaded.report.document_number) == (None, None)


def test_a_signature_between_tabs_is_no_row(layout: Layout, tmp_path: Path) -> None:
    signature = "Nơi nhận:\t\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\t\tCHỦ TỊCH\n- Lưu: VT.\t\t\n\t\tNguyễn Văn A"
    signed = replace(REPORT, closing=(signature,))
    assert answers(load_text(tmp_path, layout(signed))) == ANSWER_FIRST + ANSWER_SECOND


def table(*rows: str) -> str:
    opening_lines = "BÁO CÁO\nCông tác cải cách hành chính 6 tháng đầu năm 2022\nUBND xã Hà Vinh báo cáo\n\n"
    return opening_lines + "\n".join(("STT\tChỉ tiêu\tĐơn vị tính\tSố liệu\tGhi chú", *rows)) + "\n"


def printed(loaded: LoadedFile) -> list[tuple[str | None, str, str | None, str | None, str | None]]:
    assert loaded.report is not None
    rows = loaded.report.observations
    return [(row.code, row.label, row.parent_label, row.unit_of_measure, row.raw_value) for row in rows]


def test_a_first_row_without_a_code_is_no_header(tmp_path: Path) -> None:
    text = table("\tSố lượng hồ sơ đã tiếp nhận\tHồ sơ\t12\t", "1\tKết quả chung\tHồ sơ\t11\t")
    assert printed(load_text(tmp_path, text)) == [
        (None, "Số lượng hồ sơ đã tiếp nhận", None, "Hồ sơ", "12"),
        ("1", "Kết quả chung", None, "Hồ sơ", "11"),
    ]


def test_a_row_that_numbers_the_columns_is_no_row(tmp_path: Path) -> None:
    numbered = ("(1)\t(2)\t(3)\t(4)\t(5)", "A\tB\tC\t1\t2", "1\t2\t3\t4\t5")
    for columns in numbered:
        assert printed(load_text(tmp_path, table(columns, "1\tSố vụ việc\tVụ\t12\t"))) == [
            ("1", "Số vụ việc", None, "Vụ", "12")
        ]


def test_an_uncoded_row_in_small_letters_with_its_own_unit_stays_a_row(tmp_path: Path) -> None:
    text = table("1\tSố hồ sơ\tHồ sơ\t12\t", "\tqua bưu chính\tHồ sơ\t\t", "\tqua mạng\tHồ sơ\t5\t")
    assert printed(load_text(tmp_path, text)) == [
        ("1", "Số hồ sơ", None, "Hồ sơ", "12"),
        (None, "qua bưu chính", "Số hồ sơ", "Hồ sơ", None),
        (None, "qua mạng", "Số hồ sơ", "Hồ sơ", "5"),
    ]


def test_an_answer_printed_beside_the_last_choice_belongs_to_its_row(tmp_path: Path) -> None:
    text = table("1\tTổ chức đối thoại\tKhông = 0\t\t", "\t\tCó = 1\t1\t", "2\tSố cuộc\tCuộc\t3\t")
    assert printed(load_text(tmp_path, text)) == [
        ("1", "Tổ chức đối thoại", None, "Không = 0 Có = 1", "1"),
        ("2", "Số cuộc", None, "Cuộc", "3"),
    ]


def test_a_second_figure_without_a_label_is_not_lost(tmp_path: Path) -> None:
    text = table("1\tSố hồ sơ\tHồ sơ\t12\t", "\t\tVăn bản\t7\t")
    assert printed(load_text(tmp_path, text)) == [
        ("1", "Số hồ sơ", None, "Hồ sơ", "12"),
        (None, "", "Số hồ sơ", "Văn bản", "7"),
    ]


def test_sections_in_roman_numbers_and_items_in_letters(tmp_path: Path) -> None:
    rows = ("I\tThể chế", "1\tVăn bản", "1.1\tBan hành", "a)\tCấp xã", "b)\tCấp huyện", "1.2\tRà soát", "2\tXử lý")
    text = table(*(f"{row}\tVăn bản\t3\t" for row in (*rows, "II\tThủ tục", "1\tCông khai")))
    assert [(code, parent) for code, _, parent, _, _ in printed(load_text(tmp_path, text))] == [
        ("I", None),
        ("1", "Thể chế"),
        ("1.1", "Văn bản"),
        ("a", "Ban hành"),
        ("b", "Ban hành"),
        ("1.2", "Văn bản"),
        ("2", "Thể chế"),
        ("II", None),
        ("1", "Thủ tục"),
    ]


def test_figures_of_other_columns_are_kept_as_those_periods(tmp_path: Path) -> None:
    header = "STT\tTiêu chí\tQuý I\t6 tháng\t9 tháng\tTổng số trong năm\tGhi chú"
    lines = (header, "1\tSố hồ sơ\t30\t70\t\t\t", "2\tSố vụ\t\t\t\t\t")
    text = table().rsplit("\n", 2)[0] + "\nPhụ lục 2\n" + "\n".join(lines) + "\n"
    loaded = load_text(tmp_path, text)
    assert loaded.report is not None
    assert loaded.rows == 2
    assert [
        (row.row_no, row.column_label, row.column_period, row.raw_value, row.value)
        for row in loaded.report.observations
    ] == [
        (1, "6 tháng", "2022-6M", "70", Decimal(70)),
        (1, "Quý I", "2022-Q1", "30", Decimal(30)),
        (2, "6 tháng", "2022-6M", None, None),
    ]


def test_a_text_without_a_table_is_no_report(tmp_path: Path) -> None:
    problem = problem_of(load_text(tmp_path, "\n".join(REPORT.opening)))
    assert type(problem) is NotAReport
    assert (problem.place, problem.found) == ("report.txt", "7 đoạn văn, không có bảng số liệu nào")


def test_a_table_of_something_else_is_no_report(tmp_path: Path) -> None:
    text = "Danh sách cán bộ\n\nSTT\tHọ và tên\tChức vụ\n1\tNguyễn Văn A\tChủ tịch\n"
    assert type(problem_of(load_text(tmp_path, text))) is NotAReport


@pytest.mark.parametrize("text", ["\n\n\n", "\t\n \n", "\ufeff\n"])
def test_a_file_of_white_space_is_no_report(text: str, tmp_path: Path) -> None:
    problem = problem_of(load_text(tmp_path, text))
    assert type(problem) is NotAReport
    assert problem.found == "0 đoạn văn, không có bảng số liệu nào"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    problem = problem_of(load_text(tmp_path, ""))
    assert (type(problem), problem.place, problem.found) == (UnreadableFile, "report.txt", "tệp rỗng")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        bytes(range(256)),
        "Phụ lục 2".encode("utf-16-le"),
        b"\xff\xfe\x00",
        "Số liệu: ".encode() + b"\xc3",
        tabs(REPORT).encode() + b"\xc3",
        b"S\xf4 li\xeau",
        in_windows_1258("Số liệu của địa phương: ăâđêôơư") + b"x\xec",
    ],
    ids=["png", "zip", "all bytes", "utf-16 no mark", "half a letter", "cut", "cut report", "few letters", "lone tone"],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read_text(path)
    assert (refused.value.place, refused.value.found) == ("report.txt", "những byte không phải văn bản Unicode")
    assert type(problem_of(load_file(path))) is UnreadableFile


def test_a_suffix_no_reader_has_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "report.zip"
    path.write_text(tabs(REPORT), encoding="utf-8")
    problem = problem_of(load_file(path))
    assert type(problem) is UnreadableFile
    assert problem.found.startswith("tệp đuôi “.zip”")


def test_a_file_that_cannot_be_read_is_a_problem_and_no_error(tmp_path: Path) -> None:
    there, gone, empty = tmp_path / "there.txt", tmp_path / "gone.txt", tmp_path / "empty.txt"
    there.write_text(pipes(REPORT), encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    loaded = [load_file(path) for path in (gone, empty, there, tmp_path)]
    assert [type(one.problem) for one in loaded] == [UnreadableFile, NotAReport, type(None), UnreadableFile]
    assert loaded[2].rows == 18


def test_a_problem_is_one_sentence_for_the_person_who_loads(tmp_path: Path) -> None:
    sentence = str(problem_of(load_text(tmp_path, "\n")))
    assert sentence == (
        "report.txt: thấy 0 đoạn văn, không có bảng số liệu nào; cần ít nhất một bảng có cột “Chỉ tiêu” "
        "(hoặc “Nội dung”) và cột “Số liệu”; hãy kiểm tra xem phụ lục số liệu có trong tệp không."
    )
