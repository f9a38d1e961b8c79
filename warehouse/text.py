"""Vietnamese text as data: one written form, one folded form for matching and searching."""

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")  # soft hyphen, spaces and joiners without width
_NOT_WORD = re.compile(r"[^0-9a-z%]+")
_SHORT = 300  # longer texts are no labels, and would take much room
_HALF_FOLDED = str.maketrans("đð", "dd")


class _Bare(dict[int, str]):
    """Each letter of lower case without its accents, worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(number))
        bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_HALF_FOLDED)
        self[number] = bare
        return bare


_BARE = _Bare()


def tidy(text: str) -> str:
    """NFC, with every run of white space (no-break spaces too) as one space, none at the ends, and nothing unseen."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def fold(text: str) -> str:
    """Lower case without accents, `đ` as `d`: `Quảng Điền` becomes `quang dien`.

    Unicode decomposition does not take the stroke off đ, so it is translated by hand.
    """
    return " ".join(text.lower().translate(_BARE).split())


def words(text: str) -> str:
    """The folded text with punctuation as spaces: the key on which printed labels are compared."""
    return _words(text) if len(text) <= _SHORT else _words.__wrapped__(text)


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """Kept, for the rules that read a report ask it of the same lines and labels again and again."""
    return _NOT_WORD.sub(" ", fold(text)).strip()
