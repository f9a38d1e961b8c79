"""SDMX-CSV 2.0: read back by the library's own reader, with status codes, time ranges and the structure beside."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pysdmx.io import read_sdmx
from small import CHAU, DUC, GIANG, HOANG_HOA, HOP, NAM_THANH_MIEN, NOW, ON_TIME, QUANG_DIEN, RECEIVED

from warehouse.answers import RowFilter
from warehouse.answers.explore import FigureFilter, RateFilter
from warehouse.exports.extract import extract
from warehouse.exports.sdmx import NotForSdmx, time_period, to_sdmx, to_structure
from warehouse.exports.workbook import export_rows
from warehouse.store import Warehouse

KEY = ("REF_AREA", "REF_LEVEL", "INDICATOR", "DEFINITION", "TIME_PERIOD")


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("2024-Q1", "2023-12-15/P3M"),
        ("2024-Q2", "2024-03-15/P3M"),
        ("2024-Q4", "2024-09-15/P3M"),
        ("2024-6M", "2023-12-15/P6M"),
        ("2024-9M", "2023-12-15/P9M"),
        ("2025-12M", "2024-12-15/P12M"),
    ],
)
def test_a_period_is_a_time_range(code: str, written: str) -> None:
    assert time_period(code) == written


def test_a_figure_is_an_observation(warehouse: Warehouse) -> None:
    wanted = FigureFilter(alone=(DUC, CHAU), periods=(NOW,), indicators=(RECEIVED, ON_TIME))
    lines = read(to_sdmx(extract(warehouse, wanted, "vi")))
    assert {line["STRUCTURE"] for line in lines} == {"datastructure"}
    assert {line["STRUCTURE_ID"] for line in lines} == {"CCHC:CCHC_FIGURES(1.0)"}
    columns = ("REF_AREA", "INDICATOR", "DEFINITION", "OBS_VALUE", "OBS_STATUS", "PRINTED_STATUS", "SIMULATED")
    assert [tuple(line[name] for name in columns) for line in lines] == [
        (CHAU, RECEIVED, "_Z", "1000.0", "A", "reported", "true"),
        (CHAU, ON_TIME, "_Z", "500.0", "A", "reported", "true"),
        (DUC, RECEIVED, "_Z", "50.0", "A", "reported", "false"),
        (DUC, ON_TIME, "_Z", "", "O", "blank", "false"),
    ]
    assert {(line["TIME_PERIOD"], line["PERIOD_CODE"]) for line in lines} == {("2023-12-15/P6M", NOW)}
    assert {line["UNIT_MEASURE"] for line in lines} == {"dossier"}


def test_the_status_tells_impossible_from_missing_from_doubtful(warehouse: Warehouse) -> None:
    rates = RateFilter(alone=("15940", GIANG, HOP), rates=("on_time_rate",), periods=(NOW,), simulated=False)
    lines = {line["REF_AREA"]: line for line in read(to_sdmx(extract(warehouse, rates, "vi")))}
    assert {unit: (line["OBS_VALUE"], line["OBS_STATUS"]) for unit, line in lines.items()} == {
        "15940": ("", "M"),  # 0 of 0
        GIANG: ("", "O"),  # its parts are blank
        HOP: ("99.0", "A"),
    }
    assert (lines[HOP]["NUMERATOR"], lines[HOP]["DENOMINATOR"], lines[HOP]["DEFINITION"]) == (
        "198.0",
        "200.0",
        "received",
    )
    tasks = read(to_sdmx(extract(warehouse, FigureFilter(alone=("15886",)), "vi")))
    assert [(line["INDICATOR"], line["OBS_STATUS"]) for line in tasks] == [
        ("plan_tasks", "U"),  # 12 of 10 are done
        ("plan_tasks_done", "A"),
    ]


@pytest.mark.parametrize("wanted", [FigureFilter(others=True), RateFilter(others=True)])
def test_every_observation_has_a_key_of_its_own(
    warehouse: Warehouse, wanted: FigureFilter | RateFilter, tmp_path: Path
) -> None:
    path = tmp_path / "figures.sdmx.csv"
    rows = export_rows(warehouse, wanted, path, "vi")
    lines = read(path.read_bytes())
    assert len({tuple(line[name] for name in KEY) for line in lines}) == len(lines) == rows
    assert all(re.fullmatch(r"[A-Za-z0-9_@$\-]+", line[name]) for line in lines for name in KEY[:4])
    (data,) = read_sdmx(path).data  # the library reads back what it wrote
    assert len(data.data) == rows


def test_a_wide_layout_is_no_matter(warehouse: Warehouse) -> None:
    long, wide = (
        to_sdmx(extract(warehouse, FigureFilter(alone=(HOP,), layout=layout), "vi")) for layout in ("long", "periods")
    )
    assert sorted(long.splitlines()) == sorted(wide.splitlines())


def test_the_structure_names_every_code_in_use(warehouse: Warehouse) -> None:
    found = extract(warehouse, RateFilter(alone=(HOP, QUANG_DIEN, NAM_THANH_MIEN, HOANG_HOA)), "en")
    structure = json.loads(to_structure(warehouse, found))["data"]
    lists = {one["id"]: {code["id"]: code["name"] for code in one["codes"]} for one in structure["codelists"]}
    lines = read(to_sdmx(found))
    for name in ("REF_AREA", "REF_LEVEL", "INDICATOR", "DEFINITION", "OBS_STATUS", "UNIT_MEASURE"):
        assert {line[name] for line in lines} <= set(lists[f"CL_{name}"]), name
    assert lists["CL_INDICATOR"]["online_rate"] == "Online filing rate"
    assert lists["CL_REF_AREA"][NAM_THANH_MIEN] == "Xã Nam Thanh Miện"
    (definition,) = structure["dataStructures"]
    components = definition["dataStructureComponents"]
    dimensions = components["dimensionList"]
    assert [one["id"] for one in dimensions["dimensions"]] == list(KEY[:4])
    assert dimensions["timeDimension"]["id"] == "TIME_PERIOD"
    attributes = [one["id"] for one in components["attributeList"]["attributes"]]
    assert set(lines[0]) - set(attributes) - set(KEY) == {"STRUCTURE", "STRUCTURE_ID", "ACTION", "OBS_VALUE"}


def test_printed_rows_have_no_sdmx_form(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(NotForSdmx, match="dòng in"):
        export_rows(warehouse, RowFilter(HOP), tmp_path / "rows.sdmx.csv", "vi")
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_a_file_of_headings(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "none.sdmx.csv"
    assert export_rows(warehouse, FigureFilter(periods=("2030-6M",)), path, "vi") == 0
    assert path.read_text(encoding="utf-8").startswith("STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,REF_LEVEL,INDICATOR")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["none.sdmx.csv", "none.sdmx.structure.json"]
