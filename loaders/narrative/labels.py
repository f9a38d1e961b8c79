"""The short phrase that names a figure, cut from the sentence as printed."""

import re
from collections.abc import Sequence

from loaders.narrative.clauses import CONCEPTS, Clause, Sentence
from loaders.narrative.lexicon import Token, single_words

_WORD = re.compile(r"[a-z]+")
_TRAILING = re.compile(
    r"(?:[\s:=,;–(-]|(?:^|\s)(?:là|đạt|được|có|đối với|với|khoảng|trên|hơn|gần|ước|đã|bằng|thì|của|tại|ở|xấp xỉ|dưới"
    r"|chiếm))+$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:[\s:=,;.)(–-]|(?:và|thì|còn)\s+)+", re.IGNORECASE)
_MOST_WORDS, _FEW_WORDS = 14, 3


def only_filler(sentence: Sentence, piece: tuple[int, int], *groups: str) -> bool:
    """Whether some words only lead over to a number: `, chiếm tỷ lệ 99 %`, `, của cấp xã là 61 %`.

    Phrases of these further `groups` may stand among them.
    """
    start, end = piece
    known = sentence.within(start, end, "head", "tier", "skip", "office", "noun", *groups)
    leading_over = single_words("leading_over")
    return all(
        word[0] in leading_over or any(token.start <= word.start() < token.end for token in known)
        for word in _WORD.finditer(sentence.folded, start, end)
    )


def label_of(sentence: Sentence, clause: Clause, words: Sequence[Token]) -> str:
    """The naming words before and behind a number; its noun where there is little else."""
    before, behind = label_before(sentence, clause, words), _label_behind(sentence, clause, words)
    noun = clause.item.noun
    named = {token.group for token in words if token.end <= clause.item.start}
    if noun is not None and not behind and named <= {"action"} and len(before.split()) <= _FEW_WORDS:
        behind = sentence.text[noun.start : noun.end]
    return f"{before} {behind}".strip()


def label_before(sentence: Sentence, clause: Clause, words: Sequence[Token], everything: bool = False) -> str:
    """The naming words before a number; `everything` takes all that leads over to it."""
    start, end = clause.pieces[0]
    if everything:
        return _trimmed(sentence.text[start:end])
    named = [token for token in words if token.end <= clause.item.start]
    if not named:
        return ""
    start = named[0].start
    end = next(right for left, right in reversed(clause.pieces) if left <= start < right)
    concepts = [token for token in named if token.group in CONCEPTS] or named
    if concepts[-1].start >= end:
        end = clause.item.start
    if concepts[-1].sense != "given":  # `giao cho UBND huyện` is one phrase
        end = min([token.start for token in sentence.within(concepts[-1].start, end, "tier")], default=end)
    label = _trimmed(sentence.text[start:end])
    if len(label.split()) > _MOST_WORDS:
        label = " ".join(_trimmed(sentence.text[start : concepts[-1].end]).split()[-_MOST_WORDS:])
    return label


def _label_behind(sentence: Sentence, clause: Clause, words: Sequence[Token]) -> str:
    named = [token for token in words if token.start >= clause.item.start]
    if not any(token.group in CONCEPTS for token in named):
        return ""
    return " ".join(_trimmed(sentence.text[clause.item.marks[-1].end : named[-1].end]).split()[:_MOST_WORDS])


def _trimmed(text: str) -> str:
    return " ".join(_TRAILING.sub("", _LEADING.sub("", text)).split())
