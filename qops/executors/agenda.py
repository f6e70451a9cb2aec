"""What is left to do, and in which order: longest first; at the end, each alone, what is tried once more."""

from collections import deque
from collections.abc import Iterable

from qops.executors.ending import Ending
from qops.model.ports import Done, Task


class Agenda:
    """Tasks that wait."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._first = deque(sorted(tasks, key=lambda task: -task.expected_s))
        self._again: deque[Task] = deque()
        self._tried: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._first or self._again)

    @property
    def ready(self) -> int:
        """How many tasks could be under way at once, if no other were."""
        return len(self._first) or min(1, len(self._again))

    def take(self, *, alone: bool) -> Task | None:
        """The next task; `alone` says that no other is under way."""
        if self._first:
            return self._first.popleft()
        return self._again.popleft() if alone and self._again else None

    def settle(self, task: Task, ending: Ending) -> Done | None:
        """What became of a task whose worker ended; None if it is tried once more: a neighbour may be to blame."""
        if ending.again and task.key not in self._tried:
            self._tried.add(task.key)
            self._again.append(task)
            return None
        return Done(task.key, None, ending.kind, ending.because)
