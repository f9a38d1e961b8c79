"""Settings that the environment makes, each a positive number."""

import os


class WrongSetting(ValueError):
    """A setting in the environment that is no positive number."""


def setting(name: str, default: float) -> float:
    """A positive number from the environment, else the default; raises `WrongSetting`."""
    text = os.environ.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise WrongSetting(f"{name}: thấy “{text}”; cần một số dương; hãy sửa biến môi trường ấy hoặc bỏ đi")
    return value
