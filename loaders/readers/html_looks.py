"""What a web page does not show: elements that take no room, and text that cannot be seen in the room it takes.

Styles are those of the page's own sheets and of the elements themselves, in the order that CSS gives them; rules for
paper and for narrow or very wide screens are left aside.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import cssselect
import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from loaders.readers.marks import has_figure
from loaders.readers.markup import Element, all_text, selected

HIDDEN = "hidden"  # set on what takes no room
UNSEEN = "data-unseen-figures"  # set on cells whose figures do not show, those of elements without room too

Styles = Mapping[str, str]
_Rank = tuple[bool, tuple[int, ...]]  # whether a declaration is important, and how much its selector says
_OWN = (1, 0, 0, 0)  # of the element's own attribute: more than any selector

_LOOKS = ("text-decoration", "text-decoration-line", "vertical-align")  # what the reader itself looks at
_NO_ROOM = {
    "display": "none$",
    "mso-hide": "all$",
    "text-indent": r"-(?:999|\d{4,})",
    "clip": r"rect\((?:\s*[01](?:px)?,?){4}\)",
}
_NOT_SEEN = {
    "visibility": "hidden|collapse",
    "font-size": r"0*\.?0+(?![\d.])|[01]?(?:\.\d+)?p[xt]|0?\.0\d*r?em|\d(?:\.\d+)?%",
    "color": "transparent$",
    "opacity": r"0*\.?0+%?$",
}
_TELLING = {
    name: re.compile(pattern)
    for name, pattern in {
        **dict.fromkeys(_LOOKS, ".*line-through|su(?:b|per)"),
        **_NO_ROOM,
        **_NOT_SEEN,
        "position": "(?!static)",
        "left": _NO_ROOM["text-indent"],
    }.items()
}
_UNDOES_NOTHING = re.compile(r"(?:(?<!r)em|%|inherit|unset|smaller|larger|currentcolor)$")  # as it is around it
_SHOWN_MEDIA = re.compile(r"(?:(?:only )?(?:all|screen))?(?:(?:(?<=\w) and |^)\(min-width: ?\d{1,3}(?:\.\d+)?px\))?")
_PATHS = cssselect.HTMLTranslator()
_CELLS = ("td", "th")
_UNSEEN_ANYWAY = ("script", "style", "template", "noscript")


def take_out_unseen(root: Element) -> None:
    """Mark what takes no room as hidden, take out text that cannot be seen, and write down what sheets say of looks."""
    _walk(root, _cascade(root), frozenset())


def _walk(element: Element, styled: Mapping[Element, Styles], above: frozenset[str]) -> None:
    """Go through an element whose surroundings hide text by the properties `above`."""
    styles = styled.get(element, {})
    if looks := "; ".join(f"{name}: {styles[name]}" for name in _LOOKS if name in styles):
        element.set("style", looks)
    if _takes_no_room(styles):
        element.set(HIDDEN, "")
    if element.get(HIDDEN) is not None:
        _note(element, all_text(element))
        return
    hiding = _hiding(styles, above)
    if hiding and element.text:
        _note(element, element.text)
        element.text = None
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN_ANYWAY:
            _walk(child, styled, hiding)
        if hiding and child.tail:
            _note(element, child.tail)
            child.tail = None


def _hiding(styles: Styles, above: frozenset[str]) -> frozenset[str]:
    """The properties that hide the text of an element; all but opacity can be undone inside what they hide."""
    said = {name for name in above if name in styles and not _UNDOES_NOTHING.search(styles[name])} - {"opacity"}
    return (above - said) | _tell(styles, _NOT_SEEN)


def _takes_no_room(styles: Styles) -> bool:
    return bool(_tell(styles, _NO_ROOM)) or len(_tell(styles, ("position", "left"))) > 1


def _tell(styles: Styles, names: Iterable[str]) -> frozenset[str]:
    """Those of some properties whose values hide, strike out or raise."""
    return frozenset(name for name in names if name in styles and _TELLING[name].match(styles[name]))


def _note(element: Element, lost: str) -> None:
    """Note at the cell around an element that figures in it do not show."""
    if has_figure(lost):
        cell = element if element.tag in _CELLS else next(element.iterancestors(*_CELLS), None)
        if cell is not None:
            cell.set(UNSEEN, "")


def _cascade(root: Element) -> Mapping[Element, Styles]:
    """The styles of each element, of the properties that tell anything on this page: most rules are of none."""
    declared: list[tuple[_Rank, str | list[Element], Styles]] = [*_of_sheets(root), *_of_elements(root)]
    telling = {name for _, _, styles in declared for name in _tell(styles, styles)}
    found: dict[Element, dict[str, str]] = defaultdict(dict)
    for _, where, styles in sorted(declared, key=lambda one: one[0]):
        if told := {name: value for name, value in styles.items() if name in telling}:
            for element in selected(root, where) if isinstance(where, str) else where:
                found[element] |= told
    return found


def _of_sheets(root: Element) -> Iterator[tuple[_Rank, str, Styles]]:
    """What the sheets declare, each with the path to the elements it is for."""
    sheets = " ".join(all_text(sheet) for sheet in root.iter("style") if _is_shown(sheet.get("media", "")))
    for selectors, declarations in _rules(tinycss2.parse_stylesheet(sheets)):
        for selector in _selectors(selectors) if declarations else ():
            try:
                path = _PATHS.selector_to_xpath(selector)
            except cssselect.ExpressionError:  # of what only a browser knows
                continue
            for important, styles in declarations:
                yield (important, (0, *selector.specificity())), path, styles


def _of_elements(root: Element) -> Iterator[tuple[_Rank, list[Element], Styles]]:
    """What the elements declare themselves."""
    alike: dict[str, list[Element]] = defaultdict(list)
    for element in root.iter():
        if style := element.get("style"):
            alike[style].append(element)
    for style, elements in alike.items():
        for important, styles in _declared(style):
            yield (important, _OWN), elements, styles


def _rules(nodes: Iterable[Node]) -> Iterator[tuple[str, Sequence[tuple[bool, Styles]]]]:
    """The selectors of the rules that hold on a screen, and what of ours they declare."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield tinycss2.serialize(node.prelude), _declared(tinycss2.serialize(node.content))
        elif (
            isinstance(node, AtRule)
            and node.lower_at_keyword == "media"
            and _is_shown(tinycss2.serialize(node.prelude))
        ):
            yield from _rules(tinycss2.parse_rule_list(node.content or ()))


def _is_shown(media: str) -> bool:
    return _SHOWN_MEDIA.fullmatch(media.strip().lower()) is not None


def _selectors(text: str) -> list[cssselect.Selector]:
    """The selectors of a rule but for those of what no element is: `td::before`."""
    try:
        return [selector for selector in cssselect.parse(text) if selector.pseudo_element is None]
    except cssselect.SelectorError:
        return []


@lru_cache(maxsize=4096)
def _declared(text: str) -> Sequence[tuple[bool, Styles]]:
    """The declarations that may tell of hiding, plain and important ones apart; `font` tells a size too."""
    found: dict[bool, dict[str, str]] = defaultdict(dict)
    for node in tinycss2.parse_blocks_contents(text) if text else ():
        if isinstance(node, Declaration):
            name = "font-size" if node.lower_name == "font" else node.lower_name
            if name in _TELLING and (value := tinycss2.serialize(node.value).strip().lower()):
                found[node.important][name] = value
    return tuple(found.items())
