"""`qops-pre-push REMOTE URL`: whether the artifacts of what is pushed are on DVC's remote."""

import sys
from collections.abc import Sequence

from qops import world
from qops.drivers import checking
from qops.hooks import pushed
from qops.hooks.pushed import Update
from qops.model.report import Report
from qops.vault.git_outbox import LocalOutbox
from qops.vault.root import find_root


def main() -> int:
    """The program."""
    return run(sys.argv[1:])


def run(arguments: Sequence[str]) -> int:
    """Check what standard input announces, as git does, and say nothing if all is well."""
    name = next(iter(arguments), "origin")
    return checking.run(lambda: _check(name))


def _check(name: str) -> Report:
    outbox = LocalOutbox(find_root(world.current_directory()), name)
    return pushed.check(_of_the_framework() or pushed.updates(sys.stdin.read()), outbox)


def _of_the_framework() -> tuple[Update, ...]:
    """What the pre-commit framework says in the environment, having read standard input itself."""
    local, remote = world.environment("PRE_COMMIT_TO_REF"), world.environment("PRE_COMMIT_FROM_REF")
    return (Update(local, remote or "0"),) if local else ()
