"""How the pieces of text of a page come apart into rows: by the white between them, or by lines and shades.

Where a table has lines or shaded rows over its whole width, and none between its columns, these say where rows end; the
first row above and the last one below them are told by white.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loaders.readers.pdf_heads import NotSureError, overlap
from loaders.readers.pdf_text import Word

_WIDEST_LEADING, _SAME_HEIGHT = 1.45, 0.9  # times the height of a letter
_LINE, _ROW = 1.0, 2.2  # points beyond the white between two lines: a line of the cell at most, a row at least
_ACROSS = 2.5  # points a letter may reach over the edge of its row

Split = Callable[[Sequence[Word], float], "list[Band]"]  # pieces, and the white between two lines of a cell


@dataclass(frozen=True)
class Band:
    """Pieces with white above (in points) and below."""

    pieces: tuple[Word, ...]
    above: float

    @property
    def top(self) -> float:
        """The upper edge of its highest piece."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """The lower edge of its lowest piece."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(piece.text for piece in self.pieces)


def white_bands(pieces: Sequence[Word], white: float) -> list[Band]:
    """The pieces with more white between them than lines have; doubtful white raises `NotSureError`."""
    if not pieces:
        return []
    found: list[Band] = []
    held: list[Word] = []
    bottom = above = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.top):
        apart = piece.top - bottom
        if held and apart > white + _LINE:
            if apart < white + _ROW:
                raise NotSureError
            found.append(Band(tuple(held), above))
            held, above = [], apart
        held.append(piece)
        bottom = max(bottom, piece.bottom)
    return [*found, Band(tuple(held), above)]


def white_between(pieces: Sequence[Word]) -> float:
    """The white between two lines of one cell: the least there is between pieces one below the other on the page.

    Where none are close, every line is taken for a row, and the check of the rows says whether they can be.
    """
    height = sorted(piece.bottom - piece.top for piece in pieces)[len(pieces) // 2]
    ordered = sorted(pieces, key=lambda piece: piece.top)
    least = widest = height * _WIDEST_LEADING
    for number, piece in enumerate(ordered):
        for below in ordered[number + 1 :]:
            distance = below.top - piece.top
            if distance >= least:
                break
            if distance > height * _SAME_HEIGHT and overlap((piece.left, piece.right), (below.left, below.right)):
                least = distance
    return least - height if least < widest else 0.0


def level_bands(levels: Sequence[float], pieces: Sequence[Word], white: float) -> list[Band]:
    """The pieces between two `levels` each, and those above and below all of them by the white between them."""
    groups: list[list[Word]] = [[] for _ in range(len(levels) + 1)]
    for piece in pieces:
        at = bisect_left(levels, piece.middle)
        edges = levels[max(at - 1, 0) : at + 1]
        if any(piece.top + _ACROSS < edge < piece.bottom - _ACROSS for edge in edges):
            raise NotSureError
        groups[at].append(piece)
    parts = [band.pieces for band in white_bands(groups[0], white)]
    parts += [tuple(group) for group in groups[1:-1] if group]
    parts += [band.pieces for band in white_bands(groups[-1], white)] if len(groups) > 1 else []
    found: list[Band] = []
    for part in parts:
        above = min(piece.top for piece in part) - found[-1].bottom if found else 0.0
        found.append(Band(part, above))
    return found
