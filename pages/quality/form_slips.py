"""What of a report's findings is no slip of the unit: row codes that jump or come twice as the form has them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

Row = Mapping[str, Any]
_BETWEEN, _ARROW = "; ", " → "  # jumps, and the two codes of one, as the check writes them


def without_form_slips(found: pl.DataFrame, rows: pl.DataFrame, form: pl.DataFrame) -> pl.DataFrame:
    """The findings of a report but for those about numbers that its form prints so; of several jumps the others stay.

    `found`, `rows` and `form` are of `answers.report_findings`, `report_rows` and `form_codes`.
    """
    printed = [row for row in rows.iter_rows(named=True) if row["code"]]
    annexes = [list(annex.iter_rows(named=True)) for annex in form.partition_by("annex", maintain_order=True)]
    kept: list[Row] = []
    for finding in found.iter_rows(named=True):
        compared = json.loads(finding["compared"])
        own = [row for row in printed if row["annex"] == compared.get("annex")]
        if finding["rule"] == "skipped_code":
            jumps = [jump for jump in compared["subject"].split(_BETWEEN) if not _jumps(jump, own, annexes)]
            kept += [_only(finding, compared, jumps, own)] if jumps else []
        elif finding["rule"] != "duplicate_code" or not _repeats(compared["subject"], own, annexes):
            kept.append(finding)
    return pl.DataFrame(kept, schema=found.schema)


def _jumps(jump: str, own: Sequence[Row], annexes: Sequence[Sequence[Row]]) -> bool:
    """Whether an annex of the form has both codes of a jump, the second before the same row, and none between them."""
    before, after = jump.split(_ARROW)
    stem, _, number = after.rpartition(".")
    between = {f"{stem}.{one}".lstrip(".") for one in range(int(before.rpartition(".")[2]) + 1, int(number))}
    targets = _labels(own, after)
    return any(
        before in codes and targets & _labels(annex, after) and not between & codes
        for annex in annexes
        for codes in ({row["code"] for row in annex},)
    )


def _repeats(code: str, own: Sequence[Row], annexes: Sequence[Sequence[Row]]) -> bool:
    """Whether an annex of the form has the code before every row that has it in the report."""
    labels = _labels(own, code)
    return len(labels) > 1 and any(labels <= _labels(annex, code) for annex in annexes)


def _labels(rows: Sequence[Row], code: str) -> set[str]:
    return {" ".join((row["label"] or "").casefold().split()) for row in rows if row["code"] == code}


def _only(finding: Row, compared: Row, jumps: list[str], own: Sequence[Row]) -> Row:
    """A finding about some of its jumps: where they land, and the sentences with them alone."""
    targets, subject = {jump.split(_ARROW)[1] for jump in jumps}, compared["subject"]
    lands = [row["place"] for row in own if row["code"] in targets and f", {row['place']}," in f"{finding['place']},"]
    said = {name: finding[name].replace(subject, _BETWEEN.join(jumps), 1) for name in ("message_vi", "message_en")}
    return {**finding, **said, "place": ", ".join((compared["annex"], *lands))}
