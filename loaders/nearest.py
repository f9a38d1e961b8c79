"""Which indicators a row that no form knows most likely asks for: a help for the person who must map it.

A guess compares the row's label, and less so its parent's, with every row of the known forms and with the
indicators' own names, each from its reporter's point of view. It is never used to store a figure.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial

from rapidfuzz import fuzz, process

from loaders.form import all_forms
from loaders.viewpoint import ABOVE, BELOW, OWN, as_told, seen_from
from warehouse.model import Level
from warehouse.tables import read_catalogue

_PARENT_WEIGHT = 0.2
_OTHER_NUMBER_PENALTY = 0.3
_OTHER_PARENT_TIER_PENALTY = 0.15
_OTHER_LEVEL_PENALTY = 0.05  # a form for another tier may ask for another thing in the same words
_CANDIDATES = 40
_NUMBERS = re.compile(
    r"\b(?:\d+|tinh|huyen|xa|cap tren|cap minh|cap duoi|toan trinh|mot phan|qua han|tre han|dung han|dang|chua|ty le"
    r"|truc tiep|truc tuyen|buu chinh)\b"
)
_TIERS = re.compile(rf"\b(?:{ABOVE}|{OWN}|{BELOW})\b")


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
    levels: tuple[Level, ...] = ()


@cache
def _known() -> tuple[_Known, ...]:
    rows = [
        _Known(
            seen_from(form.levels[0], row.label),  # the labels are written for the first
            seen_from(form.levels[0], row.parent_label or ""),
            row.indicator,
            row.level,
            form.levels,
        )
        for form in all_forms()
        for row in form.rows
        if row.indicator
    ]
    names = read_catalogue("indicators").select("indicator", "name_vi").iter_rows()
    return (*rows, *(_Known(as_told(name), "", indicator, None) for indicator, name in names))


@cache
def _labels() -> tuple[str, ...]:
    return tuple(known.label for known in _known())


def nearest_indicators(label: str, parent_label: str | None, limit: int = 3, level: Level | None = None) -> list[Guess]:
    """The indicators whose known labels are most like this one, the likeliest first, each once.

    `level` is that of the report. Of equals comes first what more forms ask for in these words.
    """
    say = partial(seen_from, level) if level else as_told
    wanted, parent = say(label), say(parent_label or "")
    found = process.extract(wanted, _labels(), scorer=fuzz.token_set_ratio, limit=_CANDIDATES)
    best: dict[tuple[str, Level | None], float] = {}
    votes: Counter[str] = Counter()
    for _, shared, position in found:
        known = _known()[position]
        whole = fuzz.token_sort_ratio(wanted, known.label)
        score = _score((shared + whole) / 200, wanted, parent, known)
        if level and known.levels and level not in known.levels:
            score = max(0.0, score - _OTHER_LEVEL_PENALTY)
        key = (known.indicator, known.level)
        best[key] = max(best.get(key, 0.0), score)
        votes[known.indicator] += shared == 100  # every word of one in the other
    ordered = sorted(best.items(), key=lambda item: (-item[1], item[0][0]))
    once = {indicator: Guess(indicator, tier, round(score, 2)) for (indicator, tier), score in reversed(ordered)}
    return sorted(once.values(), key=lambda guess: (-guess.score, -votes[guess.indicator]))[:limit]


def _score(likeness: float, wanted: str, parent: str, known: _Known) -> float:
    """Likeness of the labels, and of the parents where both have one; other numbers or tiers weigh against it."""
    score = likeness
    if parent and known.parent:
        parents = fuzz.token_sort_ratio(parent, known.parent) / 100
        score = (1 - _PARENT_WEIGHT) * likeness + _PARENT_WEIGHT * parents
        ours, theirs = set(_TIERS.findall(parent)), set(_TIERS.findall(known.parent))
        score -= _OTHER_PARENT_TIER_PENALTY if ours and theirs and ours != theirs else 0.0
    same = set(_NUMBERS.findall(wanted)) == set(_NUMBERS.findall(known.label))
    return max(0.0, score - (0.0 if same else _OTHER_NUMBER_PENALTY))
