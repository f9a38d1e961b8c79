"""The catalogue and the form maps as data: every code exists, every name reads well, no row counts twice."""

import csv
import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from warehouse.model import LEVELS

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "warehouse" / "catalogue"
FORMS = sorted((ROOT / "loaders" / "forms").glob("*/form.toml"))

HEADERS = {
    "themes": "theme,name_vi,name_en",
    "measures": "measure,name_vi,name_en,printed",
    "indicators": "indicator,theme,name_vi,name_en,measure,kind,decimals,direction,additive",
    "rates": "rate,definition,level,numerator,denominator,stated,unless",
    "rate_names": "rate,definition,name_vi,name_en,note_vi,note_en,direction",
    "targets": "rate,definition,indicator,value,valid_from,valid_to,source_vi,source_en,note",
    "wholes": "rule,whole,parts,level,relation",
}
ROWS_HEADER = "annex,code,label,parent_label,unit_of_measure,indicator,level"
KINDS = {"flow", "cumulative", "stock", "coded", "rate", "text"}
DIRECTIONS = {"up", "down", "none"}
RELATIONS = {"each_at_most", "sum_equals", "sum_at_most"}
MEASURE_OF_KIND = {"coded": "code", "rate": "percent", "text": "text"}
HEADINGS_WITH_A_UNIT = {"Số liệu về trao đổi văn bản điện tử"}
ONE_PERSON_A_COMMUNE = "commune_party_secretaries"
RATES = {
    ("on_time_rate", "resolved"),
    ("on_time_rate", "received"),
    ("on_time_rate", "on_time_plus_late"),
    ("online_rate", "all_received"),
    ("online_rate", "online_services"),
    ("online_rate", "level_3_4_with_dossiers"),
    ("online_full_rate", "online_services"),
    ("online_partial_rate", "online_services"),
    ("plan_completion", "own_rows"),
    ("tasks_on_time", "own_rows"),
    ("disbursement_rate", "own_rows"),
    ("online_payment_rate", "own_rows"),
    ("feedback_resolved_rate", "own_rows"),
}


def table(name: str) -> list[dict[str, str]]:
    return read(CATALOGUE / f"{name}.csv")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(form: Path) -> list[dict[str, str]]:
    return read(form.with_name("rows.csv"))


def form_id(form: Path) -> str:
    return form.parent.name


def settings(form: Path) -> dict[str, Any]:
    return tomllib.loads(form.read_text(encoding="utf-8"))


def codes(name: str, column: str) -> list[str]:
    return [row[column] for row in table(name)]


def terms(text: str) -> list[tuple[str, str]]:
    """`a + b@commune` as (indicator, level) pairs, the level empty where none is written."""
    return [(code, level) for code, _, level in (term.partition("@") for term in text.split(" + ") if term)]


def repeated(values: list[Any]) -> list[Any]:
    return sorted({value for value in values if values.count(value) > 1})


