"""Floor 1: pure mathematics on numbers, each with its source and its assumptions."""
