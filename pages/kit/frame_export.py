"""Export buttons for a frame that is on screen: the same rows in the same order, with the sheets that explain them."""

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl
import streamlit as st

from pages.kit.words import Words
from warehouse.exports.frames import FRAME_FORMATS, frame_file


def frame_buttons(
    frame: pl.DataFrame,
    parts: Callable[[], Mapping[str, pl.DataFrame]],
    titles: Mapping[str, str],
    name: str,
    words: Words,
) -> None:
    """A button a format; `parts` are made and the file is written when the browser asks, not on every run.

    `parts` and `titles` are those of `warehouse.exports.frames.frame_file`.
    """
    with st.container(horizontal=True):
        for file_format, mime in FRAME_FORMATS.items():
            st.download_button(
                file_format.upper(),
                data=partial(_written, file_format, frame, parts, titles, words),
                file_name=f"{name}.{file_format}",
                mime=mime,
                key=f"export-{file_format}",
                icon=":material/download:",
                on_click="ignore",
            )


def _written(
    file_format: str,
    frame: pl.DataFrame,
    parts: Callable[[], Mapping[str, pl.DataFrame]],
    titles: Mapping[str, str],
    words: Words,
) -> bytes:
    return frame_file(file_format, frame, parts(), titles, words.language)
