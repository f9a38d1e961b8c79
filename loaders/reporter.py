"""Which administrative unit sent a report: recognised from the names the document uses.

Names are looked up with accents folded, among the units valid at the end of the period. A name that
several units bear is settled by the district and province the document names, then by its accents; when that
does not settle it, the file is refused with the candidates. Misspelt names are tried last.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from loaders.abbreviations import spoken
from loaders.bodies import body_that_sends, office_of_another_level, office_on_itself
from loaders.dates import recognise_dates
from loaders.document import Document
from loaders.mentions import Mention, PlaceLine, mentions_in, place_lines
from loaders.names import LEVEL_OF_KIND, spelt
from loaders.problems import UnknownUnit
from loaders.reporting_line import level_of, reporting_line
from loaders.senders import (
    HeadLine,
    contradicted,
    gone_found,
    gone_sender,
    heir_of,
    letterhead,
    longer_sender,
    misplaced_under,
    sender_of_another_level,
    strange_sender,
)
from loaders.slips import Misspelt, misspelt, near_in, nearly_named, printed_names
from loaders.units import Unit, all_units, ancestors, described, name_on, units_named
from warehouse.model import LEVELS, Level, Remark
from warehouse.periods import Period
from warehouse.text import words

_CLOSE, _MISPLACED = 0.84, 0.7
GUESSED = "unit_guessed"
LEVEL_NAMES: dict[Level, str] = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"}
_OWN_WEIGHT, _COMMITTEE_WEIGHT, _PLACE_WEIGHT = 8, 3, 4


@dataclass(frozen=True)
class UnitMatch:
    """The unit a report was matched to, and how sure that is: 1 for a name found as printed, under what it lies in.

    `guessed`: by a misspelt name alone.
    """

    unit: Unit
    confidence: float
    guessed: bool = False

    def remarks(self, day: date) -> tuple[Remark, ...]:
        """That the unit was known by a misspelt name alone."""
        told = {"unit_name": described(self.unit, day), "unit_code": self.unit.unit_code}
        return (Remark(GUESSED, "report", told),) if self.guessed else ()


@dataclass(frozen=True)
class _Read:
    """A document as it is looked through: its lines, the units named in them as of the last day, and its datelines."""

    document: Document
    period: Period
    texts: list[str]
    mentions: list[Mention]
    places: list[PlaceLine]

    @property
    def day(self) -> date:
        """The last day of the period, which says what units there are."""
        return self.period.window_end


def recognise_unit(document: Document, period: Period, levels: tuple[Level, ...] = ()) -> UnitMatch:
    """The unit that sent the report; `levels` are those its form is made for, when the form is known.

    Raises `UnknownUnit` with what was found: no name, or several units that fit as well.
    """
    texts, day = spoken(document), period.window_end
    text = f" {spelt(' '.join(texts))} "
    mentions, places = list(mentions_in(texts, day)), place_lines(texts, day)
    read = _Read(document, period, texts, mentions, places)
    weights = _weights(mentions, places)
    head, reports = _senders(read)
    if reports and levels and reports not in levels:
        raise _not_for(document, f"“{head[-1].printed}”", levels)
    levels = (reports,) if reports else levels
    outdone = weights.total()  # however often the text speaks of others
    weights.update({unit.unit_code: outdone for unit in {unit for one in head for unit in one.mention.units}})
    _refuse_sender(read, head, levels)
    longer = longer_sender(mentions)
    stranger, its_level = (longer, None) if longer else strange_sender(texts, day) or (None, None)
    for level in _levels_by_likelihood(mentions, levels):
        if stranger and level != its_level:
            continue  # what a unit of no known name names above itself did not send the report
        scores = Counter({code: weight for code, weight in weights.items() if all_units()[code].level == level})
        # By its dateline alone `huyện Hoa Lư`, which nobody knows, would be the city of that name.
        told = its_level != "district" or any(one.own and one.committee and one.units for one in mentions)
        if told and (best := _best(scores, weights, text)):
            return _only(best, read)
        inside = [unit for unit in all_units().values() if unit.level == level and unit.valid_on(day)]
        if slip := misspelt(printed_names(mentions, places, level), inside, weights):
            return _of_slip(slip, read)
    gone = next((one for one in mentions if one.gone and one.committee and not one.recipient), None)
    if stranger:
        raise _unknown(document, f"đơn vị gửi “{stranger}”, không có trong danh mục")
    raise _unknown(document, gone_found(gone, day) if gone else "không có tên đơn vị hành chính nào trong văn bản")


def _senders(read: _Read) -> tuple[list[HeadLine], Level | None]:
    """The lines that say who sends, and of which level it is where the form has a line for that.

    That line outdoes a letterhead of who issued the form, and says nothing against one of who lies in it; raises
    `UnknownUnit` where it names another unit of the same level.
    """
    head, line = letterhead(read.texts, read.day), reporting_line(read.document, read.day)
    above, own = level_of(head), level_of([line] if line else [])
    if line is None or own is None or (above and LEVELS.index(above) > LEVELS.index(own)):
        return head, None
    named = {unit for one in head for unit in one.mention.units if unit.level == own}
    if named and not named & set(line.mention.units):
        raise _unknown(read.document, f"“{line.printed}”, trong khi đầu văn bản là “{head[-1].printed}”")
    return [*head, line], own


def _refuse_sender(read: _Read, head: list[HeadLine], levels: tuple[Level, ...]) -> None:
    """Raises `UnknownUnit` where the text itself says that no unit of the form's levels sent the report."""
    if gone := gone_sender(read.mentions):
        raise _unknown(read.document, gone_found(gone, read.day))
    office = body_that_sends(read.texts) or office_of_another_level(read.texts, read.mentions, levels)
    if office := office or sender_of_another_level(head, read.mentions, read.places, levels):
        raise _not_for(read.document, f"văn bản của “{office}”", levels)
    if office := office_on_itself(read.texts):
        raise _not_for(read.document, f"văn bản của “{office}”, báo cáo về riêng cơ quan ấy", levels)


