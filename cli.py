"""The terminal door: `cchc serve | load | check | export | demo | form | status | rollback | rebuild`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from tqdm import tqdm

from loaders.draft import draft_form
from loaders.folders import report_files
from loaders.form import FORMS as FORM_FOLDER
from loaders.form import all_forms
from loaders.history import history_lines, history_of, history_values, rebuilt_line, status_lines
from loaders.load import Options
from loaders.outcomes import (
    as_json,
    as_lines,
    findings_by_report,
    left_out_line,
    originals_of,
    replaced_by_report,
    summary,
)
from loaders.problems import LoadProblem
from loaders.rebuild import rebuild as rebuild_from_originals
from loaders.trial import trial
from loaders.workers import load_in_workers
from pages.kit.commands import COMMANDS
from pages.kit.terminal import refusal, speak_vietnamese
from pages.kit.words import Words
from pages.quality.feedback import WRITERS, feedback_sheet
from warehouse import answers
from warehouse.demo.nation import nation_parts, simulate_nation
from warehouse.demo.simulate import simulate
from warehouse.derivation import BrokenVersion
from warehouse.environment import WrongSetting, setting
from warehouse.exports.options import WrongChoice, export_asked
from warehouse.exports.workbook import TooManyRows
from warehouse.model import batch_of
from warehouse.numbers import FORMATS as NUMBERS
from warehouse.store import open_warehouse
from warehouse.versions import PublishingElsewhere, Versions
from warehouse.versions.figured import publish_figures
from warehouse.versions.publish import publish
from warehouse.versions.recovery import roll_back

DONE, FAILED, WRONG_USAGE = 0, 1, 2
_BAR = "{desc} {bar} {n}/{total}"
MOST_CONNECTIONS = 800  # below the 1,024 open files that most systems allow a process
WAIT_SECONDS = 30.0  # for another process that publishes into the same directory


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all was done, 1 when a file was refused or a check failed, 2 for wrong usage."""
    speak_vietnamese()
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except BrokenPipeError:
        return FAILED
    except OSError as problem:  # an empty warehouse is one too
        print(refusal(problem), file=sys.stderr)
    except (BrokenVersion, LoadProblem, LookupError, PublishingElsewhere, TooManyRows, WrongSetting) as problem:
        print(problem, file=sys.stderr)
    return FAILED


def serve(asked: argparse.Namespace) -> int:
    """Start the dashboard, in one process or several; with an empty warehouse, build the demo first."""
    from pages.kit import server, workers  # noqa: PLC0415 - slow, and only this command needs them

    connections = int(setting("CCHC_CONNECTIONS", MOST_CONNECTIONS))
    if Versions(asked.warehouse).current() is None:
        print("Kho dữ liệu chưa có gì: tạo dữ liệu mô phỏng để xem trước.")
        _province(asked.warehouse)
    app = Path(__file__).with_name("app.py")
    os.environ["CCHC_WAREHOUSE"] = str(asked.warehouse.resolve())
    print(f"Bảng điều khiển: http://{asked.address}:{asked.port}", flush=True)
    if asked.workers > 1:
        workers.run((sys.executable, str(Path(__file__).resolve()), "serve"), asked.address, asked.port, asked.workers)
    os.chdir(app.parent / "pages" / "kit")  # where Streamlit looks for its settings
    server.run(app, asked.address, asked.port, connections)
    return DONE


def load(asked: argparse.Namespace) -> int:
    """Read report files and publish them as one new version; refused files change nothing."""
    options, (files, left_out) = Options(asked.unit, asked.period), report_files(asked.files)
    with tqdm(total=len(files), unit="tệp", disable=len(files) < 2 or asked.json) as bar:
        loaded = load_in_workers(files, options, progress=lambda _: bar.update())
    reports = [file.report for file in loaded if file.report]
    published = None
    if reports and not asked.dry_run:
        originals, wait = originals_of(loaded), setting("CCHC_WAIT_SECONDS", WAIT_SECONDS)
        say = partial(print, file=sys.stderr, flush=True)
        published = publish(asked.warehouse, batch_of(reports), all_forms(), "load", originals, wait, say=say)
    found = findings_by_report(asked.warehouse) if published else {}
    replaced = replaced_by_report(asked.warehouse, published) if published else {}
    if asked.json:
        print(as_json(loaded, found, published, replaced, left_out))
    else:
        for file in loaded:
            print("\n".join(as_lines(file, found, published, replaced)), file=sys.stdout if file.report else sys.stderr)
        print(left_out_line(left_out) + summary(loaded, published), end="")
    return FAILED if any(file.problem for file in loaded) else DONE


def check(asked: argparse.Namespace) -> int:
    """List what contradicts itself: in one report, loaded or not, or in all reports in force.

    Fails when something grave is among it. With `--feedback`, writes the sheet for the reporting unit.
    """
    if asked.report is None:
        return _tell_findings(answers.findings(open_warehouse(asked.warehouse)), asked.simulated)
    with TemporaryDirectory() as folder:
        path = Path(asked.report)
        warehouse, report = (
            trial(path, Path(folder)) if path.exists() else (open_warehouse(asked.warehouse), asked.report)
        )
        if answers.report_card(warehouse, report).is_empty():
            raise LookupError(
                f"{report}: không có tệp này, cũng không có báo cáo nào mang mã này; hãy xem lại đường dẫn"
            )
        if asked.feedback:
            sheet = feedback_sheet(warehouse, Words("vi"), report)
            asked.feedback.write_bytes(WRITERS[asked.feedback.suffix.lower()](sheet, Words("vi")))
            print(f"Đã ghi phiếu rà soát: {asked.feedback}")
        outcome = _tell_findings(answers.findings(warehouse, (report,)), simulated=True)
        warehouse.connection.close()
        return outcome


