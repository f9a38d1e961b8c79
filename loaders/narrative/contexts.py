"""What a sentence is about beyond its own words: whose tasks, which funds, Saturday work, post."""

import re
from dataclasses import dataclass

from loaders.narrative.lexicon import tokens_of
from loaders.narrative.passages import Line
from loaders.narrative.stretches import Stretch
from warehouse.model import LEVELS, Level

_GIVER = re.compile(
    r"(?<!dia )\b(?P<tier>tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran"
    r"|thu tuong|chinh phu|cap tren|trung uong)"
    r"(?:,? (?!duoc\b|ban\b|chuyen\b)[a-z]+){0,5}?(?<!duoc)(?<!ban)(?<!chuyen)"
    r" giao\b(?! (?:ban|dich|thong|tiep|luu|nhan))"
)
_GIVER_LEVELS: dict[str, Level] = {
    **dict.fromkeys(("tinh", "thanh pho", "tp"), "province"),
    **dict.fromkeys(("huyen", "quan", "thi xa"), "district"),
    **dict.fromkeys(("xa", "phuong", "thi tran"), "commune"),
}


@dataclass(frozen=True)
class Context:
    """Senses that hold around a sentence; of the tasks it speaks of, those named last before a place."""

    senses: frozenset[str]
    tasks: tuple[tuple[int, str], ...]

    def __call__(self, position: int) -> frozenset[str]:
        """The senses that hold at a place of the sentence."""
        before = [sense for start, sense in self.tasks if start <= position]
        tasks = before[-1:] or [sense for _, sense in self.tasks[:1]]
        return self.senses | frozenset(tasks)


def context_of(stretch: Stretch, own: Level) -> Context:
    """What a sentence and the lines around it speak of: whose tasks, what funds, Saturday work, post."""
    sentence = [token for token in stretch.tokens if token.start >= stretch.shift]
    before = stretch.sentence_before
    lines = (stretch, stretch.before, *reversed(stretch.above))
    senses = {token.sense for line in lines for token in tokens_of(line.folded) if token.group == "about"}
    if any(token.sense == "saturday" for line in (stretch, before, *stretch.above) for token in tokens_of(line.folded)):
        senses.add("saturday")
    # `… qua BCCI. Kết quả: tiếp nhận 05 hồ sơ`; without such a word the number may be of all dossiers.
    post = any(token.sense == "post" for token in tokens_of(before.folded))
    if post and not any(token.group == "channel" for token in sentence):
        senses.add("post" if stretch.folded.startswith("ket qua", stretch.shift) else "unclear")
    named = [(start - stretch.shift, sense) for start, sense in _tasks(stretch, own)]
    around = next((found for line in lines[1:] if (found := _tasks(line, own))), [])
    if not named and around:
        named = [(0, around[-1][1])]
    elif not named and any(token.sense == "given" for token in sentence):
        named = [(0, "assigned")]
    return Context(frozenset(senses), tuple(named))


def _tasks(line: Line, own: Level) -> list[tuple[int, str]]:
    """Where a line speaks of tasks from above, of tasks given out, or else of the reform plan's."""
    found: list[tuple[int, str]] = []
    for match in _GIVER.finditer(line.folded):
        giver = _GIVER_LEVELS.get(match["tier"])
        if giver is None or LEVELS.index(giver) < LEVELS.index(own):
            found.append((match.start(), "assigned"))
        elif giver == own:
            found.append((match.start(), "issued"))
    return found or [(token.start, "plan") for token in tokens_of(line.folded) if token.group == "plan"]
