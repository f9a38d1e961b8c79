"""Words on a page as lines, cells and paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.text import fold

_OPEN_NAME = re.compile(r"[A-ZĐ0-9]-$|\d/$")
_WIDE_GAP = 25.0  # points between two texts set side by side; justified words stand closer
_SAME_LINE = 0.5  # of the height of a letter
_NEAR_MARGIN = 0.12
_SYLLABLE = re.compile(r"^[b-df-hj-np-tv-xz]{0,3}[aeiouy]{1,3}[b-df-hj-np-tv-xz]{0,2}$")
_DIGITS = re.compile(r"^[\d.,]+$")
_PUNCTUATION = ".,;:()"
_WIDE_LETTER = 0.6  # of its height
# A list's next item, or the title of an annex: never the rest of the paragraph above.
_STARTS = re.compile(r"^(?:[-–+•*]\s+\S|\d{1,2}(?:\.\d{1,2})*\.\s+[A-ZĐ]|(?:Phụ lục|Biểu mẫu|PHỤ LỤC)\s\w{1,4}[.:]?$)")
_LINE_DISTANCE = 2.0


@dataclass(frozen=True)
class Word:
    """A word and where it stands, in points from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half its height from the top."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.words[-1].right

    @property
    def top(self) -> float:
        """The upper edge of its first word."""
        return self.words[0].top

    @property
    def height(self) -> float:
        """The height of its first word."""
        return self.words[0].bottom - self.words[0].top


@dataclass(frozen=True)
class Box:
    """A table or cell on the page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


def words_of(boxes: Sequence[Box], words: Sequence[Word]) -> dict[Box, list[Word]]:
    """The words whose middle is in each box."""
    ordered = sorted(words, key=lambda word: word.middle)
    middles = [word.middle for word in ordered]
    found: dict[Box, list[Word]] = {}
    for box in boxes:
        level = ordered[bisect_left(middles, box.top) : bisect_left(middles, box.bottom)]
        found[box] = [word for word in level if box.left <= (word.left + word.right) / 2 < box.right]
    return found


def cell_text(words: Sequence[Word], right: float) -> str:
    """The text of a cell whose lines may reach to `right`: its lines with spaces between them.

    None stands where one word (`phòng/ban`, `VBQPPL`, `310.660`) was too long for the cell and was broken.
    """
    text = ""
    before: Line | None = None
    for line in text_lines(words):
        broken = before is not None and _breaks_word(before, line, right)
        text = text + line.text if broken else followed(text, line.text)
        before = line
    return text


def followed(text: str, more: str) -> str:
    """A text and what follows it on the next line; no space stands in `NĐ-CP` and `45/2016/QĐ-TTg`.

    Two figures stay on lines of their own, for `140 140` would be one number.
    """
    if _DIGITS.match(text.rpartition("\n")[2]) and _DIGITS.match(more):
        return f"{text}\n{more}"
    return text + more if _OPEN_NAME.search(text) else f"{text} {more}".strip()


def _breaks_word(before: Line, line: Line, right: float) -> bool:
    """Whether a line is one word that was too long for it and goes on below: not even the next letter fitted."""
    first, rest = before.words[-1].text, line.words[0]
    width = rest.right - rest.left
    alone = len(rest.text.strip(_PUNCTUATION)) == 1  # no line begins with a mark, so `L)` stays together
    letter = max(width if alone else width / len(rest.text), _WIDE_LETTER * line.height)
    if len(before.words) > 1 or right - before.right >= letter:
        return False
    return _is_one_word(first, rest.text)


def _is_one_word(first: str, rest: str) -> bool:
    """`VBQPP` and `L)`, `310.66` and `0`; `ngà` and `y.` only behind a stroke, for both could be words."""
    one, other = first.strip(_PUNCTUATION), rest.strip(_PUNCTUATION)
    if _DIGITS.match(first) and _DIGITS.match(rest):
        return True
    if one.isupper() and other.isupper() and one.isalpha():
        return True
    syllable = one.rpartition("/")[2] + other.partition("/")[0]
    joins = _SYLLABLE.match(fold(syllable)) is not None
    return joins and ("/" in one or not all(_SYLLABLE.match(fold(part)) for part in (one, other)))


def text_lines(words: Sequence[Word]) -> list[Line]:
    """The words as lines from top to bottom, for words whose middles are on about one height."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        if lines and _on_line(lines[-1][0], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda word: word.left))) for line in lines]


def _on_line(first: Word, word: Word) -> bool:
    distance = abs((first.top + first.bottom) - (word.top + word.bottom)) / 2
    return distance < _SAME_LINE * min(first.bottom - first.top, word.bottom - word.top)


def paragraphs_of(lines: Sequence[Line], first: int, last: int) -> Iterator[tuple[int, str]]:
    """The paragraphs of some of a page's lines, each with the number of its first line, from 1.

    A line goes on in the next where it reaches the right margin and the next starts at the left one. Texts set
    side by side, as in a letterhead, are paragraphs of their own.
    """
    margin_left = min((line.left for line in lines), default=0.0)
    margin_right = max((line.right for line in lines), default=0.0)
    near = _NEAR_MARGIN * (margin_right - margin_left)
    text, start, before = "", first, None
    for number in range(first, last):
        parts = _side_by_side(lines[number])
        goes_on = before is not None and _goes_on(before, lines[number], margin_left, margin_right, near)
        if text and not (goes_on and len(parts) == 1):
            yield start + 1, text
            text = ""
        if len(parts) > 1:
            yield from ((number + 1, part) for part in parts)
            before = None
            continue
        text, start = (followed(text, parts[0]), start) if text else (parts[0], number)
        before = lines[number]
    if text:
        yield start + 1, text


def _goes_on(before: Line, line: Line, margin_left: float, margin_right: float, near: float) -> bool:
    close = line.top - before.top < _LINE_DISTANCE * max(before.height, line.height)
    full = before.right > margin_right - near
    return close and full and line.left < margin_left + near / 4 and not _STARTS.match(line.text)


def _side_by_side(line: Line) -> list[str]:
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.left - parts[-1][-1].right < _WIDE_GAP:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [" ".join(word.text for word in part) for part in parts]
