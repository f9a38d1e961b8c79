"""Figures that a sheet stores and nobody sees in it: zeros switched off, ink in the colour of the ground."""

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from readers.make import write_ods_content
from readers.opening import OPENING

from loaders.load import load_file
from warehouse.model import Remark

HEADER = ("STT", "Nội dung", "ĐVT", "Số liệu")
FIRST = len(OPENING) + 1  # the row of the first figure, counted from 0
PLAIN, WHITE, ON_BLUE, YELLOW = "plain", "white", "white on blue", "yellow on yellow"
FIGURES = ((5, PLAIN), (6, WHITE), (7, ON_BLUE), (8, YELLOW), (0, PLAIN), (0, PLAIN), (0.4, PLAIN))
INKS = {WHITE: ("#FFFFFF", None), ON_BLUE: ("#FFFFFF", "#1F4E78"), YELLOW: ("#FFFF00", "#FFFF00")}
Figure = tuple[float | str, str]


def lines(figures: tuple[Figure, ...]) -> list[tuple[str, ...]]:
    rows = ((str(number), f"Việc {number}", "Việc") for number in range(1, len(figures) + 1))
    return [*((text,) for text in OPENING), HEADER, *rows]


def in_xlsx(path: Path, figures: tuple[Figure, ...], zeros: bool = True, **rules: object) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate(lines(figures)):
            sheet.write_row(number, 0, line)
        for number, (figure, look) in enumerate(figures, start=FIRST):
            ink, ground = INKS.get(look, (None, None))
            said = {"font_color": ink, "bg_color": ground} if ground else {"font_color": ink} if ink else {}
            sheet.write(number, 3, figure, book.add_format(said))
        if rules:
            look = book.add_format(rules.pop("look"))
            sheet.conditional_format(FIRST, 3, FIRST + len(figures) - 1, 3, {**rules, "format": look})
        if not zeros:
            sheet.hide_zero()
    return path


def in_xls(path: Path, figures: tuple[Figure, ...], zeros: bool = True) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    looks = {
        PLAIN: "font: bold off",
        WHITE: "font: colour white",
        ON_BLUE: "font: colour white; pattern: pattern solid, fore_colour dark_blue",
        YELLOW: "font: colour yellow; pattern: pattern solid, fore_colour yellow",
    }
    for number, line in enumerate(lines(figures)):
        for column, text in enumerate(line):
            sheet.write(number, column, text)
    for number, (figure, look) in enumerate(figures, start=FIRST):
        sheet.write(number, 3, figure, xlwt.easyxf(looks[look]))
    sheet.show_zero_values = zeros
    book.save(str(path))
    return path


def in_ods(path: Path, figures: tuple[Figure, ...], zeros: bool = True) -> Path:
    def cell(figure: float | str, look: str) -> str:
        kind = f'office:value-type="float" office:value="{figure}"' if not isinstance(figure, str) else ""
        return f'<table:table-cell table:style-name="{look}" {kind}><text:p>{figure}</text:p></table:table-cell>'

    styles = "".join(
        f'<style:style style:name="{look}">'
        + (f'<style:table-cell-properties fo:background-color="{ground.lower()}"/>' if ground else "")
        + f'<style:text-properties fo:color="{ink.lower()}"/></style:style>'
        for look, (ink, ground) in INKS.items()
    )
    rows = ["".join(cell(text, "") for text in line) for line in lines(figures)]
    rows[FIRST:] = [row + cell(*figure) for row, figure in zip(rows[FIRST:], figures, strict=True)]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    write_ods_content(path, f'<table:table table:name="Số liệu">{table}</table:table>', styles)
    item = f'<config:config-item config:name="ShowZeroValues">{str(zeros).lower()}</config:config-item>'
    names = 'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("settings.xml", f"<settings {names}>{item}</settings>")
    return path


WRITERS: dict[str, Callable[..., Path]] = {"xlsx": in_xlsx, "xls": in_xls, "ods": in_ods}


def read(path: Path) -> tuple[list[Decimal | None], list[Remark]]:
    outcome = load_file(path)
    assert outcome.report is not None, outcome.problem
    return [row.value for row in outcome.report.observations], list(outcome.report.remarks)


