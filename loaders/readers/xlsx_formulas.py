"""Formulas of an .xlsx sheet that stand in another cell: shared ones, and those that fill an area.

They are written at one cell only. Where nothing has worked the others out, these are empty, or 0, like cells in which
there is nothing: here they get a formula of their own, so that nobody takes them for that.
"""

import re
from collections.abc import Iterable, Iterator, Set

from loaders.readers.xlsx_book import number_of
from loaders.readers.xlsx_scan import StoredCell, StoredRow
from loaders.readers.xlsx_unseen import Area, area_of, number_of_column

ELSEWHERE = "…"  # what stands for a formula whose text is at another cell
_FILLS = re.compile(r'\bt="(?:array|dataTable)"')
_REFERENCE = re.compile(r'\bref="([A-Z\d:]+)"')
_WIDEST = 100  # columns: no form has as many, and a damaged file could name all there are


def with_formulas(rows: Iterable[StoredRow]) -> Iterator[StoredRow]:
    """The rows of a sheet, a formula in every cell that one fills."""
    areas: list[Area] = []
    number = 0
    for row in rows:
        number = number_of(row.number, number + 1)
        areas = [area for area in areas if number <= area[2]]
        areas.extend(_areas(row))
        columns = {column for _, left, _, right in areas for column in range(left, right + 1)}
        if columns or any(said and not formula for _, _, _, said, formula, _, _ in row.cells):
            yield row._replace(cells=list(_filled(row.cells, columns)))
        else:
            yield row


def _areas(row: StoredRow) -> Iterator[Area]:
    """The areas that the formulas of a row fill, from this row on."""
    for _, _, _, said, _, _, _ in row.cells:
        if said and _FILLS.search(said) and (reference := _REFERENCE.search(said)):
            area = area_of(reference[1])
            if area and area[3] - area[1] < _WIDEST:
                yield area


def _filled(cells: Iterable[StoredCell], columns: Set[int]) -> Iterator[StoredCell]:
    left, column = set(columns), 0
    for reference, style, kind, said, formula, value, rest in cells:
        column = number_of_column(reference.rstrip("0123456789")) or column + 1  # a cell may not say where it stands
        left.discard(column)
        elsewhere = not formula and (said != "" or column in columns)
        yield reference, style, kind, said, ELSEWHERE if elsewhere else formula, value, rest
    yield from ((_letters(column), "", "", "", ELSEWHERE, "", "") for column in sorted(left))


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
