"""The storage ports in memory, for tests and for embedding: they keep the same contracts, and touch no disk."""

from qops.vault.memory.actions import MemoryActions, MemoryTurns
from qops.vault.memory.cells import MemoryCellCache
from qops.vault.memory.history import MemoryHistory
from qops.vault.memory.inspection import MemoryInspection
from qops.vault.memory.series import MemorySeries
from qops.vault.memory.store import MemoryStore
from qops.vault.memory.tree import MemoryTree

__all__ = [
    "MemoryActions",
    "MemoryCellCache",
    "MemoryHistory",
    "MemoryInspection",
    "MemorySeries",
    "MemoryStore",
    "MemoryTree",
    "MemoryTurns",
]
