"""How git starts a driver: words for a shell, with a way out for the day when qops is gone."""

from shlex import quote

import msgspec


class Launch(msgspec.Struct, frozen=True):
    """Where things are: the Python interpreter, the file that starts drivers, and the directories of the libraries."""

    interpreter: str
    starter: str
    paths: tuple[str, ...]

    def words(self, driver: str) -> str:
        """The shell words that start a driver, before its arguments."""
        words = (self.interpreter, "-I", "-S", self.starter, ":".join(self.paths), driver)
        return " ".join(map(quote, words))

    def textconv(self) -> str:
        """The setting for a diff; a file that cannot be converted is shown as it is."""
        return f'f() {{ {self.words("textconv")} "$1" || cat "$1"; }}; f'

    def merge(self, driver: str) -> str:
        """The setting for a merge; where the driver cannot answer, git merges by lines."""
        by_lines = 'git merge-file -L ours -L base -L theirs --marker-size="$4" "$1" "$2" "$3"'
        return f'f() {{ {self.words(driver)} "$@"; s=$?; [ $s -lt 2 ] && return $s; {by_lines}; }}; f %A %O %B %L %P'
