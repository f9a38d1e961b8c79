"""What a careful auditor adds up besides: the dossier balance, base years, tiers in notes, headings, shares, text.

Each case is the report of one commune and what must be found in it, in both languages; its twin must be silent.
"""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
from check_cases import COMMUNES, Case, checked, found_in
from small import FORMS, ON_TIME, RECEIVED, RESOLVED, report, row
from test_further_checks import told

from warehouse.model import Observation, Remark

PENDING, CARRIED, PENDING_LATE = "dossiers_pending", "dossiers_carried_over", "dossiers_pending_late"
ONLINE, DIRECT, POST = "dossiers_received_online", "dossiers_received_direct", "dossiers_received_post"
FULL, PARTIAL = "dossiers_full_service_received_online", "dossiers_partial_service_received_online"
CUT, UNITS = "public_service_units_cut_rate_stated", "public_service_units_area"
ELECTRONIC, WITH_PAPER = "electronic_documents_rate_stated", "electronic_and_paper_documents_rate_stated"
SATISFIED = "satisfaction_own_survey_satisfied_stated"
ANNOUNCED, IN_FORCE = "procedures_newly_announced", "procedures_in_force"


def text(**figures: int) -> tuple[Observation, ...]:
    return tuple(told(indicator, value) for indicator, value in figures.items())


def noted(indicator: str, value: int | str, note: str) -> Observation:
    return replace(row(indicator, value), note=note)


def under(heading: int, *values: float) -> tuple[Observation, ...]:
    """A heading with a figure, and the rows under it."""
    rows = [replace(row(None, heading), code="1", label="Tiêu đề")]
    for number, value in enumerate(values, start=1):
        rows.append(replace(row(None, value), code=f"1.{number}", label=f"Dòng {number}", parent_label="Tiêu đề"))
    return tuple(rows)


def sections(*codes: str) -> tuple[Observation, ...]:
    """Rows under these codes, each without a figure."""
    return tuple(replace(row(None, None), code=code, label=f"Dòng {number}") for number, code in enumerate(codes))


