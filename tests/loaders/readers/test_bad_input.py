"""Whole files that must not be loaded: each gives one sentence that says where, what, and what to do."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from make import SAMPLE, WRITERS
from raw import docx_file, paragraph, table, xlsx_file

from loaders.characters import old_encoding
from loaders.load import Options, load_file
from loaders.workers import Limits, load_in_workers
from warehouse.environment import WrongSetting, setting
from warehouse.model import Report, batch_of
from warehouse.periods import parse_period

TITLE = """UBND XÃ HOẰNG HỢP
BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2024
Xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa

Phụ lục 01b
"""
HEADER = "STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú\n"
ROW = "1\tSố hồ sơ đã tiếp nhận\tHồ sơ\t{}\t\n"
GOOD = TITLE + HEADER + ROW.format("494") + "2\tSố hồ sơ đã giải quyết\tHồ sơ\t490\t\n"
OLD = {
    "TCVN3": "C¶i c¸ch hµnh chÝnh 6 th¸ng ®Çu n¨m 2024 cña huyÖn, sè liÖu thèng kª",
    "VNI": "Caûi caùch haønh chính 6 thaùng ñaàu naêm 2024 cuûa huyeän, soá lieäu thoáng keâ",
}

TEXTS: Mapping[str, tuple[str, str]] = {
    "nothing filled in": (GOOD.replace("494", "").replace("490", ""), "không dòng nào có số"),
    "only the form's formulas": (GOOD.replace("494", "= b/a*100").replace("490", "= a+b"), "không dòng nào có số"),
    "no table": (TITLE, "không có bảng số liệu nào"),
    "no such unit": (
        GOOD.replace("Hoằng Hợp", "Vvơ Kkư").replace("HOẰNG HỢP", "VVƠ KKƯ"),
        "đơn vị gửi “UBND XÃ VVƠ KKƯ”, không có trong danh mục",
    ),
    "no period": (GOOD.replace("6 tháng đầu năm 2024", ""), "không có kỳ báo cáo"),
    "an odd period": (GOOD.replace("6 tháng", "8 tháng"), "không phải kỳ báo cáo"),
    "a period to come": (GOOD.replace("năm 2024", "năm 2035"), "2035-6M, chưa đến"),
    "a figure written backwards": (GOOD.replace("494", "\u202e494\u202c"), "line:8: thấy ký tự đảo chiều chữ"),
    "letters from right to left": (GOOD.replace("494", "494 א"), "từ phải sang trái (U+05D0)"),
    "a control character": (GOOD.replace("494", "4\x0794"), "ký tự điều khiển không in được (U+0007)"),
    "TCVN3": (GOOD + OLD["TCVN3"] * 9, "bảng mã cũ TCVN3"),
    "VNI": (TITLE + HEADER + ROW.format(5).replace("Số hồ sơ", OLD["VNI"]) * 20, "bảng mã cũ VNI"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_no_report_is_refused(name: str, tmp_path: Path) -> None:
    text, said = TEXTS[name]
    assert said in refusal(write(tmp_path, text.encode()))


def test_old_code_pages_are_named_in_bytes_too(tmp_path: Path) -> None:
    assert "TCVN3" in refusal(write(tmp_path, OLD["TCVN3"].encode("latin-1")))
    assert "không phải văn bản Unicode" in refusal(write(tmp_path, GOOD.encode("utf-16-le")))


@pytest.mark.parametrize(
    "text", [GOOD, unicodedata.normalize("NFD", GOOD), "Les élèves créèrent un goût d’août", "", "5"]
)
def test_what_is_in_no_old_code_page(text: str) -> None:
    assert old_encoding(text) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: (text[:120] + unicodedata.normalize("NFD", text[120:])).encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_odd_but_clear_encodings_give_the_same_figures(change: Callable[[str], bytes], tmp_path: Path) -> None:
    read = report(write(tmp_path, change(GOOD)))
    assert (read.unit_code, read.period) == ("15919", "2024-6M")
    assert [row.value for row in read.observations] == [494, 490]
    assert read.observations[0].label == "Số hồ sơ đã tiếp nhận"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("123456789012345", None),
        ("1.234.567.890.123.456", None),
        ("99999999999999,99999", None),
        ("99999999999999,9", Decimal("99999999999999.9")),  # of what is counted in no unit we know
        ("12345678901,2345", Decimal("12345678901.2345")),
    ],
)
def test_a_number_past_what_can_be_kept_has_no_value(printed: str, value: Decimal | None, tmp_path: Path) -> None:
    money = GOOD.replace("494", printed).replace("Hồ sơ", "Đồng", 1)  # what is counted has no decimals
    read = report(write(tmp_path, money.encode()))
    assert (read.observations[0].raw_value, read.observations[0].value) == (printed, value)
    assert batch_of([read]).observations["value"].to_list() == [value, 490]


def test_a_workbook_keeps_the_digits_of_a_number_that_no_float_holds(tmp_path: Path) -> None:
    head = "".join(
        f'<c r="{column}1" t="str"><v>{text}</v></c>'
        for column, text in zip("ABC", ("STT", "Chỉ tiêu", "Số liệu"), strict=True)
    )
    cells = '<c r="A2"><v>1</v></c><c r="B2" t="str"><v>Việc</v></c><c r="C2"><v>{}</v></c>'
    rows = f'<row r="1">{head}</row><row r="2">{cells.format("12345678901234567")}</row>'
    rows += f'<row r="3">{cells.format("7").replace("2", "3")}</row>'
    options = Options("15919", parse_period("2024-6M"))
    (first, second) = report(xlsx_file(tmp_path / "a.xlsx", rows), options).observations
    assert (first.raw_value, first.value, second.value) == ("12345678901234567", None, 7)


# Packages -----------------------------------------------------------------------------------------------


def changed(
    kind: str, folder: Path, added: Mapping[str, bytes], replaced: tuple[str, bytes, bytes] = ("", b"", b"")
) -> Path:
    """A made file with members added, or with a text in one of them replaced."""
    whole = WRITERS[kind](SAMPLE, folder / f"whole.{kind}").read_bytes()
    name, old, new = replaced
    path = folder / f"a.{kind}"
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            data = before.read(member)
            assert member != name or old in data
            after.writestr(member, data.replace(old, new) if member == name else data)
        for member, data in added.items():
            after.writestr(member, data)
    return path


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs/x", "C:\\x\\y", "word/../../x"])
def test_paths_that_leave_the_package_are_refused(name: str, tmp_path: Path) -> None:
    assert "đường dẫn ra ngoài" in refusal(changed("docx", tmp_path, {name: b"x"}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "whole.docx"]


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        ("docx", "word/vbaProject.bin"),
        ("xlsx", "xl/vbaProject.bin"),
        ("xlsx", "xl/macrosheets/s.xml"),
        ("ods", "Basic/x.xml"),
    ],
)
def test_macros_are_refused(kind: str, member: str, tmp_path: Path) -> None:
    assert "có macro" in refusal(changed(kind, tmp_path, {member: b"x"}))


def test_figures_of_another_workbook_are_refused(tmp_path: Path) -> None:
    assert "Break Link" in refusal(changed("xlsx", tmp_path, {"xl/externalLinks/externalLink1.xml": b"<x/>"}))


def linked(folder: Path, kind: str, target: str) -> Path:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="z" Type="{office}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed("docx", folder, {}, ("word/_rels/document.xml.rels", b"</Relationships>", link.encode()))


@pytest.mark.parametrize("target", ["http://a.example/t.dotm", "\\\\server\\t.dotm", "file://server/t.dotm"])
def test_what_would_be_fetched_is_refused(target: str, tmp_path: Path) -> None:
    assert "lấy nội dung từ nơi khác" in refusal(linked(tmp_path, "attachedTemplate", target))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://a.example/"),
        ("image", "http://a.example/a.png"),
        ("attachedTemplate", "file:///C:\\M\\t.dotm"),
    ],
)
def test_links_that_bring_nothing_are_no_harm(kind: str, target: str, tmp_path: Path) -> None:
    assert report(linked(tmp_path, kind, target)).unit_code == "15919"


def test_a_relationship_out_of_the_package_is_refused(tmp_path: Path) -> None:
    path = changed("docx", tmp_path, {}, ("_rels/.rels", b'"word/document.xml', b'"../../word/document.xml'))
    assert "đường dẫn ra ngoài" in refusal(path)


# Limits -------------------------------------------------------------------------------------------------


def test_more_rows_than_a_report_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_READ_ROWS", "100")
    rows = table(("STT", "Chỉ tiêu", "Số liệu"), *[("1", "Việc", "5")] * 101)
    cells = "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 51}</row>' for row in range(1, 102))
    for path in (
        write(tmp_path, (GOOD + ROW.format(5) * 101).encode()),
        docx_file(tmp_path / "a.docx", paragraph("x") + rows),
        xlsx_file(tmp_path / "a.xlsx", cells),
        write(tmp_path, b"<html><table>" + b"<tr><td>x" * 101 + b"</table></html>", "a.html"),
    ):
        assert "không quá 100 dòng" in refusal(path)


def test_a_hundred_megabytes_of_rows_are_refused_at_once_in_a_worker(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.encode() + ROW.format(5).encode() * 2_000_000)
    assert path.stat().st_size > 80 << 20
    (file,) = load_in_workers([path])
    assert "không quá 20000 dòng" in str(file.problem)
    (file,) = load_in_workers([path], limits=Limits(file_megabytes=10))
    assert "lớn hơn giới hạn 10 MB" in str(file.problem)


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_READ_SECONDS", "7.5")
    monkeypatch.setenv("CCHC_READ_ROWS", "300")
    assert Limits.from_environment() == Limits(seconds=7.5, rows=300)
    for wrong in ("0", "-1", "nhiều", "nan", "inf"):
        monkeypatch.setenv("CCHC_READ_SECONDS", wrong)
        with pytest.raises(WrongSetting, match="cần một số dương"):
            setting("CCHC_READ_SECONDS", 60)


# Helpers ------------------------------------------------------------------------------------------------


def write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def report(path: Path, options: Options = Options()) -> Report:
    file = load_file(path, options)
    assert file.report, file.problem
    return file.report


def refusal(path: Path) -> str:
    file = load_file(path)
    assert file.report is None
    assert file.problem
    assert path.name in file.problem.place
    assert file.problem.expected
    assert file.problem.action
    return str(file.problem)
