"""Whose figure the text tells where it is not the reporting unit's: another commune's, the whole district's.

A unit or office counts as the one a figure is of where it begins the statement (`Xã Hoằng Đức tiếp nhận 700 hồ sơ`) or
stands behind `của`, `tại` beside the number; `theo kế hoạch của UBND huyện, …` names nobody. The last one named wins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.names import LEVEL_OF_KIND, longest_name
from loaders.narrative.clauses import Clause
from loaders.narrative.lexicon import FigureKind
from loaders.narrative.passages import Line
from loaders.narrative.stretches import Stretch, Teller
from warehouse.model import LEVELS, Level

# With their accents: `cơ quan`, `tính đến` and `địa phương` name no unit.
_KINDS = r"xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tp|tỉnh"
_UNIT = re.compile(rf"\b(?P<kind>{_KINDS})\b(?!,? (?:hội|ủy|uỷ|đội|khác|ban ngành)\b)", re.IGNORECASE)
_REST = re.compile(r"(?: [a-z0-9]+){0,4}")
_COUNTRY = re.compile(r"\b(?:ca nuoc|toan quoc)\b")
# `công chức Địa chính`, not `công chức một cửa`, who are the unit itself; one who only drafts has no figure.
_FIELDS = (
    r"(?:ho tich|dia chinh|tu phap|tai chinh|ke toan|van phong|van hoa|lao dong|thuong binh|quan su|noi vu|kinh te"
    r"|chinh sach|nong nghiep|giao thong)\b"
)
_WORKS = r"(?=[^,;.:]{0,60}\b(?:tiep nhan|giai quyet|xu ly|thu ly|tra ket qua)\b|[^,;.:]{0,40}: ?\d)"
_OFFICER = rf"(?<!\d )(?:cong chuc|can bo) {_FIELDS}{_WORKS}|(?<=\bcua )(?:cong chuc|can bo) {_FIELDS}"
_OFFICE = re.compile(
    r"\b(?:cong an|tram y te|chi nhanh|chi cuc|ban chi huy|van phong dang ky|toa an|vien kiem sat|kho bac"
    r"|bao hiem xa hoi|buu dien|" + _OFFICER + r"|(?P<room>phong|so|truong|benh vien|quy) (?=[a-z]))\b"
)
_ROOMS = ("Phòng ", "phòng ", "Sở ", "sở ", "Trường ", "trường ", "Bệnh viện ", "bệnh viện ", "Quỹ ", "quỹ ")
_BOUNDARY = re.compile(r"[.;:,()–]|(?<= )-(?= )|\d")
_BESIDE = re.compile(r"\b(?:cua|tai|o|thuoc|do|toan|tren dia ban|binh quan|cap)(?: (?:ubnd|uy ban nhan dan|cap))? $")
_ASIDE = re.compile(r"\b(?:theo|so voi|tren co so|can cu|thuc hien|giao|chi dao|quy dinh|bao cao|huong dan)\b")
# `Kế hoạch số 12/KH-UBND năm 2023 của UBND huyện`: the digits in a document's name begin no statement.
_OF_DOCUMENT = re.compile(
    r"\b(?:ke hoach|quyet dinh|nghi quyet|chuong trinh|cong van|chi thi)\b[^,;:()]{0,120}"
    r"\bcua(?: (?:ubnd|uy ban nhan dan|hdnd))? $"
)
_OF_OFFICE = re.compile(r"\b(?:cong an|quan su|y te|truong|buu dien|thanh nien|cac|nhieu|mot so) $")
_RECEIVES = re.compile(r"[^,;.]{0,30}\bduoc\b[^,;.]{0,40}\bgiao\b")
_LEADS_TEXT = """
tai o cua rieng con trong do khi ubnd hdnd uy ban nhan dan va trung tam phuc vu hanh chinh cong bo phan mot cua doi voi
ca binh quan chung tinh mat bang so lieu toan tren dia ban hien nay den cap cac don vi pho to
"""
_LEADS = frozenset(_LEADS_TEXT.split())
_HEADING_WORDS = 14


@dataclass(frozen=True)
class _Body:
    """Where a text names whose figures follow; `level` is null for an office, `other` false for the reporting unit."""

    start: int
    end: int
    level: Level | None
    other: bool


def other_body(stretch: Stretch, clause: Clause, kind: FigureKind, teller: Teller) -> str | None:
    """The printed words that give a figure to another unit or office; null where it is the reporting unit's."""
    position = clause.item.start + stretch.shift
    near = clause.pieces[0][0] + stretch.shift
    bodies = [one for one in _bodies(stretch, teller) if _may_have(one, stretch, kind, teller)]
    behind = next((one for one in bodies if one.other and _is_behind(one, stretch, clause)), None)
    if behind is not None:
        return stretch.text[behind.start : behind.end]
    holder = _holder(stretch, [one for one in bodies if one.start < position], near)
    if holder is not None:
        return stretch.text[holder.start : holder.end] if holder.other else None
    for line in reversed(stretch.above):
        if len(line.text.split()) > _HEADING_WORDS:
            continue
        above = [one for one in _bodies(line, teller) if _may_have(one, line, kind, teller)]
        if (holder := _holder(line, above, len(line.text))) is not None:
            return line.text[holder.start : holder.end] if holder.other else None
    return None


