"""Zip containers (docx, xlsx, ods), read with limits: a small file must not unpack into all the memory there is."""

import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from loaders.problems import UnreadableFile, with_password
from loaders.readers.limits import UNPACKED_MEGABYTES, limit

_MEGABYTE = 1024 * 1024
MAX_BYTES = 2048 * _MEGABYTE  # whatever the setting says
MAX_RATIO = 200
_HARMLESS_BYTES = 4 * 1024 * 1024  # long runs of empty cells shrink well; below this no ratio does harm
_MAX_MEMBERS = 10_000
_OUTSIDE = re.compile(r"^/|^[a-z]:|(^|/)\.\.(/|$)")
_MACROS = re.compile(r"(^|/)vbaproject\.bin$|^xl/macrosheets/|^basic/|^scripts/")
_LINKED_BOOKS = re.compile(r"^xl/externallinks/[^/]+\.xml$")


@dataclass(frozen=True)
class Archive:
    """A zip file in memory whose members are within the limits; names are compared in lower case, with `/`."""

    path: Path
    file: ZipFile
    members: Mapping[str, ZipInfo]

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name.lower() in self.members

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises `UnreadableFile` when it is not there or damaged."""
        info = self.members.get(name.lower())
        if info is None:
            raise _damaged(self.path, f"thiếu phần “{name}”")
        try:
            return self.file.read(info)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise _damaged(self.path, f"phần “{name}” hỏng ({error})") from error


def open_archive(path: Path, data: bytes | None = None) -> Archive:
    """The members of a zip file, of its `data` if read already; raises `UnreadableFile` for a cut or exploding one.

    `zipfile` never inflates a member beyond the size it declares, so that the declared sizes can be trusted.
    """
    try:
        file = ZipFile(io.BytesIO(path.read_bytes() if data is None else data))
    except (BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise _damaged(path, f"tệp nén hỏng hoặc bị cắt cụt ({error})") from error
    members = file.infolist()
    _check_sizes(path, members)
    _check_names(path, [member.filename.replace("\\", "/").lower() for member in members])
    if any(member.flag_bits & 1 for member in members):
        raise with_password(path.name)
    return Archive(path, file, {member.filename.replace("\\", "/").lower(): member for member in members})


def _check_sizes(path: Path, members: list[ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    most = min(MAX_BYTES, int(limit(UNPACKED_MEGABYTES)) * _MEGABYTE)
    if len(members) > _MAX_MEMBERS or total > most or any(_explodes(member) for member in members):
        raise UnreadableFile(
            place=path.name,
            found=f"tệp nén bung ra {total // _MEGABYTE} MB trong {len(members)} phần",
            expected=f"không quá {most // _MEGABYTE} MB và không phần nào quá {MAX_RATIO} lần cỡ nén",
            action="bỏ ảnh, dòng và cột trống thừa khỏi tệp, lưu lại rồi nạp lại",
        )


def _check_names(path: Path, names: list[str]) -> None:
    """Raise `UnreadableFile` for a member that would lie outside the archive, runs code or brings another file's."""
    if outside := next((name for name in names if _OUTSIDE.search(name)), None):
        raise UnreadableFile(
            place=path.name,
            found=f"tệp nén có phần mang đường dẫn ra ngoài (“{outside}”)",
            expected="tệp do Word, Excel hoặc LibreOffice ghi, không có đường dẫn tuyệt đối hay “..”",
            action="không mở tệp này nếu không rõ nguồn; xin đơn vị gửi lại bản lưu từ Word hoặc Excel",
        )
    if any(_MACROS.search(name) for name in names):
        raise with_macros(path)
    if any(_LINKED_BOOKS.search(name) for name in names):
        raise UnreadableFile(
            place=path.name,
            found="sổ tính lấy số liệu từ tệp khác (liên kết ngoài)",
            expected="sổ tính tự chứa đủ số liệu",
            action="trong Excel chọn Data → Edit Links → Break Link (hoặc dán giá trị), lưu lại rồi nạp lại",
        )


def with_macros(path: Path) -> UnreadableFile:
    """The refusal of a document that holds code."""
    return UnreadableFile(
        place=path.name,
        found="tệp có macro (mã lệnh)",
        expected="tệp chỉ có chữ và số",
        action="lưu lại dưới dạng .docx hoặc .xlsx (không macro) rồi nạp lại",
    )


def _explodes(member: ZipInfo) -> bool:
    return member.file_size > max(_HARMLESS_BYTES, MAX_RATIO * member.compress_size)


def _damaged(path: Path, found: str) -> UnreadableFile:
    return UnreadableFile(
        place=path.name,
        found=found,
        expected="tệp nguyên vẹn",
        action="mở tệp bằng Word, Excel hoặc LibreOffice, lưu lại rồi nạp lại; nếu không mở được, xin đơn vị gửi lại",
    )
