"""git as a child process: no prompts, no options from the user's words, no other repository.

References:
    [1] https://git-scm.com/docs/git-rev-parse, `--local-env-vars`.
"""

import shlex
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import msgspec

from qops import world
from qops.errors import EnvironmentFault

_OF_ANOTHER_REPOSITORY = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    },
)
"""git's local variables [1]_, which a hook inherits, less `GIT_CONFIG_COUNT` and `GIT_CONFIG_PARAMETERS`: those are the
user's settings (`safe.directory` in many containers), and they hold here too."""

_OF_A_PERSON = frozenset({"GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GPG_TTY", "LANGUAGE"})
_KNOW_NO_PATTERNS = {"check-ignore"}
_UNATTENDED = {
    "LC_ALL": "C.UTF-8",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_EDITOR": ":",
    "SSH_ASKPASS": "false",
    "SSH_ASKPASS_REQUIRE": "force",
}
_REMEDIES = (
    ("dubious ownership", "the repository belongs to another user: `git config --global --add safe.directory {root}`"),
    ("not a git repository", "`git init`"),
    ("Please tell me who you are", "`git config user.name NAME` and `git config user.email ADDRESS`"),
    ("empty ident", "`git config user.name NAME` and `git config user.email ADDRESS`"),
    ("auto-detect email", "`git config user.name NAME` and `git config user.email ADDRESS`"),
    ("failed to sign", "unlock the signing key first, for example with `echo | gpg --clearsign`"),
    ("gpg failed", "unlock the signing key first, for example with `echo | gpg --clearsign`"),
    (
        ".lock': File exists",
        "another git command runs, or was killed and left the lock: then remove that file",
    ),
    ("ignored by one of your .gitignore", "take the rule that ignores it out of .gitignore"),
    ("during a merge", "finish the merge with `git commit`, or leave it with `git merge --abort`"),
    ("during a cherry-pick", "finish it with `git cherry-pick --continue`, or leave it with `--abort`"),
    ("during a rebase", "finish it with `git rebase --continue`, or leave it with `--abort`"),
    ("[rejected]", "fetch and merge what others pushed: `git pull`"),
    ("No space left on device", "free some space on that disk, then run the same command again"),
    ("Out of diskspace", "free some space on that disk, then run the same command again"),
    (
        "failed to write new configuration file",
        "`df -h {root}` says whether the disk is full; then run the same command again",
    ),
    ("couldn't write", "`df -h {root}` says whether the disk is full; then run the same command again"),
    ("could not read Username", "git may not ask for a password here: set up a credential helper or an SSH key"),
    ("Permission denied (publickey", "load your SSH key first: `ssh-add`"),
)


class Answer(msgspec.Struct, frozen=True):
    """What a git command said."""

    code: int
    output: bytes

    @property
    def text(self) -> str:
        """The output without its last line's end; bytes that are no UTF-8 survive as surrogates."""
        return self.output.decode("utf-8", "surrogateescape").rstrip("\n")


class Git:
    """Runs git in the work tree at `root`; paths are taken literally, never as patterns."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, command: str, *arguments: str, data: bytes = b"", accept: Collection[int] = (0,)) -> Answer:
        """Run one git command with `data` on its input.

        Raises:
            EnvironmentFault: it ended with a code that is not in `accept`; the cause is git's own first complaint.
        """
        words = self._words(command, arguments)
        with _installed():
            done = subprocess.run(
                words,
                cwd=self.root,
                env=self._environment,
                input=data,
                capture_output=True,
                check=False,
            )
        if done.returncode not in accept:
            raise self._fault(command, done.returncode, done.stderr.decode("utf-8", "replace"))
        return Answer(done.returncode, done.stdout)

    def start(self, command: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A git command that goes on, with pipes to its input and from its output."""
        pipe, words = subprocess.PIPE, self._words(command, arguments)
        with _installed():
            return subprocess.Popen(
                words,
                cwd=self.root,
                env=self._environment,
                stdin=pipe,
                stdout=pipe,
                stderr=subprocess.DEVNULL,
            )

    def _words(self, command: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        literal = () if command in _KNOW_NO_PATTERNS else ("--literal-pathspecs",)
        return ("git", *literal, "-c", "core.quotepath=false", command, *arguments)

    @cached_property
    def directories(self) -> tuple[Path, Path]:
        """Git's directory of this work tree, and the one that it has in common with linked ones; mostly the same."""
        asked = (("rev-parse", "--path-format=absolute", question) for question in ("--git-dir", "--git-common-dir"))
        own, common = (Path(self.run(*words).text) for words in asked)  # one by one: a path may hold a line feed
        return own, common

    @cached_property
    def _environment(self) -> dict[str, str]:
        return environment() | _UNATTENDED

    def _fault(self, command: str, code: int, complaint: str) -> EnvironmentFault:
        lines = [line.strip() for line in complaint.splitlines() if line.strip()]
        marked = [line for line in lines if line.startswith(("fatal:", "error:"))]
        first = next(iter(marked or lines), f"it ended with code {code} and said nothing")
        remedy = next((remedy for sign, remedy in _REMEDIES if sign in complaint), None)
        return EnvironmentFault(
            f"git {command} failed: {first.removeprefix('fatal: ').removeprefix('error: ')}",
            hint=remedy.format(root=shlex.quote(str(self.root))) if remedy else None,
            excerpt="\n".join(lines[-20:]) if len(lines) > 1 else None,
        )


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as problem:
        hint = "install git 2.31 or later" if problem.filename == "git" else None
        raise EnvironmentFault(f"there is no {problem.filename}", hint=hint) from problem
    except OSError as problem:
        raise EnvironmentFault(f"git could not be started: {problem.strerror}") from problem


def environment() -> dict[str, str]:
    """This process's environment, less what speaks of another repository or of a person at a terminal."""
    return world.environment_without(_OF_ANOTHER_REPOSITORY | _OF_A_PERSON)
