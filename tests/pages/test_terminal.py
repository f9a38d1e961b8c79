"""The terminal's words: Vietnamese in every help and complaint, and for what the system refuses."""

import errno
import os
import re
from pathlib import Path

import pytest

import cli
from pages.kit.terminal import refusal

COMMANDS = ("serve", "load", "check", "export", "form", "demo", "status", "rebuild", "rollback")
ENGLISH = re.compile(
    r"usage|positional|options|show this|error|argument|required|invalid|choose|unrecognized|expected|default|DIR\b",
    re.IGNORECASE,
)


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    printed = capsys.readouterr()
    return int(stopped.value.code or 0), printed.out + printed.err


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_help_is_vietnamese(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said([*command, "--help"], capsys)
    assert code == 0
    assert text.startswith("Cách dùng: cchc")
    assert ENGLISH.findall(text) == []
    assert "in hướng dẫn này rồi thôi" in text


def test_every_option_says_what_it_is_for() -> None:
    options = [option for _, _, options in cli._COMMANDS for option in options]
    assert [names for names, settings in options if not settings.get("help")] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "cchc: dùng sai: còn thiếu LỆNH (xem “cchc --help”)"),
        (["load"], "cchc load: dùng sai: còn thiếu TỆP (xem “cchc load --help”)"),
        (["serve", "--port", "x"], "cchc serve: dùng sai: --port: “x”: cần một số nguyên (xem “cchc serve --help”)"),
        (["serve", "--port"], "cchc serve: dùng sai: --port: cần một giá trị đi kèm (xem “cchc serve --help”)"),
        (["status", "--no"], "cchc: dùng sai: không hiểu --no (xem “cchc --help”)"),
        (
            ["export", "a.csv", "--what", "x"],
            "cchc export: dùng sai: --what: không có lựa chọn 'x'; chọn một trong 'rows', 'figures', 'rates' "
            "(xem “cchc export --help”)",
        ),
        (
            ["check", "--feedback", "a.pdf"],
            "cchc check: dùng sai: --feedback: “a.pdf”: đuôi tệp phải là một trong docx, md (xem “cchc check --help”)",
        ),
        (
            ["load", "a.txt", "--period", "2024"],
            "cchc load: dùng sai: --period: kỳ báo cáo “2024” không đúng",
        ),
    ],
)
def test_every_complaint_is_vietnamese(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(arguments, capsys)
    assert code == 2
    assert text.splitlines()[-1].startswith(complaint)
    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "a.csv: không có tệp hoặc thư mục này; hãy xem lại đường dẫn, hoặc tạo thư mục trước."),
        (errno.EACCES, "a.csv: không có quyền đọc hoặc ghi ở đây; hãy xin quyền, hoặc chọn thư mục khác."),
        (errno.ENOSPC, "a.csv: ổ đĩa đã đầy; hãy dọn bớt, hoặc chọn ổ đĩa khác."),
        (errno.EIO, f"a.csv: hệ điều hành báo lỗi {errno.EIO} ({os.strerror(errno.EIO)}); hãy báo người quản trị máy."),
    ],
)
def test_what_the_system_refuses_is_said_with_what_to_do(number: int, said: str) -> None:
    assert refusal(OSError(number, os.strerror(number), "a.csv")) == said


def test_a_refusal_of_the_disk_is_told_by_the_command(
    tmp_path: Path, reports_directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.csv").mkdir()
    code = cli.main(["export", "--warehouse", str(reports_directory), str(tmp_path / "folder.csv")])
    told = capsys.readouterr().err.splitlines()
    assert (code, told[-1]) == (1, f"{tmp_path / 'folder.csv'}: đây là thư mục, không phải tệp; hãy ghi thêm tên tệp.")
