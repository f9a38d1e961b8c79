"""How the outcome of loading is told in the terminal: a line a file, with the rows that no form knows."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from loaders.bodies import UNSAID
from loaders.characters import printable
from loaders.column_remarks import ALIKE, DISAGREE, NOT_FOUND, OF_ANOTHER, PARTS, UNREAD
from loaders.headed import OF_PART
from loaders.load import LoadedFile
from loaders.nearest import nearest_indicators
from loaders.omitted import UNREAD_TABLE
from loaders.reporter import GUESSED
from warehouse import answers
from warehouse.model import Level, Observation, Remark, Report
from warehouse.store import open_warehouse
from warehouse.versions.publish import Published

_UNMAPPED_SHOWN = 10
_OVERRULED = {
    "unit_overruled": "văn bản nêu {printed} ({unit_code}), nhưng tùy chọn --unit chỉ định {unit_name}",
    "form_of_another_level": "mẫu biểu dành cho {levels_vi}, nhưng tùy chọn --unit chỉ định {unit_name}; nếu nhầm thì "
    "chạy “cchc rollback”, rồi nạp lại với mã đúng",
    "period_overruled": "văn bản nêu kỳ {printed}, nhưng tùy chọn --period chỉ định {given}",
}
_COLUMNS = {
    NOT_FOUND: "{annex}: không có cột nào nêu kỳ {given} (các cột: {printed}); số liệu được lưu theo kỳ ghi ở đầu cột, "
    "KHÔNG tính vào kỳ báo cáo; hãy sửa đầu cột cho đúng kỳ, hoặc nạp lại với --period nếu báo cáo là của kỳ khác",
    ALIKE: "{annex}: {times} cột đề {printed} ghi số khác nhau, không rõ cột nào là của kỳ báo cáo; "
    "KHÔNG dùng cột nào; hãy ghi rõ kỳ ở đầu từng cột, hoặc chỉ để một cột số liệu, rồi nạp lại",
    PARTS: "{annex}: mỗi cột đếm một phần khác nhau ({printed}), không rõ cột nào là số liệu chung của đơn vị báo cáo; "
    "KHÔNG dùng cột nào; hãy chỉ để một cột số liệu, hoặc thêm cột “Tổng số”, rồi nạp lại",
    OF_ANOTHER: "{annex}: cột {printed} là số liệu của đơn vị khác, không phải của đơn vị báo cáo; KHÔNG dùng cột "
    "này; hãy sửa đầu cột rồi nạp lại nếu là số liệu của đơn vị báo cáo",
    OF_PART: "{annex}: đầu phụ lục ghi kỳ {printed}, chỉ là một phần của kỳ {given}; số liệu được lưu cho kỳ "
    "{printed}, KHÔNG tính vào kỳ báo cáo; hãy sửa đầu phụ lục rồi nạp lại nếu số liệu là của cả kỳ {given}",
    DISAGREE: "{annex}: cột {used} và cột {printed} ghi số khác nhau, trong khi với kỳ {given} hai cột phải là một; số "
    "liệu lấy ở cột {used}; hãy kiểm tra xem cột ấy có phải chỉ là số của quý II không",
    UNREAD: "{annex}: {times} số ở cột {printed} KHÔNG được đọc, vì đầu cột không cho biết là số liệu của kỳ báo cáo",
}
_UNHIDE = ", không được đọc; nếu thuộc báo cáo, hãy bỏ ẩn rồi nạp lại"
_HIDDEN = {
    "hidden_rows": "“{printed}” có {times} dòng ẩn chứa số" + _UNHIDE,
    "hidden_columns": "“{printed}” có {times} cột ẩn chứa số" + _UNHIDE,
    "hidden_cells": "“{printed}” có {times} ô chứa số mà định dạng không cho hiện" + _UNHIDE,
    UNREAD_TABLE: "bảng “{printed}” có {times} dòng số liệu KHÔNG được đọc, vì đầu bảng không cho biết cột nào là chỉ "
    "tiêu, cột nào là số liệu; hãy sửa dòng đầu bảng (ví dụ “STT, Nội dung, Đơn vị tính, Số liệu”) rồi nạp lại",
    "hidden_sheet": "trang tính ẩn “{printed}” có bảng số liệu {times} dòng" + _UNHIDE,
}
_SENDER = {
    GUESSED: "tên đơn vị trong văn bản viết sai so với danh mục; số liệu được lưu cho {unit_name} ({unit_code}); nếu "
    "là đơn vị khác thì chạy “cchc rollback”, rồi nạp lại với tùy chọn --unit",
    UNSAID: "văn bản của “{printed}” không nói rõ báo cáo về cả đơn vị hay chỉ về cơ quan ấy; số liệu được lưu cho cả "
    "đơn vị; nếu chỉ là của cơ quan ấy thì chạy “cchc rollback”",
}
_SAID_AT_ONCE = _OVERRULED | _COLUMNS | _HIDDEN | _SENDER
Findings = Mapping[str, Sequence[object]]
Replaced = Mapping[str, Mapping[str, object]]


def as_json(
    files: Sequence[LoadedFile],
    findings: Findings,
    published: Published | None,
    replaced: Replaced,
    left_out: Sequence[Path],
) -> str:
    """All outcomes as one JSON text, with the version that was published and what of folders was not looked at."""
    told = {
        "version": published.number if published else None,
        "added": len(published.added) if published else 0,
        "already_there": len(published.already_there) if published else 0,
        "refused": _refused(files),
        "files": [as_values(file, findings, replaced) for file in files],
        "left_out": [printable(str(path)) for path in left_out],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def left_out_line(left_out: Sequence[Path]) -> str:
    """How many files of folders were not looked at, and of what kinds; nothing where there are none."""
    if not left_out:
        return ""
    kinds = ", ".join(sorted({path.suffix.lower() for path in left_out}))
    return (
        f"Bỏ qua {len(left_out)} tệp không phải văn bản hay bảng tính ({kinds}); báo cáo ở dạng ảnh thì cần bản Word, "
        "Excel hoặc PDF có chữ.\n"
    )


def summary(files: Sequence[LoadedFile], published: Published | None) -> str:
    """What the publication added and how many files were refused, as a line; nothing where the files' lines say all."""
    count = _refused(files)
    refused = f", {count} tệp bị từ chối" if count else ""
    if published:
        added, same = len(published.added), len(published.already_there)
        return f"Phiên bản {published.number}: thêm {added} báo cáo, {same} báo cáo đã có từ trước{refused}.\n"
    read = len(files) - count
    return f"Đọc được {read} báo cáo{refused}; không lưu báo cáo nào.\n" if count and len(files) > 1 else ""


