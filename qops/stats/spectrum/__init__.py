"""Waves in series: powers at frequencies, and when a power is more than chance."""
