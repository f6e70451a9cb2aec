"""Work done on this machine, in processes of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from qops.executors.crew import Crew
from qops.executors.launch import Server
from qops.executors.options import Options
from qops.model.ports import Done, Task


class LocalExecutor:
    """Does tasks in worker processes, as many at once as the options say.

    A task that hangs, crashes or runs out of memory costs itself alone. Workers are new in every run, and gone after
    it; what was imported for them stays until the executor is closed or collected, or a run does not come to its end.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._server: Server | None = None

    def prepare(self) -> None:
        """Begin to import what workers need, while the caller goes on with something else."""
        self._serving()

    def run(self, tasks: Sequence[Task], resources: Mapping[str, bytes]) -> Iterator[Done]:
        """Do the work.

        Raises:
            EnvironmentFault: no worker can be started.
        """
        if not tasks:
            return
        try:
            with closing(Crew(self._serving(), resources, self._options.hands)) as crew:
                yield from crew.perform(tasks)
        except BaseException:
            self.close()  # workers, and what they are at, end with the server
            raise

    def close(self) -> None:
        """End everything that is still there."""
        if self._server is not None:
            self._server.end()
            self._server = None

    def _serving(self) -> Server:
        if self._server is None:
            self._server = Server(self._options)
        return self._server
