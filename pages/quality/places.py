"""Where in a report something stands, in the words of who wrote it: annex, number and label of a row.

A finding names lines and rows of the file that was read, which nobody sees who has the report open in Word. Of a
passage of the running text it is said which of its figures the finding is about, as they are written there.
"""

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import polars as pl

from pages.kit.words import Words
from warehouse.numbers import FORMATS

_LETTERS = 70  # of a label
_MOST = 4  # figures of one passage
_LINE = "line:"  # a line of the text that was read; other places can be found in the file
# What the reader of running text adds to a label where one passage has several figures under it.
_ADDED = re.compile(r" \((?:tổng số|%|(?:đạt|chiếm) tỷ lệ)\)$")
_OF_DOSSIERS = {
    "received": "dossiers_received",
    "carried": "dossiers_carried_over",
    "resolved": "dossiers_resolved",
    "pending": "dossiers_pending",
}
Known = dict[tuple[str, str], list[Mapping[str, Any]]]


def places_in_words(found: pl.DataFrame, rows: pl.DataFrame, words: Words) -> list[str]:
    """The places of findings by what stands there; `found` and `rows` are of `answers.report_findings`, `report_rows`.

    A place where no row is known is told by the words or figures that the finding quotes, else as the file has it.
    """
    known: Known = {}
    for row in rows.iter_rows(named=True):
        cut = {**row, "label": shorten(row["label"] or "", _LETTERS, placeholder=" …")}
        known.setdefault((row["annex"], row["place"]), []).append(cut)
    return [
        _in_words(place.split(", "), known, json.loads(compared), words)
        for place, compared in found.select("place", "compared").iter_rows()
    ]


def row_in_words(words: Words, row: Mapping[str, Any]) -> str:
    """`Phụ lục 4, STT 3.1: “Số hồ sơ đã giải quyết”`, or the passage of the running text by its words."""
    if row["source"] == "narrative":
        return _passage(words, [row])
    label = " ".join((row["label"] or "").split())
    key = "feedback.row" if row["code"] else "feedback.row_plain"
    spoken = words(key, annex=row["annex"], code=row["code"], label=label)
    return spoken if row["place"].startswith(_LINE) else f"{spoken} ({words.place(row['place'])})"


def _passage(words: Words, rows: Sequence[Mapping[str, Any]]) -> str:
    """`Lời văn, đoạn có “tiếp nhận trực tuyến”: 440; “tiếp nhận trực tiếp”: 45`."""
    said = []
    for row in rows:
        label = _ADDED.sub("", " ".join((row["label"] or "").split()))
        figure = row["raw_value"]
        quoted = words("feedback.quoted", text=label)
        said.append(quoted if figure in (None, "", label) else words("feedback.figure", label=label, figure=figure))
    return words("feedback.passage", what="; ".join(dict.fromkeys(said)))


def _in_words(tokens: list[str], known: Known, compared: Mapping[str, Any], words: Words) -> str:
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
            said.append(_known(words, found[0], compared))
            at = found[1]
            continue
        token, at = tokens[at], at + 1
        if words.place(token) != token:
            said.append(_unknown(words, annex, token, compared))
        else:
            annex = token
    return "; ".join(dict.fromkeys(said)) or annex


def _known(words: Words, rows: list[Mapping[str, Any]], compared: Mapping[str, Any]) -> str:
    """A row of an annex; of a passage the figures that the finding compares, else what it quotes, else the first."""
    if rows[0]["source"] != "narrative":
        return row_in_words(words, rows[0])
    meant = _meant(rows, compared)
    return _passage(words, meant) if meant else _quoted(words, compared) or row_in_words(words, rows[0])


def _meant(rows: list[Mapping[str, Any]], compared: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The figures of a passage that a finding is about: by label, by indicator, of several by what it says is told."""
    named = {compared.get(name) for name in ("subject", "indicator", "whole")} | set(compared.get("part_names") or ())
    named |= {indicator for key, indicator in _OF_DOSSIERS.items() if compared.get(key) is not None}
    named.discard(None)
    about = [row for row in rows if row["indicator"] in named or row["label"] in named]
    told = [row for row in about if row["value"] is not None and row["value"] == compared.get("told_value")]
    values = {compared.get(name) for name in ("numerator", "denominator", "stated_percent")} - {None}
    return (told or about or [row for row in rows if row["value"] in values])[:_MOST]


def _quoted(words: Words, compared: Mapping[str, Any]) -> str:
    """A passage by what a finding quotes of it; nothing where it quotes nothing. Figures are written as reports do."""
    if compared.get("stated_percent") is not None and compared.get("denominator") is not None:
        write = FORMATS["vi"].shortest
        rate, over, under = (write(compared[name]) for name in ("stated_percent", "numerator", "denominator"))
        return words("feedback.passage", what=words("feedback.rate", rate=rate, numerator=over, denominator=under))
    quoted = compared.get("printed")
    return words("feedback.passage", what=words("feedback.quoted", text=quoted)) if isinstance(quoted, str) else ""


def _unknown(words: Words, annex: str, token: str, compared: Mapping[str, Any]) -> str:
    spoken = words.place(token)
    if ":" not in token:  # the report as a whole
        return spoken
    return (not annex and _quoted(words, compared)) or f"{annex or words('quality.narrative')}, {spoken}"
