"""What changed between two versions of circuits: gather, judge, describe. Nothing is written."""
