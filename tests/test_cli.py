"""The terminal door: every command by its exit code, what it prints and what it leaves on the disk."""

import csv
import getpass
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import polars as pl
import pytest

import cli
from loaders import outcomes
from loaders.draft import draft_form
from loaders.form import all_forms
from loaders.problems import KnownForm
from warehouse.store import open_warehouse
from warehouse.versions import Versions
from warehouse.versions.originals import Originals, hash_of

ROOT = Path(__file__).parents[1]
FORMS = ROOT / "loaders" / "forms"
QUANG_DIEN, HOANG_HOP, HOANG_DUC = "477", "15919", "15928"


def report_text(form: str, annex: str, title: tuple[str, ...], printed: Mapping[str, str], *extra: str) -> str:
    """A report as word processors save it: a title, the rows of one annex of a form behind tabs, `printed` by code."""
    with (FORMS / form / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["annex"] == annex]
    assert set(printed) <= {row["code"] for row in rows}
    lines = [
        "\t".join((row["code"], row["label"], row["unit_of_measure"], printed.get(row["code"], ""), "")) for row in rows
    ]
    heading = "STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú"
    return "\n".join([*title, "", annex, heading, *lines, *extra, ""])


def quang_dien(printed: Mapping[str, str], *extra: str) -> str:
    title = (
        "UBND HUYỆN QUẢNG ĐIỀN",
        "BÁO CÁO",
        "Công tác cải cách hành chính 6 tháng đầu năm 2024",
        "Huyện Quảng Điền, tỉnh Thừa Thiên Huế",
    )
    return report_text("hue-district", "Phụ lục 4", title, printed, *extra)


def commune(name: str, printed: Mapping[str, str], period: str = "6 tháng đầu năm 2024") -> str:
    title = (
        f"UBND XÃ {name.upper()}",
        "BÁO CÁO",
        f"Công tác cải cách hành chính {period}",
        f"Xã {name}, huyện Hoằng Hóa, tỉnh Thanh Hóa",
    )
    return report_text("thanh-hoa-commune-2024", "Phụ lục 01b", title, printed)


# 7813/7843 is 99.617...: printed as 99,62 it is right, as 98,5 it is not.
RIGHT = {"3.2": "99,62", "3.2.1": "7.843", "3.2.2": "7.813"}
WRONG = {**RIGHT, "3.2": "98,5"}
SENTENCE = "Tỷ lệ hồ sơ giải quyết đúng hạn (cấp huyện): báo cáo ghi 98,5 %, tính lại từ 7.813/7.843 được 99,62 %."


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    error: str


