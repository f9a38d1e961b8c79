"""Pages that lie or stand on their heads: turned upright before they are read, be it the page or what is set on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from make import FONT
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from loaders.document import Omission, Table
from loaders.readers import read_document

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="the font-roboto package is not here: no Vietnamese font")

WIDTH, HEIGHT = A4
COLUMNS, ROW = (50.0, 90.0, 300.0, 380.0, 460.0), 40.0
HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu")
FIRST = (HEADER, ("1", "Số hồ sơ tiếp nhận", "Hồ sơ", "4.340"), ("2", "Số hồ sơ trả", "Hồ sơ", "12"))
SECOND = (("3", "Số hồ sơ quá hạn", "Hồ sơ", "21"), ("4", "Tỷ lệ", "%", "99,4%"))
Turn = Callable[[Canvas], None]


def lying(page: Canvas) -> None:
    page.translate(WIDTH, 0)
    page.rotate(90)


def on_its_head(page: Canvas) -> None:
    page.translate(WIDTH, HEIGHT)
    page.rotate(180)


def shown_lying(page: Canvas) -> None:
    page.setPageRotation(90)


def shown_on_its_head(page: Canvas) -> None:
    page.setPageRotation(180)


def shown_lying_the_other_way(page: Canvas) -> None:
    page.setPageRotation(270)


def shown_upright(page: Canvas) -> None:
    """As a printer sets a page in landscape."""
    lying(page)
    page.setPageRotation(90)


def nearly_level(page: Canvas) -> None:
    """As rounding leaves a page that was turned and turned back."""
    page.transform(1, 0.00002, -0.00002, 1, 0, 0)


TURNS: tuple[Turn, ...] = (
    lying,
    on_its_head,
    shown_lying,
    shown_on_its_head,
    shown_lying_the_other_way,
    shown_upright,
    nearly_level,
)


def draw(page: Canvas, rows: tuple[tuple[str, ...], ...], figure_turned: int = 0) -> None:
    top = 500.0
    for number in range(len(rows) + 1):
        page.line(COLUMNS[0], top - number * ROW, COLUMNS[-1], top - number * ROW)
    for left in COLUMNS:
        page.line(left, top, left, top - len(rows) * ROW)
    page.setFont("Roboto", 10)
    for number, row in enumerate(rows):
        for left, text in zip(COLUMNS, row, strict=False):
            page.saveState()
            page.translate(left + 20, top - (number + 0.5) * ROW)
            if figure_turned and left == COLUMNS[3] and row is not HEADER:
                page.rotate(figure_turned)
            page.drawString(-10, 0, text)
            page.restoreState()


def report(path: Path, turn: Turn, turned_pages: tuple[int, ...]) -> Path:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(path), pagesize=A4)
    for number, rows in enumerate((FIRST, SECOND), start=1):
        page.setPageRotation(0)
        if number in turned_pages:
            turn(page)
        draw(page, rows)
        page.showPage()
    page.save()
    return path


def rows_of(path: Path) -> list[tuple[str, ...]]:
    document = read_document(path)
    return [row.cells for table in document.blocks if isinstance(table, Table) for row in table.rows]


@pytest.mark.parametrize("turned_pages", [(1, 2), (1,), (2,)])
@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_page_reads_as_an_upright_one(turn: Turn, turned_pages: tuple[int, ...], tmp_path: Path) -> None:
    assert rows_of(report(tmp_path / "report.pdf", turn, turned_pages)) == [*FIRST, *SECOND]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_figure_is_read_the_way_it_runs(degrees: int, tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(tmp_path / "report.pdf"), pagesize=A4)
    draw(page, FIRST, degrees)
    page.save()
    assert rows_of(tmp_path / "report.pdf") == list(FIRST)


def test_a_watermark_across_the_page_is_no_part_of_a_figure(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(tmp_path / "report.pdf"), pagesize=A4)
    draw(page, FIRST)
    page.setFont("Roboto", 40)
    page.translate(330, 390)
    page.rotate(45)
    page.drawString(0, 0, "2024 BẢN SAO 99")
    page.save()
    assert rows_of(tmp_path / "report.pdf") == list(FIRST)
    assert read_document(tmp_path / "report.pdf").omissions == (Omission("hidden_cells", "page:1", "trang 1", 1),)


@pytest.mark.parametrize("degrees", [-60, -30, 15, 45, 75])
def test_slanted_headings_and_figures_are_read(degrees: int, tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(tmp_path / "report.pdf"), pagesize=A4)
    blank = tuple((*row[:3], "") for row in FIRST)
    draw(page, blank)
    for number, row in enumerate(FIRST):
        page.saveState()
        page.translate(COLUMNS[3] + 40, 500.0 - (number + 0.5) * ROW)
        page.rotate(degrees)
        page.drawString(-page.stringWidth(row[3], "Roboto", 10) / 2, -3, row[3])
        page.restoreState()
    page.save()
    assert rows_of(tmp_path / "report.pdf") == list(FIRST)
    assert read_document(tmp_path / "report.pdf").omissions == ()
