"""A warehouse whose every text comes from somebody hostile: names of units, labels, notes, file names."""

from dataclasses import replace
from pathlib import Path

import duckdb

from loaders.form import all_forms
from tests.conftest import PRINTED, report_of
from warehouse.model import Observation, Report, batch_of
from warehouse.versions import Versions
from warehouse.versions.publish import publish

# What acts sets `window.acted`, or asks for an address of which there is none.
SCRIPT = "<script>window.acted=1</script>"
IMAGE = '<img src=x onerror="window.acted=1">'
LINK = "[x](javascript:window.acted=1)"
ANCHOR = '<a href="http://x.invalid">a</a>'
FORMULA = '=HYPERLINK("http://x.invalid","y")'
STATEMENT = "'; DROP TABLE report; --"
TEMPLATE = "{{7*7}} ${7*7} %s %(x)s {0} {unit}"
MARKDOWN = "$x^2$ :red[x] **b** &lt; `c` ~~s~~ :material/home: <b>đậm</b>"
LONG = "W" * 300
REVERSED = "\u202eđảo ngược\u202c \u200f"
EVERY = (SCRIPT, IMAGE, LINK, ANCHOR, FORMULA, STATEMENT, TEMPLATE, MARKDOWN, LONG, REVERSED)

UNITS = {
    "38": f"Tỉnh {MARKDOWN} {TEMPLATE}",
    "399": f"Huyện {ANCHOR} {LINK}",
    "15919": SCRIPT + IMAGE,
    "15928": FORMULA,
    "15931": f"Xã {STATEMENT}",
    "15937": f"Xã {REVERSED}",
    "46": f"Tỉnh {SCRIPT}",
    "477": f"Huyện {IMAGE}{LINK}",
}


def hostile_directory(directory: Path) -> Path:
    """Publish the reports with hostile texts, then give their units hostile names in the version file."""
    reports = [_hostile(number, report_of(one)) for number, one in enumerate(PRINTED)]
    earlier = [replace(one, period="2023-6M", sha256=one.sha256[::-1]) for one in reports if one.period == "2024-6M"]
    publish(directory, batch_of([*earlier, *reports]), all_forms(), "load")
    versions = Versions(directory)
    with duckdb.connect(str(versions.path(versions.current() or 0))) as connection:
        connection.executemany("UPDATE unit_name SET name = ? WHERE unit_code = ?", [(n, c) for c, n in UNITS.items()])
        connection.executemany("UPDATE unit SET name = ? WHERE unit_code = ?", [(n, c) for c, n in UNITS.items()])
    return directory


def report_of_the_commune(directory: Path) -> str:
    """The id of the report of 2024 whose unit is named like a script."""
    versions = Versions(directory)
    with duckdb.connect(str(versions.path(versions.current() or 0)), read_only=True) as connection:
        question = "SELECT report_id FROM report WHERE unit_code = '15919' AND period = '2024-6M'"
        ((report,),) = connection.execute(question).fetchall()
    return str(report)


def _hostile(number: int, report: Report) -> Report:
    rows = tuple(_row(at, row) for at, row in enumerate(report.observations))
    name = f"{EVERY[number]}{LINK}{ANCHOR}{FORMULA}{TEMPLATE}.docx"
    return replace(report, file_name=name, document_number=LINK, observations=rows)


def _row(at: int, row: Observation) -> Observation:
    text = EVERY[at % len(EVERY)]
    row = replace(row, label=f"{row.label} {text}", note=text, unit_of_measure=text, column_label=text)
    return row if row.value is not None else replace(row, raw_value=text, status="text", parent_label=text)
