"""What keeps a number from being taken: a goal, a comparison with another year, another kind of dossier.

A wrong figure is worse than a missed one.
"""

import re
from typing import Literal

from loaders.narrative.clauses import MAX_PIECES, Clause, Sentence
from loaders.narrative.labels import only_filler
from loaders.narrative.lexicon import single_words

Refusal = Literal["unknown", "comparison"]

_WORD = re.compile(r"[a-z0-9%]+")


def refusal(sentence: Sentence, clause: Clause) -> Refusal | None:
    """Why a number is not to be taken for a result of the period; null when nothing speaks against it."""
    start, end = clause.pieces[0]
    named_from = clause.pieces[:MAX_PIECES][-1][0] if only_filler(sentence, clause.pieces[0]) else start
    near = {token.sense for token in sentence.within(start, clause.behind[1], "guard")}
    near |= {token.sense for token in sentence.within(named_from, end, "guard") if token.sense == "blocked"}
    before = {token.sense for token in sentence.within(start, end, "guard")}
    earlier = {token.sense for token in sentence.within(clause.pieces[-1][0], end, "guard")}
    if "compare" in before or _compares(sentence, clause):
        return "comparison"
    noun = clause.item.noun
    behind = {token.sense for token in sentence.within(*clause.behind, "noun")}
    if near & {"blocked", "duty"} or "some" in earlier or _is_goal(sentence, clause):
        return "unknown"
    percent = clause.item.marks[0].kind == "percent"
    if percent and ("apology" in behind or sentence.folded[:end].rstrip().endswith("/")):
        return "unknown"  # the second of `92%/80%` is what was asked for
    return "unknown" if noun is not None and noun.sense in ("other", "service") else None


def nothing_refused(sentence: Sentence, clause: Clause, noun: str, behind: bool) -> bool:
    """Whether `không có …` is less than a plain zero: a duty, or only a kind of delay (`kéo dài`, `do lỗi`)."""
    start = clause.pieces[0][0]
    if {token.sense for token in sentence.within(start, clause.behind[1], "guard")} & {"blocked", "duty", "goal"}:
        return True
    if _is_goal(sentence, clause):
        return True
    if noun in ("feedback", "apology") or not behind:
        return False
    known = sentence.within(*clause.behind, "action", "outcome", "channel", "noun")
    plain = single_words("plain_nothing")
    return any(
        word[0] not in plain and not any(token.start <= word.start() < token.end for token in known)
        for word in _WORD.finditer(sentence.folded, *clause.behind)
    )


def _compares(sentence: Sentence, clause: Clause) -> bool:
    """`(cùng kỳ năm trước đạt 80%)`: the words before a number look back; those right behind another are its own."""
    pieces = clause.pieces[:-1] if len(clause.pieces) > 1 and clause.pieces[-1][0] > 0 else clause.pieces
    return any(word in sentence.folded[start:end] for start, end in pieces for word in ("cung ky", "nam ngoai"))


def _is_goal(sentence: Sentence, clause: Clause) -> bool:
    """Whether a goal was announced before the number, in the same half of the sentence."""
    start = sentence.folded.rfind(";", 0, clause.item.start) + 1
    return any(token.sense == "goal" for token in sentence.within(start, clause.item.start, "guard"))
