"""Figures and rates as SDMX-CSV 2.0, with their data structure definition as SDMX-JSON 2.0.

TIME_PERIOD is a time range (`2023-12-15/P6M`): a reform year runs from 15 December and its cumulative periods overlap,
which no calendar or reporting period of SDMX says. Our own code of the period stands beside it as PERIOD_CODE. An
indicator has the DEFINITION `_Z` (not applicable). OBS_STATUS is from SDMX's own list: A normal, E estimated, M data
cannot exist (a rate on a denominator of 0), O missing, U low reliability (a grave finding at its place).
"""

from collections.abc import Mapping
from datetime import date

import polars as pl
from pysdmx.io.csv.sdmx20.writer import write as write_csv
from pysdmx.io.json.sdmxjson2.writer.v2_0.structure import write as write_json
from pysdmx.io.pd import PandasDataset
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Role,
)

from warehouse import answers
from warehouse.exports.extract import Extract
from warehouse.numbers import Language
from warehouse.periods import parse_period
from warehouse.store import Warehouse

AGENCY, NAME, VERSION = "CCHC", "CCHC_FIGURES", "1.0"
NOT_APPLICABLE = "_Z"
_MONTHS = {"Q1": 3, "Q2": 3, "Q3": 3, "Q4": 3, "6M": 6, "9M": 9, "12M": 12}
_OBS_STATUS = {
    "A": "Normal value",
    "E": "Estimated value",
    "M": "Missing value; data cannot exist",
    "O": "Missing value",
    "U": "Low reliability",
}
_LEVELS: Mapping[Language, Mapping[str, str]] = {
    "vi": {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"},
    "en": {"province": "Province", "district": "District", "commune": "Commune"},
}
# Each component: its role, its type, and what it means.
_COMPONENTS: tuple[tuple[str, Role, DataType, str], ...] = (
    ("REF_AREA", Role.DIMENSION, DataType.STRING, "Reporting unit, by its official code"),
    ("REF_LEVEL", Role.DIMENSION, DataType.STRING, "Tier whose work the figure counts"),
    ("INDICATOR", Role.DIMENSION, DataType.STRING, "Indicator, or rate"),
    ("DEFINITION", Role.DIMENSION, DataType.STRING, "Definition of the rate; _Z for an indicator"),
    ("TIME_PERIOD", Role.DIMENSION, DataType.TIME_RANGE, "First day and length of the reporting period"),
    ("OBS_VALUE", Role.MEASURE, DataType.DOUBLE, "Value; percentages are 0-100"),
    ("OBS_STATUS", Role.ATTRIBUTE, DataType.STRING, "SDMX code list CL_OBS_STATUS"),
    ("UNIT_MEASURE", Role.ATTRIBUTE, DataType.STRING, "Unit of measure"),
    ("PERIOD_CODE", Role.ATTRIBUTE, DataType.STRING, "Reporting period as the reports name it, e.g. 2024-6M"),
    ("PRINTED_STATUS", Role.ATTRIBUTE, DataType.STRING, "How the printed cell was read"),
    ("NUMERATOR", Role.ATTRIBUTE, DataType.DOUBLE, "Numerator of a rate"),
    ("DENOMINATOR", Role.ATTRIBUTE, DataType.DOUBLE, "Denominator of a rate"),
    ("STATED_VALUE", Role.ATTRIBUTE, DataType.DOUBLE, "The percentage printed in the report"),
    ("SIMULATED", Role.ATTRIBUTE, DataType.STRING, "Whether the report is simulated: true or false"),
    ("REPORT_ID", Role.ATTRIBUTE, DataType.STRING, "The report the figure is in; none where it is made of several"),
    ("SOURCE_FILE", Role.ATTRIBUTE, DataType.STRING, "The report's file"),
    ("SOURCE_PLACE", Role.ATTRIBUTE, DataType.STRING, "Annex and row the figure stands in; none for a rate"),
    ("BOUNDARY", Role.ATTRIBUTE, DataType.STRING, "Map of the units: then (of the period), now, or estimated"),
    ("COUNTING", Role.ATTRIBUTE, DataType.STRING, "printed, or discrete: quarters, taken apart where needed"),
    ("BASIS", Role.ATTRIBUTE, DataType.STRING, "own, union (of former units), difference (of periods) or estimated"),
    ("PROBLEM", Role.ATTRIBUTE, DataType.STRING, "Why there is no value on this map or counting"),
)
_REQUIRED = {"OBS_STATUS", "UNIT_MEASURE", "PERIOD_CODE", "SIMULATED", "BOUNDARY", "COUNTING", "BASIS"}


class NotForSdmx(ValueError):
    """Printed rows have no key of dimensions: only figures and rates are written as SDMX."""


def time_period(period: str) -> str:
    """The SDMX time range of a period code: `2024-6M` is `2023-12-15/P6M`."""
    parsed = parse_period(period)
    start: date = parsed.window_start
    return f"{start:%Y-%m-%d}/P{_MONTHS[parsed.span]}M"


def to_sdmx(found: Extract) -> bytes:
    """SDMX-CSV 2.0 of figures or rates, one observation a row; raises `NotForSdmx` for printed rows."""
    frame = _observations(found.long)
    structure = DataStructureDefinition(id=NAME, agency=AGENCY, version=VERSION, name=NAME, components=_components({}))
    written = write_csv([PandasDataset(structure=structure.to_schema(), data=frame.to_pandas())])
    return (written or "").encode("utf-8")


def to_structure(warehouse: Warehouse, found: Extract) -> bytes:
    """The data structure definition of an export with its concepts and the codes in use, as SDMX-JSON 2.0."""
    lists = {
        name: Codelist(
            id=f"CL_{name}",
            agency=AGENCY,
            version=VERSION,
            name=name,
            items=[Code(id=code, name=text) for code, text in codes.items()],
        )
        for name, codes in _codes(warehouse, found).items()
    }
    concepts = [Concept(id=name, name=text, dtype=kind) for name, _, kind, text in _COMPONENTS]
    scheme = ConceptScheme(id="CCHC_CONCEPTS", agency=AGENCY, version=VERSION, name="CCHC", items=concepts)
    structure = DataStructureDefinition(
        id=NAME,
        agency=AGENCY,
        version=VERSION,
        name="Figures and rates of administrative reform reports",
        components=_components(lists),
    )
    return (write_json([*lists.values(), scheme, structure]) or "").encode("utf-8")


def _components(lists: Mapping[str, Codelist]) -> Components:
    return Components(
        [
            Component(
                id=name,
                required=role == Role.DIMENSION or name in _REQUIRED,
                role=role,
                concept=ItemReference(
                    sdmx_type="Concept", agency=AGENCY, id="CCHC_CONCEPTS", version=VERSION, item_id=name
                ),
                local_dtype=kind,
                local_codes=lists.get(name),
                local_enum_ref=_urn(name) if name in lists else None,
                attachment_level="O" if role == Role.ATTRIBUTE else None,
            )
            for name, role, kind, _ in _COMPONENTS
        ]
    )


def _urn(name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:CL_{name}({VERSION})"


def _observations(long: pl.DataFrame) -> pl.DataFrame:
    """The long frame of an export under the names of the components."""
    if "own" not in long.columns:
        raise NotForSdmx("SDMX chỉ chứa được số liệu theo chỉ tiêu hoặc tỷ lệ, không chứa được dòng in trong báo cáo")
    rates = "rate" in long.columns
    none = pl.lit(None, pl.Float64)
    periods = {code: time_period(code) for code in long["period"].unique()}
    return long.select(
        pl.col("unit_code").alias("REF_AREA"),
        pl.col("level").alias("REF_LEVEL"),
        pl.col("rate" if rates else "indicator").alias("INDICATOR"),
        (pl.col("definition") if rates else pl.lit(NOT_APPLICABLE)).alias("DEFINITION"),
        pl.col("period").replace_strict(periods, return_dtype=pl.String).alias("TIME_PERIOD"),
        pl.col("percent" if rates else "value").alias("OBS_VALUE"),
        _obs_status(rates).alias("OBS_STATUS"),
        (pl.lit("percent") if rates else pl.col("measure")).alias("UNIT_MEASURE"),
        pl.col("period").alias("PERIOD_CODE"),
        (pl.lit(None, pl.String) if rates else pl.col("status")).alias("PRINTED_STATUS"),
        (pl.col("numerator") if rates else none).alias("NUMERATOR"),
        (pl.col("denominator") if rates else none).alias("DENOMINATOR"),
        (pl.col("stated_percent") if rates else none).alias("STATED_VALUE"),
        pl.col("simulated").cast(pl.String).alias("SIMULATED"),
        pl.col("report_id").alias("REPORT_ID"),
        pl.col("file_name").alias("SOURCE_FILE"),
        (pl.lit(None, pl.String) if rates else pl.col("place")).alias("SOURCE_PLACE"),
        pl.col("boundary", "counting", "basis", "problem").name.to_uppercase(),
    )


def _obs_status(rates: bool) -> pl.Expr:
    value = pl.col("percent" if rates else "value")
    impossible = (pl.col("denominator") == 0) if rates else pl.lit(False)
    return (
        pl.when(value.is_null() & impossible.fill_null(False))
        .then(pl.lit("M"))
        .when(value.is_null())
        .then(pl.lit("O"))
        .when(pl.col("estimated"))
        .then(pl.lit("E"))
        .when(pl.col("finding") == "high")
        .then(pl.lit("U"))
        .otherwise(pl.lit("A"))
    )


def _codes(warehouse: Warehouse, found: Extract) -> dict[str, dict[str, str]]:
    """The codes in use with their names, by component."""
    language, long = found.language, found.long
    catalogue = answers.catalogue(warehouse)
    if "rate" in long.columns:
        indicators = dict(long.select("rate", "rate_name").unique(maintain_order=True).iter_rows())
        definitions = dict(
            long.select("definition", "definition_name").unique("definition", maintain_order=True).iter_rows()
        )
        measures = {"percent": "%"}
    else:
        indicators = dict(long.select("indicator", "name").unique(maintain_order=True).iter_rows())
        definitions = {NOT_APPLICABLE: "Not applicable"}
        used = catalogue.filter(pl.col("measure").is_in(long["measure"].unique().to_list()))
        measures = dict(used.select("measure", f"measure_{language}").unique(maintain_order=True).iter_rows())
    return {
        "REF_AREA": dict(long.select("unit_code", "unit_name").unique(maintain_order=True).iter_rows()),
        "REF_LEVEL": dict(_LEVELS[language]),
        "INDICATOR": indicators,
        "DEFINITION": definitions,
        "OBS_STATUS": _OBS_STATUS,
        "UNIT_MEASURE": measures,
    }
