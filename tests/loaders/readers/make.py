"""One set of rows, written in every file format a clerk sends: one golden answer serves all of them.

The narrative and the labels of `SAMPLE` are made up for the tests; codes and labels of `golden_report` come
from the golden files, where a hashed sentence is replaced by one of our own.
"""

import csv
import html
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import xlsxwriter
import xlwt
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

GOLDEN = Path(__file__).parents[2] / "golden"
FONT = (
    Path(str(spec.origin)).parent / "files" / "Roboto-Regular.ttf" if (spec := find_spec("font_roboto")) else Path("-")
)

Header = tuple[tuple[str, ...], ...]

TWO_ROWS: Header = (
    ("STT", "Chỉ tiêu thống kê", "Kết quả thống kê", "", "Ghi chú"),
    ("", "(Sử dụng trong kỳ báo cáo hàng quý, 6 tháng, năm)", "Đơn vị tính", "Số liệu", ""),
)
QUARTERS: Header = (("STT", "Tiêu chí", "Quý I", "6 tháng", "9 tháng", "Tổng số trong năm", "Ghi chú"),)


@dataclass(frozen=True)
class MadeRow:
    """One row of an annex: the printed cells, and the value that the cell stands for."""

    code: str
    label: str
    unit: str
    raw: str
    note: str = ""
    value: Decimal | None = None
    status: str = "reported"


@dataclass(frozen=True)
class MadeAnnex:
    """An annex: its title lines, its header and its rows."""

    titles: tuple[str, ...]
    rows: tuple[MadeRow, ...]
    header: Header = TWO_ROWS

    @property
    def width(self) -> int:
        return len(self.header[0])

    @property
    def value_column(self) -> int:
        return 3 if self.header is TWO_ROWS else 2


@dataclass(frozen=True)
class MadeReport:
    """A report: letterhead (left, right), title, narrative and annexes."""

    letterhead: tuple[tuple[str, str], ...]
    title: tuple[str, ...]
    narrative: tuple[str, ...]
    annexes: tuple[MadeAnnex, ...]


@dataclass(frozen=True)
class Span:
    """A cell that covers others: its row and column in the table (from 0), and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int


def row(code: str, label: str, unit: str, raw: str, value: str | None = None, note: str = "") -> MadeRow:
    """A row of the sample; a value of `text` and the like is the status of a cell that holds no number."""
    if value is None or value.isalpha() or "_" in value:
        return MadeRow(code, label, unit, raw, note, None, value or "blank")
    return MadeRow(code, label, unit, raw, note, Decimal(value))


LONG = "Số hồ sơ giả định có tên gọi rất dài để phải xuống dòng nhiều lần trong một ô hẹp của bảng biểu thống kê"

SAMPLE = MadeReport(
    letterhead=(
        ("ỦY BAN NHÂN DÂN\nXÃ HOẰNG HỢP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ("Số: 12/BC-UBND", "Hoằng Hợp, ngày 04 tháng 6 năm 2024"),
    ),
    title=("BÁO CÁO", "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2024"),
    narrative=(
        "1. Công tác chỉ đạo: đây là đoạn văn thử, dài hơn một dòng để kiểm tra rằng một đoạn văn xuống dòng giữa"
        " chừng vẫn được đọc thành một câu trọn vẹn, không bị cắt ra làm đôi.",
        "2. Kết quả: đã tiếp nhận 494 hồ sơ thử nghiệm.",
    ),
    annexes=(
        MadeAnnex(
            ("Phụ lục 1", "SỐ LIỆU THỬ VỀ CHỈ ĐẠO"),
            (
                row("1.", "Công tác chỉ đạo", "", ""),
                row("1.1.", "Số văn bản thử", "Văn bản", "07", "7"),
                row("1.2.", "Tỷ lệ hoàn thành thử", "%", "100%", "100"),
                row("1.3", "Tỷ lệ thử có phần lẻ", "%", "99,4%", "99.4"),
                row("1.3.1", LONG, "Hồ sơ", "4.340", "4340", "Ghi chú dài của dòng này cũng phải xuống dòng"),
                row("2", "Số hồ sơ đã tiếp nhận", "Hồ sơ", "494", "494"),
                row("", "Tiếp nhận trực tiếp", "Hồ sơ", "45", "45"),
                row("", "Tiếp nhận trực tuyến", "Hồ sơ", "449", "449", "một phần và toàn trình"),
                row("3", "Hình thức khảo sát", "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2", "2", "2"),
                row("4", "Tỷ lệ xử lý", "%", "= b/a*100", "formula"),
                row("5", "Nhiệm vụ thử", "Nhiệm vụ", "19/19", "ratio_text"),
                row("6", "Việc thử", "Việc", "Không phát sinh", "text"),
                row("7", "Dòng để trống", "Việc", ""),
            ),
        ),
        MadeAnnex(
            ("Phụ lục 2", "SỐ LIỆU THỬ VỀ TÀI CHÍNH"),
            (
                row("1", "Kinh phí thử", "Triệu đồng", "310.660", "310660"),
                row("1.1", "Kinh phí có phần lẻ", "Triệu đồng", "9,5", "9.5"),
                row("1.10", "Mã hàng chục", "Đơn vị", "0", "0"),
                row("2.1", "Mã giống ngày tháng", "Đơn vị", "3", "3"),
            ),
        ),
        MadeAnnex(
            ("Phụ lục 6B", "SỐ LIỆU THỬ THEO QUÝ"),
            (
                row("1", "Số cơ quan thử", "", "38", "38"),
                row("1.1", "Cấp huyện", "", "17", "17", "đã sắp xếp"),
                row("1.2", "Cấp xã", "", "21", "21"),
            ),
            QUARTERS,
        ),
    ),
)


def golden_report(name: str, title: str, unit: str) -> MadeReport:
    """The annexes of a golden file as a report to be written again."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    names = dict.fromkeys(cells["annex"] for cells in printed)
    header = TWO_ROWS if any(cells["unit_of_measure"] for cells in printed) else QUARTERS
    annexes = tuple(
        MadeAnnex(
            (annex,) if not annex.startswith("Bảng") else (),
            tuple(_golden_row(cells) for cells in printed if cells["annex"] == annex),
            header,
        )
        for annex in names
    )
    return MadeReport(((unit.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),), ("BÁO CÁO", title), (), annexes)


