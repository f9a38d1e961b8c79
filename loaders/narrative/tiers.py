"""Whose work a figure counts: the reporting unit's own, a tier below it, or several tiers together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.narrative.lexicon import Token
from loaders.narrative.passages import Line
from warehouse.model import LEVELS, Level

_TOGETHER = re.compile(
    r"(?:[\s,/&–-]|\d+|\bva\b|\bcung\b|\bden\b|\bcua\b|\btai\b|\bo\b|\bubnd\b|\buy ban nhan dan\b|\bhien dai\b"
    r"|\bbo phan tiep nhan va tra ket qua\b|\bbo phan mot cua\b|\btrung tam (?:phuc vu )?hanh chinh cong\b)*"
)
_AREAS: dict[str, Level] = {"area_district": "district", "area_province": "province"}
_HEADING_WORDS = 14


@dataclass(frozen=True)
class Tier:
    """The tier a figure speaks of. `words` are the printed ones where several tiers are counted together."""

    level: Level
    words: str | None = None


def tier_before(line: Line, tokens: Sequence[Token], position: int, own: Level) -> Tier | None:
    """The tier named last before a place; null when none is."""
    groups = [group for group in _groups(line, tokens, own) if group[0].start < position]
    if not groups:
        return None
    group = groups[-1]
    levels = {_level(token, own) for token in group}
    if len(levels) == 1 and (level := levels.pop()) is not None:
        return Tier(level)
    return Tier(own, line.text[group[0].start : group[-1].end])


def tier_of_heading(line: Line, tokens: Sequence[Token], own: Level) -> Tier | None:
    """The one tier a short heading or leading line names; several tiers in it say nothing of the figures below."""
    if not line.text.endswith(":") and len(line.text.split()) > _HEADING_WORDS:
        return None
    return tier_before(line, tokens, len(line.text), own)


def _groups(line: Line, tokens: Sequence[Token], own: Level) -> list[list[Token]]:
    """The tiers named, those strung together (`của huyện và các xã, thị trấn`) as one."""
    groups: list[list[Token]] = []
    for token in tokens:
        if token.group != "tier" or not _counts(token, own):
            continue
        between = line.folded[groups[-1][-1].end : token.start] if groups else ""
        if groups and between.strip() == "" and token.sense in _AREAS:
            continue  # `các xã, thị trấn trên địa bàn huyện` are the communes
        if groups and _TOGETHER.fullmatch(between):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _counts(token: Token, own: Level) -> bool:
    """A unit does not report the work of the tiers above it, and a commune has none below."""
    if own == "commune":
        return False
    level = _AREAS.get(token.sense) or _level(token, own)
    return level is None or LEVELS.index(level) >= LEVELS.index(own)


def _level(token: Token, own: Level) -> Level | None:
    """The one level a phrase names; null for a whole territory."""
    if token.sense in _AREAS:
        return None if _AREAS[token.sense] == own else _AREAS[token.sense]
    return next((level for level in LEVELS if level == token.sense), None)