class Terminal:
    """Runs commands in this process, on one warehouse directory."""

    def __init__(self, directory: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.directory = directory
        self._capture = capture

    def __call__(self, command: str, *arguments: str | Path) -> Ran:
        self._capture.readouterr()
        try:
            code = cli.main([command, "--warehouse", str(self.directory), *map(str, arguments)])
        except SystemExit as stopped:  # argparse's way of saying wrong usage
            code = int(stopped.code or 0)
        printed = self._capture.readouterr()
        return Ran(code, printed.out, printed.err)

    def status(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self("status", "--json").out)
        return told


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "kho", capsys)


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of three versions: Hoằng Hợp; a Quảng Điền that contradicts itself; a corrected Hoằng Hợp.

    The commune's form has 80 rows, 60 of them with an indicator, the district's annex 25 and 22.
    """
    folder = tmp_path_factory.mktemp("loaded")
    contents = {
        "hoang-hop.txt": commune("Hoằng Hợp", {"3.3.1": "494", "3.3.2": "450"}),
        "quang-dien.txt": quang_dien(WRONG),
        "hoang-hop-2.txt": commune("Hoằng Hợp", {"3.3.1": "500", "3.3.2": "480"}),
    }
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
        assert cli.main(["load", "--warehouse", str(folder / "kho"), str(folder / name)]) == 0
    return folder / "kho"


@pytest.fixture
def loaded(loaded_once: Path, run: Terminal) -> Terminal:
    shutil.copytree(loaded_once, run.directory)
    return run


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# load -------------------------------------------------------------------------------------------------


def test_load_reads_a_report_and_says_what_it_made_of_it(run: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path, "bao-cao.txt", quang_dien(WRONG, "4\tDòng tự thêm\tHồ sơ\t7\t"))
    ran = run("load", path)
    assert (ran.code, ran.error) == (0, "")
    assert ran.out.splitlines() == [
        "✓ bao-cao.txt: Huyện Quảng Điền, Tỉnh Thừa Thiên Huế (477), kỳ 2024-6M, hue-district: "
        "đọc 26 dòng phụ lục, khớp 25 dòng, 1 phát hiện",
        "    chưa khớp: Phụ lục 4, line:33: 4 Dòng tự thêm "
        "[gần nhất: disbursement_done 0.58, plan_tasks_done 0.54, issued_tasks 0.53]",
        "Phiên bản 1: thêm 1 báo cáo, 0 báo cáo đã có từ trước.",
    ]
    assert run.status()["unmapped"] == 1
    assert sorted(os.listdir(run.directory)) == ["CURRENT", "LOCK", "archive", "audit.jsonl", "cchc-1.duckdb"]


def test_load_the_same_file_again_adds_nothing(run: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path, "bao-cao.txt", quang_dien(RIGHT))
    run("load", path)
    ran = run("load", path, path)
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "Phiên bản 1: thêm 0 báo cáo, 1 báo cáo đã có từ trước."
    assert (run.status()["version"], run.status()["observations"]) == (1, 25)


def test_a_report_that_takes_the_place_of_another_says_so(run: Terminal, tmp_path: Path) -> None:
    run("load", write(tmp_path, "truoc.txt", quang_dien(RIGHT)))
    again = run("load", write(tmp_path, "sau.txt", quang_dien(WRONG)))
    assert again.out.splitlines()[1] == (
        "    Thay báo cáo đã nạp của cùng đơn vị, cùng kỳ (truoc.txt, 3 số liệu), nay 3 số liệu"
    )


def signed(day: int, received: str) -> str:
    text = commune("Hoằng Hợp", {"3.3.1": received, "3.3.2": "450"})
    return text.replace("BÁO CÁO\n", f"Hoằng Hợp, ngày {day} tháng 6 năm 2024\n\nBÁO CÁO\n", 1)


def test_a_report_loaded_before_that_is_not_in_force_says_so(run: Terminal, tmp_path: Path) -> None:
    first = write(tmp_path, "truoc.txt", quang_dien(WRONG))
    run("load", first)
    run("load", write(tmp_path, "sau.txt", quang_dien(RIGHT)))
    again = run("load", first)
    assert again.out.splitlines() == [
        "✓ truoc.txt: Huyện Quảng Điền, Tỉnh Thừa Thiên Huế (477), kỳ 2024-6M, hue-district: "
        "đọc 25 dòng phụ lục, khớp 25 dòng",
        "    CẢNH BÁO: đã có từ trước nhưng KHÔNG còn dùng; báo cáo đang dùng của cùng đơn vị, cùng kỳ là sau.txt; "
        "muốn dùng lại báo cáo này thì mở tệp, lưu thành tệp mới (Save As) rồi nạp tệp mới ấy",
        "Phiên bản 2: thêm 0 báo cáo, 1 báo cáo đã có từ trước.",
    ]
    (told,) = json.loads(run("load", "--json", first).out)["files"]
    assert (told["findings"], told["replaces"], told["in_force_instead"]) == (None, None, "sau.txt")
    anew = run("load", write(tmp_path, "moi.txt", quang_dien(WRONG) + "\n"))
    assert "Thay báo cáo đã nạp của cùng đơn vị, cùng kỳ (sau.txt, 3 số liệu), nay 3 số liệu" in anew.out
    assert "KHÔNG còn dùng" not in run("load", tmp_path / "moi.txt").out


@pytest.mark.parametrize("names", [("ngay-10.txt", "ngay-20.txt"), ("ngay-20.txt", "ngay-10.txt")])
def test_of_two_reports_in_one_load_the_one_signed_later_is_in_force(
    run: Terminal, tmp_path: Path, names: tuple[str, str]
) -> None:
    write(tmp_path, "ngay-10.txt", signed(10, "494"))
    write(tmp_path, "ngay-20.txt", signed(20, "500"))
    ran = run("load", *(tmp_path / name for name in names))
    assert [line for line in ran.out.splitlines() if line.startswith("    ")] == [
        line
        for name in names
        for line in (
            "    CẢNH BÁO: được lưu nhưng KHÔNG thay báo cáo đang dùng của cùng đơn vị, cùng kỳ (ngay-20.txt, ký ngày "
            "20/06/2024), vì báo cáo này ký trước, ngày 10/06/2024"
            if name == "ngay-10.txt"
            else "    Thay báo cáo đã nạp của cùng đơn vị, cùng kỳ (ngay-10.txt, 2 số liệu), nay 2 số liệu",
        )
    ]
    assert received(run) == "500"
    again = run("load", tmp_path / "ngay-10.txt")
    assert again.out.splitlines()[1] == (
        "    CẢNH BÁO: đã có từ trước nhưng KHÔNG còn dùng; báo cáo đang dùng của cùng đơn vị, cùng kỳ là ngay-20.txt, "
        "ký ngày 20/06/2024, sau báo cáo này (10/06/2024); báo cáo ký trước không thay được báo cáo ký sau; nếu đã nạp "
        "nhầm tệp ấy thì chạy “cchc rollback SỐ” để về phiên bản trước đó, rồi nạp lại các tệp khác đã nạp sau phiên "
        "bản ấy"
    )


@pytest.mark.parametrize("names", [("khong-ngay.txt", "ngay-10.txt"), ("ngay-10.txt", "khong-ngay.txt")])
def test_without_a_day_of_signing_the_order_of_the_line_decides(
    run: Terminal, tmp_path: Path, names: tuple[str, str]
) -> None:
    write(tmp_path, "ngay-10.txt", signed(10, "494"))
    write(tmp_path, "khong-ngay.txt", commune("Hoằng Hợp", {"3.3.1": "500", "3.3.2": "450"}))
    run("load", *(tmp_path / name for name in names))
    assert received(run) == {"ngay-10.txt": "494", "khong-ngay.txt": "500"}[names[-1]]


def test_a_report_signed_before_the_one_in_force_is_kept_beside_it_and_it_is_said() -> None:
    told = {"held_by": "sau.txt", "signed_on": date(2024, 6, 10), "held_signed_on": date(2024, 6, 20)}
    assert outcomes._replaced_line(told) == [
        "    CẢNH BÁO: được lưu nhưng KHÔNG thay báo cáo đang dùng của cùng đơn vị, cùng kỳ (sau.txt, ký ngày "
        "20/06/2024), vì báo cáo này ký trước, ngày 10/06/2024"
    ]


def test_a_report_with_fewer_figures_than_the_one_it_replaces_is_a_warning() -> None:
    assert outcomes._replaced_line({"file_name": "truoc.txt", "figures_before": 60, "figures": 1}) == [
        "    CẢNH BÁO: thay báo cáo đã nạp của cùng đơn vị, cùng kỳ (truoc.txt, 60 số liệu), nay 1 số liệu; nếu "
        "nạp nhầm thì chạy “cchc rollback”"
    ]


def test_a_dry_run_stores_nothing(run: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path, "bao-cao.txt", quang_dien(RIGHT))
    ran = run("load", "--dry-run", path)
    assert ran.code == 0
    assert ran.out == (
        "✓ bao-cao.txt: Huyện Quảng Điền, Tỉnh Thừa Thiên Huế (477), kỳ 2024-6M, hue-district: "
        "đọc 25 dòng phụ lục, khớp 25 dòng\n"
    )
    assert not run.directory.exists()


def test_load_says_that_it_lays_all_in_order(loaded: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.versions.publish.MOST_LOOSE", 1)
    path = write(tmp_path, "duc.txt", commune("Hoằng Đức", {"3.3.1": "494"}))
    ran = loaded("load", "--json", path)
    assert (ran.code, json.loads(ran.out)["version"]) == (0, 4)
    assert ran.error == "82 số liệu nằm ngoài thứ tự: sắp xếp lại toàn bộ kho dữ liệu, kho lớn có thể mất vài phút …\n"


def test_load_as_json_is_one_document(run: Terminal, tmp_path: Path) -> None:
    good = write(tmp_path, "bao-cao.txt", quang_dien(WRONG, "4\tDòng tự thêm\tHồ sơ\t7\t"))
    missing = tmp_path / "không có.txt"
    ran = run("load", "--json", good, missing)
    assert (ran.code, ran.error) == (1, "")
    told = json.loads(ran.out)
    assert (told["version"], told["added"], told["already_there"], told["refused"]) == (1, 1, 0, 1)
    report_id = told["files"][0].pop("report_id")
    assert re.fullmatch(r"477-2024-6M-[0-9a-f]{8}", report_id)
    assert told["files"][0] == {
        "file": str(good),
        "unit_code": QUANG_DIEN,
        "unit": "Huyện Quảng Điền, Tỉnh Thừa Thiên Huế",
        "unit_confidence": 1.0,
        "period": "2024-6M",
        "form": "hue-district",
        "form_share": 0.9615,
        "remarks": [],
        "columns": {"used": ["Số liệu"], "kept": []},
        "rows": 26,
        "told_figures": 0,
        "mapped": 25,
        "unmapped": [
            {
                "annex": "Phụ lục 4",
                "place": "line:33",
                "label": "Dòng tự thêm",
                "nearest": [
                    {"indicator": "disbursement_done", "score": 0.58},
                    {"indicator": "plan_tasks_done", "score": 0.54},
                    {"indicator": "issued_tasks", "score": 0.53},
                ],
            }
        ],
        "findings": 1,
        "replaces": None,
        "in_force_instead": None,
    }
    assert set(told["files"][1]) == {"file", "refused"}


def test_refused_files_do_not_stop_the_good_ones(run: Terminal, tmp_path: Path) -> None:
    first = write(tmp_path, "quang-dien.txt", quang_dien(RIGHT))
    last = write(tmp_path, "hoang-hop.txt", commune("Hoằng Hợp", {"3.3.1": "494", "3.3.2": "450"}))
    empty = write(tmp_path, "thu-moi.txt", "Giấy mời\nKính gửi các đồng chí\n")
    foreign = write(tmp_path, "hinh.xyz", "không phải báo cáo")
    ran = run("load", first, empty, tmp_path / "mat.txt", foreign, last)
    assert ran.code == 1
    refusals = [line for line in ran.error.splitlines() if "bị từ chối" in line]
    assert [line.partition(":")[0] for line in refusals] == [
        f"✗ {empty}",
        f"✗ {tmp_path / 'mat.txt'}",
        f"✗ {foreign}",
    ]
    for line in refusals:
        assert re.search(r"thấy .+; cần .+; hãy .+\.$", line), line
    assert ran.out.splitlines()[-1] == "Phiên bản 1: thêm 2 báo cáo, 0 báo cáo đã có từ trước, 3 tệp bị từ chối."
    assert run.status()["reports"] == 2


def test_a_folder_is_loaded_with_all_that_is_in_it(run: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "huyen"
    for name in ("xa-b", ".git", "trong"):
        (folder / name).mkdir(parents=True)
    first = write(folder, "a.txt", quang_dien(RIGHT))
    last = write(folder / "xa-b", "hop.txt", commune("Hoằng Hợp", {"3.3.1": "494"}))
    for name in ("~$a.docx", ".~lock.a.odt#", ".git/cu.txt", "anh.JPG", "xa-b/logo.png", "Thumbs.db"):
        write(folder, name, "không phải báo cáo")
    packed = write(folder, "goi.zip", "PK")
    ran = run("load", folder)
    assert ran.code == 1
    assert next(line for line in ran.error.splitlines() if "✗" in line).startswith(f"✗ {packed}: bị từ chối. ")
    assert ran.error.count("bị từ chối") == 1
    assert [line.split(":")[0] for line in ran.out.splitlines()] == [
        "✓ a.txt",
        "✓ hop.txt",
        "Bỏ qua 3 tệp không phải văn bản hay bảng tính (.db, .jpg, .png); báo cáo ở dạng ảnh thì cần bản Word, Excel "
        "hoặc PDF có chữ.",
        "Phiên bản 1",
    ]
    told = json.loads(run("load", "--json", "--dry-run", folder).out)
    assert [file["file"] for file in told["files"]] == [str(first), str(packed), str(last)]
    assert told["left_out"] == [str(folder / name) for name in ("Thumbs.db", "anh.JPG", "xa-b/logo.png")]


def test_a_folder_without_a_report_is_refused(run: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "trong"
    folder.mkdir()
    write(folder, "~$a.docx", "")
    ran = run("load", folder)
    assert (ran.code, ran.out) == (1, "")
    assert ran.error == (
        f"✗ {folder}: bị từ chối. trong: thấy thư mục không có tệp báo cáo nào; cần một tệp đọc được; hãy kiểm tra "
        "đường dẫn và quyền đọc rồi nạp lại.\n"
    )


def test_a_file_name_of_odd_bytes_is_shown_and_stored_without_them(run: Terminal, tmp_path: Path) -> None:
    text = commune("Hoằng Hợp", {"3.3.1": "494", "3.3.2": "450"})
    ran = run("load", write(tmp_path, os.fsdecode(b"a\xff\x1b[31m\n\xe2\x80\xae.txt"), text))
    assert ran.code == 0
    assert ran.out.startswith("✓ a\ufffd\ufffd[31m\ufffd\ufffd.txt: Xã Hoằng Hợp, ")
    refused = run("load", tmp_path / os.fsdecode(b"b\xff\x1b.txt"))
    assert refused.error.startswith(f"✗ {tmp_path}/b\ufffd\ufffd.txt: bị từ chối. ")


def test_when_every_file_is_refused_nothing_is_published(run: Terminal, tmp_path: Path) -> None:
    ran = run("load", write(tmp_path, "thu-moi.txt", "Giấy mời\n"))
    assert (ran.code, ran.out) == (1, "")
    ran = run("load", tmp_path / "thu-moi.txt", tmp_path / "mat.txt")
    assert (ran.code, ran.out) == (1, "Đọc được 0 báo cáo, 2 tệp bị từ chối; không lưu báo cáo nào.\n")
    assert not run.directory.exists()


def test_unit_and_period_may_be_told(run: Terminal, tmp_path: Path) -> None:
    text = commune("Hoằng Hợp", {"3.3.1": "494", "3.3.2": "450"})
    ran = run("load", "--unit", HOANG_DUC, "--period", "2023-q1", write(tmp_path, "bao-cao.txt", text))
    assert ran.code == 0
    assert "Xã Hoằng Đức, Huyện Hoằng Hóa, Tỉnh Thanh Hóa (15928), kỳ 2023-Q1" in ran.out
    path = tmp_path / "rows.csv"
    assert run("export", path, "--unit", HOANG_DUC, "--period", "2023-Q1").code == 0
    assert {line["unit_code"] for line in read_csv(path)} == {HOANG_DUC}


def test_an_unknown_unit_is_refused(run: Terminal, tmp_path: Path) -> None:
    ran = run("load", "--unit", "99999", write(tmp_path, "bao-cao.txt", quang_dien(RIGHT)))
    assert ran.code == 1
    assert "thấy mã đơn vị “99999”; cần một mã trong danh mục đơn vị hành chính; hãy xem mã đúng" in ran.error
    assert not run.directory.exists()


@pytest.mark.parametrize("period", ["2024", "2024-3M", "sáu tháng"])
def test_an_unknown_period_is_wrong_usage(run: Terminal, tmp_path: Path, period: str) -> None:
    ran = run("load", "--period", period, write(tmp_path, "bao-cao.txt", quang_dien(RIGHT)))
    assert (ran.code, ran.out) == (2, "")
    assert f"kỳ báo cáo “{period}” không đúng" in ran.error
    assert not run.directory.exists()


def test_a_load_waits_for_another_for_as_long_as_it_is_told(
    loaded: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_WAIT_SECONDS", "0.01")
    with Versions(loaded.directory).publishing():
        ran = loaded("load", write(tmp_path, "bao-cao.txt", quang_dien(RIGHT)))
    assert (ran.code, ran.out) == (1, "")
    assert "một tiến trình khác đang ghi vào kho dữ liệu này, đã chờ 0 giây; hãy chờ nó xong rồi chạy lại" in ran.error
    assert loaded.status()["version"] == 3


def test_a_warehouse_that_cannot_be_written_is_a_failure_in_one_line(tmp_path: Path, run: Terminal) -> None:
    write(tmp_path, "kho", "đây là một tệp")
    ran = run("load", write(tmp_path, "bao-cao.txt", quang_dien(RIGHT)))
    assert ran.code == 1
    assert str(run.directory) in ran.error
    assert "Traceback" not in ran.error


# status, check, export ------------------------------------------------------------------------------------


def test_status_in_words(loaded: Terminal) -> None:
    ran = loaded("status")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert re.fullmatch(r"Phiên bản 3 \(còn giữ: 1, 2, 3\), công bố \d\d/\d\d/\d{4} \d\d:\d\d UTC", lines[0])
    assert lines[1:-3] == [
        "Báo cáo có hiệu lực: 2, trong đó mô phỏng 0",
        "Báo cáo đã được thay thế: 1",
        "Đơn vị: 2 · kỳ: 1",
        "Dòng đã đọc: 185 · số liệu: 82",
        "Dòng chưa có trong biểu mẫu nào: 0",
        "Nhật ký (5 việc gần nhất):",
    ]
    user = re.escape(getpass.getuser())
    for version, line in enumerate(lines[-3:], start=1):
        at = r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d"
        assert re.fullmatch(rf"  {at} · {user} · nạp báo cáo: công bố phiên bản {version}", line)


def test_status_as_json(loaded: Terminal) -> None:
    told = loaded.status()
    assert told.pop("published_at").startswith("20")
    assert told.pop("rates") > 0
    assert [(line["event"], line["version"]) for line in told.pop("audit")] == [("published", n) for n in (1, 2, 3)]
    assert told == {
        "version": 3,
        "action": "load",
        "reports": 2,
        "simulated": 0,
        "superseded": 1,
        "units": 2,
        "periods": 1,
        "observations": 185,
        "facts": 82,
        "unmapped": 0,
        "interrupted": False,
        "publishing": False,
    }


def test_check_fails_on_a_grave_finding(loaded: Terminal) -> None:
    ran = loaded("check")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"[Nghiêm trọng] Huyện Quảng Điền · 6 tháng 2024 · Phụ lục 4, dòng 24: {SENTENCE}",
        "[Nhẹ] Xã Hoằng Hợp · 6 tháng 2024 · Phụ lục 01b, dòng 70, dòng 79, dòng 82: "
        "Phụ lục 01b: số thứ tự nhảy cóc: 5.4.2 → 5.4.5; 7.2.1 → 7.2.3; 7.2 → 7.4.",
        "2 phát hiện, 1 nghiêm trọng.",
    ]


def test_check_passes_when_nothing_is_grave(run: Terminal, tmp_path: Path) -> None:
    # 99,6 cut off from 99.617... would be a rounding; 99 is a cut, which is no grave finding.
    run("load", write(tmp_path, "bao-cao.txt", quang_dien({**RIGHT, "3.2": "99"})))
    ran = run("check")
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("[Nhẹ] Huyện Quảng Điền · 6 tháng 2024 · Phụ lục 4, dòng 24: ")
    assert ran.out.splitlines()[-1] == "1 phát hiện, 0 nghiêm trọng."


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_export_in_every_format(loaded: Terminal, tmp_path: Path) -> None:
    for name in ("all.csv", "all.xlsx", "all.parquet"):
        ran = loaded("export", tmp_path / name)
        assert (ran.code, ran.out) == (0, f"{tmp_path / name}: 105 dòng\n")
    counts = [len(read_csv(tmp_path / "all.csv")), pl.read_parquet(tmp_path / "all.parquet").height]
    assert [*counts, pl.read_excel(tmp_path / "all.xlsx").height] == [105, 105, 105]


def test_export_of_what_was_asked(loaded: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    wanted = ("--unit", "38", "--period", "2024-6M", "--indicator", "dossiers_received")
    ran = loaded("export", path, *wanted, "--indicator", "dossiers_resolved_on_time", "--language", "en")
    assert (ran.code, ran.out) == (0, f"{path}: 2 dòng\n")
    # The corrected report is the one in force.
    assert [(line["unit_code"], line["raw_value"]) for line in read_csv(path)] == [
        (HOANG_HOP, "500"),
        (HOANG_HOP, "480"),
    ]
    before = path.read_bytes()
    nothing = loaded("export", path, "--unit", QUANG_DIEN, "--period", "2019-Q1", "--indicator", "plan_tasks")
    assert (nothing.code, nothing.out, nothing.error.splitlines()) == (
        1,
        "",
        [
            "Không có dòng nào để xuất nên không ghi tệp.",
            "Đã tìm: dòng in trong báo cáo; đơn vị Huyện Quảng Điền (477); kỳ 2019-Q1; chỉ tiêu plan_tasks; "
            "cả thật lẫn mô phỏng.",
            "Kho có: Huyện Quảng Điền (477), báo cáo thật: kỳ 2024-6M.",
            "Hãy bỏ bớt điều kiện lọc, hoặc chọn kỳ có báo cáo.",
        ],
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rows.xls",), "csv, parquet, sdmx.csv, xlsx"),
        (("rows.csv", "--period", "2024"), "“2024” không phải một kỳ báo cáo"),
        (("rows.csv", "--language", "fr"), "--language"),
        (("rows.csv", "--unit", "99999"), "Không có đơn vị “99999”"),
        (("rows.csv", "--unit", "99999", "--period", "2024"), "Không có đơn vị “99999”"),
        (("rows.csv", "--indicator", "dossiers"), "Không có chỉ tiêu “dossiers”"),
        ((), "Thiếu tên tệp"),
    ],
)
def test_export_with_wrong_usage_writes_nothing(
    loaded: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = loaded("export", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.error
    assert os.listdir(tmp_path) == ["kho"]


def test_export_into_a_missing_folder_is_a_failure_in_one_line(loaded: Terminal, tmp_path: Path) -> None:
    ran = loaded("export", tmp_path / "nowhere" / "rows.csv")
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere" in ran.error


# rollback ---------------------------------------------------------------------------------------------------


def received(run: Terminal) -> str | None:
    """What Hoằng Hợp received, by the version in force."""
    path = run.directory.parent / "received.csv"
    run("export", path, "--unit", HOANG_HOP, "--indicator", "dossiers_received")
    return read_csv(path)[0]["raw_value"]


def test_rollback_goes_back_one_version_at_a_time(loaded: Terminal) -> None:
    assert received(loaded) == "500"
    for version, figure in ((2, "494"), (1, "494")):
        ran = loaded("rollback")
        assert (ran.code, ran.out) == (0, f"Phiên bản có hiệu lực: {version}\n")
        assert (loaded.status()["version"], received(loaded)) == (version, figure)
    ran = loaded("rollback")
    assert (ran.code, ran.out) == (1, "")
    assert ran.error == "Không có phiên bản trước đó; còn giữ: [1, 2, 3]\n"
    assert loaded.status()["version"] == 1


def test_rollback_to_a_named_version(loaded: Terminal) -> None:
    assert loaded("rollback", "1").out == "Phiên bản có hiệu lực: 1\n"
    assert loaded("rollback", "3").out == "Phiên bản có hiệu lực: 3\n"
    assert received(loaded) == "500"


@pytest.mark.parametrize("version", ["0", "4", "99"])
def test_rollback_to_a_version_that_is_not_there(loaded: Terminal, version: str) -> None:
    ran = loaded("rollback", version)
    assert (ran.code, ran.out) == (1, "")
    assert ran.error == f"Không có phiên bản {version}; còn giữ: [1, 2, 3]\n"
    assert loaded.status()["version"] == 3


def test_rollback_mends_a_pointer_to_nothing(loaded: Terminal) -> None:
    (loaded.directory / "CURRENT").write_text("cchc-9.duckdb\n", encoding="utf-8")
    ran = loaded("status")
    assert ran.code == 1
    assert "hãy chạy “cchc rollback”" in ran.error
    assert loaded("rollback").out == "Phiên bản có hiệu lực: 3\n"
    assert loaded.status()["version"] == 3


# rebuild ------------------------------------------------------------------------------------------------


def facts(run: Terminal) -> list[tuple[Any, ...]]:
    warehouse = open_warehouse(run.directory)
    columns = "unit_code, level, period, indicator, value, status, report_id, place"
    rows = warehouse.connection.sql(f"SELECT {columns} FROM fact ORDER BY ALL").fetchall()  # noqa: S608
    warehouse.connection.close()
    return rows


def test_rebuild_reads_the_kept_files_again_and_gets_the_same_figures(loaded: Terminal) -> None:
    before, history = facts(loaded), open_warehouse(loaded.directory).ask("held_reports")
    ran = loaded("rebuild")
    assert (ran.code, ran.error) == (0, "")
    assert ran.out == "Đã dựng lại phiên bản 4 từ 3 tệp gốc; số liệu giống hệt phiên bản 3.\n"
    assert len(before) == 82
    assert facts(loaded) == before
    assert open_warehouse(loaded.directory).ask("held_reports").equals(history)
    told = loaded.status()
    assert (told["version"], told["action"], told["superseded"]) == (4, "rebuild", 1)


def test_rebuild_without_a_version_that_can_be_opened_goes_by_the_log(loaded: Terminal) -> None:
    before = facts(loaded)
    for path in loaded.directory.glob("*.duckdb"):
        path.write_bytes(b"")
    assert "cchc rebuild" in loaded("status").error
    assert loaded("rebuild").out.startswith("Đã dựng lại phiên bản 4 từ 3 tệp gốc; không mở được phiên bản 3 để so")
    assert facts(loaded) == before


def test_rebuild_without_an_original_changes_nothing_until_it_comes_again(loaded: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path, "quang-dien.txt", quang_dien(WRONG))
    kept = Originals(loaded.directory).path(hash_of(path))
    kept.unlink()
    ran = loaded("rebuild")
    assert (ran.code, ran.out) == (1, "")
    assert "thiếu hoặc hỏng 1 tệp gốc (quang-dien.txt)" in ran.error
    assert loaded.status()["version"] == 3
    assert loaded("load", path).code == 0
    assert loaded("rebuild").out.startswith("Đã dựng lại phiên bản 4 từ 3 tệp gốc; số liệu giống hệt")


def test_rebuild_keeps_the_rows_of_simulated_reports(loaded: Terminal) -> None:
    loaded("demo")
    before = facts(loaded)
    assert loaded("rebuild").code == 0
    assert facts(loaded) == before
    assert loaded.status()["simulated"] == 3319


def test_rebuild_of_an_empty_warehouse(run: Terminal) -> None:
    ran = run("rebuild")
    assert ran.code == 1
    assert "chưa có dữ liệu để dựng lại" in ran.error


# Empty warehouse, demo, usage ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("status",), ("status", "--json"), ("check",), ("export", "rows.csv")])
def test_an_empty_warehouse_says_what_to_do(run: Terminal, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.error == (
        f"{run.directory}: chưa có dữ liệu; hãy chạy “cchc demo” để tạo dữ liệu mô phỏng hoặc “cchc load TỆP…” "
        "để nạp báo cáo\n"
    )
    assert not run.directory.exists()


def test_rollback_of_an_empty_warehouse(run: Terminal) -> None:
    ran = run("rollback")
    assert (ran.code, ran.error) == (1, "Không có phiên bản trước đó; còn giữ: []\n")


def test_demo_stands_beside_real_reports(loaded: Terminal) -> None:
    ran = loaded("demo")
    assert ran.code == 0
    assert ran.out == f"Đã dựng 3.319 báo cáo mô phỏng trong phiên bản 4 của {loaded.directory}.\n"
    told = loaded.status()
    assert (told["version"], told["reports"], told["simulated"], told["superseded"]) == (4, 3321, 3319, 1)
    assert loaded("check").out.splitlines()[-1] == "2 phát hiện, 1 nghiêm trọng."
    simulated = loaded("check", "--simulated")
    assert simulated.code == 1
    assert len(simulated.out.splitlines()) > 100


@pytest.mark.parametrize(
    "arguments",
    [[], ["unknown"], ["load"], ["rollback", "one"], ["status", "--no-such-option"], ["serve", "--port", "x"]],
)
def test_wrong_usage_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("Cách dùng: cchc")
    assert "dùng sai: " in said


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    for command in ("serve", "load", "check", "export", "demo", "status", "rollback"):
        assert re.search(rf"^    {command}\s", told, re.MULTILINE), command


def test_the_warehouse_may_stand_in_the_environment(
    loaded: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("CCHC_WAREHOUSE", str(loaded.directory))
    assert cli.main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 3
    # An option on the line is stronger; an empty variable is none.
    assert cli.main(["status", "--warehouse", str(tmp_path / "other")]) == 1
    monkeypatch.setenv("CCHC_WAREHOUSE", "")
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert cli.main(["status"]) == 1
    assert capsys.readouterr().err.startswith("data: chưa có dữ liệu")


def test_serve_hands_the_warehouse_to_the_dashboard(
    loaded: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The server would not return, so what it would be started with is looked at instead; test_browser starts it."""
    started: list[tuple[Any, ...]] = []
    monkeypatch.setattr("pages.kit.server.run", lambda *arguments: started.append(arguments))
    monkeypatch.setenv("CCHC_WAREHOUSE", "elsewhere")
    monkeypatch.setenv("CCHC_CONNECTIONS", "50")
    monkeypatch.chdir(loaded.directory.parent)
    cli.serve(cli._parser().parse_args(["serve", "--warehouse", loaded.directory.name, "--port", "8765"]))
    assert started == [(ROOT / "app.py", "127.0.0.1", 8765, 50)]
    assert os.environ["CCHC_WAREHOUSE"] == str(loaded.directory.resolve())
    assert capsys.readouterr().out == "Bảng điều khiển: http://127.0.0.1:8765\n"


