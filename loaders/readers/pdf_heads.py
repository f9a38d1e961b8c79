"""Headings of tables without ruled lines: where each column is headed, and what stands over several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.readers.layout import head_of, is_annex_title, is_code_head
from loaders.readers.pdf_text import Line, Word, followed

CODE = re.compile(r"^(\d{1,2}(\.\d{1,3}){0,4}|[IVX]{1,4})[.)]?$")
GAP = 5.0  # points between two columns
_PIECE_GAP = 6.0  # points between two pieces of a line
_HEADER_LINES = 8
_SAME_CELL = 0.4  # of the height of a letter: the most white between lines of a heading
_LAST_ROW = 1.0  # of the same: between two rows of headings
_BESIDE = 15.0  # points

Range = tuple[float, float]  # the left and right edge, in points


class NotSureError(Exception):
    """Rows or columns cannot be told apart for sure."""


@dataclass(frozen=True)
class Heading:
    """Where each column's own heading stands, the pieces of all headings, and how many lines they take.

    A column is a leaf; a heading over several leaves is none itself.
    """

    leaves: tuple[Range, ...]
    pieces: tuple[Word, ...]
    height: int

    def cells(self) -> list[list[str]]:
        """What stands over each column, cell by cell from top to bottom; the last is its own heading."""
        over = _over_several(self.pieces)
        columns = []
        for leaf in self.leaves:
            own = [one for one in self.pieces if one not in over and overlap(leaf, (one.left, one.right))]
            columns.append([_joined(group) for group in _cells(own)])
        return columns

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The header as rows of cells, as in a table with merged ones: what stands over several is in the first row."""
        columns = self.cells()
        upper, lower = ([column[0] for column in columns], [" ".join(column[1:]) for column in columns])
        for group in _grouped(_over_several(self.pieces)):
            left, right = min(one.left for one in group), max(one.right for one in group)
            below = [at for at, leaf in enumerate(self.leaves) if overlap(leaf, (left, right))]
            if any(lower[at] for at in below):
                raise NotSureError
            for at in below:
                upper[at], lower[at] = "", upper[at]
            upper[below[0]] = _joined(group)
        yield tuple(upper)
        if any(lower):
            yield tuple(lower)


def heads(lines: Sequence[Line]) -> Iterator[int]:
    """The lines a header begins with: near the heading of the codes there is one of the labels, too."""
    free = 0
    for number, line in enumerate(lines):
        if number < free or not any(is_code_head(piece.text) for piece in pieces_of(line)):
            continue
        start = number
        while start > max(free, number - _HEADER_LINES // 2) and _is_beside(
            lines[start - 1], lines[start : number + 1]
        ):
            start -= 1
        free = number + _HEADER_LINES // 2
        if any(head_of(piece.text) == "label" for below in lines[start:free] for piece in pieces_of(below)):
            yield start


