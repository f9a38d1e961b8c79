"""Zip containers (docx, xlsx, ods), read with limits: a small file must not unpack into all the memory there is."""

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from loaders.problems import UnreadableFile

MAX_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
_HARMLESS_BYTES = 4 * 1024 * 1024  # long runs of empty cells shrink well; below this no ratio does harm
_MAX_MEMBERS = 10_000


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
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(
            place=path.name,
            found="tệp nén có mật khẩu",
            expected="tệp không khóa",
            action="bỏ mật khẩu, lưu lại rồi nạp lại",
        )
    return Archive(path, file, {member.filename.replace("\\", "/").lower(): member for member in members})


def _check_sizes(path: Path, members: list[ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > _MAX_MEMBERS or total > MAX_BYTES or any(_explodes(member) for member in members):
        raise UnreadableFile(
            place=path.name,
            found=f"tệp nén bung ra {total // (1024 * 1024)} MB trong {len(members)} phần",
            expected=f"không quá {MAX_BYTES // (1024 * 1024)} MB và không phần nào quá {MAX_RATIO} lần cỡ nén",
            action="bỏ ảnh, dòng và cột trống thừa khỏi tệp, lưu lại rồi nạp lại",
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