def test_the_command_line_as_a_program(tmp_path: Path) -> None:
    """Once as a shell runs it: exit codes, both streams, the environment, and UTF-8 whatever the locale."""
    good = write(tmp_path, "bao-cao.txt", quang_dien(WRONG))
    environment = {**os.environ, "CCHC_WAREHOUSE": str(tmp_path / "kho"), "LC_ALL": "C"}

    def shell(*arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    loaded = shell("load", str(good), str(tmp_path / "mat.txt"))
    assert loaded.code == 1
    assert "✓ bao-cao.txt: Huyện Quảng Điền" in loaded.out
    assert "bị từ chối" in loaded.error
    assert "Traceback" not in loaded.error
    checked = shell("check")
    assert checked.code == 1
    assert SENTENCE in checked.out


def test_one_file_is_checked_before_it_is_loaded(run: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path, "bao-cao.txt", quang_dien(WRONG))
    sheet, page = tmp_path / "phieu.docx", tmp_path / "phieu.md"
    ran = run("check", path, "--feedback", sheet)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"Đã ghi phiếu rà soát: {sheet}",
        f"[Nghiêm trọng] Huyện Quảng Điền · 6 tháng 2024 · Phụ lục 4, dòng 24: {SENTENCE}",
        "1 phát hiện, 1 nghiêm trọng.",
    ]
    assert not run.directory.exists()
    table = docx.Document(str(sheet)).tables[0]
    place = "Phụ lục 4, STT 3.2: “Tỷ lệ hồ sơ TTHC do UBND cấp huyện tiếp nhận được giải quyết đúng hạn”"
    assert [cell.text for cell in table.rows[1].cells] == ["1", place, SENTENCE, "Nghiêm trọng", ""]
    assert run("check", path, "--feedback", page).code == 1
    lines = page.read_text(encoding="utf-8").splitlines()
    assert f"| 1 | {place} | {SENTENCE} | Nghiêm trọng | |" in lines
    assert lines[2] == "- **Đơn vị**: Huyện Quảng Điền, Tỉnh Thừa Thiên Huế (477)"
    assert run("check", path, "--feedback", tmp_path / "phieu.pdf").code == 2


