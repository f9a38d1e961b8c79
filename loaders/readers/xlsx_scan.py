"""The cells and shared texts of a workbook straight from its XML: parsing them is most of the work of reading one.

Excel, LibreOffice and the usual libraries write them in one plain way, and a tree of elements for thousands of cells
costs several times what they hold. Here the plain way is read with patterns that account for every character. What is
written in any other way is left to be parsed, and reads the same.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar
from xml.sax.saxutils import unescape

# Reference, style, kind, what is said of the formula, the formula and the value as stored; the last is what the pattern
# does not know, empty in the end.
StoredCell = tuple[str, str, str, str, str, str, str]
Found = TypeVar("Found")

_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OTHER_ENCODING = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_PLAIN = r"[^<&\x00-\x08\x0b-\x1f\ufffe\uffff]*"
_ATTRIBUTES = r'(?: [\w:.]+="[^"<>&]*")*'
_ROW = re.compile(rf'<row r="(\d+)"({_ATTRIBUTES})(/?)>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d+)")?(?: t="(s|n|b|e|str)")?'
    rf"(?:/>|>(?:<f({_ATTRIBUTES})(?:/>|>({_PLAIN})</f>))?(?:<v>({_PLAIN})</v>)?</c>)|(.+)",
    re.DOTALL,
)
_TEXT = re.compile(
    rf'<si><t(?: xml:space="preserve")?>({_PLAIN}(?:&(?:amp|lt|gt|quot|apos);{_PLAIN})*)</t></si>|(.+)', re.DOTALL
)
_NO_HEIGHT = re.compile(r' ht="0+(?:\.0*)?"')
_QUOTES = {"&quot;": '"', "&apos;": "'"}


class StoredRow(NamedTuple):
    """A row of a sheet: its number as stored, empty where it has none, whether it is hidden, and its cells."""

    number: str
    hidden: bool
    cells: Sequence[StoredCell]


@dataclass
class Scan(Generic[Found]):
    """Takes what stands inside a tag out of a part that is about to be parsed.

    `found` stays null where it is written in an unusual way; then the part is left as it is.
    """

    tag: bytes
    read: Callable[[str], Found | None]
    found: Found | None = None

    def __call__(self, data: bytes) -> bytes:
        """The XML of the part without what was found in it."""
        head, opening, rest = data.partition(b"<" + self.tag)
        attributes, _, rest = rest.partition(b">")
        inside, closing, tail = rest.rpartition(b"</" + self.tag + b">")
        head += opening + attributes + b">"
        if not closing or b"<!" in data or _MAIN not in head or _OTHER_ENCODING.search(head):
            return data
        try:
            self.found = self.read(inside.decode("utf-8"))
        except UnicodeDecodeError:
            return data
        return data if self.found is None else head + closing + tail


def scan_rows() -> Scan[list[StoredRow]]:
    """Takes the rows out of a worksheet."""
    return Scan(b"sheetData", _rows)


def scan_texts() -> Scan[list[str]]:
    """Takes the shared texts out of their part."""
    return Scan(b"sst", _texts)


def _rows(data: str) -> list[StoredRow] | None:
    rows: list[StoredRow] = []
    *pieces, last = data.split("</row>")
    for number, piece in enumerate([*pieces, last]):
        at = 0
        while match := _ROW.match(piece, at):
            at = match.end()
            if not match[3]:
                break
            rows.append(StoredRow(match[1], _is_hidden(match[2]), ()))
        cells = _CELL.findall(piece, at)
        is_open = match is not None
        if is_open == (number == len(pieces)) or (cells and (cells[-1][-1] or not is_open)):
            return None
        if match is not None:
            rows.append(StoredRow(match[1], _is_hidden(match[2]), cells))
    return rows


def _is_hidden(attributes: str) -> bool:
    return ' hidden="1"' in attributes or ' hidden="true"' in attributes or _NO_HEIGHT.search(attributes) is not None


def _texts(data: str) -> list[str] | None:
    found = _TEXT.findall(data)
    if found and found[-1][-1]:
        return None
    return [unescape(text, _QUOTES) if "&" in text else text for text, _ in found]
