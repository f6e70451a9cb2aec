"""Two similarities on the same windows of two tables: which of them tells the tables apart more often."""
