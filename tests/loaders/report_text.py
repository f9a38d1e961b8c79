"""Made-up reports for the tests: one set of rows, printed in each way in which text reports come.

A report is said once (`PrintedReport`); a layout turns it into the text of a file. All layouts of one report
must read as the same rows.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.form import FORMS

PAGE = 4  # rows to a page: short pages, so that every table is broken
PERIOD_COLUMNS = ("Quý I", "6 tháng", "9 tháng", "Tổng số trong năm")
_USED_FOR = "(Sử dụng trong kỳ báo cáo hàng quý, 6 tháng, năm)"
_SECOND_HALF = re.compile(r"^(?P<first>.{12,}?) (?P<rest>[a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ].*)$")


@dataclass(frozen=True)
class PrintedRow:
    """One row. Lines of `unit` are printed one below the other; `beside` stands where a code would."""

    code: str
    label: str
    unit: str = ""
    value: str = ""
    note: str = ""
    beside: str = ""


@dataclass(frozen=True)
class PrintedAnnex:
    """One table under its title; an empty title prints none."""

    title: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class PrintedReport:
    """The lines before the tables, the tables, the lines behind them, and the column of the report's period."""

    opening: tuple[str, ...]
    annexes: tuple[PrintedAnnex, ...]
    closing: tuple[str, ...] = ()
    column: str = "6 tháng"


Layout = Callable[[PrintedReport], str]


def opening(unit: str, period: str, *, recipient: str = "", dateline: str = "", number: str = "") -> tuple[str, ...]:
    """The lines of a report before its tables: who, when, what about, to whom."""
    lines = (
        f"Số: {number}" if number else "",
        dateline,
        "BÁO CÁO",
        f"Tình hình thực hiện công tác cải cách hành chính {period}",
        f"Kính gửi: {recipient}" if recipient else "",
        f"{unit} báo cáo tình hình thực hiện công tác cải cách hành chính {period} như sau:",
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    )
    return tuple(line for line in lines if line)


def form_annexes(form: str, folder: Path = FORMS) -> tuple[PrintedAnnex, ...]:
    """The annexes of one of our forms as a reporter prints them, each row with a figure of its own."""
    with (folder / form / "rows.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    annexes: dict[str, list[PrintedRow]] = {}
    for number, line in enumerate(lines, start=1):
        row = PrintedRow(line["code"], line["label"], line["unit_of_measure"], value=str(number))
        annexes.setdefault(line["annex"], []).append(row)
    return tuple(PrintedAnnex(title, tuple(rows)) for title, rows in annexes.items())


def with_rows(annex: PrintedAnnex, change: Callable[[PrintedRow], PrintedRow]) -> PrintedAnnex:
    """The annex with every row changed."""
    return replace(annex, rows=tuple(change(row) for row in annex.rows))


def _code_cell(row: PrintedRow, dotted: bool) -> str:
    return f"{row.code}." if row.code and dotted else row.code or row.beside


def _pages(rows: tuple[PrintedRow, ...]) -> Iterator[tuple[PrintedRow, ...]]:
    for start in range(0, len(rows), PAGE):
        yield rows[start : start + PAGE]


def _text(report: PrintedReport, tables: list[str]) -> str:
    parts = [*report.opening]
    for annex, table in zip(report.annexes, tables, strict=True):
        parts += [annex.title, table] if annex.title else [table]
    return "\n\n".join([*parts, *report.closing]) + "\n"


def tabs(report: PrintedReport) -> str:
    """Cells between tabs, a header of two rows, italics as tags; a page end cuts a row in two."""
    return _text(report, [_tab_table(annex) for annex in report.annexes])


def _tab_table(annex: PrintedAnnex) -> str:
    lines = ["STT\tChỉ tiêu thống kê\tKết quả thống kê\t\tGhi chú", f"\t<i>{_USED_FOR}</i>\tĐơn vị tính\tSố liệu\t"]
    for page in _pages(annex.rows):
        for number, row in enumerate(page):
            lines += _tab_lines(row, dotted=number % 2 == 0, cut=row is page[-1] and row is not annex.rows[-1])
        if page[-1] is not annex.rows[-1] and "" not in lines[-2:]:  # a row cut in two has ended the page
            lines.append("")
    return "\n".join(lines)


def _tab_lines(row: PrintedRow, dotted: bool, cut: bool) -> list[str]:
    label, rest = row.label, ""
    if cut and (halves := _SECOND_HALF.match(row.label)):
        label, rest = halves["first"], halves["rest"]
    unit, *answers = row.unit.split("\n")
    lines = [f"{_code_cell(row, dotted)}\t<i>{label}</i>\t{unit}\t{row.value}\t{row.note}"]
    lines += [f"\t\t{answer}\t\t" for answer in answers]
    return [*lines, "", f"\t<i>{rest}</i>\t\t\t"] if rest else lines


def broken_tabs(report: PrintedReport) -> str:
    """Cells between tabs, where every long label goes on in the next line of the file; the header on each page."""
    return _text(report, [_broken_table(annex) for annex in report.annexes])


def _broken_table(annex: PrintedAnnex) -> str:
    header = "Số TT\tNội dung\tĐVT\tKết quả\tGhi chú"
    pages = []
    for page in _pages(annex.rows):
        lines = [header]
        for row in page:
            label = _SECOND_HALF.sub(r"\g<first>\n\g<rest>", row.label)
            unit = row.unit.replace("\n", " ")
            lines.append(f"{_code_cell(row, dotted=False)}\t{label}\t{unit}\t{row.value}\t{row.note}")
        pages.append("\n".join(lines))
    return "\n\n".join(pages)


def cells(report: PrintedReport) -> str:
    """One cell a line behind a tab, and four value columns, of which one is filled."""
    header = ("STT", "Tiêu chí", "Đơn vị tính", *PERIOD_COLUMNS, "Ghi chú")
    tables = []
    for annex in report.annexes:
        rows = [header]
        for number, row in enumerate(annex.rows):
            code, unit = _code_cell(row, dotted=number % 2 == 1), row.unit.replace("\n", " ")
            values = (row.value if column == report.column else "" for column in PERIOD_COLUMNS)
            rows.append((code, row.label, unit, *values, row.note))
        tables.append("\n\n".join("\n".join(f"\t{cell or ' '}" for cell in row) for row in rows))
    return _text(report, tables)


def pipes(report: PrintedReport) -> str:
    """Markdown tables, the header repeated on every page, with stars and tags for emphasis."""
    return _text(report, ["\n\n".join(_pipe_page(page) for page in _pages(annex.rows)) for annex in report.annexes])


def _pipe_page(rows: tuple[PrintedRow, ...]) -> str:
    lines = [
        f"| **STT** | **Chỉ tiêu thống kê** <i>{_USED_FOR}</i> | Kết quả thống kê | | Ghi chú |",
        "|-----|:---|------:|:------:|---|",
        "| | | **Đơn vị tính** | Số liệu | |",
    ]
    for number, row in enumerate(rows):
        mark = ("", "**", "*")[number % 3]
        label, unit = row.label.replace("|", "\\|"), row.unit.replace("\n", "<br>")
        lines.append(f"| {_code_cell(row, True)} | {mark}{label}{mark} | {unit} | {row.value} | {row.note} |")
    return "\n".join(lines)


LAYOUTS: dict[str, Layout] = {"tabs": tabs, "broken_tabs": broken_tabs, "cells": cells, "pipes": pipes}