def _not_for(document: Document, found: str, levels: tuple[Level, ...]) -> UnknownUnit:
    """The refusal of a report whose sender its form is not made for: the code of a unit alone is no answer to that."""
    *others, last = (LEVEL_NAMES[level] for level in levels or LEVELS)
    wanted = f"{', '.join(others)} hoặc {last}" if others else last
    return UnknownUnit(
        place=document.name,
        found=found,
        expected=f"báo cáo của UBND {wanted}{', là cấp mà mẫu biểu này dành cho' if levels else ''}",
        action="kiểm tra xem báo cáo có lập đúng mẫu biểu của cấp mình không; nếu số liệu đúng là của cả một đơn vị "
        f"{wanted} thì nạp lại với tùy chọn --unit và mã của đơn vị đó",
    )


def _unknown(document: Document, found: str, expected: str = "tên xã, huyện hoặc tỉnh gửi báo cáo") -> UnknownUnit:
    return UnknownUnit(
        place=document.name,
        found=found,
        expected=expected,
        action="nạp lại với tùy chọn --unit và mã đơn vị hành chính",
    )


def _levels_by_likelihood(mentions: list[Mention], levels: tuple[Level, ...]) -> list[Level]:
    """Levels in the order in which the reporter calls itself `UBND xã`, `UBND huyện`…; of equals the lower one."""
    counts: Counter[Level] = Counter()
    for mention in mentions:
        if mention.committee and not mention.recipient:
            for level in {unit.level for unit in mention.units} or LEVEL_OF_KIND[mention.kind]:
                counts[level] += _OWN_WEIGHT if mention.own else 1
    ordered = sorted(counts, key=lambda level: (counts[level], LEVELS.index(level)), reverse=True)
    return [level for level in ordered if level in levels] or list(levels) or ordered


def _weights(mentions: list[Mention], places: list[PlaceLine]) -> Counter[str]:
    """How strongly the document speaks of each unit: a weight by unit code."""
    weights: Counter[str] = Counter()
    for mention in mentions:
        weight = 1
        if mention.committee and not mention.recipient:
            weight += _COMMITTEE_WEIGHT + (_OWN_WEIGHT if mention.own else 0)
        weights.update({unit.unit_code: weight for unit in mention.units})
    for place in places:
        weights.update({unit.unit_code: _PLACE_WEIGHT for unit in place.units})
    return weights


def _best(scores: Counter[str], weights: Counter[str], text: str) -> list[Unit]:
    """The most mentioned units; namesakes are told apart by how much their district and province are named."""
    if not scores:
        return []
    names = Counter[str]()
    for code, weight in scores.items():
        names[words(all_units()[code].name)] = max(names[words(all_units()[code].name)], weight)
    top = names.most_common(1)[0][0]
    namesakes = [all_units()[code] for code in scores if words(all_units()[code].name) == top]
    return _told_apart(namesakes, weights, text)