def _holder(line: Line, bodies: list[_Body], near: int) -> _Body | None:
    """Who is named last as the one that the figures are of; the own unit only behind another statement's end."""
    holder: _Body | None = None
    for body in bodies:
        begins = _begins(line.folded, body.start)
        beside = body.start >= near and _BESIDE.search(line.folded, 0, body.start) is not None
        if body.other:
            takes = begins or (beside and not _ASIDE.search(line.folded, near, body.start))
        else:
            takes = holder is None or _BOUNDARY.search(line.folded, holder.end, body.start) is not None
        holder = body if takes else holder
    return holder


def _begins(folded: str, start: int) -> bool:
    """Whether nothing but leading words stands between the last mark or number and a place."""
    last = max((match.end() for match in _BOUNDARY.finditer(folded, 0, start)), default=0)
    return set(folded[last:start].split()) <= _LEADS and not _OF_DOCUMENT.search(folded, 0, start)


def _is_behind(body: _Body, stretch: Stretch, clause: Clause) -> bool:
    """`700 hồ sơ của xã Hoằng Đức`."""
    start, end = (place + stretch.shift for place in clause.behind)
    return start <= body.start < end and _BESIDE.search(stretch.folded, start, body.start) is not None


def _may_have(body: _Body, line: Line, kind: FigureKind, teller: Teller) -> bool:
    """Whether figures of this kind can be a body's: of tasks those above are told who gave them."""
    if not body.other:
        return True
    if body.level is None:
        return not kind.figure.startswith("statement_") and "task" not in kind.counts
    upper = LEVELS.index(body.level) < LEVELS.index(teller.level)
    return not (upper and kind.of_tasks) or _RECEIVES.match(line.folded, body.end) is not None


def _bodies(line: Line, teller: Teller) -> Iterator[_Body]:
    found = [*_units(line, teller), *_offices(line)]
    yield from sorted(found, key=lambda one: one.start)


def _units(line: Line, teller: Teller) -> Iterator[_Body]:
    for match in _UNIT.finditer(line.text):
        kind = line.folded[match.start() : match.end()]
        levels = LEVEL_OF_KIND[kind]
        following = _REST.match(line.folded, match.end())
        rest = tuple(following[0].split()) if following else ()
        printed = line.text[match.end() + 1 : match.end() + 2]
        named, length = longest_name(kind, rest) if printed.isupper() or printed.isdigit() else ((), 0)
        if named and teller.unit is not None:
            own = any(unit.unit_code == teller.unit.unit_code for unit in named)
            end = match.end() + len(" ".join(rest[:length])) + 1
            level = teller.level if own or teller.level in levels else levels[0]
            yield _Body(match.start(), end, level, not own)
        elif not _OF_OFFICE.search(line.folded, 0, match.start()):
            lowest = max(LEVELS.index(level) for level in levels)
            upper = lowest < LEVELS.index(teller.level)
            yield _Body(match.start(), match.end(), LEVELS[lowest] if upper else teller.level, upper)
    for match in _COUNTRY.finditer(line.folded):
        yield _Body(match.start(), match.end(), "province", True)


def _offices(line: Line) -> Iterator[_Body]:
    for match in _OFFICE.finditer(line.folded):
        if match["room"]:
            printed = line.text[match.start() : match.end() + 1]
            if not printed.startswith(_ROOMS) or not printed[-1].isupper():
                continue
        words = re.match(
            r"[^,;:.()\d]*?(?= (?:da|tiep|giai|co|duoc|dat)\b)|\S+(?: \S+){0,3}", line.folded[match.start() :]
        )
        yield _Body(match.start(), match.start() + len((words or match)[0].rstrip(".,;:")), None, True)
