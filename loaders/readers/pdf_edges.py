"""What stands at the edge of every page and is no part of the text: page numbers, running heads and feet."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from loaders.document import Paragraph
from loaders.readers.layout import is_annex_title

Block = TypeVar("Block")

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(trang\s*)?\d{1,4}(\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_LEAST_PAGES = 3
_SHARE = 0.5
_DEPTH = 3  # paragraphs of a running head at most


def without_edges(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """The blocks of each page without page numbers and without what most pages repeat word for word."""
    counts = Counter(text for number, page in enumerate(pages, start=1) for text in _edge_texts(page, number))
    least = max(_LEAST_PAGES, _SHARE * len(pages))
    running = {text for text, count in counts.items() if count >= least}
    return [_trimmed(page, number, running) for number, page in enumerate(pages, start=1)]


def _edge_texts(page: Sequence[Block], number: int) -> set[str]:
    edges = (*page[:_DEPTH], *page[-_DEPTH:])
    return {_key(block, number) for block in edges if isinstance(block, Paragraph) and not is_annex_title(block.text)}


def _key(block: Paragraph, number: int) -> str:
    """The text with the page's own number left open: `Báo cáo - trang 3`."""
    return re.sub(rf"\b{number}\b", "#", block.text)


def _trimmed(page: Sequence[Block], number: int, running: set[str]) -> list[Block]:
    first, last = 0, len(page)
    while first < last and _is_edge(page[first], number, running):
        first += 1
    while first < last and _is_edge(page[last - 1], number, running):
        last -= 1
    return list(page[first:last])


def _is_edge(block: Block, number: int, running: set[str]) -> bool:
    if not isinstance(block, Paragraph):
        return False
    if is_annex_title(block.text):  # the third annex may well stand on the third page
        return False
    return _PAGE_NUMBER.match(block.text) is not None or _key(block, number) in running
