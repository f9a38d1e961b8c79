"""Which new commune each old commune went into: two sources compared, contradictions settled and listed.

The converter gives every successor of a commune and says whether it was split; the address database gives
exactly one successor per commune, so it can contradict a link but not confirm a split. A split commune whose
one successor there is among the converter's is no disagreement.

The converter joined by name inside a new province: where two old communes of one new province bear the same
name, it split each of them over the successors of both ("Xã Long Bình" of Long Mỹ and of Ngã Năm, some 20 km
apart; resolution 1668/NQ-UBTVQH15 moves each whole). Such a link is kept for one of the namesakes only: the
one whose district neighbours went into the same new commune, then the nearer one. Clauses of the resolutions
read to test this, one name each: 1668 (Cần Thơ: Long Bình), 1669 (Hải Phòng: Hòa Bình, of which the one of
Kim Thành really is split), 1682 (Tây Ninh: Phường 4), 1663 (Đồng Tháp: Phường 6), 1654 (An Giang: Thạnh Lộc).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from warehouse.units.positions import kilometres
from warehouse.units.sources import Facts, SourceError

Kind = Literal["whole", "part"]


@dataclass(frozen=True)
class Link:
    """Old official commune code to new official commune code."""

    old_code: str
    new_code: str
    kind: Kind


@dataclass(frozen=True)
class Disagreement:
    """Two sources on one link; `source_a` is the converter, `source_b` the address database."""

    old_code: str
    new_code: str
    source_a: str
    source_b: str
    choice: str
    reason: str


def settle(facts: Facts) -> tuple[list[Link], list[Disagreement]]:
    """The links to believe, and every contradiction met on the way, both sorted by code."""
    dropped = namesake_links(facts)
    edges = sorted(set(facts.successors) - dropped)
    pieces = Counter(old for old, _ in edges)
    links = [Link(old, new, "whole" if pieces[old] == 1 else "part") for old, new in edges]
    found = [_namesake(facts, old, new) for old, new in dropped]
    found += _contradicted(facts, links) + _recoded(facts, links)
    return links, sorted(found, key=lambda item: (item.old_code, item.new_code))


def namesake_links(facts: Facts) -> set[tuple[str, str]]:
    """The links a namesake brought in: (old code, new code), in no order."""
    predecessors: dict[str, list[str]] = {}
    for old, new in facts.successors:
        predecessors.setdefault(new, []).append(old)
    return {(old, new) for new, olds in predecessors.items() for old in _intruders(facts, new, olds)}


def _intruders(facts: Facts, new: str, olds: list[str]) -> list[str]:
    by_name: dict[str, list[str]] = {}
    for old in sorted(olds):
        by_name.setdefault(facts.old_communes[old].name, []).append(old)
    neighbours = Counter(facts.old_communes[group[0]].parent_code for group in by_name.values() if len(group) == 1)
    intruders: list[str] = []
    for group in by_name.values():
        if len(group) == 1 or all(facts.successors[old, new] for old in group):
            continue
        ranked = sorted(
            group,
            key=lambda old: (
                -neighbours[facts.old_communes[old].parent_code],
                _distance(facts, old, new),
                old,
            ),
        )
        intruders += ranked[1:]
    return intruders


def _distance(facts: Facts, old: str, new: str) -> float:
    here, there = facts.old_communes[old].position, facts.new_communes[new].position
    return kilometres(here, there) if here and there else float("inf")


def _said_by_converter(facts: Facts, old: str, new: str) -> str:
    whole = facts.successors.get((old, new))
    return "no link" if whole is None else "whole" if whole else "part"


def _namesake(facts: Facts, old: str, new: str) -> Disagreement:
    return Disagreement(
        old,
        new,
        _said_by_converter(facts, old, new),
        f"whole into new code {facts.second_opinion[old]}",
        "no link",
        "another commune of this name in the same new province went there, with its district neighbours or from nearer",
    )


def _contradicted(facts: Facts, links: list[Link]) -> list[Disagreement]:
    """The second source names a successor that is none of ours, or names none at all."""
    successors: dict[str, list[Link]] = {}
    for link in links:
        successors.setdefault(link.old_code, []).append(link)
    found: list[Disagreement] = []
    for old, ours in successors.items():
        theirs = facts.second_opinion.get(old)
        if theirs is not None and theirs not in {link.new_code for link in ours}:
            found += [_neighbours_decide(facts, link, theirs) for link in ours]
    return found


def _neighbours_decide(facts: Facts, link: Link, theirs: str) -> Disagreement:
    district = facts.old_communes[link.old_code].parent_code
    neighbours = {
        new: sum(
            facts.old_communes[old].parent_code == district and old != link.old_code
            for old, other in facts.successors
            if other == new
        )
        for new in (link.new_code, theirs)
    }
    if neighbours[link.new_code] <= neighbours[theirs]:
        raise SourceError(
            f"commune {link.old_code}: the converter says {link.new_code}, the address database {theirs}, "
            f"and its district neighbours do not decide ({neighbours}); settle it in lineage.py"
        )
    return Disagreement(
        link.old_code,
        link.new_code,
        link.kind,
        f"whole into new code {theirs}",
        link.kind,
        f"other communes of its district: {neighbours[link.new_code]} went there, {neighbours[theirs]} into "
        f"new code {theirs}; the address database took it for a commune of the same name",
    )


def _recoded(facts: Facts, links: list[Link]) -> list[Disagreement]:
    return [
        Disagreement(
            link.old_code,
            link.new_code,
            f"{link.kind} into new code {facts.converter_codes[link.new_code]}",
            "lists the new unit under this code" + _unlisted(facts, link),
            link.kind,
            "list 1027/CTK-CSCL of the statistics office gives the new unit this code",
        )
        for link in links
        if link.new_code in facts.converter_codes
    ]


def _unlisted(facts: Facts, link: Link) -> str:
    return "" if link.old_code in facts.second_opinion else ", maps no old one to it"
