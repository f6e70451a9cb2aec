"""Looking at processes from outside."""

import threading
from collections.abc import Callable
from pathlib import Path


def gone(pid: int) -> bool:
    """Whether a process has ended, its parent having noticed or not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return state.rpartition(")")[2].split()[0] == "Z"


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether it becomes true before patience ends, which is far beyond any real wait."""
    pause = threading.Event()
    return any(condition() or pause.wait(0.02) for _ in range(1500))
