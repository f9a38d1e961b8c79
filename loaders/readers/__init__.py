"""One file format a module: a path in, a `Document` of paragraphs and tables out, each with its place."""

from collections.abc import Callable, Mapping
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.archive import Archive
from loaders.readers.csv_text import read_csv
from loaders.readers.doc import read_doc
from loaders.readers.docx import docx_document, read_docx
from loaders.readers.formats import Format, recognise
from loaders.readers.html import read_html
from loaders.readers.ods import ods_document, read_ods
from loaders.readers.pdf import read_pdf
from loaders.readers.text import read_text
from loaders.readers.xls import read_xls
from loaders.readers.xlsx import read_xlsx, xlsx_document

Reader = Callable[[Path], Document]

READERS: Mapping[str, Reader] = {
    ".csv": read_csv,
    ".doc": read_doc,
    ".docm": read_docx,
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".md": read_text,
    ".mht": read_html,
    ".mhtml": read_html,
    ".odt": read_doc,
    ".ods": read_ods,
    ".pdf": read_pdf,
    ".rtf": read_doc,
    ".text": read_text,
    ".tsv": read_text,
    ".txt": read_text,
    ".xls": read_xls,
    ".xlsm": read_xlsx,
    ".xlsx": read_xlsx,
}
_BY_CONTENT: Mapping[Format, Reader] = {
    "docx": read_docx,
    "html": read_html,
    "ods": read_ods,
    "pdf": read_pdf,
    "word": read_doc,
    "xls": read_xls,
    "xlsx": read_xlsx,
}
_OPENED: Mapping[Format, Callable[[Archive], Document]] = {
    "docx": docx_document,
    "ods": ods_document,
    "xlsx": xlsx_document,
}
_MARKLESS = (read_csv, read_text, read_html)  # what nothing in the content tells apart but the suffix


def read_document(path: Path) -> Document:
    """Read `path` with the reader of what it holds, whatever its suffix; raises `UnreadableFile` when none can."""
    found = recognise(path)
    try:
        if found.archive and found.format and found.format in _OPENED:
            return _OPENED[found.format](found.archive)
        return _reader(path, found.format)(path)
    except RecursionError as error:
        raise UnreadableFile(
            place=path.name,
            found="các phần lồng trong nhau quá sâu",
            expected="tệp do Word, Excel hoặc trình duyệt ghi",
            action="mở tệp, chép nội dung sang một tệp mới, lưu lại rồi nạp lại",
        ) from error


def _reader(path: Path, found: Format | None) -> Reader:
    reader = _BY_CONTENT[found] if found else READERS.get(path.suffix.lower())
    if reader is None or (found is None and reader not in _MARKLESS):
        raise UnreadableFile(
            place=path.name,
            found=f"tệp đuôi “{path.suffix or '(không có)'}” với nội dung không nhận ra",
            expected=f"một trong các đuôi {', '.join(sorted(READERS))}",
            action="lưu báo cáo dưới dạng Word (.docx) hoặc Excel (.xlsx) rồi nạp lại",
        )
    return reader
