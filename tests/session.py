"""One session at a running server, over the same messages that a browser exchanges with it.

Like a browser it keeps the state of every widget, the address, and the messages that the server may refer to instead
of sending them again. Bytes are counted on the wire, compressed as they come.
"""

import asyncio
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import Message
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect

ANSWER_SECONDS = 300
_BYTES = 64 << 20
_RUNS_KEPT = 2  # for so many runs a browser keeps a message that it was not reminded of
_WELL_ENDED = {
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,  # the page itself wrote to its address, and runs again
}


@dataclass
class Answer:
    """What came back for one message: when it was sent and answered, the bytes of it, its elements and problems."""

    begun: float
    ended: float = 0.0
    received: int = 0
    elements: list[Element] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """From the message sent to the end of the script run."""
        return self.ended - self.begun


@dataclass(frozen=True)
class Widget:
    """A widget on the page: Streamlit's id, our key, its kind and message, the fragment it stands in."""

    id: str
    key: str
    kind: str
    message: Any
    fragment: str


class _Counted(ClientConnection):
    """A connection that counts the bytes it is sent."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class Session:
    """One visitor's session."""

    def __init__(self, socket: "_Counted") -> None:
        self._socket = socket
        self._known: dict[str, tuple[ForwardMsg, int]] = {}
        self._states: dict[str, WidgetState] = {}
        self._runs = 0
        self._page = self._name = ""
        self.query = ""
        self.widgets: dict[str, Widget] = {}

    async def open(self, page: str, query: str) -> Answer:
        """Open a page at an address, as a link of the menu does; an empty name is the page at the bare address."""
        asked = BackMsg()
        self._page, self.query = calc_hash(page) if page else "", query
        self._states = {}
        return await self._run(asked)

    async def change(self, widget: Widget, value: Any) -> Answer:  # noqa: ANN401 - as the kind of widget has it
        """Give a widget another value, or press a button."""
        asked = BackMsg()
        state = WidgetState(id=widget.id, **_as_state(widget, value))
        if widget.kind != "button":
            self._states[widget.id] = state
        else:  # pressed once
            asked.rerun_script.widget_states.widgets.append(state)
        asked.rerun_script.fragment_id = widget.fragment
        return await self._run(asked)

    async def download(self, button: Widget) -> str:
        """The path of the file that a download button offers; the server writes it now."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = "1"
        asked.backend_operation_request.session_id = self._name
        asked.backend_operation_request.deferred_file.file_id = button.message.deferred_file_id
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(decode=False), ANSWER_SECONDS))
            if told.WhichOneof("type") == "backend_operation_response":
                assert not told.backend_operation_response.error_msg, told
                return str(told.backend_operation_response.deferred_file.url)

    async def _run(self, asked: BackMsg) -> Answer:
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.cached_message_hashes.extend(self._known)
        asked.rerun_script.widget_states.widgets.extend(
            state for name, state in self._states.items() if name in self.widgets
        )
        before = self._socket.received
        answer = Answer(time.monotonic())
        await self._socket.send(asked.SerializeToString())
        while not answer.ended:
            told = ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(decode=False), ANSWER_SECONDS))
            self._take(told, answer)
        answer.received = self._socket.received - before
        return answer

    def _take(self, told: ForwardMsg, answer: Answer) -> None:
        if told.WhichOneof("type") == "ref_hash":  # what the session has already
            told, _ = self._known[told.ref_hash]
        if told.metadata.cacheable:
            self._known[told.hash] = (told, self._runs)
        kind = told.WhichOneof("type")
        if kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            self._draw(told.delta.new_element, told.delta.fragment_id)
            answer.elements.append(told.delta.new_element)
            answer.problems += _failures(told.delta.new_element)
        elif kind == "new_session":
            self._page, self._name = told.new_session.page_script_hash, told.new_session.initialize.session_id
            parts = set(told.metadata.run.fragment_ids)  # none where the whole page is drawn anew
            self.widgets = {name: each for name, each in self.widgets.items() if parts and each.fragment not in parts}
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "session_event" and told.session_event.HasField("script_compilation_exception"):
            answer.problems.append(told.session_event.script_compilation_exception.message)
        elif kind == "script_finished":
            self._finish(told.script_finished, answer)

    def _finish(self, how: int, answer: Answer) -> None:
        if how not in _WELL_ENDED:
            answer.problems.append(f"ended with {how}")
        if how != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            answer.ended = time.monotonic()
            self._runs += 1
            young = {name: each for name, each in self._known.items() if self._runs - each[1] <= _RUNS_KEPT}
            self._known = young

    def _draw(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        message = getattr(element, kind)
        name = getattr(message, "id", "") if kind not in {"metric", "markdown"} else ""
        if not name:
            return
        self.widgets[name] = Widget(name, name.split("-", 2)[-1], kind, message, fragment)
        if getattr(message, "set_value", False):
            self._states[name] = WidgetState(id=name, **_as_state(self.widgets[name], _set_value(kind, message)))


def _set_value(kind: str, message: Any) -> Any:  # noqa: ANN401
    if kind == "selectbox":
        return message.raw_value
    return list(message.raw_values) if kind in {"button_group", "multiselect"} else message.value


def _as_state(widget: Widget, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """The value of a widget as its state is sent."""
    if widget.kind in {"button_group", "multiselect"}:
        return {"string_array_value": {"data": list(value)}}
    fields = {"button": "trigger_value", "checkbox": "bool_value", "number_input": "double_value"}
    return {fields.get(widget.kind, "string_value"): value}


@asynccontextmanager
async def session(server: str, cookie: str = "") -> AsyncIterator[Session]:
    """A new session at a server, ended when it is left."""
    address = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(
        address,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie} if cookie else {},
        create_connection=_Counted,
        max_size=_BYTES,
        ping_interval=None,
    ) as socket:
        assert isinstance(socket, _Counted)
        yield Session(socket)


def first_cookie(server: str) -> str:
    """The cookies that the first answer of a server sets, as a browser sends them back."""
    with urllib.request.urlopen(f"{server}/", timeout=60) as answer:  # noqa: S310 - our own server
        return "; ".join(text.partition(";")[0] for text in answer.headers.get_all("Set-Cookie") or ())


def _failures(element: Element) -> list[str]:
    """What a visitor would see as an error."""
    if element.WhichOneof("type") == "exception":
        return [element.exception.message]
    if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
        return [element.alert.body]
    return []


def texts(message: Message) -> Iterator[str]:
    """All the strings in a message."""
    for _, value in message.ListFields():
        many = value if not isinstance(value, str | bytes | Message) and hasattr(value, "__iter__") else [value]
        for each in many:
            if isinstance(each, str):
                yield each
            elif isinstance(each, Message):
                yield from texts(each)
