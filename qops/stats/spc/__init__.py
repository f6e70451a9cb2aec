"""Run lengths of control charts: how many epochs come before an alarm, and which limit gives which number."""
