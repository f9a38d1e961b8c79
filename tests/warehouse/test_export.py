"""Exports: exactly the rows of the filter, Vietnamese intact, nothing that a spreadsheet would run."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest
from small import CHAU, DUC, FORMS, HOANG_HOA, HOP, NOW, ON_TIME, QUANG_DIEN, RECEIVED, report, row

from pages.kit.words import Words
from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.answers.explore import FigureFilter, RateFilter
from warehouse.exports.caveats import REASONS
from warehouse.exports.codes import in_words
from warehouse.exports.definitions import definitions
from warehouse.exports.extract import Extract, extract, sources
from warehouse.exports.workbook import FORMATS, MOST_ROWS, SDMX, TooManyRows, export_rows, table_csv, to_xlsx
from warehouse.model import NATION, batch_of
from warehouse.numbers import Language
from warehouse.store import QUERIES, Warehouse, open_warehouse
from warehouse.versions.publish import publish

HOSTILE = (
    "=1+1",
    "+84 234",
    "-cmd",
    "@SUM(A1:A9)",
    "\t=1+1",
    "=HYPERLINK(“x”)",
    "{=1+1}",
    "http://example.org/",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    'dấu phẩy, "ngoặc kép"; xuống\ndòng',
    "Đặng Thị Mỹ Hạnh – Tỷ lệ hồ sơ ≥ 50 %",
    "'đã có dấu nháy",
)
NEUTRALISED = {text: f"'{text}" for text in HOSTILE if text[0] in "=+-@\t"}
FIGURES = {"-5": -5, "-1234567.25": -1234567.25, "+3": 3, "0": 0, "4.340": 4.34}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("hostile")
    labelled = (row(RECEIVED if number == 0 else None, 1, label=text, note=text) for number, text in enumerate(HOSTILE))
    figures = (row(None, text, raw_value=text, label="Số âm") for text in FIGURES)
    made = report(HOP, NOW, (*labelled, *figures, row(ON_TIME, None)), file_name="=báo cáo.txt")
    publish(directory, batch_of([made]), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_opens_in_a_spreadsheet_as_written(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "số liệu.csv"
    assert export_rows(warehouse, RowFilter(DUC), path, "vi") == 3
    assert path.read_bytes().startswith(b"\xef\xbb\xbfunit_name,province_name,unit_code,")
    lines = read_csv(path)
    assert [line["unit_name"] for line in lines] == ["Xã Hoằng Đức"] * 3
    assert [(line["indicator"], line["raw_value"], line["value"], line["status"]) for line in lines] == [
        (RECEIVED, "50", "50.0", "reported"),
        (ON_TIME, "", "", "blank"),
        ("dossiers_received_online_level_4", "", "", "blank"),
    ]


def test_csv_runs_no_formula(hostile: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    export_rows(hostile, RowFilter(NATION), path, "vi")
    lines = read_csv(path)
    assert [line["label"] for line in lines[: len(HOSTILE)]] == [NEUTRALISED.get(text, text) for text in HOSTILE]
    assert [line["note"] for line in lines[: len(HOSTILE)]] == [NEUTRALISED.get(text, text) for text in HOSTILE]
    assert {line["file_name"] for line in lines} == {"'=báo cáo.txt"}


def test_csv_leaves_numbers_as_they_are(hostile: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    export_rows(hostile, RowFilter(NATION), path, "vi")
    figures = [line for line in read_csv(path) if line["label"] == "Số âm"]
    assert [line["raw_value"] for line in figures] == list(FIGURES)
    assert [line["value"] for line in figures] == ["-5.0", "-1234567.25", "3.0", "0.0", "4.34"]


def test_xlsx_has_figures_definitions_and_sources(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    wanted = RowFilter(HOANG_HOA)
    assert export_rows(warehouse, wanted, path, "vi") == 41
    book = fastexcel.read_excel(path)
    assert book.sheet_names == ["Số liệu", "Định nghĩa", "Các cột", "Lưu ý", "Nguồn"]
    figures, used, columns, _, origin = (book.load_sheet(name).to_polars() for name in book.sheet_names)
    frame = answers.rows(warehouse, wanted, limit=1000)
    assert figures["Giá trị"].to_list() == frame["value"].to_list()
    assert figures["Chỉ tiêu như in"].to_list() == frame["label"].to_list()
    named = dict(used.select("Mã chỉ tiêu", "Tên chỉ tiêu hoặc tỷ lệ").iter_rows())
    assert figures["Tên chỉ tiêu"].to_list() == [named.get(code) for code in frame["indicator"]]
    assert (used.height, origin.height) == (8, 14)
    assert origin["Số dòng lấy từ báo cáo"].sum() == 41
    assert origin.filter(pl.col("Mô phỏng") == "mô phỏng")["Mã đơn vị"].to_list() == [CHAU]
    # Every heading of every sheet leads to its field and its meaning.
    fields = {(sheet, heading): (field, meaning) for sheet, heading, field, meaning in columns.iter_rows()}
    for name in ("Số liệu", "Định nghĩa", "Lưu ý", "Nguồn"):
        for heading in book.load_sheet(name).to_polars().columns:
            assert fields[name, heading][1]
    assert [fields["Số liệu", heading][0] for heading in figures.columns] == extract(
        warehouse, wanted, "vi"
    ).values.columns


def test_a_workbook_suits_an_analyst(warehouse: Warehouse, tmp_path: Path) -> None:
    """One heading row, held and with filters; numbers are numbers, dates are dates, codes stay text."""
    path = tmp_path / "rates.xlsx"
    export_rows(warehouse, RateFilter(alone=(QUANG_DIEN,), rates=("on_time_rate",), levels=("district",)), path, "vi")
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    cells = {cell.value: book["Số liệu"][f"{cell.column_letter}2"] for cell in book["Số liệu"][1]}
    assert cells["Tỷ lệ (%)"].number_format == cells["Tỷ lệ in trong báo cáo (%)"].number_format == "#,##0.00"
    assert (cells["Tỷ lệ in trong báo cáo (%)"].value, cells["Tỷ lệ (%)"].data_type) == (99.5, "n")
    assert (cells["Mẫu số"].value, cells["Mẫu số"].number_format) == (800, "#,##0")
    assert (cells["Mã đơn vị"].value, cells["Mã đơn vị"].data_type) == (QUANG_DIEN, "s")
    origin = {cell.value: book["Nguồn"][f"{cell.column_letter}2"] for cell in book["Nguồn"][1]}
    assert origin["Kỳ từ ngày"].value == datetime(2023, 12, 15)
    assert origin["Kỳ từ ngày"].number_format == "dd/mm/yyyy"
    assert min(sheet.column_dimensions["A"].width for sheet in book) > 9


def test_a_part_without_its_rate_says_why_and_is_not_to_be_added(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rates.xlsx"
    wanted = RateFilter(alone=(DUC,), periods=(NOW,), rates=("on_time_rate",))
    assert export_rows(warehouse, wanted, path, "vi") == 1
    told = pl.read_excel(path).select("Tử số", "Mẫu số", "Tỷ lệ (%)", "Lý do thiếu")
    assert told.rows() == [(None, 50, None, "thiếu tử số hoặc mẫu số")]
    notes = pl.read_excel(path, sheet_name="Lưu ý")["Nội dung"].to_list()
    assert [note for note in notes if note.startswith("1 dòng có tử số hoặc mẫu số nhưng không có tỷ lệ")] != []
    assert [note for note in notes if "cách tính đã chọn" in note] == []


def test_a_wide_workbook_names_the_unit_of_its_columns(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    figures = FigureFilter(alone=(DUC,), periods=(NOW,), indicators=(RECEIVED,), layout="indicators")
    export_rows(warehouse, figures, path, "vi")
    assert pl.read_excel(path).columns[-1] == "Số hồ sơ thủ tục hành chính đã tiếp nhận (hồ sơ)"
    export_rows(warehouse, RateFilter(alone=(QUANG_DIEN,), periods=(NOW,), layout="periods"), path, "vi")
    assert pl.read_excel(path).columns[-1] == f"{NOW} (%)"
    export_rows(warehouse, replace(figures, layout="periods"), path, "vi")
    assert pl.read_excel(path).select("Đơn vị tính", NOW).rows() == [("hồ sơ", 50)]


def test_xlsx_speaks_english_too(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    export_rows(warehouse, RowFilter(DUC, indicators=(RECEIVED,)), path, "en")
    book = fastexcel.read_excel(path)
    assert book.sheet_names == ["Figures", "Definitions", "Columns", "Caveats", "Sources"]
    (defined,) = book.load_sheet("Definitions").to_polars().rows()
    assert defined[:2] == ("Dossiers received", "dossiers")
    assert defined[2].startswith("The sum of: Dossiers received in person + ")
    assert defined[3:7] == ("of the period", "neither", "yes", "Administrative procedure reform")
    assert "On-time resolution rate (On time out of received)" in defined[7].split("; ")
    assert defined[8] == RECEIVED


def test_xlsx_holds_no_formula_and_no_link(hostile: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    export_rows(hostile, RowFilter(NATION), path, "vi")
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        relations = [book.read(name).decode() for name in book.namelist() if name.endswith(".rels")]
    assert len(sheets) == 5
    assert [text for text in sheets if re.search(r"<f[ >]|<hyperlink", text)] == []
    assert [text for text in relations if "hyperlink" in text or "External" in text] == []
    figures = fastexcel.read_excel(path).load_sheet("Số liệu").to_polars()
    assert figures["Chỉ tiêu như in"].to_list()[: len(HOSTILE)] == list(HOSTILE)
    # A number is a number cell, whatever its sign.
    column = figures.columns.index("Giá trị")
    letter = chr(ord("A") + column)
    (cells,) = [re.findall(rf'<c r="{letter}(\d+)"[^>]*?(?: t="(\w+)")?[^>]*><v>([^<]*)</v>', sheets[0])]
    numbers = {int(number): value for number, kind, value in cells if kind != "s"}
    first = len(HOSTILE) + 2
    assert [float(numbers[first + number]) for number in range(len(FIGURES))] == list(FIGURES.values())


def test_parquet_keeps_types_and_carries_its_definitions(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    wanted = RowFilter(HOANG_HOA, indicators=(RECEIVED, "plan_tasks"))
    assert export_rows(warehouse, wanted, path, "en") == 12
    frame = pl.read_parquet(path)
    assert frame.drop("name").equals(answers.rows(warehouse, wanted, limit=1000))
    assert frame["name"].unique().sort().to_list() == ["Dossiers received", "Tasks set in the annual reform plan"]
    types = {name: frame.schema[name] for name in ("value", "row_no", "simulated", "raw_value")}
    assert types == {"value": pl.Float64, "row_no": pl.Int32, "simulated": pl.Boolean, "raw_value": pl.String}
    assert json.loads(pl.read_parquet_metadata(path)["definitions"]) == [
        {
            "name": "Tasks set in the annual reform plan",
            "measure": "tasks",
            "how": "A figure as it stands when the report is made, as the report prints it",
            "kind": "stock",
            "direction": "none",
            "additive": True,
            "theme": "Direction and steering",
            "used_in": "Reform plan completion rate (Tasks completed out of tasks planned)",
            "indicator": "plan_tasks",
        },
        {
            "name": "Dossiers received",
            "measure": "dossiers",
            "how": "The sum of: Dossiers received in person + Dossiers received by public post + "
            "Dossiers received online at level 3 + Dossiers received online at level 4",
            "kind": "flow",
            "direction": "none",
            "additive": True,
            "theme": "Administrative procedure reform",
            "used_in": "On-time resolution rate (On time out of received); "
            "Online filing rate (Online out of all received)",
            "indicator": RECEIVED,
        },
    ]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (RowFilter(NATION), 56),
        (RowFilter(HOANG_HOA, simulated=True), 2),
        (RowFilter(HOANG_HOA, levels=("district",), statuses=("reported",)), 3),
    ],
)
@pytest.mark.parametrize("suffix", sorted({*FORMATS} - {SDMX}))
def test_every_format_holds_the_rows_of_the_filter(
    warehouse: Warehouse, tmp_path: Path, suffix: str, wanted: RowFilter, count: int
) -> None:
    path = tmp_path / f"rows.{suffix}"
    assert export_rows(warehouse, wanted, path, "vi") == count
    frame = answers.rows(warehouse, wanted, limit=1000)
    read = {
        "csv": lambda: pl.read_csv(path, infer_schema=False),
        "xlsx": lambda: pl.read_excel(path),
        "parquet": lambda: pl.read_parquet(path),
    }[suffix]()
    headings = {"report_id": "Mã báo cáo", "place": "Vị trí trong tệp", "label": "Chỉ tiêu như in"}
    assert len(read.columns) == len(frame.columns) + 1  # the name of the indicator
    for column, heading in headings.items():
        printed = frame[column].str.replace("line:", "dòng ") if suffix == "xlsx" else frame[column]
        assert read[heading if suffix == "xlsx" else column].to_list() == printed.to_list()


@pytest.mark.parametrize("suffix", sorted({*FORMATS} - {SDMX}))
def test_an_empty_answer_is_an_empty_table_with_its_headings(warehouse: Warehouse, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rows.{suffix}"
    wanted = RowFilter(HOANG_HOA, periods=("2030-6M",))
    assert export_rows(warehouse, wanted, path, "vi") == 0
    columns = extract(warehouse, wanted, "vi").values.columns
    if suffix == "xlsx":
        sheet = fastexcel.read_excel(path).load_sheet("Số liệu")
        found = [column.name for column in sheet.available_columns()]
        assert (sheet.height, len(found), found[0]) == (0, len(columns), "Tên đơn vị")
    elif suffix == "csv":
        assert path.read_bytes().decode("utf-8-sig").strip().split(",") == columns
    else:
        assert pl.read_parquet(path).columns == columns


@pytest.mark.parametrize("name", ["rows.xls", "rows", "rows.csv.gz", ".csv"])
def test_an_unknown_suffix_is_refused_before_anything_is_written(
    warehouse: Warehouse, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("giữ nguyên", encoding="utf-8")
    with pytest.raises(ValueError, match=r"cần một trong csv, parquet, sdmx\.csv, xlsx"):
        export_rows(warehouse, RowFilter(DUC), path, "vi")
    assert path.read_text(encoding="utf-8") == "giữ nguyên"


def test_a_suffix_may_be_written_in_capitals(warehouse: Warehouse, tmp_path: Path) -> None:
    assert export_rows(warehouse, RowFilter(DUC), tmp_path / "ROWS.CSV", "vi") == 3


def test_a_worksheet_is_not_overfilled() -> None:
    frame, none = pl.DataFrame({"value": pl.zeros(MOST_ROWS + 1, dtype=pl.Int8, eager=True)}), pl.DataFrame()
    with pytest.raises(TooManyRows, match="Parquet"):
        to_xlsx(Extract(frame, none, none, none, frame, None, "vi"))


def test_sources_count_the_rows_of_each_report(warehouse: Warehouse) -> None:
    rows = answers.rows(warehouse, RowFilter(HOP), limit=100)
    found = sources(warehouse, rows)
    assert found.columns[:7] == ["report_id", "unit_name", "unit_code", "period", "form", "file_name", "simulated"]
    assert found.columns[7:] == [
        "document_number",
        "signed_on",
        "as_of",
        "window_start",
        "window_end",
        "sha256",
        "rows",
    ]
    assert found.select("period", "window_end", "rows").rows() == [
        ("2023-6M", date(2023, 6, 14), 4),
        (NOW, date(2024, 6, 14), 4),
    ]
    assert definitions(warehouse, rows, "vi")["name"].to_list() == [
        "Số hồ sơ thủ tục hành chính đã tiếp nhận",
        "Số hồ sơ tiếp nhận trực tuyến mức độ 3",
        "Số hồ sơ tiếp nhận trực tuyến mức độ 4",
        "Số hồ sơ thủ tục hành chính giải quyết đúng hạn",
    ]


def test_what_a_spreadsheet_would_run_is_marked_whatever_stands_before_it() -> None:
    runs = ["=1+1", " =1+1", "\u00a0=1", "\u200b@x", "＝1+1", "＋1+1", "－x", "＠x", "\t1", "\n=1", "-2+3", "+x", "@x"]
    plain = ["-5", "+5", "-1.234,5", "12", "a=b", "Xã Hà", " 5", "", None]
    frame = pl.DataFrame({"text": [*runs, *plain]})
    read = csv.reader(io.StringIO(table_csv(frame).decode("utf-8-sig"), newline=""))
    lines = [line[0] if line else "" for line in read][1:]
    assert lines == [*(f"'{text}" for text in runs), *(text or "" for text in plain)]


def test_every_reason_that_a_figure_may_be_missing_for_has_words() -> None:
    views = [*(QUERIES.parent / "views").glob("counted_*.sql"), *(QUERIES.parent / "views").glob("*carried*.sql")]
    views += (QUERIES.parent / "views").glob("own_*.sql")
    said = set(re.findall(r"THEN '(\w+)'", "".join(path.read_text(encoding="utf-8") for path in views)))
    assert said - {"estimated", "union", "difference", "own", "reported"} - REASONS.keys() == set()


def test_places_are_said_as_readers_say_them() -> None:
    frame = pl.DataFrame({"place": ["Phụ lục 2, line:203", "Bảng, row:4", "page:3", "report", None]})
    assert in_words(frame, "figures", "vi", ())["place"].to_list() == [
        *("Phụ lục 2, dòng 203", "Bảng, dòng 4", "trang 3", "report", None)
    ]
    assert in_words(frame, "figures", "en", ())["place"][0] == "Phụ lục 2, line 203"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_places_are_said_in_files_as_on_screen(language: Language) -> None:
    places = [
        "Phụ lục 2, line:203",
        "Bảng 1, table:2, row:3/2",
        "sheet:Biểu 1, row:4",
        "page:3, line:7/2",
        "paragraph:9",
    ]
    written = in_words(pl.DataFrame({"place": places}), "figures", language, ())["place"].to_list()
    assert written == [Words(language).place(place) for place in places]
    assert "row:" not in written[1]