def _golden_row(cells: dict[str, str]) -> MadeRow:
    raw, note = (f"Câu văn thử thay cho {cells['status']}" if _is_hash(cells[key]) else cells[key] for key in _TEXTS)
    value = Decimal(cells["value"]) if cells["value"] else None
    return MadeRow(cells["code"], cells["label"], cells["unit_of_measure"], raw, note, value, cells["status"])


_TEXTS = ("raw_value", "note")


def _is_hash(cell: str) -> bool:
    return cell.startswith("sha256:")


def grid(annex: MadeAnnex) -> tuple[list[list[str]], list[Span]]:
    """The annex's table as texts, header first, and its merged cells: in the header, and “Trong đó” over its rows."""
    rows = [list(line) for line in annex.header]
    spans: list[Span] = []
    if annex.header is TWO_ROWS:
        spans += [Span(0, 0, 2, 1), Span(0, 2, 1, 2), Span(0, 4, 2, 1)]
    run: list[int] = []
    for made in annex.rows:
        line = [""] * annex.width
        line[0], line[1], line[annex.value_column], line[-1] = made.code, made.label, made.raw, made.note
        if annex.header is TWO_ROWS:
            line[2] = made.unit
        run = [*run, len(rows)] if not made.code else []
        if len(run) == 1:
            line[0] = "Trong đó"
        rows.append(line)
        if len(run) > 1:
            spans = [span for span in spans if span.row != run[0]] + [Span(run[0], 0, len(run), 1)]
    return rows, spans


def covered(spans: Sequence[Span]) -> dict[tuple[int, int], Span]:
    """Each covered cell and the span it lies under, top-left cells included."""
    return {
        (line, column): span
        for span in spans
        for line in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    }


# --- Word ---------------------------------------------------------------------------------------------------


def write_docx(report: MadeReport, path: Path) -> Path:
    """The report as Word writes it: letterhead in a table without lines, annexes as tables."""
    document = docx.Document()
    lettered = document.add_table(len(report.letterhead), 2)
    for line, texts in enumerate(report.letterhead):
        for column, text in enumerate(texts):
            cell = lettered.cell(line, column)
            cell.text = ""
            for number, part in enumerate(text.split("\n")):
                (cell.paragraphs[0] if not number else cell.add_paragraph()).add_run(part)
    for text in (*report.title, *report.narrative):
        document.add_paragraph(text)
    for annex in report.annexes:
        for text in annex.titles:
            document.add_paragraph(text)
        word_table(document, annex)
    document.add_paragraph("")  # Word never ends a document with a table
    document.save(str(path))
    return path


def word_table(document: WordDocument, annex: MadeAnnex) -> WordTable:
    """An annex as a Word table, its merged cells merged as Word does."""
    rows, spans = grid(annex)
    table = document.add_table(len(rows), annex.width)
    cells = [list(line.cells) for line in table.rows]
    for line, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                cells[line][column].text = text
    for span in spans:
        last = cells[span.row + span.rows - 1][span.column + span.columns - 1]
        kept = rows[span.row][span.column]
        merged = cells[span.row][span.column].merge(last)
        merged.text = kept
    return table


