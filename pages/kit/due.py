"""Whether it is known which units had to report: of periods before the oldest map it is not, which is said."""

from collections.abc import Iterable

from pages.kit.context import Context
from warehouse.periods import parse_period
from warehouse.territory import OLDEST_MAP


def units_unsure(context: Context, periods: Iterable[str]) -> str:
    """That units due of some of the periods are those of a later map; empty where all are known.

    On today's map too: the reports that were due then are those of the units of then.
    """
    older = any(parse_period(period).window_end < OLDEST_MAP for period in periods)
    return context.words("due.unsure", date=context.words.date(OLDEST_MAP)) if older else ""
