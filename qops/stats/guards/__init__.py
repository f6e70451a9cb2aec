"""Signs that an experiment is not what it was meant to be: each guard gives a statistic, a p-value and a limit."""
