"""A git repository in a list: one branch, `main`, and tags."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha1

import msgspec

from qops.errors import InputError
from qops.model.ports import Commit
from qops.model.spelling import did_you_mean
from qops.vault.inside import inside
from qops.vault.memory.tree import MemoryTree

_STEPS = re.compile(r"(?P<name>[^~^]+)(?:~(?P<steps>\d*)|(?P<carets>\^+))?")
_TAG = re.compile(r"(?![-.])[\w./+-]+(?<![./])")


class _Recorded(msgspec.Struct, frozen=True):
    """A commit with all its files; `parent` is the place of the one before it, -1 for none."""

    revision: str
    subject: str
    parent: int
    files: dict[str, bytes]


class MemoryHistory:
    """The `History` of `tree`. `pushed` lists what was pushed, in order; `is_shallow` may be set."""

    def __init__(self, tree: MemoryTree, author: str = "A. Tester", date: str = "2026-01-01T00:00:00+00:00") -> None:
        self._tree = tree
        self._author = author
        self._date = date
        self._commits: list[_Recorded] = []
        self._index: dict[str, bytes | None] = {}
        self._tags: dict[str, str] = {}
        self.pushed: list[str] = []
        self.is_shallow = False

    def head(self) -> str | None:
        """The hash of the newest commit."""
        return self._commits[-1].revision if self._commits else None

    def resolve(self, revision: str) -> str:
        """The full hash of a commit: `HEAD`, `main`, a tag, the beginning of a hash, with `~N` or `^` after it.

        Raises:
            InputError: there is no such commit.
        """
        return self._commits[self._place(revision)].revision

    def read(self, revision: str, path: str) -> bytes | None:
        """A file's content at a revision, or None where it is absent there."""
        return self._commits[self._place(revision)].files.get(inside(path))

    def log(self, path: str, revision: str, limit: int) -> tuple[Commit, ...]:
        """The commits that changed `path`, newest first."""
        plain = inside(path)
        found = [self._shown(commit) for commit in self._from(self._place(revision)) if self._changed(commit, plain)]
        return tuple(found[:limit])

    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""
        return self.is_shallow

    def dirty(self, besides: Collection[str] = ()) -> bool:
        """Whether tracked files differ from HEAD, those at the paths `besides` aside."""
        recorded = self._recorded()
        changed = {path for path, data in recorded.items() if self._tree.files.get(path) != data}
        changed |= {path for path in self._index if self.staged([path])}
        return not changed <= set(besides)

    def tags(self) -> tuple[str, ...]:
        """All tag names, sorted."""
        return tuple(sorted(self._tags))

    def staged(self, paths: Sequence[str]) -> bool:
        """Whether the index holds, for any of these paths, something else than HEAD."""
        recorded = self._recorded()
        return any(path in self._index and self._index[path] != recorded.get(path) for path in map(inside, paths))

    def stage(self, paths: Sequence[str]) -> None:
        """Remember the present content of these paths."""
        for path in map(inside, paths):
            self._index[path] = self._tree.files.get(path)

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Record these paths and leave what else is staged; HEAD's hash where none of them differs from HEAD."""
        if not message.strip():
            raise InputError("the commit message is empty", hint="say with `-m` what changed")
        self.stage(paths)
        if self.staged(paths):
            chosen = {path: self._index.pop(path) for path in map(inside, paths)}
            self._record(self._recorded() | chosen, message)
        return self.resolve("HEAD")

    def tag(self, name: str, message: str) -> None:
        """An annotated tag on HEAD; `message` is not kept.

        Raises:
            InputError: git would allow no such name, or the tag exists.
        """
        if not _TAG.fullmatch(name) or ".." in name or not message:
            raise InputError(f"{name!r} is not a name that git allows for a tag", hint="a version: `v1.0.0`")
        if name in self._tags:
            raise InputError(f"the tag {name} exists", hint=f"`git show {name}` shows it; choose the next version")
        self._tags[name] = self.resolve("HEAD")

    def push(self, refs: Sequence[str]) -> None:
        """Remember the refs in `pushed`."""
        for ref in refs:
            self.resolve(ref.removeprefix("refs/tags/").removeprefix("refs/heads/"))
        self.pushed.extend(refs)

    def _record(self, files: Mapping[str, bytes | None], message: str) -> None:
        kept = {path: data for path, data in files.items() if data is not None}
        text = repr((self.head(), message, sorted(kept.items())))
        revision = sha1(text.encode(), usedforsecurity=False).hexdigest()
        self._commits.append(_Recorded(revision, message.splitlines()[0], len(self._commits) - 1, kept))

    def _recorded(self) -> dict[str, bytes]:
        return self._commits[-1].files if self._commits else {}

    def _place(self, revision: str) -> int:
        found = _STEPS.fullmatch(revision)
        place = self._named(found["name"]) if found else None
        if found and place is not None:
            place -= len(found["carets"] or "") or int(found["steps"] or "~" in revision)
        if place is None or place < 0:
            raise InputError(f"git knows no commit {revision!r}", hint=did_you_mean(revision, [*self._tags, "main"]))
        return place

    def _named(self, name: str) -> int | None:
        if name in {"HEAD", "main"}:
            return len(self._commits) - 1
        full = self._tags.get(name, name)
        places = [place for place, commit in enumerate(self._commits) if commit.revision.startswith(full)]
        return places[0] if len(places) == 1 and len(full) >= 4 else None

    def _from(self, place: int) -> Iterator[_Recorded]:
        while place >= 0:
            yield self._commits[place]
            place = self._commits[place].parent

    def _changed(self, commit: _Recorded, path: str) -> bool:
        before = self._commits[commit.parent].files if commit.parent >= 0 else {}
        return before.get(path) != commit.files.get(path)

    def _shown(self, commit: _Recorded) -> Commit:
        tags = tuple(name for name in self.tags() if self._tags[name] == commit.revision)
        return Commit(commit.revision, self._author, self._date, commit.subject, tags)
