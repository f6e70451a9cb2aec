"""Carrying out a plan: cache objects, the tree object, work tree copies, then the pointer.

Killed anywhere and run again, this ends as if it had run once: until the pointer is renamed into its place the store
still says what it said before, and every step can be taken twice.
"""

from pathlib import Path

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import write_pointer
from qops.vault import atomic, disk, durable
from qops.vault.dvc_command import dvc
from qops.vault.dvc_customs import has_line, ignore_line
from qops.vault.object_cache import ObjectCache
from qops.vault.slot import Slot
from qops.vault.store_plan import Plan
from qops.vault.store_scan import SLOT_NAME, scan
from qops.vault.store_site import Site


def write_directly(site: Site, cache: ObjectCache, plan: Plan) -> None:
    """Write what `dvc add` would write, byte for byte. The caller holds DVC's locks."""
    objects = plan.rescued | plan.objects
    tree = objects.pop(plan.pointer.md5, None)
    written = [cache.put(digest, data) for digest, data in objects.items()]
    if tree is not None:
        written.append(cache.put(plan.pointer.md5, tree))
    if not has_line(site):
        before = disk.read_or_empty(site.gitignore)
        separator = b"" if before.endswith(b"\n") or not before else b"\n"
        atomic.write(site.gitignore, before + separator + ignore_line(site) + b"\n")
    written += write_copies(site, plan)
    durable.flush(written)
    if disk.read_or_empty(site.pointer) != write_pointer(plan.pointer):
        atomic.write(site.pointer, write_pointer(plan.pointer))


def clear_leftover(site: Site) -> None:
    """Remove what a killed save was just writing. The caller holds the repository's lock, so nobody is writing now."""
    for path in (site.directory / SLOT_NAME, atomic.beside(site.pointer), atomic.beside(site.gitignore)):
        Slot(path).clear()


def write_copies(site: Site, plan: Plan) -> list[Path]:
    """Bring the work tree to the plan's state; the files written, none of them flushed."""
    slot = Slot(site.directory / SLOT_NAME)
    for path in plan.removals:
        place = site.directory / path
        with disk.faults("remove", place):
            place.unlink(missing_ok=True)
    prune(site.directory)
    for path, data in plan.copies.items():
        place = site.directory / path
        with disk.faults("write", place):
            slot.place(place, data)
    return [site.directory / path for path in plan.copies]


def prune(directory: Path) -> None:
    """Remove the empty directories below `directory`, and make it if there is none; DVC tracks files only."""
    with disk.faults("prune", directory):
        directory.mkdir(parents=True, exist_ok=True)
        for path in reversed(scan(directory).directories):
            place = directory / path
            if not any(place.iterdir()):
                place.rmdir()


def prepare_for_dvc(site: Site, cache: ObjectCache, plan: Plan) -> None:
    """Write the copies, and clear the way of `dvc add`, which believes the objects it finds. Under DVC's locks."""
    for digest, data in plan.rescued.items():
        cache.put(digest, data)
    for digest in plan.objects:
        cache.drop(digest)
    write_copies(site, plan)


def write_through_dvc(site: Site, plan: Plan) -> None:
    """Have `dvc add` write the rest; the caller must not hold DVC's locks, since DVC takes them.

    Raises:
        EnvironmentFault: DVC failed, or recorded something else than was written.
    """
    name = site.directory.name
    dvc(site.directory.parent, "add", name)
    if disk.read_or_empty(site.pointer) != write_pointer(plan.pointer):
        raise EnvironmentFault(
            f"`dvc add {name}` recorded other files than qops wrote",
            hint="a `.dvcignore` that leaves artifacts out would do that: `dvc check-ignore --details PATH`",
        )
