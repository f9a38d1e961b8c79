"""Settings that the environment makes."""

import os


def whole_number(name: str) -> int | None:
    """The whole number from 1 that `name` is set to, null where it is not; raises `ValueError` for anything else."""
    text = os.environ.get(name)
    if text is None:
        return None
    if not (text.isdecimal() and int(text)):
        raise ValueError(f"{name}={text!r}: cần một số nguyên từ 1 trở lên")
    return int(text)