UNEXPLAINED = (
    "dossiers_unexplained",
    "Cấp xã: tiếp nhận 3.808 hồ sơ (kỳ trước chuyển sang 0), đã giải quyết 3.450, đang giải quyết 341, trả "
    "lại, rút hoặc quá "
    "hạn chưa xong 0: lệch 17 hồ sơ.",
    "Commune level: 3,808 dossiers received (0 carried over), 3,450 resolved, 341 pending, 0 given back, "
    "withdrawn or overdue: "
    "17 unaccounted for.",
)
FAR_APART = (
    "dossiers_far_apart",
    "Cấp xã: tiếp nhận 4.481 hồ sơ nhưng chỉ giải quyết 2.115; không nêu số đang giải quyết, còn 2.366 hồ sơ chưa rõ.",
    "Commune level: 4,481 dossiers received but only 2,115 resolved; no pending figure is given, 2,366 are "
    "unaccounted for.",
)
CUT_DIFFERS = (
    "rate_differs",
    "Tỷ lệ đơn vị sự nghiệp công lập đã cắt giảm so với năm 2015 ghi trong báo cáo (cấp xã): báo cáo ghi 10 %, "
    "tính lại từ "
    "5/55 được 9,09 %.",
    "Cut in public service units since 2015 as printed (commune level): printed 10 %, recomputed from 5/55 as 9.09 %.",
)
CHANNELS = (
    "text_parts_do_not_add_up",
    "Lời văn: Số hồ sơ thủ tục hành chính đã tiếp nhận (cấp xã) là 494, các thành phần cộng lại là 490: Số hồ "
    "sơ tiếp nhận "
    "trực tiếp 45; Số hồ sơ tiếp nhận trực tuyến 440; Số hồ sơ tiếp nhận qua dịch vụ bưu chính công ích 5.",
    "In the text: Dossiers received (commune level) is 494, the parts add up to 490: Dossiers received in "
    "person 45; Dossiers received "
    "online 440; Dossiers received by public post 5.",
)
SHARES = (
    "shares_exceed_hundred",
    "Cấp xã: các tỷ lệ loại trừ nhau cộng lại được 150 %: Tỷ lệ văn bản gửi hoàn toàn dưới dạng điện tử ghi "
    "trong báo cáo 100 %; "
    "Tỷ lệ văn bản gửi dưới dạng điện tử song song với văn bản giấy ghi trong báo cáo 50 %.",
    "Commune level: shares that exclude each other add up to 150 %: Share of documents sent wholly in "
    "electronic form as "
    "printed 100 %; Share of documents sent in both electronic and paper form as printed 50 %.",
)
HEADING = (
    "heading_differs",
    "Dòng tiêu đề “Tiêu đề” ghi 344, không khớp các dòng dưới: 373; 331; 0.",
    "The heading “Tiêu đề” says 344; the rows under it say 373; 331; 0.",
)
HEADING_OF_FRACTIONS = (
    "heading_differs",
    "Dòng tiêu đề “Tiêu đề” ghi 9.000, không khớp các dòng dưới: 1.234,5; 2.000.",
    "The heading “Tiêu đề” says 9,000; the rows under it say 1,234.5; 2,000.",
)
NOTE = (
    "note_differs",
    "“Dòng procedures_in_force” là 76, ghi chú tách cấp huyện 55, cấp xã 22, cộng lại 77.",
    "“Dòng procedures_in_force” is 76; its note says district 55 and communes 22, together 77.",
)
ALL_NEW = (
    "all_newly_announced",
    "Cấp xã: số thủ tục công bố mới là 207, bằng đúng tổng số thủ tục đang áp dụng.",
    "Commune level: 207 procedures are newly announced, exactly as many as are in force.",
)
TEXT_RATE = (
    "text_rate_differs",
    "Lời văn ghi 99,2 % cho 6.626/6.651, tính lại được 99,62 %.",
    "The text says 99.2 % for 6,626/6,651; recomputed it is 99.62 %.",
)
TEXT_RATE_CUT = (
    "text_rate_truncated",
    "Lời văn ghi 56,56 % cho 2.154/3.808, tính lại được 56,57 %; số ghi bị cắt bớt chữ số.",
    "The text says 56.56 % for 2,154/3,808; recomputed it is 56.57 %, the figure is cut off.",
)
ANNEX = (
    "annex_missing",
    "Lời văn dẫn “Phụ lục 5B” nhưng báo cáo không có phụ lục này; có: Phụ lục 5A.",
    "The text cites “Phụ lục 5B”, which is not in the report; it has: Phụ lục 5A.",
)


def percentage(rule: str, numerator: int, denominator: int, percent: float, stated: float) -> Remark:
    compared = {"numerator": numerator, "denominator": denominator, "percent": percent, "stated_percent": stated}
    return Remark(rule, "line:3", compared)


