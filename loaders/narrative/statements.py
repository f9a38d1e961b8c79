"""Figures that reports state in set phrases: procedures at the one-stop shop, online services, documents, staff.

The phrases are data in `statements.csv`, over folded text; `{n}` is the number and `{m}` the one it is a part of. The
first line that fits a number says what it is. A phrase that only says that something was done has a `value`.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from loaders.cells import vietnamese_number
from loaders.narrative.clauses import Clause, Item, Sentence
from loaders.narrative.lexicon import FigureKind
from loaders.narrative.marks import Mark
from loaders.narrative.naming import Named

_HERE = Path(__file__).parent
_NUMBER = r"(?<![\d.,/])(?P<{}>\d{{1,3}}(?:\.\d{{3}})+|\d+)(?!\d|[.,]\d| ?%)"
_WORDS = {
    "n": _NUMBER.format("n"),
    "m": r"(?P<m>\d+)(?!\d|[.,/]\d| ?%)",
    "procedure": r"(?:tthc|thu tuc hanh chinh|thu tuc)",
    "service": r"(?:dich vu cong|dvctt|dvc|tthc|thu tuc hanh chinh|thu tuc)",
    "legal": r"(?:vbqppl|van ban qppl|van ban quy pham phap luat)",
    "person": r"(?:nguoi|dong chi|d/c)",
    # Headcounts, not those of them who did or are something.
    "status": r"(?! (?:tham gia|tham du|duoc|bi|nghi|dat|co|di|thuoc|giu|lam|hoc|dang|chua|da|nu|la|tai|o)\b)",
}
_MAY_STATE = re.compile(
    r"\d.*(?:tthc|thu tuc|dich vu cong|dvc|vbqppl|qppl|quy pham|nghi quyet|van ban chi dao|phieu)|doi thoai"
    r"|(?:tthc|thu tuc|dich vu cong|dvc|khao sat|bien che|cong chuc|can bo).*\d"
)
_PART = " (tổng số)"
_LEADS_OVER = re.compile(r"(?:\s*(?::|\b(?:là|có)\b))+\s*$")
_COUNTED_OF = re.compile(r"^/\d+")
_MOST_WORDS = 12
_LONGEST = 5_000  # characters: a longer one is a table that was flattened
_GUARDED = re.compile(r"\b(?:phan dau|muc tieu|chi tieu|du kien|se|tang them|bo sung them|so voi|cung ky|nam truoc)\b")


@dataclass(frozen=True)
class _Statement:
    kind: FigureKind
    value: Decimal | None
    pattern: re.Pattern[str]


def statements_in(sentence: Sentence) -> Iterator[Named]:
    """The figures that a sentence states in a set phrase, each number once."""
    if len(sentence.folded) > _LONGEST or not _MAY_STATE.search(sentence.folded):
        return
    taken: set[int] = set()
    for statement in _statements():
        for match in statement.pattern.finditer(sentence.folded):
            if match.start("n") not in taken and not _GUARDED.search(sentence.folded, 0, match.start("n")):
                taken.add(match.start("n"))
                yield from _named(sentence, statement, match)


def _named(sentence: Sentence, statement: _Statement, match: re.Match[str]) -> Iterator[Named]:
    number = _mark(sentence, match, "n", statement.value)
    if number is None:
        return
    places = match.start("n"), match.end("n")
    clause = Clause(Item((number,), None), ((match.start(), places[0]),), (places[1], match.end()), False)
    label = _label(sentence.text[match.start() : places[0]], sentence.text[places[1] : match.end()])
    label = label or number.raw
    yield Named(number, statement.kind, label, "", False, clause)
    if statement.kind.whole and (whole := _mark(sentence, match, "m", None)):
        yield Named(whole, statement.kind, label + _PART, "", True, clause)


def _label(before: str, behind: str) -> str:
    """The words around the number; only those before it where they lead over to it: `công chức là`, `tổng số:`."""
    leads_over = _LEADS_OVER.search(before) is not None
    words = before if leads_over else f"{before} {_COUNTED_OF.sub('', behind)}"
    return " ".join(_LEADS_OVER.sub("", words).strip(" ;,").split()[-_MOST_WORDS:])


def _mark(sentence: Sentence, match: re.Match[str], name: str, value: Decimal | None) -> Mark | None:
    start, end = match.span(name)
    raw = sentence.text[start:end]
    number = vietnamese_number(raw) if value is None else value
    return None if number is None else Mark("number", start, end, raw, number)


@cache
def _statements() -> tuple[_Statement, ...]:
    with (_HERE / "statements.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_statement(row) for row in csv.DictReader(file))


def _statement(row: dict[str, str]) -> _Statement:
    pattern = row["pattern"]
    for name, words in _WORDS.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    kind = FigureKind(
        figure=f"statement_{row['indicator']}",
        counts=frozenset(),
        needs=(),
        without=frozenset(),
        indicator=row["indicator"],
        area_indicator=None,
        whole=row["whole"] or None,
        unless=None,
        of_parts=True,
    )
    return _Statement(kind, Decimal(row["value"]) if row["value"] else None, re.compile(pattern))
