"""HTML of our own, handed to the page as it is."""


class Ready(str):
    """HTML that needs no tidying: Streamlit looks through every line of a text for what all are indented by."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """The HTML, as Streamlit asks for it."""
        return str(self)
