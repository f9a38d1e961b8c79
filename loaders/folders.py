"""Which files a load reads: those named, and for a folder the files in it and below it, in order of name."""

import os
from collections.abc import Iterable
from pathlib import Path

# What never is a report in text. Whatever else lies in a folder is read, and refused with what to do if it cannot be.
_PICTURES = (".bmp", ".gif", ".heic", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp")
_NEVER_READ = (*_PICTURES, ".avi", ".db", ".ini", ".lnk", ".m4a", ".mov", ".mp3", ".mp4", ".url", ".wav")
_LOCKS = ("~$", ".")  # Office's beside an open file; hidden files, LibreOffice's locks among them


def report_files(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files to read, and those of folders that are left out: pictures, sound, shortcuts.

    A folder without one file to read stands for itself, as does one that nobody may look into: both are refused.
    """
    wanted: list[Path] = []
    left_out: list[Path] = []
    for path in paths:
        if not os.path.isdir(path):  # unlike `Path.is_dir`, no error where nobody may look
            wanted.append(path)
            continue
        found = _files_below(path)
        readable = [file for file in found if file.suffix.lower() not in _NEVER_READ]
        wanted += readable or [path]
        left_out += [file for file in found if file.suffix.lower() in _NEVER_READ]
    return wanted, left_out


def _files_below(folder: Path) -> list[Path]:
    """Every file but locks and hidden ones, and the folders that cannot be listed."""
    closed: list[Path] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if not name.startswith(_LOCKS)]
    return sorted([*files, *closed])
