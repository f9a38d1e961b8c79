"""What the server tells its operator: one JSON line an event, and nothing of a visitor.

What other libraries log is kept without the values they fill in, and exceptions without their messages: both may
quote an address, a query or a cell. What remains says what happened, and where in the code.
"""

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_LOG = logging.getLogger("cchc")
_FRAMES = 12  # the innermost places in the code of a failure


def tell(event: str, error: BaseException | None = None, /, **fields: object) -> None:
    """Log an event with its fields; with an error, as one."""
    _LOG.log(logging.ERROR if error else logging.INFO, event, exc_info=error, extra={"fields": fields})


class JsonRecord(logging.LogRecord):
    """A log record whose text is a JSON line, whichever handler writes it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        error = self.exc_info[1] if self.exc_info else None
        self._failure = failure(error) if error else {}
        self.exc_info = self.stack_info = None  # a handler would write the message of the exception under the line

    def getMessage(self) -> str:  # noqa: N802 - the name that the standard library calls
        """The line."""
        moment = datetime.fromtimestamp(self.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": moment, "level": self.levelname.lower()}
        fields = getattr(self, "fields", None)
        if self.name == _LOG.name and isinstance(fields, dict):
            line |= {"event": self.msg, **fields}
        else:
            text = self.msg if isinstance(self.msg, str) else type(self.msg).__name__
            line |= {"event": "log", "logger": self.name, "text": text}
        return json.dumps(line | self._failure, ensure_ascii=False, default=str)


def failure(error: BaseException) -> dict[str, object]:
    """The kind of an exception and where it was raised, innermost last; never its message."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno}" for frame in frames]
    return {"error": type(error).__qualname__, "at": places}


def log_as_json() -> None:
    """From now on all that this process logs is JSON lines on the standard error, failures of threads included."""
    logging.setLogRecordFactory(JsonRecord)
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING, force=True)
    _LOG.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _, error, __: tell("failed", error)
    threading.excepthook = lambda failed: tell("failed", failed.exc_value or failed.exc_type())
