"""Whatever is saved after whatever, the real store and the one in memory say and hold the same."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qops.vault.dvc_store import DvcStore
from qops.vault.memory import MemoryStore, MemoryTree
from qops.vault.worktree import LocalTree

PATHS = st.sampled_from(["a", "b/x", "b/y", "c/d/e", "é"])
CONTENTS = st.dictionaries(PATHS, st.binary(max_size=2))
SAVES = st.lists(st.tuples(CONTENTS, st.sets(PATHS)), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAVES)
def test_the_store_in_memory_is_faithful(
    dvc_template: Path, store_in: Callable[..., DvcStore], saves: list[tuple[dict[str, bytes], set[str]]]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "repository"
        shutil.copytree(dvc_template, root)
        real, real_tree, memory_tree = store_in(root), LocalTree(root), MemoryTree()
        memory = MemoryStore(memory_tree)
        before: dict[str, str] = {}
        for contents, kept in saves:
            keep = {path: before[path] for path in kept & before.keys() - contents.keys()}
            saved, remembered = real.save(contents, keep), memory.save(contents, keep)
            assert (saved.files, saved.changed) == (remembered.files, remembered.changed)
            before = saved.files
        assert {path: real_tree.read(path) for path in real_tree.glob("artifacts/**")} == {
            path: memory_tree.read(path) for path in memory_tree.glob("artifacts/**")
        }
        assert real_tree.read("artifacts.dvc") == memory_tree.read("artifacts.dvc")
