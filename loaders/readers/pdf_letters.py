"""Which letters of a PDF page count: each once, white figures on another ground, slanted ones but for watermarks."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from loaders.readers.pdf_marks import Letter

_TWICE, _SHIFT = 1.0, 0.12  # points, and a share of the size of a letter
_SLANT = 10.0  # degrees
_WATERMARK = 1.75  # times the size of the text that it lies over
_BAND = 20.0  # points; grounds are looked up by the bands of a page that they reach into
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
    bands = _banded([*fills, *pictures], {_band(_middle(letter)) for letter in white})
    return [letter for letter in white if not any(_lies_on(letter, one) for one in bands[_band(_middle(letter))])]


def _banded(grounds: Sequence[Letter], bands: set[int]) -> Mapping[int, Sequence[Letter]]:
    """The grounds that reach into each of some bands of a page."""
    found: dict[int, list[Letter]] = {band: [] for band in bands}
    first, last = min(bands), max(bands)
    for ground in grounds:
        for band in range(max(first, _band(ground["top"])), min(last, _band(ground["bottom"])) + 1):
            if band in found:
                found[band].append(ground)
    return found


def _band(height: float) -> int:
    return int(height // _BAND)


def _middle(letter: Letter) -> float:
    return float(letter["top"] + letter["bottom"]) / 2


def slanted(letters: Sequence[Letter], others: Sequence[Letter]) -> tuple[list[Letter], list[Letter]]:
    """Slanted letters made level, and those of them that are as large as a watermark over the other letters is."""
    level = [_made_level(letter) for letter in letters]
    size = median([letter["size"] for letter in others] or [math.inf])
    marks = [letter for letter in level if letter["size"] > _WATERMARK * size]
    return [letter for letter in level if letter["size"] <= _WATERMARK * size], marks


def is_slanted(letter: Letter) -> bool:
    """Whether a letter runs across the lines and columns of a page."""
    return _SLANT < degrees(letter) % 90 < 90 - _SLANT


def degrees(letter: Letter) -> float:
    """How far a letter is turned, against the clock."""
    return math.degrees(math.atan2(letter["matrix"][1], letter["matrix"][0]))


def _made_level(letter: Letter) -> Letter:
    """A letter as it stands on a page turned back by its slant; `printed` is the letter itself."""
    a, b, _, _, right, up = letter["matrix"]
    reach = math.hypot(a, b)
    cosine, sine, width = a / reach, b / reach, letter["adv"] * reach
    height = (letter["bottom"] - letter["top"] - width * abs(sine)) / abs(cosine)
    left, bottom = right * cosine + up * sine, right * sine - up * cosine
    place = {"x0": left, "x1": left + width, "top": bottom - height, "doctop": bottom - height, "bottom": bottom}
    return {**letter, **place, "size": height, "upright": True, "printed": letter}


def _is_white(colour: object) -> bool:
    """Whether a colour is white, as a share of light (grey, red-green-blue) or of ink."""
    parts = list(colour) if isinstance(colour, list | tuple) else [colour]
    return parts in ([1], [1, 1, 1], [0, 0, 0, 0])


def _lies_on(letter: Letter, ground: Letter) -> bool:
    across, upright = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return bool(ground["x0"] <= across <= ground["x1"] and ground["top"] <= upright <= ground["bottom"])
