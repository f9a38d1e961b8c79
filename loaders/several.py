"""Files that hold more than one report: their rows would be mixed, so they are refused."""

from collections.abc import Iterable
from itertools import combinations

from loaders.annexes import Annex
from loaders.document import Document, Paragraph
from loaders.headed import Headed
from loaders.headers import read_header
from loaders.problems import SeveralReports
from warehouse.text import words

_LEAST_ROWS = 5
_SAME_SHARE = 0.8
_LEAST_PARAGRAPHS = 5  # an annex may be headed `BÁO CÁO` too, but no narrative stands between that and its table


def check_one_report(document: Document) -> None:
    """Raise `SeveralReports` where a second report starts behind an annex."""
    if place := _second_report(document):
        raise _refusal(document, f"một báo cáo thứ hai bắt đầu ở {place}")


def check_no_twins(document: Document, annexes: Iterable[Annex], headed: Headed) -> None:
    """Raise `SeveralReports` where an annex comes twice, save quarter by quarter."""
    labelled = [
        (annex, {words(row.label) for row in annex.rows}) for annex in annexes if len(annex.rows) >= _LEAST_ROWS
    ]
    for (one, labels), (other, others) in combinations(labelled, 2):
        first, second = (headed.get(annex.rows[0].place) for annex in (one, other))
        if (first and first.period) != (second and second.period):
            continue
        if len(labels & others) >= _SAME_SHARE * max(len(labels), len(others)):
            name = one.name if one.name == other.name else f"{one.name} và {other.name}"
            raise _refusal(document, f"{name}: cùng một phụ lục hai lần ({one.rows[0].place}, {other.rows[0].place})")


def _refusal(document: Document, found: str) -> SeveralReports:
    return SeveralReports(
        place=document.name,
        found=found,
        expected="mỗi tệp một báo cáo",
        action="tách thành từng tệp, mỗi tệp một báo cáo, rồi nạp lại",
    )


def _second_report(document: Document) -> str | None:
    """Where a heading `BÁO CÁO` with a narrative and an annex below it stands behind an annex; null if nowhere."""
    annex_seen, start, told = False, None, 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if annex_seen and any(words(line) == "bao cao" for line in block.text.split("\n")):
                start, told = block.place, 0
            told += 1
        elif read_header(block) is not None:
            if start and told > _LEAST_PARAGRAPHS:
                return start
            annex_seen, start = True, None
    return None
