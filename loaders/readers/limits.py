"""How much one file may hold: settings from the environment, read where they are used so that a worker can be told.

A report's annexes have some hundred rows; what has tens of thousands is something else, or meant to do harm.
"""

import os

from loaders.problems import UnreadableFile

ROWS, UNPACKED_MEGABYTES = "CCHC_READ_ROWS", "CCHC_READ_UNPACKED_MB"
_DEFAULTS = {ROWS: 20_000.0, UNPACKED_MEGABYTES: 200.0}
_CELLS_A_ROW = 50


class WrongSetting(ValueError):
    """A setting in the environment that is no positive number."""


def setting(name: str, default: float | None = None) -> float:
    """A positive number from the environment, else the default; raises `WrongSetting`."""
    text = os.environ.get(name) or str(_DEFAULTS[name] if default is None else default)
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise WrongSetting(f"{name}: thấy “{text}”; cần một số dương; hãy sửa biến môi trường ấy hoặc bỏ đi")
    return value


def check_rows(rows: int, place: str) -> None:
    """Raise `UnreadableFile` for more rows than a report can have."""
    most = int(setting(ROWS))
    if rows > most:
        raise UnreadableFile(
            place=place,
            found=f"{rows} dòng",
            expected=f"một báo cáo không quá {most} dòng",
            action=f"tách riêng phần phụ lục số liệu rồi nạp lại, hoặc nâng giới hạn bằng biến môi trường {ROWS}",
        )


def check_cells(cells: int, place: str) -> None:
    """The same for a sheet, by its filled cells: rows that are only formatted do not count."""
    check_rows(cells // _CELLS_A_ROW, place)
