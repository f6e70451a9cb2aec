"""The targets for Make: the matrix, its gate, and a report to look at."""

from qops.pipeline.pack import Pack, Setting

FILE = "compilation.mk"
TARGETS = """\
# Written by `qops ci init --make`; yours to change. In your Makefile: `include compilation.mk`.
.PHONY: compilation compilation-accept compilation-page

compilation: ## fails where compilation became worse than the baseline
\tqops transpile-matrix

compilation-accept: ## make compilation-accept REASON="why"
\tqops transpile-matrix --accept "$(REASON)"

compilation-page: ## the same as a page to look at, compilation.html
\tqops transpile-matrix --format html --output compilation.html
"""


def pack(_setting: Setting) -> Pack:
    """One file to include."""
    return Pack({FILE: TARGETS}, (f"add `include {FILE}` to your Makefile",))
