"""What every reader returns: the blocks of a document in reading order, each with its place."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Paragraph:
    """A run of text. `place` says where it stands, e.g. `line:12`."""

    text: str
    place: str


@dataclass(frozen=True)
class Row:
    """One printed table row: its cells as plain text, and its place, e.g. `line:203`.

    `covered` are the positions of its cells that lie under one merged down from a row above, `beside` those under one
    merged to the right in the row itself; they are empty.
    """

    cells: tuple[str, ...]
    place: str
    covered: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """Rows as printed, header rows included."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True)
class Omission:
    """Figures that stand in the file and were left out, because they are struck out or hidden.

    `printed` is the text that is struck out, or the name of the sheet; `times` is how many rows, columns or cells are
    hidden.
    """

    kind: Literal["struck_out", "hidden_rows", "hidden_columns", "hidden_cells", "hidden_sheet"]
    place: str
    printed: str
    times: int = 1


@dataclass(frozen=True)
class Document:
    """A file as paragraphs and tables in reading order."""

    name: str
    blocks: tuple[Block, ...] = field(default=())
    omissions: tuple[Omission, ...] = field(default=())

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
