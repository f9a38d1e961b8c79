"""Reporting periods: their codes, their nominal windows and which one is a year before.

The state rule (the pattern of Nghị định 09/2019/NĐ-CP): a quarter is discrete; 6, 9 and 12 months are
cumulative from 15 December of the year before.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Span = Literal["Q1", "Q2", "Q3", "Q4", "6M", "9M", "12M"]

SPANS: tuple[Span, ...] = ("Q1", "Q2", "6M", "Q3", "9M", "Q4", "12M")
FIRST_YEAR, LAST_YEAR = 2016, 2035

# (month, day) of the first and last day; a first day in December belongs to the year before.
_WINDOWS: dict[Span, tuple[tuple[int, int], tuple[int, int]]] = {
    "Q1": ((12, 15), (3, 14)),
    "Q2": ((3, 15), (6, 14)),
    "Q3": ((6, 15), (9, 14)),
    "Q4": ((9, 15), (12, 14)),
    "6M": ((12, 15), (6, 14)),
    "9M": ((12, 15), (9, 14)),
    "12M": ((12, 15), (12, 14)),
}


_IN_WORDS: dict[Literal["vi", "en"], dict[Span, str]] = {
    "vi": {
        **{"Q1": "quý I/{year}", "Q2": "quý II/{year}", "Q3": "quý III/{year}", "Q4": "quý IV/{year}"},
        **{"6M": "6 tháng năm {year}", "9M": "9 tháng năm {year}", "12M": "năm {year}"},
    },
    "en": {
        **{"Q1": "Q1 {year}", "Q2": "Q2 {year}", "Q3": "Q3 {year}", "Q4": "Q4 {year}"},
        **{"6M": "6 months of {year}", "9M": "9 months of {year}", "12M": "12 months of {year}"},
    },
}


@dataclass(frozen=True)
class Period:
    """One reporting period, e.g. the first six months of 2024."""

    year: int
    span: Span

    @property
    def code(self) -> str:
        """`2024-6M`."""
        return f"{self.year}-{self.span}"

    @property
    def window_start(self) -> date:
        """The first day of the nominal window."""
        month, day = _WINDOWS[self.span][0]
        return date(self.year - (month == 12), month, day)

    @property
    def window_end(self) -> date:
        """The last day of the nominal window."""
        month, day = _WINDOWS[self.span][1]
        return date(self.year, month, day)

    @property
    def cumulative(self) -> bool:
        """Whether figures run from the start of the year."""
        return self.span in ("6M", "9M", "12M")

    @property
    def year_before(self) -> "Period":
        """The same span of the year before."""
        return Period(self.year - 1, self.span)


def parse_period(code: str) -> Period:
    """The period of a code such as `2024-6M`; raises `ValueError` for anything else."""
    year, _, span = code.strip().upper().partition("-")
    for known in SPANS:
        if known == span and year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR:
            return Period(int(year), known)
    raise ValueError(
        f"kỳ báo cáo “{code}” không đúng: cần năm từ {FIRST_YEAR} đến {LAST_YEAR} và một trong "
        f"{', '.join(SPANS)}, ví dụ 2024-6M"
    )


def is_period(code: str) -> bool:
    """Whether `parse_period` knows the code."""
    try:
        parse_period(code)
    except ValueError:
        return False
    return True


def spoken(code: str, language: Literal["vi", "en"]) -> str:
    """A period within a sentence: `6 tháng năm 2024`, `quý I/2024`, `năm 2024`; `6 months of 2024`, `Q1 2024`."""
    period = parse_period(code)
    return _IN_WORDS[language][period.span].format(year=period.year)


def quarters_within(code: str) -> tuple[str, ...]:
    """The codes of the quarters that a period is made of: of six months the first two, of a quarter itself."""
    period = parse_period(code)
    spans: tuple[Span, ...] = ("Q1", "Q2", "Q3", "Q4")
    quarters = (Period(period.year, span) for span in spans)
    within = (
        one for one in quarters if period.window_start <= one.window_start and one.window_end <= period.window_end
    )
    return tuple(one.code for one in within)


def all_periods() -> list[Period]:
    """Every period of the warehouse, in order of their last day, the discrete one first."""
    return [Period(year, span) for year in range(FIRST_YEAR, LAST_YEAR + 1) for span in SPANS]
