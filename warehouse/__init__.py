"""The model and every answer: a DuckDB file per version, and typed questions to it. No Streamlit, no file formats."""
