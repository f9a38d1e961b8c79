"""PDF pages as words and ruled cells: the only module that imports pdfplumber."""

import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber import table as ruled
from pdfplumber.page import Page as PrintedPage
from pdfplumber.utils.text import LIGATURES, extract_words

from loaders.problems import UnreadableFile, with_password
from loaders.readers.marks import has_figure
from loaders.readers.pdf_letters import degrees, is_slanted, once, slanted, white_figures
from loaders.readers.pdf_marks import Letter, with_marks
from loaders.readers.pdf_shades import RuledTable, covers_all, is_shade, levels_of
from loaders.readers.pdf_text import Box, Word

_MAX_PAGES = 1_000
_LOSS = "Data-loss"
_SCAN_SHARE = 0.5
_SETTINGS = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}
_SPACING = {"x_tolerance": 2, "y_tolerance": 3}
_RUN: Sequence[dict[str, Any]] = (  # by quarters
    {},
    {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"},
    {"char_dir": "rtl", "line_dir": "btt"},
    {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"},
)
_BESIDE = 3.0  # points
_WHITE = 0.4  # points; letters of one word stand closer
_LEAST_UPRIGHT = 3
_ENDS = ("top", "bottom")
_LEVEL = 0.1  # points; a line that rises less is level, but for the rounding of a page that was turned


@dataclass(frozen=True)
class Page:
    """A page: its number from 1, its words, its tables from top to bottom, and whether a picture covers it.

    Without tables, `levels` are the heights at which lines or shades over the width of its text part it. `unseen` is
    how many figures are white on white, or of a watermark.
    """

    number: int
    words: tuple[Word, ...]
    tables: tuple[RuledTable, ...]
    is_picture: bool
    levels: tuple[float, ...] = ()
    unseen: int = 0


def parsed_pages(path: Path) -> list[Page]:
    """The pages of a PDF file; raises `UnreadableFile` for a locked, damaged or endless one."""
    try:
        with _losses() as losses, path.open("rb") as stream, pdfplumber.open(stream) as file:
            count = len(file.pages)
            pages = [_parsed(_upright(page)) for page in file.pages[:_MAX_PAGES]]
    except Exception as error:  # whatever a damaged object makes of the parser
        raise _unreadable(path, error) from error
    if losses:
        raise _unreadable(path, ValueError(losses[0]))
    if count > _MAX_PAGES:
        raise UnreadableFile(
            place=path.name,
            found=f"{count} trang",
            expected=f"một báo cáo không quá {_MAX_PAGES} trang",
            action="tách riêng phần phụ lục số liệu rồi nạp lại",
        )
    return pages


@contextmanager
def _losses() -> Iterator[list[str]]:
    """What the parser could not unpack: it goes on without it, and only a log record tells."""
    found: list[str] = []
    parser, keeper = logging.getLogger("pdfminer"), logging.Handler(logging.WARNING)
    keeper.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    keeper.addFilter(lambda record: _LOSS in record.getMessage())
    parser.addHandler(keeper)
    passes_on, parser.propagate = parser.propagate, False
    try:
        yield found
    finally:
        parser.removeHandler(keeper)
        parser.propagate = passes_on


def _upright(page: PrintedPage) -> PrintedPage:
    """The page turned so that most of its letters stand upright, and with the lines level that nearly are."""
    quarters = Counter(_quarter(letter) for letter in page.chars if letter["text"].strip())
    turn, times = quarters.most_common(1)[0] if quarters else (0, 0)
    if turn and 2 * times > quarters.total():
        described = page.page_obj
        described.rotate = described.attrs["Rotate"] = (page.rotation + 90 * turn) % 360
        page.close()
        page = PrintedPage(page.pdf, described, page.page_number, page.initial_doctop)
    for line in page.lines:
        for first, last in (("x0", "x1"), ("top", "bottom")):
            if 0 < abs(line[last] - line[first]) < _LEVEL:
                line[last] = line[first]
    return page


def _quarter(letter: Letter) -> int:
    """By how many quarters of a circle a letter is turned, against the clock."""
    return round(degrees(letter) / 90) % 4


def _parsed(page: PrintedPage) -> Page:
    letters = once(page.chars)
    unseen = white_figures(letters, [*page.rects, *page.curves], page.images)
    hidden = set(map(id, unseen))
    printed = [letter for letter in letters if id(letter) not in hidden]
    level = [letter for letter in printed if not is_slanted(letter)]
    across, watermark = slanted([letter for letter in printed if is_slanted(letter)], level)
    found = [*_words(level), *_runs(across)]
    words = tuple(map(_word, found))
    tables = _ruled_tables(page, words)
    boxes = [box for table in tables for row in table.rows for box in row]
    words = tuple(_word(part) for word in found for part in _cut(word, boxes))
    levels = () if tables else levels_of(page.edges, words)
    times = len(_words(unseen)) + sum(has_figure(_word(run).text) for run in _runs(watermark))
    parsed = Page(page.page_number, words, tuple(tables), not words and _is_picture(page), levels, times)
    page.close()
    return parsed


def _ruled_tables(page: PrintedPage, words: Sequence[Word]) -> list[RuledTable]:
    """The tables of a page from top to bottom; none for frames around text, and rows parted by lines or colour only."""
    tables = sorted(map(_ruled_table, _tables(page, words)), key=lambda table: table.top)
    shades = any(map(is_shade, page.rects))
    if shades and not covers_all(tables, words):
        bare = page.filter(lambda each: not is_shade(each))
        tables = sorted(map(_ruled_table, _tables(bare, words)), key=lambda table: table.top)
    return tables if any(len(row) > 1 for table in tables for row in table.rows) else []


def _words(printed: Sequence[Letter]) -> list[list[Letter]]:
    """The letters of each word; turned ones are read the way they run, for `12` the other way is 21."""
    turned: dict[int, list[Letter]] = {0: []}
    for letter in with_marks(printed):
        turned.setdefault(_quarter(letter), []).append(letter)
    return [
        word["chars"]
        for quarter, letters in turned.items()
        for word in extract_words(letters, **_SPACING, keep_blank_chars=False, return_chars=True, **_RUN[quarter])
    ]


def _runs(level: Sequence[Letter]) -> list[list[Letter]]:
    """The letters of each line of slanted ones that were made level, blanks too: its words stand above each other."""
    turned: dict[int, list[Letter]] = {}
    for letter in level:
        turned.setdefault(round(degrees(letter)), []).append(letter)
    runs = (
        [letter["printed"] for letter in word["chars"]]
        for letters in turned.values()
        for word in extract_words(letters, **_SPACING, keep_blank_chars=True, return_chars=True)
    )
    return [run for run in runs if any(letter["text"].strip() for letter in run)]


def _word(letters: Sequence[Letter]) -> Word:
    text = "".join(LIGATURES.get(letter["text"]) or letter["text"] for letter in letters).strip()
    left, right = min(letter["x0"] for letter in letters), max(letter["x1"] for letter in letters)
    top, bottom = min(letter["top"] for letter in letters), max(letter["bottom"] for letter in letters)
    return Word(text, float(left), float(top), float(right), float(bottom))


def _cut(letters: Sequence[Letter], boxes: Sequence[Box]) -> Iterator[Sequence[Letter]]:
    """A word, or the words on both sides of a line that stands in the white between two of its letters."""
    start = 0
    for at in range(1, len(letters)):
        before, behind = letters[at - 1], letters[at]
        if behind["x0"] - before["x1"] < _WHITE:
            continue
        middle = (before["top"] + before["bottom"]) / 2
        if any(box.top < middle < box.bottom and before["x1"] <= box.left <= behind["x0"] for box in boxes):
            yield letters[start:at]
            start = at
    yield letters[start:]


def _tables(page: PrintedPage, words: Sequence[Word]) -> list[ruled.Table]:
    """The tables of a page; one open at its sides is closed where its words end, one cut by a page end there."""
    closed = {**_SETTINGS, "explicit_horizontal_lines": list(_open_ends(page))}
    tables = page.find_tables(closed)
    sides = [edge for table in tables for edge in _open_sides(table, words)]
    return page.find_tables({**closed, "explicit_vertical_lines": sides}) if sides else tables


def _open_ends(page: PrintedPage) -> Iterator[float]:
    """Heights where several upright lines begin or end and no level one is: a row cut by the page end."""
    edges: list[dict[str, Any]] = page.edges
    # a line drawn as a narrow box ends in level edges as short as it is thick: they close no row
    lines = (edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _BESIDE)
    level = sorted({float(edge["top"]) for edge in lines})
    ends = Counter(round(float(edge[end]), 1) for edge in edges if edge["orientation"] == "v" for end in _ENDS)
    for height, count in ends.items():
        place = bisect_left(level, height - _BESIDE)
        if count >= _LEAST_UPRIGHT and not (place < len(level) and level[place] < height + _BESIDE):
            yield height


def _open_sides(table: ruled.Table, words: Sequence[Word]) -> Iterator[float]:
    left, top, right, bottom = (float(edge) for edge in table.bbox)
    beside = [word for word in words if top < word.middle < bottom]
    if before := [word.left for word in beside if word.right < left]:
        yield min(before) - _BESIDE
    if behind := [word.right for word in beside if word.left > right]:
        yield max(behind) + _BESIDE


def _ruled_table(table: ruled.Table) -> RuledTable:
    rows = tuple(tuple(Box(*map(float, cell)) for cell in row.cells if cell) for row in table.rows)
    return RuledTable(float(table.bbox[1]), rows)


def _is_picture(page: PrintedPage) -> bool:
    area = float(page.width) * float(page.height)
    pictures = (float(image["width"]) * float(image["height"]) for image in page.images)
    return any(picture > _SCAN_SHARE * area for picture in pictures)


def _unreadable(path: Path, error: Exception) -> UnreadableFile:
    if "password" in f"{type(error).__name__} {error!r} {error.__cause__!r}".lower():
        return with_password(path.name)
    return UnreadableFile(
        place=path.name,
        found=f"tệp PDF hỏng hoặc bị cắt cụt ({type(error).__name__})",
        expected="tệp PDF mở được",
        action="xuất lại PDF, hoặc gửi tệp Word hay Excel gốc",
    )
