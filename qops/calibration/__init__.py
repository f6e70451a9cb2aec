"""A slice: backends and their calibrations, listed, shown, exported and compared."""
