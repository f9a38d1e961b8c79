"""Which form a report follows and which of its rows each printed row is, whatever reporters do to the form."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from report_text import (
    LAYOUTS,
    Layout,
    PrintedAnnex,
    PrintedReport,
    PrintedRow,
    form_annexes,
    opening,
    pipes,
    tabs,
    with_rows,
)

from loaders.annexes import find_annexes
from loaders.form import all_forms
from loaders.load import LoadedFile, Options, load_file
from loaders.match import FormMatch, match_form
from loaders.readers.text import read_text
from warehouse.model import Form, FormRow, Observation
from warehouse.text import words

FORMS = {form.form: form for form in all_forms()}
SENDERS = {
    "hai-phong-commune": ("UBND xã Nam Thanh Miện", "năm 2025", "Tổng số trong năm", "commune"),
    "hcmc-district": ("UBND huyện Củ Chi", "quý I năm 2020", "Quý I", "district"),
    "hue-district": ("UBND huyện Quảng Điền", "6 tháng đầu năm 2024", "6 tháng", "district"),
    "thanh-hoa-commune-2022": ("UBND xã Hà Vinh", "9 tháng đầu năm 2022", "9 tháng", "commune"),
    "thanh-hoa-commune-2024": ("UBND xã Hoằng Hợp", "6 tháng đầu năm 2024", "6 tháng", "commune"),
}

Annexes = tuple[PrintedAnnex, ...]


def loaded(form: str, annexes: Annexes, folder: Path, layout: Layout = tabs) -> LoadedFile:
    sender, period, column, _ = SENDERS[form]
    path = folder / "report.txt"
    path.write_text(layout(PrintedReport(opening(sender, period), annexes, column=column)), encoding="utf-8")
    outcome = load_file(path)
    assert outcome.problem is None
    return outcome


def observed(outcome: LoadedFile) -> tuple[Observation, ...]:
    assert outcome.report is not None
    return outcome.report.observations


def meaning(row: Observation | FormRow | None) -> tuple[str | None, str | None] | None:
    """What a row counts: its indicator and level; the reporter's own level is null."""
    return None if row is None else (row.indicator, row.level)


def expected_meanings(form: str) -> list[tuple[str | None, str | None]]:
    own = SENDERS[form][3]
    return [(row.indicator, row.level or own) for row in FORMS[form].rows]


def matched(annexes: Annexes, form: Form, folder: Path) -> list[FormRow | None]:
    """The form's row for each printed row, in printed order, with no other form to choose from."""
    path = folder / "report.txt"
    path.write_text(tabs(PrintedReport((), annexes)), encoding="utf-8")
    match: FormMatch | None = match_form(find_annexes(read_text(path)), (replace(form, minimum_share=0.0),))
    assert match is not None
    return [row for rows in match.rows for row in rows]


def changed(annexes: Annexes, change: Callable[[PrintedRow], PrintedRow]) -> Annexes:
    return tuple(with_rows(annex, change) for annex in annexes)


def test_a_town_s_clerk_writes_its_own_kind_where_the_form_says_district(tmp_path: Path) -> None:
    def own_kind(row: PrintedRow) -> PrintedRow:
        return replace(row, label=row.label.replace("UBND huyện", "UBND thị xã"))

    found = matched(changed(form_annexes("hue-district"), own_kind), FORMS["hue-district"], tmp_path)
    assert [meaning(row) for row in found] == [meaning(row) for row in FORMS["hue-district"].rows]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_form_as_it_is_printed_is_known_row_by_row(form: str, layout: Layout, tmp_path: Path) -> None:
    outcome = loaded(form, form_annexes(form), tmp_path, layout)
    rows = observed(outcome)
    assert outcome.report is not None
    assert (outcome.report.form, outcome.form_share, outcome.unmapped) == (form, 1.0, [])
    assert [meaning(row) for row in rows] == expected_meanings(form)
    assert [row.raw_value for row in rows] == [str(number) for number in range(1, len(FORMS[form].rows) + 1)]


