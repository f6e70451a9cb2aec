"""Hooks that are not ours to change: whose they are, and what to add by hand."""

import re

import msgspec

_SHELL = re.compile(rb"#!\s*+(?:\S{0,200}/)?(?:env\s++)?(?:\S{0,200}/)?(?:ba|da|k|z)?sh\b")


class Obstacle(msgspec.Struct, frozen=True):
    """Why a hook must not be changed, and what to do instead; in `remedy`, `HOOK` is its name, `COMMAND` ours."""

    because: str
    remedy: str


NO_SHELL = Obstacle(
    "it is a program that is no shell script",
    'call `COMMAND "$@"` in it, and end with its exit code unless that is 0',
)
SHARED = Obstacle("core.hooksPath leads out of this repository", NO_SHELL.remedy)
HUSKY = Obstacle("husky manages it", "add the line `COMMAND` to .husky/HOOK")
_MANAGED = {
    b"pre-commit.com": Obstacle(
        "the pre-commit framework manages it",
        "add to .pre-commit-config.yaml: {repo: local, hooks: [{id: qops-HOOK, name: qops, entry: COMMAND, "
        "language: system, pass_filenames: false, always_run: true, stages: [HOOK]}]}",
    ),
    b"lefthook": Obstacle("lefthook manages it", "add to lefthook.yml: HOOK: {commands: {qops: {run: COMMAND}}}"),
    b"overcommit": Obstacle("overcommit manages it", "add `COMMAND` to .overcommit.yml as a hook with a command"),
}


def obstacle(hook: bytes | None, directory: str) -> Obstacle | None:
    """What keeps us from changing a hook, given its text (None where there is none) and the directory of hooks."""
    if "/.husky" in f"/{directory}":
        return HUSKY
    if hook is None:
        return None
    managed = (found for sign, found in _MANAGED.items() if sign in hook)
    return next(managed, None) or (None if _SHELL.match(hook) else NO_SHELL)
