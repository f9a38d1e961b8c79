"""Ways from one page to another that carry the shared filters along."""

import streamlit as st

from pages.kit.address import CARRIED, said
from pages.kit.context import Context


def lead_on(context: Context, page: str, **address: str) -> None:
    """A link to another page on the same selection, with what `address` adds to it; none where there are no pages."""
    if page not in context.pages:
        return
    carried = {name: value for name in CARRIED if (value := said(name))}
    st.page_link(
        context.pages[page],
        label=context.words(f"lead_on.{page}"),
        icon=":material/arrow_forward:",
        query_params={**carried, **address},
    )
