"""What the tests of the web side share: a warehouse with simulated and real-looking reports, and an empty one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings

from loaders.form import all_forms
from warehouse.demo.simulate import simulate
from warehouse.model import Form, FormRow, Level, Observation, Report, batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish

# How long an example takes says more about what else the machine does than about ours.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@dataclass(frozen=True)
class Reporter:
    """Who sends a report, for which period, and on which form."""

    unit_code: str
    level: Level
    period: str
    form: str
    file_name: str


QUANG_DIEN = Reporter("477", "district", "2024-6M", "hue-district", "quang-dien_2024-6M.docx")
HOANG_HOP = Reporter("15919", "commune", "2024-6M", "thanh-hoa-commune-2024", "hoang-hop_2024-6M.docx")
HOANG_DUC = Reporter("15928", "commune", "2024-6M", "thanh-hoa-commune-2024", "hoang-duc_2024-6M.docx")
THANH_TUNG = Reporter("11242", "commune", "2024-6M", "hai-phong-commune", "thanh-tung_2024-6M.docx")

# By the place of the row in its form: an annex and a code, as printed.
PRINTED: Mapping[Reporter, Mapping[tuple[str, str], str]] = {
    QUANG_DIEN: {
        ("Phụ lục 2", "2"): "50",
        ("Phụ lục 2", "2.1"): "32",
        ("Phụ lục 2", "2.2"): "16",
        ("Phụ lục 4", "3.2"): "99,62",
        ("Phụ lục 4", "3.2.1"): "7843",
        ("Phụ lục 4", "3.2.2"): "7813",
    },
    HOANG_HOP: {
        ("Phụ lục 01b", "1.1.1"): "21",
        ("Phụ lục 01b", "1.1.2"): "14",
        ("Phụ lục 01b", "3.3.1"): "1234",
        ("Phụ lục 01b", "3.3.2"): "1230",
    },
    HOANG_DUC: {
        ("Phụ lục 01b", "1.1.1"): "20",
        ("Phụ lục 01b", "1.1.2"): "20",
        ("Phụ lục 01b", "3.3.1"): "800",
        ("Phụ lục 01b", "3.3.2"): "700",
    },
    THANH_TUNG: {
        ("Biểu mẫu 3", "2.1.1"): "500",
        ("Biểu mẫu 3", "2.1.2"): "500",
    },
}

# A label in a report is whatever its author typed; one finding quotes this one.
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) **b** $x$ :red[x] &lt; `c` ~~s~~"


def report_of(reporter: Reporter) -> Report:
    """A real-looking report: every row of its form, most of them left blank, and one that no form has."""
    form = next(form for form in all_forms() if form.form == reporter.form)
    return Report(
        file_name=reporter.file_name,
        sha256=reporter.unit_code.rjust(64, "0"),
        form=reporter.form,
        unit_code=reporter.unit_code,
        level=reporter.level,
        period=reporter.period,
        as_of=date(2024, 6, 14),
        signed_on=date(2024, 6, 17),
        observations=(*_rows(form, reporter), *_odd_rows(reporter)),
    )


def _rows(form: Form, reporter: Reporter) -> tuple[Observation, ...]:
    rows = [(number, row) for annex in form.annexes().values() for number, row in enumerate(annex, start=1)]
    printed = PRINTED[reporter]
    return tuple(_row(row, number, printed.get((row.annex, row.code or "")), reporter) for number, row in rows)


def _odd_rows(reporter: Reporter) -> tuple[Observation, ...]:
    if reporter is not HOANG_DUC:
        return ()
    row = FormRow("Phụ lục 01b", 81, None, HOSTILE, None, None, None, None)
    return (replace(_row(row, 81, "=1+1", reporter), status="formula", value=None, known_row=False),)


def _row(row: FormRow, number: int, text: str | None, reporter: Reporter) -> Observation:
    return Observation(
        annex=row.annex,
        row_no=number,
        code=row.code,
        label=row.label,
        parent_label=row.parent_label,
        column_label=None,
        column_period=reporter.period,
        unit_of_measure=row.unit_of_measure,
        raw_value=text,
        value=_value(text),
        status="blank" if text is None else "reported",
        note=None,
        indicator=row.indicator,
        known_row=True,
        level=row.level or reporter.level,
        place=f"line:{100 + number}",
    )


def _value(text: str | None) -> Decimal | None:
    return None if text is None or text.startswith("=") else Decimal(text.replace(",", "."))


@pytest.fixture(scope="session")
def reports_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse directory: the simulated province, and three real-looking reports of elsewhere."""
    directory = tmp_path_factory.mktemp("reports")
    publish(directory, simulate(all_forms()), all_forms(), "demo")
    publish(directory, batch_of([report_of(reporter) for reporter in PRINTED]), all_forms(), "load")
    return directory


@pytest.fixture(scope="session")
def empty_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse directory in which nothing was published."""
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="session")
def warehouse(reports_directory: Path) -> Warehouse:
    """The warehouse of `reports_directory`, open for reading."""
    return open_warehouse(reports_directory)
