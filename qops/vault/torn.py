"""Where the last whole line of a file ends."""

import os

_STEP = 4096


def whole(descriptor: int) -> int:
    """The number of bytes up to and with the last line feed: a file's size, unless its last line is torn."""
    end = os.fstat(descriptor).st_size
    while end:
        start = max(0, end - _STEP)
        found = os.pread(descriptor, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
