"""Form families: data in `loaders/forms/<form>/`, one folder a family.

`form.toml` says what the form is and when it holds; `rows.csv` has one line a printed row, with the
indicator it asks for. Adding a form is adding a folder.
"""

import csv
import tomllib
from functools import cache
from pathlib import Path

from warehouse.model import LEVELS, Form, FormRow, Level

FORMS = Path(__file__).parent / "forms"


@cache
def all_forms(folder: Path = FORMS) -> tuple[Form, ...]:
    """Every form family of `folder`, by name."""
    return tuple(_read_form(path.parent) for path in sorted(folder.glob("*/form.toml")))


def _read_form(folder: Path) -> Form:
    described = tomllib.loads((folder / "form.toml").read_text(encoding="utf-8"))
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(_read_row(row, position) for position, row in enumerate(csv.DictReader(file), start=1))
    return Form(
        form=described["id"],
        name_vi=described["name_vi"],
        name_en=described["name_en"],
        legal_basis=described["legal_basis"],
        levels=tuple(_level(level, folder) for level in described["levels"]),
        minimum_share=described["minimum_share"],
        rows=rows,
    )


def _read_row(row: dict[str, str], position: int) -> FormRow:
    return FormRow(
        annex=row["annex"],
        position=position,
        code=row["code"] or None,
        label=row["label"],
        parent_label=row["parent_label"] or None,
        unit_of_measure=row["unit_of_measure"] or None,
        indicator=row["indicator"] or None,
        level=_level(row["level"], Path(row["annex"])) if row["level"] else None,
    )


def _level(text: str, place: Path) -> Level:
    for level in LEVELS:
        if level == text:
            return level
    raise ValueError(f"{place}: level “{text}” is none of {', '.join(LEVELS)}")