@pytest.mark.parametrize("form", FORMS)
def test_annexes_may_stand_in_any_order_under_any_number(form: str, tmp_path: Path) -> None:
    annexes = form_annexes(form)
    shuffled = tuple(
        replace(annex, title=f"Biểu số {number}") for number, annex in enumerate(reversed(annexes), start=11)
    )
    by_annex = list(FORMS[form].annexes().values())
    expected = [row for rows in reversed(by_annex) for row in rows]
    outcome = loaded(form, shuffled, tmp_path)
    assert outcome.report is not None
    assert (outcome.report.form, outcome.form_share) == (form, 1.0)
    assert [row.indicator for row in observed(outcome)] == [row.indicator for row in expected]
    assert {row.annex for row in observed(outcome)} == {f"Biểu {number}" for number in range(11, 11 + len(annexes))}


@pytest.mark.parametrize("form", FORMS)
def test_wrong_codes_do_not_move_a_figure(form: str, tmp_path: Path) -> None:
    """Codes are evidence, not keys: all `1.1`, with depths kept, the labels alone decide but for twins."""

    def misnumber(row: PrintedRow) -> PrintedRow:
        return replace(row, code=re.sub(r"\d+", "1", row.code))

    rows = matched(changed(form_annexes(form), misnumber), FORMS[form], tmp_path)
    assert [meaning(row) for row in rows] == [meaning(row) for row in FORMS[form].rows]


@pytest.mark.parametrize("form", FORMS)
def test_a_missing_row_moves_no_other(form: str, tmp_path: Path) -> None:
    """Each row of the form left out in turn: the others keep their meaning, or lose it; none takes another's."""
    form_rows = FORMS[form].annexes()
    for annex in form_annexes(form):
        own = form_rows[annex.title]
        for gone in range(len(own)):
            left = replace(annex, rows=annex.rows[:gone] + annex.rows[gone + 1 :])
            rows = matched((left,), FORMS[form], tmp_path)
            expected = own[:gone] + own[gone + 1 :]
            has_children = any(row.parent_label == own[gone].label for row in own)
            for row, its in zip(rows, expected, strict=True):
                assert meaning(row) == meaning(its) or (row is None and has_children), (annex.title, gone, its)


@pytest.mark.parametrize("form", FORMS)
def test_rows_no_form_knows_are_kept_and_listed(form: str, tmp_path: Path) -> None:
    added = PrintedRow("9.9", "Số mô hình tuyến đường hoa tự quản", "Mô hình", "77")
    annexes = form_annexes(form)
    first = replace(annexes[0], rows=(annexes[0].rows[0], added, *annexes[0].rows[1:], added))
    outcome = loaded(form, (first, *annexes[1:]), tmp_path)
    rows = observed(outcome)
    last = len(first.rows)
    assert [(row.row_no, row.code, row.label, row.raw_value, row.indicator) for row in outcome.unmapped] == [
        (2, "9.9", added.label, "77", None),
        (last, "9.9", added.label, "77", None),
    ]
    assert outcome.rows == len(FORMS[form].rows) + 2
    assert [meaning(row) for row in rows if row.known_row] == expected_meanings(form)
    assert outcome.form_share == len(FORMS[form].rows) / (len(FORMS[form].rows) + 2)


@pytest.mark.parametrize(
    ("form", "printed", "misprinted"),
    [
        ("hue-district", "Thống kê TTHC", "Thông kê TTHC"),
        ("hue-district", "Thống kê TTHC", "THỐNG KÊ TTHC:"),
        ("hue-district", "Số nhiệm vụ đề ra trong kế hoạch", "Số nhiệmm vụ đề ra trong kế hoạch"),
        ("hue-district", "Số nhiệm vụ đề ra trong kế hoạch", "Số nhiêm vụ đê ra trong kế hoach"),
        ("hue-district", "Số nhiệm vụ đề ra trong kế hoạch", "Số nhiệm vụ đề ra trongkế hoạch"),
        ("hue-district", "Số nhiệm vụ đề ra trong kế hoạch", "- Số nhiệm vụ đề ra trong “kế hoạch”;"),
        ("hcmc-district", "Số lượng cơ quan hành chính thực hiện cơ chế tự chủ:", "Số lượng cơ quan hành chánh..."),
    ],
)
def test_a_misprinted_label_is_still_its_row(form: str, printed: str, misprinted: str, tmp_path: Path) -> None:
    if misprinted.endswith("chánh..."):
        misprinted = printed.replace("chính", "chinhs")

    def misprint(row: PrintedRow) -> PrintedRow:
        return replace(row, label=misprinted) if row.label == printed else row

    outcome = loaded(form, changed(form_annexes(form), misprint), tmp_path)
    assert misprinted in {row.label for row in observed(outcome)}
    assert outcome.unmapped == []
    assert [meaning(row) for row in observed(outcome)] == expected_meanings(form)


