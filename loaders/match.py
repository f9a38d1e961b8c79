"""Which form a report follows, and which of the form's rows each printed row is.

The printed code is evidence, not a key: rows are matched on their label under their parent's label, then on
labels that differ by a slip of the pen, then on a label that stands only once. Words that carry the meaning
(numbers, levels, `đúng` against `quá hạn`) never count as slips.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from loaders.annexes import Annex
from loaders.rows import AnnexRow
from warehouse.model import Form, FormRow
from warehouse.text import words

_SLIP_LENGTH = 5
_MOST_SLIPS = 2
_TELLING_WORDS = 5

# A form made for districts says `UBND huyện`; a town's clerk writes `UBND thị xã` in the same row.
_TIER_KINDS = (
    (re.compile(r"\b(ubnd|uy ban nhan dan|cap) (?:thi xa|quan)\b"), r"\1 huyen"),
    (re.compile(r"\b(ubnd|uy ban nhan dan|cap) (?:phuong|thi tran|dac khu)\b"), r"\1 xa"),
)


@lru_cache(maxsize=1 << 16)
def _words(label: str) -> str:
    key = words(label)
    for kinds, tier in _TIER_KINDS:
        key = kinds.sub(tier, key)
    return key


@dataclass(frozen=True)
class FormMatch:
    """A form, the share of the document's rows found in it, and the form row of each printed row.

    `rows[annex position][row position]` is null for a printed row that the form does not have.
    """

    form: Form
    share: float
    rows: tuple[tuple[FormRow | None, ...], ...]


@dataclass(frozen=True)
class _Key:
    """What a row is compared on: its folded label and that of the row it stands under."""

    label: str
    parent: str


def match_form(annexes: tuple[Annex, ...], forms: tuple[Form, ...]) -> FormMatch | None:
    """The form that has most of the document's rows; null when none has its own minimum share of them."""
    matches = (_match(annexes, form) for form in forms)
    best = max(matches, key=lambda match: match.share, default=None)
    return best if best and best.share >= best.form.minimum_share else None


def _match(annexes: tuple[Annex, ...], form: Form) -> FormMatch:
    total = sum(len(annex.rows) for annex in annexes)
    rows = tuple(_match_annex(annex, form) for annex in annexes)
    found = sum(row is not None for annex_rows in rows for row in annex_rows)
    return FormMatch(form, found / total if total else 0.0, rows)


def _match_annex(annex: Annex, form: Form) -> tuple[FormRow | None, ...]:
    """Match within the form's annex that shares most labels; annex numbers and their order do not matter."""
    labels = Counter(_words(row.label) for row in annex.rows)
    shared = {
        name: sum((labels & Counter(key.label for key in _form_keys(form, name))).values()) for name in form.annexes()
    }
    best = max(shared, key=lambda name: shared[name])
    return _match_rows(annex.rows, form.annexes()[best], _form_keys(form, best))


@cache
def _form_keys(form: Form, annex: str) -> tuple[_Key, ...]:
    return tuple(_key(row) for row in form.annexes()[annex])


def _key(row: AnnexRow | FormRow) -> _Key:
    return _Key(_words(row.label), _words(row.parent_label or ""))


def _match_rows(
    printed: Sequence[AnnexRow], form_rows: Sequence[FormRow], form_keys: Sequence[_Key]
) -> tuple[FormRow | None, ...]:
    """One form row at most for each printed row: surest likeness first, each form row used once."""
    keys = [_key(row) for row in printed]
    free = dict(enumerate(form_keys))
    matched: dict[int, int] = {}
    for alike in (_same, _slip, _telling(keys, form_keys)):
        for position in (number for number in range(len(keys)) if number not in matched):
            found = [number for number, key in free.items() if alike(keys[position], key)]
            if found:
                matched[position] = _nearest(found, form_rows, printed[position])
                del free[matched[position]]
    return tuple(form_rows[matched[number]] if number in matched else None for number in range(len(keys)))


def _nearest(found: list[int], form_rows: Sequence[FormRow], row: AnnexRow) -> int:
    """Of equal candidates the one with the printed code, else the first."""
    return next((number for number in found if form_rows[number].code == row.code), found[0])


def _same(ours: _Key, its: _Key) -> bool:
    return ours == its


def _slip(ours: _Key, its: _Key) -> bool:
    return _alike(ours.label, its.label) and _alike(ours.parent, its.parent)


def _telling(keys: Sequence[_Key], form_keys: Sequence[_Key]) -> Callable[[_Key, _Key], bool]:
    """The same label under another parent: safe where it stands once on each side and says enough."""
    ours, theirs = Counter(key.label for key in keys), Counter(key.label for key in form_keys)
    once = {label for label in ours if ours[label] == theirs[label] == 1 and len(label.split()) >= _TELLING_WORDS}
    return lambda one, its: one.label == its.label and one.label in once


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> bool:
    """Whether two labels differ only by slips: one letter in words that are long enough to tell."""
    if one == other:
        return True
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return one.replace(" ", "") == other.replace(" ", "")
    slips = [(mine, its) for mine, its in zip(ours, theirs, strict=True) if mine != its]
    return len(slips) <= _MOST_SLIPS and all(_one_letter_off(mine, its) for mine, its in slips)


def _one_letter_off(one: str, other: str) -> bool:
    if any(character.isdigit() for character in one + other) or min(len(one), len(other)) < _SLIP_LENGTH:
        return False
    return Levenshtein.distance(one, other) == 1
