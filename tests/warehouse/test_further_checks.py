"""Checks beyond printed rates, parts and rows: over time, against the text, of codes, measures, windows and remarks.

Each case is the reports of one commune and what must be found in them, in both languages; its twin must be silent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import pytest
from check_cases import COMMUNES, checked, found_in
from small import FORMS, LEVEL_3, LEVEL_4, ON_TIME, RECEIVED, report, row

from warehouse.model import Observation, Remark, Report

# Communes of huyện Hoằng Hóa, one for each case.
PUBLISHED = "results_published_website"
ON_TIME_STATED, RESOLVED_LATE = "on_time_rate_stated", "dossiers_resolved_late"


@dataclass(frozen=True)
class Case:
    """Reports of one unit, made for it later, and the rules with their sentences that must be found in them."""

    name: str
    reports: tuple[Report, ...]
    found: tuple[tuple[str, str, str], ...] = ()


def told(indicator: str, value: int, **changed: object) -> Observation:
    """A figure of the running text."""
    return replace(row(indicator, value), source="narrative", annex="", **changed)  # type: ignore[arg-type]


def coded(*codes: str) -> tuple[Observation, ...]:
    """Rows printed under these codes, each without a figure."""
    return tuple(replace(row(None, None), code=code, label=f"Dòng {code}") for code in codes)


def of(rows: tuple[Observation, ...], period: str = "2024-6M", **changed: object) -> Report:
    return report("", period, rows, **changed)  # type: ignore[arg-type]


FALLS = (
    "cumulative_falls",
    "Số hồ sơ thủ tục hành chính đã tiếp nhận (cấp xã): kỳ 9 tháng năm 2024 là 90, ít hơn 100 của kỳ 6 tháng năm 2024.",
    "Dossiers received (commune level): 90 in 9 months of 2024, less than 100 in 6 months of 2024.",
)
DIFFERS = (
    "narrative_differs",
    "Số hồ sơ thủ tục hành chính giải quyết đúng hạn (cấp xã): lời văn ghi 490, phụ lục ghi 494.",
    "Dossiers resolved on time (commune level): the text says 490, the annex 494.",
)
DIFFERS_FROM_PARTS = (
    "narrative_differs_from_parts",
    "Tỷ lệ hồ sơ nộp trực tuyến ghi trong báo cáo (cấp xã): lời văn ghi 90 %, tính từ các dòng của phụ lục được 70 %.",
    "Online filing rate, as printed (commune level): the text says 90 %; the annex's rows give 70 %.",
)
BY_ROWS = (
    "narrative_differs_from_parts",
    "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn ghi trong báo cáo (cấp xã): lời văn ghi 95 %, tính từ các dòng "
    "của phụ lục được 100 %.",
    "On-time resolution rate as printed (commune level): the text says 95 %; the annex's rows give 100 %.",
)
LATE_AND_NONE = (
    "text_late_and_none",
    "Cấp xã: lời văn có chỗ ghi không có hồ sơ trễ hạn, có chỗ ghi 4 hồ sơ.",
    "Commune level: the text says in one place that no dossiers are late, in another that 4 are.",
)
NEARLY = (
    "narrative_bound_differs",
    "Số hồ sơ thủ tục hành chính giải quyết đúng hạn (cấp xã): lời văn ghi “gần” 4.000, phụ lục ghi 494.",
    "Dossiers resolved on time (commune level): the text says “gần” 4,000, the annex 494.",
)
BOUND = (
    "narrative_bound_differs",
    "Số hồ sơ thủ tục hành chính giải quyết đúng hạn (cấp xã): lời văn ghi “trên” 500, phụ lục ghi 494.",
    "Dossiers resolved on time (commune level): the text says “trên” 500, the annex 494.",
)
SKIPPED = (
    "skipped_code",
    "Phụ lục 1: số thứ tự nhảy cóc: 1.1 → 1.3.",
    "Phụ lục 1: row codes jump: 1.1 → 1.3.",
)
MEASURE = (
    "wrong_measure",
    "“Dòng dossiers_received” ghi đơn vị tính “Thủ tục”, chỉ tiêu này tính bằng hồ sơ.",
    "“Dòng dossiers_received” is printed in “Thủ tục”; it counts dossiers.",
)
SHORT = (
    "window_short",
    "Theo các ngày ghi trong báo cáo (hoặc ngày ký), số liệu tính từ 15/12/2023 đến 31/05/2024; "
    "kỳ báo cáo từ 15/12/2023 đến 14/06/2024: thiếu 14 ngày.",
    "By the days the report states (or its signature), figures run from 15 Dec 2023 to 31 May 2024; "
    "the period runs from 15 Dec 2023 to 14 Jun 2024: 14 days are missing.",
)
AFTER = (
    "counted_after_signing",
    "Số liệu ghi là tính đến 14/06/2024, sau ngày ký 10/06/2024.",
    "The figures are said to run to 14 Jun 2024, after the signature on 10 Jun 2024.",
)
BEFORE = (
    "signed_before_period",
    "Báo cáo ký ngày 05/06/2023, trước khi kỳ báo cáo bắt đầu (15/12/2023).",
    "The report is signed on 05 Jun 2023, before the period began (15 Dec 2023).",
)
LATE = (
    "signed_late",
    "Báo cáo ký ngày 05/06/2025, hơn sáu tháng sau khi kỳ báo cáo kết thúc (14/06/2024).",
    "The report is signed on 05 Jun 2025, more than six months after the period ended (14 Jun 2024).",
)
DATE = ("impossible_date", "Ngày “15/12/20024” không có thật.", "“15/12/20024” is not a date.")
NAME = (
    "name_differs",
    "Nơi ghi ngày đề “Hoàng Hợp”, đơn vị là Xã Hoằng Hợp.",
    "The dateline says “Hoàng Hợp”; the unit is Xã Hoằng Hợp.",
)
GIVEN = (
    (
        "annex_of_another_unit",
        "Tiêu đề phụ lục ghi Xã Hoằng Đức, báo cáo là của Xã Hoằng Hợp.",
        "The heading of the annex names Xã Hoằng Đức; the report is of Xã Hoằng Hợp.",
    ),
    (
        "parent_differs",
        "Đầu văn bản hoặc nơi nhận ghi Huyện Hà Trung; theo danh mục, đơn vị báo cáo là Xã Hoằng Hợp, Huyện Hoằng Hóa.",
        "The letterhead or the recipients name Huyện Hà Trung; by the catalogue the report is of Xã Hoằng Hợp, "
        "Huyện Hoằng Hóa.",
    ),
    (
        "unit_overruled",
        "Văn bản nêu Xã Hoằng Hợp, nhưng được nạp cho Xã Hoằng Đức theo chỉ định của người nạp.",
        "The document names Xã Hoằng Hợp; it was loaded for Xã Hoằng Đức, as the person who loaded it said.",
    ),
    (
        "form_of_another_level",
        "Mẫu biểu dành cho cấp huyện hoặc cấp tỉnh, nhưng báo cáo được nạp cho Xã Hoằng Đức "
        "theo chỉ định của người nạp.",
        "The form is made for a district or province; the report was loaded for Xã Hoằng Đức, "
        "as the person who loaded it said.",
    ),
    (
        "period_overruled",
        "Văn bản nêu kỳ 6 tháng năm 2024, nhưng được nạp cho kỳ 6 tháng năm 2023 theo chỉ định của người nạp.",
        "The document names the period 6 months of 2024; it was loaded for 6 months of 2023, "
        "as the person who loaded it said.",
    ),
)
REPEATED = (
    "same_figure_repeated",
    "Cấp xã: con số 494 lặp lại ở nhiều chỉ tiêu: Số hồ sơ thủ tục hành chính đã tiếp nhận 494; Số hồ sơ thủ "
    "tục hành chính "
    "giải quyết đúng hạn 494; Số hồ sơ công khai kết quả giải quyết trên trang thông tin điện tử của đơn vị 494.",
    "Commune level: the figure 494 is repeated: Dossiers received 494; Dossiers resolved on time 494; "
    "Dossier results published on the unit's website 494.",
)
APOLOGIES = (
    "perfect_with_apologies",
    "Cấp xã: tỷ lệ đúng hạn 100 % nhưng có 4 trường hợp công khai xin lỗi.",
    "Commune level: all dossiers are on time, yet 4 public apologies were made.",
)
REMARKS = (
    Remark("annex_of_another_unit", "line:90", {"printed": "Xã Hoằng Đức", "unit_name": "Xã Hoằng Hợp"}),
    Remark("parent_differs", "report", {"printed": "Huyện Hà Trung", "unit_name": "Xã Hoằng Hợp, Huyện Hoằng Hóa"}),
    Remark("impossible_date", "line:12", {"printed": "15/12/20024"}),
    Remark("name_differs", "line:5", {"printed": "Hoàng Hợp", "unit_name": "Xã Hoằng Hợp"}),
    Remark("unit_overruled", "report", {"printed": "Xã Hoằng Hợp", "unit_name": "Xã Hoằng Đức", "unit_code": "15919"}),
    Remark(
        "form_of_another_level",
        "report",
        {"unit_name": "Xã Hoằng Đức", "levels_vi": "cấp huyện hoặc cấp tỉnh", "levels_en": "district or province"},
    ),
    Remark("period_overruled", "report", {"printed": "2024-6M", "given": "2023-6M"}),
)

CASES = (
    Case("a fall within the year", (of((row(RECEIVED, 100),)), of((row(RECEIVED, 90),), "2024-9M")), (FALLS,)),
    Case("a rise within the year", (of((row(RECEIVED, 100),)), of((row(RECEIVED, 101),), "2024-9M"))),
    Case("fewer in the next year", (of((row(RECEIVED, 100),), "2023-12M"), of((row(RECEIVED, 20),), "2024-Q1"))),
    Case("a second quarter stands alone", (of((row(RECEIVED, 100),), "2024-Q1"), of((row(RECEIVED, 9),), "2024-Q2"))),
    Case("the text differs", (of((row(ON_TIME, 494), told(ON_TIME, 490))),), (DIFFERS,)),
    Case(
        "the text differs from what the rows give",
        (of((row(RECEIVED, 200), row(LEVEL_3, 100), row(LEVEL_4, 40), told("online_rate_stated", 90))),),
        (DIFFERS_FROM_PARTS,),
    ),
    Case("the text agrees", (of((row(ON_TIME, 494), told(ON_TIME, 494))),)),
    Case("the text has another window", (of((row(ON_TIME, 494), told(ON_TIME, 490, note="từ ngày 01/7"))),)),
    Case("the text gives a bound", (of((row(ON_TIME, 494), told(ON_TIME, 490, note="trên"))),)),
    Case("the text nearly gives it", (of((row(ON_TIME, 494), told(ON_TIME, 500, note="gần"))),)),
    Case("the text is nowhere near it", (of((row(ON_TIME, 494), told(ON_TIME, 4000, note="gần"))),), (NEARLY,)),
    Case("at least so many", (of((row(ON_TIME, 494), told(ON_TIME, 490, note="trở lên"))),)),
    Case("a bound of another window", (of((row(ON_TIME, 494), told(ON_TIME, 500, note="trên; đến hết tháng 8"))),)),
    Case("the text gives it about", (of((row(ON_TIME, 494), told(ON_TIME, 500, note="xấp xỉ"))),)),
    Case("a rate by the rows", (of((row(RECEIVED, 400), row(ON_TIME, 400), told(ON_TIME_STATED, 95))),), (BY_ROWS,)),
    Case("of those resolved", (of((row(RECEIVED, 400), row(ON_TIME, 380), told(ON_TIME_STATED, 100))),)),
    Case("a rate in round numbers", (of((row(RECEIVED, 400), row(ON_TIME, 383), told(ON_TIME_STATED, 96))),)),
    Case("a rate cut off", (of((row(RECEIVED, 400), row(ON_TIME, 383), told(ON_TIME_STATED, 95))),)),
    Case("none late and four late", (of((told(RESOLVED_LATE, 0), told(RESOLVED_LATE, 4))),), (LATE_AND_NONE,)),
    Case("none late twice", (of((told(RESOLVED_LATE, 0), told(RESOLVED_LATE, 0))),)),
    Case(
        "a bound that does not hold",
        (of((row(ON_TIME, 494), told(ON_TIME, 500, note="trên; Trung tâm Hành chính công"))),),
        (BOUND,),
    ),
    Case(
        "a bound is in no balance",
        (of((told(RECEIVED, 3800, note="trên"), told("dossiers_resolved", 3450), told("dossiers_pending", 341))),),
    ),
    Case("a code is skipped", (of(coded("1", "1.1", "1.3", "2")),), (SKIPPED,)),
    Case("no code is skipped", (of(coded("1", "1.1", "1.2", "2", "2.1")),)),
    Case("dossiers in procedures", (of((replace(row(RECEIVED, 5), unit_of_measure="Thủ tục"),)),), (MEASURE,)),
    Case("dossiers in dossiers", (of((replace(row(RECEIVED, 5), unit_of_measure="Số lượng hồ sơ"),)),)),
    Case("figures stop early", (of((row(RECEIVED, 5),), as_of=date(2024, 5, 31)),), (SHORT,)),
    Case("signed a week before the end", (of((row(RECEIVED, 5),), signed_on=date(2024, 6, 7)),)),
    Case("signed before the period", (of((row(RECEIVED, 5),), signed_on=date(2023, 6, 5)),), (BEFORE,)),
    Case(
        "signed and counted, by its day before the period",
        (of((row(RECEIVED, 5),), as_of=date(2024, 6, 10), signed_on=date(2023, 6, 5)),),
        (BEFORE,),
    ),
    Case("signed a year after", (of((row(RECEIVED, 5),), signed_on=date(2025, 6, 5)),), (LATE,)),
    Case("signed months after", (of((row(RECEIVED, 5),), signed_on=date(2024, 12, 5)),)),
    Case(
        "counted after it was signed",
        (of((row(RECEIVED, 5),), as_of=date(2024, 6, 14), signed_on=date(2024, 6, 10)),),
        (AFTER,),
    ),
    Case("remarks of the document", (of((row(RECEIVED, 5),), remarks=REMARKS),), (DATE, NAME, *GIVEN)),
    Case(
        "one figure down the column", (of((row(RECEIVED, 494), row(ON_TIME, 494), row(PUBLISHED, 494))),), (REPEATED,)
    ),
    Case("all on time and nothing else alike", (of((row(RECEIVED, 494), row(ON_TIME, 494), row(PUBLISHED, 480))),)),
    Case(
        "apologies for nothing", (of((row(RECEIVED, 50), row(ON_TIME, 50), row("public_apologies", 4))),), (APOLOGIES,)
    ),
    Case("apologies for what was late", (of((row(RECEIVED, 50), row(ON_TIME, 46), row("public_apologies", 4))),)),
)
RULES_FOUND_HERE = {rule for case in CASES for rule, _, _ in case.found}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    directory = tmp_path_factory.mktemp("further")
    made = [
        replace(one, unit_code=unit, file_name=f"{unit}-{one.period}.txt", sha256=f"{number:064x}")
        for number, (unit, case) in enumerate(zip(COMMUNES[: len(CASES)], CASES, strict=True))
        for one in case.reports
    ]
    with checked(directory, made, FORMS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("unit", "case"), list(zip(COMMUNES[: len(CASES)], CASES, strict=True)), ids=[case.name for case in CASES]
)
def test_what_is_found(connection: duckdb.DuckDBPyConnection, unit: str, case: Case) -> None:
    assert found_in(connection, unit) == sorted(case.found)