def _told_apart(units: list[Unit], weights: Counter[str], text: str) -> list[Unit]:
    """Those of the units whose ancestors are named most; among them those whose name is spelt with its accents."""
    if len(units) == 1:
        return units
    folded = f" {words(text)} "

    def support(unit: Unit) -> int:
        # The dateline of a commune that bears its district's name names no district: of xã Tân Sơn there are many.
        above = [
            one for one in ancestors(unit) if one.short_name != unit.short_name or f" {words(one.name)} " in folded
        ]
        named = (one for one in above if not one.short_name.isdigit() and f" {spelt(one.short_name)} " in text)
        return sum(weights[one.unit_code] * 2 for one in above) + sum(1 for _ in named)

    best = max(support(unit) for unit in units)
    supported = [unit for unit in units if support(unit) == best]
    return [unit for unit in supported if f" {spelt(unit.name)} " in text] or supported


def _placed(unit: Unit, read: _Read) -> float:
    """How sure a unit is for what stands above it; raises `UnknownUnit` where it is only one of several of its name."""
    misplaced = misplaced_under(unit, read.texts, read.day)
    if misplaced is None:
        return 1.0
    namesakes = [one for one in units_named(words(unit.name), (unit.level,)) if one.valid_on(read.day)]
    if len(namesakes) > 1:
        raise _unknown(read.document, f"{unit.name} trong {name_on(misplaced, read.day)}, không có trong danh mục")
    valid = (one for one in all_units().values() if one.level == unit.level and one.valid_on(read.day))
    if near := next(near_in(unit, misplaced, valid), None):
        said = f"{unit.name} trong {name_on(misplaced, read.day)}, không có trong danh mục; gần giống: "
        raise _unknown(read.document, f"{said}{near.unit_code} {described(near, read.day)}")
    return _MISPLACED


def _of_slip(slip: Misspelt, read: _Read) -> UnitMatch:
    """The unit a misspelt name means; raises `UnknownUnit` where it may mean another."""
    if slip.is_sure:
        return _only(list(slip.units), read, guessed=True)
    listed = "; ".join(f"{unit.unit_code} {described(unit, read.day)}" for unit in slip.units[:12])
    raise _unknown(
        read.document,
        f"tên đơn vị “{slip.printed}” (bỏ dấu) không có trong danh mục; gần giống: {listed}",
        "tên đúng của đơn vị gửi báo cáo",
    )


def _refuse_outlived(unit: Unit, read: _Read) -> None:
    """Raises `UnknownUnit` for a commune that had ended when the report was signed, if the new one may have sent it."""
    heir = heir_of(unit, read.mentions)
    if heir is None or unit.valid_to is None:
        return
    signed_on = recognise_dates(read.document, read.period).signed_on
    if signed_on is not None and signed_on >= unit.valid_to:
        raise _unknown(
            read.document,
            f"văn bản ký khi {described(unit, read.day)} không còn, không nêu huyện cũ, nên có thể là của "
            f"{described(heir, unit.valid_to)}, đơn vị chưa có ở ngày cuối kỳ {read.day:%d/%m/%Y}",
        )


def _only(units: list[Unit], read: _Read, guessed: bool = False) -> UnitMatch:
    if len(units) == 1:
        if above := contradicted(units[0], read.texts, read.day):
            raise _unknown(read.document, f"{described(units[0], read.day)}, trái với “{above}” ở đầu văn bản")
        if near := nearly_named(units[0], read.mentions, read.places):
            names = (described(one, read.day) for one in (units[0], near))
            raise _unknown(read.document, f"hai đơn vị có tên gần giống nhau trong cùng văn bản: {'; '.join(names)}")
        _refuse_outlived(units[0], read)
        return UnitMatch(units[0], min(_CLOSE if guessed else 1.0, _placed(units[0], read)), guessed)
    listed = "; ".join(f"{unit.unit_code} {described(unit, read.day)}" for unit in units[:12])
    raise UnknownUnit(
        place=read.document.name,
        found=f"{len(units)} đơn vị cùng tên phù hợp như nhau: {listed}",
        expected="một đơn vị duy nhất",
        action="nạp lại với tùy chọn --unit và mã của đơn vị đúng",
    )