def _refused(files: Sequence[LoadedFile]) -> int:
    return sum(file.report is None for file in files)


def replaced_by_report(directory: Path, published: Published) -> Replaced:
    """What real reports the new ones took the place of, or which others are in force instead, by their ids.

    Of new ones only what was signed later is told: what came after them in the same load says so itself.
    """
    warehouse, there = open_warehouse(directory), published.already_there
    rows = answers.replaced(warehouse, published.added).filter(simulated=False)
    others = answers.place_taken(warehouse, (*published.added, *there)).filter(pl.col("held_id") != pl.col("report_id"))
    held = others.with_columns(was_there=pl.col("report_id").is_in(there)).filter(
        pl.col("was_there") | (pl.col("held_signed_on") > pl.col("signed_on"))
    )
    return {row["report_id"]: row for found in (rows, held) for row in found.iter_rows(named=True)}


def as_values(file: LoadedFile, findings: Findings, replaced: Replaced) -> dict[str, object]:
    """The outcome of one file as JSON has it; `findings` and `replaced` are those of each report, by its id."""
    if file.report is None:
        return {"file": printable(str(file.path)), "refused": printable(str(file.problem))}
    report = file.report
    told = replaced.get(report.report_id, {})
    return {
        "file": printable(str(file.path)),
        "report_id": report.report_id,
        "unit_code": report.unit_code,
        "unit": file.unit_name,
        "unit_confidence": file.unit_confidence,
        "period": report.period,
        "form": report.form,
        "form_share": round(file.form_share, 4),
        "remarks": [{"rule": remark.rule, **remark.compared} for remark in warnings(report)],
        "columns": {"used": file.main_columns, "kept": file.other_columns},
        "rows": file.rows,
        "told_figures": file.told,
        "mapped": file.rows - len(file.unmapped),
        "unmapped": [_unmapped(row, file.report.level if file.report else None) for row in file.unmapped],
        "findings": None if "held_by" in told else len(findings.get(report.report_id, ())),
        "replaces": told.get("file_name"),
        "in_force_instead": told.get("held_by"),
    }


def as_lines(
    file: LoadedFile, findings: Findings, published: Published | None, replaced: Replaced | None = None
) -> list[str]:
    """The outcome of one file in Vietnamese; findings are counted only for what was published."""
    if file.report is None:
        return [printable(f"✗ {file.path}: bị từ chối. {file.problem}")]
    report, missing = file.report, file.unmapped
    told = (replaced or {}).get(report.report_id)
    is_held = published and "held_by" not in (told or {})  # what is not in force has no findings
    counted = f", {len(findings.get(report.report_id, ()))} phát hiện" if is_held else ""
    more = len(missing) - _UNMAPPED_SHOWN
    nearly = "" if file.unit_confidence == 1 else f" (gần đúng {file.unit_confidence:.0%})"
    return [
        f"✓ {printable(file.path.name)}: {file.unit_name} ({report.unit_code}){nearly}, kỳ {report.period}, "
        f"{report.form or 'chưa có biểu mẫu nào khớp'}: "
        f"đọc {file.rows} dòng phụ lục, khớp {file.rows - len(missing)} dòng{_told(file)}{counted}",
        *(f"    CẢNH BÁO: {_SAID_AT_ONCE[remark.rule].format(**remark.compared)}" for remark in warnings(report)),
        *_replaced_line(told),
        *_columns_line(file),
        *(_unmapped_line(row, report.level) for row in missing[:_UNMAPPED_SHOWN]),
        *([f"    … và {more} dòng nữa (xem đủ với --json)"] if more > 0 else []),
    ]


