"""Publishing: what a new version holds, what supersedes what, and that a broken load leaves no trace."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from small import DUC, FORMS, HA, HAI, HOANG_HOA, HOP, LATE, NOW, ON_TIME, QUY, RECEIVED, RESOLVED, report, row, unread

from warehouse import answers
from warehouse.answers import RowFilter
from warehouse.build import STORAGE_VERSION
from warehouse.derivation import BrokenVersion
from warehouse.model import Batch, Report, batch_of
from warehouse.store import open_warehouse
from warehouse.versions import PublishingElsewhere, Versions
from warehouse.versions.audit import AuditLog
from warehouse.versions.publish import Published, publish

FIRST = report(HOP, NOW, {RECEIVED: 200, ON_TIME: 198})
OTHER = report(HA, NOW, {RECEIVED: 100, ON_TIME: 99})
NEXT = report(HAI, NOW, {RECEIVED: 400, ON_TIME: 380})

CONTRACT = {
    "report": "report_id file_name sha256 form unit_code level period window_start window_end as_of signed_on "
    "document_number loaded_at superseded_by",
    "observation": "report_id source annex row_no code label parent_label column_label unit_of_measure raw_value value "
    "status note indicator level place",
    "fact": "unit_code level period indicator value status report_id",
    "rate": "unit_code level period rate definition numerator denominator percent stated_percent report_id",
    "finding": "report_id rule severity place message_vi message_en",
    "unit": "unit_code level name kind parent_code valid_from valid_to",
    "unit_lineage": "old_code new_code date kind share",
    "period": "period window_start window_end",
    "indicator": "indicator name_vi name_en",
    "form_row": "form annex label indicator level",
}


@pytest.fixture(scope="module")
def first_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("first") / "kho dữ liệu 'số 1'"
    assert publish(directory, batch_of([FIRST, OTHER]), FORMS, "load") == Published(
        1, (FIRST.report_id, OTHER.report_id), ()
    )
    return directory


@pytest.fixture
def directory(first_version: Path, tmp_path: Path) -> Path:
    """A copy of a warehouse in its first version, to do with as a test likes."""
    return shutil.copytree(first_version, tmp_path / "warehouse")


def load(directory: Path, *reports: Report) -> Published:
    return publish(directory, batch_of(reports), FORMS, "load")


def asked(directory: Path, query: str, version: int | None = None) -> list[tuple[Any, ...]]:
    """The rows of a query to a version, opened as any analyst would open it."""
    versions = Versions(directory)
    number = version or versions.current()
    assert number
    with duckdb.connect(str(versions.path(number)), read_only=True) as connection:
        return connection.sql(query).fetchall()


def received(directory: Path, version: int | None = None) -> dict[str, int]:
    rows = asked(directory, f"SELECT unit_code, value FROM fact WHERE indicator = '{RECEIVED}'", version)  # noqa: S608
    return {unit: int(value) for unit, value in rows}


def files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


# Versions ---------------------------------------------------------------------------------------------


def test_the_first_version_makes_its_directory(first_version: Path) -> None:
    assert set(files(first_version)) == {"CURRENT", "LOCK", "audit.jsonl", "cchc-1.duckdb"}
    assert files(first_version)["CURRENT"] == b"cchc-1.duckdb\n"
    assert received(first_version) == {HOP: 200, HA: 100}


def test_a_second_load_adds_and_leaves_the_first_version_as_it_was(directory: Path) -> None:
    before = files(directory)
    assert load(directory, NEXT) == Published(2, (NEXT.report_id,), ())
    assert set(files(directory)) == {"CURRENT", "LOCK", "audit.jsonl", "cchc-1.duckdb", "cchc-2.duckdb"}
    assert files(directory)["CURRENT"] == b"cchc-2.duckdb\n"
    assert files(directory)["cchc-1.duckdb"] == before["cchc-1.duckdb"]
    assert received(directory) == {HOP: 200, HA: 100, HAI: 400}
    assert received(directory, version=1) == {HOP: 200, HA: 100}


def test_the_same_file_again_changes_nothing(directory: Path) -> None:
    before = files(directory)
    assert load(directory, FIRST) == Published(1, (), (FIRST.report_id,))
    assert files(directory) == before


def test_what_is_new_is_told_from_what_was_there(directory: Path) -> None:
    assert load(directory, FIRST, NEXT) == Published(2, (NEXT.report_id,), (FIRST.report_id,))
    assert asked(directory, "SELECT count(*) FROM observation") == [(6,)]


def test_the_same_file_twice_in_one_batch_is_stored_once(directory: Path) -> None:
    assert load(directory, NEXT, NEXT) == Published(2, (NEXT.report_id,), ())
    assert asked(directory, f"SELECT count(*) FROM observation WHERE report_id = '{NEXT.report_id}'") == [(2,)]  # noqa: S608
    assert received(directory) == {HOP: 200, HA: 100, HAI: 400}


def test_the_last_five_versions_are_kept(directory: Path) -> None:
    versions = Versions(directory)
    for number in range(2, 7):
        shutil.copyfile(versions.path(1), versions.path(number))
    versions.point_to(6)
    assert load(directory, NEXT).number == 7
    assert versions.numbers() == [3, 4, 5, 6, 7]


def test_a_load_after_a_return_builds_on_the_version_in_force(directory: Path) -> None:
    load(directory, NEXT)
    Versions(directory).point_to(1)
    later = report(DUC, NOW, {RECEIVED: 50})
    assert load(directory, later).number == 3
    assert received(directory) == {HOP: 200, HA: 100, DUC: 50}
    assert received(directory, version=2) == {HOP: 200, HA: 100, HAI: 400}


def test_a_reader_keeps_the_version_it_opened(directory: Path) -> None:
    reader = open_warehouse(directory)
    before = answers.status(reader)
    load(directory, NEXT)
    assert answers.status(reader).equals(before)
    follower = open_warehouse(directory)
    assert (reader.number, follower.number) == (1, 2)
    assert answers.status(follower)["reports"].to_list() == [3]
    reader.connection.close()
    follower.connection.close()


def test_a_version_says_when_and_how_it_was_made(directory: Path) -> None:
    start = datetime.now(UTC).replace(tzinfo=None)
    publish(directory, batch_of([NEXT]), FORMS, "a special action")
    ((number, published_at, action, fingerprint, loose),) = asked(directory, "FROM version")
    assert (number, action, len(fingerprint), loose) == (2, "a special action", 16, 2)
    assert start <= published_at <= start + timedelta(minutes=1)
    ((loaded_at,),) = asked(directory, f"SELECT loaded_at FROM report WHERE unit_code = '{HAI}'")  # noqa: S608
    assert start <= loaded_at <= published_at


def test_a_version_with_too_many_facts_out_of_order_is_laid_in_order(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = "SELECT unit_no FROM fact_by_unit ORDER BY rowid"
    monkeypatch.setattr("warehouse.versions.publish.MOST_LOOSE", 3)
    loose, orders = [], []
    for number in range(3):
        load(directory, report(HOP, NOW, {RECEIVED: 400 + number, ON_TIME: 380}, content=f"-{number}"))
        loose += asked(directory, "SELECT loose FROM version")
        orders += [[unit for (unit,) in asked(directory, in_order)]]
    assert loose == [(2,), (4,), (0,)]
    assert [order == sorted(order) for order in orders] == [False, False, True]
    assert received(directory) == {HOP: 402, HA: 100}
    assert asked(directory, "SELECT count(*) FROM report WHERE superseded_by IS NOT NULL") == [(3,)]


# What supersedes what ------------------------------------------------------------------------------------


def in_force(directory: Path) -> dict[str, str | None]:
    return dict(asked(directory, "SELECT report_id, superseded_by FROM report"))


def test_a_later_report_supersedes_and_both_stay(directory: Path) -> None:
    later = report(HOP, NOW, {RECEIVED: 300}, content="-later")
    load(directory, later)
    assert in_force(directory) == {FIRST.report_id: later.report_id, later.report_id: None, OTHER.report_id: None}
    assert received(directory) == {HOP: 300, HA: 100}
    assert asked(directory, f"SELECT count(*) FROM fact WHERE indicator = '{ON_TIME}'") == [(1,)]  # noqa: S608
    assert asked(directory, "SELECT unit_code FROM rate") == [(HA,)]
    assert asked(directory, "SELECT count(*) FROM observation") == [(5,)]


@pytest.mark.parametrize(
    ("signed", "order"),
    [
        ((20, 10), (1, 0)),  # of two days that are known the later one
        ((10, 20), (0, 1)),
        ((20, 20), (0, 1)),
        ((20, None), (0, 1)),
        ((None, 10), (0, 1)),
        ((20, None, 10), (2, 0, 1)),
        ((20, 10, 15), (1, 2, 0)),
        ((None, 10, None), (0, 1, 2)),
    ],
)
def test_the_report_signed_later_is_in_force_whatever_was_loaded_first(
    tmp_path: Path, signed: tuple[int | None, ...], order: tuple[int, ...]
) -> None:
    made = [
        report(HOP, NOW, {RECEIVED: number}, content=f"-{number}", signed_on=date(2024, 6, day) if day else None)
        for number, day in enumerate(signed, start=1)
    ]
    for one in made:
        load(tmp_path, one)
    ranked = [made[number] for number in order]
    followers = [one.report_id for one in ranked[1:]] + [None]
    assert in_force(tmp_path) == {one.report_id: after for one, after in zip(ranked, followers, strict=True)}
    assert received(tmp_path) == {HOP: order[-1] + 1}


def test_a_day_of_signing_that_is_yet_to_come_keeps_no_report_out(tmp_path: Path) -> None:
    slip = report(HOP, NOW, {RECEIVED: 1}, content="-1", signed_on=date(2924, 6, 10))
    later = report(HOP, NOW, {RECEIVED: 2}, content="-2", signed_on=date(2024, 6, 20))
    load(tmp_path, slip)
    load(tmp_path, later)
    assert in_force(tmp_path) == {slip.report_id: later.report_id, later.report_id: None}


def test_coverage_follows_what_a_load_changes(directory: Path) -> None:
    earlier = report(HOP, "2023-6M", {RECEIVED: 150, ON_TIME: 140})
    revised = report(HOP, NOW, {RECEIVED: 200, ON_TIME: None}, content="-revised")
    load(directory, earlier, NEXT)
    load(directory, revised)
    kept = (
        "SELECT unit_code, indicator, asked, reported, blank, first.period, last.period FROM indicator_coverage AS kept"
    )
    periods = (
        " JOIN period AS first ON first.position = first_position JOIN period AS last ON last.position = last_position"
    )
    counted = asked(directory, f"{kept} JOIN unit USING (unit_no){periods} ORDER BY ALL")
    assert counted == sorted(
        [
            *((HOP, name, 2, given, blank, "2023-6M", last) for name, given, blank, last in
              ((RECEIVED, 2, 0, NOW), (ON_TIME, 1, 1, "2023-6M"))),
            *((unit, name, 1, 1, 0, NOW, NOW) for unit in (HA, HAI) for name in (RECEIVED, ON_TIME)),
        ]
    )  # fmt: skip
    rates = asked(
        directory,
        """SELECT unit_code, asked, reported FROM rate_coverage JOIN unit USING (unit_no)
           WHERE formula IN (SELECT formula FROM rate_term WHERE rate = 'on_time_rate' AND definition = 'received')
           ORDER BY ALL""",
    )
    assert rates == sorted([(HOP, 2, 1), (HA, 1, 1), (HAI, 1, 1)])


def test_another_period_or_unit_supersedes_nothing(directory: Path) -> None:
    quarter = report(HOP, "2024-Q1", {RECEIVED: 90})
    load(directory, quarter, NEXT)
    assert set(in_force(directory).values()) == {None}


def test_within_a_batch_the_last_one_is_in_force(directory: Path) -> None:
    second, third = (report(HOP, NOW, {RECEIVED: value}, content=f"-{value}") for value in (300, 250))
    load(directory, second, third)
    assert in_force(directory) == {
        FIRST.report_id: second.report_id,
        second.report_id: third.report_id,
        third.report_id: None,
        OTHER.report_id: None,
    }
    assert received(directory) == {HOP: 250, HA: 100}


def test_a_file_named_again_at_the_end_of_a_batch_is_the_last_one(tmp_path: Path) -> None:
    second = report(HOP, NOW, {RECEIVED: 300}, content="-300")
    assert load(tmp_path, FIRST, second, FIRST).added == (second.report_id, FIRST.report_id)
    assert in_force(tmp_path) == {second.report_id: FIRST.report_id, FIRST.report_id: None}


def test_a_simulated_report_never_supersedes_a_real_one(tmp_path: Path) -> None:
    """Whichever comes first, in one batch (the first two units) or in two (the others)."""
    units = (HOP, HA, HAI, DUC)
    real = {unit: report(unit, NOW, {RECEIVED: 200}, content="-real") for unit in units}
    simulated = {unit: report(unit, NOW, {RECEIVED: 9000}, content="-simulated", simulated=True) for unit in units}
    load(tmp_path, real[HOP], simulated[HOP], simulated[HA], real[HA], real[HAI], simulated[DUC])
    load(tmp_path, simulated[HAI], real[DUC])
    assert in_force(tmp_path) == {
        **{real[unit].report_id: None for unit in units},
        **{simulated[unit].report_id: real[unit].report_id for unit in units},
    }
    assert received(tmp_path) == dict.fromkeys(units, 200)


def test_a_later_real_report_supersedes_a_real_one_under_a_simulated_one(tmp_path: Path) -> None:
    simulated = report(HOP, NOW, {RECEIVED: 9000}, content="-simulated", simulated=True)
    later = report(HOP, NOW, {RECEIVED: 300}, content="-later")
    load(tmp_path, FIRST, simulated)
    load(tmp_path, later)
    assert in_force(tmp_path) == {
        simulated.report_id: FIRST.report_id,
        FIRST.report_id: later.report_id,
        later.report_id: None,
    }
    assert received(tmp_path) == {HOP: 300}


# A broken load ------------------------------------------------------------------------------------------


def _unknown_indicator() -> Report:
    return report(DUC, NOW, {"no_such_indicator": 1})


def _value_without_status() -> Report:
    return report(DUC, NOW, (row(RECEIVED, 1, status="blank"),))


BROKEN: dict[str, tuple[Callable[[], Report], type[Exception], str]] = {
    "unknown unit": (lambda: report("99999", NOW, {RECEIVED: 1}), BrokenVersion, "report unit"),
    "unknown period": (lambda: report(DUC, "2024-13M", {RECEIVED: 1}), BrokenVersion, "report period"),
    "no rows": (lambda: report(DUC, NOW, ()), BrokenVersion, "report without rows"),
    "unknown indicator": (_unknown_indicator, BrokenVersion, "fact indicator"),
    "a value that was not reported": (_value_without_status, BrokenVersion, "observation"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_batch_leaves_everything_as_it_was(directory: Path, name: str) -> None:
    make, error, said = BROKEN[name]
    before = files(directory)
    with pytest.raises(error, match=said):
        load(directory, NEXT, make())
    after = files(directory)
    assert after.pop("audit.jsonl").startswith(before.pop("audit.jsonl"))
    assert after == before
    assert [entry.event for entry in AuditLog(directory).entries()[-2:]] == ["begun", "failed"]


def test_a_load_after_a_broken_one_is_as_if_it_had_not_been(directory: Path) -> None:
    make, error, _ = BROKEN["unknown indicator"]
    with pytest.raises(error):
        load(directory, NEXT, make())
    assert load(directory, NEXT) == Published(2, (NEXT.report_id,), ())
    assert received(directory) == {HOP: 200, HA: 100, HAI: 400}


def test_a_broken_first_load_leaves_an_empty_directory(tmp_path: Path) -> None:
    with pytest.raises(BrokenVersion, match="giữ nguyên phiên bản cũ") as broken:
        load(tmp_path, report("99999", NOW, {RECEIVED: 1}))
    assert "99999-2024-6M" in str(broken.value)
    assert set(files(tmp_path)) == {"LOCK", "audit.jsonl"}


def test_a_row_of_no_report_is_not_stored(directory: Path) -> None:
    batch = batch_of([NEXT])
    stray = batch.observations.with_columns(report_id=pl.lit("nobody"))
    publish(directory, Batch(batch.reports, pl.concat([batch.observations, stray])), FORMS, "load")
    assert asked(directory, "SELECT count(*) FROM observation") == [(6,)]


def test_what_a_killed_load_left_behind_is_swept_away(directory: Path) -> None:
    # The next version has the same number, so DuckDB would take the old write-ahead log for its own.
    building, log = directory / "building-2.tmp", directory / "building-2.tmp.wal"
    shutil.copyfile(Versions(directory).path(1), building)
    with duckdb.connect(str(building)) as connection:
        connection.execute("UPDATE fact_by_unit SET value = 12345")
        written = log.read_bytes()
    building.write_bytes(b"half a file")
    log.write_bytes(written)
    assert load(directory, NEXT).number == 2
    assert set(files(directory)) == {"CURRENT", "LOCK", "audit.jsonl", "cchc-1.duckdb", "cchc-2.duckdb"}
    assert received(directory) == {HOP: 200, HA: 100, HAI: 400}


def test_one_publisher_at_a_time(directory: Path) -> None:
    before = files(directory)
    with Versions(directory).publishing(), pytest.raises(PublishingElsewhere, match="LOCK"):
        load(directory, NEXT)
    assert files(directory) == before
    assert load(directory, NEXT).number == 2


# Facts ----------------------------------------------------------------------------------------------------


def test_only_the_reports_own_period_in_its_annexes_makes_facts(tmp_path: Path) -> None:
    rows = (
        row(RECEIVED, 40, row_no=1, column_period="2024-Q1"),
        row(RECEIVED, 10, row_no=1),
        row(RECEIVED, 99, source="narrative", annex="", row_no=1),
        row(None, 7, known_row=False),
        unread(ON_TIME, "Không phát sinh", "text"),
    )
    load(tmp_path, report(HOP, NOW, rows))
    assert asked(tmp_path, "SELECT indicator, value, status, place FROM fact ORDER BY indicator") == [
        (RECEIVED, 10, "reported", "Phụ lục 1, line:1"),
        (ON_TIME, None, "text", "Phụ lục 1, line:5"),
    ]
    assert asked(tmp_path, "SELECT count(*) FROM observation") == [(5,)]


def test_a_rate_has_the_definition_that_its_form_asks_for(tmp_path: Path) -> None:
    commune = {"level": "commune"}
    area = "dossiers_received_online_level_{}_area"
    load(
        tmp_path,
        # A form with a row for what was resolved counts by it, however many other rows it has.
        report(HOP, NOW, {RECEIVED: 100, RESOLVED: 90, ON_TIME: 80, LATE: 10}),
        report(HA, NOW, {RECEIVED: 100, ON_TIME: 80, LATE: 10}),
        report(HAI, NOW, {RECEIVED: 100, RESOLVED: None, ON_TIME: 80}),
        report(
            HOANG_HOA,
            NOW,
            (
                row(area.format(3), 30),
                row(area.format(4), 50),
                row(RECEIVED, 100),
                row(RECEIVED, 300, **commune),
                row(ON_TIME, 90),
            ),
            level="district",
        ),
    )
    columns = "unit_code, level, rate, definition, numerator, denominator, percent"
    assert asked(tmp_path, f"SELECT {columns} FROM rate ORDER BY ALL") == [  # noqa: S608
        (HOP, "commune", "on_time_rate", "resolved", 80, 90, 88.888889),
        (HA, "commune", "on_time_rate", "on_time_plus_late", 80, 90, 88.888889),
        (HAI, "commune", "on_time_rate", "resolved", 80, None, None),
        (HOANG_HOA, "district", "on_time_rate", "received", 90, 100, 90),
        # (30 + 50) of 100 at the district and 300 at its communes.
        (HOANG_HOA, "district", "online_rate", "all_received", 80, 400, 20),
    ]


def test_a_changed_catalogue_derives_everything_anew(directory: Path) -> None:
    with duckdb.connect(str(Versions(directory).path(1))) as connection:
        connection.execute(
            "DELETE FROM fact_by_unit WHERE unit_no = (SELECT unit_no FROM unit WHERE unit_code = $unit)", {"unit": HA}
        )
    load(directory, NEXT)
    # With the catalogue as it was only the new report is derived.
    assert received(directory) == {HOP: 200, HAI: 400}
    renamed = [replace(form, name_en="Renamed form") for form in FORMS]
    publish(directory, batch_of([report(DUC, NOW, {RECEIVED: 50})]), renamed, "load")
    assert received(directory) == {HOP: 200, HA: 100, HAI: 400, DUC: 50}
    assert asked(directory, "SELECT name_en FROM form") == [("Renamed form",)]


def test_what_was_read_is_stored_as_it_was_read(tmp_path: Path) -> None:
    rows = (
        row(
            RECEIVED,
            Decimal("99.6241"),
            code="3.1",
            label="Số hồ sơ “đã nhận”",
            parent_label="Kết quả",
            note="Ghi chú",
            raw_value="99,6241",
        ),
        unread(ON_TIME, "= b/a*100", "formula", level="commune"),
    )
    dates = {
        "window_start": date(2023, 12, 15),
        "window_end": date(2024, 5, 31),
        "as_of": date(2024, 5, 30),
        "signed_on": date(2024, 6, 3),
        "document_number": "12/BC-UBND",
        "form": None,
    }
    kept = report(HOANG_HOA, NOW, rows, level="district", **dates)
    load(tmp_path, kept)
    (stored,) = asked(tmp_path, "SELECT * EXCLUDE (loaded_at, superseded_by, simulated) FROM report")
    assert stored == (
        *(kept.report_id, kept.file_name, kept.sha256, None, HOANG_HOA, "district", NOW),
        *(date(2023, 12, 15), date(2024, 5, 31), date(2024, 5, 30), date(2024, 6, 3), "12/BC-UBND"),
    )
    columns = (
        "annex, row_no, code, label, parent_label, column_label, column_period, unit_of_measure, raw_value, value, "
        "status, note, indicator, known_row, level, place, source"
    )
    printed = asked(tmp_path, f"SELECT {columns} FROM observation ORDER BY row_no")  # noqa: S608
    assert printed[0] == (
        *("Phụ lục 1", 1, "3.1", "Số hồ sơ “đã nhận”", "Kết quả", "Số liệu", NOW, "Hồ sơ", "99,6241"),
        *(Decimal("99.6241"), "reported", "Ghi chú", RECEIVED, True, "district", "line:1", "annex"),
    )
    assert printed[1][8:11] == ("= b/a*100", None, "formula")
    assert printed[1][14] == "commune"


def test_figures_are_exact_and_not_floating(tmp_path: Path) -> None:
    # 0.1 + 0.2 is 0.3 here, and the largest figure a report may hold fits.
    load(
        tmp_path,
        report(HOP, NOW, {"disbursement_plan": "0.1", RECEIVED: "99999999999999.9999"}),
        report(HA, NOW, {"disbursement_plan": "0.2"}),
    )
    (total,) = asked(tmp_path, "SELECT sum(value) FROM fact WHERE indicator = 'disbursement_plan'")
    assert total == (Decimal("0.3000"),)
    (largest,) = asked(tmp_path, f"SELECT value FROM fact WHERE indicator = '{RECEIVED}'")  # noqa: S608
    assert largest == (Decimal("99999999999999.9999"),)


def test_rows_come_in_the_order_of_time_and_place(tmp_path: Path) -> None:
    periods = ("2024-12M", "2023-12M", "2024-9M", "2024-6M", "2024-Q1")
    load(
        tmp_path,
        *(report(HOP, period, {RECEIVED: 1, ON_TIME: 1, "plan_tasks": 1}) for period in periods),
        report(QUY, NOW, (row(RECEIVED, 1, row_no=1), row(RECEIVED, 2, row_no=1, column_period="2024-9M"))),
    )
    opened = open_warehouse(tmp_path)
    rows = answers.rows(opened, RowFilter(HOANG_HOA), limit=100)
    opened.connection.close()
    assert rows.filter(pl.col("unit_code") == HOP).select("period", "row_no").rows() == [
        (period, number) for period in ("2023-12M", "2024-Q1", "2024-6M", "2024-9M", "2024-12M") for number in (1, 2, 3)
    ]
    # A figure of another period's column says whose it is.
    assert rows.filter(pl.col("unit_code") == QUY).select("period", "column_period", "value").rows() == [
        (NOW, NOW, 1),
        (NOW, "2024-9M", 2),
    ]


def test_annexes_come_before_the_running_text_in_the_order_of_the_report(tmp_path: Path) -> None:
    told = row(RECEIVED, 1, row_no=1, source="narrative", annex="", place="line:7")
    annexes = [row(RECEIVED, 1, row_no=1, annex=name) for name in ("Phụ lục 6B", "Phụ lục 1", "Phụ lục 2B")]
    load(tmp_path, report(QUY, NOW, (told, *annexes)))
    opened = open_warehouse(tmp_path)
    rows = answers.rows(opened, RowFilter(QUY), limit=10)
    opened.connection.close()
    assert rows["annex"].to_list() == ["Phụ lục 6B", "Phụ lục 1", "Phụ lục 2B", ""]


# The data contract ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", CONTRACT)
def test_the_contracts_tables_have_their_columns(first_version: Path, table: str) -> None:
    columns = {row[0] for row in asked(first_version, f"DESCRIBE {table}")}
    assert set(CONTRACT[table].split()) <= columns


def test_the_version_file_can_be_attached_by_other_tools(first_version: Path) -> None:
    path = Versions(first_version).path(1)
    with duckdb.connect(str(path), read_only=True) as connection:
        (tags,) = connection.sql("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()[0]
        tables = {row[0] for row in connection.sql("SHOW TABLES").fetchall()}
    assert str(tags["storage_version"]).startswith(STORAGE_VERSION)
    assert set(CONTRACT) <= tables
    with duckdb.connect() as connection:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS cchc (READ_ONLY)")
        assert connection.sql("SELECT count(*) FROM cchc.report").fetchall() == [(2,)]


def test_the_dimensions_are_filled(first_version: Path) -> None:
    counts = {
        table: asked(first_version, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608
        for table in ("unit", "unit_lineage", "period", "theme", "indicator", "form", "form_row", "target")
    }
    assert counts == {
        "unit": 14_138,
        "unit_lineage": 14_269,
        "period": 140,
        "theme": 7,
        "indicator": 314,
        "form": 1,
        "form_row": 1,
        "target": 2,
    }
    assert asked(first_version, "SELECT additive FROM indicator WHERE indicator = 'on_time_rate_stated'") == [(False,)]
    assert asked(first_version, "SELECT count(*) FROM unit WHERE unit_code = 'VN'") == [(0,)]
    # Every unit has itself and the country above it.
    assert asked(
        first_version, "SELECT count(*) FROM territory WHERE boundary = 'then' AND unit_code = member_code"
    ) == [(14_138,)]
    assert asked(first_version, "SELECT count(*) FROM territory WHERE boundary = 'then' AND unit_code = 'VN'") == [
        (14_138,)
    ]


def test_keys_of_facts_and_rates_are_unique(small_directory: Path) -> None:
    keys = {"fact": "unit_code, level, period, indicator", "rate": "unit_code, level, period, rate, definition"}
    for table, key in keys.items():
        repeated = f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608
        assert asked(small_directory, repeated) == []
