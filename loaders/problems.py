"""What can be wrong with a file, said so that a clerk can mend it.

LoadProblem
├── UnreadableFile     the bytes are not a document this program reads
├── NotAReport         a document, but without one statistical table
├── SeveralReports     more than one report in one file
├── KnownForm          a draft is asked for of a form that is known
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


class KnownForm(LoadProblem):
    """A draft is asked for, among the forms in use, of a form that is known."""


class UnknownUnit(LoadProblem):
    """No administrative unit, or more than one, fits what the document says."""


class UnknownPeriod(LoadProblem):
    """No reporting period, or more than one, fits what the document says."""


def with_password(name: str) -> UnreadableFile:
    """The refusal of a file that nobody can open without its password."""
    return UnreadableFile(
        place=name,
        found="tệp được bảo vệ bằng mật khẩu (password-protected file)",
        expected="tệp mở được mà không cần mật khẩu (no password)",
        action="mở tệp, bỏ mật khẩu, lưu lại rồi nạp lại (remove the password, save, load again): Word và Excel ở "
        "File → Info → Protect → Encrypt with Password, xóa trống ô mật khẩu; PDF thì in lại ra PDF, hoặc gửi tệp "
        "Word, Excel gốc",
    )
