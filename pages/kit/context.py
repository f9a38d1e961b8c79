"""What every page is given: the warehouse, the words of the language, and what the filter bar selects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec

import polars as pl
from streamlit.navigation.page import Page

from pages.kit.data import ask
from pages.kit.words import Words
from warehouse import answers
from warehouse.answers import Scope
from warehouse.model import Level
from warehouse.store import Warehouse
from warehouse.territory import Boundary

Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class UnitStep:
    """One step of the path from the country to the selected unit."""

    unit: str
    name: str
    level: Level | None


@dataclass(frozen=True)
class Selection:
    """The shared filters: a unit with its path, a period, the level whose work counts, real or simulated, which map."""

    path: tuple[UnitStep, ...]
    period: str
    level: Level
    simulated: bool
    boundary: Boundary = "then"

    @property
    def scope(self) -> Scope:
        """What is counted, as the questions of the warehouse take it."""
        return Scope(self.unit, self.level, self.period, self.simulated, self.boundary)

    @property
    def place(self) -> tuple[str, str, bool, Boundary]:
        """The scope without its level, for questions about all levels."""
        return self.unit, self.period, self.simulated, self.boundary

    @property
    def unit(self) -> str:
        """The code of the selected unit."""
        return self.path[-1].unit

    @property
    def name(self) -> str:
        """The name of the selected unit."""
        return self.path[-1].name


@dataclass(frozen=True)
class Context:
    """The warehouse, the words and the selection of one run, and the pages by name, for links between them."""

    warehouse: Warehouse
    words: Words
    selection: Selection
    pages: Mapping[str, Page] = field(default_factory=dict)

    def ask(
        self,
        question: Callable[Concatenate[Warehouse, Arguments], pl.DataFrame],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> pl.DataFrame:
        """The answer to a question of `warehouse.answers` about this version."""
        return ask(question, self.warehouse, *arguments, **named)

    @property
    def indicators(self) -> dict[str, dict[str, Any]]:
        """The catalogue rows of the indicators, in its order."""
        return self.warehouse.remembered(
            "indicators", lambda: {row["indicator"]: row for row in self.ask(answers.catalogue).iter_rows(named=True)}
        )

    @property
    def rate_names(self) -> dict[tuple[str, str | None], dict[str, Any]]:
        """The catalogue rows of rates and definitions; a null definition is the rate itself."""
        return self.warehouse.remembered(
            "rate names",
            lambda: {(row["rate"], row["definition"]): row for row in self.ask(answers.rates).iter_rows(named=True)},
        )

    def rate_name(self, rate: str, definition: str | None = None) -> str:
        """The name of a rate, or of one of its definitions."""
        return self.words.named(self.rate_names[rate, definition])
