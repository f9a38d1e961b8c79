"""Text that is not what it looks like: old Vietnamese code pages, reversed text, control characters.

Documents set in the fonts of before Unicode (.VnTime, VNI-Times) hold Latin letters that only such a font shows as
Vietnamese; what changes the order of the letters shows a figure that is not the one stored.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from loaders.document import Document, Paragraph
from loaders.problems import UnreadableFile

_VIETNAMESE = re.compile("[ăâđêôơưĂĐƠƯ\u1ea0-\u1ef9]")
# Marks that stand inside words in these code pages only: TCVN3 has signs for letters, VNI accents behind letters.
_OLD = {
    "TCVN3 (ABC, phông chữ .Vn…)": re.compile(r"[A-Za-z][¨©ª«¬®µ¶·¸¹]|[¨©ª«¬®µ¶·¸¹][A-Za-z]"),
    "VNI (phông chữ VNI-…)": re.compile(r"[aeouyôö][ùøûõïáàåãäéèúüëâ]|(?<=[A-Za-z])ñ|\bñ(?=[aeiouöô])", re.IGNORECASE),
}
_ENOUGH = 5
_REVERSING = frozenset(("R", "AL", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"))
_PLAIN_CONTROLS = frozenset("\t\n\v\f\r")


def check_characters(document: Document) -> None:
    """Raise `UnreadableFile` for a document with text that shows other than it is stored."""
    if any(map(_misleads, set().union(*(text for text, _ in _texts(document))))):
        for text, place in _texts(document):
            _check_order(text, f"{document.name}, {place}")
    for text, place in _parts(document):
        if encoding := old_encoding(text):
            raise in_old_encoding(f"{document.name}, {place}", encoding)


def old_encoding(text: str) -> str | None:
    """The name of the code page from before Unicode that a text is in; null for Unicode and for other languages."""
    text = unicodedata.normalize("NFC", text)
    real = len(_VIETNAMESE.findall(text))
    marks = {name: len(pattern.findall(text)) for name, pattern in _OLD.items()}
    name = max(marks, key=lambda each: marks[each])
    return name if marks[name] >= _ENOUGH and marks[name] > real else None


def is_vietnamese(text: str) -> bool:
    """Whether a text has letters enough that only Vietnamese has."""
    return len(_VIETNAMESE.findall(text)) >= _ENOUGH


def in_old_encoding(place: str, encoding: str) -> UnreadableFile:
    """The refusal of a text in that code page."""
    return UnreadableFile(
        place=place,
        found=f"chữ Việt theo bảng mã cũ {encoding}",
        expected="chữ Việt Unicode",
        action="chuyển mã sang Unicode (ví dụ bằng công cụ chuyển mã của UniKey), lưu lại rồi nạp lại",
    )


@lru_cache(maxsize=1 << 12)
def _misleads(character: str) -> bool:
    """Whether a character turns text around or is one that is not printed."""
    is_control = unicodedata.category(character) == "Cc" and character not in _PLAIN_CONTROLS
    return is_control or unicodedata.bidirectional(character) in _REVERSING


def _check_order(text: str, place: str) -> None:
    for character in set(text):
        if unicodedata.bidirectional(character) in _REVERSING:
            found = f"ký tự đảo chiều chữ hoặc chữ viết từ phải sang trái (U+{ord(character):04X})"
        elif unicodedata.category(character) == "Cc" and character not in _PLAIN_CONTROLS:
            found = f"ký tự điều khiển không in được (U+{ord(character):04X})"
        else:
            continue
        raise UnreadableFile(
            place=place,
            found=found,
            expected="chữ và số hiện đúng như đã lưu",
            action="gõ lại chỗ ấy, hoặc chép nội dung sang một tệp mới, lưu lại rồi nạp lại",
        )


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place
        else:
            for row in block.rows:
                yield "\n".join(row.cells), row.place


def _parts(document: Document) -> Iterator[tuple[str, str]]:
    """The running text, and each table: one part of a document may be older than the rest."""
    yield "\n".join(paragraph.text for paragraph in document.paragraphs), "phần lời văn"
    for number, table in enumerate(document.tables, start=1):
        yield "\n".join(cell for row in table.rows for cell in row.cells), f"bảng {number}"


def printable(name: str) -> str:
    """A file name as it can be stored and shown: what is no letter, mark or space is a replacement character.

    A name may hold bytes that are no UTF-8, line breaks, codes a terminal obeys, and marks that turn text around.
    """
    return "".join("\ufffd" if unicodedata.category(character)[0] == "C" else character for character in name)
