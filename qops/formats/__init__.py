"""Floor 2: text to nouns and back. Pure: the text is handed in, and nothing is read or written."""
