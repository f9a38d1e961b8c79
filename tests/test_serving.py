"""What an interaction costs that can be counted: settings, bytes on the wire, what is drawn again, what is kept."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import polars as pl
import pyarrow as pa
import pytest
from pandas.io.formats.style import Styler
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData
from streamlit.proto.Dataframe_pb2 import Dataframe

from benchmarks.serving import Asked, family, main, memory_megabytes, processor_seconds
from benchmarks.visiting import PAGES, Stay, alone, crowd
from pages.kit import data, tables, turns, workers
from pages.kit.drawing import Drawing
from pages.kit.tables import Column
from pages.kit.theme import _on_this_page
from pages.kit.words import Words
from tests.serving import ROOT, free_port, serving, started
from tests.session import Answer, Session, session
from warehouse import answers
from warehouse.answers import sums
from warehouse.store import Warehouse

MOST_BYTES = 50_000  # on the wire for an interaction
FRAME = {"search", "address-period", "address-level", "address-lang"}


@pytest.fixture(scope="module")
def server(reports_directory: Path) -> Iterator[str]:
    with serving(reports_directory) as address:
        yield address


def test_the_settings_that_were_measured_are_in_force() -> None:
    program = (
        "from streamlit import config; from streamlit.web.bootstrap import load_config_options as load; load({});"
        "print(config.get_option('runner.postScriptGC'), int(config.get_option('global.minCachedMessageSize')))"
    )
    asked = [sys.executable, "-c", program]
    told = subprocess.run(asked, cwd=ROOT / "pages" / "kit", capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "500"]


def test_no_interaction_fails_or_brings_more_than_the_bound(server: str) -> None:
    """Each page opened and touched four times, the same things every time."""
    done = asyncio.run(alone(server, PAGES, 4, seed=5))
    assert [each.page for each in done] == [page for page in PAGES for _ in range(5)]
    assert [each.problems for each in done] == [()] * len(done)
    assert [each for each in done if each.received > MOST_BYTES] == []


async def again(server: str, page: str) -> tuple[int, int]:
    async with session(server) as one:
        first, second = [await one.open(page, "unit=22&period=2024-6M") for _ in range(2)]
        assert [first.problems, second.problems] == [[], []]
        assert shown(second) == shown(first)
        return first.received, second.received


def shown(answer: Answer) -> list[bytes]:
    """What was drawn, but for the files offered, which have another name each time."""
    return [each.SerializeToString() for each in answer.elements if each.WhichOneof("type") != "download_button"]


@pytest.mark.parametrize("page", PAGES)
def test_what_the_browser_has_is_not_sent_again(server: str, page: str) -> None:
    first, second = asyncio.run(again(server, page))
    assert second < 15_000 < MOST_BYTES
    assert second < first


async def drawn_again(one: Session, key: str, value: object) -> set[str]:
    """The keys of what is drawn again when a widget is changed."""
    (widget,) = [each for each in one.widgets.values() if each.key == key]
    answer = await one.change(widget, value)
    assert answer.problems == []
    drawn = [getattr(element, element.WhichOneof("type")) for element in answer.elements]
    return {each.id.split("-", 2)[-1] for each in drawn if getattr(each, "id", "")}


async def changes(server: str) -> tuple[set[str], set[str], str]:
    async with session(server) as one:
        await one.open("ranking", "unit=22&period=2024-6M")
        alone = await drawn_again(one, "address-minimum", 7.0)
        widgets = [each for each in one.widgets.values() if each.key == "address-rate"]
        other = next(option for option in widgets[0].message.options if option != widgets[0].message.raw_value)
        with_frame = await drawn_again(one, "address-rate", other)
        return alone, with_frame, one.query


def test_a_change_within_a_page_draws_the_page_alone(server: str) -> None:
    """But the rate goes along with the links of the menu, so these are drawn with it."""
    alone, with_frame, query = asyncio.run(changes(server))
    assert "address-minimum" in alone
    assert alone & FRAME == set()
    assert with_frame >= FRAME | {"address-rate"}
    assert "minimum=7" in query
    assert "rate=" in query


async def back_before_the_run_is_over(server: str) -> list[str]:
    async with session(server) as one:
        await one.open("drilldown", "unit=202&period=2024-12M&level=commune")
        (table,) = [each for each in one.widgets.values() if each.key == "children-202"]
        said = [one.query]
        await one.change(table, json.dumps({"selection": {"rows": [], "columns": [], "cells": [[1, "Đơn vị"]]}}))
        said.append(one.query)
        one.widgets[table.id] = table  # a browser forgets it only at the end of the run that no longer draws it
        (way_up,) = [each for each in one.widgets.values() if each.key == "path-202"]
        await one.change(way_up, True)
        return [*said, one.query]


def test_a_row_that_was_clicked_leads_away_once(server: str) -> None:
    """Also where the visitor is back at its table with the click still on it."""
    before, below, back = [query.split("&")[0] for query in asyncio.run(back_before_the_run_is_over(server))]
    assert before == back == "unit=202"
    assert below.removeprefix("unit=").isdecimal()
    assert below != before


def test_an_answer_is_computed_once_and_the_oldest_make_room(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = answers.Scope("22", "commune", "2024-6M", simulated=True)
    assert data.ask(sums.overview, warehouse, scope) is data.ask(sums.overview, warehouse, scope)
    room = type(data._answers)(100_000, getsizeof=lambda entry: entry[1])
    monkeypatch.setattr(data, "_answers", room)
    made: list[int] = []

    def kept(number: int, size: int) -> int:
        return data.kept(("test", number), lambda: made.append(number) or number, lambda _: size)

    assert [kept(number, 10_000) for number in (1, 2, 3, 4, 1, 5, 1, 2)] == [1, 2, 3, 4, 1, 5, 1, 2]
    assert made == [1, 2, 3, 4, 5, 2]
    assert [kept(6, 200_000), kept(6, 200_000)] == [6, 6]
    assert made[-2:] == [6, 6]
    assert room.currsize <= 100_000


def test_the_end_waits_for_who_draws_and_lets_nobody_begin() -> None:
    places, drawn, begun = turns.Turns(1), threading.Event(), threading.Event()
    places.take()

    def draw() -> None:
        drawn.set()
        places.give_back()

    def come_late() -> None:
        places.take()
        begun.set()

    threading.Thread(target=come_late, daemon=True).start()
    assert not places.end(0)  # who draws without an end is waited for no longer than that
    threading.Thread(target=come_late, daemon=True).start()
    threading.Timer(0.1, draw).start()
    assert places.end(60)
    assert drawn.is_set()
    assert not begun.wait(0.2)


def test_runs_take_turns_and_a_part_of_a_run_goes_on_with_its_own() -> None:
    inside, most = [], []
    go_on, full = threading.Event(), threading.Barrier(turns.AT_ONCE + 1)

    def run(number: int) -> None:
        with turns.a_turn(), turns.a_turn():
            inside.append(number)
            most.append(len(inside))
            if number < turns.AT_ONCE:
                full.wait()
                go_on.wait()
            inside.remove(number)

    first = [threading.Thread(target=run, args=(number,)) for number in range(turns.AT_ONCE)]
    for thread in first:
        thread.start()
    full.wait()
    rest = [threading.Thread(target=run, args=(number,)) for number in range(turns.AT_ONCE, 6)]
    for thread in rest:
        thread.start()
    assert len(most) == turns.AT_ONCE
    go_on.set()
    for thread in (*first, *rest):
        thread.join()
    assert (len(most), max(most)) == (6, turns.AT_ONCE)


def test_a_process_for_each_processor_does_one_thing_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POLARS_MAX_THREADS", "CCHC_RUNS_AT_ONCE", "CCHC_QUERY_THREADS"):
        monkeypatch.delenv(name, raising=False)
    alone = {"POLARS_MAX_THREADS": "1", "CCHC_RUNS_AT_ONCE": "1", "CCHC_QUERY_THREADS": "1"}
    assert (workers.one_of(2, 2), workers.one_of(2, 8)) == (alone, {"POLARS_MAX_THREADS": "1"})
    monkeypatch.setenv("CCHC_RUNS_AT_ONCE", "4")
    assert workers.one_of(2, 2)["CCHC_RUNS_AT_ONCE"] == "4"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_texts_of_a_table_are_those_that_pandas_would_have_written(language: str) -> None:
    """The texts that are handed over are those Streamlit reads out of the laid-out table."""
    words = Words(language)
    frame = pl.DataFrame(
        {"name": ["Xã <b>", None], "percent": [99.996, None], "count": [12345, -1], "change": [None, 3]}
    )
    columns = [
        Column("name", "Tên"),
        *(Column(field, field.title(), field) for field in ("percent", "count", "change")),
    ]
    texts = tables._written(frame, columns, words)
    ours, theirs = Dataframe(), ArrowData()
    values = tables._values(frame, columns)
    tables._hand_over(ours, tables._look(columns, texts, "key")["column_config"])
    writers = {column.heading: tables._writer(column.kind, words) for column in columns}
    marshall_styler(theirs, Styler(values.to_pandas(), uuid="t").format(writers, na_rep="–"), "")
    shown, expected = (_read(proto.styler.display_values) for proto in (ours.arrow_data, theirs))
    assert shown.to_pydict() == expected.to_pydict()
    # With an index among the columns of only one of the two, each text would stand a column too far.
    assert shown.column_names == values.column_names == [column.heading for column in columns]
    assert (ours.arrow_data.styler.uuid, theirs.styler.uuid) == ("t", "t")
    assert "texts" not in ours.columns


def _read(table: bytes) -> pa.Table:
    return pa.ipc.open_stream(table).read_all()


def test_a_figure_is_handed_over_as_it_is() -> None:
    figure = Drawing()
    figure.add_bar(x=[1, 2], y=["Xã A", "<b>B</b>"], width=None)
    figure.update_layout(title={"text": "<u>x</u>"})
    shown = _on_this_page(figure).to_dict()
    assert shown["data"] == [{"type": "bar", "x": [1, 2], "y": ["Xã A", "<b>B</b>"]}]
    assert shown["layout"]["title"]["text"] == "&lt;u>x&lt;/u>"
    theirs = go.Figure([go.Bar(x=[1, 2], y=["Xã A", "<b>B</b>"])]).to_plotly_json()
    assert shown["layout"]["template"] == theirs["layout"]["template"]


def test_parts_of_a_drawing_are_set_in_what_is_there_as_plotly_does() -> None:
    ours, theirs = Drawing(), go.Figure()
    for figure in (ours, theirs):
        figure.update_layout(xaxis2={"nticks": 7}, margin={"l": 1, "t": 2}, template=None)
        figure.update_xaxes(title={"text": "x", "font": {"size": 9}}, range=None)
        figure.update_xaxes(title={"font": {"color": "#000000"}}, tickvals=[1, 2])
        figure.update_layout(margin={"t": 3})
        figure.add_annotation(text="a", x=1)
        figure.add_shape(type="line", x0=0, x1=1, line={"dash": "dot"})
    ours.add_level(5.0, {"dash": "dash"}, "đích")
    theirs.add_hline(5.0, line={"dash": "dash"}, annotation_text="đích")
    expected = theirs.to_plotly_json()["layout"]
    expected.pop("template", None)
    assert go.Figure(ours.to_dict()).to_plotly_json()["layout"].items() >= expected.items()
    assert ours.layout.keys() == expected.keys()


def test_the_crowd_does_what_it_is_asked_and_the_servers_cost_is_read(reports_directory: Path) -> None:
    port = free_port()
    with started(reports_directory, port) as process:
        done = asyncio.run(crowd(f"http://127.0.0.1:{port}", Stay(3, count=2), seed=1))
        assert [each.problems for each in done] == [()] * 6
        assert family(os.getpid())[0] == os.getpid()
        assert process.pid in family(os.getpid())
        assert processor_seconds(process.pid) > 0
        assert memory_megabytes(process.pid) > 0


def test_the_same_visitor_touches_the_same_things(server: str) -> None:
    runs = [asyncio.run(alone(server, ("quality", "ranking"), 5, seed=3)) for _ in range(2)]
    assert [each.kind for each in runs[0]] == [each.kind for each in runs[1]]


def test_the_benchmark_tells_and_writes(
    reports_directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "result.json"
    options = ["--each", "1", "--people", "2", "--pause", "0.1", "--seconds", "0.2", "--memory", "40"]
    assert main(["--warehouse", str(reports_directory), *options, "--json", str(file)]) == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    alone_, crowd_ = written["loads"]
    assert [part["name"] for part in alone_["parts"]] == list(PAGES)
    assert (alone_["everything"]["count"], alone_["everything"]["errors"]) == (18, 0)
    assert crowd_["name"] == "2 visitors, 0.1 s"
    assert [count for count, _ in written["memory"]] == list(range(0, 44, 4))
    out = capsys.readouterr().out
    assert out.count("| ranking |") >= 1
    assert "| interactions so far | memory MB |" in out
    assert Asked().people == 200
