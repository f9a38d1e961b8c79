"""Which indicators a row that no form knows most likely asks for: a help for the person who must map it.

A guess compares the row's label, and less so its parent's, with every row of the known forms and with the
indicators' own names. It is never used to store a figure.
"""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from loaders.form import all_forms
from warehouse.model import Level
from warehouse.tables import read_catalogue
from warehouse.text import words

_PARENT_WEIGHT = 0.2
_OTHER_NUMBER_PENALTY = 0.3
_CANDIDATES = 40
_NUMBERS = re.compile(
    r"\b(?:\d+|tinh|huyen|xa|toan trinh|mot phan|qua han|tre han|dung han|dang|chua|ty le|truc tiep|truc tuyen"
    r"|buu chinh)\b"
)


@dataclass(frozen=True)
class Guess:
    """An indicator a row may ask for; `score` is 1 for the same label under the same parent."""

    indicator: str
    level: Level | None
    score: float


@dataclass(frozen=True)
class _Known:
    label: str
    parent: str
    indicator: str
    level: Level | None


@cache
def _known() -> tuple[_Known, ...]:
    rows = [
        _Known(words(row.label), words(row.parent_label or ""), row.indicator, row.level)
        for form in all_forms()
        for row in form.rows
        if row.indicator
    ]
    names = read_catalogue("indicators").select("indicator", "name_vi").iter_rows()
    return (*rows, *(_Known(words(name), "", indicator, None) for indicator, name in names))


@cache
def _labels() -> tuple[str, ...]:
    return tuple(known.label for known in _known())


def nearest_indicators(label: str, parent_label: str | None, limit: int = 3) -> list[Guess]:
    """The indicators whose known labels are most like this one, the likeliest first, each once."""
    wanted, parent = words(label), words(parent_label or "")
    found = process.extract(wanted, _labels(), scorer=fuzz.token_set_ratio, limit=_CANDIDATES)
    best: dict[tuple[str, Level | None], float] = {}
    for _, shared, position in found:
        known = _known()[position]
        whole = fuzz.token_sort_ratio(wanted, known.label)
        score = _score((shared + whole) / 200, wanted, parent, known)
        key = (known.indicator, known.level)
        best[key] = max(best.get(key, 0.0), score)
    ordered = sorted(best.items(), key=lambda item: (-item[1], item[0][0]))
    once = {indicator: Guess(indicator, level, round(score, 2)) for (indicator, level), score in reversed(ordered)}
    return sorted(once.values(), key=lambda guess: -guess.score)[:limit]


def _score(likeness: float, wanted: str, parent: str, known: _Known) -> float:
    """Likeness of the labels, and of the parents where both have one; other numbers or tiers weigh against it."""
    score = likeness
    if parent and known.parent:
        parents = fuzz.token_sort_ratio(parent, known.parent) / 100
        score = (1 - _PARENT_WEIGHT) * likeness + _PARENT_WEIGHT * parents
    same = set(_NUMBERS.findall(wanted)) == set(_NUMBERS.findall(known.label))
    return max(0.0, score - (0.0 if same else _OTHER_NUMBER_PENALTY))
