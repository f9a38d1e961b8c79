"""What a file really is, by its first bytes: clerks rename files, and web systems export pages as .doc and .xls."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loaders.problems import UnreadableFile, with_password
from loaders.readers.archive import Archive, open_archive, with_macros

Format = Literal["docx", "xlsx", "ods", "xls", "pdf", "html", "word"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _ENCRYPTED = b"\xec\xa5", 0x0100  # what a Word document begins with, and a flag behind it
_HEAD_BYTES = 4096
_PAGE = re.compile(
    rb"^(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body|meta|title|style|table|div|center|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_FLAT_XML = re.compile(rb"<\?mso-application|schemas-microsoft-com:office:(spreadsheet|word)|<pkg:package")
_WEB_ARCHIVE = re.compile(rb"^\s*mime-version:", re.IGNORECASE)
_TEXT_SUFFIXES = (".txt", ".text", ".md")
_MIMETYPES: dict[bytes, Format] = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "word",
}


@dataclass(frozen=True)
class Recognised:
    """A format, null for plain text and for what is not known, and the opened container where it is one."""

    format: Format | None
    archive: Archive | None = None


def recognise(path: Path) -> Recognised:
    """The format of a file by its content.

    Raises `UnreadableFile` for an empty, locked or truncated file and for one that holds no document.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(b"PK"):
            archive = open_archive(path, head + file.read())
            return Recognised(_zip_format(path, archive), archive)
    if not head.strip(b"\x00"):
        raise _refused(path, "tệp rỗng", "gửi lại tệp có nội dung")
    return Recognised(_plain_format(path, head))


def _plain_format(path: Path, head: bytes) -> Format | None:
    if head.startswith(_OLE):
        return _ole_format(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "word" if head.startswith(b"{\\rtf") else _markup_format(path, head)


def _markup_format(path: Path, head: bytes) -> Format | None:
    plain = head.replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    plain = plain.lstrip(b"\xef\xbb\xbf\xff\xfe")
    if plain.startswith(b"<?xml") and _FLAT_XML.search(plain):
        raise _refused(path, "tệp Word hoặc Excel dạng XML", "mở tệp, lưu lại dưới dạng .docx hoặc .xlsx rồi nạp lại")
    if path.suffix.lower() in _TEXT_SUFFIXES and b"<html" not in plain.lower():
        return None
    return "html" if _PAGE.match(plain) or _WEB_ARCHIVE.match(plain) else None


def _zip_format(path: Path, archive: Archive) -> Format:
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise with_password(path.name)
    if "mimetype" in archive:
        found = _MIMETYPES.get(archive.read("mimetype").strip().removesuffix(b"-template"))
        if found:
            return found
    folders = {name.partition("/")[0] for name in archive.members}
    if "word" in folders:
        return "docx"
    if "xl" in folders:
        return "xlsx"
    raise _refused(path, "tệp nén không phải tài liệu Word hay sổ tính", "giải nén rồi nạp từng tệp báo cáo ở trong")


def _ole_format(path: Path) -> Format:
    data = path.read_bytes()
    names = _ole_names(data)
    if names.keys() & {"EncryptedPackage", "EncryptionInfo"}:
        raise with_password(path.name)
    documents = names.keys() & {"Workbook", "Book", "WordDocument"}
    if names.keys() & {"_VBA_PROJECT_CUR", "Macros", "_VBA_PROJECT"} and documents:
        raise with_macros(path)
    is_book, is_text = bool(documents - {"WordDocument"}), "WordDocument" in documents
    if is_book and not (is_text and path.suffix.lower() != ".xls"):
        return "xls"
    if is_text:
        if _is_locked_text(data, names["WordDocument"]):
            raise with_password(path.name)
        return "word"
    raise _refused(path, "tệp Office cũ hỏng, hoặc không có văn bản hay trang tính nào", "mở tệp, lưu lại rồi nạp lại")


def _is_locked_text(data: bytes, sector: int) -> bool:
    """Whether the head of a Word document, which begins in that sector, says that the rest is encrypted."""
    start = (sector + 1) * _sector_size(data)
    head = data[start : start + 12]
    return len(head) == 12 and head[:2] == _WORD and bool(struct.unpack_from("<H", head, 10)[0] & _ENCRYPTED)


def _sector_size(data: bytes) -> int:
    return 1 << min(int(struct.unpack_from("<H", data, 30)[0]), 12)


def _ole_names(data: bytes) -> dict[str, int]:
    """The names in the directory of an OLE2 file, only as many as are readable of a damaged one, and their sectors."""
    if len(data) < 512:
        return {}
    size = _sector_size(data)
    sector: int = struct.unpack_from("<I", data, 48)[0]
    table: tuple[int, ...] = struct.unpack_from("<109I", data, 76)
    names: dict[str, int] = {}
    for _ in range(len(data) // size + 1):
        start = (sector + 1) * size
        entries = data[start : start + size]
        names |= dict(_entry(entries[at : at + 128]) for at in range(0, len(entries), 128))
        place = (table[sector * 4 // size] + 1) * size + sector * 4 % size if sector * 4 // size < len(table) else -1
        if not 0 <= place <= len(data) - 4:
            break
        sector = struct.unpack_from("<I", data, place)[0]
        if sector >= 0xFFFFFFF0:
            break
    return names


def _entry(entry: bytes) -> tuple[str, int]:
    """The name of an entry of the directory, and the sector in which its content begins."""
    if len(entry) < 128:
        return "", 0
    length = struct.unpack_from("<H", entry, 64)[0]
    name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return name, int(struct.unpack_from("<I", entry, 116)[0])


def _refused(path: Path, found: str, action: str) -> UnreadableFile:
    return UnreadableFile(
        place=path.name, found=found, expected="một báo cáo Word, Excel, PDF, trang web hoặc văn bản", action=action
    )