# --- Spreadsheets -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stored:
    """A cell of a sheet: a text, or a number with a format."""

    value: str | float
    form: str = "General"


@dataclass(frozen=True)
class MadeSheet:
    """A sheet: its name, its filled cells by row and column (from 0), and its merged ranges."""

    name: str
    cells: dict[tuple[int, int], Stored]
    spans: tuple[Span, ...] = ()


def sheets_of(report: MadeReport, numbers: bool) -> Iterator[MadeSheet]:
    """One sheet an annex, the first with letterhead and title; figures and codes as texts or as numbers."""
    for number, annex in enumerate(report.annexes):
        head = [*report.letterhead, *((text,) for text in (*report.title, *report.narrative))] if not number else []
        lines: list[tuple[str, ...]] = [*head, *((text,) for text in annex.titles)]
        cells = {(line, 3 * at): Stored(text) for line, texts in enumerate(lines) for at, text in enumerate(texts)}
        table, spans = grid(annex)
        for at, texts in enumerate(table):
            for column, text in enumerate(texts):
                cells[len(lines) + at, column] = Stored(text)
        if numbers:
            cells.update(_stored_rows(annex, len(lines) + len(annex.header)))
        moved = tuple(Span(span.row + len(lines), span.column, span.rows, span.columns) for span in spans)
        yield MadeSheet(f"Trang {number + 1}", {at: cell for at, cell in cells.items() if cell.value != ""}, moved)


def _stored_rows(annex: MadeAnnex, first: int) -> Iterator[tuple[tuple[int, int], Stored]]:
    for number, made in enumerate(annex.rows, start=first):
        if made.code and _survives(made.code):
            yield (number, 0), Stored(float(made.code))
        if made.value is not None and made.status == "reported" and made.raw[0].isdigit():
            yield (number, annex.value_column), _stored(made)


def _survives(code: str) -> bool:
    """Whether a code is the same after Excel took it for a number: 1.10 and 1.1.1 are not."""
    return code.count(".") <= 1 and not code.endswith((".", "0"))


def _stored(made: MadeRow) -> Stored:
    assert made.value is not None
    if made.raw.endswith("%"):
        return Stored(float(made.value / 100), "0.0%" if made.value % 1 else "0%")
    if made.raw.startswith("0") and made.raw.isdigit() and len(made.raw) > 1:
        return Stored(float(made.value), "0" * len(made.raw))
    return Stored(float(made.value), "#,##0" if made.value >= 1000 else "General")


def write_xlsx(report: MadeReport, path: Path, numbers: bool = False) -> Path:
    """The report as an Excel workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        for made in sheets_of(report, numbers):
            sheet = book.add_worksheet(made.name)
            for span in made.spans:
                sheet.merge_range(span.row, span.column, span.row + span.rows - 1, span.column + span.columns - 1, "")
            for (line, column), cell in made.cells.items():
                if isinstance(cell.value, str):
                    sheet.write_string(line, column, cell.value)
                else:
                    sheet.write_number(line, column, cell.value, book.add_format({"num_format": cell.form}))
    return path


def write_xls(report: MadeReport, path: Path, numbers: bool = False) -> Path:
    """The report as an Excel 97-2003 workbook."""
    book = xlwt.Workbook()
    for made in sheets_of(report, numbers):
        sheet = book.add_sheet(made.name)
        tops = {(span.row, span.column): span for span in made.spans}
        for (line, column), cell in made.cells.items():
            style = xlwt.easyxf(num_format_str=cell.form)
            if span := tops.get((line, column)):
                ends = line + span.rows - 1, column, column + span.columns - 1
                sheet.write_merge(line, *ends, cell.value, style)
            else:
                sheet.write(line, column, cell.value, style)
    book.save(str(path))
    return path


_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def write_ods(report: MadeReport, path: Path, numbers: bool = False) -> Path:
    """The report as a LibreOffice workbook, set in English as LibreOffice often is."""
    sheets = "".join(_ods_sheet(made) for made in sheets_of(report, numbers))
    return write_ods_content(path, sheets)


def write_ods_content(path: Path, tables: str, styles: str = "") -> Path:
    """An .ods file around `table:table` elements."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
    return path


def _ods_sheet(made: MadeSheet) -> str:
    under = covered(made.spans)
    width, height = (max(at[axis] for at in made.cells) + 1 for axis in (1, 0))
    rows = "".join(
        "<table:table-row>"
        + "".join(
            _ods_cell(made.cells.get((line, column)), under.get((line, column)), column) for column in range(width)
        )
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for line in range(height)
    )
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return f'<table:table table:name="{escape(made.name)}">{rows}{rest}</table:table>'


