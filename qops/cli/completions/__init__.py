"""Completion scripts: static, so that a TAB never starts Python."""
