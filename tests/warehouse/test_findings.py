"""Every rule on a made case, with the exact sentences, and its silence on the clean twin."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import test_auditor_checks
import test_text_checks
from small import (
    BEFORE,
    FORMS,
    LATE,
    LEVEL_3,
    LEVEL_4,
    NOW,
    ON_TIME,
    RECEIVED,
    RESOLVED,
    STATED,
    Printed,
    report,
    row,
    unread,
)
from test_further_checks import RULES_FOUND_HERE

from warehouse.model import Level, Observation, batch_of
from warehouse.tables import read_catalogue
from warehouse.versions import Versions
from warehouse.versions.publish import publish

# These rules are tried on whole reports, in tests/loaders: test_adversarial.py, test_columns.py and test_omitted.py.
IN_MADE_REPORTS = {"rows_missing", "code_unknown", "rate_above_hundred", "staff_over_quota"}
IN_MADE_REPORTS |= {"column_not_found", "columns_alike", "columns_of_parts", "column_of_another", "columns_unread"}
IN_MADE_REPORTS |= {"columns_disagree", "sent_by_office", "unit_guessed", "annex_of_part"}
IN_MADE_REPORTS |= {
    "figure_negative",
    "figure_negative_cut",
    "figure_not_whole",
    "figure_in_percent",
    "figure_ambiguous",
    "figure_too_large",
    "figure_with_words",
    "measure_multiplied",
    "figure_repeated",
    "figure_merged",
    "figure_as_ratio",
    "figure_perhaps_ratio",
}
IN_MADE_REPORTS |= {"struck_out", "hidden_rows", "hidden_columns", "hidden_cells", "hidden_sheet", "table_unread"}
DIRECT, POST = "dossiers_received_direct", "dossiers_received_post"
TASKS, DONE_ON_TIME, DONE_LATE = "assigned_tasks", "assigned_tasks_done_on_time", "assigned_tasks_done_late"
RETURNED, RETURNED_POST = "dossiers_on_time_returned_direct", "dossiers_on_time_returned_post"


@dataclass(frozen=True)
class Found:
    """A finding as it is stored: its rule, severity, place and both sentences."""

    rule: str
    severity: str
    place: str
    message_vi: str
    message_en: str


@dataclass(frozen=True)
class Case:
    """The rows of one report and what must be found in it; nothing, when it is a clean twin."""

    name: str
    rows: tuple[Observation, ...]
    found: tuple[Found, ...] = ()
    level: Level = "commune"


def rows(printed: dict[str, Printed]) -> tuple[Observation, ...]:
    return tuple(row(indicator, value) for indicator, value in printed.items())


def on_time(numerator: Printed, denominator: Printed, stated: Printed) -> tuple[Observation, ...]:
    return rows({RESOLVED: denominator, ON_TIME: numerator, STATED: stated})


def rate_case(
    parts: tuple[int, int], stated: str, rule: str, written: tuple[str, str, str], end: tuple[str, str]
) -> Case:
    """A rate printed in the third row; `written` is the printed rate, the parts and the rate recomputed, in English."""
    severity = {"rate_differs": "high", "rate_as_ratio": "high", "rate_truncated": "low"}[rule]
    printed, fraction, recomputed = written
    english = (
        f"On-time resolution rate (commune level): printed {printed} %, recomputed from {fraction} as {recomputed} "
        f"%{end[1]}"
    )
    marks = str.maketrans({".": ",", ",": "."})
    vietnamese = (
        f"Tỷ lệ hồ sơ giải quyết đúng hạn (cấp xã): báo cáo ghi {printed.translate(marks)} %, tính lại từ "
        f"{fraction.translate(marks)} được {recomputed.translate(marks)} %{end[0]}"
    )
    found = Found(rule, severity, "Phụ lục 1, line:3", vietnamese, english)
    return Case(f"{parts[0]}/{parts[1]} printed {stated}", on_time(*parts, stated), (found,))


PLAIN = (".", ".")
CUT = ("; số ghi bị cắt bớt chữ số.", "; the printed figure is cut off.")

RATIO = (
    "; số ghi có lẽ là tỷ số chưa nhân 100 (ô chưa định dạng phần trăm).",
    "; the printed figure looks like a ratio not multiplied by 100 (a cell not formatted as a percentage).",
)

# 6626/6651 is 99.624116..., 201/20000 is 1.005, 87/2000 is 4.35, 1/3 is 33.3333...
RATE_CASES = [
    rate_case((6626, 6651), "99.2", "rate_differs", ("99.2", "6,626/6,651", "99.62"), PLAIN),
    rate_case((6626, 6651), "99.61", "rate_differs", ("99.61", "6,626/6,651", "99.62"), PLAIN),
    rate_case((6626, 6651), "99.625", "rate_differs", ("99.625", "6,626/6,651", "99.62"), PLAIN),
    rate_case((6626, 6651), "98", "rate_differs", ("98", "6,626/6,651", "99.62"), PLAIN),
    rate_case((87, 2000), "4.34", "rate_differs", ("4.34", "87/2,000", "4.35"), PLAIN),
    rate_case((6626, 6651), "99", "rate_truncated", ("99", "6,626/6,651", "99.62"), CUT),
    rate_case((732, 1558), "46.9", "rate_truncated", ("46.9", "732/1,558", "46.98"), CUT),
    rate_case((87, 2000), "4.3", "rate_truncated", ("4.3", "87/2,000", "4.35"), CUT),
    rate_case((985, 1000), "0.985", "rate_as_ratio", ("0.985", "985/1,000", "98.50"), RATIO),
    rate_case((6626, 6651), "0.9962", "rate_as_ratio", ("0.9962", "6,626/6,651", "99.62"), RATIO),
    rate_case((6626, 6651), "0.996", "rate_as_ratio", ("0.996", "6,626/6,651", "99.62"), RATIO),
    rate_case((7, 7), "1", "rate_as_ratio", ("1", "7/7", "100.00"), RATIO),
    rate_case((6626, 6651), "1", "rate_differs", ("1", "6,626/6,651", "99.62"), PLAIN),
    rate_case((6626, 6651), "0.97", "rate_differs", ("0.97", "6,626/6,651", "99.62"), PLAIN),
    rate_case((2, 3), "66.666", "rate_truncated", ("66.666", "2/3", "66.67"), CUT),
]
RIGHT_RATES = [
    *((6626, 6651, stated) for stated in ("100", "99.6", "99.62", "99.624", "99.6241")),
    *((732, 1558, stated) for stated in ("47", "46.98", "46.983")),
    *((201, 20_000, stated) for stated in ("1", "1.01", "1.005")),
    *((87, 2000, stated) for stated in ("4.4", "4.35")),
    *((0, 5, stated) for stated in ("0", None)),
    (2, 3, "66.667"),
    (5, 5, "100"),
    (1, 3, None),
    (0, 0, None),
    (None, 80, "95"),  # a part is missing: nothing to compare with
    (None, None, "97.5"),
]


def rate_on_zero(stated: str) -> Case:
    found = Found(
        "rate_on_zero",
        "low",
        "Phụ lục 1, line:3",
        f"Tỷ lệ hồ sơ giải quyết đúng hạn (cấp xã): báo cáo ghi {stated} % trong khi mẫu số bằng 0, không có tỷ lệ.",
        f"On-time resolution rate (commune level): printed {stated} % although the denominator is 0; there is no rate.",
    )
    return Case(f"{stated} printed on 0/0", on_time(0, 0, stated), (found,))


# Two value columns that name no period: the first one is the figure, and is judged once.
TWO_COLUMNS = Case(
    "a second column without a period",
    (*on_time(6626, 6651, "99.2"), row(STATED, "99.3", row_no=3, column_label="Kỳ trước")),
    RATE_CASES[0].found,
)

PART_EXCEEDS = Found(
    "part_exceeds_whole",
    "high",
    "Phụ lục 1, line:1",
    "Số hồ sơ thủ tục hành chính giải quyết đúng hạn (cấp xã) là 100 nhưng có thành phần lớn hơn: "
    "Số hồ sơ giải quyết đúng hạn trả kết quả trực tiếp 1.200; "
    "Số hồ sơ giải quyết đúng hạn trả kết quả qua dịch vụ bưu chính công ích 130.",
    "Dossiers resolved on time (commune level) is 100 but a part is larger: Dossiers resolved on time, result "
    "handed over in person "
    "1,200; Dossiers resolved on time, result sent by public post 130.",
)
TASKS_EXCEEDED = Found(
    "parts_exceed_whole",
    "high",
    "Phụ lục 1, line:1",
    "Số nhiệm vụ được Ủy ban nhân dân, Chủ tịch Ủy ban nhân dân cấp trên giao (cấp xã) là 19 nhưng các thành "
    "phần cộng lại là "
    "37: Số nhiệm vụ cấp trên giao đã hoàn thành nhưng quá hạn 19; Số nhiệm vụ cấp trên giao đã hoàn thành đúng hạn "
    "18.",
    "Tasks assigned by the people's committee of the tier above (commune level) is 19 but the parts add up to "
    "37: Tasks assigned from "
    "above and completed late 19; Tasks assigned from above and completed on time 18.",
)
SUM_EXCEEDED = Found(
    "parts_exceed_whole",
    "high",
    "Phụ lục 1, line:1",
    "Số hồ sơ thủ tục hành chính đã tiếp nhận (cấp xã) là 494 nhưng các thành phần cộng lại là 500: "
    "Số hồ sơ tiếp nhận trực tiếp 300; Số hồ sơ tiếp nhận qua dịch vụ bưu chính công ích 200.",
    "Dossiers received (commune level) is 494 but the parts add up to 500: Dossiers received in person 300; "
    "Dossiers received by public post 200.",
)
NOT_ADDED_UP = Found(
    "parts_do_not_add_up",
    "medium",
    "Phụ lục 1, line:1",
    "Số hồ sơ thủ tục hành chính đã tiếp nhận (cấp xã) là 494, các thành phần cộng lại là 498: "
    "Số hồ sơ tiếp nhận trực tiếp 45; Số hồ sơ tiếp nhận trực tuyến mức độ 3 269; "
    "Số hồ sơ tiếp nhận trực tuyến mức độ 4 179; Số hồ sơ tiếp nhận qua dịch vụ bưu chính công ích 5.",
    "Dossiers received (commune level) is 494, the parts add up to 498: Dossiers received in person 45; "
    "Dossiers received online at level 3 269; Dossiers received online at level 4 179; "
    "Dossiers received by public post 5.",
)
TIERS = Found(
    "parts_do_not_add_up",
    "medium",
    "Phụ lục 1, line:1",
    "Tổng số văn bản quy phạm pháp luật do địa phương ban hành (tất cả các cấp trên địa bàn) là 10, các thành phần "
    "cộng lại là 9: Số văn bản quy phạm pháp luật đã ban hành (cấp huyện) 5; Số văn bản quy phạm pháp luật đã ban "
    "hành (cấp xã) 4.",
    "Legal normative documents issued in the territory, all tiers is 10, the parts add up to 9: "
    "Legal normative documents issued (district level) 5; Legal normative documents issued (commune level) 4.",
)
CHANNELS = {RECEIVED: 494, DIRECT: 45, POST: 5, LEVEL_3: 269, LEVEL_4: 179}

WHOLE_CASES = [
    Case("two parts exceed", rows({ON_TIME: 100, RETURNED: 1200, RETURNED_POST: 130}), (PART_EXCEEDS,)),
    Case("parts as large as the whole", rows({ON_TIME: 100, RETURNED: 100, RETURNED_POST: 0})),
    Case("parts of a blank whole", rows({ON_TIME: None, RETURNED: 100, RETURNED_POST: 100})),
    Case("18 on time and 19 late of 19", rows({TASKS: 19, DONE_ON_TIME: 18, DONE_LATE: 19}), (TASKS_EXCEEDED,)),
    Case("18 on time and 1 late of 19", rows({TASKS: 19, DONE_ON_TIME: 18, DONE_LATE: 1})),
    Case("some tasks not yet due", rows({TASKS: 19, DONE_ON_TIME: 10, DONE_LATE: 1})),
    Case("an excess shows without all parts", rows({RECEIVED: 494, DIRECT: 300, POST: 200}), (SUM_EXCEEDED,)),
    Case("a missing part may be the rest", rows({RECEIVED: 494, DIRECT: 300, POST: 100, LEVEL_3: None})),
    Case("498 for 494", rows(CHANNELS), (NOT_ADDED_UP,)),
    Case("494 for 494", rows({**CHANNELS, LEVEL_3: 265})),
    Case("a blank is no zero", rows({**CHANNELS, LEVEL_3: None})),
    Case("a printed zero is one", rows({**CHANNELS, LEVEL_3: 265, POST: 0, DIRECT: 50})),
    Case(
        "tiers that do not add up",
        (
            row("legal_documents_issued_area", 10),
            row("legal_documents_issued", 5, level="district"),
            row("legal_documents_issued", 4, level="commune"),
        ),
        (TIERS,),
        level="district",
    ),
    Case(
        "tiers that add up",
        (
            row("legal_documents_issued_area", 9),
            row("legal_documents_issued", 5, level="district"),
            row("legal_documents_issued", 4, level="commune"),
        ),
        level="district",
    ),
]

TWICE_CODED = Found(
    "duplicate_code",
    "low",
    "Phụ lục 1, line:1, line:3",
    "Phụ lục 1: số thứ tự 1.1 dùng cho 2 dòng.",
    "Phụ lục 1: row code 1.1 is used for 2 rows.",
)
TWICE_PRINTED = Found(
    "duplicate_row",
    "medium",
    "Phụ lục 1, line:1, line:2",
    "Chỉ tiêu “Số văn bản đi” có 2 dòng; số của dòng đầu tiên có số liệu được dùng.",
    "“Số văn bản đi” is printed in 2 rows; the first one that carries a figure is used.",
)
FORMULA = Found(
    "formula_left",
    "low",
    "Phụ lục 1, line:2",
    "Phụ lục 1: “Tỷ lệ {đúng} hạn” còn nguyên công thức, chưa điền số liệu.",
    "Phụ lục 1: “Tỷ lệ {đúng} hạn” still holds the form's formula, no figure was filled in.",
)
ENDLESS = Found(
    "figure_too_long",
    "medium",
    "Phụ lục 1, line:1",
    "Phụ lục 1: số ở dòng “Số văn bản đi” quá dài hoặc ghi sai dạng nên không được dùng.",
    "Phụ lục 1: the figure of “Số văn bản đi” is too long or malformed and was not used.",
)
SENT = "documents_sent"
ROW_CASES = [
    Case(
        "a code used twice",
        (row(RECEIVED, 1, code="1.1"), row(None, None, code="1.2"), row(SENT, 2, code="1.1"), row(TASKS, 3)),
        (TWICE_CODED,),
    ),
    Case(
        "a code used again in another annex, and rows without one",
        (
            row(RECEIVED, 1, code="1.1"),
            row(SENT, 2, code="1.1", annex="Phụ lục 2"),
            row(TASKS, 3),
            row(LATE, 4),
            row(None, 5, code="1.1", source="narrative"),
        ),
    ),
    Case(
        "two columns of one row",
        (row(RECEIVED, 1, code="1", row_no=1), row(RECEIVED, 9, code="1", row_no=1, column_period="2023-9M")),
    ),
    Case(
        "an indicator in two rows",
        (row(SENT, None, label="Số văn bản đi"), row(SENT, 7, label="Số văn bản đi"), row(RECEIVED, 8)),
        (TWICE_PRINTED,),
    ),
    Case(
        "an indicator at two tiers and in the narrative",
        (
            row(ON_TIME, 1, level="district"),
            row(ON_TIME, 2, level="commune"),
            row(ON_TIME, 2, level="commune", source="narrative", annex=""),
        ),
        level="district",
    ),
    Case(
        "a formula left in",
        (row(RECEIVED, 1), unread(STATED, "= b/a*100", "formula", label="Tỷ lệ {đúng} hạn")),
        (FORMULA,),
    ),
    Case(
        "other cells without a number",
        (unread(RECEIVED, "Không phát sinh", "text"), unread(ON_TIME, "19/19", "ratio_text"), row(STATED, None)),
    ),
    Case(
        "figures that nobody can read",
        (unread(SENT, "1.234.567.890.123.456", "text", label="Số văn bản đi"), unread(None, "14/6/2024", "text")),
        (ENDLESS,),
    ),
]

CASES = [
    *RATE_CASES,
    *(Case(f"{top}/{bottom} printed {stated}", on_time(top, bottom, stated)) for top, bottom, stated in RIGHT_RATES),
    rate_on_zero("0"),
    rate_on_zero("100"),
    TWO_COLUMNS,
    *WHOLE_CASES,
    *ROW_CASES,
]


def _units(level: Level) -> Iterator[str]:
    units = read_catalogue("units")
    return iter(units.filter((units["level"] == level) & units["valid_to"].is_not_null())["unit_code"].to_list())


def _with_units() -> list[tuple[str, Case]]:
    """Each case gets a unit of its own."""
    units = {"commune": _units("commune"), "district": _units("district")}
    return [(next(units[case.level]), case) for case in CASES]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    directory = tmp_path_factory.mktemp("findings")
    reports = [report(unit, NOW, case.rows, level=case.level) for unit, case in _with_units()]
    publish(directory, batch_of(reports), FORMS, "load")
    with duckdb.connect(str(Versions(directory).path(1)), read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(("unit", "case"), _with_units(), ids=[case.name for case in CASES])
def test_case(connection: duckdb.DuckDBPyConnection, unit: str, case: Case) -> None:
    stored = connection.execute(
        "SELECT rule, severity, place, message_vi, message_en FROM finding JOIN report USING (report_id) "
        "WHERE unit_code = ?",
        [unit],
    ).fetchall()
    assert [Found(*line) for line in stored] == list(case.found)


def test_every_rule_has_a_case() -> None:
    rules = dict(read_catalogue("rules").select("rule", "severity").rows())
    here = {found.rule: found.severity for case in CASES for found in case.found}
    elsewhere = (
        IN_MADE_REPORTS | RULES_FOUND_HERE | test_auditor_checks.RULES_FOUND_HERE | test_text_checks.RULES_FOUND_HERE
    )
    assert set(here) | elsewhere == set(rules)
    assert here.items() <= rules.items()


def test_every_relation_has_a_case_that_fires() -> None:
    relations = set(read_catalogue("wholes")["relation"])
    assert relations == {"each_at_most", "sum_at_most", "sum_equals"}
    assert {found.rule for case in WHOLE_CASES for found in case.found} == {
        "part_exceeds_whole",
        "parts_exceed_whole",
        "parts_do_not_add_up",
    }


def test_the_compared_values_are_kept(connection: duckdb.DuckDBPyConnection) -> None:
    unit = next(unit for unit, case in _with_units() if case.name == "498 for 494")
    (kept,) = connection.execute(
        "SELECT compared FROM finding JOIN report USING (report_id) WHERE unit_code = ?", [unit]
    ).fetchall()
    assert json.loads(kept[0]) == {
        "relation_name": "dossiers_received_by_channel",
        "level": "commune",
        "whole": RECEIVED,
        "whole_value": 494,
        "part_names": [DIRECT, LEVEL_3, LEVEL_4, POST],
        "part_values": [45, 269, 179, 5],
        "part_levels": ["commune", "commune", "commune", "commune"],
        "total": 498,
    }


def test_the_first_row_with_a_figure_is_the_fact(connection: duckdb.DuckDBPyConnection) -> None:
    unit = next(unit for unit, case in _with_units() if case.name == "an indicator in two rows")
    facts = connection.execute(
        "SELECT value, place FROM fact WHERE unit_code = ? AND indicator = ?", [unit, SENT]
    ).fetchall()
    assert facts == [(7, "Phụ lục 1, line:2")]


def test_a_mended_report_takes_its_findings_away(tmp_path: Path) -> None:
    unit = next(_units("commune"))
    wrong = report(unit, NOW, on_time(6626, 6651, "99.2"))
    mended = report(unit, NOW, on_time(6626, 6651, "99.6"), content="-mended")
    elsewhere = report(unit, BEFORE, on_time(1, 2, "40"))
    publish(tmp_path, batch_of([wrong, elsewhere]), FORMS, "load")
    assert _reports_with_findings(tmp_path, 1) == {wrong.report_id, elsewhere.report_id}
    publish(tmp_path, batch_of([mended]), FORMS, "load")
    assert _reports_with_findings(tmp_path, 2) == {elsewhere.report_id}


def _reports_with_findings(directory: Path, version: int) -> set[str]:
    with duckdb.connect(str(Versions(directory).path(version)), read_only=True) as opened:
        return {row[0] for row in opened.sql("SELECT report_id FROM finding").fetchall()}
