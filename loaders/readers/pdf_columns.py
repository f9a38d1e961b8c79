"""Tables without ruled lines: columns begin where several lines begin again after a gap."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.readers.layout import is_annex_title, is_header
from loaders.readers.pdf_text import Line, Word, followed

_CODE = re.compile(r"^(\d{1,2}(\.\d{1,3}){0,4}|[IVX]{1,4})[.)]?$")
_FIGURE = re.compile(r"^[\d.,]+\s*%?$")
_LEAST_LINES = 3
_LEAST_COLUMNS = 2
_GAP = 6.0  # points between two columns
_SAME_EDGE = 10.0  # points within which texts begin at the same place
_WIDEST_LEADING = 1.5  # times the height of a letter
_SAME_HEIGHT = 0.9
_ROW_GAP = 1.25  # times the distance of the lines of one cell


@dataclass(frozen=True)
class Aligned:
    """A table of aligned words: its first line, the line after its last, where columns begin, and its rows."""

    start: int
    end: int
    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def aligned_tables(lines: Sequence[Line], known: Sequence[float]) -> Iterator[Aligned]:
    """The tables of a page without ruled lines, each from its header on; one may go on in the `known` columns."""
    heads = [number for number, line in enumerate(lines) if is_header([_text(part) for part in parts(line)])]
    for start, following in pairwise([0, *heads, len(lines)]):
        end = next((number for number in range(start, following) if is_annex_title(lines[number].text)), following)
        part = lines[start:end]
        first = _columns(part, _header_columns(part) if start in heads else known)
        if part and len(first) > _LEAST_COLUMNS and _stands_in(part[0], first):
            known = first
            length = _length(part, known, start in heads)
            yield Aligned(start, start + length, known, tuple(_rows(part[:length], known, _usual_distance(part))))


def _header_columns(lines: Sequence[Line]) -> list[float]:
    """Where the parts of the header's lines begin: all lines above the first that starts with a row code."""
    end = next((number for number, line in enumerate(lines) if _CODE.match(line.words[0].text)), len(lines))
    return [part[0].left for line in lines[:end] for part in parts(line)]


def _length(lines: Sequence[Line], columns: Sequence[float], headed: bool) -> int:
    """How many of the lines are the table: all of a header alone, else those up to the last row and its rest."""
    coded = [number for number, line in enumerate(lines) if _is_coded(line, columns)]
    if headed and not coded:
        return len(lines)
    return _end(lines, max(coded, default=0) + 1, _usual_distance(lines), columns)


def _stands_in(line: Line, columns: Sequence[float]) -> bool:
    return all(any(abs(part[0].left - left) < _SAME_EDGE for left in columns) for part in parts(line))


def parts(line: Line) -> list[list[Word]]:
    """The words of a line, apart where a gap between two columns is."""
    found: list[list[Word]] = []
    for word in line.words:
        if found and word.left - found[-1][-1].right < _GAP:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _columns(lines: Sequence[Line], known: Sequence[float]) -> tuple[float, ...]:
    """Where the header's parts begin, or those of several lines, save where text of most lines runs through."""
    begins = sorted(
        [(left, True) for left in known] + [(part[0].left, False) for line in lines for part in parts(line)]
    )
    groups: list[list[tuple[float, bool]]] = []
    for begin in begins:
        if groups and begin[0] - groups[-1][0][0] < _SAME_EDGE:
            groups[-1].append(begin)
        else:
            groups.append([begin])
    kept = (group[0][0] for group in groups if len(group) >= _LEAST_LINES or any(is_known for _, is_known in group))
    return tuple(left for left in kept if not _runs_through(lines, left))


def _runs_through(lines: Sequence[Line], left: float) -> bool:
    inside = sum(
        any(part[0].left < left - _SAME_EDGE < left < part[-1].right for part in parts(line)) for line in lines
    )
    begun = sum(any(abs(part[0].left - left) < _SAME_EDGE for part in parts(line)) for line in lines)
    return inside > begun


def _is_coded(line: Line, columns: Sequence[float]) -> bool:
    first = line.words[0]
    return abs(first.left - columns[0]) < 2 * _SAME_EDGE and _CODE.match(first.text) is not None


def _usual_distance(lines: Sequence[Line]) -> float:
    """The distance between the lines of one cell: the least there is that a letter fits in, for rows stand wider."""
    height = lines[0].height
    distances = (below.top - line.top for line, below in pairwise(lines))
    widest = height * _WIDEST_LEADING
    return min([widest, *(each for each in distances if each > height * _SAME_HEIGHT)])


def _end(lines: Sequence[Line], end: int, usual: float, columns: Sequence[float]) -> int:
    """The line after the last row: what follows stands in the columns, close below or in several of them."""
    while end < len(lines) and _stands_in(lines[end], columns):
        apart = lines[end].top - lines[end - 1].top > _ROW_GAP * usual
        if apart and len(parts(lines[end])) < _LEAST_COLUMNS:
            break
        end += 1
    return end


def _rows(lines: Sequence[Line], columns: Sequence[float], usual: float) -> Iterator[tuple[str, ...]]:
    """A line starts a row with a text in the first column, behind a gap, or with a second figure in its column."""
    row: tuple[str, ...] = ()
    tops: dict[int, float] = {}  # column -> where its last line stands
    for line in lines:
        cells = _cells(line, columns)
        filled = [place for place, cell in enumerate(cells) if cell]
        distance = min((line.top - tops[place] for place in filled if place in tops), default=0.0)
        apart = distance > _ROW_GAP * usual
        if row and (apart or _names_row(row[0], cells[0]) or _second_figure(row, cells)):
            yield row
            row = ()
        row = tuple(followed(one, more) for one, more in zip(row, cells, strict=True)) if row else cells
        tops.update(dict.fromkeys(filled, line.top))
    if row:
        yield row


def _names_row(above: str, text: str) -> bool:
    """Whether the first column starts a row: with a code, or with words (`Trong đó`) that do not go on others."""
    return _CODE.match(text) is not None or (text != "" and (not above or _CODE.match(above) is not None))


def _second_figure(row: Sequence[str], cells: Sequence[str]) -> bool:
    return any(_FIGURE.match(one) and _FIGURE.match(more) for one, more in zip(row, cells, strict=True))


def _cells(line: Line, columns: Sequence[float]) -> tuple[str, ...]:
    """The parts of a line in the last column that begins before them, or a little behind."""
    cells = [""] * len(columns)
    for part in parts(line):
        place = max((at for at, left in enumerate(columns) if left <= part[0].left + _SAME_EDGE), default=0)
        cells[place] = f"{cells[place]} {_text(part)}".strip()
    return tuple(cells)
