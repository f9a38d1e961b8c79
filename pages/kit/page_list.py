"""The pages in menu order. A page `name` lives in `pages/<name>/page.py` and offers `show(context)`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageEntry:
    """One page: its folder (also its address and the prefix of its words) and its icon."""

    name: str
    icon: str


PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", ":material/dashboard:"),
    PageEntry("ranking", ":material/leaderboard:"),
    PageEntry("drilldown", ":material/account_tree:"),
    PageEntry("profile", ":material/location_city:"),
    PageEntry("trends", ":material/show_chart:"),
    PageEntry("compare", ":material/compare_arrows:"),
    PageEntry("quality", ":material/fact_check:"),
    PageEntry("explore", ":material/table:"),
    PageEntry("dictionary", ":material/menu_book:"),
)

# Addresses that pages had before, kept so that old links lead on.
MOVED = {"table": "explore"}