AS_RATIO = (
    "share_as_ratio",
    "Tỷ lệ hài lòng trong khảo sát do đơn vị tự thực hiện ghi trong báo cáo (cấp xã): báo cáo ghi 0,985 %; nếu là tỷ "
    "số chưa nhân 100 (ô chưa định dạng phần trăm) thì phải là 98,50 %.",
    "Satisfied share in the unit's own survey as printed (commune level): printed 0.985 %; if it is a ratio not "
    "multiplied by 100 (a cell not formatted as a percentage), it should be 98.50 %.",
)
CASES = (
    Case("17 dossiers missing", text(**{RECEIVED: 3808, RESOLVED: 3450, PENDING: 341}), (UNEXPLAINED,)),
    Case("the balance holds", text(**{RECEIVED: 4340, RESOLVED: 4001, PENDING: 339})),
    Case("carried over beside what was received", text(**{RECEIVED: 490, CARRIED: 4, RESOLVED: 494, PENDING: 0})),
    Case("carried over among what was received", text(**{RECEIVED: 494, CARRIED: 4, RESOLVED: 494, PENDING: 0})),
    Case("overdue among what is pending", text(**{RECEIVED: 31, RESOLVED: 0, PENDING: 31, PENDING_LATE: 1})),
    Case("received far above resolved", (told(RECEIVED, 4481), row(RESOLVED, 2115)), (FAR_APART,)),
    Case("no pending figure and a small gap", (told(RECEIVED, 2200), row(RESOLVED, 2115))),
    Case("a cut of 5 in 55 is not 10 %", (row(UNITS, 50), noted(CUT, 10, "Năm 2015: 55")), (CUT_DIFFERS,)),
    Case("a cut rounded", (row(UNITS, 50), noted(CUT, "9.1", "Năm 2015: 55"))),
    Case("both years in the note", (row(UNITS, 49), noted(CUT, "9.1", "Năm 2015: 55 Năm 2024: 50"))),
    Case("channels of the text", text(**{RECEIVED: 494, DIRECT: 45, ONLINE: 440, POST: 5}), (CHANNELS,)),
    Case("channels that add up", text(**{RECEIVED: 494, DIRECT: 45, ONLINE: 444, POST: 5})),
    Case("post among what is handed in", text(**{RECEIVED: 494, DIRECT: 50, ONLINE: 444, POST: 5})),
    Case("online by class", text(**{ONLINE: 448, FULL: 179, PARTIAL: 269})),
    Case("100 % electronic and 50 % on paper", (row(ELECTRONIC, 100), row(WITH_PAPER, 50)), (SHARES,)),
    Case("80 % electronic and 20 % on paper", (row(ELECTRONIC, 80), row(WITH_PAPER, 20))),
    Case("a share as a ratio", (row(SATISFIED, "0.985"),), (AS_RATIO,)),
    Case("a small share printed with its sign", (row(SATISFIED, "0.985", raw_value="0,985 %"),)),
    Case("a share below a half per cent", (row(SATISFIED, "0.4"),)),
    Case("a small cut", (row(CUT, "0.9"),)),
    Case("numbers start again in each section", sections("I", "1", "2", "II", "1", "2")),
    Case("a heading of its own", under(344, 373, 331, 0), (HEADING,)),
    Case("a heading over fractions and thousands", under(9000, 1234.5, 2000), (HEADING_OF_FRACTIONS,)),
    Case("a heading that sums up", under(704, 373, 331, 0)),
    Case("a heading that repeats a row", under(331, 373, 331, 0)),
    Case("a heading that sums two rows", under(334, 373, 331, 3)),
    Case("tiers of a note", (noted(IN_FORCE, 76, "Cấp huyện: 55 Cấp xã: 22"),), (NOTE,)),
    Case("tiers that add up", (noted(IN_FORCE, 76, "cấp huyện 55 TTHC, cấp xã 21 TTHC/11 xã"),)),
    Case("every procedure new", (row(ANNOUNCED, 207), row(IN_FORCE, 207)), (ALL_NEW,)),
    Case("some procedures new", (row(ANNOUNCED, 7), row(IN_FORCE, 207))),
    Case("a wrong percentage", (), (TEXT_RATE,), (percentage("text_rate_differs", 6626, 6651, 99.62, 99.2),)),
    Case("one cut off", (), (TEXT_RATE_CUT,), (percentage("text_rate_truncated", 2154, 3808, 56.57, 56.56),)),
    Case(
        "an annex that is not there",
        (),
        (ANNEX,),
        (Remark("annex_missing", "line:9", {"printed": "Phụ lục 5B", "found": "Phụ lục 5A"}),),
    ),
    Case("on time and received alike", (row(RECEIVED, 50), row(ON_TIME, 50))),
)
RULES_FOUND_HERE = {rule for case in CASES for rule, _, _ in case.found}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    directory = tmp_path_factory.mktemp("auditor")
    made = [
        report(unit, "2024-6M", case.rows or (row(RECEIVED, 5),), remarks=case.remarks)
        for unit, case in zip(COMMUNES[: len(CASES)], CASES, strict=True)
    ]
    with checked(directory, made, FORMS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("unit", "case"), list(zip(COMMUNES[: len(CASES)], CASES, strict=True)), ids=[case.name for case in CASES]
)
def test_what_is_found(connection: duckdb.DuckDBPyConnection, unit: str, case: Case) -> None:
    assert found_in(connection, unit) == sorted(case.found)
