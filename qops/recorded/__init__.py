"""Floor 2: what a repository declares and what its snapshots record, read through the ports that are handed in."""
