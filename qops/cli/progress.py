"""What is going on, told on standard error to a person who has been waiting for a moment.

On a terminal, and unless `--quiet` was asked for, a line stands there until all are read or compiled, and then it is
gone. Rich draws it, and is imported only when that moment is over.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from qops.cli import streams
from qops.render.visible import visible

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text


class Named(Protocol):
    """Something that a person knows by its name."""

    @property
    def name(self) -> str:
        """The name."""


N = TypeVar("N", bound=Named)
PATIENCE = 1.0
"""Seconds before the line appears."""

silent: ContextVar[bool] = ContextVar("silent", default=False)
"""Whether the command was asked to print nothing."""


@contextmanager
def announced(entries: Sequence[N], label: str = "reading circuits") -> Iterator[Iterable[N]]:
    """The entries, to be worked on while they are taken, one after another."""
    if not entries or silent.get() or not streams.watched():
        yield entries
        return
    line = _Line(entries, label)
    timer = Timer(PATIENCE, line.show)
    timer.daemon = True
    timer.start()
    try:
        yield line.one_by_one()
    finally:
        timer.cancel()
        timer.join()
        line.hide()


@contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar with the time that is left, on a terminal alone; what it gives is called as each of `total` ends."""
    if not total or silent.get() or not streams.watched():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)


class _Line(Generic[N]):
    """A line such as `reading circuits  37/1000  classifier`; it is shown from another thread than that which reads."""

    def __init__(self, entries: Sequence[N], label: str) -> None:
        self._entries = entries
        self._label = label
        self._place = 0
        self._live: Live | None = None

    def one_by_one(self) -> Iterator[N]:
        for place, entry in enumerate(self._entries):
            self._place = place
            yield entry

    def show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        self._live = Live(
            get_renderable=self._text, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._live.start(refresh=True)

    def hide(self) -> None:
        if self._live:
            self._live.stop()

    def _text(self) -> "Text":
        from rich.text import Text

        name = visible(self._entries[self._place].name)
        text = f"{self._label}  {self._place + 1}/{len(self._entries)}  {name}"
        return Text(text, no_wrap=True, overflow="ellipsis")
