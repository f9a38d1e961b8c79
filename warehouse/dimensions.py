"""What the dimension tables hold: frames from the catalogue, made once in a process, and from the forms."""

from collections.abc import Sequence
from functools import cache

import duckdb
import polars as pl

from warehouse.model import NATION, Form
from warehouse.periods import all_periods
from warehouse.tables import read_catalogue
from warehouse.territory import numbering, territory_frames, unit_map
from warehouse.text import fold


@cache
def catalogue_frames() -> dict[str, pl.DataFrame]:
    """The tables that follow from the catalogue alone, by name; not to be changed."""
    units = _units()
    return {
        "unit": units,
        "unit_lineage": read_catalogue("unit_lineage"),
        "unit_name": _numbered(_unit_names(), units),
        **{name: _numbered(frame, units) for name, frame in territory_frames().items()},
        "period": _periods(),
        "theme": _positioned(read_catalogue("themes")),
        "measure": read_catalogue("measures").with_columns(pl.col("printed").str.split("|")),
        "indicator": _positioned(read_catalogue("indicators")),
        "rate_name": _positioned(read_catalogue("rate_names")),
        "rate_term": _rate_terms(),
        "stated_rate": read_catalogue("stated_rates"),
        "whole_part": _whole_parts(),
        "target": read_catalogue("targets"),
        "rule": read_catalogue("rules"),
    }


def form_frames(forms: Sequence[Form]) -> dict[str, pl.DataFrame]:
    """The tables of the form families, by name."""
    return {
        "form": pl.DataFrame([_form_line(form) for form in forms]),
        "form_row": pl.DataFrame([row for form in forms for row in _form_rows(form)], infer_schema_length=None),
    }


def _positioned(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_row_index("position", offset=1)


def _units() -> pl.DataFrame:
    units = read_catalogue("units")
    aliases = read_catalogue("unit_aliases").group_by("unit_code").agg(pl.col("alias").str.join(" "))
    names = pl.concat_str("name", pl.col("alias").fill_null(""), separator=" ")
    searched = names.map_elements(fold, return_dtype=pl.String).alias("search_name")
    named = units.join(aliases, on="unit_code", how="left").with_columns(searched)
    order = pl.DataFrame({"unit_code": numbering(unit_map())}).with_row_index("unit_no", offset=1)
    return order.join(named, on="unit_code", how="left", maintain_order="left")


def _numbered(frame: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """With the numbers of the units that a frame names; the country's is 0."""
    number = dict(zip(units["unit_code"], units["unit_no"], strict=True)) | {NATION: 0}
    return frame.with_columns(
        pl.col(f"{which}_code").replace_strict(number, return_dtype=pl.UInt16).alias(f"{which}_no")
        for which in ("unit", "member")
        if f"{which}_code" in frame.columns
    )


def _unit_names() -> pl.DataFrame:
    """The former names with their dates, then the present one; their order is the database's, as Polars knows none."""
    former = read_catalogue("unit_names").drop("reason")
    last = former.group_by("unit_code").agg(pl.col("valid_to").max().alias("valid_from"))
    units = read_catalogue("units").select("unit_code", "name", "short_name", "kind")
    present = units.join(last, "unit_code", how="left")
    names = pl.concat([former, present], how="diagonal")
    with duckdb.connect() as connection:
        connection.register("named", names.select("name").unique().to_arrow())
        ordered = "SELECT name, row_number() OVER (ORDER BY name COLLATE vi, name) AS name_order FROM named"
        order = connection.sql(ordered).pl()
    return names.join(order, on="name")


def _periods() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "period": period.code,
                "year": period.year,
                "span": period.span,
                "window_start": period.window_start,
                "window_end": period.window_end,
                "cumulative": period.cumulative,
                "year_before": period.year_before.code,
                "position": position,
            }
            for position, period in enumerate(all_periods())
        ]
    )


def _rate_terms() -> pl.DataFrame:
    """`a + b@commune` in a formula's column as one line a term."""
    lines = [
        {
            "formula": number,
            "rate": formula["rate"],
            "definition": formula["definition"],
            "level": formula["level"],
            "side": side,
            "indicator": indicator,
            "term_level": level,
        }
        for number, formula in enumerate(read_catalogue("rates").iter_rows(named=True), start=1)
        for side in ("numerator", "denominator", "stated", "unless")
        for indicator, level in _terms(formula[side])
    ]
    return pl.DataFrame(lines, infer_schema_length=None)


def _whole_parts() -> pl.DataFrame:
    lines = [
        {**relation, "part": indicator, "part_level": level}
        for relation in read_catalogue("wholes").iter_rows(named=True)
        for indicator, level in _terms(relation["parts"])
    ]
    return pl.DataFrame(lines, infer_schema_length=None)


def _terms(text: str | None) -> list[tuple[str, str | None]]:
    terms = [term.strip().partition("@") for term in (text or "").split("+") if term.strip()]
    return [(indicator, level or None) for indicator, _, level in terms]


def _form_line(form: Form) -> dict[str, str]:
    return {
        "form": form.form,
        "name_vi": form.name_vi,
        "name_en": form.name_en,
        "legal_basis": form.legal_basis,
    }


def _form_rows(form: Form) -> list[dict[str, object]]:
    return [{"form": form.form, **row.__dict__} for row in form.rows]
