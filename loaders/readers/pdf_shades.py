"""Lines and shades that part the rows of a page without ruling its columns: zebra tables, and lines below each row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.readers.pdf_text import Box, Word

_THIN = 3.0  # points: a filled box is a line up to here
_SAME = 3.0  # points within which edges are one
_WHOLE = 0.6  # of the width of the page's text: an edge that parts rows
_HEADER_ROWS = 2

Shape = Mapping[str, Any]  # what pdfplumber tells of a line, a box or an edge


@dataclass(frozen=True)
class RuledTable:
    """The cells between ruled lines, row by row; a cell that covers several rows stands in the first of them."""

    top: float
    rows: tuple[tuple[Box, ...], ...]


def is_shade(shape: Shape) -> bool:
    """Whether a shape is a coloured ground without a border."""
    is_box = shape.get("object_type") == "rect" and shape["width"] > _THIN and shape["height"] > _THIN
    return is_box and bool(shape.get("fill")) and not shape.get("stroke")


def covers_all(tables: Sequence[RuledTable], words: Iterable[Word]) -> bool:
    """Whether the tables of a page are whole: more than a header, and nothing stands between their rows."""
    if not tables or any(len(table.rows) <= _HEADER_ROWS for table in tables):
        return False
    boxes = [box for table in tables for row in table.rows for box in row]
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    near = [word for word in words if top < word.middle < bottom and left < word.left and word.right < right]
    return all(any(box.top <= word.middle <= box.bottom for box in boxes) for word in near)


def levels_of(edges: Iterable[Shape], words: Sequence[Word]) -> tuple[float, ...]:
    """The heights, from the top, at which level edges reach over most of the width of a page's text."""
    if not words:
        return ()
    width = max(word.right for word in words) - min(word.left for word in words)
    lengths: defaultdict[float, float] = defaultdict(float)
    for edge in sorted((edge for edge in edges if edge["orientation"] == "h"), key=lambda edge: float(edge["top"])):
        height = float(edge["top"])
        known = next((level for level in reversed(lengths) if height - level < _SAME), height)
        lengths[known] += float(edge["x1"]) - float(edge["x0"])
    return tuple(level for level, length in lengths.items() if length >= _WHOLE * width)
