"""What the pages share: page list, words, filters in the URL, cached answers, tables, figure theme, export button."""
