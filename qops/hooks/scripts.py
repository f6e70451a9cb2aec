"""The lines of ours in shell hooks."""

from shlex import quote

from qops.hooks.launch import Launch

HOOKS = {"pre-commit": "pre-commit", "pre-merge-commit": "pre-commit", "pre-push": "pre-push"}
"""The driver of each hook; git runs `pre-merge-commit` where a merge needs no help."""

NEW = b"#!/bin/sh\n"


def lines(hook: str, launch: Launch | None, *, chained: bool) -> str:
    """The lines that run the check and stop if it does not pass.

    Args:
        hook: a key of `HOOKS`.
        launch: where qops is on this machine; None for a hook that git tracks, which looks for it when it runs.
        chained: whether others follow, who want the same standard input.
    """
    driver = HOOKS[hook]
    command = f'{launch.words(driver)} "$@"' if launch else f'qops-{driver} "$@"'
    there = f"[ -x {quote(launch.interpreter)} ]" if launch else f"command -v qops-{driver} >/dev/null"
    gone = "echo 'qops is not where it was, so its check is left out: run qops hooks install again' >&2"
    if hook != "pre-push" or not chained:
        return f"if {there}; then\n    {command} || exit $?\nelse\n    {gone}\nfi"
    feed = f"printf '%s\\n' \"$qops_refs\" | {command} || exit $?"
    again = 'if [ -n "$qops_refs" ]; then\nexec <<QOPS_REFS\n$qops_refs\nQOPS_REFS\nelse\nexec </dev/null\nfi'
    return f"qops_refs=$(cat)\nif {there}; then\n    {feed}\nelse\n    {gone}\nfi\n{again}"
