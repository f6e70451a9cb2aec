"""All that is wrong with one text, collected in one run."""

from collections.abc import Sequence
from typing import NoReturn

from qops.errors import InputError, ManyErrors, QopsError
from qops.model.where import Where

MOST = 200

_LONGEST_EXCERPT = 160


class Problems:
    """Collects the problems of one file and raises them in the order of their places; excerpts are from its `lines`."""

    def __init__(self, lines: Sequence[str], file: str) -> None:
        self._lines = lines
        self._file = file
        self._found: list[QopsError] = []

    def add(self, cause: str, where: Where, hint: str | None = None) -> None:
        """Remember one problem; its excerpt is the line of the text that `where` names.

        Raises:
            ManyErrors: there are `MOST` already, and a file with so many is of another kind altogether.
        """
        if len(self._found) == MOST:
            self._found.append(InputError(f"there are more than {MOST} problems; the rest is not told", where=where))
            self.stop()
        known = 0 < where.line <= len(self._lines)
        excerpt = self._lines[where.line - 1][:_LONGEST_EXCERPT] if known else None
        self._found.append(InputError(cause, where=where, hint=hint, excerpt=excerpt))

    def add_error(self, error: QopsError) -> None:
        """Remember a problem that something else has already described."""
        self._found.append(error)

    def raise_any(self) -> None:
        """Do nothing if there are none; otherwise `stop`."""
        if self._found:
            self.stop()

    def stop(self) -> NoReturn:
        """Raise what was found, of which there must be something.

        Raises:
            InputError: the only problem, or all of them as `ManyErrors`.
        """
        if len(self._found) == 1:
            raise self._found[0]
        raise ManyErrors(sorted(self._found, key=lambda problem: problem.where or Where(self._file)))
