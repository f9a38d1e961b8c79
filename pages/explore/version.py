"""The whole version file: to download, and the line that attaches it in DuckDB."""

from pathlib import Path

import streamlit as st

from pages.kit.context import Context

_MOST_BYTES = 500 * 1024 * 1024  # a larger file is for the server's keeper to hand over: a download is held in memory


def version_file(context: Context) -> None:
    """Offer the file that this page reads, with its size, and say how it is attached."""
    words, path = context.words, Path(context.warehouse.path)
    size = path.stat().st_size
    with st.expander(words("explore.version")):
        megabytes = words.numbers.number(size / 1024 / 1024, 1)
        st.markdown(words("explore.version_help", file=path.name, megabytes=megabytes))
        st.code(f"ATTACH '{path.name}' AS cchc (READ_ONLY);\nUSE cchc;\nFROM fact LIMIT 10;", language="sql")
        if size > _MOST_BYTES:
            st.caption(words("explore.version_large"))
            return
        st.download_button(
            words("explore.version_download", megabytes=megabytes),
            data=path.read_bytes if size else b"",
            file_name=path.name,
            mime="application/octet-stream",
            key="export-version",
            icon=":material/download:",
            on_click="ignore",
        )
