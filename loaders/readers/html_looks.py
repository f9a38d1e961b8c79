"""What a web page does not show: elements that take no room, and text that cannot be seen in the room it takes.

Styles are those of the elements themselves and of plain rules of the page's own sheets (`td.note`, `#a .b`); rules of
another kind, of print and of narrow screens are left aside.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.readers.marks import has_figure
from loaders.readers.markup import Element, all_text

HIDDEN = "hidden"  # set on what takes no room
UNSEEN = "data-unseen-figures"  # set on cells whose figures do not show, those of elements without room too

Styles = Mapping[str, str]
_Named = tuple[str, str, str]  # an element's tag, classes and id
_Compound = tuple[str, frozenset[tuple[str, str]]]  # a tag, with classes and ids

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@media(?P<query>[^{]*)\{(?P<rules>(?:[^{}]*\{[^{}]*\})*[^{}]*)\}", re.IGNORECASE)
_AT_RULE = re.compile(r"@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_SHOWN_MEDIA = frozenset(("all", "screen", "only screen"))
_RULE = re.compile(r"(?P<selectors>[^{}]+)\{(?P<styles>[^{}]*)\}")
_COMPOUND = re.compile(r"^(?P<tag>\*|[a-z][\w-]*)?(?P<marks>(?:[.#][\w-]+)*)$", re.IGNORECASE)
_MARK = re.compile(r"([.#])([\w-]+)")
_LOOKS = ("text-decoration", "text-decoration-line", "vertical-align")  # what the reader itself looks at
_TELLING = frozenset(
    (*("display", "visibility", "font-size", "opacity", "mso-hide", "color", "clip", "left", "text-indent"), *_LOOKS)
)
_SIZE = re.compile(r"^(?P<number>\d*\.?\d+)(?P<unit>px|pt|em|rem|%)?$")
_LEAST_SIZE = {"px": 2.0, "pt": 1.5, "em": 0.1, "rem": 0.1, "%": 10.0, None: 0.001}
_FAR_AWAY = re.compile(r"^-\d{3,}")
_CLIPPED = re.compile(r"^rect\(\s*[01](?:px)?[\s,]")
_CELLS = ("td", "th")
_UNSEEN_ANYWAY = ("script", "style", "template", "noscript")


@dataclass(frozen=True)
class _Rule:
    """A rule: its compounds from the outermost to the element's own, each a tag with its classes and ids."""

    path: Sequence[_Compound]
    styles: Styles

    def applies_under(self, element: Element) -> bool:
        """Whether what stands around an element is as the rule has it, whose last compound fits the element."""
        rest = list(self.path[:-1])
        for above in element.iterancestors() if rest else ():
            if rest and _fits(_named(above), rest[-1]):
                rest.pop()
        return not rest


@dataclass
class _Sheets:
    """The rules of a page, and which of them may be for elements of a name."""

    rules: Sequence[_Rule]
    _known: dict[_Named, Sequence[_Rule]] = field(default_factory=dict)

    def styles_of(self, element: Element) -> Styles:
        """What the rules and the element itself declare, the last of each counting."""
        found: dict[str, str] = {}
        for rule in self._about(_named(element)) if self.rules else ():
            if rule.applies_under(element):
                found |= rule.styles
        style = element.get("style")
        return found | _declared(style) if style else found

    def _about(self, named: _Named) -> Sequence[_Rule]:
        if named not in self._known:
            self._known[named] = [rule for rule in self.rules if _fits(named, rule.path[-1])]
        return self._known[named]


def take_out_unseen(root: Element) -> None:
    """Mark what takes no room as hidden, take out text that cannot be seen, and write down what sheets say of looks."""
    sheets = " ".join(all_text(style) for style in root.iter("style"))
    _walk(root, _Sheets(list(_rules(sheets))), seen=True, sized=True)


def _walk(element: Element, sheets: _Sheets, seen: bool, sized: bool) -> None:
    styles = sheets.styles_of(element)
    if sheets.rules and (looks := "; ".join(f"{name}: {styles[name]}" for name in _LOOKS if name in styles)):
        element.set("style", looks)
    if _takes_no_room(styles):
        element.set(HIDDEN, "")
    if element.get(HIDDEN) is not None:
        _note(element, all_text(element))
        return
    seen, sized = _under(styles, seen, sized)
    shows = seen and sized
    if not shows and element.text:
        _note(element, element.text)
        element.text = None
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN_ANYWAY:
            _walk(child, sheets, seen, sized)
        if not shows and child.tail:
            _note(element, child.tail)
            child.tail = None


def _under(styles: Styles, seen: bool, sized: bool) -> tuple[bool, bool]:
    """Whether text under these styles is seen and has a size, where it is and has above them."""
    if _is_transparent(styles):
        return False, False
    if "visibility" in styles:
        seen = styles["visibility"] not in ("hidden", "collapse")
    if match := _SIZE.match(styles.get("font-size", "")):
        relative = match["unit"] in ("em", "%")
        sized = float(match["number"]) >= _LEAST_SIZE[match["unit"]] and (sized or not relative)
    return seen, sized


def _note(element: Element, lost: str) -> None:
    """Note at the cell around an element that figures in it do not show."""
    if has_figure(lost):
        cell = element if element.tag in _CELLS else next(element.iterancestors(*_CELLS), None)
        if cell is not None:
            cell.set(UNSEEN, "")


def _takes_no_room(styles: Styles) -> bool:
    if styles.get("display") == "none" or styles.get("mso-hide") == "all":
        return True
    away = any(_FAR_AWAY.match(styles.get(name, "")) for name in ("left", "text-indent"))
    return away or _CLIPPED.match(styles.get("clip", "")) is not None


def _is_transparent(styles: Styles) -> bool:
    return styles.get("color") == "transparent" or re.fullmatch(r"0*\.?0*%?", styles.get("opacity", "1")) is not None


def _declared(text: str) -> dict[str, str]:
    """The declarations that may tell of hiding."""
    pairs = (part.partition(":") for part in text.split(";"))
    told = ((name.strip().lower(), value.lower().partition("!")[0].strip()) for name, _, value in pairs)
    return {name: value for name, value in told if name in _TELLING}


def _rules(sheets: str) -> Iterator[_Rule]:
    plain = _MEDIA.sub(_of_screens, _COMMENT.sub(" ", sheets))
    for match in _RULE.finditer(_AT_RULE.sub(" ", plain)):
        styles = _declared(match["styles"])
        for selector in match["selectors"].split(",") if styles else ():
            if path := _path(selector):
                yield _Rule(path, styles)


def _of_screens(media: re.Match[str]) -> str:
    return media["rules"] if media["query"].strip().lower() in _SHOWN_MEDIA else " "


def _path(selector: str) -> Sequence[_Compound]:
    """The compounds of a selector; empty for one that says more than tags, classes and ids."""
    path: list[_Compound] = []
    for part in selector.replace(">", " ").split():
        match = _COMPOUND.match(part)
        if match is None:
            return ()
        path.append(((match["tag"] or "*").lower(), frozenset(_MARK.findall(match["marks"]))))
    return path


def _named(element: Element) -> _Named:
    return str(element.tag), element.get("class", ""), element.get("id", "")


def _fits(named: _Named, compound: _Compound) -> bool:
    tag, marks = compound
    own, classes, key = named
    if tag not in ("*", own):
        return False
    return not marks or marks <= {("#", key), *((".", name) for name in classes.split())}
