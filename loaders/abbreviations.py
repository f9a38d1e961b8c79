"""Names of units written out: `UBND P. Thuận Hòa`, `TX. Hương Trà`, `Phường 01`.

Only what is then the name of a unit is written out: `TT. Huế` is Thừa Thiên Huế, `P. Hành chính` a room.
"""

import re

from loaders.annexes import spoken_texts
from loaders.document import Document
from loaders.names import PrintedLine, goes_on, longest_name
from warehouse.text import fold

_KINDS = {"P": "phường", "X": "xã", "TT": "thị trấn", "TX": "thị xã", "H": "huyện", "Q": "quận"}
_BEHIND_COMMITTEE = re.compile(
    r"(?P<before>\b(?:UBND|HĐND|(?i:ban nhân dân))\s+)(?P<kind>TX|TT|P|X|H|Q)(?:\.\s*|\s+)(?=[^\W\d_a-z]|\d)"
)
# `P. Chủ tịch` and `Q. Giám đốc` are persons.
_DOTTED = re.compile(
    r"(?P<before>^\s*|[,;–-]\s*|\bcủa\s+|\btại\s+)(?P<kind>TX|TT|P|X|H|Q)\.\s*(?=\d|[^\W\d_a-z])"
    r"(?!(?:CH|Ch|GI|Gi|TR|Tr|HĐ|UB|NỘI|Nội))"
)
_LONGEST_NAME = 5  # words
_NOUGHT = re.compile(r"(?<=\b)(?P<kind>phường|quận)\s+0+(?=[1-9])", re.IGNORECASE)


def spoken(document: Document) -> list[str]:
    """The lines outside the annexes, names of units written out."""
    return [written_out(text) for text in spoken_texts(document)]


def written_out(text: str) -> str:
    """The text with the kinds of units written out, and `Phường 01` as `Phường 1`."""
    for pattern in (_BEHIND_COMMITTEE, _DOTTED):
        text = pattern.sub(_with_kind, text)
    return _NOUGHT.sub(lambda match: f"{match['kind']} ", text)


def _with_kind(match: re.Match[str]) -> str:
    """The match with its kind written out where a unit of that kind bears the name behind it, all of it."""
    kind, name = _KINDS[match["kind"]], PrintedLine(re.split(r"[,;:()]", match.string[match.end() :], maxsplit=1)[0])
    rest = tuple(word.lstrip("0") for word in name.folded[:_LONGEST_NAME])
    _, length = longest_name(fold(kind), rest)
    known = length > 0 and not goes_on(name, length)
    return f"{match['before']}{_cased(kind, match.string)} " if known else match[0]


def _cased(kind: str, line: str) -> str:
    """In capitals in a line of capitals: there the case of a name tells nothing."""
    return kind.upper() if line.isupper() else kind