CONFUSABLE = [
    ("mức độ 3", "mức độ 4"),
    ("mức độ 4", "mức độ 3"),
    ("cấp huyện", "cấp xã"),
    ("cấp xã", "cấp huyện"),
    ("cấp tỉnh", "cấp huyện"),
    ("cấp huyện", "cấp tỉnh"),
    ("đúng hạn", "quá hạn"),
    ("đúng hạn", "trước hạn"),
    ("quá hạn", "đúng hạn"),
    ("trực tiếp", "trực tuyến"),
    ("trực tuyến", "trực tiếp"),
    ("toàn trình", "một phần"),
    ("một phần", "toàn trình"),
    ("đã hoàn thành", "chưa hoàn thành"),
    ("công chức", "viên chức"),
    ("được giao", "có mặt"),
    ("kiểm tra", "rà soát"),
    ("tỉnh giao", "huyện giao"),
    ("huyện giao", "tỉnh giao"),
    ("tiếp nhận", "giải quyết"),
    ("CCHC", "CCVC"),
]


def with_word(text: str, word: str, other: str) -> str:
    return re.sub(re.escape(word), other, text, flags=re.IGNORECASE)


@pytest.mark.parametrize(("word", "other"), CONFUSABLE)
def test_one_word_that_matters_makes_another_row(word: str, other: str, tmp_path: Path) -> None:
    """Every row that has the word, printed with the other one, is never taken for the row it was."""
    seen = 0
    for form in FORMS.values():
        by_annex = form.annexes()
        for annex in form_annexes(form.form):
            for number, row in enumerate(annex.rows):
                label = with_word(row.label, word, other)
                if label == row.label:
                    continue
                seen += 1
                rows = (*annex.rows[:number], replace(row, label=label), *annex.rows[number + 1 :])
                found = matched((replace(annex, rows=rows),), form, tmp_path)
                its = found[number]
                assert its is None or words(its.label) == words(label), (form.form, annex.title, row.label, label)
                others = [one for n, one in enumerate(found) if n != number and one is not None]
                assert by_annex[annex.title][number] not in others, (form.form, annex.title, row.label, label)
    assert seen > 0


def test_rows_under_another_parent_do_not_take_its_figures(tmp_path: Path) -> None:
    """`Cấp xã` stands under many parents: under one the form does not have, it is no row of the form."""
    rows = (
        PrintedRow("1", "Một nội dung mà mẫu không có"),
        PrintedRow("1.1", "Cấp xã", value="5"),
        PrintedRow("1.2", "Cấp huyện", value="6"),
    )
    annexes = form_annexes("hcmc-district")
    first = replace(annexes[0], rows=annexes[0].rows + rows)
    outcome = loaded("hcmc-district", (first, *annexes[1:]), tmp_path)
    assert [(row.label, row.raw_value) for row in outcome.unmapped] == [
        ("Một nội dung mà mẫu không có", None),
        ("Cấp xã", "5"),
        ("Cấp huyện", "6"),
    ]


def test_under_a_parent_no_form_knows_only_a_telling_label_is_a_row(tmp_path: Path) -> None:
    """`Đã thực hiện` says nothing without its parent, `Số phòng đã kiểm tra` does."""
    parents = {"Kiểm tra CCHC", "Tỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công"}

    def rename(row: PrintedRow) -> PrintedRow:
        return replace(row, label="Một nội dung mà mẫu không có") if row.label in parents else row

    outcome = loaded("hue-district", changed(form_annexes("hue-district"), rename), tmp_path)
    assert [(row.annex, row.code, row.label) for row in outcome.unmapped] == [
        ("Phụ lục 2", "3", "Một nội dung mà mẫu không có"),
        ("Phụ lục 7", "1", "Một nội dung mà mẫu không có"),
        ("Phụ lục 7", "1.1", "Kế hoạch được giao"),
        ("Phụ lục 7", "1.2", "Đã thực hiện"),
    ]
    meanings = dict(zip([row.label for row in observed(outcome)], map(meaning, observed(outcome)), strict=True))
    assert meanings["Số phòng đã kiểm tra"] == ("inspected_departments", "district")


