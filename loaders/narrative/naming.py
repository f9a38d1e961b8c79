"""Which figure each number of a sentence is: its noun, its senses, and the short phrase that names it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from loaders.narrative.clauses import CONCEPTS, MAX_PIECES, Clause, Sentence
from loaders.narrative.guards import Refusal, nothing_refused, refusal
from loaders.narrative.labels import label_before, label_of, only_filler
from loaders.narrative.lexicon import FigureKind, Token, figure_named
from loaders.narrative.marks import Mark

Context = Callable[[int], frozenset[str]]

_CHANNELS = frozenset({"online", "direct", "post"})
_RECEIVED = frozenset({"received", "received_resolved", "received_new"})
_OUTCOMES = frozenset({"by_due", "on_time", "early", "late"})
_UNRESOLVED = frozenset({"pending", "doing", "carried", "withdrawn", "waiting", "due"})
_SAY_ENOUGH = _RECEIVED | _OUTCOMES | _UNRESOLVED | {"resolved", "returned"}
_COUNTED = ("dossier", "procedure", "task", "feedback", "apology")
_HUNDRED = 100
_IN_CASES = ("feedback", "apology")
_GOES_ON = re.compile(r"(?:trong do|cu the|con lai|con|dat|chiem|tuong ung|ket qua)\b")


@dataclass(frozen=True)
class Meaning:
    """What was understood of a number: its noun, its senses, and the words that say so."""

    noun: str
    senses: frozenset[str]
    label: str
    end: int = 0


@dataclass(frozen=True)
class Named:
    """A figure of a sentence. `whole` says that it is the second number of a part and its whole."""

    mark: Mark
    kind: FigureKind
    label: str
    unit: str
    whole: bool
    clause: Clause


@dataclass(frozen=True)
class Found:
    """The figures of a sentence, and what its last number meant, for the sentence that goes on with it."""

    figures: tuple[Named, ...]
    last: Meaning | None


def figures_in(sentence: Sentence, context: Context, before: Meaning | None) -> Found:
    """The figures of a sentence. `context` gives the senses that hold at a place; `before` is what went before."""
    figures: list[Named] = []
    meanings: list[Meaning | None] = []
    last, taken = before, 0
    goes_on = _GOES_ON.match(sentence.folded) is not None
    for number in range(len(sentence.items)):
        clause = sentence.clause(number, taken)
        outer = sentence.outer(number)
        closed = sentence.outer(number - 1) if number and outer is None else None
        meaning = _meaning(sentence, clause, last if closed is None else meanings[closed], goes_on)
        taken = clause.item.end
        if isinstance(meaning, Meaning):
            meaning = _inside(meaning, meanings[outer] if outer is not None else None)
            figures += _named(sentence, clause, meaning, context(clause.item.start))
            last, taken, goes_on = meaning, max(taken, meaning.end), True
        elif meaning == "unknown":
            last, goes_on = None, True
        meanings.append(meaning if isinstance(meaning, Meaning) else None)
    return Found(tuple(figures), last)


def _inside(meaning: Meaning, outer: Meaning | None) -> Meaning:
    """`đang giải quyết: 31 (trong hạn: 31, quá hạn: 0)`: what is late there is not resolved either."""
    shared = outer.senses & {"pending", "done"} if outer is not None else frozenset()
    return replace(meaning, senses=meaning.senses | shared)


def _named(sentence: Sentence, clause: Clause, meaning: Meaning, context: frozenset[str]) -> Iterator[Named]:
    mark = clause.item.marks[0]
    counted = "percent" if mark.kind == "percent" else meaning.noun
    kind = figure_named(counted, meaning.senses | context | {meaning.noun})
    whole_number = mark.value == mark.value.to_integral_value()
    if kind is None or not (mark.value <= _HUNDRED if counted == "percent" else whole_number):
        return
    unit = "%" if counted == "percent" else _unit(sentence, clause)
    yield Named(mark, kind, meaning.label, unit, False, clause)
    if len(clause.item.marks) == 2:
        yield Named(clause.item.marks[1], kind, f"{meaning.label} (tổng số)", unit, True, clause)


def _meaning(sentence: Sentence, clause: Clause, last: Meaning | None, goes_on: bool) -> Meaning | Refusal:
    """What a number means, or why it is none of the figures sought."""
    if clause.item.marks[0].kind == "nothing":
        return _nothing(sentence, clause)
    percent = clause.item.marks[0].kind == "percent"
    if sentence.nameless(clause) and not (percent and sentence.within(*clause.pieces[0], *CONCEPTS)):
        return "unknown"
    if refused := refusal(sentence, clause):
        return refused
    words = _words(sentence, clause)
    noun = _noun(sentence, clause, words, last)
    if not any(token.group in CONCEPTS for token in words) and noun != "apology":
        return _inherited(sentence, clause, noun, words, last if goes_on else None)
    senses = _senses(words)
    if last is not None and not senses & _SAY_ENOUGH:
        senses |= last.senses & (_RECEIVED if senses & _CHANNELS else _RECEIVED | {"online"})
    return Meaning(noun, senses, label_of(sentence, clause, words), max([token.end for token in words], default=0))


def _inherited(
    sentence: Sentence, clause: Clause, noun: str, words: list[Token], last: Meaning | None
) -> Meaning | Refusal:
    """A number that only goes on with the figure before: `(chiếm 85,2%)`, `cấp xã 1.200 hồ sơ`."""
    heads = _senses(words) & {"head"}
    if last is None or not last.senses - {"head"} or not only_filler(sentence, clause.pieces[0]):
        return Meaning(noun, heads, label_before(sentence, clause, words)) if heads else "unknown"
    percent = "%" if clause.item.marks[0].kind == "percent" else ""
    own = label_before(sentence, clause, words, everything=True) or percent
    first = last.label.split(" (")[0]
    return Meaning(noun or last.noun, last.senses, f"{first} ({own})" if own else first)


def _words(sentence: Sentence, clause: Clause) -> list[Token]:
    """The phrases that name a number: before it, else behind it, else in the nearest statement before that."""
    groups = (*CONCEPTS, "noun", "head")
    before = sentence.within(*clause.pieces[0], *groups)
    behind = [] if clause.open_ended else sentence.within(*clause.behind, *groups)
    known = {token.group for token in before if token.group in CONCEPTS}
    if known:
        before = _same_breath(sentence, clause, known) + before
        if clause.item.marks[0].kind == "percent":
            return before
        fresh = [token for token in behind if token.group in CONCEPTS - known or token.group == "noun"]
        return before + (fresh if any(token.group in CONCEPTS for token in fresh) else [])
    if not behind and clause.open_ended:
        behind = sentence.within(*clause.behind, *groups)
    if any(token.group in CONCEPTS for token in behind) and sentence.adjoins(clause, behind[0]):
        return before + behind
    if only_filler(sentence, clause.pieces[0]):
        for piece in clause.pieces[1:MAX_PIECES]:
            earlier = sentence.within(*piece, *groups)
            if any(token.group in CONCEPTS for token in earlier):
                return earlier + before
    return before


def _same_breath(sentence: Sentence, clause: Clause, known: set[str]) -> list[Token]:
    """`trực tiếp, qua bưu chính: 100 hồ sơ` counts both: channels set apart by a comma only."""
    if known != {"channel"} or len(clause.pieces) < 2:
        return []
    start, end = clause.pieces[1]
    earlier = sentence.within(start, end, *CONCEPTS, "noun", "head")
    alone = {token.group for token in earlier} == {"channel"} and only_filler(sentence, clause.pieces[1], "channel")
    return earlier if alone else []


def _senses(words: list[Token]) -> frozenset[str]:
    """The senses of these phrases: of several actions the last, and no one channel where several are named."""
    actions = [token.sense for token in words if token.group == "action"]
    senses = {token.sense for token in words if token.group in CONCEPTS - {"action"} or token.group == "head"}
    if len(senses & _CHANNELS) > 1:
        senses = senses - _CHANNELS | {"several_channels"}
    return frozenset(senses | set(actions[-1:]))


def _noun(sentence: Sentence, clause: Clause, words: list[Token], last: Meaning | None) -> str:
    """What is counted; empty when nothing says it."""
    following = clause.item.noun.sense if clause.item.noun else ""
    nearby = [token.sense for token in sentence.within(*clause.pieces[0], "noun")]
    if "apology" in nearby:
        return "apology"
    if following and following != "case":
        return following
    if following == "case":
        nearby += [token.sense for token in sentence.within(*clause.behind, "noun")]
    elif clause.item.marks[0].kind == "percent":
        nearby = [token.sense for token in words if token.group == "noun"] or nearby
    nearby += [] if nearby else [token.sense for token in words if token.group == "noun"]
    counted = [noun for noun in nearby if noun != "case"]
    if counted:
        return counted[-1]
    if following == "case":
        earlier = [token.sense for token in sentence.within(0, clause.item.start, "noun") if token.sense in _IN_CASES]
        return earlier[-1] if earlier else last.noun if last is not None and last.noun in _IN_CASES else ""
    if last is None and sentence.folded.startswith(" va ", clause.behind[1]):
        following_nouns = [token.sense for token in sentence.within(clause.behind[1], len(sentence.text), "noun")]
        return following_nouns[0] if following_nouns else ""  # `đã tiếp nhận 350 và giải quyết 340 hồ sơ`
    return last.noun if last is not None else _assumed(words)


def _assumed(words: list[Token]) -> str:
    """A rate of what is resolved by its due date is of dossiers, even where the word is left out."""
    senses = _senses(words)
    return "dossier" if senses & _OUTCOMES and "resolved" in senses else ""


def _nothing(sentence: Sentence, clause: Clause) -> Meaning | Refusal:
    """`không có hồ sơ trễ hạn`, and the other way round `hồ sơ trễ hạn: không có`."""
    groups = (*CONCEPTS, "noun", "head")
    behind = sentence.within(*clause.behind, *groups)
    before = sentence.within(*clause.pieces[0], *groups)
    words = behind or before
    nouns = [token.sense for token in words if token.group == "noun" and token.sense in _COUNTED]
    if not nouns or nothing_refused(sentence, clause, nouns[-1], bool(behind)):
        return "unknown"
    senses = _senses(words)
    if nouns[-1] == "feedback" and not senses & (_OUTCOMES | {"resolved", "pending", "not_done"}):
        senses |= {"received"}
    if nouns[-1] in ("dossier", "procedure") and not senses & (_OUTCOMES | _CHANNELS):
        return "unknown"
    mark = clause.item.marks[0]
    text = sentence.text[mark.start : words[-1].end] if behind else sentence.text[words[0].start : mark.start]
    return Meaning(nouns[-1], senses, text.strip(" :"), words[-1].end)


def _unit(sentence: Sentence, clause: Clause) -> str:
    """The counted noun as printed: behind the number, else nearest before it."""
    if clause.item.noun is not None:
        return sentence.text[clause.item.noun.start : clause.item.noun.end]
    place = clause.behind if clause.item.marks[0].kind == "nothing" else (0, clause.item.start)
    nouns = [token for token in sentence.within(*place, "noun") if token.sense != "case"] or sentence.within(
        0, clause.item.start, "noun"
    )
    return sentence.text[nouns[-1].start : nouns[-1].end] if nouns else ""
