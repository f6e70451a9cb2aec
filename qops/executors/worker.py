"""A worker: takes calls from its channel, one after another, and answers each; it ends when the channel does.

It is forked from `qops.executors.server`, or runs as `python -P -m qops.executors.worker SETUP` with the channel as
standard input and the file for what it prints as standard output.
"""

import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module

import msgspec

from qops.errors import QopsError
from qops.executors.messages import Call, Reply, Setup
from qops.framing import receive_frame, send_frame
from qops.model.wording import visible

Function = Callable[[bytes, Mapping[str, bytes]], bytes]

_PR_SET_PDEATHSIG = 1


def preload(names: tuple[str, ...]) -> None:
    """Import each module `name`; call each function `module:name`."""
    for name in names:
        if ":" in name:
            find(name)()
        else:
            import_module(name)


def find(name: str) -> Callable[..., object]:
    """The function called `module:name`."""
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(import_module(module), function)
    return found


def live(channel: int, printed: int, setup: Setup) -> None:
    """Take calls until nobody calls any more."""
    _settle(printed, setup)
    with socket.socket(fileno=os.dup(channel)) as owner, suppress(EOFError, ConnectionError):
        _close_others(owner.fileno())
        send_frame(owner, msgspec.msgpack.encode(Reply(b"")))  # ready
        resources = msgspec.msgpack.decode(receive_frame(owner), type=dict[str, bytes])
        while True:
            call = msgspec.msgpack.decode(receive_frame(owner), type=Call)
            _forget_what_was_printed()
            reply = perform(call, resources)
            leaving = resident_bytes() > setup.recycle
            send_frame(owner, msgspec.msgpack.encode(msgspec.structs.replace(reply, leaving=leaving)))
            if leaving:
                break
    os._exit(os.EX_OK)


def perform(call: Call, resources: Mapping[str, bytes]) -> Reply:
    """Call the function; whatever it raises is the reply."""
    try:
        result = find(call.function)(call.payload, resources)
        if not isinstance(result, bytes):
            return Reply(None, "failed", f"{call.function} returned {type(result).__name__}, not bytes")
        return Reply(result)
    except MemoryError:
        return Reply(None, "out of memory", "needed more memory than a worker may have")
    except QopsError as problem:
        return Reply(None, "failed", visible(str(problem)))
    except BaseException as problem:  # noqa: BLE001 - a Rust panic and SystemExit are no Exceptions
        name = type(problem).__name__
        return Reply(None, "failed", visible(f"{name}: {problem}" if str(problem) else name))


def resident_bytes() -> int:
    """The memory that this process rests on; where the system does not tell, the most that it ever did."""
    try:
        with open("/proc/self/statm", "rb", buffering=0) as file:  # noqa: PTH123 - a third of the time, after every task
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _settle(printed: int, setup: Setup) -> None:
    """No input, what is printed goes into a file, no more memory than was agreed, and no life after the server's."""
    server = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(os.EX_OK)
    for standard in (1, 2):
        os.dup2(printed, standard)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(OSError, ValueError):  # a system without this limit
        resource.setrlimit(resource.RLIMIT_AS, (setup.memory if most < 0 else min(setup.memory, most), most))


def _close_others(mine: int) -> None:
    """Whatever the server has open is none of our business; what is printed and the channel alone are."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.closerange(3, mine)
    os.closerange(mine + 1, os.sysconf("SC_OPEN_MAX"))


def _forget_what_was_printed() -> None:
    with suppress(OSError):
        if os.lseek(1, 0, os.SEEK_CUR):
            os.lseek(1, 0, os.SEEK_SET)
            os.ftruncate(1, 0)


def main() -> None:
    """The life of a worker that was not forked."""
    setup = msgspec.json.decode(sys.argv[1], type=Setup)
    preload(setup.preload)
    live(0, 1, setup)


if __name__ == "__main__":
    main()
