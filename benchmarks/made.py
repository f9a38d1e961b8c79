"""Annex files to measure with: the real form families, for many units and periods, in every format.

The printed rows are those of the golden files. Every count of a report is multiplied by one number, so that no two
files are alike and parts still add up to their wholes.
"""

import random
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from loaders.units import Unit, all_units, ancestors
from loaders.workers import main_unnamed
from tests.loaders.readers.make import (
    MadeReport,
    MadeRow,
    golden_report,
    grid,
    write_docx,
    write_html,
    write_ods,
    write_pdf,
    write_xls,
    write_xlsx,
)
from warehouse.model import Level
from warehouse.periods import Period, Span
from warehouse.text import words

# Without it odfpy, which the plain script reads .ods files with, opens none.
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write_txt(report: MadeReport, path: Path) -> Path:
    """The report as plain text, the cells of its tables between tabs."""
    lines = [*("\n".join(line) for line in report.letterhead), *report.title, *report.narrative]
    for annex in report.annexes:
        lines += ["", *annex.titles, *("\t".join(cells) for cells in grid(annex)[0])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _write_ods(report: MadeReport, path: Path) -> Path:
    write_ods(report, path, numbers=True)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


# Sheets with numbers stored as numbers: that is how clerks type them, and what takes the reader most work.
WRITERS: Mapping[str, Callable[[MadeReport, Path], Path]] = {
    "docx": write_docx,
    "xlsx": lambda report, path: write_xlsx(report, path, numbers=True),
    "xls": lambda report, path: write_xls(report, path, numbers=True),
    "ods": _write_ods,
    "html": write_html,
    "pdf": write_pdf,
    "txt": write_txt,
}
_TITLES: Mapping[Span, str] = {
    "Q1": "Quý I năm {year}",
    "6M": "6 tháng đầu năm {year}",
    "9M": "9 tháng đầu năm {year}",
    "12M": "năm {year}",
}
_MOST_TIMES = 40


@dataclass(frozen=True)
class _Family:
    """A golden file, and for whom and when its form may be printed."""

    golden: str
    level: Level
    years: range
    spans: tuple[Span, ...]


_CUMULATIVE: tuple[Span, ...] = ("6M", "9M", "12M")
FAMILIES = (
    _Family("cu-chi_2020-Q1", "district", range(2018, 2025), ("Q1",)),
    _Family("ha-vinh_2022-9M", "commune", range(2019, 2024), _CUMULATIVE),
    _Family("hoang-hop_2024-6M", "commune", range(2021, 2025), _CUMULATIVE),
    _Family("nam-thanh-mien_2025-12M", "commune", range(2025, 2027), ("12M",)),
    _Family("quang-dien_2024-6M", "district", range(2021, 2025), _CUMULATIVE),
)


@dataclass(frozen=True)
class MadeFile:
    """A file that was made, and what a loader must find in it."""

    path: Path
    kind: str
    unit_code: str
    period: str
    rows: int


@dataclass(frozen=True)
class _Order:
    """One file to be made."""

    number: int
    kind: str
    family: _Family
    unit: Unit
    period: Period
    times: int


def make_files(
    folder: Path, count: int, seed: int = 1, progress: Callable[[], object] = lambda: None
) -> list[MadeFile]:
    """Write `count` files into `folder`, the formats and form families in turn; the same seed gives the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    orders = list(islice(_orders(seed), count))
    with main_unnamed(), ProcessPoolExecutor(mp_context=get_context("forkserver")) as pool:
        made: list[MadeFile] = []
        for file in pool.map(_make, orders, [folder] * count, chunksize=10):
            made.append(file)
            progress()
        return made


def _orders(seed: int) -> Iterator[_Order]:
    chosen = random.Random(seed)  # noqa: S311 - figures, not secrets
    queues = {family: cycle(_senders(family, chosen)) for family in FAMILIES}
    for number in range(10**6):
        family = FAMILIES[number // len(WRITERS) % len(FAMILIES)]
        kind = list(WRITERS)[number % len(WRITERS)]
        yield _Order(number, kind, family, *next(queues[family]), chosen.randint(1, _MOST_TIMES))


def _senders(family: _Family, chosen: random.Random) -> list[tuple[Unit, Period]]:
    """Units with the periods they report for, in random order; none with a name that others bear too."""
    names = Counter((unit.level, words(unit.short_name)) for unit in all_units().values())
    periods = [Period(year, span) for year in family.years for span in family.spans]
    senders = [
        (unit, period)
        for unit in all_units().values()
        for period in periods
        if unit.level == family.level
        and names[unit.level, words(unit.short_name)] == 1
        and unit.valid_on(period.window_end)
    ]
    chosen.shuffle(senders)
    return senders


def _make(order: _Order, folder: Path) -> MadeFile:
    report = _report(order)
    path = folder / f"{order.number:04}-{order.unit.unit_code}-{order.period.code}.{order.kind}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the writing libraries
        WRITERS[order.kind](report, path)
    rows = sum(len(annex.rows) for annex in report.annexes)
    return MadeFile(path, order.kind, order.unit.unit_code, order.period.code, rows)


def _report(order: _Order) -> MadeReport:
    unit = order.unit
    when = _TITLES[order.period.span].format(year=order.period.year)
    whole_name = ", ".join(_spoken(one) for one in (unit, *ancestors(unit)))
    printed = golden_report(order.family.golden, f"Kết quả công tác cải cách hành chính {when}", _spoken(unit))
    return MadeReport(
        letterhead=(
            (f"ỦY BAN NHÂN DÂN\n{unit.name.upper()}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (f"Số: {order.number + 1}/BC-UBND", f"{unit.short_name}, ngày 15 tháng 12 năm {order.period.year}"),
        ),
        title=printed.title,
        narrative=(
            f"Ủy ban nhân dân {whole_name} báo cáo kết quả công tác cải cách hành chính {when} như sau:",
            f"Trong kỳ, đơn vị đã ban hành {order.times} văn bản chỉ đạo về công tác cải cách hành chính.",
        ),
        annexes=tuple(
            replace(annex, rows=tuple(_multiplied(row, order.times) for row in annex.rows)) for annex in printed.annexes
        ),
    )


def _spoken(unit: Unit) -> str:
    return f"{unit.kind.lower()} {unit.short_name}"


def _multiplied(row: MadeRow, times: int) -> MadeRow:
    """A count as many times as large; percentages, answers by number and what is no plain number stay as they are."""
    if row.value is None or "%" in row.unit or "=" in row.unit or not row.raw.isdigit() or row.raw.startswith("0"):
        return row
    return replace(row, raw=str(int(row.raw) * times), value=row.value * times)
