"""Plots: where their points are, and how they are drawn as text, as SVG and as PNG."""
