"""Publish figures without printed rows: the national simulation, province by province so that memory stays bounded.

The checks are about what is printed, so none is run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl

from warehouse.build import append, create_version, fill_dimensions, refill, writing
from warehouse.derivation import order_by_indicator, roll_up, run, touch_all, verify
from warehouse.model import Figured, Form
from warehouse.store import open_version
from warehouse.versions import Versions
from warehouse.versions.audit import AuditLog, Entry, as_table, stamped
from warehouse.versions.publish import Published, Say, extend_to_its_blocks, now, sync, told, write_version
from warehouse.versions.recovery import recover


def publish_figures(
    directory: Path, parts: Iterable[Figured], forms: Sequence[Form], action: str, say: Say = str
) -> Published:
    """The first version of a warehouse, made of figures alone; raises `FileExistsError` where there is one already.

    `say` is told what is done after the last part, for that takes a while.
    """
    versions, log = Versions(directory), AuditLog(directory)
    with versions.publishing(0.0):
        recover(versions, log)
        if versions.numbers():
            raise FileExistsError(f"{directory}: đã có dữ liệu; hãy chọn thư mục khác bằng --warehouse")
        building = versions.building(1)
        with told(versions, Entry("begun", action, 1, None)):
            try:
                built = _fill(building, parts, forms, Entry("built", action, 1, None), log, say)
                extend_to_its_blocks(building)
                open_version(building).connection.close()
                sync(building)
                log.add(built)
                building.replace(versions.path(1))
                versions.point_to(1)
            except BaseException:
                versions.sweep()
                raise
        return Published(1, (), ())


def _fill(path: Path, parts: Iterable[Figured], forms: Sequence[Form], built: Entry, log: AuditLog, say: Say) -> Entry:
    create_version(path)
    with writing(path) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        fill_dimensions(connection, forms)
        reports = sum(_add(connection, part) for part in parts)
        touch_all(connection)
        say("Sắp xếp số liệu theo chỉ tiêu")
        order_by_indicator(connection)
        say("Cộng sẵn số liệu cho các trang")
        roll_up(connection)
        built = stamped(Entry(built.event, built.action, built.version, built.version_before, simulated=reports))
        refill(connection, "audit", as_table([*log.entries(), built, replace(built, event="published")]))
        write_version(connection, built, forms, loose=0)
        connection.execute("CHECKPOINT")
    return built


def _add(connection: duckdb.DuckDBPyConnection, part: Figured) -> int:
    """Reports, facts and rates of one part; returns the number of reports."""
    append(connection, "report", part.reports.with_columns(pl.lit(now()).cast(pl.Datetime("us")).alias("loaded_at")))
    connection.register("given", part.facts.to_arrow())
    connection.register("sent", part.reports.select("unit_code", "period").to_arrow())
    for name in ("given", "printed", "rate", "coverage"):
        run(connection, name)
    connection.unregister("given")
    connection.unregister("sent")
    verify(connection)
    return part.reports.height
