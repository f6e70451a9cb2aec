"""The git commands that change something.

They are git's own, not GitPython's: `git commit --only` runs every hook and leaves other staged files alone, which
GitPython's index does not.
"""

from collections.abc import Sequence
from pathlib import Path

from qops.errors import EnvironmentFault, InputError
from qops.vault.git_locks import at_work, locks
from qops.vault.git_process import Git

_FROM_INPUT = ("--pathspec-from-file=-", "--pathspec-file-nul")


def stage(git: Git, paths: Sequence[str]) -> None:
    """`git add` of just these paths."""
    if paths:
        with at_work(git):
            git.run("add", *_FROM_INPUT, data=_listed(paths))


def staged(git: Git, paths: Sequence[str]) -> bool:
    """Whether the index holds, for any of these paths, something else than HEAD."""
    lines = git.run("status", "--porcelain", "-z", "--untracked-files=no", "--no-renames", "--", *paths).text
    return any(line[:1] not in {" ", ""} for line in lines.split("\0"))


def commit(git: Git, paths: Sequence[str], message: str) -> None:
    """`git commit --only` of just these paths, unless none of them differs from HEAD."""
    if not message.strip():
        raise InputError("the commit message is empty", hint="say with `-m` what changed")
    stage(git, paths)
    if staged(git, paths):
        with at_work(git):
            git.run("commit", "--only", "--quiet", f"--message={message}", *_FROM_INPUT, data=_listed(paths))


def tag(git: Git, name: str, message: str) -> None:
    """An annotated tag on HEAD."""
    reference = f"refs/tags/{name}"
    if not name.isprintable() or name.startswith("-") or git.run("check-ref-format", reference, accept=(0, 1)).code:
        raise InputError(f"{name!r} is not a name that git allows for a tag", hint="a version: `v1.0.0`")
    if git.run("rev-parse", "--verify", "--quiet", reference, accept=(0, 1)).code == 0:
        raise InputError(f"the tag {name} exists", hint=f"`git show {name}` shows it; choose the next version")
    with at_work(git, [reference]):
        git.run("tag", "--annotate", f"--message={message}", "--", name)


def push(git: Git, refs: Sequence[str]) -> None:
    """`git push` of these refs, hooks included."""
    for ref in refs:
        if not ref.isprintable() or ref.startswith(("-", "+", ":")):
            raise InputError(f"{ref!r} is not something to push", hint="name a branch or a tag")
    remote = _remote(git)
    branch = git.run("symbolic-ref", "--quiet", "--short", "HEAD", accept=(0, 1)).text
    with at_work(git, [f"refs/remotes/{remote}/{branch}"] if branch else [], _locks_of(remote, git, refs)):
        git.run("push", "--quiet", "--", remote, *refs)


def _locks_of(remote: str, git: Git, refs: Sequence[str]) -> list[Path]:
    """The locks that a push may take in a remote that is a directory on this file system."""
    place = git.root / git.run("remote", "get-url", "--push", remote).text.removeprefix("file://")
    if not place.is_dir() or place.stat().st_dev != git.root.stat().st_dev:
        return []
    moved = git.run("rev-parse", "--symbolic-full-name", *refs, accept=(0, 128)).text.splitlines()
    return list(locks(*Git(place).directories, moved))


def _remote(git: Git) -> str:
    branch = git.run("symbolic-ref", "--quiet", "HEAD", accept=(0, 1)).text
    if chosen := branch and git.run("for-each-ref", "--format=%(push:remotename)", branch).text:
        return chosen
    remotes = git.run("remote").text.splitlines()
    if "origin" in remotes or len(remotes) == 1:
        return "origin" if "origin" in remotes else remotes[0]
    raise EnvironmentFault(
        "git does not know where to push to", hint="`git remote add origin URL`, or `git push -u` once"
    )


def _listed(paths: Sequence[str]) -> bytes:
    return b"".join(path.encode() + b"\0" for path in paths)