def _tell_findings(findings: pl.DataFrame, simulated: bool) -> int:
    shown = findings if simulated else findings.filter(~pl.col("simulated"))
    words = Words("vi")
    for row in shown.iter_rows(named=True):
        where = f"{row['unit_name']} · {words.period(row['period'])} · {words.place(row['place'])}"
        print(f"[{words('severity.' + row['severity'])}] {where}: {row['message_vi']}")
    grave = shown.filter(pl.col("severity") == "high").height
    print(f"{shown.height} phát hiện, {grave} nghiêm trọng.")
    return FAILED if grave else DONE


def draft(asked: argparse.Namespace) -> int:
    """Write a form folder from a report on a form that is not known yet."""
    made = draft_form(asked.file, asked.into or FORM_FOLDER, asked.name, in_use=asked.into is None)
    print(f"{made.folder}: {made.rows} dòng, {made.guessed} dòng có chỉ tiêu gợi ý; hãy xem lại rows.csv và form.toml.")
    if made.known:
        known = f"Biểu mẫu {made.known} đã có sẵn và khớp mọi dòng của báo cáo này"
        print(f"{known}; không cần bản nháp này để nạp báo cáo.", file=sys.stderr)
    return DONE


def export(asked: argparse.Namespace) -> int:
    """Write printed rows, figures or rates with their sources and caveats to a file; of nothing there is no file."""
    try:
        exported = export_asked(open_warehouse(asked.warehouse), asked)
    except WrongChoice as problem:
        print(problem, file=sys.stderr)
        return WRONG_USAGE
    for note in exported.notes:
        print(note, file=sys.stderr)
    print(f"{asked.parquet_dataset or asked.file}: {NUMBERS['vi'].number(exported.rows)} dòng")
    return DONE


def demo(asked: argparse.Namespace) -> int:
    """Build the simulated province beside whatever is there, or the country in a directory of its own."""
    return _nation(asked.warehouse) if asked.scale == "national" else _province(asked.warehouse)


def _province(directory: Path) -> int:
    with tqdm(total=3, bar_format=_BAR, desc="Dựng dữ liệu mô phỏng") as bar:
        forms = all_forms()
        bar.update()
        batch = simulate(forms)
        bar.update()
        published = publish(directory, batch, forms, action="demo")
        bar.update()
    count = NUMBERS["vi"].number(len(published.added))
    print(f"Đã dựng {count} báo cáo mô phỏng trong phiên bản {published.number} của {directory}.")
    return DONE


def _nation(directory: Path) -> int:
    """The figures of the whole country, some 50 million, without printed rows."""
    parts = tqdm(simulate_nation(), total=len(nation_parts()), bar_format=_BAR, desc="Mô phỏng cả nước, từng tỉnh")
    try:
        with tqdm(bar_format="{desc}", desc="") as steps:
            published = publish_figures(directory, parts, all_forms(), "demo", steps.set_description_str)
    except FileExistsError as problem:
        print(problem, file=sys.stderr)
        return FAILED
    print(f"Đã dựng phiên bản {published.number} của {directory} với số liệu mô phỏng của cả nước.")
    return DONE


def status(asked: argparse.Namespace) -> int:
    """Say what the warehouse holds, and what was done to it last."""
    history = history_of(asked.warehouse)
    try:
        row = answers.status(open_warehouse(asked.warehouse)).row(0, named=True)
    except OSError:  # what happened is wanted most where nothing can be opened
        print("".join(f"{line}\n" for line in history_lines(history) if not asked.json), end="")
        raise
    if asked.json:
        print(json.dumps({**row, **history_values(history)}, default=str, ensure_ascii=False))
        return DONE
    print("\n".join((*status_lines(row, Versions(asked.warehouse).numbers()), *history_lines(history))))
    return DONE


def rollback(asked: argparse.Namespace) -> int:
    """Put an earlier version in force: the one named, else the one before."""
    wait = setting("CCHC_WAIT_SECONDS", WAIT_SECONDS)
    print(f"Phiên bản có hiệu lực: {roll_back(asked.warehouse, asked.version, wait)}")
    return DONE


def rebuild(asked: argparse.Namespace) -> int:
    """Make the version in force anew from the original files that were kept."""
    print(rebuilt_line(rebuild_from_originals(asked.warehouse, setting("CCHC_WAIT_SECONDS", WAIT_SECONDS))))
    return DONE


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--warehouse",
        type=Path,
        metavar="THƯ MỤC",
        default=Path(os.environ.get("CCHC_WAREHOUSE") or "data"),
        help="thư mục kho dữ liệu (mặc định data/ hoặc biến môi trường CCHC_WAREHOUSE)",
    )
    parser = argparse.ArgumentParser(prog="cchc", description="Số liệu cải cách hành chính: nạp, kiểm tra, xem, xuất.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    runs = {"form": draft} | {
        run.__name__: run for run in (serve, load, check, export, demo, status, rebuild, rollback)
    }
    for name, (text, options) in COMMANDS.items():
        added = commands.add_parser(name, help=text, description=text, parents=[common])
        added.set_defaults(run=runs[name])
        for option, settings in options:
            added.add_argument(option, **settings)
    return parser


if __name__ == "__main__":
    sys.exit(main())
