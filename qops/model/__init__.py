"""Floor 0: the nouns. Frozen values; standard library and msgspec only."""
