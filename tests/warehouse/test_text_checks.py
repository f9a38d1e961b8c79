"""The text against the annex where it means another sum of rows, a part of the period, or another heading; quotas.

Each case is the report of one commune and what must be found in it, in both languages; its twin must be silent.
"""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
from check_cases import COMMUNES, Case, checked, found_in
from small import FORMS, report, row, unread
from test_further_checks import told

from warehouse.model import FormRow, Observation, Remark

ONE_STOP, ACROSS, IN_FORCE = "procedures_one_stop", "procedures_linked_across_levels", "procedures_in_force"
ANNOUNCED, UNANNOUNCED = "procedures_operated_announced", "procedures_operated_unannounced"
FULL_TOLD, FULL_PRINTED = "procedures_online_level_4", "procedures_full_online"
REVIEWED, DIALOGUE, HELD = "legal_documents_reviewed", "dialogue_held", "civil_servants_present"
CADRES, CADRE_QUOTA, QUOTA, STAFF = "cadres_present", "cadre_quota", "civil_servant_quota", "staff_present"
SURVEYED, TASKS, SURVEY = "satisfaction_survey_forms", "Thực hiện nhiệm vụ được giao", "Khảo sát sự hài lòng"


def form_row(position: int, label: str, parent: str | None, indicator: str | None) -> FormRow:
    return FormRow("Phụ lục 1", position, None, label, parent, None, indicator, None)


FORM = replace(
    FORMS[0],
    rows=(
        *FORMS[0].rows,
        form_row(2, TASKS, None, None),
        form_row(3, "Tổng số nhiệm vụ", TASKS, "assigned_tasks"),
        form_row(4, SURVEY, None, None),
        form_row(5, "Số phiếu", SURVEY, SURVEYED),
    ),
)


def differs(name_vi: str, name_en: str, told_value: str, value: str) -> tuple[str, str, str]:
    return (
        "narrative_differs",
        f"{name_vi} (cấp xã): lời văn ghi {told_value}, phụ lục ghi {value}.",
        f"{name_en} (commune level): the text says {told_value}, the annex {value}.",
    )


def under(heading: str, value: int) -> Observation:
    return replace(row(SURVEYED, value), label="Số phiếu", parent_label=heading)


