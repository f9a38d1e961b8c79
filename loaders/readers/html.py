"""Web pages and what Word and Excel save as one: headings, paragraphs and tables in reading order.

Only the innermost tables are data; a table that holds others lays out the page. Reports exported by web
systems under the names .doc and .xls are often pages too.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

from loaders.document import Block, Document, Omission, Paragraph, Row
from loaders.problems import UnreadableFile
from loaders.readers.html_looks import HIDDEN, UNSEEN, take_out_unseen
from loaders.readers.layout import MAX_SPAN, Cell, is_header, lines, split_rows, spread
from loaders.readers.limits import check_rows
from loaders.readers.marks import has_figure, is_row_of_figures, lowered, on_the_line, raised
from loaders.readers.markup import Element, all_text, parse_html
from warehouse.text import tidy

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ROW_TAG = re.compile(r"<tr[\s>]", re.IGNORECASE)
_UNSEEN = re.compile(r"<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>", re.IGNORECASE | re.DOTALL)
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED_STYLE = re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE)
_SKIPPED = frozenset(
    ("head", "script", "style", "template", "noscript", "svg", "del", "button", "select", "object", "iframe")
)
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "dfn",
            "em",
            "font",
            "i",
            "img",
            "input",
            "ins",
        ),
        *("kbd", "label", "mark", "nobr", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var", "wbr"),
    )
)
_HEAD_BYTES = 4096
_NESTED_WIDTH = 2


@dataclass
class _Reader:
    """The blocks met so far, and the inline text of the line that is being read."""

    blocks: list[Block] = field(default_factory=list)
    open_text: list[str] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def read(self, element: Element) -> None:
        """Read what is inside an element; text outside of any block makes a paragraph of its own."""
        self.open_text.append(_words(element.text))
        for child in element:
            self._child(child)
            self.open_text.append(_words(child.tail))

    def _child(self, child: Element) -> None:
        name = _name(child)
        if not name or _is_hidden(child, name):
            return
        if name == "br":
            self.open_text.append("\n")
        elif name == "table" and not _is_layout(child):
            self.close()
            self._table(child)
        elif name in _INLINE:
            self.read(child)
        else:
            self.close()
            self.read(child)
            self.close()

    def close(self) -> None:
        """End the paragraph that is being read."""
        text = "".join(self.open_text)
        self.open_text.clear()
        found = lines(text)
        self.paragraphs += bool(found)
        self.blocks += [Paragraph(line, f"paragraph:{self.paragraphs}") for line in found]

    def _table(self, table: Element) -> None:
        self.tables += 1
        shown = list(_rows(table))
        if unseen := sum(cell.get(UNSEEN) is not None for row in shown for cell in row.iterchildren("td", "th")):
            self.omissions.append(Omission("hidden_cells", f"table:{self.tables}", f"bảng {self.tables}", unseen))
        rows = list(spread([_cell(cell) for cell in _cells(row)] for row in shown))
        places = [f"table:{self.tables}, row:{number}" for number in range(1, len(shown) + 1)]
        for row, place in zip(shown, places, strict=True):
            if struck := " ".join(filter(has_figure, map(all_text, row.iter("del")))):
                self.omissions.append(Omission("struck_out", place, tidy(struck)))
        if hidden := sum(_has_figures(row) for row in _rows(table, hidden=True)):
            self.omissions.append(Omission("hidden_rows", f"table:{self.tables}", f"bảng {self.tables}", hidden))
        printed = (Row(cells, place, *covered) for (cells, *covered), place in zip(rows, places, strict=True))
        self.blocks += split_rows(printed)


def read_html(path: Path) -> Document:
    """Read a web page or a single-file web page; raises `UnreadableFile` where the tables in it were lost."""
    data = path.read_bytes()
    if data[:200].lstrip().lower().startswith(b"mime-version:"):
        data = _page_of_archive(data)
    text = _decoded(data)
    check_rows(text.lower().count("<tr"), path.name)
    root = parse_html(text.encode("utf-8", "replace"), path.name)
    _check_rows(text, root, path.name)
    take_out_unseen(root)
    _mark(root)
    reader = _Reader()
    reader.read(root)
    reader.close()
    return Document(path.name, tuple(reader.blocks), tuple(reader.omissions))


def _mark(root: Element) -> None:
    """Make one of all ways of striking out, and write what is raised as such."""
    for element in list(root.iter()):
        name, style = _name(element), element.get("style", "") if isinstance(element.tag, str) else ""
        struck = bool(style) and _STRUCK_STYLE.search(style) is not None
        if name in {"s", "strike"} or (struck and name in _INLINE):
            element.tag = "del"
        elif struck:
            for block in list(element.iter("td", "th")) or [element]:
                _strike(block)
        elif name == "sup" or (style and _RAISED_STYLE.search(style) and name in _INLINE):
            _set(element, raised)
        elif name == "sub" or (style and _LOWERED_STYLE.search(style) and name in _INLINE):
            _set(element, lowered)


def _strike(block: Element) -> None:
    """Put all that a block holds into an element that is struck out."""
    struck = block.makeelement("del")
    struck.text, block.text = block.text, None
    struck.extend(list(block))
    block.append(struck)


def _set(element: Element, height: Callable[[str], str]) -> None:
    """Write all digits inside an element at that height."""
    for inner in element.iter():
        inner.text = inner.text and height(inner.text)
        if inner is not element:
            inner.tail = inner.tail and height(inner.tail)


def _check_rows(text: str, root: Element, place: str) -> None:
    """The parser leaves off, without a word, where elements are nested too deep: no row may be lost that way."""
    printed = len(_ROW_TAG.findall(_UNSEEN.sub("", text)))
    read = sum(1 for _ in root.iter("tr"))
    if read < printed or ("<table" in text.lower() and not read):
        raise UnreadableFile(
            place=place,
            found=f"trang web hỏng hoặc lồng quá sâu: chỉ đọc được {read} trong {printed} dòng bảng",
            expected="một trang web đọc được trọn vẹn",
            action="mở trang bằng trình duyệt, chép sang Word, lưu dạng .docx rồi nạp lại",
        )


def _decoded(data: bytes) -> str:
    """The text by its byte order mark, its own declaration, UTF-8, or the old Vietnamese code page of Windows."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    stated = _CHARSET.search(data[:_HEAD_BYTES])
    for encoding in ((stated[1].decode("ascii"),) if stated else ()) + ("utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _page_of_archive(data: bytes) -> bytes:
    """The HTML part of a single-file web page (.mht)."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            charset = part.get_content_charset() or "utf-8"
            if isinstance(page, bytes):
                return b'<?xml encoding="' + charset.encode("ascii", "replace") + b'"?>' + page
    return b""


def _name(element: Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _words(text: str | None) -> str:
    """Text between tags: a line end in the source is a space."""
    return text.replace("\r", " ").replace("\n", " ") if text else ""


def _is_hidden(element: Element, name: str) -> bool:
    return name in _SKIPPED or element.get(HIDDEN) is not None


def _is_layout(table: Element) -> bool:
    """Whether a table only lays out others: it holds a grid, and no row of its own is a header."""
    holds_grid = any(_is_grid(inner) for inner in table.iterdescendants("table"))
    return holds_grid and not any(is_header([all_text(cell) for cell in _cells(row)]) for row in _rows(table))


def _is_grid(table: Element) -> bool:
    widths = [sum(1 for _ in _cells(row)) for row in _rows(table)]
    return len(widths) > 1 and max(widths) > _NESTED_WIDTH


def _rows(table: Element, hidden: bool = False) -> Iterator[Element]:
    """The rows of a table itself, wherever a careless page put them; not those of the tables inside it.

    Those that show, or those that are hidden.
    """
    for row in table.iterdescendants("tr"):
        if next(row.iterancestors("table"), None) is table and _is_hidden(row, "tr") == hidden:
            yield row


def _has_figures(row: Element) -> bool:
    return is_row_of_figures([tidy(all_text(cell)) for cell in row.iterchildren("td", "th")])


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iterchildren("td", "th") if not _is_hidden(cell, "td"))


def _cell(cell: Element) -> Cell:
    reader = _CellText()
    reader.read(cell)
    return Cell("\n".join(filter(None, map(tidy, on_the_line("".join(reader.parts)).split("\n")))), *_spans(cell))


def _spans(cell: Element) -> tuple[int, int]:
    return _span(cell.get("colspan")), _span(cell.get("rowspan"))


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    return max(1, min(int(digits), MAX_SPAN)) if digits.isascii() and digits.isdigit() else 1


@dataclass
class _CellText:
    """The text of a cell, each block of it on a line of its own."""

    parts: list[str] = field(default_factory=list)

    def read(self, element: Element) -> None:
        self.parts.append(_words(element.text))
        for child in element:
            name = _name(child)
            if name and not _is_hidden(child, name):
                mark = "" if name in _INLINE else "\n"
                self.parts.append(mark)
                self.read(child)
                self.parts.append(mark)
            self.parts.append(_words(child.tail))
