"""What turns circuits into those that a target can run, in worker processes."""
