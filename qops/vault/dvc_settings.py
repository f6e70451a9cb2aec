"""DVC's own settings, as far as they bear on writing a tracked directory.

DVC merges four INI files, the later over the earlier: system, user, `.dvc/config` and `.dvc/config.local` [1]_.

References:
    [1] https://dvc.org/doc/user-guide/project-structure/configuration
"""

import os
import re
import sys
from pathlib import Path

import msgspec

from qops import world
from qops.vault import disk

_SECTION = re.compile(r"\[\s*+([^\[\]]*[^\[\]\s])\s*+\]\s*+(?:#.*)?")
_ENTRY = re.compile(r"([\w-]+)\s*=\s*(.*)")
_REMOTE = re.compile(r"""'remote "([^"]+)"'\.url""")
_HARMLESS = {
    "core": {"analytics", "check_update", "checksum_jobs", "interactive", "remote", "site_cache_dir"},
    "cache": {"slow_link_warning"},
}
_OFF_BY_DEFAULT = {"autostage", "hardlink_lock", "no_scm"}
_OFF = {"false", "no", "off", "0"}


class Settings(msgspec.Struct, frozen=True):
    """Where DVC's cache is, and every setting by which `dvc add` would write otherwise than qops does.

    `cache` is None where it is no local directory; `unusual` holds short texts such as `cache.type`. `remotes` are the
    names of DVC's remotes, the default one first, each with its directory, None where it is no local one.
    """

    cache: Path | None
    unusual: tuple[str, ...]
    remotes: dict[str, Path | None]


def read_settings(dvc_directory: Path) -> Settings:
    """The settings in force for the DVC repository whose `.dvc` is given.

    Raises:
        EnvironmentFault: a file of settings cannot be read.
    """
    cache: Path | None = dvc_directory / "cache"
    unusual: list[str] = []
    remotes: dict[str, Path | None] = {}
    default = ""
    for file in _files(dvc_directory):
        entries = _entries(file)
        unusual += [name for name, value in entries.items() if _is_unusual(name, value)]
        if moved := entries.get("cache.dir"):
            cache = _directory(file, moved)
        remotes |= {found[1]: _directory(file, url) for name, url in entries.items() if (found := _REMOTE.match(name))}
        default = entries.get("core.remote", default)
    if cache and _is_link(cache):
        unusual.append("a linked cache")
    order = sorted(remotes, key=lambda name: name != default.lower())
    return Settings(cache, tuple(unusual), {name: remotes[name] for name in order})


def _directory(file: Path, location: str) -> Path | None:
    """The local directory that a setting names, from where its file is."""
    return None if "://" in location or "\0" in location else file.parent / _at_home(location)


def _is_link(path: Path) -> bool:
    with disk.faults("look at", path):
        return path.is_symlink()


def _at_home(location: str) -> Path:
    """The path, `~` replaced; where there is no such home it stays, as for DVC."""
    try:
        return Path(location).expanduser()
    except RuntimeError:
        return Path(location)


def _files(dvc_directory: Path) -> tuple[Path, ...]:
    personal, shared = "~/.config", "/etc/xdg"
    if sys.platform == "darwin":
        personal, shared = "~/Library/Application Support", "/Library/Application Support"
    else:
        personal = world.environment("XDG_CONFIG_HOME").strip() or personal
        shared = world.environment("XDG_CONFIG_DIRS").split(os.pathsep)[0].strip() or shared
    return (
        _at_home(world.environment("DVC_SYSTEM_CONFIG_DIR") or f"{shared}/dvc") / "config",
        _at_home(world.environment("DVC_GLOBAL_CONFIG_DIR") or f"{personal}/dvc") / "config",
        dvc_directory / "config",
        dvc_directory / "config.local",
    )


def _entries(file: Path) -> dict[str, str]:
    """The values by `section.name`; a line that only DVC can read goes under a name that is unusual by itself."""
    with disk.faults("read", file):
        try:
            text = file.read_text("utf-8", "replace")
        except (FileNotFoundError, NotADirectoryError):
            return {}
    section, entries = "", {}
    for line in map(str.strip, text.splitlines()):
        if found := _SECTION.fullmatch(line):
            section = found[1].lower()
        elif found := _ENTRY.fullmatch(line):
            entries[f"{section}.{found[1].lower()}"] = found[2].split(" #")[0].strip().strip("\"'")
        elif line and not line.startswith("#"):
            entries[f"cache.{line}"] = ""
    return entries


def _is_unusual(name: str, value: str) -> bool:
    section, _, key = name.partition(".")
    if section == "core" and key in _OFF_BY_DEFAULT:
        return value.lower() not in _OFF
    return section in _HARMLESS and key not in _HARMLESS[section]
