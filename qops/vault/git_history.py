"""The git repository: `GitHistory` is the `History` port."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

from qops.errors import EnvironmentFault, InputError
from qops.model.ports import Commit
from qops.model.spelling import nearest
from qops.vault import git_writing
from qops.vault.git_blobs import Blobs
from qops.vault.git_process import Git
from qops.vault.git_staging import staging
from qops.vault.inside import inside

_FULL_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FIELDS = "%H%x00%an%x00%aI%x00%s%x00%D"
_TAG = "tag: refs/tags/"


class GitHistory:
    """The history of the work tree at `root`, whose `.git` is a directory or a file.

    Every method may raise `EnvironmentFault` where git is missing, refuses the repository or fails.
    """

    def __init__(self, root: Path) -> None:
        self._git = Git(root)
        self._blobs = Blobs(self._git)

    def head(self) -> str | None:
        """The full hash of HEAD, or None in a repository without commits.

        Raises:
            EnvironmentFault: HEAD names a commit that git cannot read.
        """
        question = ("rev-parse", "--verify", "--quiet")
        found = self._git.run(*question, "HEAD^{commit}", accept=(0, 1)).text
        if not found and self._git.run(*question, "HEAD", accept=(0, 1)).text:
            raise EnvironmentFault("git cannot read the commit that HEAD names", hint="`git fsck` says what is damaged")
        return found or None

    def resolve(self, revision: str) -> str:
        """The full hash of a commit that the user named: a tag, a branch, a hash, `HEAD~2`.

        Raises:
            InputError: git knows no such commit; the hint names the nearest tag or branch, or says what is missing.
        """
        if not revision or not revision.isprintable():
            raise InputError(f"{revision!r} is not a revision")
        question = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._git.run("rev-parse", *question, accept=(0, 1, 128)).text
        if not _FULL_HASH.fullmatch(found):
            raise InputError(f"git knows no commit {revision!r}", hint=self._instead_of(revision))
        return found

    def read(self, revision: str, path: str) -> bytes | None:
        """A file's content at a revision, or None where it is absent there."""
        known = revision if _FULL_HASH.fullmatch(revision) else self.resolve(revision)
        return self._blobs.read(f"{known}:{inside(path)}")

    def log(self, path: str, revision: str, limit: int) -> tuple[Commit, ...]:
        """The commits that changed `path`, newest first; in a shallow clone the history ends early, see `shallow`."""
        return commits_in(self._git, f"--max-count={limit}", self.resolve(revision), "--", inside(path))

    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""
        return self._git.run("rev-parse", "--is-shallow-repository").text == "true"

    def dirty(self, besides: Collection[str] = ()) -> bool:
        """Whether tracked files differ from HEAD, those at the paths `besides` aside."""
        lines = self._git.run("status", "--porcelain", "-z", "--untracked-files=no", "--no-renames").text
        return any(line[3:] not in besides for line in lines.split("\0") if line)

    def tags(self) -> tuple[str, ...]:
        """All tag names."""
        return self._short_names("refs/tags")

    def staged(self, paths: Sequence[str]) -> bool:
        """Whether the index holds, for any of these paths, something else than HEAD."""
        return git_writing.staged(self._staging, [inside(path) for path in paths])

    def stage(self, paths: Sequence[str]) -> None:
        """`git add` of just these paths, in a hook for the commit it runs in; what is gone is staged as deleted."""
        git_writing.stage(self._staging, [inside(path) for path in paths])

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit just these paths, hooks included, and return the new full hash; what else is staged stays staged.

        Where none of them differs from HEAD, nothing is committed and HEAD's hash is returned.
        """
        git_writing.commit(self._git, [inside(path) for path in paths], message)
        return self.resolve("HEAD")

    def tag(self, name: str, message: str) -> None:
        """An annotated tag on HEAD.

        Raises:
            InputError: git allows no such name, or the tag exists.
        """
        git_writing.tag(self._git, name, message)

    def push(self, refs: Sequence[str]) -> None:
        """Push refs to the remote that git itself would push the current branch to."""
        git_writing.push(self._git, refs)

    @cached_property
    def _staging(self) -> Git:
        return staging(self._git)

    def _short_names(self, *prefixes: str) -> tuple[str, ...]:
        return tuple(self._git.run("for-each-ref", "--format=%(refname:lstrip=2)", *prefixes).text.splitlines())

    def _instead_of(self, revision: str) -> str:
        if self.head() is None:
            return "the repository has no commits yet"
        if ".." in revision:
            return "name both ends of a range by themselves: `qops diff A B`"
        close = nearest(revision, self._short_names("refs/tags", "refs/heads", "refs/remotes"))
        if self.shallow():
            other = f", unless you meant `{close}`" if close else ""
            return f"the clone is shallow, its older history is missing: `git fetch --unshallow --tags`{other}"
        if close:
            return f"did you mean `{close}`?"
        return "`git tag` and `git branch --all` list what there is; `git fetch --tags` asks the remote for more"


def commits_in(git: Git, *choice: str) -> tuple[Commit, ...]:
    """The commits that `git log` lists for the options, revisions and paths of `choice`."""
    options = ("-z", f"--format=tformat:{_FIELDS}", "--decorate=full")
    plain = ("--no-show-signature", "--no-color", "--encoding=UTF-8")
    fields = git.run("log", *options, *plain, *choice).output.decode("utf-8", "replace").split("\0")[:-1]
    return tuple(_commit(*fields[start : start + 5]) for start in range(0, len(fields), 5))


def _commit(revision: str, author: str, date: str, subject: str, names: str) -> Commit:
    tags = tuple(sorted(name.removeprefix(_TAG) for name in names.split(", ") if name.startswith(_TAG)))
    return Commit(revision, author, date, subject, tags)
