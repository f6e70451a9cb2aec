"""The Makefile fragment: what the hooks check, for those who would rather type it."""

FRAGMENT = """\
# From `qops hooks make`.
.PHONY: circuits-check circuits-staged circuits-snapshot

circuits-check:     ## fails unless every circuit is as its last snapshot recorded it
\tqops status

circuits-staged:    ## the same of what is staged: the check of the pre-commit hook
\tqops-pre-commit

circuits-snapshot: ## make circuits-snapshot MESSAGE="why"
\tqops snapshot $(if $(MESSAGE),-m "$(MESSAGE)")
"""
