"""Tables behind the annexes that are none of the form's: the form is known all the same, and none is mixed in."""

from decimal import Decimal
from pathlib import Path

import pytest
from report_text import PrintedReport, form_annexes, opening, tabs

from loaders.load import LoadedFile, load_file

FORM = "hue-district"
OPENING = opening("UBND huyện Quảng Điền, tỉnh Thừa Thiên Huế", "6 tháng đầu năm 2024")
WORDS = [f"{number}\tHội nghị về việc thử {number}\tPhòng Nội vụ\tHoàn thành" for number in range(1, 200)]
COUNTS = [f"{number}\tLĩnh vực thử {number}\tHồ sơ\t{number}" for number in range(1, 200)]
PEOPLE = [f"{number}\tNguyễn Văn Thử\tChuyên viên\t1" for number in range(1, 200)]


def loaded(folder: Path, annexes: int, title: str, head: str, lines: list[str]) -> LoadedFile:
    """A report with the first annexes of a form, each row with its number as its figure, and a table behind them."""
    path = folder / "report.txt"
    text = tabs(PrintedReport(OPENING, form_annexes(FORM)[:annexes]))
    path.write_text("\n".join((text, title, "", head, *lines, "")), encoding="utf-8")
    return load_file(path)


def read(outcome: LoadedFile) -> tuple[str | None, float, int, int, list[str]]:
    """The form, its share, how many rows were read, how many of them no form knows, and the remarks."""
    assert outcome.report is not None
    rules = [remark.rule for remark in outcome.report.remarks]
    return outcome.report.form, outcome.form_share, outcome.rows, len(outcome.unmapped), rules


@pytest.mark.parametrize("annexes", [1, 7])
@pytest.mark.parametrize("title", ["Phụ lục 9", "DANH SÁCH HỘI NGHỊ"])
def test_a_list_in_words_is_no_part_of_the_form(title: str, annexes: int, tmp_path: Path) -> None:
    outcome = loaded(tmp_path, annexes, title, "STT\tNội dung\tĐơn vị chủ trì\tKết quả", WORDS)
    rows = sum(len(annex.rows) for annex in form_annexes(FORM)[:annexes])
    assert read(outcome) == (FORM, 1.0, rows + 199, 199, [])
    assert outcome.report is not None
    values = [row.value for row in outcome.report.observations if row.annex == "Phụ lục 2"]
    assert values == list(map(Decimal, range(1, 25)))


def test_counts_of_something_else_may_be_another_forms(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, 7, "Phụ lục 9", "STT\tNội dung\tĐơn vị tính\tSố liệu", COUNTS)
    assert read(outcome)[:4] == (None, 0.0, 147 + 199, 147 + 199)


@pytest.mark.parametrize(
    ("head", "lines", "told"),
    [
        ("STT\tHọ và tên\tChức vụ\tSố lượng", PEOPLE, ["table_unread"]),
        ("STT\tTên văn bản\tSố, ký hiệu\tNgày ban hành", WORDS, []),
        ("STT\tNội dung công việc\tThời gian\tĐơn vị chủ trì", WORDS, []),
    ],
)
@pytest.mark.parametrize("title", ["Phụ lục 9", "DANH SÁCH"])
def test_a_table_with_heads_of_its_own_is_not_the_rest_of_an_annex(
    title: str, head: str, lines: list[str], told: list[str], tmp_path: Path
) -> None:
    outcome = loaded(tmp_path, 2, title, head, lines)
    assert read(outcome) == (FORM, 1.0, 37, 0, told)
    assert outcome.report is not None
    said = [remark.compared["printed"] for remark in outcome.report.remarks]
    assert said == [title if title == "Phụ lục 9" else head.replace("\t", ", ")][: len(told)]
