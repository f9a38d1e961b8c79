"""Raised digits of a PDF page: smaller than what they stand behind, and above its line.

A page only says how large each letter is and where it stands. Glued to a figure the mark of a footnote would make
another number of it (`494` and `1` as 4941), so it is written as in all other formats: `494¹`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from loaders.readers.marks import raised

Letter = dict[str, Any]  # as pdfplumber gives it: text, size, x0, x1, top, bottom and more, in points

_MARK = re.compile(r"^[0-9()]$")
_SMALLER = 0.85  # of the size of the letter it stands behind
_DESCENT = 0.25  # of its size: how far a letter's box reaches below the line it stands on
_LEAST_RISE = 0.15  # of the size of the letter it stands behind
_APART = 0.35  # of the same: a thin space may stand between


def with_marks(letters: Sequence[Letter]) -> list[Letter]:
    """The letters of a page in the order they are set, raised digits written so and put on the line."""
    return list(_marked(letters))


def _marked(letters: Sequence[Letter]) -> Iterator[Letter]:
    base: Letter | None = None  # the last letter on the line
    end = 0.0
    for letter in letters:
        text = letter["text"]
        if base is not None and _MARK.match(text) and _is_raised(letter, base, end):
            end = letter["x1"]
            yield {**letter, "text": raised(text), "top": base["top"], "bottom": base["bottom"]}
            continue
        yield letter
        if text.strip():
            base, end = letter, letter["x1"]


def _is_raised(letter: Letter, base: Letter, end: float) -> bool:
    """Whether a letter stands close behind `end`, is smaller than the base, and on a line above the base's own."""
    size, whole = float(letter["size"]), float(base["size"])
    if size > _SMALLER * whole or not letter["upright"] or abs(letter["x0"] - end) > _APART * whole:
        return False
    rise = (base["bottom"] - _DESCENT * whole) - (letter["bottom"] - _DESCENT * size)
    return bool(_LEAST_RISE * whole < rise < whole)
