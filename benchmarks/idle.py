"""Tasks that do no work, in a module that costs nothing to import: what remains is the executor's own."""

import os
import signal
import time
from collections.abc import Mapping


def nothing(payload: bytes, _: Mapping[str, bytes]) -> bytes:
    """The task that is over at once."""
    return payload


def nothing_at_all(payload: bytes) -> bytes:
    """The same for a pool that knows no resources."""
    return payload


def crash(_: bytes, __: Mapping[str, bytes]) -> bytes:
    """A task that takes its process with it."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def hang(_: bytes, __: Mapping[str, bytes]) -> bytes:
    """A task that does not end, and does not listen."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(100_000)
    return b""
