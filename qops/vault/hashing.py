"""The MD5 of a file of any size, in constant memory, and what keeps a place from having one."""

import errno
import stat
from functools import partial
from hashlib import file_digest, md5
from pathlib import Path

from qops.model.custody import Seen
from qops.vault import disk

_KINDS = {
    stat.S_IFDIR: "a directory is in its place",
    stat.S_IFIFO: "a pipe is in its place",
    stat.S_IFSOCK: "a socket is in its place",
    stat.S_IFCHR: "a device is in its place",
    stat.S_IFBLK: "a device is in its place",
}
_UNREADABLE = {errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP, errno.ENXIO}

_new_md5 = partial(md5, usedforsecurity=False)


def look(path: Path, shown: str) -> Seen | None:
    """What lies at `path`, which a person calls `shown`; None where nothing does. Links are followed.

    Raises:
        EnvironmentFault: it is not the file that is to blame, but, say, the limit of open files.
    """
    with disk.faults("read", path):
        try:
            mode = path.stat().st_mode
            if kind := _KINDS.get(stat.S_IFMT(mode)):
                return Seen(shown, trouble=kind)
            with path.open("rb", buffering=0) as file:
                digest = file_digest(file, _new_md5)
                return Seen(shown, digest.hexdigest(), file.tell())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            if problem.errno not in _UNREADABLE:
                raise
            reason = problem.strerror or str(problem)
            return Seen(shown, trouble=f"it cannot be read: {reason[:1].lower()}{reason[1:]}")
