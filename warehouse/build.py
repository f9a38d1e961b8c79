"""The tables of a version file: created once, their dimensions refilled whenever the catalogue changed."""

import hashlib
import os
import re
from collections.abc import Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import get_args

import duckdb
import polars as pl

from warehouse.model import LEVELS, NATION, Form, Status
from warehouse.periods import all_periods
from warehouse.tables import catalogue_files, read_catalogue
from warehouse.territory import BOUNDARIES, numbering, territory_frames, unit_map
from warehouse.text import fold

_HERE = Path(__file__).parent
MOST_MEGABYTES = 4000  # that the database takes while a version is made, whatever the size of the country
STORAGE_VERSION = "v1.4.0"  # so that older DuckDB and other tools can attach the file


def create_version(path: Path) -> None:
    """An empty version file with all its tables, typed by the codes of the catalogue."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{_quoted(path)}' AS version (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE version")
        for name, codes in _keys().items():
            listed = ", ".join(f"'{code}'" for code in sorted(codes))
            connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
        connection.execute((_HERE / "schema.sql").read_text(encoding="utf-8"))


def writing(path: Path) -> duckdb.DuckDBPyConnection:
    """A version file open for writing; what does not fit into the memory allowed goes to disk beside it."""
    return duckdb.connect(str(path), config={"memory_limit": f"{_memory_megabytes()}MB"})


def _memory_megabytes() -> int:
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    return min(MOST_MEGABYTES, there * 6 // 10)


def carry(path: Path, source: Path, simulated_only: bool) -> None:
    """Copy reports, row by row as they stand in the version `source`, into the new version at `path`.

    Facts are copied only of reports that have no printed rows to derive them from.
    """
    chosen = "report_id IN (SELECT report_id FROM source.report WHERE simulated)" if simulated_only else "TRUE"
    with writing(path) as connection:
        connection.execute(f"ATTACH '{_quoted(source)}' AS source (READ_ONLY)")
        for table in ("report", "observation", "remark"):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM source.{table} WHERE {chosen}")  # noqa: S608
        connection.execute((_HERE / "derive" / "carry.sql").read_text(encoding="utf-8"))


def _keys() -> dict[str, set[str]]:
    """The types of the codes, each with all its values."""
    rates = read_catalogue("rates")
    return {
        "period_key": {code for period in all_periods() for code in (period.code, period.year_before.code)},
        "indicator_key": set(read_catalogue("indicators")["indicator"]),
        "rate_key": {*rates["rate"], *read_catalogue("rate_names")["rate"]},
        "definition_key": {*rates["definition"], *read_catalogue("rate_names")["definition"].drop_nulls()},
        "level_key": set(LEVELS),
        "status_key": set(get_args(Status)),
        "boundary_key": set(BOUNDARIES),
    }


def fill_dimensions(connection: duckdb.DuckDBPyConnection, forms: Sequence[Form]) -> None:
    """Refill every dimension table from the catalogue and the forms, and define the views anew."""
    units = _units()
    frames = {
        "unit": units,
        "unit_lineage": read_catalogue("unit_lineage"),
        "unit_name": _numbered(_unit_names(connection), units),
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
        "form": pl.DataFrame([_form_line(form) for form in forms]),
        "form_row": pl.DataFrame([row for form in forms for row in _form_rows(form)], infer_schema_length=None),
    }
    for table, frame in frames.items():
        refill(connection, table, frame)
    for view in _views():
        connection.execute(view)


def refill(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Replace all rows of a table by those of a frame, matched by column name."""
    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    append(connection, table, frame)


def append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Add the rows of a frame to a table, matched by column name; columns the table lacks are left out."""
    known = {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    columns = [column for column in frame.columns if column in known]
    connection.register("incoming", frame.select(columns).to_arrow())
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608 - a name of ours
    connection.unregister("incoming")


def catalogue_fingerprint(forms: Sequence[Form]) -> str:
    """Changes whenever a catalogue file, a form, or the SQL or code that derives from them changes."""
    digest = hashlib.sha256(repr(tuple(forms)).encode())
    sql = (path for folder in ("derive", "checks", "views") for path in (_HERE / folder).glob("*.sql"))
    code = (
        _HERE / f"{name}.py" for name in ("build", "derivation", "findings", "numbers", "periods", "territory", "text")
    )
    for path in (*catalogue_files(), _HERE / "schema.sql", *sorted(sql), *code):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _views() -> list[str]:
    """The statements that define the views, each after those it reads from."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((_HERE / "views").glob("*.sql"))}
    read = {
        name: set(re.findall(r"\b(?:FROM|JOIN) (\w+)", text)) & texts.keys() - {name} for name, text in texts.items()
    }
    return [texts[name] for name in TopologicalSorter(read).static_order()]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


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


def _unit_names(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The former names with their dates, then the present one; their order is the database's, as Polars knows none."""
    former = read_catalogue("unit_names").drop("reason")
    last = former.group_by("unit_code").agg(pl.col("valid_to").max().alias("valid_from"))
    units = read_catalogue("units").select("unit_code", "name", "short_name", "kind")
    present = units.join(last, "unit_code", how="left")
    names = pl.concat([former, present], how="diagonal")
    connection.register("named", names.select("name").unique().to_arrow())
    ordered = "SELECT name, row_number() OVER (ORDER BY name COLLATE vi, name) AS name_order FROM named"
    order = connection.sql(ordered).pl()
    connection.unregister("named")
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
