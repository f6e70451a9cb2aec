"""Looking before the end: evidence that may be read at any time, and schedules of planned looks."""
