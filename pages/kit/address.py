"""Widgets whose state is the page's address, so that a link shows the same view in any language.

Streamlit's own `bind="query-params"` writes the label a reader sees (`6 tháng 2024`), which is lost when the
language changes; here the address holds codes (`2024-6M`). The address is the only truth: every run sets each
widget from it, a change writes it back. What it says is checked; a bad value counts as not said.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import streamlit as st

from pages.kit.words import Words, plain
from warehouse.numbers import FORMATS

Option = TypeVar("Option", bound=str)
_PREFIX = "address-"
# What a link is about. Where it names something that is not there, what is shown instead is said beside the choice; of
# all else what is left of an earlier choice may stand in an address.
_ABOUT = ("level", "rate", "what")
ASKED_SHOWN = 40  # letters
# What a link to another page of ours takes along.
CARRIED = ("unit", "period", "level", "lang", "rate", "definition", "world", "map")


def carried() -> dict[str, str]:
    """What a link to another page of ours takes along now."""
    address = st.query_params.to_dict()
    return {name: address[name] for name in CARRIED if name in address}


def said(name: str) -> str | None:
    """What the address says of `name`, unchecked."""
    return st.query_params.to_dict().get(name)  # `get` of the proxy asks twice, each time through Streamlit's telemetry


def say(name: str, value: object) -> None:
    """Write a value into the address; an empty one removes the name."""
    text = ",".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value or "")
    if text:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)


def _write(name: str) -> None:
    say(name, st.session_state[_PREFIX + name])


def _widget(name: str, value: object) -> dict[str, Any]:
    st.session_state[_PREFIX + name] = value
    return {"key": _PREFIX + name, "on_change": _write, "args": (name,)}


def one_of(name: str, options: Sequence[Option], default: Option) -> Option:
    """The option that the address names, else the default."""
    text = said(name)
    return next((option for option in options if option == text), default)


def _instead(name: str, options: Sequence[Option], written: Callable[[Option], str], chosen: Option) -> None:
    """Say what is shown instead of what the address names and is not there."""
    asked: Any = said(name)
    if not asked or name not in _ABOUT or asked in options:
        return
    words, named = Words(one_of("lang", tuple(FORMATS), "vi")), asked[:ASKED_SHOWN]
    with suppress(KeyError):  # a code that is known, but not here
        named = written(asked)
    st.caption(words("address.instead", asked=plain(named), shown=plain(written(chosen))))


def select(
    label: str,
    options: Sequence[Option],
    name: str,
    written: Callable[[Option], str],
    default: Option | None = None,
    **look: Any,
) -> Option:
    """A select box over codes; the first option is the default."""
    chosen = one_of(name, options, default or options[0])
    st.selectbox(label, options, format_func=written, **_widget(name, chosen), **look)
    _instead(name, options, written, chosen)
    return chosen


def segments(
    label: str,
    options: Sequence[Option],
    name: str,
    written: Callable[[Option], str],
    default: Option | None = None,
    shown: Option | None = None,
    **look: Any,
) -> Option:
    """A row of buttons of which one is always pressed: what the address says, or what `shown` says it amounts to."""
    chosen = shown or one_of(name, options, default or options[0])
    st.segmented_control(label, options, format_func=written, required=True, **_widget(name, chosen), **look)
    _instead(name, options, written, chosen)
    return chosen


def toggle(label: str, name: str, off: str, on: str, **look: Any) -> bool:
    """A switch between two values of the address."""
    key = f"{_PREFIX}{name}-{on}"
    st.session_state[key] = said(name) == on

    def write() -> None:
        say(name, on if st.session_state[key] else off)

    st.toggle(label, key=key, on_change=write, **look)
    return said(name) == on


def several(
    label: str,
    options: Sequence[Option],
    name: str,
    written: Callable[[Option], str],
    most: int | None = None,
    default: Sequence[Option] = (),
    **look: Any,
) -> tuple[Option, ...]:
    """A choice of any number of options, or of at most `most`; `default` until the address names one of them."""
    asked = (said(name) or "").split(",")
    chosen = [option for option in options if option in asked][:most] or list(default)
    st.multiselect(label, options, format_func=written, max_selections=most, **_widget(name, chosen), **look)
    return tuple(chosen)


def number(label: str, name: str, low: int, high: int | None, default: int, **look: Any) -> int:
    """A whole number between two bounds."""
    text = said(name) or ""
    asked = int(text) if text.isdecimal() and len(text) < 10 else default
    chosen = max(low, asked if high is None else min(asked, high))
    st.number_input(label, min_value=low, max_value=high, **_widget(name, chosen), **look)
    return chosen


def switch(label: str, name: str, **look: Any) -> bool:
    """An on-off switch, off unless the address says `yes`."""
    st.session_state[_PREFIX + name] = said(name) == "yes"
    st.toggle(label, key=_PREFIX + name, on_change=_write_switch, args=(name,), **look)
    return said(name) == "yes"


def _write_switch(name: str) -> None:
    say(name, "yes" if st.session_state[_PREFIX + name] else "")


def text(label: str, name: str, **look: Any) -> str:
    """A line of text, as typed."""
    typed = (said(name) or "").strip()[:80]
    st.text_input(label, max_chars=80, **_widget(name, typed), **look)
    return typed
