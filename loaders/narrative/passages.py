"""The running text of a report: its paragraphs whole again, each with the headings it stands under.

Annexes and signatures are left out, and so is what the report plans, asks or proposes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from loaders.document import Document, Paragraph
from warehouse.text import fold, tidy

_MARK = re.compile(r"^(?:[-–—+*•●▪◦○·]|o(?= ))[-–—+*•\s]*(?=\S)")
_MARKUP = re.compile(r"<[^<>]*>|https?://\S+|\*+|__+")
_MARKED = re.compile(r"[<*_]|http")
_NUMBERING = re.compile(r"^(?:[a-zđ][.)]|\d{1,2}(?:\.\d{1,2})*\s*[.)])(?=\s)\s*")
_LETTER = re.compile(r"[^\W\d_]")
_HEADINGS = (
    (1, re.compile(r"^(?:phần|mục)\s+(?:thứ\s+\w+|[ivx]+|\d+)\b", re.IGNORECASE)),
    (2, re.compile(r"^[IVX]+\s*[.):/-]")),
    (1, re.compile(r"^[A-E]\s*[.)]")),
    (8, re.compile(r"^[a-zđ]\s*[.)]\s")),
)
_ARABIC = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\s*[.)]?\s+(?=[^\W\d_])")
_ANY_NUMBERING = re.compile(r"^(?:phần\s+\w+|[IVX]+|[A-Ea-zđ]|\d{1,2}(?:\.\d{1,2})*)\s*[.):/-]*\s+", re.IGNORECASE)
_UNNUMBERED_RANK, _CAPITALS_RANK, _ARABIC_RANK = 9, 2, 3
_START = 60  # characters: enough for the words that begin an annex
_HEADING_WORDS, _SHORT_LEAD_WORDS, _TITLE_WORDS = 25, 12, 8
_PLAN = re.compile(
    r"(?:mot so )?(?:phuong huong|nhiem vu (?:trong tam|chu yeu|trong|quy|6|9|thang|cai cach|cchc|nam)"
    r"|nhiem vu,? giai phap|(?:nhung )?kien nghi(?:$|,? (?:va )?de xuat| voi)|de xuat,? (?:va )?kien nghi|muc tieu"
    r"|ke hoach cong tac|cong tac trong tam)"
)
_END = re.compile(
    r"(?:noi nhan\b|danh sach (?:cac )?phu luc|(?:phu luc|bieu mau|bieu so|bieu|mau so)\s*(?:so\s*)?[:.]?\s*"
    r"(?:[0-9]{1,3}[a-z]?|[ivx]{1,5})\b(?! (?:dinh )?kem theo\W*$)|so lieu thong ke\b|thong ke so lieu\b)"
)
_BEGINNING = re.compile(r"bao cao\b")
_SENTENCE_END = re.compile(r"(?<!\bTP)(?<!\bTp)(?<!\bTX)(?<=[.!?…])\s+(?=[^\W\d_a-zà-ỹđ]|[\"“(+-])")
# As `fold` does, but each letter to one letter, so that a place in the one text is a place in the other.
_FOLDED = {number: fold(chr(number)) for number in range(ord("A"), 0x1F00) if len(fold(chr(number))) == 1}
_PARTS = "trong do"
_STOPS = (".", "!", "?", "…", "./")


@dataclass(frozen=True)
class Line:
    """A text and its folded form, letter for letter."""

    text: str
    folded: str


@dataclass(frozen=True)
class Passage(Line):
    """One paragraph. `above` are the headings and leading lines it stands under, the nearest last."""

    starts: tuple[tuple[int, str], ...]
    above: tuple[Line, ...]

    def place_at(self, position: int) -> str:
        """The place of the printed paragraph that holds this character."""
        return self.starts[bisect_right(self.starts, position, key=itemgetter(0)) - 1][1]

    @property
    def last_sentence(self) -> Line:
        """What leads into the next lines, where the paragraph ends with a colon."""
        places = list(self.sentences())
        start, end = places[-1]
        if len(places) > 1 and self.folded.startswith(_PARTS, start):
            start = places[-2][0]
        return Line(self.text[start:end], self.folded[start:end])

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence starts and ends."""
        return sentence_places(self.text)


@dataclass
class _Joined:
    """Printed paragraphs that are one: their texts, and where each starts when they are joined by spaces."""

    mark: str
    texts: list[str]
    starts: list[tuple[int, str]]
    length: int

    def add(self, text: str, place: str) -> None:
        self.starts.append((self.length + 1, place))
        self.texts.append(text)
        self.length += 1 + len(text)


