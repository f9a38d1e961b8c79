"""A row of the form printed twice: the same figure again is fine, another one leaves both without a value."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from report_text import PrintedReport, PrintedRow, tabs
from test_clean_reports import clean_report

from loaders.form import all_forms
from loaders.load import load_file
from warehouse.model import batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

FORM, ANNEX, CODE = "thanh-hoa-commune-2024", "Phụ lục 01b", "1.4.1"
LABEL, INDICATOR = "Số lượng phiếu khảo sát", "satisfaction_survey_forms"
Told = tuple[str, str, str]


def printed_again(made: PrintedReport, *again: PrintedRow, first: str) -> PrintedReport:
    """The report with more rows behind the one of `CODE`, whose own figure is `first`."""
    annexes = []
    for annex in made.annexes:
        rows: list[PrintedRow] = []
        for row in annex.rows:
            rows += [replace(row, value=first), *again] if row.code == CODE else [row]
        annexes.append(replace(annex, rows=tuple(rows)))
    return replace(made, annexes=tuple(annexes))


def going_on(made: PrintedReport, row: PrintedRow) -> PrintedReport:
    """The report with the row in a second table under the annex's title."""
    return replace(made, annexes=(*made.annexes, replace(made.annexes[-1], title=ANNEX, rows=(row,))))


def read(tmp_path: Path, first: str, *again: PrintedRow) -> tuple[list[tuple[str | None, str, Decimal | None]], str]:
    """The rows of the label (raw, status, value), and where the file prints them."""
    path = tmp_path / "report.txt"
    made, _, _ = clean_report(FORM)
    path.write_text(tabs(printed_again(made, *again, first=first)), encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None, outcome.problem
    publish(tmp_path, batch_of([outcome.report]), all_forms(), "load")
    rows = [row for row in outcome.report.observations if row.label == LABEL]
    return [(row.raw_value, row.status, row.value) for row in rows], ", ".join(row.place for row in rows)


def stored(tmp_path: Path) -> tuple[list[tuple[Decimal | None, str]], Sequence[Told]]:
    """The fact of the row with its status, and the findings but for the code that is there twice."""
    connection = open_warehouse(tmp_path).connection
    fact = connection.execute("SELECT value, status FROM fact WHERE indicator = ?", [INDICATOR]).fetchall()
    found = connection.execute(
        "SELECT rule, place, message_vi FROM finding WHERE rule NOT IN ('duplicate_code', 'skipped_code') ORDER BY ALL"
    ).fetchall()
    connection.close()
    return fact, found


def again(value: str, code: str = CODE, label: str = LABEL) -> PrintedRow:
    return PrintedRow(code, label, "Phiếu", value)


@pytest.mark.parametrize("label", [LABEL, "Số lượng phiếu khảo sat", "Số lượng phiếuu khảo sát"])
def test_of_two_figures_for_one_row_none_is_used_and_both_are_named(label: str, tmp_path: Path) -> None:
    first, second = "5", "7"
    rows, places = read(tmp_path, first, again(second, label=label))
    assert rows[0] == ("5", "text", None)
    assert label != LABEL or rows[1] == ("7", "text", None)
    fact, found = stored(tmp_path)
    assert fact == [(None, "text")]
    assert [rule for rule, _, _ in found] == ["figure_repeated"]
    one = places.split(", ")[0]
    other = f"line:{int(one.removeprefix('line:')) + 1}"
    assert found == [
        (
            "figure_repeated",
            f"{ANNEX}, {one}, {other}",
            f"Dòng “{LABEL}” được ghi 2 lần với số khác nhau: 5 ({one}); 7 ({other}); không rõ số nào đúng nên không "
            "số nào được dùng.",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("5", "5"), ("5", "05"), ("4.340", "4340"), ("5", "")],
)
def test_the_same_figure_again_is_taken(first: str, second: str, tmp_path: Path) -> None:
    rows, _ = read(tmp_path, first, again(second))
    assert rows[0] == (first, "reported", Decimal(first.replace(".", "")))
    fact, found = stored(tmp_path)
    assert (fact, found) == ([(Decimal(first.replace(".", "")), "reported")], [])


def test_a_row_of_another_code_bears_the_wrong_label(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "5", again("7", code="1.4.9"))
    assert rows[0] == ("5", "reported", Decimal(5))
    assert stored(tmp_path) == ([(Decimal(5), "reported")], [])


def test_words_beside_a_figure_are_another_answer(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "5", again("Không phát sinh"))
    assert rows == [("5", "text", None), ("Không phát sinh", "text", None)]
    fact, found = stored(tmp_path)
    assert (fact, [rule for rule, _, _ in found]) == ([(None, "text")], ["figure_repeated"])


@pytest.mark.parametrize(("second", "value"), [("5", Decimal(5)), ("7", None)])
def test_an_annex_that_goes_on_in_a_second_table_says_the_same_or_nothing_sure(
    second: str, value: Decimal | None, tmp_path: Path
) -> None:
    made, _, _ = clean_report(FORM)
    path = tmp_path / "report.txt"
    parents = [row for row in made.annexes[0].rows if row.code == "1.4"]
    made = going_on(printed_again(made, first="5"), again(second))
    made = replace(made, annexes=(*made.annexes[:-1], replace(made.annexes[-1], rows=(*parents, again(second)))))
    path.write_text(tabs(made), encoding="utf-8")
    report = load_file(path).report
    assert report is not None
    figures = [(row.value, row.indicator) for row in report.observations if row.label == LABEL]
    assert figures == [(value, INDICATOR)] * 2
    assert [remark.rule for remark in report.remarks] == ([] if value else ["figure_repeated"])