def hidden(*rows: int) -> Remark:
    annex = ["Phụ lục 1"] if len(rows) == 1 else []  # what is said of one row stands beside it
    place = ", ".join([*annex, "sheet:Số liệu", *(f"row:{FIRST + row}" for row in rows)])
    return Remark("hidden_cells", place, {"printed": "Số liệu", "times": len(rows)})


@pytest.mark.parametrize("suffix", WRITERS)
def test_ink_in_the_colour_of_the_ground_is_not_read_and_it_is_said(suffix: str, tmp_path: Path) -> None:
    figures = (*FIGURES[:5], ("9", WHITE))
    values, remarks = read(WRITERS[suffix](tmp_path / f"report.{suffix}", figures))
    assert values == [5, None, 7, None, 0, None]
    assert remarks == [hidden(2, 4, 6)]


@pytest.mark.parametrize("suffix", WRITERS)
def test_zeros_that_are_switched_off_are_not_read_and_it_is_said(suffix: str, tmp_path: Path) -> None:
    figures = (FIGURES[0], *FIGURES[4:])
    values, remarks = read(WRITERS[suffix](tmp_path / f"report.{suffix}", figures, zeros=False))
    assert values == [5, None, None, Decimal("0.4")]
    assert remarks == [hidden(2, 3)]
    assert read(WRITERS[suffix](tmp_path / f"shown.{suffix}", figures))[0][1:3] == [0, 0]


@pytest.mark.parametrize(
    ("criteria", "values"),
    [
        ({"criteria": "==", "value": 0}, [5, None, 12]),
        ({"criteria": ">", "value": 5}, [5, 0, None]),
        ({"criteria": "between", "minimum": 1, "maximum": 11}, [None, 0, 12]),
        ({"criteria": "not between", "minimum": 1, "maximum": 11}, [5, None, None]),
        ({"criteria": "==", "value": "$A$1"}, [5, 0, 12]),  # what a formula decides is taken to show
    ],
)
@pytest.mark.parametrize("look", [{"font_color": "#FFFFFF"}, {"num_format": ";;;"}])
def test_a_conditional_format_may_hide(
    criteria: dict[str, object], values: list[int | None], look: dict[str, str], tmp_path: Path
) -> None:
    figures = ((5, PLAIN), (0, PLAIN), (12, PLAIN))
    found, remarks = read(in_xlsx(tmp_path / "report.xlsx", figures, type="cell", look=look, **criteria))
    assert found == values
    rows = [number for number, value in enumerate(values, start=1) if value is None]
    assert remarks == ([hidden(*rows)] if rows else [])


@pytest.mark.parametrize("look", [{"font_color": "#FF0000"}, {"font_color": "#FFFFFF", "bg_color": "#C00000"}])
def test_a_conditional_format_that_only_marks_hides_nothing(look: dict[str, str], tmp_path: Path) -> None:
    rule = {"type": "cell", "criteria": "==", "value": 0}
    assert read(in_xlsx(tmp_path / "report.xlsx", ((5, PLAIN), (0, PLAIN)), look=look, **rule)) == ([5, 0], [])


def narrow_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, line in enumerate(lines(FIGURES[:3])):
            sheet.write_row(number, 0, line)
        sheet.write_column(FIRST, 3, (5, 6, 7))
        sheet.write_column(FIRST, 4, (1, 2, 3))
        sheet.set_column(4, 4, 0)
        sheet.set_row(FIRST + 1, 0)
    return path


def narrow_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    for number, line in enumerate(lines(FIGURES[:3])):
        for column, text in enumerate(line):
            sheet.write(number, column, text)
    for step in range(3):
        sheet.write(FIRST + step, 3, 5 + step)
        sheet.write(FIRST + step, 4, 1 + step)
    sheet.col(4).width = 0
    sheet.row(FIRST + 1).height_mismatch, sheet.row(FIRST + 1).height = True, 0
    book.save(str(path))
    return path


@pytest.mark.parametrize("write", [narrow_xlsx, narrow_xls])
def test_rows_and_columns_without_room_are_hidden(write: Callable[[Path], Path], tmp_path: Path) -> None:
    values, remarks = read(write(tmp_path / f"report.{write.__name__[7:]}"))
    assert values == [5, 7]
    assert [(remark.rule, remark.compared["times"]) for remark in remarks] == [
        ("hidden_rows", 1),
        ("hidden_columns", 1),
    ]
