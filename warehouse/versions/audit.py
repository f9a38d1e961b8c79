"""What was done to a warehouse, when and by whom: `audit.jsonl` beside the versions, which is only ever added to.

It outlives every version and every return to an earlier one; each version holds it as it stood in its table `audit`.
A publication says `begun` before it touches anything, `built` with all it brought before the version is put in
force, and `published` or `failed` behind that. One that was killed is closed by whoever comes next: as `published`
when the pointer names its version, else as `interrupted`.
"""

import getpass
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

Event = Literal["begun", "built", "published", "failed", "interrupted", "rolled_back"]
_OPEN: tuple[Event, ...] = ("begun", "built")
_COLUMNS = {
    "done_at": pl.Datetime("us"),
    **dict.fromkeys(("by_user", "event", "action"), pl.String()),
    **dict.fromkeys(("version", "version_before"), pl.Int32()),
    **dict.fromkeys(("report_id", "superseded_by", "detail"), pl.String()),
}


@dataclass(frozen=True)
class Brought:
    """A report that a publication brought: enough to load it again from the kept file."""

    report_id: str
    file_name: str
    sha256: str
    unit_code: str
    period: str


@dataclass(frozen=True)
class Entry:
    """One line. `simulated` counts the made-up reports of a publication, which are no files."""

    event: Event
    action: str
    version: int | None
    version_before: int | None
    at: str = ""
    by: str = ""
    process: int = 0
    loaded: tuple[Brought, ...] = ()
    simulated: int = 0
    superseded: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""


@dataclass(frozen=True)
class AuditLog:
    """The log of one warehouse directory."""

    directory: Path

    @property
    def path(self) -> Path:
        """The file of the log, there or not."""
        return self.directory / "audit.jsonl"

    def add(self, entry: Entry) -> None:
        """Add a line and see it on the disk; a line that a killed process left half written is ended first."""
        values = asdict(entry if entry.at else stamped(entry))
        line = json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False) + "\n"
        with self.path.open("ab+") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                line = line if file.read() == b"\n" else "\n" + line
            file.write(line.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> list[Entry]:
        """All lines, oldest first; one that was only half written is left out."""
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        return [entry for line in lines if (entry := _entry(line))]

    def last_in_force(self) -> int | None:
        """The version that came into force last, by the log; null when none did."""
        told = (entry.version for entry in reversed(self.entries()) if entry.event in {"published", "rolled_back"})
        return next(told, None)

    def open_entry(self) -> Entry | None:
        """The last line when it is of a publication that neither ended nor was given up."""
        entries = self.entries()
        return entries[-1] if entries and entries[-1].event in _OPEN else None


def stamped(entry: Entry) -> Entry:
    """An entry with the moment, the user and the process of now."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat()
    return replace(entry, at=now, by=_user(), process=os.getpid())


def as_table(entries: Sequence[Entry]) -> pl.DataFrame:
    """The lines as rows of the table `audit`: one a report loaded or superseded, and one a publication or return.

    Only what came into force is told report by report.
    """
    return pl.DataFrame(list(_rows(entries)), schema=_COLUMNS, orient="row")


def brought_by(entries: Sequence[Entry], version: int | None) -> list[Brought]:
    """The reports of files in a version, in the order they were loaded, by what the log says."""
    built = {entry.version: entry for entry in entries if entry.event == "built"}
    chain: list[Entry] = []
    while version in built and len(chain) <= len(built):
        chain.append(built[version])
        version = None if built[version].action == "rebuild" else built[version].version_before
    return [report for entry in reversed(chain) for report in entry.loaded]


def _rows(entries: Sequence[Entry]) -> Iterator[tuple[object, ...]]:
    built: Entry | None = None
    for entry in entries:
        if entry.event == "built":
            built = entry
        elif entry.event != "begun":
            yield _row(entry, entry.event, detail=entry.detail)
        if entry.event == "published" and built is not None and built.version == entry.version:
            event = "rebuilt" if entry.action == "rebuild" else "loaded"
            yield from (_row(entry, event, report.report_id, detail=report.file_name) for report in built.loaded)
            yield from (_row(entry, "superseded", old, new) for old, new in built.superseded.items())


def _row(
    entry: Entry, event: str, report: str | None = None, by: str | None = None, detail: str = ""
) -> tuple[object, ...]:
    moment = datetime.fromisoformat(entry.at)
    return moment, entry.by, event, entry.action, entry.version, entry.version_before, report, by, detail or None


def _entry(line: bytes) -> Entry | None:
    try:
        values = json.loads(line)
        loaded = tuple(Brought(**report) for report in values.pop("loaded", ()))
        entry = Entry(**{"version": None, "version_before": None, **values, "loaded": loaded})
        datetime.fromisoformat(entry.at)
    except (ValueError, TypeError, AttributeError):
        return None
    return entry


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a process without a user's name, as in a container
        return "?"
