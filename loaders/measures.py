"""What the indicators count in: the measures of the catalogue, and how each is written."""

from functools import cache

from warehouse.tables import read_catalogue


@cache
def measure_of() -> dict[str, str]:
    """The measure of each indicator."""
    return dict(read_catalogue("indicators").select("indicator", "measure").iter_rows())


@cache
def written_units() -> dict[str, tuple[str, ...]]:
    """How each measure is written behind a figure, or as the unit of a row."""
    rows = read_catalogue("measures").select("measure", "name_vi", "printed").iter_rows()
    return {one: tuple(dict.fromkeys((name, *filter(None, (printed or "").split("|"))))) for one, name, printed in rows}
