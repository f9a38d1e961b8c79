"""Raised digits in a PDF: the mark of a footnote, and what only looks a little like one."""

from pathlib import Path

import pytest
from make import FONT
from reportlab.lib.colors import Color, black, navy, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from loaders.annexes import find_annexes
from loaders.cells import Reading, read_cell
from loaders.document import Omission
from loaders.readers import read_document

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="the font-roboto package is not here: no Vietnamese font")

Run = tuple[str, float, float]  # a text, its size and its rise in points
SIZE = 11.0
LEFTS = (50.0, 100.0, 320.0, 400.0, 460.0)
HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu")


def mark(text: str, size: float = 6.5, rise: float = 3.6) -> Run:
    return text, size, rise


def written(path: Path, *figures: tuple[Run | str, ...], heading: tuple[Run | str, ...] = ()) -> Path:
    """A page with a ruled table, a row for each figure, and a heading of several sizes above it."""
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(path), pagesize=A4)
    draw(page, 60, 760, heading)
    lines = [HEADER, *((str(number), f"Việc {number}", "Việc", "") for number in range(1, len(figures) + 1))]
    for number, line in enumerate(lines):
        for left, text in zip(LEFTS, line, strict=False):
            draw(page, left + 5, 700 - 20 * number, (text,))
        if number:
            draw(page, LEFTS[3] + 5, 700 - 20 * number, figures[number - 1])
    page.grid(list(LEFTS), [715 - 20.0 * number for number in range(len(lines) + 1)])
    page.save()
    return path


def white_on(path: Path, ground: Color | None) -> Path:
    """A page whose second figure is white, and the last digit of the first one."""
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(path), pagesize=A4)
    page.setFont("Roboto", SIZE)
    lines = [HEADER, ("1", "Việc 1", "Việc", "494"), ("2", "Việc 2", "Việc", "")]
    for number, line in enumerate(lines):
        for left, text in zip(LEFTS, line, strict=False):
            page.drawString(left + 5, 700 - 20 * number, text)
    if ground:
        page.setFillColor(ground)
        page.rect(LEFTS[3], 655, 60, 40, stroke=0, fill=1)
        page.setFillColor(black)
        page.drawString(LEFTS[3] + 5, 680, "494")
    page.setFillColor(white)
    page.drawString(LEFTS[3] + 5 + page.stringWidth("494", "Roboto", SIZE), 680, "1")
    page.drawString(LEFTS[3] + 5, 660, "4.340")
    page.grid(list(LEFTS), [715 - 20.0 * number for number in range(len(lines) + 1)])
    page.save()
    return path


@pytest.mark.parametrize(("ground", "figures"), [(None, ["494", ""]), (white, ["494", ""]), (navy, ["4941", "4.340"])])
def test_white_figures_on_white_are_not_read_and_it_is_said(
    ground: Color | None, figures: list[str], tmp_path: Path
) -> None:
    path = white_on(tmp_path / "report.pdf", ground)
    assert figures_of(path) == figures
    told = [Omission("hidden_cells", "page:1", "trang 1", 2)] if ground is not navy else []
    assert list(read_document(path).omissions) == told


@pytest.mark.parametrize("shift", [0.0, 0.25, 0.6])
def test_letters_printed_twice_to_look_bold_are_read_once(shift: float, tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    page = Canvas(str(tmp_path / "report.pdf"), pagesize=A4)
    page.setFont("Roboto", SIZE)
    for number, line in enumerate([HEADER, ("1", "Tổng số hồ sơ", "Hồ sơ", "494"), ("2", "Việc", "Việc", "11.100")]):
        for left, text in zip(LEFTS, line, strict=False):
            page.drawString(left + 5, 700 - 20 * number, text)
            page.drawString(left + 5 + shift, 700 - 20 * number + shift / 2, text)
    page.grid(list(LEFTS), [715 - 20.0 * number for number in range(4)])
    page.save()
    (annex,) = find_annexes(read_document(tmp_path / "report.pdf"))
    assert [(row.label, row.values) for row in annex.rows] == [("Tổng số hồ sơ", ("494",)), ("Việc", ("11.100",))]


def draw(page: Canvas, left: float, height: float, runs: tuple[Run | str, ...]) -> None:
    text = page.beginText(left, height)
    for run in runs:
        printed, size, rise = (run, SIZE, 0.0) if isinstance(run, str) else run
        text.setFont("Roboto", size)
        text.setRise(rise)
        text.textOut(printed)
    page.drawText(text)


def figures_of(path: Path) -> list[str]:
    (annex,) = find_annexes(read_document(path))
    return [row.values[0] for row in annex.rows]


def test_a_small_raised_digit_is_a_mark_and_no_part_of_the_figure(tmp_path: Path) -> None:
    figures = (
        ("494", mark("1")),
        ("99,4%", mark("(2)", 7, 3)),
        ("4.340", mark(" 12", 5.5, 5)),
        ("310.660", mark("3", 8, 4.5)),
        ("Đã xong", mark("4")),
    )
    found = figures_of(written(tmp_path / "a.pdf", *figures))
    assert found == ["494¹", "99,4%⁽²⁾", "4.340 ¹²", "310.660³", "Đã xong⁴"]
    assert [str(read_cell(text).value) for text in found[:4]] == ["494", "99.4", "4340", "310660"]


def test_what_is_only_smaller_or_only_raised_stays_as_it_is(tmp_path: Path) -> None:
    figures = (
        ("494", mark("1", 6.5, 0.0)),  # on the line
        ("494", mark("1", 6.5, -2.0)),  # below it
        ("494", mark("1", SIZE, 1.0)),  # as large as the rest
        ("", mark("12", 6.5, 3.6)),  # all of the cell
        ("7", mark("văn bản", 7, 3)),  # words
    )
    found = figures_of(written(tmp_path / "a.pdf", *figures))
    assert found == ["494 1", "494 1", "4941", "12", "7văn bản"]
    assert read_cell(found[0]) == Reading(None, "text")


def test_headings_in_larger_type_and_exponents_are_read_as_printed(tmp_path: Path) -> None:
    heading = (("Phụ lục 1", 20.0, 0.0), " năm 2024, trụ sở 250 m", mark("2"))
    document = read_document(written(tmp_path / "a.pdf", ("5",), ("6",), heading=heading))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Phụ lục 1 năm 2024, trụ sở 250 m²"]