def test_the_feedback_sheet_holds_nothing_against_the_unit_that_its_form_prints(run: Terminal, tmp_path: Path) -> None:
    """The commune form jumps by itself: 5.4.2 → 5.4.5; 7.2.1 → 7.2.3; 7.2 → 7.4. Of 80 rows 60 ask for a figure."""
    text = commune("Hoằng Hợp", {"3.3.1": "494", "3.3.2": "450"})
    again = "Hội nghị ngày 31/02/2024 đã giao nhiệm vụ.\n"
    path, page = (
        write(tmp_path, "bao-cao.txt", text + again + "Các phòng đã thực hiện.\n" + again),
        tmp_path / "phieu.md",
    )
    assert "nhảy cóc: 5.4.2 → 5.4.5; 7.2.1 → 7.2.3; 7.2 → 7.4." in run("check", path, "--feedback", page).out
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "- **Dòng có hỏi số liệu nhưng để trống**: 58" in lines
    assert [line for line in lines if line.startswith("| ")] == [
        "| STT | Vị trí | Nội dung cần xem lại | Mức độ | Số đúng hoặc giải trình của đơn vị |",
        "| 1 | Lời văn, đoạn có “31/02/2024” | Ngày “31/02/2024” không có thật. | Nhẹ | |",
    ]


