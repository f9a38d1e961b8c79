"""How much one file may hold: settings from the environment, read where they are used so that a worker can be told.

A report's annexes have some hundred rows; what has tens of thousands is something else, or meant to do harm.
"""

from loaders.problems import UnreadableFile
from warehouse.environment import setting

ROWS, UNPACKED_MEGABYTES = "CCHC_READ_ROWS", "CCHC_READ_UNPACKED_MB"
_DEFAULTS = {ROWS: 20_000.0, UNPACKED_MEGABYTES: 200.0}
_CELLS_A_ROW = 50


def limit(name: str) -> float:
    """What the environment sets, else the default; raises `WrongSetting`."""
    return setting(name, _DEFAULTS[name])


def check_rows(rows: int, place: str) -> None:
    """Raise `UnreadableFile` for more rows than a report can have."""
    most = int(limit(ROWS))
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
