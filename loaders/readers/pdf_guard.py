"""Whether tables without ruled lines were read reliably; where not, the file is refused rather than guessed at.

Columns and rows of such tables are known by where words stand. Cells set in the middle of their rows, or rows set
as close as lines, look alike to a program: then labels begin in the middle of a sentence, and figures stand together.
"""

import re
from collections.abc import Iterable

from loaders.document import Row, Table
from loaders.problems import UnreadableFile

_WORD = re.compile(r"[^\W\d_]{2,}")
_TOGETHER = re.compile(r"^(?:\d[\d.,]*%?\s+\d[\d.,]*%?|\d{1,2}(?:\.\d{1,3})+\.?\s+\d{1,2}(?:\.\d{1,3})+\.?)$")
RULED = "bảng có kẻ khung đủ các ô, để không đọc nhầm số của dòng này sang dòng khác"
RULE_IT = "kẻ khung bảng rồi xuất lại PDF, hoặc gửi tệp Word hay Excel gốc"
_LEAST, _SHARE = 2, 0.05


def check_reliable(name: str, tables: Iterable[Table]) -> None:
    """Raise `UnreadableFile` where at least two rows, and one in twenty, cannot be what was printed."""
    rows = [row for table in tables for row in table.rows]
    doubtful = [row for row in rows if _starts_inside(row) or _stands_together(row)]
    if len(doubtful) < max(_LEAST, _SHARE * len(rows)):
        return
    raise UnreadableFile(
        place=f"{name}, {doubtful[0].place}",
        found=f"bảng không kẻ khung mà {len(doubtful)} trên {len(rows)} dòng không tách được chắc chắn",
        expected=RULED,
        action=RULE_IT,
    )


def _starts_inside(row: Row) -> bool:
    """Whether the row's first words go on with a sentence: no row of a form begins in lower case."""
    first = next((cell for cell in row.cells if _WORD.search(cell)), "")
    match = _WORD.search(first)
    return match is not None and match[0][0].islower() and not re.match(r"^\s*(?:[a-zđ]\)|[-+•*])", first)


def _stands_together(row: Row) -> bool:
    """Whether two figures or two codes stand in one cell."""
    return any(_TOGETHER.match(cell) for cell in row.cells)
