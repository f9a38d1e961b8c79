"""What the warehouse holds and what was done to it, as the terminal tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from loaders.rebuild import Rebuilt
from warehouse.numbers import FORMATS
from warehouse.versions import Versions
from warehouse.versions.audit import AuditLog, Entry

_LAST = 5
_number = FORMATS["vi"].number
_DONE = {"load": "nạp báo cáo", "demo": "dựng dữ liệu mô phỏng", "rebuild": "dựng lại", "rollback": "trở về"}


@dataclass(frozen=True)
class History:
    """The last lines of the audit log, and the publication that was left open, with whether it still runs."""

    last: tuple[Entry, ...]
    open_entry: Entry | None
    running: bool


def history_of(directory: Path) -> History:
    """The history of a warehouse directory; empty for one that is not there."""
    log = AuditLog(directory)
    ended = [entry for entry in log.entries() if entry.event not in {"begun", "built"}]
    left = log.open_entry()
    return History(tuple(ended[-_LAST:]), left, left is not None and Versions(directory).is_publishing())


def history_values(history: History) -> dict[str, object]:
    """The history as `cchc status --json` has it."""
    told = [
        {"at": entry.at, "by": entry.by, "event": entry.event, "action": entry.action, "version": entry.version}
        for entry in history.last
    ]
    left = history.open_entry
    return {"audit": told, "interrupted": left is not None and not history.running, "publishing": history.running}


def history_lines(history: History) -> list[str]:
    """The history in Vietnamese, oldest first; an interrupted or a running publication at the end."""
    lines = (
        [f"Nhật ký ({_LAST} việc gần nhất):", *(f"  {_line(entry)}" for entry in history.last)] if history.last else []
    )
    left = history.open_entry
    if left is None:
        return lines
    what = f"{_DONE.get(left.action, left.action)} (phiên bản {left.version}, {left.by}, {_moment(left)})"
    if history.running:
        return [*lines, f"Đang chạy: {what}"]
    return [*lines, f"Lần chạy trước bị ngắt giữa chừng: {what}; kho dữ liệu vẫn nguyên vẹn, hãy chạy lại lệnh đó"]


def status_lines(row: Mapping[str, Any], kept: Sequence[int]) -> list[str]:
    """What the version in force holds; `row` is the answer to `status`."""
    return [
        f"Phiên bản {row['version']} (còn giữ: {', '.join(map(str, kept))}), "
        f"công bố {row['published_at']:%d/%m/%Y %H:%M} UTC",
        f"Báo cáo có hiệu lực: {_number(row['reports'])}, trong đó mô phỏng {_number(row['simulated'])}",
        f"Báo cáo đã được thay thế: {_number(row['superseded'])}",
        f"Đơn vị: {_number(row['units'])} · kỳ: {_number(row['periods'])}",
        f"Dòng đã đọc: {_number(row['observations'])} · số liệu: {_number(row['facts'])}",
        f"Dòng chưa có trong biểu mẫu nào: {_number(row['unmapped'])}",
    ]


def rebuilt_line(rebuilt: Rebuilt) -> str:
    """What a rebuild made, and whether the figures are the same."""
    made = f"Đã dựng lại phiên bản {rebuilt.number} từ {_number(rebuilt.files)} tệp gốc; "
    if rebuilt.differing is None:
        return f"{made}không mở được phiên bản {rebuilt.before} để so; dữ liệu mô phỏng cần dựng lại bằng “cchc demo”."
    if rebuilt.differing == 0:
        return f"{made}số liệu giống hệt phiên bản {rebuilt.before}."
    return (
        f"{made}{_number(rebuilt.differing)} số liệu khác phiên bản {rebuilt.before}, "
        "vì cách đọc hoặc danh mục đã đổi; “cchc rollback” trở về phiên bản ấy."
    )


def _line(entry: Entry) -> str:
    return f"{_moment(entry)} · {entry.by} · {_told(entry)}"


def _told(entry: Entry) -> str:
    what = _DONE.get(entry.action, entry.action)
    if entry.event == "rolled_back":
        return f"trở về phiên bản {entry.version} từ {entry.version_before}"
    if entry.event == "failed":
        return f"{what}: không thành, phiên bản cũ giữ nguyên ({entry.detail})"
    if entry.event == "interrupted":
        return f"{what}: bị ngắt giữa chừng, phiên bản cũ giữ nguyên"
    return f"{what}: công bố phiên bản {entry.version}"


def _moment(entry: Entry) -> str:
    return f"{datetime.fromisoformat(entry.at):%d/%m/%Y %H:%M:%S}"
