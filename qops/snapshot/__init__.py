"""The slice that records circuits and brings them back: snapshot, status, log, show, restore."""
