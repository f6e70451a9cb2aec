"""Slice: drift, and what is done about it."""
