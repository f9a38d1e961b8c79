"""Which form a report follows, and which of the form's rows each printed row is.

The printed code is evidence, not a key: rows are matched on their label under their parent's label,
then on a label that differs by a slip of the pen. Words that carry the meaning (numbers, levels, `đúng`
against `quá hạn`) never count as slips.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from loaders.annexes import Annex, AnnexRow
from warehouse.model import Form, FormRow
from warehouse.text import words

_SLIP_LENGTH = 5
_TELLING_WORDS = 5


@dataclass(frozen=True)
class FormMatch:
    """A form, the share of the document's rows found in it, and the form row of each printed row.

    `rows[annex position][row position]` is null for a printed row that the form does not have.
    """

    form: Form
    share: float
    rows: tuple[tuple[FormRow | None, ...], ...]


def match_form(annexes: tuple[Annex, ...], forms: tuple[Form, ...]) -> FormMatch | None:
    """The form that has most of the document's rows; null when none has its own minimum share of them."""
    matches = [_match(annexes, form) for form in forms]
    best = max(matches, key=lambda match: match.share, default=None)
    return best if best and best.share >= best.form.minimum_share else None


def _match(annexes: tuple[Annex, ...], form: Form) -> FormMatch:
    total = sum(len(annex.rows) for annex in annexes)
    rows = tuple(_match_annex(annex, form) for annex in annexes)
    found = sum(row is not None for annex_rows in rows for row in annex_rows)
    return FormMatch(form, found / total if total else 0.0, rows)


def _match_annex(annex: Annex, form: Form) -> tuple[FormRow | None, ...]:
    """Match within the form's annex that shares most labels; annex numbers and their order do not matter."""
    labels = Counter(words(row.label) for row in annex.rows)
    candidates = form.annexes().values()
    best = max(candidates, key=lambda rows: _shared(labels, rows), default=())
    return _match_rows(annex.rows, best)


def _shared(labels: Counter[str], rows: tuple[FormRow, ...]) -> int:
    return sum((labels & Counter(words(row.label) for row in rows)).values())


def _match_rows(printed: tuple[AnnexRow, ...], form_rows: tuple[FormRow, ...]) -> tuple[FormRow | None, ...]:
    """One form row at most for each printed row: surest likeness first, each form row used once."""
    matched: dict[int, FormRow] = {}
    free = list(form_rows)
    telling = _telling_labels(printed, form_rows)
    for alike in (_same_place, _slip_in_place, telling):
        for position, row in enumerate(printed):
            found = [form_row for form_row in free if alike(row, form_row)]
            if position not in matched and found:
                matched[position] = _nearest(found, row)
                free.remove(matched[position])
    return tuple(matched.get(position) for position in range(len(printed)))


def _same_place(row: AnnexRow, form_row: FormRow) -> bool:
    return (words(row.label), words(row.parent_label or "")) == (words(form_row.label), words(form_row.parent_label or ""))


def _slip_in_place(row: AnnexRow, form_row: FormRow) -> bool:
    return _alike(words(row.label), words(form_row.label)) and _alike(words(row.parent_label or ""), words(form_row.parent_label or ""))


def _telling_labels(
    printed: tuple[AnnexRow, ...], form_rows: tuple[FormRow, ...]
) -> Callable[[AnnexRow, FormRow], bool]:
    """The same label under another parent: safe only where the label stands once on each side and says enough."""
    ours = Counter(words(row.label) for row in printed)
    theirs = Counter(words(form_row.label) for form_row in form_rows)
    once = {label for label in ours if ours[label] == theirs[label] == 1 and len(label.split()) >= _TELLING_WORDS}
    return lambda row, form_row: words(row.label) == words(form_row.label) and words(form_row.label) in once


def _nearest(found: list[FormRow], row: AnnexRow) -> FormRow:
    """Of equal candidates the one with the printed code, else the first."""
    return next((form_row for form_row in found if form_row.code == row.code), found[0])


def _alike(one: str, other: str) -> bool:
    """Whether two labels differ only by slips: one letter in words that are long enough to tell."""
    if one == other:
        return True
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return one.replace(" ", "") == other.replace(" ", "")
    slips = [(mine, its) for mine, its in zip(ours, theirs, strict=True) if mine != its]
    return len(slips) <= 2 and all(_slip(mine, its) for mine, its in slips)


def _slip(one: str, other: str) -> bool:
    if any(character.isdigit() for character in one + other) or min(len(one), len(other)) < _SLIP_LENGTH:
        return False
    return Levenshtein.distance(one, other) == 1
