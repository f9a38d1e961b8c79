"""Links from one page to another that keep what is selected, with something in it changed."""

import streamlit as st

from pages.kit.page_list import PAGES


def link_to(page: str, label: str, **changed: str) -> None:
    """A link to a page at the present address with names of it changed; an empty value leaves the name out."""
    kept = {**st.query_params.to_dict(), **changed}
    (icon,) = (entry.icon for entry in PAGES if entry.name == page)
    # Streamlit finds the page by its address; what it would run is never called from here.
    target = st.Page(_elsewhere, title=page, url_path=page)
    st.page_link(target, label=label, icon=icon, query_params={name: value for name, value in kept.items() if value})


def _elsewhere() -> None:
    """Stands for a page that the app registered."""
