"""The slice that asks whether one variant is better than another."""
