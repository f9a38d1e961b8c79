"""Old Word documents (.doc), .rtf and .odt: turned into .docx by LibreOffice where it is installed."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from loaders.document import Document
from loaders.problems import UnreadableFile
from loaders.readers.docx import read_docx

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 90
_LOST_TABLE = re.compile(r"^(STT|TT|Số TT)(Chỉ tiêu|Tiêu chí|Nội dung|Danh mục|Tên)")  # cells without any mark between


def read_doc(path: Path) -> Document:
    """Read a .doc, .rtf or .odt file; raises `UnreadableFile` where LibreOffice is missing or cannot."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableFile(
            place=path.name,
            found="tệp Word kiểu cũ (.doc, .rtf hoặc .odt), máy này chưa cài LibreOffice",
            expected="tệp .docx, hoặc máy có LibreOffice (lệnh soffice)",
            action="mở bằng Word, lưu lại dưới dạng .docx rồi nạp lại; hoặc cài LibreOffice",
        )
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        document = read_docx(_converted(path, program, Path(folder)))
    if any(_LOST_TABLE.match(paragraph.text) for paragraph in document.paragraphs):
        raise _unconverted(path, "LibreOffice làm mất đường kẻ của một bảng, số liệu dính vào nhau")
    return replace(document, name=path.name)


def _converted(path: Path, program: str, folder: Path) -> Path:
    """The .docx that LibreOffice makes, with a profile of its own so that an open LibreOffice is not disturbed."""
    source = folder / f"source{_suffix(path)}"
    shutil.copyfile(path, source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "converted")]
    _run([program, profile, "--headless", "--norestore", *target, str(source)], path)
    converted = folder / "converted" / "source.docx"
    if not converted.exists():
        raise _unconverted(path, "LibreOffice không chuyển được (tệp hỏng hoặc có mật khẩu)")
    return converted


def _suffix(path: Path) -> str:
    """LibreOffice goes by the suffix first, and a report may bear a wrong one."""
    with path.open("rb") as file:
        head = file.read(5)
    return {b"{\\rtf": ".rtf"}.get(head, ".odt" if head.startswith(b"PK") else ".doc")


def _run(command: list[str], path: Path) -> None:
    """Run LibreOffice; when it takes too long, end it together with the processes it started."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise _unconverted(path, f"LibreOffice không chuyển xong trong {_SECONDS} giây") from error


def _unconverted(path: Path, found: str) -> UnreadableFile:
    return UnreadableFile(
        place=path.name,
        found=found,
        expected="một tệp Word mở được, không có mật khẩu",
        action="mở bằng Word, lưu lại dưới dạng .docx rồi nạp lại",
    )
