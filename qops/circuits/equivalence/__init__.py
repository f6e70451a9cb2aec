"""Whether two circuits of different structure do the same, and if not, at most how far apart they are."""
