"""Differences of blocks: one value a block, whose sign is a coin's where the arms do not differ."""
