"""Starts a driver in half the time of `python -m`: `python -I -S qops/drivers/__main__.py PATHS NAME ARGUMENT…`.

git runs a driver twice for every changed file. So what a site's `.pth` files do is left out, and so is what libraries
import without need, and the taking apart of a process that ends anyway. PATHS, with `:` between them, are the
directories of qops and of the libraries that it stands on.
"""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

_DISPENSABLE = ("_hashlib", "_uuid", "typing_extensions")
"""OpenSSL's hashes and libuuid, which Python does without, and what `typing` has too: imported if they are there."""


def start(words: Sequence[str]) -> int:
    """Run the driver that the words name; its exit code."""
    paths, name, *arguments = words
    sys.path[:0] = paths.split(":")
    left_out: dict[str, Any] = dict.fromkeys(_DISPENSABLE)
    sys.modules.update(left_out)
    gc.disable()
    from qops.drivers.by_name import driver

    return driver(name)(arguments)


if __name__ == "__main__":
    code = start(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
