"""A form nobody has seen: its columns, its sections, its draft, and the same file loaded again with that."""

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter

from loaders.annexes import find_annexes
from loaders.columns import column_period
from loaders.draft import draft_form
from loaders.form import all_forms
from loaders.load import LoadedFile, load_file
from loaders.match import match_form
from loaders.nearest import nearest_indicators
from loaders.outcomes import as_lines, as_values
from loaders.readers import read_document
from loaders.viewpoint import seen_from
from warehouse.model import Level
from warehouse.periods import parse_period

COMMUNE = (
    ("UBND xã Hà Vinh, huyện Hà Trung, tỉnh Thanh Hóa báo cáo công tác 6 tháng đầu năm 2024",),
    ("STT", "Nội dung", "ĐVT", "Kỳ trước", "Kỳ báo cáo", "Luỹ kế", "Ghi chú"),
    ("I", "CÔNG TÁC CHỈ ĐẠO"),
    ("1", "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản", 5, 7, 12),
    ("", "Trong đó: việc thử chưa ai biết", "Việc", 1, "", 3),
    ("II", "KẾT QUẢ GIẢI QUYẾT HỒ SƠ"),
    ("1", "Số hồ sơ đã giải quyết", "Hồ sơ", 300, 1200, 1500),
    ("2", "Tỷ lệ giải ngân vốn đầu tư công", "%", 20, "45,2", "45,2", "chưa hết kỳ"),
)
PROVINCE = (
    ("ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG",),
    ("Báo cáo công tác Quý II năm 2023",),
    ("TT", "Chỉ tiêu", "Đơn vị", "Thực hiện quý II", "Lũy kế 6 tháng"),
    ("I. CHỈ ĐẠO ĐIỀU HÀNH",),
    ("1", "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản", 12, 25),
    ("II. CẢI CÁCH THỂ CHẾ",),
    ("1", "Tổng số VBQPPL do địa phương ban hành", "Văn bản", 8, 15),
    ("Ghi chú: số liệu thử.",),
)


def written(lines: tuple[tuple[object, ...], ...], path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Trang 1")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, list(line))
    return path


@pytest.fixture
def commune(tmp_path: Path) -> LoadedFile:
    return load_file(written(COMMUNE, tmp_path / "commune.xlsx"))


@pytest.fixture
def province(tmp_path: Path) -> LoadedFile:
    return load_file(written(PROVINCE, tmp_path / "province.xlsx"))


def figures(outcome: LoadedFile) -> list[tuple[str | None, str, str, str | None]]:
    """Code, column, its period and the raw figure of every observation with one."""
    assert outcome.report is not None
    rows = (row for row in outcome.report.observations if row.source == "annex" and row.raw_value)
    return [(row.code, row.column_label, row.column_period, row.raw_value) for row in rows]


def test_the_column_of_the_period_is_used_and_the_others_are_kept(commune: LoadedFile) -> None:
    assert figures(commune) == [
        ("1", "Kỳ báo cáo", "2024-6M", "7"),
        ("1", "Kỳ trước", "", "5"),
        ("1", "Luỹ kế", "", "12"),
        (None, "Kỳ trước", "", "1"),
        (None, "Luỹ kế", "", "3"),
        ("1", "Kỳ báo cáo", "2024-6M", "1200"),
        ("1", "Kỳ trước", "", "300"),
        ("1", "Luỹ kế", "", "1500"),
        ("2", "Kỳ báo cáo", "2024-6M", "45,2"),
        ("2", "Kỳ trước", "", "20"),
        ("2", "Luỹ kế", "", "45,2"),
    ]


def test_loading_says_which_columns_were_used(commune: LoadedFile) -> None:
    assert as_lines(commune, {}, None)[1] == (
        "    số liệu của kỳ lấy ở cột “Kỳ báo cáo”; cột “Kỳ trước”, “Luỹ kế” được lưu, không tính vào kỳ này"
    )
    assert as_values(commune, {}, {})["columns"] == {"used": ["Kỳ báo cáo"], "kept": ["Kỳ trước", "Luỹ kế"]}


def test_a_row_no_form_knows_is_listed_with_three_nearest_indicators(commune: LoadedFile) -> None:
    told = json.loads(json.dumps(as_values(commune, {}, {})))
    assert (told["rows"], told["mapped"], told["form"]) == (6, 0, None)
    assert [len(row["nearest"]) for row in told["unmapped"]] == [3] * 6
    assert told["unmapped"][4]["nearest"][0]["indicator"] == "dossiers_resolved"


def test_a_heading_over_the_whole_row_is_a_section_and_a_remark_is_no_row(province: LoadedFile) -> None:
    assert province.report is not None
    assert (province.unit_name, province.report.period) == ("Tỉnh Sóc Trăng", "2023-Q2")
    rows = [(row.code, row.label, row.parent_label) for row in province.unmapped]
    assert rows == [
        ("I", "CHỈ ĐẠO ĐIỀU HÀNH", None),
        ("1", "Số văn bản chỉ đạo CCHC đã ban hành", "CHỈ ĐẠO ĐIỀU HÀNH"),
        ("II", "CẢI CÁCH THỂ CHẾ", None),
        ("1", "Tổng số VBQPPL do địa phương ban hành", "CẢI CÁCH THỂ CHẾ"),
    ]
    assert figures(province)[:2] == [
        ("1", "Thực hiện quý II", "2023-Q2", "12"),
        ("1", "Lũy kế 6 tháng", "2023-6M", "25"),
    ]


@pytest.mark.parametrize(("lines", "level"), [(COMMUNE, "commune"), (PROVINCE, "province")])
def test_an_unedited_draft_knows_every_row_of_its_file(
    lines: tuple[tuple[object, ...], ...], level: str, tmp_path: Path
) -> None:
    path = written(lines, tmp_path / "new.xlsx")
    drafted = draft_form(path, tmp_path / "forms")
    (form,) = all_forms(tmp_path / "forms")
    annexes = find_annexes(read_document(path))
    match = match_form(annexes, (form,))
    assert match is not None
    assert (match.share, form.levels, drafted.rows) == (1.0, (level,), sum(len(annex.rows) for annex in annexes))


def test_editing_the_draft_is_editing_its_rows(tmp_path: Path) -> None:
    path = written(COMMUNE, tmp_path / "new.xlsx")
    rows = draft_form(path, tmp_path / "forms").folder / "rows.csv"
    with rows.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["indicator"] for line in lines] == [
        "", "directive_documents", "", "", "dossiers_resolved", "disbursement_rate_stated"
    ]  # fmt: skip
    lines[2]["indicator"] = "plan_tasks"
    with rows.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys())
        writer.writeheader()
        writer.writerows(lines)
    match = match_form(find_annexes(read_document(path)), all_forms(tmp_path / "forms"))
    assert match is not None
    assert [row.indicator if row else "no row" for row in match.rows[0]][2] == "plan_tasks"