def _told(file: LoadedFile) -> str:
    """The figures of the running text, which the pages count beside the rows."""
    return f", thêm {file.told} số liệu trong lời văn" if file.told else ""


def _replaced_line(replaced: Mapping[str, object] | None) -> list[str]:
    """What a report took the place of; a warning where it has fewer figures, or another one is in force."""
    if replaced is None:
        return []
    if replaced.get("was_there"):
        return [_out_of_force_line(replaced)]
    if "held_by" in replaced:
        own, held = (f"{replaced[name]:%d/%m/%Y}" for name in ("signed_on", "held_signed_on"))
        return [
            f"    CẢNH BÁO: được lưu nhưng KHÔNG thay báo cáo đang dùng của cùng đơn vị, cùng kỳ "
            f"({replaced['held_by']}, ký ngày {held}), vì báo cáo này ký trước, ngày {own}"
        ]
    before, now = int(str(replaced["figures_before"])), int(str(replaced["figures"]))
    told = (
        f"thay báo cáo đã nạp của cùng đơn vị, cùng kỳ ({replaced['file_name']}, {before} số liệu), nay {now} số liệu"
    )
    if now >= before:
        return [f"    {told[0].upper()}{told[1:]}"]
    return [f"    CẢNH BÁO: {told}; nếu nạp nhầm thì chạy “cchc rollback”"]


def _out_of_force_line(replaced: Mapping[str, object]) -> str:
    """Of a report loaded before: which one is in force instead, and how this one can be again."""
    own, held = replaced["signed_on"], replaced["held_signed_on"]
    said = (
        "    CẢNH BÁO: đã có từ trước nhưng KHÔNG còn dùng; báo cáo đang dùng của cùng đơn vị, cùng kỳ là "
        f"{replaced['held_by']}"
    )
    if isinstance(own, date) and isinstance(held, date) and own < held:
        return (
            f"{said}, ký ngày {held:%d/%m/%Y}, sau báo cáo này ({own:%d/%m/%Y}); báo cáo ký trước không thay được báo "
            "cáo ký sau; nếu đã nạp nhầm tệp ấy thì chạy “cchc rollback SỐ” để về phiên bản trước đó, rồi nạp lại "
            "các tệp khác đã nạp sau phiên bản ấy"
        )
    return f"{said}; muốn dùng lại báo cáo này thì mở tệp, lưu thành tệp mới (Save As) rồi nạp tệp mới ấy"


def warnings(report: Report) -> list[Remark]:
    """Where the options said otherwise than the document, no column was the period's, or figures are hidden."""
    return [remark for remark in report.remarks if remark.rule in _SAID_AT_ONCE]


def originals_of(files: Sequence[LoadedFile]) -> Mapping[str, Path]:
    """The files that were read, by their hash, to be kept."""
    return {file.report.sha256: file.path for file in files if file.report}


def findings_by_report(directory: Path) -> Findings:
    """The findings of the version in force, by report."""
    grouped: dict[str, list[object]] = {}
    for row in answers.findings(open_warehouse(directory)).iter_rows(named=True):
        grouped.setdefault(row["report_id"], []).append(row)
    return grouped


def _columns_line(file: LoadedFile) -> list[str]:
    """Which of several value columns gives the period's figures, where an annex prints more than one with figures."""
    if not file.other_columns or not file.main_columns:
        return []
    used, others = (", ".join(f"“{label}”" for label in labels) for labels in (file.main_columns, file.other_columns))
    return [f"    số liệu của kỳ lấy ở cột {used}; cột {others} được lưu, không tính vào kỳ này"]


def _unmapped(row: Observation, level: Level | None) -> dict[str, object]:
    guesses = nearest_indicators(row.label, row.parent_label, level=level)
    return {
        "annex": row.annex,
        "place": row.place,
        "label": row.label,
        "nearest": [{"indicator": guess.indicator, "score": guess.score} for guess in guesses],
    }


def _unmapped_line(row: Observation, level: Level) -> str:
    guesses = nearest_indicators(row.label, row.parent_label, level=level)
    nearest = ", ".join(f"{guess.indicator} {guess.score:.2f}" for guess in guesses)
    return f"    chưa khớp: {row.annex}, {row.place}: {row.code or '-'} {row.label} [gần nhất: {nearest}]"
