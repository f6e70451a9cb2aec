"""A slice: whether the device, or the circuit has degraded, since when, and what is done about it."""
