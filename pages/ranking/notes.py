"""What a ranking can say and what it cannot, in sentences: for the screen, and to go with every export of it."""

from collections import Counter

import polars as pl

from pages.kit.remarks import disputed_units, listed
from pages.kit.words import plain
from pages.ranking.choice import Ranking
from warehouse.answers.comparison import CHANGES
from warehouse.answers.statistics import TAIL_95
from warehouse.frames import rows_where

_MUCH_MORE = 2.0  # times as many units at exactly 100 % as the common rate would give
_HARDLY = 1.0  # units: of fewer there is no number to say


def reading(ranking: Ranking) -> list[str]:
    """How far the units can be told apart: who may be first, who stands apart from the common rate."""
    words, numbers, frame = ranking.context.words, ranking.context.words.numbers, ranking.frame
    ranked, left = frame["rank"].count(), numbers.number(ranking.left.height)
    above = frame.height - ranked
    impossible = [words("ranking.impossible", units=numbers.number(above))] if above else []
    if frame.height == 1:
        return [words("ranking.alone", left=left), *impossible]
    said = [words("ranking.ranked", ranked=numbers.number(ranked), left=left), *impossible]
    first = frame.filter(pl.col("rank") == 1)
    if first.height > 1:
        value = numbers.percent(first["percent"][0])
        said.append(words("ranking.tied", units=numbers.number(first.height), value=value, rank=1))
    maybe_first = frame.filter(pl.col("rank_best") == 1).height
    if maybe_first > 1:
        said.append(words("ranking.first_open", units=numbers.number(maybe_first)))
    if ranking.shared.pooled is not None:
        pooled, counted = numbers.percent(ranking.shared.pooled), numbers.number(ranking.shared.counted)
        said.append(words("ranking.standings", pooled=pooled, counted=counted, parts=_standings(ranking)))
    changes = dict(frame["change_real"].drop_nulls().value_counts().iter_rows())
    if changes:
        parts = [
            words(f"ranking.changed_{name}", count=numbers.number(changes[name])) for name in CHANGES if name in changes
        ]
        said.append(words("ranking.changed", parts=", ".join(parts)))
    return said


def _standings(ranking: Ranking) -> str:
    """How many units stand on either side of the common rate and at it; of none nothing is said."""
    words, write, parts = ranking.context.words, ranking.context.words.numbers.number, []
    counts = Counter[str](ranking.frame["standing"].cast(pl.String).to_list())
    for side in ("above", "below"):
        far, count = counts[f"far_{side}"], counts[side] + counts[f"far_{side}"]
        key = f"ranking.standing_{side}_far" if far else f"ranking.standing_{side}"
        if count:
            parts.append(words(key, count=write(count), **({"far": write(far)} if far else {})))
    if counts["within"]:
        parts.append(words("ranking.standing_within", count=write(counts["within"])))
    return ", ".join(parts)


def caveats(ranking: Ranking, in_file: bool = False) -> list[str]:
    """What to be careful about, in plain words: chance, round figures, short windows, sums and estimates.

    `in_file` names columns where the screen has marks and clicks.
    """
    if ranking.frame.is_empty():
        return []
    found = [_plain_method(ranking), _plain_spread(ranking), _whole(ranking), *_counted(ranking, in_file)]
    return [text for text in found if text]


def methods(ranking: Ranking) -> list[str]:
    """How chance was allowed for, in the terms of statistics, for who wants to know."""
    if ranking.frame.is_empty() or not ranking.cases:
        return []
    return [text for text in (_method(ranking), _spread(ranking)) if text]


def standing_of(ranking: Ranking, unit: str) -> str | None:
    """One unit's place in a sentence, or why it has none; null for a unit that is not compared here."""
    words, numbers = ranking.context.words, ranking.context.words.numbers
    for row in ranking.frame.filter(pl.col("unit_code") == unit).iter_rows(named=True):
        said = words(
            "ranking.focus" if row["rank"] is not None else "ranking.focus_impossible",
            unit=plain(row["name"]),
            percent=numbers.percent(row["percent"]),
            numerator=numbers.number(row["numerator"]),
            denominator=numbers.number(row["denominator"]),
            rank=numbers.number(row["rank"]),
            units=numbers.number(ranking.frame["rank"].count()),
        )
        if row["rank_best"] is None:
            return said
        key = "ranking.focus_open" if row["alike"] else "ranking.focus_alone"
        values = {"alike": numbers.number(row["alike"])} if row["alike"] else {}
        best, worst = (numbers.number(row[name]) for name in ("rank_best", "rank_worst"))
        open_ranks = words(key, best=best, worst=worst, **values)
        return " ".join((said, open_ranks, words(f"standing.{row['standing']}_help")))
    for row in ranking.left.filter(pl.col("unit_code") == unit).iter_rows(named=True):
        return words("ranking.focus_left", unit=plain(row["name"]), reason=plain(reason(ranking, row)))
    return None


