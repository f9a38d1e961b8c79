"""Every word on screen, in Vietnamese and English: `words.csv` and what is spoken from codes and numbers."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.numbers import FORMATS, Language, NumberFormat, written_in
from warehouse.periods import parse_period

_FILE = Path(__file__).parent / "words.csv"
_ADDRESS = re.compile(r"https?:(?=//)|www(?=\.)|@", re.IGNORECASE)
_JOINER = "\u2060"
_QUARTER_NAMES = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}
_PRINTED_TWICE = frozenset(("row", "line"))  # rows that may be one of each half of a table: `row:3/2`


@cache
def all_words() -> dict[str, dict[Language, str]]:
    """The texts of `words.csv` by key and language."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(file)}


@dataclass(frozen=True)
class Words:
    """The words of one language. Calling it gives the text of a key, with `{named}` values written in."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with the values written in; an unknown key is a mistake of ours and raises.

        Words that agree with a count stand in the text: `warehouse.numbers.written_in`.
        """
        return written_in(all_words()[key][self.language], values)

    @property
    def numbers(self) -> NumberFormat:
        """How numbers are written in this language."""
        return FORMATS[self.language]

    def named(self, row: dict[str, Any], field: str = "name") -> str:
        """The text of a catalogue row in this language: `name_vi` or `name_en`."""
        return str(row[f"{field}_{self.language}"] or "")

    def period(self, code: str) -> str:
        """`Quý I/2024`, `6 tháng 2024`, `Năm 2024`; in English `Q1 2024`, `6 months 2024`, `Year 2024`."""
        period = parse_period(code)
        if period.span in _QUARTER_NAMES:
            quarter = _QUARTER_NAMES[period.span]
            return f"Quý {quarter}/{period.year}" if self.language == "vi" else f"{period.span} {period.year}"
        if period.span == "12M":
            return f"{self('span.12M')} {period.year}"
        return f"{self(f'span.{period.span}')} {period.year}"

    def period_within(self, code: str) -> str:
        """The same within a sentence: `quý I/2024`, `năm 2024`; in English `Q1 2024`, `year 2024`."""
        said = self.period(code)
        return said if said[1:2].isdigit() else said[0].lower() + said[1:]

    def date(self, day: date | None) -> str:
        """`14/06/2024` in Vietnamese, `14 Jun 2024` in English; the missing mark where there is none."""
        if day is None:
            return self.numbers.missing
        return day.strftime("%d/%m/%Y") if self.language == "vi" else day.strftime("%d %b %Y")

    def place(self, place: str) -> str:
        """Where a row stands, from its locator: `Phụ lục 4, line:276` is spoken as `Phụ lục 4, dòng 276`."""
        spoken = [self._locator(part) for part in place.split(", ")]
        return ", ".join(spoken)

    def _locator(self, part: str) -> str:
        kind, _, number = part.partition(":")
        key = f"place.{kind}"
        if key not in all_words():
            return part
        if kind in _PRINTED_TWICE and number.endswith("/2"):
            return f"{self(key)} {number.removesuffix('/2')} {self('place_half')}"
        return f"{self(key)} {number}".strip()


def plain(text: str) -> str:
    """Text that Streamlit shows as written: Markdown and its colour and LaTeX marks are taken literally.

    Web and mail addresses would still become links, escaped or not: a joiner that nobody sees keeps them text.
    """
    marks = "\\`*_{}[]<>()#+!|~$:&"
    whole = _ADDRESS.sub(lambda match: match[0] + _JOINER, " ".join(text.splitlines()))
    return "".join(f"\\{character}" if character in marks else character for character in whole)
