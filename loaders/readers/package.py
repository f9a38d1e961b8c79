"""Office Open XML packages (docx, xlsx): which part is the document, and what it refers to."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from loaders.problems import UnreadableFile
from loaders.readers.archive import Archive
from loaders.readers.markup import Element, parse_xml

_BRINGING = ("attachedTemplate", "frame", "oleObject", "subDocument", "externalLinkPath", "aFChunk")
# On another machine, by address or by share; a template on the writer's own disk is common.
_REMOTE = re.compile(r"^(https?|ftp)://|^file://[^/]|^file:/+[\\]{2}|^[\\]{2}", re.IGNORECASE)
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# “Strict Open XML” files say the same under other names.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{name}".encode(), f"http://schemas.openxmlformats.org/{dated}".encode())
    for name, dated in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
    )
)


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: the last word of the type (`styles`) and the target's name in the package."""

    kind: str
    target: str


def read_part(archive: Archive, name: str, lean: Callable[[bytes], bytes] = bytes) -> Element:
    """A part of the package as XML, made `lean` before; raises `UnreadableFile` when it is missing or damaged."""
    data = lean(archive.read(name))
    if b"purl.oclc.org" in data[:4096]:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    return parse_xml(data, f"{archive.path.name}, {name}")


def main_part(archive: Archive, usual: str) -> str:
    """The name of the document part: Office on the web writes `word/document2.xml`; `usual` where none is named."""
    if "_rels/.rels" not in archive:
        return usual
    found = (link.target for link in relationships(archive, "").values() if link.kind == "officeDocument")
    name = next(found, usual)
    if name not in archive and usual not in archive:
        raise UnreadableFile(
            place=archive.path.name,
            found=f"không có phần “{name}”",
            expected="một tài liệu Word hoặc một sổ tính Excel có nội dung",
            action="mở tệp, lưu lại dưới dạng .docx hoặc .xlsx rồi nạp lại",
        )
    return name if name in archive else usual


def relationships(archive: Archive, part: str) -> Mapping[str, Relationship]:
    """What `part` refers to, by relationship id; empty when it refers to nothing."""
    folder, name = posixpath.split(part)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    if links not in archive:
        return {}
    found: dict[str, Relationship] = {}
    for link in read_part(archive, links):
        kind, target = link.get("Type", "").rpartition("/")[2], link.get("Target", "")
        if link.get("TargetMode") == "External":
            _check_external(kind, target, f"{archive.path.name}, {links}")
            continue
        inside = _inside(folder, target)
        if inside.startswith(".."):
            raise _refused(f"{archive.path.name}, {links}", f"đường dẫn ra ngoài tệp (“{target}”)")
        found[link.get("Id", "")] = Relationship(kind, inside.lstrip("/"))
    return found


@lru_cache(maxsize=1 << 10)
def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target))


def _check_external(kind: str, target: str, place: str) -> None:
    """Nothing is ever fetched; a document that would have text or code brought in from the network is refused."""
    if kind in _BRINGING and _REMOTE.match(target):
        raise _refused(place, f"liên kết lấy nội dung từ nơi khác ({kind}: “{target}”)")


def _refused(place: str, found: str) -> UnreadableFile:
    return UnreadableFile(
        place=place,
        found=found,
        expected="tài liệu tự chứa đủ nội dung",
        action="không mở tệp này nếu không rõ nguồn; xin đơn vị gửi lại bản lưu từ Word hoặc Excel",
    )


def related_part(
    archive: Archive, links: Mapping[str, Relationship], kind: str, lean: Callable[[bytes], bytes] = bytes
) -> Element | None:
    """The first part of that kind among `links`; null when there is none."""
    for link in links.values():
        if link.kind == kind and link.target in archive:
            return read_part(archive, link.target, lean)
    return None
