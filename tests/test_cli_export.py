"""`cchc export` of rows, figures and rates: what the options ask for is what the file holds."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

import cli

QUANG_DIEN, HOANG_HOP, HOANG_DUC = "477", "15919", "15928"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports_directory: Path) -> Path:
    monkeypatch.setenv("CCHC_WAREHOUSE", str(reports_directory))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*arguments: str) -> int:
    try:
        return cli.main(["export", *arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_several_units_periods_and_indicators(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = ("--unit", HOANG_HOP, "--unit", "38", "--only-unit", QUANG_DIEN)
    asked = ("--period", "2024-6M", "--period", "2023-6M", "--indicator", "plan_tasks", "--status", "reported")
    assert export("rows.csv", *units, *asked) == 0
    assert capsys.readouterr().out == "rows.csv: 3 dòng\n"
    assert {(line["unit_code"], line["raw_value"]) for line in read(folder / "rows.csv")} == {
        (HOANG_DUC, "20"),
        (HOANG_HOP, "21"),
        (QUANG_DIEN, "32"),
    }


HUYEN, XA = (
    "399 (Huyện Hoằng Hóa, Tỉnh Thanh Hóa, đến hết 30/06/2025)",
    "15865@2025-07-01 (Xã Hoằng Hóa, Tỉnh Thanh Hóa)",
)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--unit", "Hoằng Hóa"), f"Đơn vị có tên ấy: {HUYEN}; {XA}."),
        (("--only-unit", HOANG_HOP, "--only-unit", "huyen hoang hoa"), f"Đơn vị có tên ấy: {HUYEN}."),
        (
            ("--unit", "hoang duc"),
            "Đơn vị có tên ấy: 15928 (Xã Hoằng Đức, Huyện Hoằng Hóa, Tỉnh Thanh Hóa, đến hết 30/06/2025).",
        ),
        (("--unit", "Quảng"), None),
    ],
)
def test_the_name_of_a_unit_in_place_of_its_code_is_answered_by_codes(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str | None
) -> None:
    assert export("rows.csv", *asked) == 2
    unknown, *named = capsys.readouterr().err.splitlines()
    given = next(text for text in asked if not text.startswith("--") and text != HOANG_HOP)
    assert unknown == f"Không có đơn vị “{given}” trong kho dữ liệu; hãy kiểm tra lại mã."
    assert named == ([said] if said else [])
    assert not (folder / "rows.csv").exists()


def test_figures_with_periods_or_indicators_as_columns(folder: Path) -> None:
    units = ("--only-unit", HOANG_HOP, "--only-unit", HOANG_DUC)
    asked = ("--what", "figures", "--indicator", "plan_tasks", "--indicator", "plan_tasks_done")
    assert export("periods.csv", *units, *asked, "--wide") == 0
    assert [(line["unit_code"], line["indicator"], line["2024-6M"]) for line in read(folder / "periods.csv")] == [
        (HOANG_DUC, "plan_tasks", "20.0"),
        (HOANG_DUC, "plan_tasks_done", "20.0"),
        (HOANG_HOP, "plan_tasks", "21.0"),
        (HOANG_HOP, "plan_tasks_done", "14.0"),
    ]
    assert export("indicators.xlsx", *units, *asked, "--wide", "indicators", "--language", "en") == 0
    wide = pl.read_excel(folder / "indicators.xlsx", sheet_name="Figures")
    names = ("Tasks set in the annual reform plan (tasks)", "Tasks of the annual reform plan completed (tasks)")
    assert wide.select("Unit code", "Period code", *names).rows() == [
        (HOANG_DUC, "2024-6M", 20, 20),
        (HOANG_HOP, "2024-6M", 21, 14),
    ]


def test_rates_under_one_definition_at_one_level(folder: Path) -> None:
    asked = ("--rate", "on_time_rate", "--definition", "resolved", "--level", "district", "--unit", "46")
    assert export("rates.parquet", "--what", "rates", *asked) == 0
    frame = pl.read_parquet(folder / "rates.parquet")
    assert frame.select("unit_code", "numerator", "denominator", "stated_percent").rows() == [
        (QUANG_DIEN, 7813.0, 7843.0, 99.62)
    ]


@pytest.mark.parametrize("file", [("rates.sdmx.csv",), ("rates.csv", "--format", "sdmx")])
def test_sdmx_brings_its_structure(folder: Path, file: tuple[str, ...]) -> None:
    assert export(*file, "--what", "rates", "--unit", QUANG_DIEN) == 0
    (line,) = [one for one in read(folder / file[0]) if one["INDICATOR"] == "on_time_rate"]
    assert (line["REF_AREA"], line["TIME_PERIOD"], line["OBS_STATUS"]) == (QUANG_DIEN, "2023-12-15/P6M", "A")
    assert (folder / f"{file[0].removesuffix('.csv')}.structure.json").exists()


def test_the_whole_country_is_a_unit_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, units in (("all.csv", ()), ("nation.csv", ("--unit", "VN", "--unit", QUANG_DIEN))):
        assert export(name, "--what", "rates", "--rate", "plan_completion", *units) == 0
        capsys.readouterr()
    assert (folder / "all.csv").read_bytes() == (folder / "nation.csv").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.sdmx.csv",), "--what figures"),
        (("a.csv", "--rate", "on_time_rate"), "--rate không dùng được với --what rows"),
        (("a.csv", "--wide"), "--wide không dùng được với --what rows"),
        (("a.csv", "--what", "rates", "--indicator", "plan_tasks"), "--indicator không dùng được với --what rates"),
        (("a.csv", "--what", "rates", "--rate", "x"), "Không có tỷ lệ “x”"),
        (("a.csv", "--what", "figures", "--only-unit", "x"), "Không có đơn vị “x”"),
        (("a.csv", "--level", "ward"), "--level"),
        (("a.csv", "--what", "figures", "--wide", "long"), "--wide"),
        (("a.txt",), "csv, parquet, sdmx.csv, xlsx"),
        (("a.txt", "--format", "sdmx.csv"), "--format"),
    ],
)
def test_what_does_not_go_together_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert export(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert list(folder.iterdir()) == []


def test_figures_on_the_map_of_today_and_by_quarter(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--what", "rates", "--rate", "on_time_rate", "--unit", "22", "--level", "commune", "--period", "2024-12M")
    assert export("now.csv", *asked, "--boundary", "now") == 0
    assert export("estimated.csv", *asked, "--boundary", "estimated") == 0
    now, estimated = read(folder / "now.csv"), read(folder / "estimated.csv")
    assert {(line["boundary"], line["counting"]) for line in estimated} == {("estimated", "printed")}
    guessed = {line["unit_code"] for line in estimated if line["estimated"] == "true"}
    assert guessed <= {line["unit_code"] for line in now if line["problem"] == "split" and line["percent"] == ""}
    assert {line["reason"] for line in now if line["problem"] == "split"} == {"đơn vị cũ bị chia tách"}
    assert len(guessed) > 0
    quarters = ("--what", "figures", "--indicator", "plan_tasks", "--unit", "22", "--counting", "discrete")
    assert export("quarters.csv", *quarters) == 0
    assert {line["period"][5] for line in read(folder / "quarters.csv")} == {"Q"}
    capsys.readouterr()
    assert export("no.csv", "--what", "figures", "--others", "--boundary", "now") == 2
    assert "--others chỉ dùng được với --boundary then" in capsys.readouterr().err
    assert export("no.csv", *quarters, "--period", "2024-9M") == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "--counting discrete đếm riêng từng quý nên chỉ có kỳ là quý; 2024-9M là kỳ lũy kế. Hãy hỏi --period 2024-Q1 "
        "--period 2024-Q2 --period 2024-Q3, hoặc bỏ --counting discrete để lấy số lũy kế như báo cáo in."
    )
    assert export("no.csv", "--counting", "discrete") == 2
    assert export("no.csv", "--what", "rates", "--only-unit", "15919", "--boundary", "now") == 2
    assert "đơn vị “15919” trên địa giới hiện nay" in capsys.readouterr().err


def test_real_reports_come_first_and_the_two_worlds_are_told_apart(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--what", "figures", "--indicator", "plan_tasks", "--level", "commune", "--period", "2024-6M")
    found = []
    for world in ((), ("--world", "real"), ("--world", "simulated"), ("--world", "both")):
        assert export("rows.csv", *asked, *world) == 0
        kinds = [line["simulated"] for line in read(folder / "rows.csv")]
        found.append((set(kinds), len(kinds), capsys.readouterr().err))
    default, real, simulated, both = found
    assert default[:2] == real[:2] == ({"false"}, 3)
    assert both[:2] == ({"false", "true"}, 3 + simulated[1])
    assert default[2] == (
        f"Lưu ý: chỉ xuất báo cáo thật; còn {simulated[1]} dòng mô phỏng cũng khớp "
        "(thêm --world simulated hoặc --world both để lấy).\n"
    )
    assert real[2] == ""
    assert simulated[2] == "Lưu ý: tệp chỉ có dữ liệu mô phỏng, không phải báo cáo thật.\n"
    assert both[2] == (
        f"Lưu ý: tệp có 3 dòng báo cáo thật và {simulated[1]} dòng mô phỏng (cột simulated); "
        "không cộng hai loại với nhau.\n"
    )


def test_a_world_without_a_row_names_the_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export("rows.csv", "--only-unit", HOANG_HOP, "--world", "simulated") == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("Với --world real thì có ")
    assert list(folder.iterdir()) == []


RULE = "mã kỳ gồm năm và một trong Q1, Q2, 6M, Q3, 9M, Q4, 12M."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("2024", "--unit", "38"), "Năm 2024 có báo cáo của các kỳ: 2024-6M (6 tháng năm 2024)."),
        (("2017", "--unit", "38"), "Có báo cáo của các năm 2024; kỳ mới nhất là 2024-6M (6 tháng năm 2024)."),
        (
            ("2024/6", "--only-unit", HOANG_HOP),
            "Có báo cáo của các năm 2024; kỳ mới nhất là 2024-6M (6 tháng năm 2024).",
        ),
        (("2024", "--unit", "01"), "Chưa có báo cáo nào của đơn vị này."),
    ],
)
def test_what_is_no_period_is_answered_with_the_periods_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    assert export("no.csv", "--period", *asked) == 2
    first = f"--period “{asked[0]}” không phải một kỳ báo cáo: {RULE}"
    assert capsys.readouterr().err.splitlines() == [first, said, "Lặp lại --period để lấy nhiều kỳ."]
    assert not (folder / "no.csv").exists()


def test_all_periods_of_a_simulated_year_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export("no.csv", "--period", "2024", "--unit", "22") == 2
    assert list(folder.iterdir()) == []
    assert capsys.readouterr().err.splitlines()[1] == (
        "Năm 2024 có báo cáo của các kỳ: 2024-Q1 (quý I/2024), 2024-6M (6 tháng năm 2024), "
        "2024-9M (9 tháng năm 2024), 2024-12M (năm 2024)."
    )
