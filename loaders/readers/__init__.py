"""One file format a module: a path in, a `Document` of paragraphs and tables out, each with its place."""

from collections.abc import Callable
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.text import read_text

READERS: dict[str, Callable[[Path], Document]] = {".txt": read_text, ".text": read_text, ".md": read_text}


def read_document(path: Path) -> Document:
    """Read `path` with the reader of its suffix; raises `UnreadableFile` when there is none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(
            place=path.name,
            found=f"tệp đuôi “{path.suffix or '(không có)'}”",
            expected=f"một trong các đuôi {', '.join(sorted(READERS))}",
            action="lưu báo cáo dưới dạng văn bản rồi nạp lại",
        )
    return reader(path)
