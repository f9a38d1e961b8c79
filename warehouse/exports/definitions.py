"""What the indicators and rates of an export mean: name, unit of measure, and how each is worked out, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from warehouse import answers
from warehouse.answers.dictionary import formulas, sum_of
from warehouse.exports.codes import code_words
from warehouse.numbers import Language
from warehouse.store import Warehouse

_TEXTS: Mapping[str, Mapping[Language, str]] = {
    "rate": {
        "vi": "({numerator}) chia cho ({denominator}), nhân 100",
        "en": "({numerator}) over ({denominator}), times 100",
    },
    "stated": {
        "vi": "Phần trăm do báo cáo tự ghi. Tính lại: ({numerator}) chia cho ({denominator}), nhân 100",
        "en": "The percentage that the report prints. Worked out again: ({numerator}) over ({denominator}), times 100",
    },
    "sum": {"vi": "Bằng tổng của: {numerator}", "en": "The sum of: {numerator}"},
    "or": {"vi": "; hoặc ", "en": "; or "},
    "kind": {"vi": "Số liệu {kind}, ghi như in trong báo cáo", "en": "A figure {kind}, as the report prints it"},
    "coded": {"vi": "Mã của câu trả lời, không phải số lượng", "en": "The code of an answer, not a count"},
    "text": {"vi": "Trả lời bằng chữ, không có số", "en": "Answered in words, no figure"},
    "printed": {"vi": "Phần trăm do báo cáo tự ghi", "en": "The percentage that the report prints"},
}  # fmt: skip


def definitions(warehouse: Warehouse, rows: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The indicators in `rows`, in catalogue order: what each counts, in what unit, and which rates use it."""
    catalogue = answers.catalogue(warehouse)
    used = catalogue.filter(pl.col("indicator").is_in(rows["indicator"].unique().drop_nulls().to_list()))
    known = formulas(warehouse)
    made = _worked_out(known.filter(pl.col("kind") != "rate"), language)
    users = _users(warehouse, known.filter(kind="rate"), language)
    return used.select(
        pl.col(f"name_{language}").alias("name"),
        pl.col(f"measure_{language}").alias("measure"),
        pl.Series("how", [_how(row, made, language) for row in used.iter_rows(named=True)], pl.String),
        "kind",
        "direction",
        "additive",
        pl.col(f"theme_{language}").alias("theme"),
        pl.Series("used_in", ["; ".join(users.get(code, ())) for code in used["indicator"]], pl.String),
        "indicator",
    )


def rate_definitions(warehouse: Warehouse, rows: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The rates and definitions in `rows`, a row for each formula, with the formula in words and in codes."""
    names = answers.rates(warehouse)
    titles = names.filter(pl.col("definition").is_null()).select("rate", f"name_{language}", "direction")
    named = names.drop_nulls("definition").select(
        "rate",
        "definition",
        pl.col(f"name_{language}").alias("definition_name"),
        pl.col(f"note_{language}").alias("note"),
    )
    asked = rows.select("rate", "definition").unique()
    used = (
        named.join(asked, on=["rate", "definition"], how="semi", maintain_order="left")
        .join(titles, on="rate", maintain_order="left")
        .join(_rates_of(warehouse), on=["rate", "definition"], maintain_order="left")
    )
    spoken = [
        {
            "how": _say("rate", row, language),
            "numerator": _sum(row["numerator"], language),
            "denominator": _sum(row["denominator"], language),
            "formula": f"({sum_of(row['numerator'], 'indicator')}) / ({sum_of(row['denominator'], 'indicator')})",
        }
        for row in used.iter_rows(named=True)
    ]
    told = pl.DataFrame(spoken, schema=dict.fromkeys(("how", "numerator", "denominator", "formula"), pl.String))
    return used.select(
        pl.col(f"name_{language}").alias("rate_name"), pl.lit("%").alias("measure"), "definition_name"
    ).hstack(told.select("how")).hstack(used.select("note", "direction", "level")).hstack(
        told.select("numerator", "denominator", "formula")
    ).hstack(used.select("rate", "definition"))  # fmt: skip


def _rates_of(warehouse: Warehouse) -> pl.DataFrame:
    found = formulas(warehouse).filter(kind="rate")
    return found.select(pl.col("subject").alias("rate"), "definition", "level", "numerator", "denominator")


def _how(row: Mapping[str, Any], made: Mapping[str, Sequence[str]], language: Language) -> str:
    """How an indicator's figure comes about: its formulas, or that it is counted, with over what time."""
    if told := made.get(row["indicator"]):
        return _TEXTS["or"][language].join(dict.fromkeys(told))
    if row["kind"] in ("coded", "text"):
        return _TEXTS[row["kind"]][language]
    if row["kind"] == "rate":
        return _TEXTS["printed"][language]
    kind = code_words("definitions", "kind", language)[row["kind"]]
    return _TEXTS["kind"][language].format(kind=kind)


def _worked_out(known: pl.DataFrame, language: Language) -> dict[str, list[str]]:
    """By indicator every way in which it is made of others."""
    found: dict[str, list[str]] = {}
    for row in known.iter_rows(named=True):
        found.setdefault(row["subject"], []).append(_say(row["kind"], row, language))
    return found


def _users(warehouse: Warehouse, known: pl.DataFrame, language: Language) -> dict[str, list[str]]:
    """By indicator the rates, each under its definition, that it is a term of."""
    names = {(row["rate"], row["definition"]): row[f"name_{language}"] for row in _named(warehouse)}
    found: dict[str, list[str]] = {}
    for row in known.iter_rows(named=True):
        name = f"{names[row['subject'], None]} ({names[row['subject'], row['definition']]})"
        for term in (*(row["numerator"] or ()), *(row["denominator"] or ())):
            users = found.setdefault(term["indicator"], [])
            if name not in users:
                users.append(name)
    return found


def _named(warehouse: Warehouse) -> Iterable[dict[str, Any]]:
    return answers.rates(warehouse).iter_rows(named=True)


def _say(kind: str, row: Mapping[str, Any], language: Language) -> str:
    sides = {side: _sum(row[side], language) for side in ("numerator", "denominator")}
    return _TEXTS[kind][language].format(**sides)


def _sum(terms: Sequence[Mapping[str, Any]] | None, language: Language) -> str:
    """`Số hồ sơ đã tiếp nhận (cấp xã) + …`."""
    levels = code_words("definitions", "level", language)
    name = f"name_{language}"
    spoken = [
        {name: f"{term[name]} ({levels[term['level']]})" if term["level"] else term[name], "level": None}
        for term in terms or ()
    ]
    return sum_of(spoken, name)
