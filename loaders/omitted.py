"""What a file holds and no reader takes: figures that are struck out, and rows, columns and sheets that are hidden.

What shows is what was reported; what does not is told, for whoever hid it may have meant it to count.
"""

from collections.abc import Iterator, Sequence

from loaders.annexes import Annex
from loaders.document import Document
from warehouse.model import Remark


def omission_remarks(document: Document, annexes: Sequence[Annex]) -> Iterator[Remark]:
    """A remark for every omission of the readers; one of a row stands at the annex's row."""
    names = {row.place: annex.name for annex in annexes for row in annex.rows} if document.omissions else {}
    for omission in document.omissions:
        place = f"{names[omission.place]}, {omission.place}" if omission.place in names else omission.place
        told: dict[str, str | float] = {"printed": omission.printed}
        if omission.kind != "struck_out":
            told["times"] = omission.times
        yield Remark(omission.kind, place, told)
