"""Percentages printed as ratios nobody took times 100: not taken where the report's own parts make it certain."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from report_text import PrintedReport, tabs
from test_adversarial import HUE, by_code
from test_clean_reports import clean_report

from loaders.form import all_forms
from loaders.load import load_file
from warehouse.model import Remark, batch_of
from warehouse.store import open_warehouse
from warehouse.versions.publish import publish

ANNEX, RATE = "Phụ lục 4", "Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng hạn"
INDICATOR = ("on_time_rate_stated", "commune")
Found = dict[tuple[str, str], Decimal | None]


def in_text(path: Path, report: PrintedReport) -> Path:
    path.write_text(tabs(report), encoding="utf-8")
    return path


def in_xlsx(path: Path, report: PrintedReport) -> Path:
    """Figures as numbers in cells of the General format, where they are numbers."""
    lines: list[tuple[str | float, ...]] = [(line,) for line in report.opening]
    for annex in report.annexes:
        lines += [(annex.title,), ("STT", "Nội dung", "ĐVT", "Số liệu", "Ghi chú")]
        for row in annex.rows:
            number = row.value.replace(".", "").replace(",", ".")
            figure = float(number) if number.replace(".", "").isdigit() else row.value
            lines.append((row.code, row.label, row.unit, figure, row.note))
    with xlsxwriter.Workbook(str(path.with_suffix(".xlsx"))) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return path.with_suffix(".xlsx")


def read(path: Path) -> tuple[Found, list[Remark], dict[tuple[str, str], str | None]]:
    outcome = load_file(path)
    assert outcome.report is not None, outcome.problem
    rows = [row for row in outcome.report.observations if row.source == "annex" and row.indicator]
    values = {(row.indicator or "", str(row.level)): row.value for row in rows}
    return (
        values,
        list(outcome.report.remarks),
        {(row.indicator or "", str(row.level)): row.raw_value for row in rows},
    )


def made(figures: dict[str, str]) -> PrintedReport:
    return by_code(ANNEX, figures)(clean_report(HUE)[0])


@pytest.mark.parametrize("write", [in_text, in_xlsx])
def test_a_ratio_among_percentages_is_not_taken_where_its_parts_show_it(
    write: Callable[[Path, PrintedReport], Path], tmp_path: Path
) -> None:
    path = write(tmp_path / "report.txt", made({"3.3": "0,2018", "3.3.1": "6.651", "3.3.2": "1.342"}))
    values, remarks, printed = read(path)
    assert (values[INDICATOR], printed[INDICATOR]) == (None, "0,2018")
    assert (values["dossiers_resolved", "commune"], values["dossiers_resolved_on_time", "commune"]) == (6651, 1342)
    place = remarks[0].place
    told = {"subject": RATE, "printed": "0,2018", "numerator": 1342.0, "denominator": 6651.0}
    assert remarks == [Remark("figure_as_ratio", place, {**told, "percent": pytest.approx(20.1774, abs=1e-4)})]
    report = load_file(path).report
    assert report is not None
    publish(tmp_path, batch_of([report]), all_forms(), "load")
    connection = open_warehouse(tmp_path).connection
    found = connection.execute("SELECT rule, severity, message_vi FROM finding").fetchall()
    connection.close()
    assert found == [
        (
            "figure_as_ratio",
            "high",
            f"“{RATE}” ghi 0,2018, trong khi 1.342/6.651 ghi ở chính báo cáo là 20,18 %: đây là tỷ số chưa nhân 100 (ô "
            "chưa định dạng phần trăm), không phải tỷ lệ phần trăm. Số này không được dùng.",
        )
    ]


@pytest.mark.parametrize(
    ("printed", "parts", "taken"),
    [
        ("0,2", ("1.000", "2"), "0.2"),  # a true one
        ("0,20", ("1.000", "2"), "0.20"),
        ("0,5", ("6.651", "33"), "0.5"),
        ("20,18", ("6.651", "1.342"), "20.18"),
        ("0,2", ("6.651", "1.342"), "0.2"),  # one figure alone may agree by chance: the checks say it
        ("0,9", ("6.651", "1.342"), "0.9"),
        ("0", ("6.651", "0"), "0"),
        ("1", ("5.000", "50"), "1"),
        ("0,5", ("200", "100"), None),
        ("1", ("5.000", "5.000"), None),
        ("0,99", ("6.651", "6.626"), None),  # cut off
        ("0,9962", ("6.651", "6.626"), None),
        ("0,2018%", ("6.651", "1.342"), None),
    ],
)
def test_only_what_is_the_ratio_of_its_parts_is_left_out(
    printed: str, parts: tuple[str, str], taken: str | None, tmp_path: Path
) -> None:
    figures = {"3.3": printed, "3.3.1": parts[0], "3.3.2": parts[1]}
    values, remarks, _ = read(in_text(tmp_path / "report.txt", made(figures)))
    assert values[INDICATOR] == (None if taken is None else Decimal(taken))
    assert [remark.rule for remark in remarks] == (["figure_as_ratio"] if taken is None else [])


def test_a_report_that_has_only_ratios_has_no_percentage_without_parts(tmp_path: Path) -> None:
    """Every percentage divided by 100, as a workbook without the format of percentages shows it."""

    def as_ratio(value: str) -> str:
        number = Decimal(value.replace(".", "").replace(",", ".")) / 100
        return f"{number.normalize():f}".replace(".", ",")

    report = clean_report(HUE)[0]
    for annex in report.annexes:
        ratios = {row.code: as_ratio(row.value) for row in annex.rows if row.unit == "%" and row.value}
        report = by_code(annex.title, ratios)(report)
    values, remarks, _ = read(in_text(tmp_path / "report.txt", report))
    percentages = [value for (name, _), value in values.items() if name.endswith("_stated") and value]
    assert percentages == []
    rules = {rule: sum(one.rule == rule for one in remarks) for rule in {one.rule for one in remarks}}
    assert rules == {"figure_as_ratio": 14, "figure_perhaps_ratio": 16}
