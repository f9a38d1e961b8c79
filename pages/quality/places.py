"""Where in a report something stands, in the words of who wrote it: annex, number and label of a row.

A finding names lines and rows of the file that was read, which nobody sees who has the report open in Word.
"""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import polars as pl

from pages.kit.words import Words

_LETTERS = 70  # of a label
_LINE = "line:"  # a line of the text that was read; other places can be found in the file


def places_in_words(places: Sequence[str], rows: pl.DataFrame, words: Words) -> list[str]:
    """The places of findings by what stands there; `rows` is the frame of `answers.report_rows`.

    A place where no row is known is spoken as the file has it.
    """
    known: dict[tuple[str, str], str] = {}
    for row in rows.iter_rows(named=True):
        cut = {**row, "label": shorten(row["label"] or "", _LETTERS, placeholder=" …")}
        known.setdefault((row["annex"], row["place"]), row_in_words(words, cut))
    return [_in_words(place.split(", "), known, words) for place in places]


def row_in_words(words: Words, row: Mapping[str, Any]) -> str:
    """`Phụ lục 4, STT 3.1: “Số hồ sơ đã giải quyết”`, or the passage of the running text by its words."""
    label = " ".join((row["label"] or "").split())
    if row["source"] == "narrative":
        return words("feedback.passage", label=label)
    key = "feedback.row" if row["code"] else "feedback.row_plain"
    spoken = words(key, annex=row["annex"], code=row["code"], label=label)
    return spoken if row["place"].startswith(_LINE) else f"{spoken} ({words.place(row['place'])})"


def _in_words(tokens: list[str], known: dict[tuple[str, str], str], words: Words) -> str:
    """Every place that the parts of a finding's place name: an annex goes for all that follow it."""
    annex, said, at = "", [], 0
    while at < len(tokens):
        found = next(
            (
                (known[where, place], end)
                for end in range(len(tokens), at, -1)
                for place in (", ".join(tokens[at:end]),)
                for where in (annex, "")
                if (where, place) in known
            ),
            None,
        )
        if found:
            said.append(found[0])
            at = found[1]
            continue
        token, at = tokens[at], at + 1
        if words.place(token) != token:
            said.append(_unknown(words, annex, token))
        else:
            annex = token
    return "; ".join(dict.fromkeys(said)) or annex


def _unknown(words: Words, annex: str, token: str) -> str:
    spoken = words.place(token)
    if ":" not in token:  # the report as a whole
        return spoken
    return f"{annex or words('quality.narrative')}, {spoken}"
