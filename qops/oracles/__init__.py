"""Close looks at circuits that take NumPy or a prover, in child processes with limits; nothing here raises for them."""
