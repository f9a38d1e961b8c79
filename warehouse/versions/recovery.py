"""What comes after a process that was killed, and the return to an earlier version. Both need the publisher's lock."""

from contextlib import suppress
from pathlib import Path

from warehouse.store import BrokenFile, of_this_program, open_version
from warehouse.versions import Versions
from warehouse.versions.audit import AuditLog, Entry
from warehouse.versions.originals import Originals


class NoSuchVersion(LookupError):
    """A return to a version that is not kept."""


def recover(versions: Versions, log: AuditLog) -> None:
    """Close the publication that a killed process left open, and sweep away what it left behind.

    A version file that was finished but never put in force is removed: nobody has seen it.
    """
    Originals(versions.directory).sweep()
    versions.sweep()
    left = log.open_entry()
    if left is None or left.version is None:
        return
    if versions.named() == left.version:
        log.add(Entry("published", left.action, left.version, left.version_before, detail="recovered"))
    else:
        versions.path(left.version).unlink(missing_ok=True)
        log.add(Entry("interrupted", left.action, left.version, left.version_before))
    versions.drop_old()


def roll_back(directory: Path, number: int | None, wait: float = 0.0) -> int:
    """Put version `number` in force, else the one before; returns its number.

    Raises `NoSuchVersion` for one that is not kept and `BrokenFile` for one that is damaged.
    """
    versions, log = Versions(directory), AuditLog(directory)
    with versions.publishing(wait):
        recover(versions, log)
        wanted = _whole_before(versions) if number is None else number
        kept = versions.numbers()
        if wanted is None or wanted not in kept:
            raise NoSuchVersion(f"Không có phiên bản {'trước đó' if wanted is None else wanted}; còn giữ: {kept}")
        of_this_program(open_version(versions.path(wanted))).connection.close()
        before = versions.named()
        versions.point_to(wanted)
        log.add(Entry("rolled_back", "rollback", wanted, before))
    return wanted


def _whole_before(versions: Versions) -> int | None:
    """The newest version before the one in force that can be opened; of all, where the pointer names none."""
    current = versions.named()
    for number in reversed(versions.numbers()):
        if current is None or number < current:
            with suppress(BrokenFile):
                open_version(versions.path(number)).connection.close()
                return number
    return None
