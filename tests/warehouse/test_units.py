"""The catalogue of administrative units: counts, references, lineage, and the mergers we know by heart."""

import csv
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from warehouse.text import fold
from warehouse.units.positions import agreeing_positions

CATALOGUE = Path(__file__).parents[2] / "warehouse" / "catalogue"
NEW_MAP = "2025-07-01"
PARENT_LEVEL = {"province": {""}, "district": {"province"}, "commune": {"province", "district"}}
# Special zones made of an island district that had no commune.
WITHOUT_PREDECESSOR = {"11948", "19742", "20333", "21548", "26732"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = rows_of("units.csv")
LINEAGE = rows_of("unit_lineage.csv")
DISAGREEMENTS = rows_of("unit_lineage_disagreements.csv")
ALIASES = rows_of("unit_aliases.csv")
BY_CODE = {unit["unit_code"]: unit for unit in UNITS}
COMMUNE_LINKS = [link for link in LINEAGE if len(link["old_code"]) == 5]


def codes_named(name: str, valid_to: str) -> list[str]:
    return [unit["unit_code"] for unit in UNITS if (unit["name"], unit["valid_to"]) == (name, valid_to)]


def predecessors(new_code: str) -> dict[str, str]:
    """The units of the same level, told by the length of the code, that went into a new one."""
    same = [link for link in LINEAGE if len(link["old_code"]) == len(link["new_code"].partition("@")[0])]
    return {link["old_code"]: link["kind"] for link in same if link["new_code"] == new_code}


def successors(old_code: str) -> dict[str, str]:
    return {link["new_code"]: link["kind"] for link in LINEAGE if link["old_code"] == old_code}


def successors_of_district(district_code: str) -> tuple[int, dict[str, int]]:
    """Number of its communes, and how many of them went whole into each new commune, by name."""
    communes = {unit["unit_code"] for unit in UNITS if unit["parent_code"] == district_code}
    links = [link for link in COMMUNE_LINKS if link["old_code"] in communes]
    assert {link["kind"] for link in links} == {"whole"}
    return len(communes), dict(Counter(BY_CODE[link["new_code"]]["name"] for link in links))


@pytest.mark.parametrize(
    ("level", "before", "after"), [("province", 63, 34), ("district", 696, 0), ("commune", 10_035, 3_321)]
)
def test_each_map_has_its_number_of_units(level: str, before: int, after: int) -> None:
    units = [unit for unit in UNITS if unit["level"] == level]
    assert sum(unit["valid_from"] == "" for unit in units) == before
    assert sum(unit["valid_to"] == "" for unit in units) == after


def test_only_unchanged_provinces_are_one_row_over_both_maps() -> None:
    assert {unit["valid_from"] for unit in UNITS} == {"", NEW_MAP}
    assert {unit["valid_to"] for unit in UNITS} == {"", NEW_MAP}
    continuing = {unit["unit_code"] for unit in UNITS if unit["valid_from"] == unit["valid_to"] == ""}
    assert continuing == {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}


def test_codes_are_unique_and_tell_the_level() -> None:
    assert len(BY_CODE) == len(UNITS) == 14_138
    digits = {"province": 2, "district": 3, "commune": 5}
    for unit in UNITS:
        official, _, suffix = unit["unit_code"].partition("@")
        assert official.isdecimal()
        assert len(official) == digits[unit["level"]]
        assert suffix in ("", unit["valid_from"])


def test_every_parent_exists_on_the_same_map_at_the_level_above() -> None:
    for unit in UNITS:
        parent = BY_CODE.get(unit["parent_code"], {"level": "", "valid_from": "", "valid_to": ""})
        assert parent["level"] in PARENT_LEVEL[unit["level"]], unit
        assert parent["valid_from"] in ("", unit["valid_from"]), unit
        assert parent["valid_to"] in ("", unit["valid_to"]), unit
        if unit["level"] == "commune":
            assert parent["level"] == ("province" if unit["valid_from"] else "district"), unit


def test_names_are_written_one_way() -> None:
    for unit in UNITS:
        assert unit["name"] == unicodedata.normalize("NFC", " ".join(unit["name"].split()))
        assert unit["name"].endswith(f" {unit['short_name']}")
        assert unit["short_name"][0].isupper() or unit["short_name"][0].isdecimal()
        kind = unit["name"].removesuffix(f" {unit['short_name']}").lower()
        province_city = (unit["level"], kind) == ("province", "thành phố")
        assert unit["kind"] == ("thành phố trực thuộc trung ương" if province_city else kind)


def test_positions_are_in_viet_nam_or_unknown() -> None:
    unknown = Counter(unit["level"] for unit in UNITS if not unit["latitude"] and not unit["longitude"])
    assert unknown == {"commune": 279, "district": 6}
    for unit in UNITS:
        if unit["latitude"]:
            assert 8 < float(unit["latitude"]) < 23.5
            assert 102 < float(unit["longitude"]) < 115
    assert BY_CODE["22736@2025-07-01"]["longitude"] == "114.45000"  # Trường Sa, not the mainland


def test_contradicting_positions_are_left_out() -> None:
    here, there = (20.0, 105.0), (21.0, 105.0)
    two_against_one = agreeing_positions({"a": here, "b": here}, {"n": there}, [("a", "n"), ("b", "n")])
    assert two_against_one == ({"a": here, "b": here}, {})
    assert agreeing_positions({"a": here}, {"n": there}, [("a", "n")]) == ({}, {})
    one_of_two = agreeing_positions({"a": here, "b": there}, {"n": there}, [("a", "n"), ("b", "n")])
    assert one_of_two == ({"b": there}, {"n": there})


def test_every_old_commune_has_a_successor_and_all_but_five_new_ones_a_predecessor() -> None:
    communes = [unit for unit in UNITS if unit["level"] == "commune"]
    old = {unit["unit_code"] for unit in communes if unit["valid_to"]}
    new = {unit["unit_code"] for unit in communes if unit["valid_from"]}
    assert {link["old_code"] for link in COMMUNE_LINKS} == old
    assert new - {link["new_code"] for link in COMMUNE_LINKS} == WITHOUT_PREDECESSOR
    assert {link["new_code"] for link in COMMUNE_LINKS} <= new
    assert {BY_CODE[code]["kind"] for code in WITHOUT_PREDECESSOR} == {"đặc khu"}


def test_whole_means_one_successor_and_part_several() -> None:
    kinds = defaultdict(list)
    for link in LINEAGE:
        kinds[link["old_code"]].append((link["kind"], link["share"], link["date"]))
    for found in kinds.values():
        assert found == [("whole", "1", NEW_MAP)] or (len(found) > 1 and set(found) == {("part", "", NEW_MAP)})
    assert Counter(link["kind"] for link in COMMUNE_LINKS) == {"whole": 9_593, "part": 973}
    assert len({(link["old_code"], link["new_code"]) for link in LINEAGE}) == len(LINEAGE) == 14_269


def test_every_district_went_into_the_communes_that_hold_its_land() -> None:
    districts = [unit["unit_code"] for unit in UNITS if unit["level"] == "district"]
    links = [link for link in LINEAGE if len(link["old_code"]) == 3]
    assert sorted({link["old_code"] for link in links}) == sorted(districts)
    assert {BY_CODE[new]["name"] for new in successors("477")} == {
        "Xã Quảng Điền", "Xã Đan Điền", "Phường Phong Quảng", "Phường Hóa Châu",
    }  # fmt: skip
    assert len(successors("783")) == 7
    assert successors("755") == {"26732": "whole"}  # Côn Đảo, which had no commune
    assert {new for link in links if link["kind"] == "whole" for new in (link["new_code"],)} >= WITHOUT_PREDECESSOR


def test_seven_new_communes_in_eight_are_exact_unions() -> None:
    touched = {link["new_code"] for link in COMMUNE_LINKS if link["kind"] == "part"}
    assert len(touched) == 414
    assert round(100 * (3_321 - len(touched)) / 3_321, 1) == 87.5


def test_lineage_stays_inside_the_merged_provinces() -> None:
    province_now = {code: code for code, unit in BY_CODE.items() if unit["level"] == "province"}
    province_now |= {link["old_code"]: link["new_code"] for link in LINEAGE if len(link["old_code"]) == 2}
    for link in COMMUNE_LINKS:
        district = BY_CODE[BY_CODE[link["old_code"]]["parent_code"]]
        assert BY_CODE[link["new_code"]]["parent_code"] == province_now[district["parent_code"]]


def test_provinces_merged_are_new_rows() -> None:
    assert predecessors("31@2025-07-01") == {"30": "whole", "31": "whole"}
    assert predecessors("79@2025-07-01") == {"74": "whole", "77": "whole", "79": "whole"}
    assert predecessors("15@2025-07-01") == {"10": "whole", "15": "whole"}
    assert (BY_CODE["15"]["name"], BY_CODE["15@2025-07-01"]["name"]) == ("Tỉnh Yên Bái", "Tỉnh Lào Cai")
    assert sum(len(link["old_code"]) == 2 for link in LINEAGE) == 52


def test_nam_thanh_mien_is_four_whole_communes() -> None:
    (code,) = codes_named("Xã Nam Thanh Miện", "")
    assert (code, BY_CODE[code]["parent_code"]) == ("11284@2025-07-01", "31@2025-07-01")
    found = predecessors(code)
    assert set(found.values()) == {"whole"}
    assert {BY_CODE[old]["name"] for old in found} == {
        "Xã Chi Lăng Bắc",
        "Xã Chi Lăng Nam",
        "Xã Hồng Phong",
        "Xã Thanh Giang",
    }
    assert {BY_CODE[BY_CODE[old]["parent_code"]]["name"] for old in found} == {"Huyện Thanh Miện"}


@pytest.mark.parametrize(
    ("old_code", "name", "district", "new_code", "new_name"),
    [
        ("15919", "Xã Hoằng Hợp", "Huyện Hoằng Hóa", "15880@2025-07-01", "Xã Hoằng Giang"),
        ("15277", "Xã Hà Vinh", "Huyện Hà Trung", "14812@2025-07-01", "Phường Bỉm Sơn"),
    ],
)
def test_known_mergers(old_code: str, name: str, district: str, new_code: str, new_name: str) -> None:
    old = BY_CODE[old_code]
    assert (old["name"], BY_CODE[old["parent_code"]]["name"]) == (name, district)
    assert successors(old_code) == {new_code: "whole"}
    assert (BY_CODE[new_code]["name"], BY_CODE[new_code]["parent_code"]) == (new_name, "38")


def test_quang_dien_went_into_four_and_cu_chi_into_seven() -> None:
    assert (BY_CODE["477"]["name"], BY_CODE["783"]["name"]) == ("Huyện Quảng Điền", "Huyện Củ Chi")
    assert successors_of_district("477") == (
        11,
        {"Xã Quảng Điền": 4, "Xã Đan Điền": 4, "Phường Phong Quảng": 2, "Phường Hóa Châu": 1},
    )
    communes, into = successors_of_district("783")
    assert (communes, len(into), set(into.values())) == (21, 7, {3})


def test_quang_ninh_has_its_units_on_both_maps() -> None:
    districts = {unit["unit_code"] for unit in UNITS if unit["parent_code"] == "22" and unit["level"] == "district"}
    assert len(districts) == 13
    assert sum(unit["parent_code"] in districts for unit in UNITS) == 171
    assert sum(unit["parent_code"] == "22" and unit["level"] == "commune" for unit in UNITS) == 54


def test_repeated_names_and_codes_given_again_stay_apart() -> None:
    reused = [unit for unit in UNITS if "@" in unit["unit_code"]]
    assert Counter(unit["level"] for unit in reused) == {"commune": 3_316, "province": 23}
    assert all(unit["unit_code"].split("@")[0] in BY_CODE for unit in reused)
    # 15880 was one commune of Hoằng Hóa and is now a larger one of the same name, straight under Thanh Hóa.
    assert BY_CODE["15880"]["name"] == BY_CODE["15880@2025-07-01"]["name"] == "Xã Hoằng Giang"
    # A new commune bears its old district's name, and so did a commune elsewhere.
    assert codes_named("Xã Củ Chi", "") == ["27553@2025-07-01"]
    assert codes_named("Xã Quảng Điền", "") == ["19867@2025-07-01"]
    assert codes_named("Xã Quảng Điền", NEW_MAP) == ["24577"]
    assert len(codes_named("Phường 14", NEW_MAP)) == 9


def test_a_commune_is_not_split_by_its_namesake() -> None:
    assert successors("31474") == {"31473@2025-07-01": "whole"}  # Long Bình of Long Mỹ
    assert successors("31744") == {"31741@2025-07-01": "whole"}  # Long Bình of Ngã Năm
    assert successors("10798") == {"10804@2025-07-01": "part", "10843@2025-07-01": "part"}
    assert successors("11890") == {"11911@2025-07-01": "whole"}
    assert successors("30901") == {"30886@2025-07-01": "whole"}


def test_disagreements_say_what_was_chosen() -> None:
    assert Counter(row["choice"] for row in DISAGREEMENTS) == {"no link": 31, "whole": 3}
    links = {(link["old_code"], link["new_code"]): link["kind"] for link in LINEAGE}
    for row in DISAGREEMENTS:
        assert links.get((row["old_code"], row["new_code"]), "no link") == row["choice"]
        assert row["source_a"]
        assert row["source_b"]
        assert row["reason"]


def test_aliases_point_at_units_and_add_something() -> None:
    keys = [(fold(row["alias"]), row["unit_code"]) for row in ALIASES]
    assert len(set(keys)) == len(keys)
    for alias, code in keys:
        assert alias not in (fold(BY_CODE[code]["name"]), fold(BY_CODE[code]["short_name"]))
    assert [code for alias, code in keys if alias == "thua thien hue"] == ["46"]
    assert [code for alias, code in keys if alias == "tphcm"] == ["79", "79@2025-07-01"]