def _ods_cell(cell: Stored | None, span: Span | None, column: int) -> str:
    if cell is None:
        return "<table:covered-table-cell/>" if span else "<table:table-cell/>"
    marks = ""
    if span and span.column == column:
        marks = f' table:number-rows-spanned="{span.rows}" table:number-columns-spanned="{span.columns}"'
    if isinstance(cell.value, str):
        text = f"<text:p>{escape(cell.value)}</text:p>"
        return f'<table:table-cell{marks} office:value-type="string">{text}</table:table-cell>'
    kind = "percentage" if "%" in cell.form else "float"
    value = f' office:value-type="{kind}" office:value="{cell.value!r}"'
    return f"<table:table-cell{marks}{value}><text:p>{_english(cell)}</text:p></table:table-cell>"


def _english(cell: Stored) -> str:
    value = float(cell.value)
    if "%" in cell.form:
        return f"{value:.1%}" if "." in cell.form else f"{value:.0%}"
    if set(cell.form) == {"0"}:
        return f"{value:0{len(cell.form)}.0f}"
    return f"{value:,.0f}" if cell.form == "#,##0" else f"{value:.15g}"


# --- Web pages and PDF --------------------------------------------------------------------------------------


def write_html(report: MadeReport, path: Path) -> Path:
    """The report as a page, everything in a layout table as old web systems do it."""
    parts = ["<table>", *(f"<tr>{''.join(_html_cell(text) for text in line)}</tr>" for line in report.letterhead)]
    parts += ["</table>", *(f"<h2>{html.escape(text)}</h2>" for text in report.title)]
    parts += [f"<p>{html.escape(text)}</p>" for text in report.narrative]
    for annex in report.annexes:
        parts += [f"<p><b>{html.escape(text)}</b></p>" for text in annex.titles]
        parts.append(html_table(annex))
    body = f"<table><tr><td>{''.join(parts)}</td></tr></table>"
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>{body}</body></html>"
    path.write_text(page, encoding="utf-8")
    return path


def html_table(annex: MadeAnnex) -> str:
    """An annex as an HTML table with its spans."""
    rows, spans = grid(annex)
    under = covered(spans)
    lines = []
    for line, texts in enumerate(rows):
        cells = []
        for column, text in enumerate(texts):
            span = under.get((line, column))
            if span and (span.row, span.column) != (line, column):
                continue
            cells.append(_html_cell(text, f" rowspan={span.rows} colspan={span.columns}" if span else ""))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"


def _html_cell(text: str, marks: str = "") -> str:
    return f"<td{marks}>{html.escape(text).replace(chr(10), '<br>')}</td>"


_WIDTHS = {5: (45, 215, 85, 70, 80), 7: (35, 180, 60, 50, 50, 60, 70)}


def write_pdf(report: MadeReport, path: Path, ruled: bool = True, cut_rows: bool = False, upright: str = "TOP") -> Path:
    """The report as a PDF of A4 pages; the header is printed again on each, and a row may be cut by its end."""
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    style = ParagraphStyle("made", fontName="Roboto", fontSize=10, leading=12)
    story: list[Flowable] = [
        PdfTable([[PdfParagraph(text.replace("\n", "<br/>"), style) for text in line] for line in report.letterhead])
    ]
    story += [PdfParagraph(escape(text), style) for text in (*report.title, *report.narrative)]
    for number, annex in enumerate(report.annexes):
        if number and ruled:
            story.append(PageBreak())
        story += [PdfParagraph(escape(text), style) for text in annex.titles]
        story.append(_pdf_table(annex, style, ruled, cut_rows, upright))
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=40, rightMargin=40).build(story)
    return path


def _pdf_table(annex: MadeAnnex, style: ParagraphStyle, ruled: bool, cut_rows: bool, upright: str) -> PdfTable:
    rows, spans = grid(annex)
    marks: list[tuple[object, ...]] = [("FONTNAME", (0, 0), (-1, -1), "Roboto"), ("VALIGN", (0, 0), (-1, -1), upright)]
    if ruled:
        marks.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    for span in spans:
        last = span.column + span.columns - 1, span.row + span.rows - 1
        marks.append(("SPAN", (span.column, span.row), last))
    cells = [[PdfParagraph(escape(text), style) for text in line] for line in rows]
    return PdfTable(
        cells,
        colWidths=_WIDTHS[annex.width],
        style=marks,
        repeatRows=0 if cut_rows else len(annex.header),
        splitInRow=int(cut_rows),
    )


WRITERS: dict[str, Callable[[MadeReport, Path], Path]] = {
    "docx": write_docx,
    "xlsx": write_xlsx,
    "xlsx numbers": lambda report, path: write_xlsx(report, path, numbers=True),
    "xls": write_xls,
    "xls numbers": lambda report, path: write_xls(report, path, numbers=True),
    "ods": write_ods,
    "ods numbers": lambda report, path: write_ods(report, path, numbers=True),
    "html": write_html,
    "pdf": write_pdf,
}
