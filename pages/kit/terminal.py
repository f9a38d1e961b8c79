"""The terminal's words in Vietnamese: the help and the complaints of `argparse`, and what the system refuses.

`argparse` knows no other language than that of the texts installed for Python itself, which has none for Vietnamese;
its own texts and ours stand side by side in `terminal.csv`.
"""

import argparse
import csv
import errno
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("terminal.csv")
# What the system refused, and what helps, by its error number.
_REFUSALS: Mapping[int, tuple[str, str]] = {
    errno.ENOENT: ("không có tệp hoặc thư mục này", "hãy xem lại đường dẫn, hoặc tạo thư mục trước"),
    errno.ENOTDIR: ("một phần của đường dẫn không phải là thư mục", "hãy xem lại đường dẫn"),
    errno.EISDIR: ("đây là thư mục, không phải tệp", "hãy ghi thêm tên tệp"),
    errno.EEXIST: ("đã có sẵn", "hãy chọn tên khác, hoặc xóa bản cũ nếu không cần nữa"),
    errno.EACCES: ("không có quyền đọc hoặc ghi ở đây", "hãy xin quyền, hoặc chọn thư mục khác"),
    errno.EPERM: ("hệ điều hành không cho phép việc này", "hãy xin quyền, hoặc chọn thư mục khác"),
    errno.EROFS: ("ổ đĩa này chỉ cho đọc", "hãy chọn thư mục khác"),
    errno.ENOSPC: ("ổ đĩa đã đầy", "hãy dọn bớt, hoặc chọn ổ đĩa khác"),
    errno.EDQUOT: ("đã dùng hết dung lượng được cấp", "hãy dọn bớt, hoặc xin thêm dung lượng"),
    errno.ENAMETOOLONG: ("tên tệp quá dài", "hãy đặt tên ngắn hơn"),
    errno.EMFILE: ("chương trình mở quá nhiều tệp cùng lúc", "hãy nạp ít tệp hơn một lần"),
    errno.EADDRINUSE: ("cổng này đang có chương trình khác dùng", "hãy chọn cổng khác bằng --port"),
    errno.EADDRNOTAVAIL: ("máy này không có địa chỉ ấy", "hãy xem lại --address"),
}


@cache
def _texts() -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["vi"] for row in csv.DictReader(file)}


def speak_vietnamese() -> None:
    """Let `argparse` look its texts up in ours; one it has and we do not stays as it is."""

    def text(english: str) -> str:
        bare = english.rstrip("\n")
        return _texts().get(bare, bare) + english[len(bare) :]

    def counted(one: str, many: str, count: int) -> str:
        return text(one if count == 1 else many)

    vars(argparse).update(_=text, ngettext=counted)


def whole_number(text: str) -> int:
    """A whole number, or a complaint in Vietnamese."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”: cần một số nguyên") from error


def file_of(kinds: Iterable[str]) -> Callable[[str], Path]:
    """A file of one of these suffixes, without their dots."""

    def checked(text: str) -> Path:
        path = Path(text)
        if path.suffix.lower().lstrip(".") not in kinds:
            raise argparse.ArgumentTypeError(f"“{text}”: đuôi tệp phải là một trong {', '.join(sorted(kinds))}")
        return path

    return checked


def refusal(problem: OSError) -> str:
    """What the system refused, where, and what to do; an error of ours, which has no number, says so itself."""
    if problem.errno is None:
        return str(problem)
    found, action = _REFUSALS.get(
        problem.errno, (f"hệ điều hành báo lỗi {problem.errno} ({problem.strerror})", "hãy báo người quản trị máy")
    )
    where = f"{problem.filename}: " if problem.filename is not None else ""
    return f"{where}{found}; {action}."
