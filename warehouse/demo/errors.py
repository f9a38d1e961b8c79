"""Errors to be found: in a few reports, exactly one mistake of the kind real reports have.

`errors.csv` says which mistakes each level makes: the rule that finds it, the row that is changed, the
rows it is compared with, and how often it happens.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from warehouse.demo.dice import Dice
from warehouse.demo.sheets import Place, Sheet

FORMULA = "= b/a*100"
# Districts have more rows that can disagree.
_REPORTS_WITH_ERROR = {"commune": 0.034, "district": 0.07}
_LEAST_RATE = 0.05


@dataclass(frozen=True)
class Mistake:
    """One line of `errors.csv`."""

    rule: str
    indicator: str
    tier: str | None
    part: str
    whole: str
    stated: str
    weight: float


@dataclass(frozen=True)
class Planted:
    """A mistake that was made: in which report (positions of unit and period) and the rule that finds it."""

    unit: int
    period: int
    rule: str


Maker = Callable[[Sheet, tuple[int, int], Mistake, float], bool]


def plant_errors(sheet: Sheet, dice: Dice) -> list[Planted]:
    """Change a few of the sheet's reports; what was changed where."""
    mistakes, periods = _mistakes(sheet.level), len(dice.timeline)
    chosen = dice.uniform(count=periods) < _REPORTS_WITH_ERROR.get(sheet.level, 0)
    which, how_much = dice.uniform(count=periods), dice.uniform(count=periods)
    if not mistakes:
        return []
    planted = []
    for report in sheet.reports():
        if chosen[report]:
            rule = _make_one(sheet, report, _pick(mistakes, which[report]), float(how_much[report]))
            sheet.spared[report] = True
            planted.append(Planted(*report, rule))
    return planted


@cache
def _mistakes(level: str) -> tuple[Mistake, ...]:
    with (Path(__file__).parent / "errors.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.pop("level") == level]
    return tuple(_mistake(row) for row in rows)


def _mistake(row: dict[str, str]) -> Mistake:
    return Mistake(
        rule=row["rule"],
        indicator=row["indicator"],
        tier=row["tier"] or None,
        part=row["part"],
        whole=row["whole"],
        stated=row["stated"],
        weight=float(row["weight"]),
    )


def _pick(mistakes: tuple[Mistake, ...], chance: float) -> Mistake:
    weights = np.cumsum([mistake.weight for mistake in mistakes])
    return mistakes[int(np.searchsorted(weights, chance * weights[-1], side="right"))]


def _make_one(sheet: Sheet, report: tuple[int, int], mistake: Mistake, chance: float) -> str:
    """Make the mistake; where the report gives no occasion for it, use a code twice instead."""
    if MAKERS[mistake.rule](sheet, report, mistake, chance):
        return mistake.rule
    repeat_code(sheet, report, mistake, chance)
    return "duplicate_code"


def misstate_rate(sheet: Sheet, report: tuple[int, int], mistake: Mistake, chance: float) -> bool:
    """Print a rate 0.3 to 2.5 points too low, with one decimal so that it is not a truncated one."""
    figures = sheet.figures[report]
    part, whole = (figures[sheet.row_of(name, mistake.tier)] for name in (mistake.part, mistake.whole))
    if not whole > 0 or part / whole < _LEAST_RATE:
        return False
    tenths = np.floor((100 * part / whole - 0.3 - 2.2 * chance) * 10)
    figures[sheet.row_of(mistake.indicator, mistake.tier)] = (tenths - (tenths % 10 == 0)) / 10
    return True


def overstate_part(sheet: Sheet, report: tuple[int, int], mistake: Mistake, chance: float) -> bool:
    """Print a part larger than its whole; a rate of the two is worked out from what is printed."""
    figures = sheet.figures[report]
    whole = figures[sheet.row_of(mistake.whole, mistake.tier)]
    if not whole > 0:
        return False
    part = whole + 1 + np.floor(0.04 * whole * chance)
    figures[sheet.row_of(mistake.part, mistake.tier)] = part
    if mistake.stated:
        figures[sheet.row_of(mistake.stated, mistake.tier)] = np.floor(1000 * part / whole + 0.5) / 10
    return True


def miscount_part(sheet: Sheet, report: tuple[int, int], mistake: Mistake, chance: float) -> bool:
    """Print a figure 2 to 6 too high, so that parts and whole do not add up."""
    row = sheet.row_of(mistake.indicator, mistake.tier)
    if not sheet.figures[report][row] > 0:
        return False
    sheet.figures[report][row] += 2 + np.floor(5 * chance)
    return True


def repeat_code(sheet: Sheet, report: tuple[int, int], _mistake: Mistake, chance: float) -> bool:
    """Print the code of the coded row above once more."""
    rows = sheet.form.rows
    occasions = [
        (position, above.code)
        for position, (above, row) in enumerate(pairwise(rows), start=1)
        if row.annex == above.annex and row.code and above.code
    ]
    position, code = occasions[int(chance * len(occasions))]
    sheet.codes[(*report, position)] = code
    return True


def leave_formula(sheet: Sheet, report: tuple[int, int], _mistake: Mistake, chance: float) -> bool:
    """Leave the form's formula in a row that asks for a percentage."""
    occasions = [
        position
        for position, row in enumerate(sheet.form.rows)
        if row.unit_of_measure == "%" and row.indicator and not np.isnan(sheet.figures[report][position])
    ]
    if not occasions:
        return False
    place: Place = (*report, occasions[int(chance * len(occasions))])
    sheet.figures[place] = np.nan
    sheet.formulas.add(place)
    return True


MAKERS: dict[str, Maker] = {
    "rate_differs": misstate_rate,
    "part_exceeds_whole": overstate_part,
    "parts_exceed_whole": overstate_part,
    "parts_do_not_add_up": miscount_part,
    "duplicate_code": repeat_code,
    "formula_left": leave_formula,
}
