"""Ways from one page to another that carry the shared filters along."""

import streamlit as st

from pages.kit.address import carried
from pages.kit.context import Context


def lead_on(context: Context, page: str, label: str | None = None, **address: str) -> None:
    """A link to another page on the same selection, with what `address` adds to it; none where there are no pages.

    An empty value takes a name out of the address; `label` is Markdown.
    """
    if page not in context.pages:
        return
    st.page_link(
        context.pages[page],
        label=label or context.words(f"lead_on.{page}"),
        icon=":material/arrow_forward:",
        query_params={name: value for name, value in {**carried(), **address}.items() if value},
    )
