"""What may stand for a parameter, and how a shell finds it without starting Python."""

from enum import Enum

from qops.cli.tree import Command, Parameter
from qops.render import RENDERERS


class Kind(Enum):
    """Where the values come from."""

    WORDS = "words"
    CIRCUITS = "circuits"
    REVISIONS = "revisions"
    FILES = "files"
    DIRECTORIES = "directories"
    ANYTHING = "anything"


_KINDS = {
    "NAME": Kind.CIRCUITS,
    "NAME...": Kind.CIRCUITS,
    "NAME@REV": Kind.CIRCUITS,
    "NAME[@REV]": Kind.CIRCUITS,
    "A": Kind.REVISIONS,
    "B": Kind.REVISIONS,
    "FILE": Kind.FILES,
    "DIR": Kind.DIRECTORIES,
}
_WORDS = {"FORMAT": tuple(RENDERERS)}

TOP = "git rev-parse --show-toplevel 2>/dev/null"
REVISIONS = "git for-each-ref --format='%(refname:short)' refs/heads refs/tags 2>/dev/null"
CIRCUITS = r"""awk '
        FNR == 1 { inside = 0 }
        /^circuits:/ { inside = 1; depth = 0; next }
        /^[^ #\r]/ { inside = 0 }
        inside && match($0, /^ +[^ #]/) {
            if (!depth) depth = RLENGTH
            name = substr($0, RLENGTH)
            sub(/:.*/, "", name)
            gsub(/["\047]/, "", name)
            if (RLENGTH == depth && name ~ /^[A-Za-z0-9_][A-Za-z0-9_.\/-]*$/ && !seen[name]++) print name
        }
    '"""
"""Commands that all three shells understand: the repository's top directory, its branches and tags, one a line, and
the circuits of the manifest and the lock that are given to it: of both, because a `*` in the manifest stands for names
that only the lock spells out. What is no plain name is passed by: a shell should not be handed it."""


def kind(parameter: Parameter) -> Kind:
    """What `parameter` takes, as its metavar says."""
    return Kind.WORDS if words(parameter) else _KINDS.get(parameter.metavar, Kind.ANYTHING)


def words(parameter: Parameter) -> tuple[str, ...]:
    """The words that `parameter` may be, if they are a closed set."""
    return parameter.values or _WORDS.get(parameter.metavar, ())


def function_name(command: Command) -> str:
    """The shell function for a command: `_qops_diff`."""
    return "_".join(("_qops", *command.words)).replace("-", "_")
