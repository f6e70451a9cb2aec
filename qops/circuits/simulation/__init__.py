"""What a circuit does to a state, exactly; NumPy is imported here, and by nothing on the way to a plain diff."""