def _is_beside(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line is of the same header as those below: closer than rows are, or nothing but headings.

    Nothing stands above the heading of the codes, but titles do.
    """
    white = min(word.top for one in below for word in one.words) - max(word.bottom for word in line.words)
    only_heads = all(head_of(piece.text) in ("label", "other") for piece in pieces_of(line))
    near = white < (_LAST_ROW if only_heads else _SAME_CELL) * line.height
    code = next(piece for one in below for piece in pieces_of(one) if is_code_head(piece.text))
    return near and line.left > code.right and not is_annex_title(line.text)


def heading_of(lines: Sequence[Line], levels: Sequence[float] = ()) -> Heading:
    """The heading at the top of some lines, down to the first row with a code or the page end; rows end at `levels`.

    Raises `NotSureError` for an odd one.
    Lines of the first row that stand above its code are none of it: they come closer to the code than a heading does.
    """
    top = [piece for line in lines[:_HEADER_LINES] for piece in pieces_of(line)]
    head = next((piece for piece in top if is_code_head(piece.text)), None)
    if head is None:
        raise NotSureError
    first = next((at for at, line in enumerate(lines) if at and _is_coded(line, head)), None)
    if first is None and len(lines) > _HEADER_LINES:
        raise NotSureError
    height = len(lines) if first is None else _above_row(lines, first, levels)
    pieces = tuple(piece for line in lines[:height] for piece in pieces_of(line))
    over = _over_several(pieces)
    leaves = ranges_of([piece for piece in pieces if piece not in over])
    heading = Heading(tuple(leaves), pieces, height)
    columns = heading.cells()
    if not is_code_head(columns[0][0]) or not all(map(_heads_a_column, columns)):
        raise NotSureError
    return heading


def _heads_a_column(cells: Sequence[str]) -> bool:
    found = [head_of(cell) for cell in cells]
    if "label" in found:
        return found[0] == "label" and (found[-1] != "" or cells[-1].startswith("("))
    return found[-1] == "other"


def _is_coded(line: Line, head: Word) -> bool:
    first = line.words[0]
    return (
        CODE.match(first.text) is not None and head.left - _BESIDE <= first.left and first.right <= head.right + _BESIDE
    )


def _above_row(lines: Sequence[Line], first: int, levels: Sequence[float]) -> int:
    """The line a row begins at whose code stands on line `first`: up to the widest white, or the level, above it."""
    if levels:
        above = [level for level in levels if lines[0].words[0].middle < level < lines[first].words[0].middle]
        if not above:
            raise NotSureError
        return next(at for at, line in enumerate(lines) if line.words[0].middle > above[-1])
    whites = {at: _white_above(lines, at) for at in range(1, first + 1)}
    largest = max(whites.values())
    return max(at for at, white in whites.items() if white >= largest - 1)


def _white_above(lines: Sequence[Line], at: int) -> float:
    above = max(word.bottom for line in lines[:at] for word in line.words)
    return min(word.top for word in lines[at].words) - above


def pieces_of(line: Line) -> list[Word]:
    """What stands together on a line."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.left - parts[-1][-1].right < _PIECE_GAP:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [_piece(part) for part in parts]


def _piece(part: Sequence[Word]) -> Word:
    text = " ".join(word.text for word in part)
    top, bottom = min(word.top for word in part), max(word.bottom for word in part)
    return Word(text, part[0].left, top, part[-1].right, bottom)


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share more than an edge."""
    return one[0] < other[1] and other[0] < one[1]


def ranges_of(pieces: Sequence[Word]) -> list[Range]:
    """Where there is text, over the whole height: apart by at least the gap between two columns."""
    found: list[Range] = []
    for left, right in sorted((piece.left, piece.right) for piece in pieces):
        if found and left - found[-1][1] < GAP:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _over_several(pieces: Sequence[Word]) -> list[Word]:
    """The pieces over several columns, and lines of the same headings that are short."""
    over: list[Word] = []
    for piece in sorted(pieces, key=lambda piece: piece.left - piece.right):
        rest = ranges_of([one for one in pieces if one is not piece and one not in over])
        if sum(overlap((piece.left, piece.right), one) for one in rest) > 1:
            over.append(piece)
    goes_on = [one for one in pieces if one not in over and any(_is_next_line(one, above) for above in over)]
    return over + goes_on


def _is_next_line(piece: Word, above: Word) -> bool:
    white = piece.top - above.bottom
    height = above.bottom - above.top
    return -height / 2 < white < _SAME_CELL * height and above.left <= (piece.left + piece.right) / 2 <= above.right


def _grouped(pieces: Sequence[Word]) -> list[list[Word]]:
    """Pieces one below the other."""
    groups: list[list[Word]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        group = next((one for one in groups if overlap(_range(piece), _range(one[0]))), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    return groups


def _cells(pieces: Sequence[Word]) -> list[list[Word]]:
    """The pieces over one column, apart where more white is between them than between lines."""
    cells: list[list[Word]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        if cells and piece.top - cells[-1][-1].bottom < _SAME_CELL * (piece.bottom - piece.top):
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return cells


def _range(piece: Word) -> Range:
    return piece.left, piece.right


def _joined(pieces: Sequence[Word]) -> str:
    text = ""
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        text = followed(text, piece.text)
    return text
