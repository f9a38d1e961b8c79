"""Which letters of a PDF page count: each once, and white figures only where something gives them another ground."""

from collections import defaultdict
from collections.abc import Sequence

from loaders.readers.pdf_marks import Letter

_TWICE, _SHIFT = 1.0, 0.12  # points, and a share of the size of a letter
_OF_FIGURES = frozenset("0123456789.,%+-")


def once(letters: Sequence[Letter]) -> list[Letter]:
    """The letters without those printed twice at one place, to look bold: else `494` would be 449944."""
    kept: list[Letter] = []
    places = defaultdict[tuple[str, int, int], list[Letter]](list)
    for letter in letters:
        text, across, down = letter["text"], round(letter["x0"]), round(letter["top"])
        around = ((text, across + right, down + below) for right in (-1, 0, 1) for below in (-1, 0, 1))
        if any(_is_again(letter, other) for place in around if place in places for other in places[place]):
            continue
        places[text, across, down].append(letter)
        kept.append(letter)
    return kept


def _is_again(letter: Letter, other: Letter) -> bool:
    """Whether a letter stands where another of its kind does, but for what makes it look bold."""
    apart = min(_TWICE, _SHIFT * letter["size"])
    return bool(abs(letter["x0"] - other["x0"]) < apart and abs(letter["top"] - other["top"]) < apart)


def white_figures(letters: Sequence[Letter], shapes: Sequence[Letter], pictures: Sequence[Letter]) -> list[Letter]:
    """The digits, and the marks in figures, that are white where no shape and no picture gives them another ground."""
    white = [each for each in letters if each["text"] in _OF_FIGURES and _is_white(each["non_stroking_color"])]
    if not white:
        return []
    fills = (each for each in shapes if each["fill"] and not _is_white(each["non_stroking_color"]))
    grounds = [*fills, *pictures]
    return [letter for letter in white if not any(_lies_on(letter, ground) for ground in grounds)]


def _is_white(colour: object) -> bool:
    """Whether a colour is white, as a share of light (grey, red-green-blue) or of ink."""
    parts = list(colour) if isinstance(colour, list | tuple) else [colour]
    return parts in ([1], [1, 1, 1], [0, 0, 0, 0])


def _lies_on(letter: Letter, ground: Letter) -> bool:
    across, upright = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return bool(ground["x0"] <= across <= ground["x1"] and ground["top"] <= upright <= ground["bottom"])