ONE_STOP_NAMES = (
    "Số thủ tục hành chính thực hiện theo cơ chế một cửa",
    "Procedures handled through the one-stop mechanism",
)
SEVENTEEN = (
    "narrative_part_exceeds",
    "Số văn bản quy phạm pháp luật đã rà soát (cấp xã): lời văn ghi 17 chỉ cho một phần kỳ (Quý 2), phụ lục ghi 0 cho "
    "cả kỳ.",
    "Legal normative documents reviewed (commune level): the text says 17 for a part of the period (Quý 2), the annex "
    "0 for the whole.",
)
EIGHT = differs("Số công chức có mặt tại thời điểm báo cáo", "Civil servants in post at report time", "8", "9")
SEVENTEEN_BEFORE = tuple(text.replace("Quý 2", "trước ngày 01/7/2024") for text in SEVENTEEN)
TWICE = (
    "total_in_each_part",
    "Số biên chế cán bộ được giao (cấp xã) và Số biên chế công chức được giao trong năm (cấp xã) cùng ghi 20, "
    "bằng đúng "
    "tổng của cả hai: Số cán bộ có mặt tại thời điểm báo cáo 11; Số công chức có mặt tại thời điểm báo cáo 9.",
    "Cadre posts assigned (commune level) and Civil servant posts assigned for the year (commune level) are both 20, "
    "which is the total of the two: Cadres in post at report time 11; Civil servants in post at report time 9.",
)
MISPLACED = (
    "row_misplaced",
    "“Số phiếu” nằm dưới đề mục “Thực hiện nhiệm vụ được giao”; theo biểu mẫu thuộc “Khảo sát sự hài lòng”.",
    "“Số phiếu” stands under “Thực hiện nhiệm vụ được giao”; the form has it under “Khảo sát sự hài lòng”.",
)
REMARKS = (
    Remark("row_window_short", "line:9", {"subject": "Kế hoạch được giao", "printed": "11 tháng"}),
    Remark("row_window_long", "line:9", {"subject": "Kế hoạch được giao", "printed": "9 tháng"}),
    Remark("window_day_mistyped", "line:3", {"printed": "15/12/2033", "read": "15/12/2023"}),
    Remark("period_differs", "line:8", {"printed": "2024-Q1", "given": "2024-6M"}),
    Remark("rest_of_year_differs", "line:9", {"printed": "3 tháng cuối năm", "left": 6.0}),
    Remark(
        "impossible_date",
        "line:2",
        {"printed": "15/12/20023", "hint_vi": ", chỉ có thể là 15/12/2023", "hint_en": "; it can only be 15 Dec 2023"},
    ),
)
REMARKED = (
    (
        "row_window_short",
        "“Kế hoạch được giao” ghi “11 tháng”, ngắn hơn kỳ báo cáo.",
        "“Kế hoạch được giao” is noted “11 tháng”, less than the period.",
    ),
    (
        "row_window_long",
        "“Kế hoạch được giao” ghi “9 tháng”, dài hơn kỳ báo cáo.",
        "“Kế hoạch được giao” is noted “9 tháng”, more than the period.",
    ),
    (
        "window_day_mistyped",
        "Ngày “15/12/2033” ghi sai; trong khoảng thời gian đã nêu chỉ có thể là 15/12/2023.",
        "“15/12/2033” is mistyped; within its window it can only be 15/12/2023.",
    ),
    (
        "period_differs",
        "Đoạn này nêu kỳ quý I/2024, tiêu đề báo cáo nêu kỳ 6 tháng năm 2024.",
        "This paragraph names the period Q1 2024; the title names 6 months of 2024.",
    ),
    (
        "rest_of_year_differs",
        "Nhiệm vụ nêu “3 tháng cuối năm”, sau kỳ báo cáo năm chỉ còn 6 tháng.",
        "The plan speaks of “3 tháng cuối năm”; after this period 6 months of the year are left.",
    ),
    (
        "impossible_date",
        "Ngày “15/12/20023” không có thật, chỉ có thể là 15/12/2023.",
        "“15/12/20023” is not a date; it can only be 15 Dec 2023.",
    ),
)

LATER = "figures_of_later_period"


def shared(share: str, value: int) -> Observation:
    return row(f"satisfaction_own_survey_{share}_stated", value)


SURVEY_SHARES = tuple(
    shared(share, value) for share, value in (("satisfied", 90), ("neutral", 8), ("dissatisfied", 12))
)
SURVEY_FOUND = (
    "shares_exceed_hundred",
    "Cấp xã: các tỷ lệ loại trừ nhau cộng lại được 110 %: Tỷ lệ hài lòng trong khảo sát do đơn vị tự thực hiện "
    "ghi trong "
    "báo cáo 90 %; Tỷ lệ bình thường trong khảo sát do đơn vị tự thực hiện ghi trong báo cáo 8 %; Tỷ lệ không hài "
    "lòng trong "
    "khảo sát do đơn vị tự thực hiện ghi trong báo cáo 12 %.",
    "Commune level: shares that exclude each other add up to 110 %: Satisfied share in the unit's own survey "
    "as printed "
    "90 %; Neutral share in the unit's own survey as printed 8 %; Dissatisfied share in the unit's own survey as "
    "printed 12 %.",
)
FAR_MORE = (
    "more_done_than_received",
    "Số hồ sơ thủ tục hành chính giải quyết đúng hạn (cấp xã) là 2.011, vượt xa số tiếp nhận 1.102.",
    "Dossiers resolved on time (commune level) is 2,011, far above the 1,102 received.",
)
IN_A_LATER_COLUMN = (
    LATER,
    "Phụ lục 1: 1 dòng có số ở cột “9 tháng”, kỳ chưa kết thúc khi báo cáo.",
    "Phụ lục 1: 1 row has figures under “9 tháng”, a period that was not over.",
)
IN_THE_NOTE = (
    "cells_shifted",
    "Phụ lục 1: 1 dòng trống ở cột số liệu mà có số ở cột bên: “Dòng dossiers_received” 1.102.",
    "Phụ lục 1: 1 row is empty in its column and has a number in the next one: “Dòng dossiers_received” 1.102.",
)

