"""A new form from a report on it: a folder ready to be edited, with a guessed indicator for each row.

The folder has what every form folder has. `rows.csv` bears two more columns for the person who edits it: the
score of the guess, and the next likeliest indicators. Guesses below the threshold, or hardly likelier than the next,
are left empty: the likeliest are then named for the person to choose from.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loaders.annexes import Annex, find_annexes
from loaders.load import load_file
from loaders.nearest import Guess, nearest_indicators
from loaders.problems import KnownForm, NotAReport
from loaders.readers import read_document
from loaders.rows import AnnexRow
from loaders.units import all_units, ancestors
from warehouse.model import Level, Report
from warehouse.text import words

_SURE_ENOUGH, _CLEAR_LEAD = 0.85, 0.03
_COLUMNS = (
    "annex",
    "code",
    "label",
    "parent_label",
    "unit_of_measure",
    "indicator",
    "level",
    "score",
    "alternatives",
)
_TOML = """\
# Drafted from {file} on {day}: check every line, then load the report again.
id = "{form}"
name_vi = "Biểu mẫu theo {title}"
name_en = "Form after {title}"
legal_basis = ""
province_code = "{province}"
levels = ["{level}"]
valid_from = ""
valid_to = ""
minimum_share = 0.6
note = ""
"""


@dataclass(frozen=True)
class Draft:
    """What was written: the folder, how many rows, how many of them with a guess; and a form that knows them all."""

    folder: Path
    rows: int
    guessed: int
    known: str | None = None


def draft_form(path: Path, into: Path, form: str | None = None, in_use: bool = False) -> Draft:
    """Write the form folder of the report at `path` under `into`; `form` is its name, else made from the file's.

    Raises `NotAReport` when the file holds no statistical table, `FileExistsError` when the folder is there, and
    `KnownForm` for a report whose form is known where forms `in_use` lie under `into`: the draft would be used instead.
    """
    annexes = find_annexes(read_document(path))
    if not annexes:
        raise NotAReport(
            place=path.name,
            found="không có bảng số liệu nào",
            expected="một báo cáo có phụ lục số liệu của biểu mẫu cần khai báo",
            action="dùng tệp có đủ phụ lục",
        )
    name = form or re.sub(r"\W+", "-", words(path.stem)).strip("-")
    folder = into / name
    report = load_file(path).report
    printed = [row.known_row for row in report.observations if row.source == "annex"] if report else []
    known = report.form if report and printed and all(printed) else None
    if known and in_use:
        raise KnownForm(
            place=path.name,
            found=f"báo cáo theo biểu mẫu {known}, đã có sẵn và khớp mọi dòng",
            expected="một báo cáo theo biểu mẫu chưa khai báo",
            action="nạp báo cáo bằng “cchc load”, hoặc thêm --into THƯ MỤC nếu vẫn muốn có bản nháp",
        )
    folder.mkdir(parents=True)
    level, province = _sender(report)
    lines = [_line(annex, row, guesses) for annex in annexes for row, guesses in _guessed(annex, level)]
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    title = path.stem.replace('"', "").replace("\\", "").replace("\n", " ")
    day, file_name = date.today().isoformat(), path.name.replace("\n", " ")
    text = _TOML.format(form=name, file=file_name, day=day, level=level, province=province, title=title)
    (folder / "form.toml").write_text(text, encoding="utf-8")
    return Draft(folder, len(lines), sum(bool(line["indicator"]) for line in lines), known)


def _sender(report: Report | None) -> tuple[Level, str]:
    """The level and the province of who sent the report; the commonest level and nothing where it does not say."""
    if report is None:
        return "commune", ""
    unit = all_units()[report.unit_code]
    return report.level, [unit, *ancestors(unit)][-1].unit_code.partition("@")[0]


def _guessed(annex: Annex, level: Level) -> list[tuple[AnnexRow, list[Guess]]]:
    """Each row with its guesses; an indicator goes to the one row of the annex that it fits best."""
    guesses = {row.row_no: nearest_indicators(row.label, row.parent_label, level=level) for row in annex.rows}
    owner: dict[str, tuple[float, int]] = {}
    for number, found in guesses.items():
        if found:
            key = f"{found[0].indicator}@{found[0].level}"
            owner[key] = max(owner.get(key, (0.0, 0)), (found[0].score, -number))
    taken = {-number for _, number in owner.values()}
    return [(row, guesses[row.row_no] if row.row_no in taken else []) for row in annex.rows]


def _line(annex: Annex, row: AnnexRow, guesses: list[Guess]) -> dict[str, str]:
    best = guesses[0] if guesses else None
    lead = best.score - guesses[1].score if best and guesses[1:] else 1.0
    sure = best is not None and best.score >= _SURE_ENOUGH and lead >= _CLEAR_LEAD and _asks_for_a_value(row)
    return {
        "annex": annex.name,
        "code": row.code or "",
        "label": row.label,
        "parent_label": row.parent_label or "",
        "unit_of_measure": row.unit_of_measure,
        "indicator": best.indicator if best and sure else "",
        "level": (best.level or "") if best and sure else "",
        "score": f"{best.score:.2f}" if best else "",
        "alternatives": " ".join(guess.indicator for guess in guesses[1 if sure else 0 :]),
    }


def _asks_for_a_value(row: AnnexRow) -> bool:
    """A row without a unit of measure and without a value is a heading."""
    return bool(row.unit_of_measure) or any(row.values)
