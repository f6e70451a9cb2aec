"""A store's version handed to DVC's default remote, and a look at what arrived there."""

from collections.abc import Mapping
from pathlib import Path

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import Pointer, object_path
from qops.vault import disk
from qops.vault.dvc_command import dvc
from qops.vault.dvc_settings import Settings
from qops.vault.store_site import Site


def push(site: Site, settings: Settings, pointer: Pointer, files: Mapping[str, str]) -> None:
    """`dvc push` of a version, whose `files` are MD5 by path.

    DVC takes a remote that has the version's list of files for one that has the files too, and calls it up to date. A
    push that was killed may have left the list without them: on a remote that is a directory here, such a list is
    removed and the version pushed again.

    Raises:
        EnvironmentFault: DVC failed, or the remote lacks objects after all.
    """
    _dvc_push(site)
    place = next(iter(settings.remotes.values()), None)
    if place is None or not _lacking(place, files):
        return
    with disk.faults("remove", place):
        (place / object_path(pointer.md5)).unlink(missing_ok=True)
    _dvc_push(site)
    if lacking := _lacking(place, files):
        raise EnvironmentFault(
            f"after `dvc push` the remote {place} lacks {len(lacking)} of {len(set(files.values()))} objects",
            hint=f"`dvc push {site.pointer.name} -v` says more",
        )


def _dvc_push(site: Site) -> None:
    dvc(site.directory.parent, "push", site.pointer.name)


def _lacking(place: Path, files: Mapping[str, str]) -> set[str]:
    with disk.faults("look into", place):
        return {digest for digest in files.values() if not (place / object_path(digest)).exists()}
