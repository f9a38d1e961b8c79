"""Pages as old web systems and Word write them."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from loaders.problems import UnreadableFile
from loaders.readers import read_document

HEADER = "<tr><th>STT<th>Chỉ tiêu<th>Đơn vị tính<th>Số liệu</tr>"
ROW = "<tr><td>1<td>Việc&nbsp;thử<td>Việc<td>7</tr>"


def page(folder: Path, body: str, name: str = "a.html", encoding: str = "utf-8", head: str = "") -> Path:
    path = folder / name
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return path


def rows_of(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for table in read_document(path).tables for row in table.rows]


def texts_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in read_document(path).paragraphs]


def test_only_the_innermost_tables_are_data(tmp_path: Path) -> None:
    inner = f"<table>{HEADER}{ROW}</table>"
    middle = f"<table><tr><td>Trái</td><td><p>Phụ lục 1</p>{inner}</td></tr></table>"
    path = page(tmp_path, f"<table><tr><td>Đầu trang</td></tr><tr><td>{middle}</td></tr></table>")
    assert rows_of(path) == [("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"), ("1", "Việc thử", "Việc", "7")]
    assert texts_of(path) == ["Đầu trang", "Trái", "Phụ lục 1"]


def test_spans_leave_empty_cells(tmp_path: Path) -> None:
    table = (
        "<table><thead><tr><td rowspan=2>STT<td rowspan='2'>Chỉ tiêu<td colspan=2>Kết quả</thead>"
        "<tbody><tr><td>Đơn vị tính<td>Số liệu<tr><td>1<td>Tổng<td>Hồ sơ<td>9"
        "<tr><td rowspan=99999>Trong đó<td>A<td>Hồ sơ<td>4<tr><td>B<td>Hồ sơ<td>5</tbody></table>"
    )
    assert rows_of(page(tmp_path, table)) == [
        ("STT", "Chỉ tiêu", "Kết quả", ""),
        ("", "", "Đơn vị tính", "Số liệu"),
        ("1", "Tổng", "Hồ sơ", "9"),
        ("Trong đó", "A", "Hồ sơ", "4"),
        ("", "B", "Hồ sơ", "5"),
    ]


def test_what_does_not_show_is_left_out(tmp_path: Path) -> None:
    hidden = (
        "<script>if (a<b) '<tr>'</script><style>p{}</style><p hidden>x</p><p style='display: none'>y</p><!-- <tr> -->"
    )
    table = f"<table>{HEADER}<tr style='DISPLAY:none'><td>0<td>Ẩn<td><td>1</tr>{ROW}</table>"
    path = page(tmp_path, f"{hidden}<h1>BÁO CÁO</h1><p>một <b>câu</b>\n thử<br>Dòng hai</p>{table}")
    assert texts_of(path) == ["BÁO CÁO", "một câu thử", "Dòng hai"]
    assert [row[0] for row in rows_of(path)] == ["STT", "1"]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1258", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1258'>"),
        ("utf-8", "<meta charset=x-unknown>"),
    ],
)
def test_the_text_is_decoded_as_declared(tmp_path: Path, encoding: str, head: str) -> None:
    text = "Chỉ tiêu" if encoding != "cp1258" else "Chi\u0309 tiêu"
    path = page(tmp_path, f"<p>{text} thư\u0309</p>", encoding=encoding, head=head)
    assert texts_of(path) == ["Chỉ tiêu thử"]


def test_a_page_named_xls_or_doc_is_a_page(tmp_path: Path) -> None:
    for name in ("a.xls", "a.doc", "a.docx"):
        assert len(rows_of(page(tmp_path, f"<table>{HEADER}{ROW}</table>", name=name))) == 2


def test_a_single_file_web_page(tmp_path: Path) -> None:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(f"<table>{HEADER}{ROW}</table>", subtype="html")
    data = message.as_bytes()
    path = tmp_path / "a.doc"
    path.write_bytes(data if data.lower().startswith(b"mime-version") else b"MIME-Version: 1.0\n" + data)
    assert len(rows_of(path)) == 2


def test_rows_the_parser_cannot_reach_are_a_refusal(tmp_path: Path) -> None:
    deep = "<div>" * 10_000
    path = page(tmp_path, f"<table>{HEADER}{ROW}</table>{deep}<table>{HEADER}{ROW}</table>")
    with pytest.raises(UnreadableFile, match="đọc được 2 trong 4 dòng"):
        read_document(path)


def test_a_table_without_rows_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="lồng quá sâu"):
        read_document(page(tmp_path, "<p>x</p><table></table>"))


LABEL = "td::before { content: attr(data-label) }"


@pytest.mark.parametrize(
    ("sheet", "label", "figure"),
    [
        (LABEL, "Số liệu", "494"),
        (LABEL + "@media screen and (min-width:601px) { td::before { display: none } }", "Năm 2024", "494"),
        (LABEL + "td::before { display: none }", "6", "494"),
        ("td::before { visibility: hidden !important } td.a::before { visibility: visible }" + LABEL, "6", "494"),
        ("td::before { display: none } td.a:before { display: inline }" + LABEL, "6", "6494"),
        (LABEL + "td.a::before { content: none }", "6", "494"),
        (LABEL, "-", "-494"),
        (LABEL, "▪ ", "494"),
        (LABEL, "Tỷ lệ (%)", "494"),
        ("td.a::after { content: '%' }", "", "494%"),
        ("td.a::after { content: ' hồ sơ' }", "", "494"),
    ],
)
def test_what_a_style_adds_to_a_figure_is_read_where_it_shows(
    tmp_path: Path, sheet: str, label: str, figure: str
) -> None:
    row = f"<tr><td>1<td>Việc thử<td>Việc<td class=a data-label='{label}'>494</tr>"
    path = page(tmp_path, f"<table>{HEADER}{row}</table>", head=f"<style>{sheet}</style>")
    assert rows_of(path)[1] == ("1", "Việc thử", "Việc", figure)


@pytest.mark.parametrize(
    ("head", "figure"),
    [
        ("<link rel=stylesheet href=a.css>", "494"),
        ("<link rel='icon' href=a.png>", ""),
        ("<style>@import url(a.css);</style>", "494"),
        ("<style>@supports (display: grid) { td { background: navy } }</style>", "494"),
        ("<style>td { background: navy }</style>", "494"),
        ("<style>td { background: #fff url(navy.png) }</style>", "494"),
        ("", ""),
    ],
)
def test_white_figures_are_left_out_only_where_every_sheet_is_known(tmp_path: Path, head: str, figure: str) -> None:
    row = "<tr><td>1<td>Việc thử<td>Việc<td style='color:#fff'>494</tr>"
    document = read_document(page(tmp_path, f"<table>{HEADER}{row}</table>", head=head))
    assert document.tables[0].rows[1].cells[3] == figure
    assert len(document.omissions) == (not figure)
