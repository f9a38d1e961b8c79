"""A report with one annex whose header and rows are given, loaded as a file: for the tests of columns."""

from decimal import Decimal
from pathlib import Path

from loaders.load import LoadedFile, load_file
from loaders.outcomes import as_lines
from warehouse.model import Observation

LABEL = "Việc thử"
Line = tuple[str, ...]


def loaded(tmp_path: Path, period: str, header: tuple[Line, ...], *values: Line) -> LoadedFile:
    """A report of xã Hoằng Hợp; `header` has the value columns' headings, a line for each header row."""
    heads = [("STT", "Nội dung") if not number else ("", "") for number in range(len(header))]
    lines = ["\t".join((*head, *line, "")) for head, line in zip(heads, header, strict=True)]
    lines += ["\t".join((str(number), f"{LABEL} {number}", *line, "")) for number, line in enumerate(values, start=1)]
    opening = f"BÁO CÁO\n\nCông tác cải cách hành chính {period}\n\nUBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa"
    path = tmp_path / "report.txt"
    path.write_text(f"{opening}\n\nPhụ lục 1\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return load_file(path)


def rows(outcome: LoadedFile) -> tuple[Observation, ...]:
    assert outcome.report is not None
    return tuple(row for row in outcome.report.observations if row.source == "annex")


def kept(outcome: LoadedFile) -> list[tuple[int, str | None, str, Decimal | None]]:
    return [(row.row_no, row.column_label, row.column_period, row.value) for row in rows(outcome)]


def warned(outcome: LoadedFile) -> list[str]:
    return [line.strip() for line in as_lines(outcome, {}, None)[1:] if "chưa khớp" not in line]
