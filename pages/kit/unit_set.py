"""Choosing several units, from anywhere: those nearby, those found by name, and the predecessors of a merged one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

import polars as pl
import streamlit as st

from pages.kit.address import said, say, several
from pages.kit.context import Context
from pages.kit.words import plain
from warehouse import answers
from warehouse.answers import profiles
from warehouse.frames import beside, rows_with
from warehouse.model import NATION

_SEARCH_RESULTS = 8


def choose_units(
    context: Context,
    name: str,
    label: str,
    nearby: Mapping[str, str],
    most: int,
    default: Sequence[str] = (),
    own: Sequence[str] = (),
) -> list[str]:
    """The units that the address names under `name`, at most `most`; `default` where it names none of them.

    `nearby` are the units offered in the list, code to name; any other is found by its name, accents or not. `own`
    are there in any case and not among them.
    """
    named = dict(nearby)
    for code in _said_units(name)[:most]:
        if code not in named and code not in own and (found := unit_name(context, code)):
            named[code] = found
    named = told_apart(context, named, own)
    # Not in a column: there the list of what is chosen would be one line, most of it hidden.
    chosen = several(
        label,
        list(named),
        name,
        lambda unit: named[unit],
        most=most,
        default=default,
        placeholder=context.words("units.hint"),
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"{name}-more"):
        _search(context, name, [*own, *chosen], [*chosen], most)
        if len(chosen) >= most:
            st.caption(context.words("units.full", most=most))
        for unit in own or chosen:
            _predecessors(context, name, unit, [*own, *chosen], [*chosen], most)
    return list(chosen)


def told_apart(context: Context, names: Mapping[str, str], own: Sequence[str] = ()) -> dict[str, str]:
    """Names by code, where two are alike with the day a unit ended, or with what it lies in.

    A new commune often bears the name of one of those it was made of. `own` are other units with names of their own.
    """
    everyone = {**{unit: unit_name(context, unit) for unit in own}, **names}
    many = Counter(everyone.values())
    alike = {unit: context.ask(answers.unit_path, unit) for unit, name in everyone.items() if many[name] > 1}
    lasting = Counter(everyone[unit] for unit, path in alike.items() if path["valid_to"][-1] is None)
    told = dict(names)
    for unit in alike.keys() & names.keys():
        more = _more(context, alike[unit], lasting[names[unit]] > 1)
        told[unit] = f"{names[unit]} ({more})" if more else names[unit]
    return told


def _more(context: Context, path: pl.DataFrame, again: bool) -> str:
    """When a unit ended; where it lies, if it did not and another of its name did not `again`."""
    words, ended = context.words, path["valid_to"][-1]
    if ended:
        return words("filters.until", date=words.date(ended))
    return str(path["name"][-2]) if again and path.height > 1 else ""


def named_apart(context: Context, figures: pl.DataFrame) -> pl.DataFrame:
    """A frame with unit_code and name in which no two units are called alike."""
    if figures.is_empty():
        return figures
    codes = figures["unit_code"].to_list()
    told = told_apart(context, dict(zip(codes, figures["name"].to_list(), strict=True)))
    return beside(figures, [pl.Series("name", [told[code] for code in codes])])


def unit_name(context: Context, unit: str) -> str | None:
    """The name of a unit; null when there is none of that code."""
    path = context.ask(answers.unit_path, unit)
    return None if path.is_empty() else str(path["name"][-1])


def nearby_units(context: Context) -> dict[str, str]:
    """The siblings and children of the selected unit and what stands above it, code to name."""
    selection = context.selection
    parent = selection.path[-2].unit if len(selection.path) > 1 else NATION
    names = {step.unit: step.name for step in selection.path if step.unit != NATION}
    for unit in dict.fromkeys((parent, selection.unit)):
        found = context.ask(answers.children, unit, selection.period, selection.boundary)
        names |= dict(zip(found["unit_code"].to_list(), found["name"].to_list(), strict=True))
    return names


def _predecessors(context: Context, name: str, unit: str, there: list[str], chosen: list[str], most: int) -> None:
    """A button that puts the units a unit was made of beside it; on today's map they are in it, which is said."""
    words, selection = context.words, context.selection
    kin = rows_with(context.ask(profiles.unit_kin, unit), relation="predecessor")
    if kin.is_empty():
        return
    own = plain(unit_name(context, unit) or unit)
    missing = [code for code in kin["unit_code"] if code not in there]
    if selection.boundary != "then":
        if unit in chosen:  # of many units each point says so itself
            return
        before = ", ".join(plain(old) for old in kin["name"])
        st.caption(words("units.carried", unit=own, date=words.date(kin["date"][0]), before=before))
    elif missing and len(chosen) + len(missing) <= most:
        st.button(
            words("units.predecessors", unit=own, count=len(missing)),
            key=f"{name}-predecessors-{unit}",
            icon=":material/call_merge:",
            on_click=partial(say, name, [*chosen, *missing]),
        )


def named_units(context: Context, name: str, most: int) -> list[str]:
    """The known units that the address names under `name`, of the first `most`."""
    return [code for code in _said_units(name)[:most] if unit_name(context, code)]


def _said_units(name: str) -> list[str]:
    return [code for code in dict.fromkeys((said(name) or "").split(",")) if code and len(code) < 20]


def _search(context: Context, name: str, there: list[str], chosen: list[str], most: int) -> None:
    """Find a unit by name, without accents too, and add it with a click."""
    words = context.words
    with st.popover(words("units.search"), icon=":material/person_search:", disabled=len(chosen) >= most):
        text = st.text_input(
            words("units.search_name"), key=f"{name}-search", placeholder=words("filters.search_hint"), max_chars=80
        ).strip()
        found = context.ask(answers.unit_search, text, limit=_SEARCH_RESULTS) if text else None
        if found is not None and found.is_empty():
            st.caption(words("filters.search_none", text=plain(text)))
        for row in found.iter_rows(named=True) if found is not None else ():
            above = ", ".join(plain(part) for part in (row["parent_name"], row["grandparent_name"]) if part)
            until = words("filters.until", date=words.date(row["valid_to"])) if row["valid_to"] else ""
            st.button(
                " · ".join(part for part in (f"**{plain(row['name'])}**", above, until) if part),
                key=f"{name}-add-{row['unit_code']}",
                icon=":material/add:",
                type="tertiary",
                disabled=row["unit_code"] in there,
                on_click=partial(say, name, [*chosen, row["unit_code"]]),
            )
