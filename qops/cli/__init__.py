"""The roof: one thin module a command; parse, call the slice, render, exit."""