def test_a_jump_of_the_units_own_stays_in_the_feedback_sheet(run: Terminal, tmp_path: Path) -> None:
    """Its row 1.1.2 is gone; the form's own jumps are left out beside it."""
    text = commune("Hoằng Hợp", {"3.3.1": "494", "3.3.2": "450"})
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("1.1.2\t"))
    path, page = write(tmp_path, "bao-cao.txt", kept), tmp_path / "phieu.md"
    run("check", path, "--feedback", page)
    (line,) = [line for line in page.read_text(encoding="utf-8").splitlines() if "nhảy cóc" in line]
    assert line == (
        "| 1 | Phụ lục 01b, STT 1.1.3: “Số văn bản chỉ đạo CCHC đã ban hành” | Phụ lục 01b: số thứ tự nhảy cóc: "
        "1.1.1 → 1.1.3. | Nhẹ | |"
    )


def test_a_form_is_drafted_from_a_report_on_it(run: Terminal, tmp_path: Path) -> None:
    path = write(tmp_path, "bao-cao.txt", quang_dien(WRONG, "4\tDòng tự thêm\tHồ sơ\t7\t"))
    ran = run("form", "draft", path, "--into", tmp_path / "forms", "--name", "moi")
    assert ran.code == 0
    (form,) = all_forms(tmp_path / "forms")
    assert (form.form, len(form.rows)) == ("moi", 26)
    assert {row.indicator for row in form.rows} >= {"dossiers_resolved", "dossiers_resolved_on_time"}
    assert form.rows[-1].indicator is None
    assert run("form", "draft", path, "--into", tmp_path / "forms", "--name", "moi").code == 1


def test_a_known_form_is_not_drafted_among_the_forms_in_use(tmp_path: Path) -> None:
    path = write(tmp_path, "bao-cao.txt", quang_dien(WRONG))
    with pytest.raises(KnownForm, match="báo cáo theo biểu mẫu hue-district, đã có sẵn và khớp mọi dòng"):
        draft_form(path, tmp_path / "forms", in_use=True)
    assert not (tmp_path / "forms").exists()
    assert draft_form(path, tmp_path / "forms").known == "hue-district"


def test_checking_what_is_not_there_is_no_pass(loaded: Terminal) -> None:
    ran = loaded("check", "khong-co.docx")
    assert (ran.code, ran.out) == (1, "")
    assert ran.error.startswith("khong-co.docx: không có tệp này")