@dataclass
class _Outline:
    """The headings and leading lines in force, and whether they open what is planned."""

    headings: list[tuple[int, Line]] = field(default_factory=list)
    leads: list[tuple[str, Line]] = field(default_factory=list)
    plan_rank: int | None = None

    def enter(self, mark: str, line: Line) -> None:
        """Take a paragraph into account that is about to be read."""
        rank = None if mark else _heading_rank(line.text)
        if rank is not None:
            self._open(rank, line)
        elif mark:
            marks = [known for known, _ in self.leads]
            del self.leads[marks.index(mark) if mark in marks else len(marks) :]
        elif line.text.endswith(":"):
            self.leads.clear()
        else:
            self.leads = [lead for lead in self.leads if not lead[0] and len(lead[1].text.split()) <= _SHORT_LEAD_WORDS]

    def leave(self, mark: str, passage: Passage) -> None:
        """Remember a paragraph that leads into the next ones, or that goes on a heading in parentheses."""
        if passage.text.endswith(":"):
            self.leads.append((mark, passage.last_sentence))
        elif self.headings and passage.text.startswith("(") and passage.text.endswith(")"):
            rank, heading = self.headings[-1]
            self.headings[-1] = (rank, line_of(f"{heading.text} {passage.text}"))

    def _open(self, rank: int, line: Line) -> None:
        self.headings = [heading for heading in self.headings if heading[0] < rank] + [(rank, line)]
        self.leads.clear()
        if _PLAN.match(line_of(_unnumbered(line.text)).folded):
            self.plan_rank = rank if self.plan_rank is None else min(rank, self.plan_rank)
        elif self.plan_rank is not None and rank <= min(self.plan_rank, _reopening_rank(self.plan_rank)):
            self.plan_rank = None

    @property
    def above(self) -> tuple[Line, ...]:
        return (*(line for _, line in self.headings), *(line for _, line in self.leads))


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text starts and ends."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def line_of(text: str) -> Line:
    """A tidy text with its folded form, which has as many characters."""
    return Line(text, text.translate(_FOLDED))


def passages_of(document: Document) -> Iterator[Passage]:
    """The paragraphs of the narrative that state results, in reading order."""
    outline = _Outline()
    for joined in _joined(document):
        line = line_of(" ".join(joined.texts))
        outline.enter(joined.mark, line)
        passage = Passage(line.text, line.folded, tuple(joined.starts), outline.above)
        if outline.plan_rank is None:
            yield passage
        outline.leave(joined.mark, passage)


def _joined(document: Document) -> Iterator[_Joined]:
    """Paragraphs of the body; one that goes on in lower case behind a page end is one with it."""
    current: _Joined | None = None
    for paragraph in _body(document):
        text = tidy(_MARKUP.sub("", paragraph.text) if _MARKED.search(paragraph.text) else paragraph.text)
        mark = match[0].rstrip()[-1] if (match := _MARK.match(text)) else ""
        text = text[match.end() :] if match else text
        if not text:
            continue
        if current is not None and not mark and _goes_on(current.texts[-1], text):
            current.add(text, paragraph.place)
            continue
        if current is not None:
            yield current
        current = _Joined(mark, [text], [(0, paragraph.place)], len(text))
    if current is not None:
        yield current


def _goes_on(text: str, following: str) -> bool:
    if line_of(following[: len(_PARTS)]).folded == _PARTS:
        return True
    letter = _LETTER.search(following)
    if letter is None or not letter[0].islower() or _NUMBERING.match(following):
        return False
    return not text.endswith(_STOPS)


def _body(document: Document) -> Iterator[Paragraph]:
    reading = True
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows[:2] for cell in row.cells]
        starts = [line_of(text[:_START]).folded.lstrip("*_ ") for text in texts]
        if any(_END.match(start) for start in starts):
            reading = False
        elif isinstance(block, Paragraph) and _BEGINNING.match(starts[0]) and len(block.text.split()) <= _TITLE_WORDS:
            reading = True
        if reading and isinstance(block, Paragraph):
            yield block


def _heading_rank(text: str) -> int | None:
    """How high a heading stands, 1 the highest; null for a paragraph of text."""
    words = len(text.split())
    if words > _HEADING_WORDS:
        return None
    if match := _ARABIC.match(text):
        return _ARABIC_RANK + match[1].count(".")
    for rank, pattern in _HEADINGS:
        if pattern.match(text):
            return rank
    if text.isupper():
        return _CAPITALS_RANK
    plain = words <= _TITLE_WORDS and text[-1] not in ".;:," and not any(letter.isdigit() for letter in text)
    return _UNNUMBERED_RANK if plain and text[0].isupper() else None


def _reopening_rank(plan_rank: int) -> int:
    """Numbered items under a plan look like headings: only one that stands above them ends it."""
    return plan_rank if plan_rank < _ARABIC_RANK else _CAPITALS_RANK


def _unnumbered(text: str) -> str:
    return _ANY_NUMBERING.sub("", text)
