"""Administrative units of Vietnam on both sides of 01/07/2025: the step that builds their catalogue files."""
