"""Text that does not count as it stands: struck out, or raised as the mark of a footnote.

`4.340` with a raised 1 is written `4.340¹`, for glued together they are another number; so it is with a lowered one.
"""

import re
from collections.abc import Sequence

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_LOWERED = str.maketrans("0123456789()", "₀₁₂₃₄₅₆₇₈₉₍₎")
_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾₀₁₂₃₄₅₆₇₈₉₍₎", "0123456789()" * 2)
_FIGURE = re.compile(r"\d")
_ONLY_MARKS = re.compile(r"\s*(?:[⁰¹²³⁴-⁹⁽⁾][\s.,%⁰¹²³⁴-⁹⁽⁾]*|[₀-₉₍₎][\s.,%₀-₉₍₎]*)")
_NUMBER = re.compile(r"\s*[+-]?\d[\d.,\s]*%?\s*")


def raised(text: str) -> str:
    """Digits and brackets as they are written above the line."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Digits and brackets as they are written below the line."""
    return text.translate(_LOWERED)


def on_the_line(text: str) -> str:
    """A text that is raised or lowered as a whole is no mark of anything: it is read as any other."""
    return text.translate(_ON_THE_LINE) if _ONLY_MARKS.fullmatch(text) else text


def has_figure(text: str) -> bool:
    """Whether there is a digit in what is left out."""
    return _FIGURE.search(text) is not None


def is_figure(text: str) -> bool:
    """Whether a text is a number, and no more than that."""
    return _NUMBER.fullmatch(text) is not None


def are_figures(lines: Sequence[str]) -> bool:
    """Whether a cell has several figures, one a line, and nothing else."""
    return len(lines) > 1 and all(map(_NUMBER.fullmatch, lines))


def is_row_of_figures(texts: list[str]) -> bool:
    """Whether a row has a figure beside something else."""
    filled = [text for text in texts if text]
    return len(filled) > 1 and any(map(is_figure, filled))
