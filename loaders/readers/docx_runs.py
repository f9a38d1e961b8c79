"""The text of Word's runs as it counts: hidden and struck runs left out, raised and lowered digits written as such.

A run says how it looks itself or names a style that does; what it says itself comes before its style.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from loaders.readers.docx_numbering import W
from loaders.readers.marks import has_figure, lowered, raised
from loaders.readers.markup import Element, first_child, local_name

_T, _PROPERTIES, _STYLE, _VAL = f"{W}t", f"{W}rPr", f"{W}rStyle", f"{W}val"
_COLOUR, _SHADE, _FILL = f"{W}color", f"{W}shd", f"{W}fill"
_HIGHLIGHT = f"{W}highlight"
_THEME_FILL, _THEME_SHADES = f"{W}themeFill", (f"{W}themeFillTint", f"{W}themeFillShade")
_NAMED = (_STYLE, f"{W}pStyle", f"{W}tblStyle")
_DEFAULT, _BASED_ON = f"{W}default", f"{W}basedOn"
_PROPERTIES_OF = {f"{W}{name}": f"{W}{name}Pr" for name in ("r", "p", "tc", "tbl")} | {f"{W}tr": f"{W}tblPrEx"}
_BOX, _PAGE_GROUND = f"{W}txbxContent", f"{W}background"
_WHITES, _WHITE_THEMES = ("FFFFFF", "AUTO", ""), ("", "background1", "light1")
_NO_PATTERN = ("", "clear", "nil")
_OFF = ("0", "false", "off", "none")
_SWITCHES = {f"{W}vanish": "hidden", f"{W}strike": "struck", f"{W}dstrike": "struck"}
_RAISED, _POSITION = f"{W}vertAlign", f"{W}position"
_HEIGHTS = {"superscript": 1, "subscript": -1}
_LEAST_SHIFT = 3  # half-points: below this no eye tells a digit from those beside it
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DEEPEST = 10

_PRIVATE = 0xF000  # where fonts of symbols keep theirs
_PLAIN_SYMBOLS = frozenset("0123456789()+,-./:;<=>%")
_SYMBOLS = {0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"}
_UNKNOWN_SYMBOL = "•"


@dataclass(frozen=True)
class _Looks:
    """What is said of a run: null where nothing is. `height` is 1 for raised, -1 for lowered, 0 on the line."""

    hidden: bool | None = None
    white: bool | None = None
    struck: bool | None = None
    height: int | None = None

    def over(self, below: "_Looks") -> "_Looks":
        """These looks, and those below where nothing is said."""
        own = vars(self).items()
        return _Looks(**{name: getattr(below, name) if said is None else said for name, said in own})


@dataclass
class Runs:
    """Collects the text of runs; `styles.xml` is read only for a document whose runs name a style.

    `unseen` is the text met that does not show: hidden, or figures in white on white.
    """

    styles: Callable[[], Element | None] = lambda: None
    unseen: list[str] = field(default_factory=list)
    _known: dict[str, _Looks] = field(default_factory=dict)

    def collect(self, run: Element, parts: list[str], struck: list[str]) -> None:
        """Add the text of a run to `parts`, or to `struck` what is struck out."""
        looks = _Looks()
        for child in run:
            tag = child.tag
            if tag == _T:
                parts.append(_at_height(child.text or "", looks.height))
            elif tag == _PROPERTIES:
                looks = self._looks(child)
                if looks.hidden or (looks.white and self._is_unseen(run)):
                    self.unseen.append("".join(text.text or "" for text in run.iterchildren(_T)))
                    return
                if looks.struck:
                    struck.append("".join(text.text or "" for text in run.iterchildren(_T)))
                    return
            elif sign := _sign(child):
                parts.append(_at_height(sign, looks.height))

    def _is_unseen(self, run: Element) -> bool:
        """Whether a run in white has figures and nothing gives it another ground: no style, shape or page either."""
        if not any(has_figure(text.text or "") for text in run.iterchildren(_T)):
            return False
        around = [run, *run.iterancestors()]
        if any(one.tag == _BOX or first_child(one, _PAGE_GROUND) is not None for one in around):
            return False
        said = [first_child(one, _PROPERTIES_OF[str(one.tag)]) for one in around if one.tag in _PROPERTIES_OF]
        grounds = any(properties is not None and self._gives_ground(properties) for properties in said)
        return not grounds and not any(map(_has_ground, self._defaults))

    def _gives_ground(self, properties: Element) -> bool:
        """Whether properties give a ground other than white, or name a style that may."""
        if any(map(_is_ground, properties.iterchildren(_SHADE, _HIGHLIGHT))):
            return True
        names = [named.get(_VAL, "") for named in properties.iterchildren(*_NAMED)]
        return any(_has_ground(style) for name in names for style in self._chain(name))

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            based = first_child(style, _BASED_ON)
            name = "" if based is None else based.get(_VAL, "")

    @cached_property
    def _defaults(self) -> Sequence[Element]:
        """The styles of what names none."""
        return [style for style in self._styles.values() if style.get(_DEFAULT, "0") not in _OFF]

    def _looks(self, properties: Element) -> _Looks:
        style = first_child(properties, _STYLE)
        own = _said(properties)
        return own if style is None else own.over(self._of_style(style.get(_VAL, "")))

    def _of_style(self, name: str) -> _Looks:
        if name not in self._known:
            looks = _Looks()
            for style in self._chain(name):
                properties = first_child(style, _PROPERTIES)
                looks = looks if properties is None else looks.over(_said(properties))
            self._known[name] = looks
        return self._known[name]

    @cached_property
    def _styles(self) -> Mapping[str, Element]:
        root = self.styles()
        return {} if root is None else {style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")}


def _has_ground(style: Element) -> bool:
    return any(map(_is_ground, style.iter(_SHADE, _HIGHLIGHT)))


def _is_ground(shade: Element) -> bool:
    """Whether a shade or a highlight is not surely white; a theme comes before the fill it stands beside."""
    if shade.tag == _HIGHLIGHT:
        return shade.get(_VAL, "") not in ("", "none", "white")
    if shade.get(_THEME_FILL, "") not in _WHITE_THEMES or any(shade.get(name) for name in _THEME_SHADES):
        return True
    patterned = shade.get(_VAL, "") not in _NO_PATTERN and shade.get(_COLOUR, "").upper() != "FFFFFF"
    return patterned or shade.get(_FILL, "").upper() not in _WHITES


def _said(properties: Element) -> _Looks:
    switches: dict[str, bool] = {}
    height: int | None = None
    for each in properties:
        if name := _SWITCHES.get(str(each.tag)):
            switches[name] = switches.get(name, False) or each.get(_VAL, "1") not in _OFF
        elif each.tag == _COLOUR:
            switches["white"] = each.get(_VAL, "").upper() == "FFFFFF"
        elif each.tag == _RAISED:
            height = _HEIGHTS.get(each.get(_VAL, ""), 0)
        elif each.tag == _POSITION and height is None:
            height = _shift(each.get(_VAL, ""))
    return _Looks(switches.get("hidden"), switches.get("white"), switches.get("struck"), height)


def _shift(text: str) -> int:
    """-1 for a digit set off the line at its full size: it may be a mark or not, so it makes no figure, as lowered."""
    digits = text.removeprefix("-")
    return -1 if digits.isascii() and digits.isdigit() and int(digits[:4]) >= _LEAST_SHIFT else 0


def _at_height(text: str, height: int | None) -> str:
    if not height:
        return text
    return raised(text) if height > 0 else lowered(text)


def _sign(element: Element) -> str:
    name = local_name(element)
    return _symbol(element.get(f"{W}char", "")) if name == "sym" else _SIGNS.get(name, "")


def _symbol(code: str) -> str:
    """A sign of a font of symbols: never nothing, for `≥ 90` is no 90, nor are digits beside an unknown sign sure."""
    try:
        number = int(code, 16)
    except ValueError:
        return _UNKNOWN_SYMBOL
    if not _PRIVATE <= number < _PRIVATE + 256:
        return chr(number) if 32 < number < 0xD800 else _UNKNOWN_SYMBOL
    number -= _PRIVATE
    return chr(number) if chr(number) in _PLAIN_SYMBOLS else _SYMBOLS.get(number, _UNKNOWN_SYMBOL)