def reason(ranking: Ranking, row: dict[str, str | None]) -> str:
    """Why a unit is left out, from a row of `ranks.left_out`."""
    other = row["other_definition"]
    definition = ranking.context.rate_name(ranking.rate, other) if other else ""
    return ranking.context.words(f"reason.{row['reason']}", definition=definition)


def _plain_method(ranking: Ranking) -> str:
    return ranking.context.words("ranking.plain_method" if ranking.cases else "ranking.no_cases")


def _plain_spread(ranking: Ranking) -> str:
    words, shared = ranking.context.words, ranking.shared
    if shared.pooled is None:
        return words("ranking.few") if ranking.cases else ""
    if shared.phi is None:
        return words("ranking.spread_unknown")
    if shared.spread == 1:
        return words("ranking.plain_none")
    return words("ranking.plain_widened" if ranking.widened else "ranking.plain_kept")


def _method(ranking: Ranking) -> str:
    """What the intervals rest on, and how many units chance alone puts beyond the limits."""
    words = ranking.context.words
    chance = 2 * TAIL_95 * ranking.shared.counted
    if ranking.shared.pooled is None or chance < 1:
        return words("ranking.method")
    return f"{words('ranking.method')} {words('ranking.chance', units=words.numbers.number(chance))}"


def _spread(ranking: Ranking) -> str:
    """Over-dispersion, with what was done about it; nothing where there is none to speak of."""
    words, shared = ranking.context.words, ranking.shared
    if shared.pooled is None or shared.phi is None:
        return ""
    phi = words.numbers.number(shared.phi, 2)
    if shared.spread == 1:
        return words("ranking.spread_none", phi=phi)
    if not ranking.widened:
        return words("ranking.spread_kept", phi=phi)
    return words("ranking.spread_widened", phi=phi, times=words.numbers.number(shared.spread**0.5, 2))


def _whole(ranking: Ranking) -> str:
    """How many units are at exactly 100 %, beside what the common rate would give."""
    words, numbers, frame = ranking.context.words, ranking.context.words.numbers, ranking.frame
    units, expected = frame.filter(pl.col("percent") == 100).height, ranking.shared.expected_whole
    if not units or frame.height == 1:
        return ""
    said = words(
        "ranking.whole",
        units=numbers.number(units),
        ranked=numbers.number(frame.height),
        share=numbers.percent(100 * units / frame.height, 0),
    )
    if expected is None or units < _MUCH_MORE * expected + 2:
        return said
    if expected < _HARDLY:
        few = words("ranking.expected_none")
    else:
        few = words("ranking.expected_few", units=numbers.number(expected))
    return f"{said} {words('ranking.whole_many', expected=few)}"


def _counted(ranking: Ranking, in_file: bool) -> list[str]:
    """The caveats that hold for some of the units, each with how many."""
    words, frame = ranking.context.words, ranking.frame
    disputed = rows_where(frame, frame["disputed"])["name"].to_list()
    counts = {
        "ranking.exceeding": (frame["numerator"] > frame["denominator"]).sum(),
        "ranking.short": frame["short"].sum(),
        "ranking.short_rows_file" if in_file else "ranking.short_rows": frame["covers"].count(),
        "ranking.no_window": (frame["data_end"].is_null() & frame["covers"].is_null()).sum(),
        "ranking.union": (frame["basis"] == "union").sum(),
        "ranking.estimated_file" if in_file else "ranking.estimated": (frame["basis"] == "estimated").sum(),
    }
    said = [words(key, units=words.numbers.number(count)) for key, count in counts.items() if count]
    if in_file and disputed:
        count = words.numbers.number(len(disputed))
        return [words("ranking.disputed_file", units=count, names=listed(disputed)), *said]
    return [*disputed_units(words, disputed), *said]
