"""What the tests have done in workers; imported there, not here."""

import ctypes
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from qops.errors import InputError

Resources = Mapping[str, bytes]
SEEN: list[str] = []


def echo(payload: bytes, _: Resources) -> bytes:
    return payload


def with_resource(payload: bytes, resources: Resources) -> bytes:
    return payload + resources["target"]


def pid(_: bytes, __: Resources) -> bytes:
    return str(os.getpid()).encode()


def note_pid_and_sleep(payload: bytes, _: Resources) -> bytes:
    directory = Path(payload.decode())
    (directory / f"{os.getpid()}.pid").touch()
    time.sleep(1000)
    return b""


def threads(_: bytes, __: Resources) -> bytes:
    return str(len(list(Path("/proc/self/task").iterdir()))).encode()


def environment(payload: bytes, _: Resources) -> bytes:
    return os.environ.get(payload.decode(), "unset").encode()


def fail(payload: bytes, _: Resources) -> bytes:
    raise ValueError(payload.decode())


def refuse(_: bytes, __: Resources) -> bytes:
    raise InputError("the circuit is wider than the target")


def leave(_: bytes, __: Resources) -> bytes:
    sys.exit("enough")


def return_text(_: bytes, __: Resources) -> bytes:
    return "text"


def end(payload: bytes, _: Resources) -> bytes:
    sys.stderr.write("last words\n")
    os._exit(int(payload))


def segfault(_: bytes, __: Resources) -> bytes:
    ctypes.string_at(0)
    return b""


def crash_once(payload: bytes, _: Resources) -> bytes:
    marker = Path(payload.decode())
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    return b"the second time"


def sleep_for_ever(_: bytes, __: Resources) -> bytes:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time.sleep(100000)
    return b""


def hold_the_interpreter(_: bytes, __: Resources) -> bytes:
    """Backtracks for ever in C, without a look at signals or other threads."""
    re.fullmatch("(a|a)*b", "a" * 64)
    return b""


def close_the_channel_and_stay(_: bytes, __: Resources) -> bytes:
    os.closerange(3, 100)
    time.sleep(100000)
    return b""


def leave_a_child(payload: bytes, _: Resources) -> bytes:
    child = os.fork()
    if child == 0:
        time.sleep(1000)
        os._exit(0)
    Path(payload.decode()).write_text(str(child))
    return b""


def allocate(payload: bytes, _: Resources) -> bytes:
    return str(len(bytearray(int(payload)))).encode()


def abort_as_rust_does(_: bytes, __: Resources) -> bytes:
    sys.stderr.write("memory allocation of 68719476736 bytes failed\n")
    os.abort()


def keep(payload: bytes, _: Resources) -> bytes:
    """Rest on so many bytes from now on."""
    KEPT.append(b"x" * int(payload))
    return str(os.getpid()).encode()


KEPT: list[bytes] = []


def note_preload() -> None:
    SEEN.append(f"preloaded in {os.getpid()}")


def seen(_: bytes, __: Resources) -> bytes:
    return " ".join(SEEN).encode()


def start_a_thread() -> None:
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()


def fail_to_preload() -> None:
    raise RuntimeError("no Qiskit here")


def kill_the_server(_: bytes, __: Resources) -> bytes:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1000)
    return b""


def nap(payload: bytes, _: Resources) -> bytes:
    time.sleep(0.1)
    return payload


def kill_the_process_that_ordered(_: bytes, __: Resources) -> bytes:
    """The one that started the server that started this worker."""
    server = Path(f"/proc/{os.getppid()}/stat").read_text()
    os.kill(int(server.rpartition(")")[2].split()[1]), signal.SIGKILL)
    time.sleep(1000)
    return b""
