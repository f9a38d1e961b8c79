"""Which form a report follows, and which of the form's rows each printed row is.

The printed code is evidence, not a key: rows are matched on their label under their parent's label, then on
labels that differ by a slip of the pen, then on a label that stands only once. Words that carry the meaning
(numbers, levels, `đúng` against `quá hạn`) never count as slips.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from loaders.annexes import Annex
from loaders.lists import share_of_form
from loaders.measures import UNIT_BEHIND, measure_of, unit_behind, units_of
from loaders.rows import AnnexRow
from loaders.sections import cuts_of
from warehouse.model import Form, FormRow, Level
from warehouse.text import words

_SLIP_LENGTH = 5
_MOST_SLIPS = 2
_TELLING_WORDS, _KNOWN_PARENT_WORDS = 5, 4

# A form made for districts says `UBND huyện`; a town's clerk writes `UBND thị xã` in the same row.
_TIER_KINDS = (
    (re.compile(r"\b(ubnd|uy ban nhan dan|cap) (?:thi xa|quan)\b"), r"\1 huyen"),
    (re.compile(r"\b(ubnd|uy ban nhan dan|cap) (?:phuong|thi tran|dac khu)\b"), r"\1 xa"),
)


def _is_in_own_unit(label: str, form_row: FormRow) -> bool:
    """Whether a label prints no unit behind itself, or that in which the form's row counts, if it is no heading."""
    unit = unit_behind(label)
    if not unit or form_row.indicator is None:
        return True
    if own := unit_behind(form_row.label):
        return unit == own
    return unit == words(form_row.unit_of_measure or "") or unit in units_of(measure_of().get(form_row.indicator, ""))


@lru_cache(maxsize=1 << 16)
def _words(label: str) -> str:
    """A label folded, without the unit of measure behind it (`_is_in_own_unit`) and what only leads to it."""
    unit = UNIT_BEHIND.search(label) if unit_behind(label) else None
    key = words(label[: unit.start()] if unit else label)
    key = key.removeprefix("trong do ")  # printed before the first part, or before each
    for kinds, tier in _TIER_KINDS:
        key = kinds.sub(tier, key)
    return key


@dataclass(frozen=True)
class FormMatch:
    """A form, the share of the document's rows found in it, and the form row of each printed row.

    `rows[annex position][row position]` is null for a printed row that the form does not have; `again` has there the
    form rows that it would be, had other printed rows not been found to be them before.
    """

    form: Form
    share: float
    rows: tuple[tuple[FormRow | None, ...], ...]
    again: tuple[tuple[Sequence[FormRow], ...], ...] = ()


@dataclass(frozen=True)
class _Key:
    """What a row is compared on: its folded label and that of the row it stands under."""

    label: str
    parent: str


def match_form(
    annexes: tuple[Annex, ...], forms: tuple[Form, ...], level: Callable[[], Level | None] = lambda: None
) -> FormMatch | None:
    """The form that has most of the document's rows; null when none has its own minimum share of them.

    Lists behind its annexes do not count (`share_of_form`). Of forms that have equally many, as of an annex that they
    share, it is one made for the `level` of the sender, which is asked for only then.
    """
    alike: list[FormMatch] = []
    for form in forms:
        if alike and alike[0].share == 1.0 and any(one.form.levels == form.levels for one in alike):
            continue  # no better than one for the same levels
        match = _match(annexes, form)
        if not alike or match.share > alike[0].share:
            alike = [match]
        elif match.share == alike[0].share:
            alike.append(match)
    if not alike:
        return None
    best = alike[0]
    if len({one.form.levels for one in alike}) > 1 and best.share >= best.form.minimum_share and (sent := level()):
        best = next((one for one in alike if sent in one.form.levels), best)
    best = replace(best, share=share_of_form(annexes, best.rows))
    return _with_repeats(best, annexes) if best.share >= best.form.minimum_share else None


def _with_repeats(match: FormMatch, annexes: tuple[Annex, ...]) -> FormMatch:
    parts = zip(annexes, match.rows, strict=True)
    return replace(match, again=tuple(_again(annex, rows, match.form) for annex, rows in parts))


def _again(annex: Annex, matched: Sequence[FormRow | None], form: Form) -> tuple[Sequence[FormRow], ...]:
    if None not in matched:
        return ((),) * len(matched)
    return tuple(again for part in _parts(annex, form) for again in _again_in(part))


def _again_in(part: "_Part") -> Iterator[Sequence[FormRow]]:
    asked = part.asked
    for row, form_row in zip(part.rows, part.matched, strict=True):
        numbers = () if form_row else _same(_key(row), asked) or _slip(_key(row), asked)
        yield [asked.rows[number] for number in numbers if _is_in_own_unit(row.label, asked.rows[number])]


def _match(annexes: tuple[Annex, ...], form: Form) -> FormMatch:
    total = sum(len(annex.rows) for annex in annexes)
    rows = tuple(_match_annex(annex, form) for annex in annexes)
    found = sum(row is not None for annex_rows in rows for row in annex_rows)
    return FormMatch(form, found / total if total else 0.0, rows)


def _shared(one: Counter[str], other: Counter[str]) -> int:
    return sum(min(one[label], other[label]) for label in one.keys() & other.keys())


def _match_annex(annex: Annex, form: Form) -> tuple[FormRow | None, ...]:
    return tuple(row for part in _parts(annex, form) for row in part.matched)


