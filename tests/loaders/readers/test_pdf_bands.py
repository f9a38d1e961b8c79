"""Tables without ruled lines: read where rows and columns are apart for sure, refused where they are not."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from make import FONT, SAMPLE, write_pdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers import read_document

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="the font-roboto package is not here: no Vietnamese font")

Cells = tuple[str, ...]
Ground = Callable[[Canvas, int, float, float], None]
LEFTS = (50.0, 100.0, 320.0, 400.0, 470.0)
HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")
ONE = ("1", "Số hồ sơ đã tiếp nhận trong kỳ\ntại bộ phận một cửa của xã", "Hồ sơ", "494", "")
TWO = ("2", "Số hồ sơ trực tuyến", "Hồ sơ", "449", "")
LEADING, TOP = 13.0, 780.0


def written(
    path: Path,
    *pages: Sequence[Cells | str],
    padding: float = 8.0,
    upright: float = 0.5,
    ground: Ground = lambda *_: None,
) -> Path:
    """Rows of cells, each at `upright` of what its row leaves it; a text alone is a line of its own, with white.

    `ground` is drawn under each row: it gets the row's number on its page, its lower edge and its height.
    """
    pdfmetrics.registerFont(TTFont("Roboto", str(FONT)))
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        canvas.setFont("Roboto", 10)
        height = TOP
        for at, row in enumerate(page):
            cells = [text.split("\n") for text in ((row,) if isinstance(row, str) else row)]
            lines = max(map(len, cells))
            if not isinstance(row, str):
                tall = LEADING * lines + padding
                ground(canvas, at, height + LEADING - padding / 2 - 3 - tall, tall)
            for left, texts in zip((LEFTS[1],) if isinstance(row, str) else LEFTS, cells, strict=False):
                for number, text in enumerate(texts):
                    canvas.drawString(left, height - LEADING * (number + upright * (lines - len(texts))), text)
            height -= LEADING * lines + (4 * padding if isinstance(row, str) else padding)
        canvas.showPage()
    canvas.save()
    return path


def shaded(canvas: Canvas, at: int, bottom: float, height: float) -> None:
    """Every second row on a ground of its own, cell by cell as Word and LibreOffice do."""
    if at % 2 == 0:
        canvas.saveState()
        canvas.setFillGray(0.9)
        for left, right in zip(LEFTS, (*LEFTS[1:], 540.0), strict=True):
            canvas.rect(left - 2, bottom, right - left, height, stroke=0, fill=1)
        canvas.restoreState()


def underlined(canvas: Canvas, _: int, bottom: float, height: float) -> None:
    """A line over and under every row, and none between columns."""
    canvas.line(LEFTS[0] - 2, bottom, 540, bottom)
    canvas.line(LEFTS[0] - 2, bottom + height, 540, bottom + height)


def headed(canvas: Canvas, at: int, bottom: float, height: float) -> None:
    """Lines as in a book: over the header, under it, and under the last row; `at` counts from the header."""
    if at in (0, 3):
        canvas.line(LEFTS[0] - 2, bottom, 540, bottom)
    if at == 0:
        canvas.line(LEFTS[0] - 2, bottom + height, 540, bottom + height)


def rows(document: Document) -> list[list[Cells]]:
    return [[row.cells for row in table.rows] for table in document.tables]


def flat(cells: Cells) -> Cells:
    return tuple(cell.replace("\n", " ") for cell in cells)


@pytest.mark.parametrize("upright", [0.0, 0.5, 1.0], ids=["top", "middle", "bottom"])
def test_rows_are_read_wherever_their_cells_stand(upright: float, tmp_path: Path) -> None:
    header = ("STT", "Chỉ tiêu", "Đơn vị\ntính", "Số\nliệu", "Ghi chú")
    note = ("3", "Khảo sát", "Có = 1\nKhông = 0", "1", "số này\ndo xã\ntự ghi")
    document = read_document(written(tmp_path / "a.pdf", ["Phụ lục 1", header, ONE, TWO, note], upright=upright))
    assert rows(document) == [[flat(header), flat(ONE), TWO, flat(note)]]
    assert [paragraph.text for paragraph in document.paragraphs] == ["Phụ lục 1"]


def test_words_beside_uncoded_rows_stand_in_the_first_of_them(tmp_path: Path) -> None:
    inner = [("", "Tiếp nhận trực tiếp", "Hồ sơ", "45", ""), ("", "Tiếp nhận trực tuyến", "Hồ sơ", "449", "")]
    path = written(tmp_path / "a.pdf", [HEADER, ONE, ("Trong đó", *inner[0][1:]), inner[1], ("2", *TWO[1:])])
    assert rows(read_document(path)) == [[HEADER, flat(ONE), ("Trong đó", *inner[0][1:]), inner[1], TWO]]


def test_page_numbers_signatures_and_the_next_title_are_no_rows(tmp_path: Path) -> None:
    first = ["Phụ lục 1", HEADER, ONE, TWO, "Phụ lục 2", HEADER, ("1", "Việc thử", "Việc", "5", "")]
    second = [("2", "Việc khác", "Việc", "6", ""), ("3", "Việc cuối", "Việc", "7", "")]
    path = written(tmp_path / "a.pdf", first, [*second, "CHỦ TỊCH", "Người Ký", "2"])
    document = read_document(path)
    assert rows(document) == [[HEADER, flat(ONE), TWO], [HEADER, ("1", "Việc thử", "Việc", "5", "")], second]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == ["Phụ lục 1", "Phụ lục 2", "CHỦ TỊCH", "Người Ký"]


def test_the_rest_of_a_row_on_the_next_page_is_put_to_it(tmp_path: Path) -> None:
    cut = ("2", "Số hồ sơ trực tuyến được", "Hồ sơ", "449", "")
    path = written(
        tmp_path / "a.pdf", [HEADER, ONE, cut], [("", "trả đúng hạn", "", "", ""), ("3", "Khác", "", "1", "")]
    )
    assert [row[1] for row in rows(read_document(path))[0]][2:] == ["Số hồ sơ trực tuyến được trả đúng hạn"]
    assert [row[:2] for row in rows(read_document(path))[1]] == [("3", "Khác")]


@pytest.mark.parametrize(
    ("pages", "padding"),
    [
        ([[HEADER, ONE, TWO, ONE]], 0.0),  # rows as close as the lines of a cell
        ([[HEADER, ONE, TWO, ONE]], 1.6),  # and hardly farther
        (
            [[HEADER, ("1", "Số hồ sơ\tcủa cả huyện, thành phố, thị xã trong tỉnh và của các xã", "Hồ sơ", "4", "")]],
            8.0,
        ),
        ([[HEADER, ("1", "Việc thử", "Việc", "5\n6", ""), TWO]], 8.0),  # two figures in a cell
        ([[HEADER, ("1", "Việc thử", "Việc", "5         6", ""), TWO]], 8.0),
        ([[HEADER, ONE, TWO, "Nội dung dài ra ngoài cột và có số liệu ở đó là một dòng riêng của bảng này 5"]], 2.2),
        ([[("STT", "Chỉ tiêu", "Kết quả thống kê", "", "")], [("1", "Việc thử", "Việc", "5", "")]], 8.0),
        ([[HEADER, ONE, TWO], [("", "TT Khác", "", "", ""), ("3", "Việc thử của xã", "Việc", "5", "a    b")]], 8.0),
        ([[HEADER, ("", "Việc không có mã", "Việc", "5", "")]], 8.0),  # no row has a code
    ],
)
def test_what_is_not_apart_for_sure_is_refused(pages: list[list[Cells | str]], padding: float, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="không tách được chắc chắn"):
        read_document(written(tmp_path / "a.pdf", *pages, padding=padding))


@pytest.mark.parametrize("upright", ["TOP", "MIDDLE", "BOTTOM"])
def test_the_sample_is_read_as_with_ruled_lines(upright: str, tmp_path: Path) -> None:
    ruled = read_document(write_pdf(SAMPLE, tmp_path / "ruled.pdf"))
    bare = read_document(write_pdf(SAMPLE, tmp_path / "bare.pdf", ruled=False, upright=upright))
    assert rows(bare)[0][2:] == rows(ruled)[0][2:]
    assert [table[-1] for table in rows(bare)] == [table[-1] for table in rows(ruled)]


SIX = [(str(number), f"Số hồ sơ loại {number}\ntrong kỳ", "Hồ sơ", str(10 * number), "") for number in range(1, 7)]


@pytest.mark.parametrize("upright", [0.0, 0.5, 1.0], ids=["top", "middle", "bottom"])
@pytest.mark.parametrize("ground", [shaded, underlined])
def test_rows_as_close_as_lines_are_told_by_lines_and_shades(ground: Ground, upright: float, tmp_path: Path) -> None:
    inner = ("", "Tiếp nhận trực tuyến", "Hồ sơ", "7", "")
    path = written(tmp_path / "a.pdf", [HEADER, *SIX, inner], padding=0.0, upright=upright, ground=ground)
    assert rows(read_document(path)) == [[HEADER, *map(flat, SIX), inner]]


def test_a_table_goes_on_over_the_page_in_shades(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", [HEADER, *SIX[:3]], SIX[3:], padding=0.0, upright=0.0, ground=shaded)
    assert rows(read_document(path)) == [[HEADER, *map(flat, SIX[:3])], [*map(flat, SIX[3:])]]


def test_lines_that_part_only_some_rows_say_nothing_of_the_others(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="không tách được chắc chắn"):
        read_document(written(tmp_path / "a.pdf", [HEADER, ONE, TWO, ONE], padding=0.0, ground=headed))
    apart = written(tmp_path / "b.pdf", [HEADER, ONE, TWO, ONE], ground=headed)
    assert rows(read_document(apart)) == [[HEADER, flat(ONE), TWO, flat(ONE)]]


def test_a_shaded_header_alone_is_no_table(tmp_path: Path) -> None:
    def first(canvas: Canvas, at: int, bottom: float, height: float) -> None:
        shaded(canvas, 2 * at, bottom, height) if at == 0 else None

    assert rows(read_document(written(tmp_path / "a.pdf", [HEADER, ONE, TWO], ground=first))) == [
        [HEADER, flat(ONE), TWO]
    ]
    with pytest.raises(UnreadableFile, match="không tách được chắc chắn"):
        read_document(written(tmp_path / "b.pdf", [HEADER, ONE, TWO, ONE], padding=0.0, ground=first))
