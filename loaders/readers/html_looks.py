"""What a web page does not show, elements without room and text that cannot be seen in theirs; and what only shows.

Styles are those of the page's own sheets and of the elements themselves, in the order that CSS gives them; rules for
paper and for narrow or very wide screens are left aside.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import cssselect
import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node, QualifiedRule, StringToken

from loaders.readers.marks import has_figure
from loaders.readers.markup import Element, all_text, selected

HIDDEN = "hidden"  # set on what takes no room
UNSEEN = "data-unseen-figures"  # set on cells whose figures do not show, those of elements without room too

Styles = Mapping[str, str]
_Rank = tuple[bool, tuple[int, ...]]  # whether a declaration is important, and how much its selector says
_Rule = tuple[str, str]  # the selectors of a rule, and what it declares
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
_WHITE = r"(?:white|#f{3}(?:f{3})?|rgba?\((?:255[, ]+){2}255(?:[,/ ]+1(?:\.0+)?)?\))(?: |$)"
_GROUNDS = ("background-color", "background", "background-image")
_NO_GROUND = re.compile(r"(?:transparent|none|inherit|initial|unset|0(?:px)?)?$")
_PAINTED = re.compile(r"(?:url|gradient)\(")
_TELLING = {
    name: re.compile(pattern)
    for name, pattern in {
        **dict.fromkeys(_LOOKS, ".*line-through|su(?:b|per)"),
        **_NO_ROOM,
        **_NOT_SEEN,
        "color": f"{_NOT_SEEN['color']}|{_WHITE}",
        **dict.fromkeys(_GROUNDS, ""),
        "position": "(?!static)",
        "left": _NO_ROOM["text-indent"],
    }.items()
}
_INK, _GROUND = "white ink", "ground"  # among the properties that hide: white ink, and a ground that is not white
_UNKNOWN = "unknown ground"  # of a page with sheets or rules that are not read: nothing white is surely unseen
_NOT_READ = re.compile(r"@(?:import|supports|layer|container)\b", re.IGNORECASE)
_UNDOES_NOTHING = re.compile(r"(?:(?<!r)em|%|inherit|unset|smaller|larger|currentcolor)$")  # as it is around it
_SHOWN_MEDIA = re.compile(r"(?:(?:only )?(?:all|screen))?(?:(?:(?<=\w) and |^)\(min-width: ?\d{1,3}(?:\.\d+)?px\))?")
_PATHS = cssselect.HTMLTranslator()
_GENERATED = ("before", "after")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")  # where fonts of icons keep theirs
_OF_FIGURES = re.compile(r"\d|^\s*%|^[\s.,/+\u2212-]*[.,/+\u2212-]\s*$")  # no word, bullet or arrow changes one
_ATTRIBUTES = {"color": "color", "bgcolor": "background-color", "background": "background-image"}  # in old pages
_CELLS = ("td", "th")
_UNSEEN_ANYWAY = ("script", "style", "template", "noscript")


def take_out_unseen(root: Element) -> None:
    """Mark what takes no room as hidden, take out text that cannot be seen, and write down what sheets say of looks.

    What a page adds to elements by its styles is written into them.
    """
    rules = list(_rules_of(root))
    _generate(root, rules)
    _walk(root, _cascade(root, rules), frozenset({_UNKNOWN} if _has_more_rules(root) else ()))


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
    if _is_lost(element.text, hiding):
        _note(element, element.text or "")
        element.text = None
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN_ANYWAY:
            _walk(child, styled, hiding)
        if _is_lost(child.tail, hiding):
            _note(element, child.tail or "")
            child.tail = None


def _is_lost(text: str | None, hiding: frozenset[str]) -> bool:
    """Whether a text does not show; in white, only figures where nothing gives it another ground."""
    if not text or hiding - {_INK, _GROUND, _UNKNOWN}:
        return bool(text)
    return _INK in hiding and not hiding & {_GROUND, _UNKNOWN} and has_figure(text)


def _hiding(styles: Styles, above: frozenset[str]) -> frozenset[str]:
    """The properties that hide the text of an element; all but opacity can be undone inside what they hide.

    White ink hides too, but for another ground.
    """
    said = {name for name in above if name in styles and not _UNDOES_NOTHING.search(styles[name])} - {"opacity"}
    found = (above - said) | _tell(styles, _NOT_SEEN)
    if "color" in styles and not _UNDOES_NOTHING.search(styles["color"]):
        found -= {_INK}
        if re.match(_WHITE, styles["color"]):
            found = (found - {"color"}) | {_INK}
    grounds = [styles[name] for name in _GROUNDS if name in styles and not _NO_GROUND.match(styles[name])]
    if grounds:
        found -= {_GROUND}
        found |= (
            {_GROUND} if any(not re.match(_WHITE, ground) or _PAINTED.search(ground) for ground in grounds) else set()
        )
    return found


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


def _cascade(root: Element, rules: Sequence[_Rule]) -> Mapping[Element, Styles]:
    """The styles of each element, of the properties that tell anything on this page: most rules are of none."""
    declared: list[tuple[_Rank, cssselect.Selector | list[Element], Styles]] = [
        *_of_sheets(rules),
        *_of_elements(root),
    ]
    telling = {name for _, _, styles in declared for name in _tell(styles, styles)}
    found: dict[Element, dict[str, str]] = defaultdict(dict)
    for _, where, styles in sorted(declared, key=lambda one: one[0]):
        if told := {name: value for name, value in styles.items() if name in telling}:
            for element in where if isinstance(where, list) else _elements(root, where):
                found[element] |= told
    return found


def _of_sheets(sheets: Sequence[_Rule]) -> Iterator[tuple[_Rank, cssselect.Selector, Styles]]:
    """What the sheets declare, each with the selector of the elements it is for."""
    for selectors, rules in sheets:
        declarations = _declared(rules)
        for selector in _selectors(selectors) if declarations else ():
            if selector.pseudo_element is not None:  # what no element is: `td::before`
                continue
            for important, styles in declarations:
                yield (important, (0, *selector.specificity())), selector, styles


def _generate(root: Element, sheets: Sequence[_Rule]) -> None:
    """Write the texts of `td::before { content: "1" }` where they show and are of figures: labels change none."""
    declared = [
        ((important, (0, *selector.specificity())), selector, styles)
        for selectors, rules in sheets
        for selector in _selectors(selectors)
        if selector.pseudo_element in _GENERATED
        for important, styles in (*_declared(rules), *_contents(rules))
    ]
    if not any("content" in styles for _, _, styles in declared):
        return
    found: dict[tuple[Element, str], dict[str, str]] = defaultdict(dict)
    for _, selector, styles in sorted(declared, key=lambda one: one[0]):
        for element in _elements(root, selector):
            found[element, str(selector.pseudo_element)] |= styles
    for (element, where), styles in found.items():
        text = _PRIVATE_USE.sub("", "".join(_said(element, styles.get("content", ""))))
        if _OF_FIGURES.search(text) and not (_tell(styles, _NOT_SEEN) or _takes_no_room(styles)):
            _add_text(element, where, text)


def _elements(root: Element, selector: cssselect.Selector) -> list[Element]:
    """The elements that a selector is for; none where only a browser knows."""
    try:
        return selected(root, _PATHS.selector_to_xpath(selector))
    except cssselect.ExpressionError:
        return []


def _contents(rules: str) -> list[tuple[bool, Styles]]:
    """What the `content` of a rule is, as it is written."""
    nodes = tinycss2.parse_blocks_contents(rules) if "content" in rules.lower() else ()
    return [
        (node.important, {node.lower_name: tinycss2.serialize(node.value)})
        for node in nodes
        if isinstance(node, Declaration) and node.lower_name == "content"
    ]


def _said(element: Element, content: str) -> Iterator[str]:
    """The words of a content: its strings, and attributes of the element; numbers that the page counts are left out."""
    for node in tinycss2.parse_component_value_list(content):
        if isinstance(node, StringToken):
            yield node.value
        elif isinstance(node, FunctionBlock) and node.lower_name == "attr":
            yield element.get(tinycss2.serialize(node.arguments).strip(), "")


def _add_text(element: Element, where: str, text: str) -> None:
    last = element[-1] if where == "after" and len(element) else None
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = text + (element.text or "") if where == "before" else (element.text or "") + text


def _of_elements(root: Element) -> Iterator[tuple[_Rank, list[Element], Styles]]:
    """What the elements declare themselves."""
    alike: dict[str, list[Element]] = defaultdict(list)
    for element in root.iter():
        if style := element.get("style"):
            alike[style].append(element)
    for style, elements in alike.items():
        for important, styles in _declared(style):
            yield (important, _OWN), elements, styles
    for element in root.iter():
        for attribute, name in _ATTRIBUTES.items():
            if value := element.get(attribute):
                yield (False, ()), [element], {name: value.strip().lower()}


def _rules_of(root: Element) -> Iterator[_Rule]:
    """The rules of the sheets of a page."""
    sheets = " ".join(all_text(sheet) for sheet in root.iter("style") if _is_shown(sheet.get("media", "")))
    return _rules(tinycss2.parse_stylesheet(sheets))


def _has_more_rules(root: Element) -> bool:
    """Whether a page links sheets of its own, or has rules that hold by what only a browser knows."""
    linked = any("stylesheet" in link.get("rel", "").lower() for link in root.iter("link"))
    return linked or any(_NOT_READ.search(all_text(sheet)) for sheet in root.iter("style"))


def _rules(nodes: Iterable[Node]) -> Iterator[_Rule]:
    """The selectors of the rules that hold on a screen, and what they declare."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield tinycss2.serialize(node.prelude), tinycss2.serialize(node.content)
        elif (
            isinstance(node, AtRule)
            and node.lower_at_keyword == "media"
            and _is_shown(tinycss2.serialize(node.prelude))
        ):
            yield from _rules(tinycss2.parse_rule_list(node.content or ()))


def _is_shown(media: str) -> bool:
    return _SHOWN_MEDIA.fullmatch(media.strip().lower()) is not None


def _selectors(text: str) -> list[cssselect.Selector]:
    try:
        return cssselect.parse(text)
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
