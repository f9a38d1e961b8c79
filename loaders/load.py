"""Read report files: each gives a `Report` or a problem that says what to do. Nothing is stored here."""

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from loaders.abbreviations import spoken
from loaders.annex_owners import Held, Owners, owners_of
from loaders.annexes import Annex, find_annexes
from loaders.bodies import office_remarks
from loaders.characters import check_characters, printable
from loaders.column_remarks import column_remarks
from loaders.dates import recognise_dates
from loaders.document import Document
from loaders.extract import extract_observations
from loaders.form import all_forms
from loaders.headed import lines_of_parts
from loaders.match import match_form
from loaders.narrative import read_narrative
from loaders.omitted import omission_remarks, unread_tables
from loaders.overruled import overruled
from loaders.periods import recognise_period
from loaders.problems import LoadProblem, NotAReport, UnknownPeriod, UnknownUnit, UnreadableFile
from loaders.readers import read_document
from loaders.readers.limits import check_rows
from loaders.remarks import remarks_on
from loaders.reporter import UnitMatch, recognise_unit
from loaders.sections import named_parts
from loaders.several import check_no_twins, check_one_report
from loaders.units import all_units, described
from loaders.window_remarks import window_remarks
from warehouse.model import Level, Observation, Remark, Report
from warehouse.periods import Period
from warehouse.versions.originals import hash_of


@dataclass(frozen=True)
class Options:
    """What the person who loads knows better than the text: the unit's code and the period."""

    unit_code: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class LoadedFile:
    """The outcome for one file: a report, or the problem for which it was refused."""

    path: Path
    report: Report | None
    problem: LoadProblem | None
    unit_name: str = ""
    unit_confidence: float = 0.0
    form_share: float = 0.0

    @property
    def rows(self) -> int:
        """How many printed rows of annexes were read."""
        return len(self._rows())

    @property
    def told(self) -> int:
        """How many figures of the running text were read."""
        return sum(row.source == "narrative" for row in self.report.observations) if self.report else 0

    @property
    def unmapped(self) -> list[Observation]:
        """The printed rows that no form knows: someone must map them."""
        return [row for row in self._rows() if not row.known_row]

    @property
    def main_columns(self) -> list[str]:
        """The headings of the value columns that give the figures of the report's period; none where none does."""
        period = self.report.period if self.report else ""
        return list(dict.fromkeys(row.column_label or "" for row in self._rows() if row.column_period == period))

    @property
    def other_columns(self) -> list[str]:
        """The headings of further value columns that hold figures; these are kept beside."""
        every = self.report.observations if self.report else ()
        labels = dict.fromkeys(row.column_label or "" for row in every if row.source == "annex")
        return [label for label in labels if label not in self.main_columns]

    def _rows(self) -> list[Observation]:
        rows = self.report.observations if self.report else ()
        first: dict[tuple[str, int], Observation] = {}
        for row in rows:
            if row.source == "annex":
                first.setdefault((row.annex, row.row_no), row)
        return list(first.values())


_REFUSED = {
    errno.ENOENT: "không có tệp nào ở đường dẫn này",
    errno.EACCES: "tệp không cho đọc",
    errno.EPERM: "tệp không cho đọc",
    errno.EISDIR: "thư mục không có tệp báo cáo nào",
}


def load_file(path: Path, options: Options = Options()) -> LoadedFile:
    """Read one report file. Problems of the file are returned, not raised."""
    try:
        return _read(path, options)
    except LoadProblem as problem:
        return LoadedFile(path, None, problem)
    except OSError as error:
        unreadable = UnreadableFile(
            place=path.name,
            found=_REFUSED.get(error.errno or 0, f"lỗi {error.errno} khi mở tệp ({error.strerror})"),
            expected="một tệp đọc được",
            action="kiểm tra đường dẫn và quyền đọc rồi nạp lại",
        )
        return LoadedFile(path, None, unreadable)


def _read(path: Path, options: Options) -> LoadedFile:
    sha256, document = hash_of(path), _document(path)
    printed = _annexes(document)
    check_one_report(document)
    period = options.period or _begun(recognise_period(document), path)
    annexes = tuple(part for annex in printed for part in named_parts(annex, period))
    match = match_form(annexes, all_forms(), partial(_level_of_sender, document, options, period))
    levels = match.form.levels if match else ()
    given = _unit(options, path, period)
    unit = given or recognise_unit(document, period, levels)
    dates = recognise_dates(document, period)
    level: Level = unit.unit.level
    held = Held(unit.unit, period, given is not None, options.period is not None)
    owners = owners_of(document, annexes, held)
    check_no_twins(document, (annex for annex in annexes if annex not in owners.aside), owners.headed)
    observations, doubts = extract_observations(annexes, match, unit.unit, period, owners.aside, owners.headed)
    _check_values(path, observations)
    observations += read_narrative(document, level, period, unit.unit)
    report = Report(
        file_name=printable(path.name),
        sha256=sha256,
        form=match.form.form if match else None,
        unit_code=unit.unit.unit_code,
        level=level,
        period=period.code,
        window_start=dates.window_start,
        window_end=dates.window_end,
        as_of=dates.as_of,
        signed_on=dates.signed_on,
        document_number=dates.document_number,
        observations=observations,
        remarks=overruled(document, given.unit if given else None, options.period, period, levels)
        + _remarks(document, unit, period, annexes, observations, owners)
        + (() if given else tuple(office_remarks(spoken(document), level, period.window_end)))
        + doubts,
    )
    _check_unchanged(path, sha256)
    return LoadedFile(
        path, report, None, described(unit.unit, period.window_end), unit.confidence, match.share if match else 0.0
    )


