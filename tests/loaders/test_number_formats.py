"""What a sheet shows and what it stores: a figure is taken only where both say the same."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from readers.make import write_ods_content
from readers.opening import OPENING

from loaders.form import all_forms
from loaders.load import LoadedFile, load_file
from loaders.readers.number_sections import as_shown
from warehouse.model import Remark, batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

HEADER = ("STT", "Nội dung", "ĐVT", "Số liệu")
PARENT = ("1.4", "Khảo sát sự hài lòng của người dân tổ chức", "", "", "General")
OTHER = ("9", "Việc khác", "Việc", 7, "0")
LABEL, MEASURE = "Số lượng phiếu khảo sát", "Phiếu"
Line = tuple[str, str, str, float | str, str]  # code, label, unit, figure, its format


def in_xlsx(path: Path, *lines: Line) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, text in enumerate(OPENING):
            sheet.write_string(number, 0, text)
        sheet.write_row(len(OPENING), 0, HEADER)
        for number, (*texts, figure, form) in enumerate(lines, start=len(OPENING) + 1):
            sheet.write_row(number, 0, texts)
            sheet.write(number, 3, figure, book.add_format({"num_format": form}))
    return path


def in_xls(path: Path, *lines: Line) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    for number, texts in enumerate([*((text,) for text in OPENING), HEADER, *(line[:3] for line in lines)]):
        for column, text in enumerate(texts):
            sheet.write(number, column, text)
    for number, line in enumerate(lines, start=len(OPENING) + 1):
        sheet.write(number, 3, line[3], xlwt.easyxf(num_format_str=line[4]))
    book.save(str(path))
    return path


WRITERS: dict[str, Callable[..., Path]] = {"xlsx": in_xlsx, "xls": in_xls}


def survey(figure: float | str, form: str) -> tuple[Line, ...]:
    return PARENT, ("1.4.1", LABEL, MEASURE, figure, form), OTHER


def read(path: Path) -> LoadedFile:
    outcome = load_file(path)
    assert outcome.report is not None, outcome.problem
    return outcome


def told(outcome: LoadedFile) -> list[tuple[str, str]]:
    assert outcome.report is not None
    return [(remark.rule, str(remark.compared["printed"])) for remark in outcome.report.remarks]


def figure_of(outcome: LoadedFile) -> tuple[str | None, str, Decimal | None]:
    assert outcome.report is not None
    row = next(row for row in outcome.report.observations if row.label == LABEL)
    return row.raw_value, row.status, row.value


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    ("figure", "form", "raw", "value"),
    [
        (12345, "#,##0", "12345", 12345),
        (12345, '#,##0" phiếu"', "12345", 12345),
        (12345, "#,##0,", "12 (ô lưu 12345)", None),
        (12345678, "0.0,,", "12,3 (ô lưu 12345678)", None),
        (12345, "0.0E+00", "1,2E+04 (ô lưu 12345)", None),
        (12, '0" nghìn"', "12 nghìn", None),
        (12, '"≥ "0', "≥ 12", None),
        (1, "0%", "100%", None),
        (12, '0"%"', "12%", None),
        ("12", '@" nghìn"', "12 nghìn", None),
        ("12", "@", "12", 12),
    ],
)
def test_a_figure_shown_otherwise_than_stored_is_not_used(
    suffix: str, figure: float | str, form: str, raw: str, value: int | None, tmp_path: Path
) -> None:
    outcome = read(WRITERS[suffix](tmp_path / f"report.{suffix}", *survey(figure, form)))
    assert outcome.report is not None
    found = [(row.raw_value, row.value) for row in outcome.report.observations]
    assert found[1:] == [(raw, None if value is None else Decimal(value)), ("7", Decimal(7))]
    rule = "figure_in_percent" if raw.endswith("%") else "figure_with_words"
    assert told(outcome) == ([] if value is not None else [(rule, raw)])


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_row_code_is_the_one_that_shows(suffix: str, tmp_path: Path) -> None:
    """The column for codes is the fourth here, for that is the one that is written with a format."""
    path = WRITERS[suffix](
        tmp_path / f"report.{suffix}",
        ("Số liệu", "Chỉ tiêu", "ĐVT", "STT", "@"),
        ("5", "Việc một", "Việc", 1, '"1."0'),
        ("6", "Việc hai", "Việc", 2, '"1."0'),
    )
    outcome = read(path)
    assert outcome.report is not None
    assert [(row.code, row.value) for row in outcome.report.observations] == [("1.1", Decimal(5)), ("1.2", Decimal(6))]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(("figure", "form"), [(12345, ";;;"), ("12345", ";;;"), (0, "#,###"), (-5, "0;;0")])
def test_a_figure_that_does_not_show_is_not_read_and_it_is_said(
    suffix: str, figure: float | str, form: str, tmp_path: Path
) -> None:
    outcome = read(WRITERS[suffix](tmp_path / f"report.{suffix}", *survey(figure, form)))
    assert outcome.report is not None
    assert figure_of(outcome) == (None, "blank", None)
    where, said = "Phụ lục 1, sheet:Số liệu, row:7", {"printed": "Số liệu", "times": 1}
    assert outcome.report.remarks == (Remark("hidden_cells", where, said),)


def test_it_is_a_finding_and_a_warning_of_the_load(tmp_path: Path) -> None:
    report = read(in_xlsx(tmp_path / "report.xlsx", *survey(12345, ";;;"))).report
    assert report is not None
    publish(tmp_path, batch_of([report]), all_forms(), "load")
    connection = open_warehouse(tmp_path).connection
    found = connection.execute("SELECT rule, severity, message_vi FROM finding").fetchall()
    connection.close()
    said = "“Số liệu” có 1 ô chứa số mà định dạng không cho hiện; các số ấy không được đọc."
    assert found == [("hidden_cells", "medium", said)]


@pytest.mark.parametrize(
    ("kind", "stored", "shown", "raw", "value"),
    [
        ("float", "12345", "12,345", "12345", Decimal(12345)),
        ("float", "12345", "12.345", "12345", Decimal(12345)),
        ("float", "12345", "12.345 phiếu", "12345", Decimal(12345)),
        ("float", "0", " - ", "0", Decimal(0)),
        ("float", "12345", "12", "12 (ô lưu 12345)", None),
        ("float", "12345", "1.2E+04", "1.2E+04 (ô lưu 12345)", None),
        ("float", "1", "0,001", "0,001 (ô lưu 1)", None),
        ("float", "9936", "99.36", "99.36 (ô lưu 9936)", None),
        ("float", "110", "11,0", "11,0 (ô lưu 110)", None),
        ("float", "5", "-5", "-5 (ô lưu 5)", None),
        ("float", "12", "12,00", "12", Decimal(12)),
        ("float", "0", "- ₫", "0", Decimal(0)),
        ("float", "12000", "1.2E+04", "12000", Decimal(12000)),
        ("float", "12345", "12.3 nghìn", "12.3 nghìn (ô lưu 12345)", None),
        ("float", "12", "12 nghìn", "12 nghìn", None),
        ("float", "12", "≥ 12", "≥ 12", None),
        ("float", "-5", "5", "5 (ô lưu -5)", None),
        ("float", "-5", "(5)", "-5", None),
        ("percentage", "0.12", "12%", "12%", None),
        ("float", "12345", "", None, None),
    ],
)
def test_the_same_for_ods(
    kind: str, stored: str, shown: str, raw: str | None, value: Decimal | None, tmp_path: Path
) -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    figure = f'<table:table-cell office:value-type="{kind}" office:value="{stored}"><text:p>{shown}</text:p>'
    lines = [*(cell(text) for text in OPENING), "".join(map(cell, HEADER))]
    lines += [
        "".join(map(cell, PARENT[:3])),
        "".join(map(cell, ("1.4.1", LABEL, MEASURE))) + f"{figure}</table:table-cell>",
    ]
    lines.append("".join(map(cell, map(str, OTHER[:4]))))
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    table = f'<table:table table:name="Số liệu">{rows}</table:table>'
    outcome = read(write_ods_content(tmp_path / "report.ods", table))
    assert outcome.report is not None
    found = [(row.raw_value, row.value) for row in outcome.report.observations]
    assert found[1] == (raw, value)
    rules = {None: "hidden_cells", "-5": "figure_negative", "12%": "figure_in_percent"}
    doubt = (rules.get(raw, "figure_with_words"), raw or "Số liệu")
    assert told(outcome) == ([] if value is not None else [doubt])


def test_a_number_longer_than_a_float_keeps_is_left_as_it_is_stored() -> None:
    """Rounding one to decimals would be beyond what decimals hold, and end the reading."""
    assert as_shown(1e30, "1.00", "1" + 30 * "0", percent=False) == "1" + 30 * "0"
