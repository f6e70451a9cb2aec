"""A slice: whether the device, or the circuit has degraded, and since when."""
