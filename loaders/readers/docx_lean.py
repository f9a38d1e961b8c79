"""The XML of a Word document without its looks: fonts, borders and spacing are most of its bulk and none of its text.

What is left parses several times faster. Looks that say what is hidden, deleted or numbered are kept, and what is
written in an unusual way is left as it is. A cell of one plain paragraph, as most are, becomes its text, and a row of
such cells the lines of one element: those around the texts are most of what there is to parse.
"""

import re

from loaders.readers.docx_numbering import W

_OF_RUNS = b"vanish|del|strike|dstrike|vertAlign|position|rStyle"
_OF_OTHERS = b"numPr|pStyle|rPr|del|hidden|gridSpan|vMerge|hMerge|gridBefore|gridAfter"


def _looks(of_runs: bytes, of_others: bytes) -> tuple[re.Pattern[bytes], ...]:
    """Elements that describe looks: what is within holds no text and none of the words for which one is kept."""
    return tuple(
        re.compile(
            rb"<w:(" + names + rb")>(?:<(?!/?w:(?:" + names + rb")>|(?:\w+:)?(?:" + kept + rb"))[^<>]*+>)*+</w:\1>"
        )
        for names, kept in ((b"rPr", of_runs), (b"pPr|tcPr|trPr", of_others))
    )


_WHITE_INK = re.compile(rb"<w:color [^<>]*w:val=\"[fF]{6}\"|<w:rStyle ")  # a style may write in white too
_LOOKS = _looks(_OF_RUNS, _OF_OTHERS)
_LOOKS_WITH_GROUNDS = _looks(
    _OF_RUNS + b"|color|shd|highlight", _OF_OTHERS + b"|shd"
)  # where something is written in white
_CELL = (
    rb"<w:tc><w:p(?: [^<>]*)?(?:/>|>"
    rb'(?:<w:r(?: [^<>]*[^<>/])?><w:t(?: xml:space="preserve")?>[^<]*</w:t></w:r>)*'
    rb"</w:p>)</w:tc>"
)
_PLAIN_CELL = re.compile(_CELL)
_PLAIN_ROW = re.compile(rb"(<w:tr(?: [^<>]*)?>)((?:" + _CELL.replace(b"[^<]", rb"[^<\r\n]") + rb")+)</w:tr>")
_ONE_TEXT = re.compile(_CELL.replace(b"[^<]*", b"([^<]*)").replace(b")*</w:p>", b")?</w:p>"))
_TAG = re.compile(rb"<[^<>]*>")
_LINES_BEGIN, _LINES_END = b"<w:plainCells>", b"</w:plainCells>"  # an element of our own
PLAIN_CELLS = f"{W}plainCells"


def lean(data: bytes) -> bytes:
    """The XML of `word/document.xml` without what only says how it looks.

    Plain rows and plain cells hold nothing but their text, unless a table stands in another: there cells are made of
    paragraphs.
    """
    if b"<!" in data:  # comments and character data could hold anything
        return data
    for looks in _LOOKS_WITH_GROUNDS if _WHITE_INK.search(data) else _LOOKS:
        data = looks.sub(b"", data)
    if _is_nested(data.split(b"<w:tbl>")[1:], b"</w:tbl>"):
        return data
    if b"&#" not in data:  # it could be a line break
        data = _PLAIN_ROW.sub(_lines_of_row, data)
    return _PLAIN_CELL.sub(_text_of_cell, data)


def _is_nested(others: list[bytes], closing: bytes) -> bool:
    """Whether an element stands inside another of its kind, told by what follows each of their opening tags."""
    return not all(closing in other for other in others)


def _lines_of_row(row: re.Match[bytes]) -> bytes:
    """A row whose cells are lines of text; none of the texts holds a line break of its own."""
    opening, cells = row.groups()
    texts = _ONE_TEXT.findall(cells)
    if len(texts) < cells.count(b"<w:tc>"):  # one is made of several runs
        texts = _TAG.sub(b"", cells.replace(b"</w:tc>", b"\n")).split(b"\n")[:-1]
    return opening + _LINES_BEGIN + b"\n".join(texts) + _LINES_END + b"</w:tr>"


def _text_of_cell(cell: re.Match[bytes]) -> bytes:
    return b"<w:tc>" + _TAG.sub(b"", cell[0]) + b"</w:tc>"