INDICATORS = {row["indicator"]: row for row in table("indicators")}
DATA_FILES = [CATALOGUE / f"{name}.csv" for name in HEADERS] + [form.with_name("rows.csv") for form in FORMS]


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_file_is_clean_text(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert text.partition("\n")[0] == HEADERS.get(path.stem, ROWS_HEADER)
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell != " ".join(cell.split())] == []


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_line_has_every_column(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("name", "key"),
    [("themes", "theme"), ("measures", "measure"), ("indicators", "indicator"), ("wholes", "rule")],
)
def test_codes_are_unique_snake_case(name: str, key: str) -> None:
    found = codes(name, key)
    assert repeated(found) == []
    assert [code for code in found if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", code)] == []


@pytest.mark.parametrize("name", ["themes", "measures", "indicators", "rate_names"])
@pytest.mark.parametrize("column", ["name_vi", "name_en"])
def test_names_are_present_and_unique(name: str, column: str) -> None:
    names = codes(name, column)
    assert all(names)
    assert repeated(names) == []


def test_themes_are_the_seven_areas_in_reporting_order() -> None:
    areas = ["direction", "institutions", "procedures", "organisation", "civil_service", "finance", "digital"]
    assert codes("themes", "theme") == areas
    order = [areas.index(row["theme"]) for row in table("indicators")]
    assert order == sorted(order)


def test_indicators_use_known_words() -> None:
    for code, row in INDICATORS.items():
        assert row["measure"] in codes("measures", "measure"), code
        assert row["kind"] in KINDS, code
        assert row["direction"] in DIRECTIONS, code
        assert row["additive"] in {"true", "false"}, code
        assert row["decimals"] == ("2" if row["measure"] in {"percent", "million_vnd"} else "0"), code


def test_every_measure_is_used() -> None:
    assert {row["measure"] for row in INDICATORS.values()} == set(codes("measures", "measure"))


def test_rates_codes_and_texts_are_never_added() -> None:
    for code, row in INDICATORS.items():
        measure = MEASURE_OF_KIND.get(row["kind"])
        assert (row["measure"] in MEASURE_OF_KIND.values()) == (measure is not None), code
        if measure:
            assert (row["measure"], row["additive"]) == (measure, "false"), code


def test_a_printed_rate_says_so_in_its_code() -> None:
    assert {code for code, row in INDICATORS.items() if row["kind"] == "rate"} == {
        code for code in INDICATORS if code.endswith("_stated")
    }


def test_every_indicator_is_asked_by_a_form_or_told_in_the_text() -> None:
    asked = {row["indicator"] for form in FORMS for row in rows_of(form)} - {""}
    assert set(INDICATORS) - asked == {
        "dossiers_carried_over",
        "dossiers_pending",
        "dossiers_pending_late",
        "dossiers_received_online",
        "dossiers_waiting",
        "dossiers_withdrawn",
        "online_rate_stated",
    }
    assert asked <= set(INDICATORS)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_form_settings(form: Path) -> None:
    found = settings(form)
    assert found["id"] == form.parent.name
    assert all(found[key] for key in ("name_vi", "name_en", "note", "levels"))
    assert len(found["province_code"]) == 2
    assert set(found["levels"]) <= set(LEVELS)
    assert 0 < found["minimum_share"] <= 1
    for edge in ("valid_from", "valid_to"):
        assert found[edge] == "" or isinstance(found[edge], date)
    assert unicodedata.is_normalized("NFC", form.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", ["id", "name_vi", "name_en"])
def test_forms_have_names_of_their_own(key: str) -> None:
    assert repeated([settings(form)[key] for form in FORMS]) == []


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_no_two_rows_of_a_form_are_one_fact(form: Path) -> None:
    rows = [row for row in rows_of(form) if row["indicator"]]
    for own in settings(form)["levels"]:
        assert repeated([(row["indicator"], row["level"] or own) for row in rows]) == []


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_levels_of_rows(form: Path) -> None:
    for row in rows_of(form):
        assert row["level"] in {"", *LEVELS}, row
        assert row["indicator"] or not row["level"], row
        if "_area" in row["indicator"]:
            assert row["level"] == "", f"counts all tiers, so it has no tier of its own: {row}"


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_only_headings_are_left_unmapped(form: Path) -> None:
    """A row with a unit of measure asks for a value, unless rows hang under it."""
    rows = rows_of(form)
    headings = {row["parent_label"] for row in rows} | HEADINGS_WITH_A_UNIT
    unmapped = {row["label"] for row in rows if row["unit_of_measure"] and not row["indicator"]}
    assert unmapped <= headings


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_percent_rows_are_rates(form: Path) -> None:
    """But two rows of the Thanh Hóa form of 2022 count people and print % by mistake."""
    wrong = [
        row["label"]
        for row in rows_of(form)
        if row["unit_of_measure"] == "%" and INDICATORS[row["indicator"]]["kind"] != "rate"
    ]
    assert len(wrong) == (2 if form.parent.name == "thanh-hoa-commune-2022" else 0)


def test_every_rate_of_the_domain_is_defined() -> None:
    assert {(row["rate"], row["definition"]) for row in table("rates")} == RATES
    assert repeated([(row["rate"], row["definition"], row["level"]) for row in table("rates")]) == []


def test_rates_are_made_of_counts() -> None:
    for row in table("rates"):
        assert row["level"] in {"", *LEVELS}, row
        for code, level in terms(row["numerator"]) + terms(row["denominator"]):
            assert INDICATORS[code]["kind"] in {"flow", "cumulative", "stock"}, row
            assert level in {"", *LEVELS}, row
        assert {code for code, _ in terms(row["unless"])} <= set(INDICATORS), row
        if row["stated"]:
            assert INDICATORS[row["stated"]]["kind"] == "rate", row


def test_numerator_and_denominator_share_a_measure() -> None:
    for row in table("rates"):
        used = terms(row["numerator"]) + terms(row["denominator"])
        assert len({INDICATORS[code]["measure"] for code, _ in used}) == 1, row


def test_rates_and_definitions_are_named_once() -> None:
    named = [(row["rate"], row["definition"]) for row in table("rate_names")]
    assert repeated(named) == []
    assert set(named) == RATES | {(rate, "") for rate, _ in RATES}
    for row in table("rate_names"):
        assert all((row["note_vi"], row["note_en"])), row
        assert row["direction"] in DIRECTIONS, row


def test_targets_name_their_source_and_validity() -> None:
    for row in table("targets"):
        assert bool(row["rate"]) != bool(row["indicator"]), "a target is of a rate or of an indicator"
        assert not row["rate"] or (row["rate"], row["definition"]) in RATES, row
        assert not row["indicator"] or INDICATORS[row["indicator"]]["kind"] == "rate", row
        assert 0 < float(row["value"]) <= 100, row
        assert all((row["source_vi"], row["source_en"])), row
        valid_from = date.fromisoformat(row["valid_from"])
        assert not row["valid_to"] or date.fromisoformat(row["valid_to"]) > valid_from, row


def test_no_target_is_made_up_for_on_time() -> None:
    assert "on_time_rate" not in codes("targets", "rate")


def test_wholes_and_parts() -> None:
    for row in table("wholes"):
        whole, parts = row["whole"], terms(row["parts"])
        assert row["relation"] in RELATIONS, row
        assert row["level"] in {"", *LEVELS}, row
        assert len(set(parts)) == len(parts) > 0, row
        assert {level for _, level in parts} <= {"", *LEVELS}, row
        assert {INDICATORS[code]["kind"] for code, _ in parts} <= {"flow", "cumulative", "stock"}, row
        if row["rule"] != ONE_PERSON_A_COMMUNE:
            assert {INDICATORS[code]["measure"] for code, _ in parts} == {INDICATORS[whole]["measure"]}, row


def test_each_relation_can_be_tested_on_some_form() -> None:
    for row in table("wholes"):
        used = {row["whole"], *(code for code, _ in terms(row["parts"]))}
        asked = [{line["indicator"] for line in rows_of(form)} for form in FORMS]
        if row["relation"] == "sum_equals":
            assert any(used <= found for found in asked), row
        else:
            assert any(row["whole"] in found and len(used & found) > 1 for found in asked), row
