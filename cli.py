"""The terminal door: `cchc serve | load | check | export | demo | status | rollback`. Thin: it calls the packages."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from tqdm import tqdm

from loaders.form import all_forms
from loaders.load import LoadedFile, Options, load_files
from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.demo.simulate import simulate
from warehouse.export import FORMATS, TooManyRows, export_rows
from warehouse.model import NATION, batch_of
from warehouse.numbers import FORMATS as NUMBERS
from warehouse.periods import parse_period
from warehouse.publish import BrokenVersion, Published, publish
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions import PublishingElsewhere, Versions

DONE, FAILED, WRONG_USAGE = 0, 1, 2
_UNMAPPED_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all was done, 1 when a file was refused or a check failed, 2 for wrong usage."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except BrokenPipeError:
        return FAILED
    except (BrokenVersion, OSError, PublishingElsewhere, TooManyRows) as problem:  # an empty warehouse is an OSError
        print(problem, file=sys.stderr)
        return FAILED


def serve(asked: argparse.Namespace) -> int:
    """Start the dashboard; with an empty warehouse, build the demo first."""
    if Versions(asked.warehouse).current() is None:
        print("Kho dữ liệu chưa có gì: tạo dữ liệu mô phỏng để xem trước.")
        demo(asked)
    app = Path(__file__).with_name("app.py")
    settings = ["--server.port", str(asked.port), "--server.address", asked.address]
    command = [sys.executable, "-m", "streamlit", "run", str(app), *settings]
    environment = {**os.environ, "CCHC_WAREHOUSE": str(asked.warehouse.resolve())}
    print(f"Bảng điều khiển: http://{asked.address}:{asked.port}", flush=True)
    os.chdir(app.parent)
    os.execve(sys.executable, command, environment)  # noqa: S606 - our own interpreter on our own file


def load(asked: argparse.Namespace) -> int:
    """Read report files and publish them as one new version; refused files change nothing."""
    options = Options(asked.unit, asked.period)
    with tqdm(total=len(asked.files), unit="tệp", disable=len(asked.files) < 2 or asked.json) as bar:
        loaded = load_files(asked.files, options, progress=lambda _: bar.update())
    reports = [file.report for file in loaded if file.report]
    published = None
    if reports and not asked.dry_run:
        published = publish(asked.warehouse, batch_of(reports), all_forms(), action="load")
    found = _findings_by_report(asked.warehouse) if published else {}
    _print_loaded(loaded, published, found, asked.json)
    return FAILED if any(file.problem for file in loaded) else DONE


def check(asked: argparse.Namespace) -> int:
    """List what contradicts itself in the reports in force; fails when something grave is among it."""
    findings = answers.findings(open_warehouse(asked.warehouse))
    if not asked.simulated:
        findings = findings.filter(~pl.col("simulated"))
    for row in findings.iter_rows(named=True):
        print(f"[{row['severity']}] {row['unit_name']} · {row['period']} · {row['place']}: {row['message_vi']}")
    grave = findings.filter(pl.col("severity") == "high").height
    print(f"{findings.height} phát hiện, {grave} nghiêm trọng.")
    return FAILED if grave else DONE


def export(asked: argparse.Namespace) -> int:
    """Write printed rows with their sources to a CSV, XLSX or Parquet file."""
    wanted = RowFilter(
        unit=asked.unit or NATION,
        periods=(asked.period.code,) if asked.period else (),
        indicators=tuple(asked.indicator or ()),
    )
    warehouse = open_warehouse(asked.warehouse)
    if unknown := _unknown(warehouse, wanted):
        print(f"Không có {unknown} trong kho dữ liệu; hãy kiểm tra lại mã.", file=sys.stderr)
        return WRONG_USAGE
    rows = export_rows(warehouse, wanted, asked.file, language=asked.language)
    print(f"{asked.file}: {NUMBERS['vi'].number(rows)} dòng")
    return DONE


def demo(asked: argparse.Namespace) -> int:
    """Build the simulated province beside whatever is there; real reports are never replaced."""
    with tqdm(total=3, bar_format="{desc} {bar} {n}/{total}", desc="Dựng dữ liệu mô phỏng") as bar:
        forms = all_forms()
        bar.update()
        batch = simulate(forms)
        bar.update()
        published = publish(asked.warehouse, batch, forms, action="demo")
        bar.update()
    count = NUMBERS["vi"].number(len(published.added))
    print(f"Đã dựng {count} báo cáo mô phỏng trong phiên bản {published.number} của {asked.warehouse}.")
    return DONE


def status(asked: argparse.Namespace) -> int:
    """Say what the warehouse holds."""
    row = answers.status(open_warehouse(asked.warehouse)).row(0, named=True)
    if asked.json:
        print(json.dumps(row, default=str, ensure_ascii=False))
        return DONE
    number = NUMBERS["vi"].number
    kept = ", ".join(str(kept) for kept in Versions(asked.warehouse).numbers())
    print(f"Phiên bản {row['version']} (còn giữ: {kept}), công bố {row['published_at']:%d/%m/%Y %H:%M} UTC")
    print(f"Báo cáo có hiệu lực: {number(row['reports'])}, trong đó mô phỏng {number(row['simulated'])}")
    print(f"Báo cáo đã được thay thế: {number(row['superseded'])}")
    print(f"Đơn vị: {number(row['units'])} · kỳ: {number(row['periods'])}")
    print(f"Dòng đã đọc: {number(row['observations'])} · số liệu: {number(row['facts'])}")
    print(f"Dòng chưa có trong biểu mẫu nào: {number(row['unmapped'])}")
    return DONE


def rollback(asked: argparse.Namespace) -> int:
    """Put an earlier version in force: the one named, else the one before."""
    versions = Versions(asked.warehouse)
    with versions.publishing():
        kept = versions.numbers()
        number = _one_before(versions) if asked.version is None else asked.version
        if number not in kept:
            print(f"Không có phiên bản {'trước đó' if number is None else number}; còn giữ: {kept}", file=sys.stderr)
            return FAILED
        versions.point_to(number)
    print(f"Phiên bản có hiệu lực: {number}")
    return DONE


def _one_before(versions: Versions) -> int | None:
    """The version before the one in force; the newest kept where the pointer names none."""
    try:
        current = versions.current()
    except FileNotFoundError:
        current = None
    return max((number for number in versions.numbers() if current is None or number < current), default=None)


def _unknown(warehouse: Warehouse, wanted: RowFilter) -> str | None:
    """The unit or indicator asked for that does not exist: an empty file would look like an answer."""
    if wanted.unit != NATION and answers.unit_path(warehouse, wanted.unit).is_empty():
        return f"đơn vị “{wanted.unit}”"
    known = answers.catalogue(warehouse)["indicator"].to_list()
    return next((f"chỉ tiêu “{indicator}”" for indicator in wanted.indicators if indicator not in known), None)


def _findings_by_report(directory: Path) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in answers.findings(open_warehouse(directory)).iter_rows(named=True):
        grouped.setdefault(row["report_id"], []).append(row)
    return grouped


def _print_loaded(
    loaded: list[LoadedFile],
    published: Published | None,
    found: dict[str, list[dict[str, str]]],
    as_json: bool,
) -> None:
    lines = [_loaded_line(file, found) for file in loaded]
    if as_json:
        version = published.number if published else None
        print(json.dumps({"version": version, "files": lines}, ensure_ascii=False, indent=1))
        return
    for file, line in zip(loaded, lines, strict=True):
        _print_file(file, line, published)
    if published:
        added, same = len(published.added), len(published.already_there)
        print(f"Phiên bản {published.number}: thêm {added} báo cáo, {same} báo cáo đã có từ trước.")


def _loaded_line(file: LoadedFile, found: dict[str, list[dict[str, str]]]) -> dict[str, object]:
    if file.report is None:
        return {"file": str(file.path), "refused": str(file.problem)}
    report = file.report
    return {
        "file": str(file.path),
        "report_id": report.report_id,
        "unit_code": report.unit_code,
        "unit": file.unit_name,
        "unit_confidence": file.unit_confidence,
        "period": report.period,
        "form": report.form,
        "form_share": round(file.form_share, 4),
        "rows": file.rows,
        "mapped": file.rows - len(file.unmapped),
        "unmapped": [{"annex": row.annex, "place": row.place, "label": row.label} for row in file.unmapped],
        "findings": len(found.get(report.report_id, [])),
    }


def _print_file(file: LoadedFile, line: dict[str, object], published: Published | None) -> None:
    if file.report is None:
        print(f"✗ {file.path}: bị từ chối. {file.problem}", file=sys.stderr)
        return
    findings = f", {line['findings']} phát hiện" if published else ""
    form = line["form"] or "chưa có biểu mẫu nào khớp"
    print(
        f"✓ {file.path.name}: {line['unit']} ({line['unit_code']}), kỳ {line['period']}, {form}: "
        f"đọc {line['rows']} dòng, khớp {line['mapped']} dòng{findings}"
    )
    for row in file.unmapped[:_UNMAPPED_SHOWN]:
        print(f"    chưa khớp: {row.annex}, {row.place}: {row.code or '-'} {row.label}")
    if len(file.unmapped) > _UNMAPPED_SHOWN:
        print(f"    … và {len(file.unmapped) - _UNMAPPED_SHOWN} dòng nữa (xem đủ với --json)")


def _exported_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower().lstrip(".") not in FORMATS:
        raise argparse.ArgumentTypeError(f"“{text}”: đuôi tệp phải là một trong {', '.join(sorted(FORMATS))}")
    return path


def _period(text: str) -> object:
    try:
        return parse_period(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--warehouse",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("CCHC_WAREHOUSE") or "data"),
        help="thư mục kho dữ liệu (mặc định data/ hoặc biến môi trường CCHC_WAREHOUSE)",
    )
    parser = argparse.ArgumentParser(prog="cchc", description="Số liệu cải cách hành chính: nạp, kiểm tra, xem, xuất.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, parents=[common])
        added.set_defaults(run=run)
        return added

    serving = command("serve", serve, "mở bảng điều khiển trong trình duyệt")
    serving.add_argument("--port", type=int, default=8501)
    serving.add_argument("--address", default="127.0.0.1")
    loading = command("load", load, "đọc các tệp báo cáo và công bố thành một phiên bản mới")
    loading.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    loading.add_argument("--unit", metavar="MÃ", help="mã đơn vị, khi văn bản không nói rõ")
    loading.add_argument("--period", type=_period, metavar="KỲ", help="kỳ báo cáo, ví dụ 2024-6M")
    loading.add_argument("--dry-run", action="store_true", help="chỉ đọc và báo kết quả, không lưu gì")
    loading.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    checking = command("check", check, "liệt kê những chỗ số liệu tự mâu thuẫn")
    checking.add_argument("--simulated", action="store_true", help="kể cả báo cáo mô phỏng")
    exporting = command("export", export, f"xuất số liệu ra tệp ({', '.join(sorted(FORMATS))})")
    exporting.add_argument("file", type=_exported_file, metavar="TỆP")
    exporting.add_argument("--unit", metavar="MÃ", help="đơn vị và mọi đơn vị bên dưới")
    exporting.add_argument("--period", type=_period, metavar="KỲ")
    exporting.add_argument("--indicator", action="append", metavar="CHỈ TIÊU")
    exporting.add_argument("--language", choices=("vi", "en"), default="vi")
    command("demo", demo, "dựng một tỉnh mô phỏng để xem thử")
    telling = command("status", status, "cho biết kho dữ liệu có gì")
    telling.add_argument("--json", action="store_true")
    back = command("rollback", rollback, "trở về một phiên bản trước")
    back.add_argument("version", nargs="?", type=int, metavar="SỐ")
    return parser


if __name__ == "__main__":
    sys.exit(main())
