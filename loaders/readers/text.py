"""Plain text: tab-separated tables, tables with one cell a line, and Markdown pipe tables.

These are what word processors and converters leave when a report is saved as text. A page break
shows as a blank line in the middle of a table; the table goes on behind it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.characters import in_old_encoding, is_vietnamese, old_encoding
from loaders.document import Block, Document, Paragraph, Row, Table
from loaders.problems import UnreadableFile
from loaders.readers.limits import check_rows
from loaders.readers.marks import are_figures, lowered, raised
from warehouse.text import tidy

_INLINE_TAG = re.compile(r"</?(?:i|b|u|em|strong|sub|sup|span|font)\b[^>]*>", re.IGNORECASE)
_STRUCK = re.compile(r"<(s|strike|del)\b[^>]*>.*?</\1>|~~(?=\S).+?~~", re.IGNORECASE)
_LOWERED = re.compile(r"<sub\b[^>]*>(.*?)</sub>", re.IGNORECASE)
_RAISED = re.compile(r"<sup\b[^>]*>(.*?)</sup>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"</?(?:br|p|div)\b[^>]*>", re.IGNORECASE)
# A lone star is emphasis only at the edge of a word: `b/a*100` is a formula.
_EMPHASIS = re.compile(r"\*{2,}|(?:^|(?<=[\s(“\"]))\*(?=\S)|(?<=\S)\*(?=$|[\s.,;:)”\"])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # marks of word processors that print nothing
_LONE_TONE = re.compile("[\u0300-\u0303\u0309\u0323]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE_CELL = re.compile(r"(?<!\\)\|")
_CODE_CELL = re.compile(r"^\s*\d+(\.\d+)*\.?\s*\t")
_SAMPLE_BYTES = 1 << 20
_MIN_TABS = 2
_MIN_CELLS_A_BLOCK = 3
_HEADING_TAB = re.compile(r"^\t[^\t]*$")


@dataclass(frozen=True)
class _Line:
    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip(" \f")

    @property
    def tabs(self) -> int:
        return self.text.count("\t")

    @property
    def one_cell(self) -> bool:
        return _HEADING_TAB.match(self.text) is not None

    @property
    def piped(self) -> bool:
        return self.text.lstrip().startswith("|")

    @property
    def kind(self) -> str:
        if self.blank:
            return "blank"
        if self.piped:
            return "pipe"
        if self.tabs >= _MIN_TABS:
            return "tab"
        return "cell" if self.one_cell else "text"


def read_text(path: Path) -> Document:
    """Read a text file; raises `UnreadableFile` for bytes that are no text."""
    text = decoded(path)
    check_rows(text.count("\n"), path.name)
    lines = [_Line(number, text) for number, text in enumerate(_LINE_END.split(text), start=1)]
    return Document(name=path.name, blocks=tuple(_blocks(lines)))


def plain(text: str) -> str:
    """A cell or sentence without emphasis and struck text, and with single spaces; a formula keeps its stars."""
    if "<s" in text or "<S" in text or "<d" in text or "~~" in text:
        text = _RAISED.sub(lambda match: raised(match[1]), _STRUCK.sub(" ", text))
        text = _LOWERED.sub(lambda match: lowered(match[1]), text)
    text = _INLINE_TAG.sub("", text)
    if "<" in text and are_figures(lines := [line for line in map(tidy, _BREAK_TAG.split(text)) if line]):
        return "\n".join(lines)
    bare = tidy(_BREAK_TAG.sub(" ", text).replace("\\|", "|"))
    return bare if bare.startswith("=") else tidy(_EMPHASIS.sub("", bare))


def decoded(path: Path) -> str:
    """The text of a file; raises `UnreadableFile` for one neither in Unicode nor in the code page of Windows."""
    data = path.read_bytes()
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return _INVISIBLE.sub("", text)
    if not is_vietnamese(data.decode("utf-8", "ignore")):  # where it is, some bytes are damaged
        if old := old_encoding(data[:_SAMPLE_BYTES].decode("latin-1")):
            raise in_old_encoding(path.name, old)
        if windows := _of_windows(data):
            return windows
    raise UnreadableFile(
        place=path.name,
        found="những byte không phải văn bản Unicode",
        expected="tệp văn bản mã UTF-8 hoặc UTF-16",
        action="mở tệp, lưu lại với mã UTF-8 rồi nạp lại",
    )


def _of_windows(data: bytes) -> str | None:
    """A text in the Vietnamese code page of Windows, which writes most tones behind their letters; null for others.

    There are Vietnamese letters in it, and no tone that its letter does not take.
    """
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    return text if "\x00" not in text and is_vietnamese(text) and not _LONE_TONE.search(text) else None


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    return ["utf-8-sig"]


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        line = lines[position]
        end = position + 1
        if line.kind == "tab":
            table, end = _tab_table(lines, position)
            yield table
        elif line.kind == "pipe":
            table, end = _pipe_table(lines, position)
            yield table
        elif line.kind == "cell" and _cell_block_end(lines, position) - position >= _MIN_CELLS_A_BLOCK:
            table, end = _cell_table(lines, position)
            yield table
        elif line.text.strip():
            yield Paragraph(line.text.strip(), f"line:{line.number}")
        position = end


def _next_filled(lines: list[_Line], position: int) -> int:
    while position < len(lines) and lines[position].blank:
        position += 1
    return position


def _tab_table(lines: list[_Line], start: int) -> tuple[Table, int]:
    """Tab-separated rows; blank lines between them are page breaks."""
    rows: list[Row] = []
    position = start
    width = 0
    while position < len(lines) and _starts_row(lines, position, width):
        text, number = lines[position].text, lines[position].number
        position += 1
        while _goes_on(lines, position, text, width):
            text += " " + lines[position].text
            position += 1
        rows.append(Row(tuple(plain(cell) for cell in text.split("\t")), f"line:{number}"))
        width = max(width, len(rows[-1].cells))
        following = _next_filled(lines, position)
        if following < len(lines) and _starts_row(lines, following, width):
            position = following
    return Table(tuple(rows)), position


def _starts_row(lines: list[_Line], position: int, width: int) -> bool:
    """Whether a row of a table of this width stands here.

    With one tab only it does where its empty cells at the end were cut off and other rows follow, or where
    its first cells are broken over lines that together fill the width.
    """
    line = lines[position]
    if line.kind == "tab":
        return True
    if not width or line.tabs != 1 or line.piped:
        return False
    goes_on = any(_own_row(following) for following in lines[position + 1 : position + 2])
    return (goes_on and _own_row(line)) or _fills(lines, position, width)


def _own_row(line: _Line) -> bool:
    return _CODE_CELL.match(line.text) is not None or (line.text.startswith("\t") and not line.blank)


def _fills(lines: list[_Line], position: int, width: int) -> bool:
    tabs = lines[position].tabs
    for line in lines[position + 1 :]:
        if line.blank or _own_row(line) or tabs + 1 >= width:
            break
        tabs += line.tabs
    return tabs + 1 == width


def _goes_on(lines: list[_Line], position: int, text: str, width: int) -> bool:
    """Whether the next line is the rest of a cell that was broken over lines.

    Only where the row is still short of the table's width and the next line would not make it too
    long; a line that starts with a row code, or with an empty cell for it, is a row of its own.
    """
    tabs = text.count("\t")
    if position >= len(lines) or lines[position].blank or tabs + 1 >= width:
        return False
    rest = lines[position]
    return not _own_row(rest) and rest.kind != "pipe" and tabs + rest.tabs + 1 <= width


def _pipe_table(lines: list[_Line], start: int) -> tuple[Table, int]:
    rows: list[Row] = []
    position = start
    while position < len(lines) and lines[position].piped:
        text = lines[position].text.strip()
        if not _PIPE_RULE.match(text):
            cells = _PIPE_CELL.split(text.removeprefix("|").removesuffix("|"))
            rows.append(Row(tuple(plain(cell) for cell in cells), f"line:{lines[position].number}"))
        position += 1
    return Table(tuple(rows)), position


def _cell_block_end(lines: list[_Line], position: int) -> int:
    while position < len(lines) and lines[position].kind == "cell":
        position += 1
    return position


def _cell_table(lines: list[_Line], start: int) -> tuple[Table, int]:
    """One cell a line, each behind a tab; a blank line ends the row."""
    rows: list[Row] = []
    position = following = start
    while following < len(lines) and lines[following].kind == "cell":
        end = _cell_block_end(lines, following)
        cells = tuple(plain(line.text) for line in lines[following:end])
        rows.append(Row(cells, f"line:{lines[following].number}"))
        position, following = end, _next_filled(lines, end)
    return Table(tuple(rows)), position
