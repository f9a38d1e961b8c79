"""One answer to whether a report covers its period: the check, the ranking, the trend and the drill-down all ask it."""

from collections.abc import Iterator
from datetime import date

import pytest
from small import DAT, FORMS, HA, HAI, HOANG_HOA, HOP, KIM, NOW, ON_TIME, PHU, QUY, RECEIVED, report

from warehouse import answers
from warehouse.answers import Scope, Subject, drill, ranks, trends
from warehouse.model import batch_of
from warehouse.store import Warehouse, open_warehouse
from warehouse.versions.publish import publish

SCOPE = Scope(HOANG_HOA, "commune", NOW)
RATE = ("on_time_rate", "received")
SIGNED = date(2024, 6, 4)
# What each report states of its window; the period runs from 15/12/2023 to 14/06/2024.
STATED = {
    HOP: {"as_of": date(2024, 6, 7)},  # a week early
    HA: {"as_of": date(2024, 6, 6)},  # a day more
    HAI: {"window_start": date(2023, 12, 23), "window_end": date(2024, 6, 14), "signed_on": SIGNED},  # a late start
    DAT: {"window_start": date(2023, 12, 19), "window_end": date(2024, 6, 10)},  # four days at either end
    KIM: {"window_start": date(2023, 12, 1), "as_of": date(2024, 6, 30), "signed_on": SIGNED},  # more than the period
    PHU: {},  # it states nothing
    QUY: {"signed_on": date(2023, 6, 5)},  # before the period: nobody signs what is still to come
}
MISSING = {HOP: 7, HA: 8, HAI: 8, DAT: 8, KIM: 0, PHU: None, QUY: None}
SHORT = [HA, HAI, DAT]


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    directory = tmp_path_factory.mktemp("stated")
    rows = {RECEIVED: 100, ON_TIME: 99}
    publish(directory, batch_of([report(unit, NOW, rows, **days) for unit, days in STATED.items()]), FORMS, "load")
    opened = open_warehouse(directory)
    yield opened
    opened.connection.close()


def test_the_view_counts_the_days_left_out_at_both_ends(stated: Warehouse) -> None:
    sql = "SELECT unit_code, days_missing, days_early, short FROM covered_window"
    found = {unit: rest for unit, *rest in stated.connection.execute(sql).fetchall()}
    early = {HOP: 7, HA: 8, HAI: 0, DAT: 4, KIM: 0, PHU: None, QUY: None}
    assert found == {unit: [days, early[unit], unit in SHORT] for unit, days in MISSING.items()}


def test_all_who_judge_a_window_name_the_same_reports(stated: Warehouse) -> None:
    found = answers.findings(stated)
    checked = found.filter(rule="window_short")["unit_code"].to_list()
    ranking = ranks.ranking(stated, SCOPE, *RATE, 0)
    trend = trends.trend(stated, SCOPE, list(STATED), Subject(*RATE), ["6M"])
    drilled = drill.drilldown(stated, SCOPE, *RATE)
    assert sorted(checked) == sorted(SHORT)
    assert sorted(ranking.filter("short")["unit_code"]) == sorted(SHORT)
    assert sorted(trend.filter(short=1)["unit_code"]) == sorted(SHORT)
    assert sorted(drilled.filter(short=1)["unit_code"]) == sorted(SHORT)
    assert dict(ranking.select("unit_code", "days_missing").rows()) == MISSING
    (commune,) = (
        answers.reconcile_rate(stated, HOANG_HOA, NOW, False, "on_time_rate").filter(level="commune").rows(named=True)
    )
    assert (commune["short"], commune["days_missing"]) == (3, 8)


def test_the_finding_says_from_when_to_when(stated: Warehouse) -> None:
    (said,) = answers.findings(stated).filter(unit_code=HAI, rule="window_short")["message_vi"]
    assert said == (
        "Theo các ngày ghi trong báo cáo (hoặc ngày ký), số liệu tính từ 23/12/2023 đến 14/06/2024; "
        "kỳ báo cáo từ 15/12/2023 đến 14/06/2024: thiếu 8 ngày."
    )
