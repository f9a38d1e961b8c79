"""What the sheets of an .xlsx workbook refer to by number: shared texts, and how cells look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from loaders.readers.archive import Archive
from loaders.readers.marks import lowered, on_the_line, raised
from loaders.readers.markup import Element, first_child, local_name
from loaders.readers.number_sections import text_section
from loaders.readers.numbers import BUILT_IN_FORMATS
from loaders.readers.package import Relationship, related_part
from loaders.readers.xlsx_scan import scan_texts

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TRUE = ("1", "true")
_T = f"{NS}t"
_HEIGHTS = {"superscript": raised, "subscript": lowered}


class _Numbered(dict[str, str]):
    """Texts by their numbers as a cell names them: `4`, and `04` for the same; `otherwise` for any other."""

    def __init__(self, texts: Iterable[str], otherwise: str) -> None:
        super().__init__(zip(map(str, count()), texts, strict=False))
        self.otherwise = otherwise

    def __missing__(self, number: str) -> str:
        return self.get(str(number_of(number, -1)), self.otherwise)


@dataclass(frozen=True)
class Workbook:
    """What the sheets refer to: shared texts, the format code of each cell style, and how dates are counted.

    `struck` has the struck part of the shared texts that have one, `struck_styles` the styles that strike a whole cell,
    `dressing_styles` are those that hide texts or add words to them; `styles` is the part that tells of all of them.
    In one that is `to_be_worked_out` a program wrote formulas that nothing has worked out since: they are stored as 0
    until Excel opens the file.
    """

    texts: _Numbered
    formats: _Numbered
    epoch_1904: bool
    to_be_worked_out: bool
    struck: Mapping[str, str]
    struck_styles: frozenset[str]
    dressing_styles: frozenset[str]
    styles: Element | None


def read_book(archive: Archive, root: Element, links: Mapping[str, Relationship]) -> Workbook:
    """What the sheets of a workbook refer to, from its own part and those it leads to."""
    properties = root.find(f"{NS}workbookPr")
    calculation = root.find(f"{NS}calcPr")
    texts, struck = _shared_texts(archive, links)
    styles = related_part(archive, links, "styles")
    codes = _format_codes(styles)
    return Workbook(
        texts=_Numbered(texts, ""),
        formats=_Numbered(codes, codes[0] if codes else "General"),
        epoch_1904=properties is not None and properties.get("date1904", "0") in TRUE,
        to_be_worked_out=calculation is not None and calculation.get("fullCalcOnLoad") in TRUE,
        struck=struck,
        struck_styles=_struck_styles(styles),
        dressing_styles=frozenset(str(number) for number, code in enumerate(codes) if text_section(code)),
        styles=styles,
    )


def _shared_texts(archive: Archive, links: Mapping[str, Relationship]) -> tuple[Sequence[str], Mapping[str, str]]:
    """The shared texts in their order, and what is struck out of some, by their numbers."""
    scan = scan_texts()
    root = related_part(archive, links, "sharedStrings", scan)
    if scan.found is not None or root is None:
        return scan.found or (), {}
    read = [rich_text(item) for item in root.iterchildren(f"{NS}si")]
    return [text for text, _ in read], {str(number): struck for number, (_, struck) in enumerate(read) if struck}


def rich_text(item: Element) -> tuple[str, str]:
    """The text of all runs and what is struck out of it; the reading aids of East Asian scripts are left out."""
    first = first_child(item, _T)
    if first is not None and len(item) == 1:
        return first.text or "", ""
    parts: list[str] = []
    struck: list[str] = []
    for text in item.iter(_T):
        run = text.getparent()
        if run is None or local_name(run) == "rPh":
            continue
        looks = first_child(run, f"{NS}rPr")
        if looks is not None and _is_struck(looks):
            struck.append(text.text or "")
            continue
        mark = None if looks is None else first_child(looks, f"{NS}vertAlign")
        height = _HEIGHTS.get("" if mark is None else mark.get("val", ""), str)
        parts.append(height(text.text or ""))
    return on_the_line("".join(parts)), "".join(struck)


def _is_struck(looks: Element) -> bool:
    strike = first_child(looks, f"{NS}strike")
    return strike is not None and strike.get("val", "1") in TRUE


def _struck_styles(root: Element | None) -> frozenset[str]:
    """The numbers of the cell styles whose font strikes out."""
    if root is None:
        return frozenset()
    fonts = {number for number, font in enumerate(root.iterfind(f"{NS}fonts/{NS}font")) if _is_struck(font)}
    if not fonts:
        return frozenset()
    styles = enumerate(root.iterfind(f"{NS}cellXfs/{NS}xf"))
    return frozenset(str(number) for number, style in styles if number_of(style.get("fontId"), 0) in fonts)


def _format_codes(root: Element | None) -> Sequence[str]:
    """The format code of each cell style, by its position."""
    if root is None:
        return ()
    codes = dict(BUILT_IN_FORMATS)
    for item in root.iterfind(f"{NS}numFmts/{NS}numFmt"):
        codes[number_of(item.get("numFmtId"), -1)] = item.get("formatCode", "")
    styles = root.iterfind(f"{NS}cellXfs/{NS}xf")
    return [codes.get(number_of(style.get("numFmtId"), 0), "General") for style in styles]


@lru_cache(maxsize=1 << 14)
def number_of(text: str | None, otherwise: int, most: int | None = None) -> int:
    """The number a text is; `otherwise` for none, and for one beyond `most`."""
    if not text or not text.isascii() or not text.isdigit() or (most is not None and int(text) > most):
        return otherwise
    return int(text)
