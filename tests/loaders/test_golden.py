"""Five real reports, row by row: what is printed in them is what is read from them.

The golden files hold figures, codes and the official labels of the forms. A cell that holds a sentence of
the report is kept as `sha256:` and the digest of its text, so that no sentence is kept in this repository.
"""

import csv
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from loaders.load import LoadedFile, load_file
from warehouse.model import Observation, Report

GOLDEN = Path(__file__).parents[1] / "golden"
REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
COLUMNS = (
    "annex",
    "row_no",
    "code",
    "label",
    "parent_label",
    "unit_of_measure",
    "raw_value",
    "value",
    "status",
    "note",
)
NAMES = (
    "cu-chi_2020-Q1",
    "ha-vinh_2022-9M",
    "hoang-hop_2024-6M",
    "nam-thanh-mien_2025-12M",
    "quang-dien_2024-6M",
)
ROWS = dict(zip(NAMES, (197, 81, 80, 79, 147), strict=True))

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason=f"the real reports are not here: no folder {REPORTS}")


@cache
def loaded(name: str) -> LoadedFile:
    return load_file(REPORTS / f"{name}.txt")


def report_of(name: str) -> Report:
    outcome = loaded(name)
    assert outcome.problem is None
    assert outcome.report is not None
    return outcome.report


def golden_rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(row: Observation) -> dict[str, str]:
    cells = {column: getattr(row, column) for column in COLUMNS}
    return {column: "" if cell is None else str(cell) for column, cell in cells.items()}


def hidden_as(golden: dict[str, str], row: dict[str, str]) -> dict[str, str]:
    """The row with the cells hashed that the golden row keeps hashed."""
    return {
        column: f"sha256:{sha256(text.encode()).hexdigest()}" if golden[column].startswith("sha256:") else text
        for column, text in row.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_row_is_read_as_printed(name: str) -> None:
    expected = golden_rows(name)
    rows = [printed(row) for row in report_of(name).observations if row.source == "annex"]
    assert len(expected) == ROWS[name]
    assert tuple(expected[0]) == COLUMNS
    assert [(row["annex"], row["row_no"]) for row in rows] == [(row["annex"], row["row_no"]) for row in expected]
    assert [hidden_as(golden, row) for golden, row in zip(expected, rows, strict=True)] == expected


@pytest.mark.parametrize(
    ("name", "unit_code", "unit_name", "level", "period", "form"),
    [
        (
            "cu-chi_2020-Q1",
            "783",
            "Huyện Củ Chi, Thành phố Hồ Chí Minh",
            "district",
            "2020-Q1",
            "hcmc-district",
        ),
        (
            "ha-vinh_2022-9M",
            "15277",
            "Xã Hà Vinh, Huyện Hà Trung, Tỉnh Thanh Hóa",
            "commune",
            "2022-9M",
            "thanh-hoa-commune-2022",
        ),
        (
            "hoang-hop_2024-6M",
            "15919",
            "Xã Hoằng Hợp, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
            "commune",
            "2024-6M",
            "thanh-hoa-commune-2024",
        ),
        (
            "nam-thanh-mien_2025-12M",
            "11284@2025-07-01",
            "Xã Nam Thanh Miện, Thành phố Hải Phòng",
            "commune",
            "2025-12M",
            "hai-phong-commune",
        ),
        (
            "quang-dien_2024-6M",
            "477",
            "Huyện Quảng Điền, Tỉnh Thừa Thiên Huế",  # as the province was called then
            "district",
            "2024-6M",
            "hue-district",
        ),
    ],
)
def test_who_sent_it_for_when_on_which_form(
    name: str, unit_code: str, unit_name: str, level: str, period: str, form: str
) -> None:
    report = report_of(name)
    assert loaded(name).unit_name == unit_name
    assert (report.unit_code, report.level, report.period, report.form) == (unit_code, level, period, form)
    assert (report.file_name, report.simulated) == (f"{name}.txt", False)
    assert report.sha256 == sha256((REPORTS / f"{name}.txt").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "signed_on", "window_start", "document_number"),
    [
        ("cu-chi_2020-Q1", date(2020, 2, 26), None, "1588/BC-UBND"),
        ("ha-vinh_2022-9M", None, None, None),
        ("hoang-hop_2024-6M", date(2024, 6, 4), None, None),
        ("nam-thanh-mien_2025-12M", None, date(2024, 12, 15), None),  # printed 15/12/20024
        ("quang-dien_2024-6M", None, None, None),
    ],
)
def test_the_dates_it_states(
    name: str, signed_on: date | None, window_start: date | None, document_number: str | None
) -> None:
    report = report_of(name)
    assert (report.signed_on, report.document_number) == (signed_on, document_number)
    assert (report.window_start, report.window_end, report.as_of) == (window_start, None, None)


@pytest.mark.parametrize("name", NAMES)
def test_its_form_knows_every_row(name: str) -> None:
    outcome = loaded(name)
    assert [(row.annex, row.row_no, row.label) for row in outcome.unmapped] == []
    assert (outcome.rows, outcome.form_share) == (ROWS[name], 1.0)


@pytest.mark.parametrize("name", NAMES)
def test_the_place_of_a_row_is_the_line_its_code_stands_on(name: str) -> None:
    lines = (REPORTS / f"{name}.txt").read_text(encoding="utf-8-sig").split("\n")
    coded = [row for row in report_of(name).observations if row.code is not None]
    stand_on = [lines[int(row.place.removeprefix("line:")) - 1].strip("\t| ") for row in coded]
    assert [text[: len(row.code or "")] for row, text in zip(coded, stand_on, strict=True)] == [
        row.code for row in coded
    ]