@pytest.mark.parametrize(
    ("label", "period", "code"),
    [
        ("Số liệu", "2024-6M", None),
        ("Kỳ báo cáo", "2024-6M", "2024-6M"),
        ("Kỳ trước", "2024-6M", ""),
        ("Cùng kỳ năm trước", "2024-6M", "2023-6M"),
        ("Lũy kế", "2024-Q2", "2024-6M"),
        ("Luỹ kế từ đầu năm", "2024-Q3", "2024-9M"),
        ("Lũy kế", "2024-6M", ""),
        ("Quý I", "2024-6M", "2024-Q1"),
        ("Năm 2023", "2024-6M", "2023-12M"),
        ("Kế hoạch năm", "2024-6M", ""),
        ("So với cùng kỳ (%)", "2024-6M", ""),
    ],
)
def test_the_period_of_a_column(label: str, period: str, code: str | None) -> None:
    assert column_period(label, parse_period(period)) == code


ABOVE, OWN = "assigned_tasks", "issued_tasks"


@pytest.mark.parametrize(
    ("level", "label", "parent", "likeliest"),
    [
        ("commune", "Số nhiệm vụ được giao", None, ABOVE),
        ("commune", "Số nhiệm vụ được giao", "Thực hiện nhiệm vụ UBND huyện giao", ABOVE),
        ("district", "Số nhiệm vụ được giao", "Thực hiện nhiệm vụ UBND tỉnh giao", ABOVE),
        ("district", "Số nhiệm vụ được giao", "Thực hiện nhiệm vụ UBND thị xã giao", OWN),
        ("province", "Số nhiệm vụ được giao", "Thực hiện nhiệm vụ UBND tỉnh giao", OWN),
        ("commune", "Số nhiệm vụ được UBND thành phố giao", None, ABOVE),
        ("province", "Số nhiệm vụ do UBND tỉnh giao", None, OWN),
        ("district", "Số nhiệm vụ được cấp trên giao", None, ABOVE),
    ],
)
def test_who_assigned_a_task_depends_on_who_reports(
    level: Level, label: str, parent: str | None, likeliest: str
) -> None:
    first, second = nearest_indicators(label, parent, level=level)[:2]
    assert first.indicator == likeliest
    assert first.score - second.score >= 0.03


@pytest.mark.parametrize(
    ("level", "label", "seen"),
    [
        ("commune", "UBND huyện, Chủ tịch UBND huyện giao", "cap tren chu tich cap tren giao"),
        ("district", "UBND huyện giao; Số UBND cấp xã đã kiểm tra", "cap minh giao so ubnd cap duoi da kiem tra"),
        ("district", "UBND thành phố giao", "ubnd thanh pho giao"),
        ("province", "UBND thành phố giao các quận", "cap minh giao cac quan"),
        ("commune", "Số nhiệm vụ do cấp báo cáo giao", "so nhiem vu do cap minh giao"),
    ],
)
def test_a_tier_is_seen_from_the_reporter(level: Level, label: str, seen: str) -> None:
    assert seen_from(level, label) == seen


def test_a_draft_leaves_open_what_two_indicators_fit_alike(tmp_path: Path) -> None:
    """A district may mean the tasks it was given or those it gave; a commune has only the first on any form."""
    rows = (("STT", "Nội dung", "ĐVT", "Số liệu"), ("1", "Số nhiệm vụ được giao", "Nhiệm vụ", 7))
    drafted = {}
    for sender in ("UBND huyện Hà Trung", "UBND xã Hà Vinh, huyện Hà Trung"):
        title = (f"{sender}, tỉnh Thanh Hóa báo cáo công tác 6 tháng đầu năm 2024",)
        path = written((title, *rows), tmp_path / f"{len(drafted)}.xlsx")
        with (draft_form(path, tmp_path / "forms").folder / "rows.csv").open(encoding="utf-8", newline="") as file:
            (line,) = csv.DictReader(file)
        drafted[sender.split()[1]] = (line["indicator"], line["alternatives"].split()[:2])
    assert drafted["huyện"] == ("", [ABOVE, OWN])
    assert drafted["xã"] == (ABOVE, [OWN, "civil_leaders_reappointed"])