def form_of(*rows: tuple[str, str, str]) -> Form:
    """A form of one annex of (code, label, indicator) rows."""
    printed = tuple(
        FormRow("Phụ lục 1", number, code, label, None, "Hồ sơ", indicator, None)
        for number, (code, label, indicator) in enumerate(rows, start=1)
    )
    return Form("made-up", "", "", "", ("commune",), 0.0, printed)


def indicators(form: Form, folder: Path, *rows: tuple[str, str]) -> list[str | None]:
    printed = tuple(PrintedRow(code, label, value="1") for code, label in rows)
    found = matched((PrintedAnnex("Phụ lục 1", printed),), form, folder)
    return [row.indicator if row else None for row in found]


def test_of_twins_the_printed_code_decides_and_each_is_used_once(tmp_path: Path) -> None:
    form = form_of(("1", "Số hồ sơ", "first"), ("2", "Số hồ sơ", "second"), ("3", "Số vụ việc", "third"))
    assert indicators(form, tmp_path, ("1", "Số hồ sơ"), ("2", "Số hồ sơ")) == ["first", "second"]
    assert indicators(form, tmp_path, ("2", "Số hồ sơ"), ("3", "Số vụ việc")) == ["second", "third"]
    assert indicators(form, tmp_path, ("2", "Số hồ sơ"), ("1", "Số hồ sơ")) == ["second", "first"]
    assert indicators(form, tmp_path, ("7", "Số hồ sơ"), ("8", "Số hồ sơ"), ("9", "Số hồ sơ")) == [
        "first",
        "second",
        None,
    ]


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("Số hồ sơ theo Nghị quyết Trung ương 12345", True),
        ("SỐ HỒ SƠ THEO NGHỊ QUYẾT TRUNG ƯƠNG 12345", True),
        ("Số hồ sơ theo Nghi quyêt Trung ương 12345", True),
        ("Số hồ sơ theo Nghị quyếtt Trung ương 12345", True),
        ("Số hồ sơ theo Nghị quyếtt Trunng ương 12345", True),
        ("Số hồ sơ theo Nghịquyết Trung ương 12345", True),
        ("Trong đó: Số hồ sơ theo Nghị quyết Trung ương 12345", True),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (hồ sơ)", True),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (ĐVT: Hồ sơ)", True),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (Đơn vị: Hồ sơ)", True),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (Đơn vị: %)", False),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (người)", False),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (ĐVT: lần)", False),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345 (quá hạn)", False),
        ("Số hồ sơ theo Nghị quyết Trung ương 12346", False),
        ("Số hồ sơ theo Nghị quyết Trung ương 12345a", False),
        ("Số hồ sơ theo Nghị quyếttt Trung ương 12345", False),
        ("Số hồ sơ thao Nghị quyết Trung ương 12345", False),
        ("Số hồ theo Nghị quyết Trung ương 12345", False),
        ("Số hồ sơ chưa theo Nghị quyết Trung ương 12345", False),
    ],
)
def test_what_is_a_slip_of_the_pen(printed: str, known: bool, tmp_path: Path) -> None:
    form = form_of(
        ("1", "Số hồ sơ theo Nghị quyết Trung ương 12345", "dossiers"), ("2", "Một chỉ tiêu khác hẳn", "other")
    )
    rows = ("1", printed), ("2", "Một chỉ tiêu khác hẳn")
    assert indicators(form, tmp_path, *rows) == ["dossiers" if known else None, "other"]


def test_a_unit_behind_a_label_is_told_from_that_of_another_row(tmp_path: Path) -> None:
    """The form's rows differ in it, or the indicator counts in it where the form's row names none."""
    form = form_of(("1", "Số cuộc họp (người)", "people"), ("2", "Số cuộc họp (lần)", "times"))
    assert indicators(form, tmp_path, ("1", "Số cuộc họp (lần)"), ("2", "Số cuộc họp (người)")) == ["times", "people"]
    form = form_of(("1", "Số hồ sơ", "dossiers_received"), ("2", "Số có mặt", "staff_present"))
    form = replace(form, rows=tuple(replace(row, unit_of_measure=None) for row in form.rows))
    assert indicators(form, tmp_path, ("1", "Số hồ sơ (người)"), ("2", "Số có mặt (người)")) == [None, "staff_present"]


