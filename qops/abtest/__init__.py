"""A slice: two variants of a circuit under stochastic sampling, compared honestly."""
