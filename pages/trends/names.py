"""What a measure is called where there is little room."""

from textwrap import shorten

from pages.kit.choices import HEADLINE_RATES
from pages.kit.context import Context
from pages.kit.measures import Choice

_LETTERS = 40  # the height of the figure


def axis_title(context: Context, choice: Choice) -> str:
    """The short name of a measure with its unit: `Giải quyết đúng hạn (%)`; its whole name stands above the figure."""
    words, subject = context.words, choice.subject
    if subject.rate:
        name = words(f"tile.{subject.rate}") if subject.rate in HEADLINE_RATES else choice.title or choice.name
        return f"{shorten(name, _LETTERS, placeholder=' …')} (%)"
    row = context.indicators[subject.indicator or ""]
    return f"{shorten(words.named(row), _LETTERS, placeholder=' …')} ({words.named(row, 'measure')})"
