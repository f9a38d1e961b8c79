"""What can be wrong with a file, said so that a clerk can mend it.

LoadProblem
├── UnreadableFile     the bytes are not a document this program reads
├── NotAReport         a document, but without one statistical table
├── SeveralReports     more than one report in one file
├── UnknownUnit        no unit, or several, fit the text
└── UnknownPeriod      no reporting period, or several, fit the text
"""


class LoadProblem(Exception):
    """Why a file was refused: where, what was found, what was expected and what to do (Vietnamese)."""

    def __init__(self, place: str, found: str, expected: str, action: str) -> None:
        super().__init__(place, found, expected, action)  # so that it crosses processes
        self.place = place
        self.found = found
        self.expected = expected
        self.action = action

    def __str__(self) -> str:
        """The problem as one sentence for the person who loads."""
        return f"{self.place}: thấy {self.found}; cần {self.expected}; hãy {self.action}."


class UnreadableFile(LoadProblem):
    """The bytes are not a document this program reads."""


class NotAReport(LoadProblem):
    """A document, but without one statistical table."""


class SeveralReports(LoadProblem):
    """More than one report in one file."""


class UnknownUnit(LoadProblem):
    """No administrative unit, or more than one, fits what the document says."""


class UnknownPeriod(LoadProblem):
    """No reporting period, or more than one, fits what the document says."""
