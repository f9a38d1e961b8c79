"""A report file in, observations and findings out. No Streamlit and no SQL here."""
