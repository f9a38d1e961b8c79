"""The original files of the reports, kept by the hash of their bytes: `archive/ab/abcdef…` beside the versions.

Nothing in a kept file's path comes from the file or its name, and a kept file is never changed.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.versions import sync_directory

_CHUNK = 1 << 20


class ChangedFile(OSError):
    """A file is no longer what was read from it."""


@dataclass(frozen=True)
class Originals:
    """The kept files of one warehouse directory."""

    directory: Path

    def path(self, sha256: str) -> Path:
        """Where the file with that hash is kept, there or not."""
        return self.directory / "archive" / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether the file is there, whole."""
        try:
            return hash_of(self.path(sha256)) == sha256
        except FileNotFoundError:
            return False

    def keep(self, source: Path, sha256: str) -> bool:
        """Keep a copy of `source`; false when it was there already.

        Raises `ChangedFile` when its bytes do not have that hash: it was changed after it was read.
        """
        if self.holds(sha256):
            return False
        place = self.path(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        incoming = self.directory / "archive" / "incoming"
        if not source.exists() or _copy(source, incoming) != sha256:
            incoming.unlink(missing_ok=True)
            raise ChangedFile(
                f"{source}: tệp đã bị đổi hoặc xóa sau khi đọc; cần đúng tệp đã đọc; hãy chờ tệp ghi xong rồi nạp lại"
            )
        incoming.chmod(0o444)
        incoming.replace(place)
        sync_directory(place.parent)
        return True

    def forget(self, sha256: str) -> None:
        """Let go of a file that was kept for a publication that failed."""
        place = self.path(sha256)
        place.unlink(missing_ok=True)
        for folder in (place.parent, place.parent.parent):
            if not any(folder.iterdir()):
                folder.rmdir()

    def sweep(self) -> None:
        """Remove the half copy of a process that was killed."""
        (self.directory / "archive" / "incoming").unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path) -> str:
    """Copy the bytes of a file down to the disk; their hash."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()