def _remarks(
    document: Document,
    unit: UnitMatch,
    period: Period,
    annexes: tuple[Annex, ...],
    observations: Iterable[Observation],
    owners: Owners,
) -> tuple[Remark, ...]:
    """The remarks on the document itself, whoever loads it; of a heading taken at its word one is enough."""
    taken = lines_of_parts(annexes, period, unit.unit, owners.headed)
    remarks = (
        *owners.remarks,
        *unit.remarks(period.window_end),
        *remarks_on(document, unit.unit, period, annexes),
        *window_remarks(document, observations, period),
        *column_remarks(annexes, period, unit.unit, owners.headed),
        *omission_remarks(document, annexes),
        *unread_tables(document, annexes),
    )
    return tuple(one for one in remarks if one.rule != "period_differs" or one.place not in taken)


def _document(path: Path) -> Document:
    document = read_document(path)
    check_rows(sum(len(table.rows) for table in document.tables), path.name)
    check_characters(document)
    return document


def _annexes(document: Document) -> tuple[Annex, ...]:
    """The annexes; raises `NotAReport` where there is none."""
    annexes = find_annexes(document)
    if annexes:
        return annexes
    found, action = "không có bảng số liệu nào", "kiểm tra xem phụ lục số liệu có trong tệp không"
    if document.tables:
        found = f"{len(document.tables)} bảng nhưng không nhận ra cột chỉ tiêu và cột số liệu ở bảng nào"
        action = "xem lại dòng đầu bảng; bảng có mỗi đơn vị một cột hay một dòng thì tách riêng báo cáo từng đơn vị"
    raise NotAReport(
        place=document.name,
        found=f"{len(document.paragraphs)} đoạn văn, {found}",
        expected="ít nhất một bảng có cột “Chỉ tiêu” (hoặc “Nội dung”) và cột “Số liệu”",
        action=action,
    )


def _begun(period: Period, path: Path) -> Period:
    """Raise `UnknownPeriod` for a period that lies ahead: its year is a slip."""
    if period.window_start > date.today():
        raise UnknownPeriod(
            place=path.name,
            found=f"kỳ báo cáo {period.code}, chưa đến",
            expected="một kỳ đã bắt đầu",
            action="sửa năm trong tiêu đề, hoặc nạp lại với tùy chọn --period",
        )
    return period


def _check_unchanged(path: Path, sha256: str) -> None:
    """Raise `UnreadableFile` when the file is no longer the one whose hash was taken before it was read."""
    if hash_of(path) != sha256:
        raise UnreadableFile(
            place=path.name,
            found="tệp bị ghi đè trong khi đang đọc",
            expected="một tệp không thay đổi trong lúc nạp",
            action="chờ chương trình đang ghi tệp xong rồi nạp lại",
        )


def _check_values(path: Path, observations: Iterable[Observation]) -> None:
    """Raise `NotAReport` when no row of any annex holds a figure: a form that nobody has filled in."""
    rows = [row for row in observations if row.source == "annex"]
    if not any(row.status == "reported" for row in rows):
        raise NotAReport(
            place=path.name,
            found=f"bảng số liệu có {len(rows)} dòng nhưng không dòng nào có số",
            expected="ít nhất một dòng có số liệu ở cột “Số liệu”",
            action="mở tệp bằng Excel để tính công thức, lưu lại rồi nạp lại"
            if sum(row.status == "formula" for row in rows) > len(rows) / 2
            else "xem có phải biểu mẫu chưa điền, hoặc số liệu nằm ở tệp khác; điền xong rồi nạp lại",
        )


def _level_of_sender(document: Document, options: Options, period: Period) -> Level | None:
    """The level of the unit given, or of the one the document names, whatever its form; null where none is sure."""
    if options.unit_code:
        given = all_units().get(options.unit_code)
        return given.level if given else None
    try:
        sender = recognise_unit(document, period)
    except LoadProblem:
        return None
    return sender.unit.level if sender.confidence == 1.0 else None


def _unit(options: Options, path: Path, period: Period) -> UnitMatch | None:
    if options.unit_code is None:
        return None
    unit = all_units().get(options.unit_code)
    if unit is None:
        raise UnknownUnit(
            place=path.name,
            found=f"mã đơn vị “{options.unit_code}”",
            expected="một mã trong danh mục đơn vị hành chính",
            action="xem mã đúng trong warehouse/catalogue/units.csv",
        )
    if not unit.valid_on(period.window_end):
        raise UnknownUnit(
            place=path.name,
            found=f"{unit.name} ({unit.unit_code}), không còn hoặc chưa có vào cuối kỳ {period.code}",
            expected="mã của một đơn vị có trong kỳ báo cáo",
            action="kiểm tra lại --unit và kỳ báo cáo; từ 01/07/2025 dùng mã của đơn vị mới",
        )
    return UnitMatch(unit, 1.0)
