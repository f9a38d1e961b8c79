"""Above or below the median of its peers: a sentence a headline rate, with the ways to its source and to the peers."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.kit.address import carried
from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.remarks import contradictions, coverage_words, of_few
from pages.kit.source import source_address
from pages.kit.words import plain
from pages.profile.standing import FEWEST_PEERS, Standing, peer_group, value_words
from warehouse.answers.sources import Figure
from warehouse.model import NATION
from warehouse.numbers import shown_change


def show_verdicts(context: Context, found: list[Standing]) -> None:
    """A sentence for every headline rate, one without a figure too; that all have too few peers is said once."""
    known = {one.rate: one for one in sorted(found, key=lambda one: one.ranked)}  # of two definitions the wider
    peers = {one.ranked for one in known.values()}
    few = len(peers) == 1 and max(peers) < FEWEST_PEERS
    lines = [_line(context, rate, known.get(rate), few) for rate in HEADLINE_RATES]
    st.html(f'<ul class="verdicts">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')
    if few:
        said = verdict(context, next(iter(known.values())))
        st.caption(plain(said[0].upper() + said[1:]))
    if any(one.ranked >= FEWEST_PEERS for one in known.values()):
        st.caption(context.words("profile.verdict_note"))


def _line(context: Context, rate: str, one: Standing | None, few: bool) -> str:
    """The figure with what is to be minded about it, and where it stands unless all have too `few` peers."""
    words = context.words
    if one is None:
        return escape(words("profile.verdict_none", rate=words(f"tile.{rate}")))
    links = [(words("source.button"), _source(context, one))]
    if one.ranked > 1:
        peers = words("profile.verdict_peers", units=words.numbers.number(one.ranked))
        links.append((peers, _peers(context, one)))
    named = " ".join(
        f'<a class="to-source" target="_self" href="{escape(to)}">{escape(text)}</a>' for text, to in links
    )
    head = escape(words("profile.verdict_rate", rate=one.short_name, value=value_words(one, words)))
    added = escape(_added(context, one))
    if of_few(one.added, one.expected):
        added = f"<b>{added}</b>"
    stands = "" if few else f": {escape(verdict(context, one))}"
    return f"<b>{head}</b>{added}{escape(_disputed(context, one))}{stands} {named}"


def _disputed(context: Context, one: Standing) -> str:
    """That the unit's own report contradicts the figure, or how many of those added up: ` (⚠ tự mâu thuẫn)`."""
    counted = {
        "numerator": None,
        "denominator": None,
        "disputed": one.disputed,
        "covers": one.part,
    }  # above 100 % is said by the value
    return "".join(f" ({said})" for said in contradictions(counted, context.words, own=one.expected is None))


def _added(context: Context, one: Standing) -> str:
    """Of a sum, how many of the units it could be made of have a figure: ` (1/547 đơn vị cấp xã có số liệu)`."""
    if one.expected is None:
        return ""
    return f" ({coverage_words(context.words, context.selection.level, one.added, one.expected)})"


def verdict(context: Context, one: Standing) -> str:
    """Where a rate stands: `cao hơn trung vị 61,20 % của 13 đơn vị cấp huyện thuộc Tỉnh Quảng Ninh (+5,79 điểm %).`"""
    words, numbers = context.words, context.words.numbers
    unit, root, level = peer_group(context)
    root = words("unit.nation_in") if unit == NATION else root
    peers = {"level": words(f"level.{level}").lower(), "root": root}
    if one.ranked < FEWEST_PEERS:
        return words(
            "profile.verdict_few" if one.expected is None else "profile.verdict_few_sums",
            fewest=FEWEST_PEERS,
            units=numbers.number(one.ranked),
            level=peers["level"],
            root=root,
        )
    if one.rank is None:
        return words("profile.verdict_beyond")
    value, median = numbers.percent(one.percent), numbers.percent(one.median)
    side = "equal" if value == median else "above" if one.percent > one.median else "below"
    sentence = words(
        f"profile.verdict_{side}",
        median=median,
        units=numbers.number(one.ranked),
        points=words("overview.points", value=numbers.points(shown_change(one.percent, one.median))),
        **peers,
    )
    unsure = side != "equal" and one.may_be_in_the_middle
    return f"{sentence} {words('profile.verdict_open')}" if unsure and one.cases else sentence


def _source(context: Context, one: Standing) -> str:
    selection = context.selection
    return source_address(
        Figure(selection.unit, selection.level, selection.period, rate=one.rate, definition=one.definition)
    )


def _peers(context: Context, one: Standing) -> str:
    """All peers with their figures: the ranking, or where their figures are sums, the drill-down."""
    selection = context.selection
    root, _, level = peer_group(context)
    page, more = ("ranking", {"focus": selection.unit}) if level == selection.level else ("drilldown", {})
    about = {"unit": root, "level": selection.level, "period": selection.period}
    return f"{page}?" + urlencode({**carried(), **about, "rate": one.rate, "definition": one.definition, **more})