TOO_LONG = (
    "figure_too_long",
    "Phụ lục 1: số ở dòng “Dòng dossiers_received” quá dài hoặc ghi sai dạng nên không được dùng.",
    "Phụ lục 1: the figure of “Dòng dossiers_received” is too long or malformed and was not used.",
)
NOT_WHOLE = (
    "figure_not_whole",
    "“Dòng dossiers_received” ghi 1,5, chỉ tiêu này đếm hồ sơ nên phải là số nguyên; số này không được dùng.",
    "“Dòng dossiers_received” is printed as 1,5; it counts dossiers, which are whole. The figure was not used.",
)


def unreadable(name: str, raw: str, found: tuple[tuple[str, str, str], ...], remark: Remark) -> Case:
    """A cell whose text is no figure, with a remark on its row."""
    return Case(name, (unread("dossiers_received", raw, "text"), row("dossiers_resolved", 4)), found, (remark,))


CASES = (
    unreadable(
        "a figure too long whose row has another remark",
        "1.234.567.890.123.456",
        (REMARKED[0], TOO_LONG),
        replace(REMARKS[0], place="Phụ lục 1, line:1"),
    ),
    unreadable(
        "a figure not taken at its word",
        "1,5",
        (NOT_WHOLE,),
        Remark(
            "figure_not_whole",
            "Phụ lục 1, line:1",
            {"subject": "Dòng dossiers_received", "printed": "1,5", "expected": "hồ sơ", "expected_en": "dossiers"},
        ),
    ),
    Case("answers of a survey past 100 %", SURVEY_SHARES, (SURVEY_FOUND,)),
    Case(
        "far more on time than received",
        (row("dossiers_received", 1102), row("dossiers_resolved_on_time", 2011)),
        (FAR_MORE,),
    ),
    Case(
        "a few more than received",
        (row("dossiers_received", 1102), row("dossiers_resolved_on_time", 1110)),
        (
            (
                "done_exceeds_received",
                "Tỷ lệ hồ sơ giải quyết đúng hạn (cấp xã): 1.110 trên 1.102 hồ sơ tiếp nhận, vượt 100 %: số giải quyết "
                "có cả hồ sơ kỳ trước chuyển sang hoặc ghi nhầm.",
                "On-time resolution rate (commune level): 1,110 of 1,102 dossiers received is above 100 %: dossiers "
                "carried over are among those done, or one of the two is mistyped.",
            ),
        ),
    ),
    Case(
        "more tasks on time than there were, and how many late is not said",
        (row("assigned_tasks", 17), row("assigned_tasks_done_on_time", 18)),
        (
            (
                "numerator_exceeds",
                "Tỷ lệ nhiệm vụ cấp trên giao hoàn thành đúng hạn (cấp xã): 18 trên 17, vượt 100 %: hai số không "
                "cùng phạm vi hoặc ghi nhầm.",
                "Rate of assigned tasks completed on time (commune level): 18 of 17 is above 100 %: the two do not "
                "cover the same cases, or one is mistyped.",
            ),
        ),
    ),
    Case(
        "a figure under a later period",
        (
            row("dossiers_received", 5, row_no=1),
            row("dossiers_received", 9, row_no=1, column_label="9 tháng", column_period="2024-9M"),
        ),
        (IN_A_LATER_COLUMN,),
    ),
    Case(
        "a figure under an earlier period",
        (
            row("dossiers_received", 5, row_no=1),
            row("dossiers_received", 4, row_no=1, column_label="Quý I", column_period="2024-Q1"),
        ),
    ),
    Case(
        "a figure in the note",
        (row("dossiers_received", None, note="1.102"), row("dossiers_resolved", 4)),
        (IN_THE_NOTE,),
    ),
    Case("words in the note", (row("dossiers_received", None, note="11/11 phòng"), row("dossiers_resolved", 4))),
    Case(
        "18 of 61 procedures",
        (row(ANNOUNCED, 61), row(UNANNOUNCED, 1), told(ONE_STOP, 18)),
        (differs(*ONE_STOP_NAMES, "18", "61"),),
    ),
    Case("announced alone", (row(ANNOUNCED, 61), row(UNANNOUNCED, 1), told(ONE_STOP, 61))),
    Case("announced and not", (row(ANNOUNCED, 61), row(UNANNOUNCED, 1), told(ONE_STOP, 62))),
    Case("one-stop and linked", (row(ONE_STOP, 128), row(ACROSS, 79), row(IN_FORCE, 300), told(ONE_STOP, 207))),
    Case(
        "dossiers for procedures",
        (row(ONE_STOP, 54), row(IN_FORCE, 246), told(ONE_STOP, 999)),
        (differs(*ONE_STOP_NAMES, "999", "54"),),
    ),
    Case("full online services by another name", (row(FULL_PRINTED, 224), told(FULL_TOLD, 224))),
    Case(
        "other full online services",
        (row(FULL_PRINTED, 28), told(FULL_TOLD, 54)),
        (
            differs(
                "Số thủ tục hành chính cung cấp trực tuyến mức độ 4", "Procedures offered online at level 4", "54", "28"
            ),
        ),
    ),
    Case("more resolutions in a quarter", (row(REVIEWED, 0), told(REVIEWED, 17, note="Quý 2")), (SEVENTEEN,)),
    Case(
        "more resolutions before a day",
        (row(REVIEWED, 0), told(REVIEWED, 17, note="trước ngày 01/7/2024")),
        (SEVENTEEN_BEFORE,),
    ),
    Case("more than a bound in a part", (row(REVIEWED, 0), told(REVIEWED, 17, note="trên; Quý 2"))),
    Case("told of one more place", (row(HELD, 9), told(HELD, 8, note="cũng tại xã")), (EIGHT,)),
    Case("told of former communes", (row(HELD, 9), told(HELD, 8, note="các xã cũ"))),
    Case("more told by an office of the state", (row(HELD, 9), told(HELD, 8, note="cơ quan nhà nước")), (EIGHT,)),
    Case("fewer in a quarter", (row(REVIEWED, 20), told(REVIEWED, 17, note="Quý 2"))),
    Case("documents of one body only", (row(REVIEWED, 12), told(REVIEWED, 1))),
    Case("staff of both kinds", (row(CADRES, 11), row(HELD, 9), told(STAFF, 20))),
    Case(
        "7 of 8 beside 9",
        (row(HELD, 9), told(HELD, 8)),
        (EIGHT,),
    ),
    Case("20 posts twice", (row(CADRE_QUOTA, 20), row(QUOTA, 20), row(CADRES, 11), row(HELD, 9)), (TWICE,)),
    Case("10 posts twice", (row(CADRE_QUOTA, 10), row(QUOTA, 10), row(CADRES, 10), row(HELD, 9))),
    Case("survey forms among the tasks", (under(TASKS, 670),), (MISPLACED,)),
    Case("survey forms in their place", (under(SURVEY, 670),)),
    Case("survey forms under a heading no form knows", (under("Điều tra xã hội học", 670),)),
    Case("remarks on windows", (row("dossiers_received", 5),), REMARKED, REMARKS),
)
RULES_FOUND_HERE = {rule for case in CASES for rule, _, _ in case.found}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    directory = tmp_path_factory.mktemp("text-checks")
    made = [
        report(unit, "2024-6M", case.rows, remarks=case.remarks)
        for unit, case in zip(COMMUNES[: len(CASES)], CASES, strict=True)
    ]
    with checked(directory, made, (FORM,)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("unit", "case"), list(zip(COMMUNES[: len(CASES)], CASES, strict=True)), ids=[case.name for case in CASES]
)
def test_what_is_found(connection: duckdb.DuckDBPyConnection, unit: str, case: Case) -> None:
    assert found_in(connection, unit) == sorted(case.found)
