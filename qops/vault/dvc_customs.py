"""When a store must be written by `dvc add` itself: whatever of the user's could make DVC write otherwise than qops."""

from collections.abc import Iterator
from pathlib import Path

from qops.vault import disk
from qops.vault.dvc_settings import Settings
from qops.vault.git_process import Git
from qops.vault.store_site import Site


def reasons_for_dvc(site: Site, settings: Settings, git: Git) -> tuple[str, ...]:
    """Why qops leaves the writing to `dvc add`, in short; empty where it writes DVC's files directly."""
    return (*settings.unusual, *_ignoring(site), *_overlapping(site), *_ignored_otherwise(site, git))


def has_line(site: Site) -> bool:
    """Whether `.gitignore` holds the line that `dvc add` writes."""
    return ignore_line(site) in disk.read_or_empty(site.gitignore).splitlines()


def ignore_line(site: Site) -> bytes:
    """The line in `.gitignore` for the store."""
    return f"/{site.directory.name}".encode()


def _ignoring(site: Site) -> Iterator[str]:
    for file in _from_dvc_down(site, ".dvcignore"):
        lines = map(bytes.strip, disk.read_or_empty(file).splitlines())
        if any(line and not line.startswith(b"#") for line in lines):
            yield site.shown(file)


def _overlapping(site: Site) -> Iterator[str]:
    """Other outputs that may hold the store; once there is a pointer, DVC itself watches over that."""
    if site.pointer.exists():
        return
    for file in _from_dvc_down(site, "dvc.yaml"):
        if site.directory.name.encode() in disk.read_or_empty(file):
            yield site.shown(file)
    for above in site.directory.parents:
        if above != site.dvc.parent and above.is_relative_to(site.dvc.parent):
            tracked = above.with_name(f"{above.name}.dvc")
            if tracked.exists():
                yield site.shown(tracked)


def _ignored_otherwise(site: Site, git: Git) -> Iterator[str]:
    """A rule of the user's that ignores the store already: whether it is enough for DVC is DVC's to say."""
    if not has_line(site):
        asked = git.run("check-ignore", "--quiet", "--no-index", "--", site.shown(site.directory), accept=(0, 1))
        if asked.code == 0:
            yield "a rule of git's ignores the store"


def _from_dvc_down(site: Site, name: str) -> Iterator[Path]:
    for above in site.directory.parents:
        if above.is_relative_to(site.dvc.parent):
            yield above / name
