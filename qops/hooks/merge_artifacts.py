"""A three-way merge of a directory that DVC tracks, file by file, through the pointers that git merges."""

from qops.errors import InputError
from qops.formats.dvc_files import read_pointer, write_pointer
from qops.hooks.ports import Versions
from qops.hooks.three_way import Merged, combine


def merge(ours: bytes, base: bytes, theirs: bytes, file: str, versions: Versions) -> Merged:
    """The pointer to a directory with the changes of both sides; its version is in the cache then.

    Args:
        ours: the `.dvc` file on the branch that is merged into.
        base: the one on the common ancestor; empty where there was none.
        theirs: the one on the branch that is merged.
        file: what to call it in errors.
        versions: DVC's cache.

    Raises:
        InputError: both sides changed the same file, or a pointer is not one that `dvc add DIRECTORY` writes.
        EnvironmentFault: the cache does not hold all of it.
    """
    mine, other = (versions.files(read_pointer(side, file)) for side in (ours, theirs))
    old = versions.files(read_pointer(base, file)) if base else {}
    files, conflicts = combine(mine, old, other)
    if conflicts:
        raise InputError(
            f"both sides changed {', '.join(sorted(conflicts))}",
            hint=f"merge the sources, run `git checkout --ours -- {file}`, then `qops snapshot`",
        )
    data = write_pointer(versions.keep(files))
    return Merged(data, clean=True, note=f"`dvc checkout {file}` brings the merged directory")