def _parts(annex: Annex, form: Form) -> Sequence["_Part"]:
    """The annex as a whole, or section by section where more of its rows are the form's so, and none of them twice."""
    best: Sequence[_Part] = [_part(annex.rows, form)]
    if None not in best[0].matched:
        return best
    for cut in cuts_of(annex.rows):
        parts = [_part(rows, form) for rows in cut]
        found = [id(row) for part in parts for row in part.matched if row]
        if len(found) == len(set(found)) and len(found) > sum(row is not None for part in best for row in part.matched):
            best = parts
    return best


def _part(rows: Sequence[AnnexRow], form: Form) -> "_Part":
    asked = _form_annex_of(rows, form)
    return _Part(rows, asked, _match_rows(rows, asked))


def _form_annex_of(rows: Sequence[AnnexRow], form: Form) -> "_FormAnnex":
    """The form's annex that shares most labels; annex numbers and their order do not matter."""
    labels = Counter(_words(row.label) for row in rows)
    return max(_form_annexes(form), key=lambda one: _shared(labels, one.labels))


@dataclass(frozen=True, eq=False)
class _FormAnnex:
    """The rows of a form's annex, and where to look up those that are like a printed one."""

    rows: Sequence[FormRow]
    keys: Sequence[_Key]
    labels: Counter[str]
    by_key: Mapping[_Key, Sequence[int]]
    by_label: Mapping[str, Sequence[int]]
    unspaced: Mapping[str, Sequence[str]]


class _Part(NamedTuple):
    """Rows of an annex, the form's annex that asks for them, and which of its rows each is."""

    rows: Sequence[AnnexRow]
    asked: _FormAnnex
    matched: Sequence[FormRow | None]


@cache
def _form_annexes(form: Form) -> tuple[_FormAnnex, ...]:
    return tuple(_form_annex(rows) for rows in form.annexes().values())


def _form_annex(rows: Sequence[FormRow]) -> _FormAnnex:
    keys = [_key(row) for row in rows]
    by_key, by_label = defaultdict[_Key, list[int]](list), defaultdict[str, list[int]](list)
    for number, key in enumerate(keys):
        by_key[key].append(number)
        by_label[key.label].append(number)
    unspaced = defaultdict[str, list[str]](list)
    for label in by_label:
        unspaced[label.replace(" ", "")].append(label)
    return _FormAnnex(rows, keys, Counter(key.label for key in keys), dict(by_key), dict(by_label), dict(unspaced))


def _key(row: AnnexRow | FormRow) -> _Key:
    return _Key(_words(row.label), _words(row.parent_label or ""))


def _match_rows(printed: Sequence[AnnexRow], asked: _FormAnnex) -> tuple[FormRow | None, ...]:
    """One form row at most for each printed row: surest likeness first, each form row used once."""
    keys = [_key(row) for row in printed]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for alike in (_same, _slip, _telling(keys, asked)):
        for position in (number for number in range(len(keys)) if number not in matched):
            free = (number for number in alike(keys[position], asked) if number not in taken)
            found = [number for number in free if _is_in_own_unit(printed[position].label, asked.rows[number])]
            if found:
                matched[position] = _nearest(found, asked.rows, printed[position])
                taken.add(matched[position])
    return tuple(asked.rows[matched[number]] if number in matched else None for number in range(len(keys)))


def _nearest(found: list[int], form_rows: Sequence[FormRow], row: AnnexRow) -> int:
    """Of equal candidates the one with the printed code, else the first."""
    return next((number for number in found if form_rows[number].code == row.code), found[0])


def _same(ours: _Key, asked: _FormAnnex) -> Sequence[int]:
    return asked.by_key.get(ours, ())


def _slip(ours: _Key, asked: _FormAnnex) -> Sequence[int]:
    numbers = [number for label in _alike_labels(ours.label, asked) for number in asked.by_label[label]]
    return sorted(number for number in numbers if _alike(ours.parent, asked.keys[number].parent))


@lru_cache(maxsize=1 << 16)
def _alike_labels(label: str, asked: _FormAnnex) -> Sequence[str]:
    """The form's labels that differ from `label` only by slips.

    So many letters at most as there may be slips, or nothing but spaces: few of the labels are worth a closer look.
    """
    near = process.extract(
        label, list(asked.by_label), scorer=Levenshtein.distance, score_cutoff=_MOST_SLIPS, limit=None
    )
    candidates = {*(found for found, _, _ in near), *asked.unspaced.get(label.replace(" ", ""), ())}
    return tuple(candidate for candidate in candidates if _alike(label, candidate))


def _telling(keys: Sequence[_Key], asked: _FormAnnex) -> Callable[[_Key, _FormAnnex], Sequence[int]]:
    """The same label under another parent: safe where it stands once on each side and says enough.

    Under another heading of the same form, where a row has only slipped, fewer words say enough.
    """
    ours = Counter(key.label for key in keys)
    once = {label for label in ours if ours[label] == asked.labels[label] == 1}

    def alike(one: _Key, its: _FormAnnex) -> Sequence[int]:
        enough = _KNOWN_PARENT_WORDS if one.parent in its.labels else _TELLING_WORDS
        return its.by_label[one.label] if one.label in once and len(one.label.split()) >= enough else ()

    return alike


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