def test_the_units_that_forms_print_are_known_behind_labels_too(tmp_path: Path) -> None:
    form = form_of(("1", "Số tổ liên ngành", "teams"), ("2", "Số đầu mối", "bodies"), ("3", "Số khác", "others"))
    units = ("Tổ chức", "Đơn vị", "Ban")
    form = replace(
        form, rows=tuple(replace(row, unit_of_measure=unit) for row, unit in zip(form.rows, units, strict=True))
    )
    rows = ("1", "Số tổ liên ngành (Tổ chức)"), ("2", "Số đầu mối (ĐVT: Đơn vị)"), ("3", "Số khác (Đơn vị)")
    assert indicators(form, tmp_path, *rows) == ["teams", "bodies", None]


def nonsense(count: int) -> tuple[PrintedRow, ...]:
    return tuple(PrintedRow(str(n), f"Chỉ số thời tiết thứ {n} của trạm đo", "Độ", str(n)) for n in range(1, count + 1))


@pytest.mark.parametrize(("unknown", "known"), [(53, True), (54, False), (200, False)])
def test_a_form_is_known_from_six_rows_in_ten(unknown: int, known: bool, tmp_path: Path) -> None:
    form = "hai-phong-commune"
    annexes = (*form_annexes(form), PrintedAnnex("Biểu mẫu 99", nonsense(unknown)))
    outcome = loaded(form, annexes, tmp_path)
    assert outcome.report is not None
    assert outcome.report.form == (form if known else None)
    assert len(outcome.unmapped) == (unknown if known else 80 + unknown)
    assert outcome.form_share == (80 / (80 + unknown) if known else 0.0)
    assert outcome.rows == 80 + unknown


@pytest.mark.parametrize("layout", [tabs, pipes])
def test_a_report_on_an_unknown_form_loads_with_every_row_unmapped(layout: Layout, tmp_path: Path) -> None:
    outcome = loaded("thanh-hoa-commune-2022", (PrintedAnnex("Phụ lục 1", nonsense(12)),), tmp_path, layout)
    report = outcome.report
    assert report is not None
    assert (report.form, report.unit_code, report.level, report.period) == (None, "15277", "commune", "2022-9M")
    assert [(row.row_no, row.label, str(row.value)) for row in outcome.unmapped] == [
        (n, f"Chỉ số thời tiết thứ {n} của trạm đo", str(n)) for n in range(1, 13)
    ]
    assert {(row.indicator, row.known_row, row.level, row.status) for row in report.observations} == {
        (None, False, "commune", "reported")
    }
    assert outcome.form_share == 0.0


@pytest.mark.parametrize(
    ("sender", "period", "unit", "form"),
    [
        ("UBND huyện Quảng Điền", "6 tháng đầu năm 2024", None, "hue-district"),
        ("UBND xã Nam Thanh Miện", "năm 2025", None, "hai-phong-commune"),
        ("Đơn vị", "6 tháng đầu năm 2024", "477", "hue-district"),
    ],
)
def test_of_forms_that_share_an_annex_the_one_for_the_senders_level_is_taken(
    sender: str, period: str, unit: str | None, form: str, tmp_path: Path
) -> None:
    shared = next(annex for annex in form_annexes("hue-district") if annex.title == "Phụ lục 7")
    rows = tuple(row for row in shared.rows if row.label in {one.label for one in FORMS["hai-phong-commune"].rows})
    path = tmp_path / "report.txt"
    path.write_text(tabs(PrintedReport(opening(sender, period), (PrintedAnnex("Phụ lục 7", rows),))), encoding="utf-8")
    outcome = load_file(path, Options(unit_code=unit))
    assert outcome.report is not None, outcome.problem
    assert (outcome.report.form, outcome.form_share, len(rows)) == (form, 1.0, 13)
    assert {row.level for row in outcome.report.observations} == {FORMS[form].levels[0]}
