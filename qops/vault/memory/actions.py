"""Actions that are only remembered, and turns among those who share an object."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from qops.model.action_ports import Ending
from qops.model.response import Argv

_DONE = Ending("done", 0)


class MemoryActions:
    """The `ActionRunner` that runs nothing: `ran` remembers, and `endings` say how what was asked for ends.

    A program without endings is done; otherwise each run takes its next one, and the last of them stays.
    """

    def __init__(self, endings: Mapping[str, list[Ending]] | None = None) -> None:
        self.ran: list[tuple[Argv, dict[str, str]]] = []
        self._endings = {name: list(each) for name, each in (endings or {}).items()}

    def run(self, argv: Argv, variables: Mapping[str, str], limit_s: float, log: str) -> Ending:  # noqa: ARG002
        """Remember it, and end as was agreed."""
        self.ran.append((argv, dict(variables)))
        left = self._endings.get(argv[0], [_DONE])
        return left.pop(0) if len(left) > 1 else left[0]


class MemoryTurns:
    """The `Turns` of one process."""

    def __init__(self, holder: str) -> None:
        self._holder = holder
        self._taken: set[str] = set()

    @contextmanager
    def take(self, watch: str) -> Iterator[str | None]:
        """None while it is our turn; otherwise the sentence that says whose it is."""
        if watch in self._taken:
            yield f"actions are being run by {self._holder}"
            return
        self._taken.add(watch)
        try:
            yield None
        finally:
            self._taken.remove(watch)
