"""Programs that stand before `git` and before DVC's Python, count their calls, and have strace at the one chosen.

The environment says what to do: `TORTURE_AT` is the number of the call, `TORTURE_OPTIONS` are strace's for it, and with
`TORTURE_ALL` a killed child takes its parent with it. `TORTURE_ASIDE` is a directory for the count and for the logs.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from torture.strace import TRACED

_SCRIPT = """\
#!/bin/sh
read -r n <"$TORTURE_ASIDE/{name}.count"
n=$((n + 1))
echo $n >"$TORTURE_ASIDE/{name}.count"
case "$TORTURE_AT" in
every) exec strace -ff --seccomp-bpf -qq -y -s 200 -o "$TORTURE_ASIDE/{name}.$n" $TORTURE_OPTIONS {real} "$@" ;;
{name}.$n) ;;
*) exec {real} "$@" ;;
esac
strace -f -qq -y -o "$TORTURE_ASIDE/injected" $TORTURE_OPTIONS {real} "$@"
code=$?
if [ $code -eq 137 ]; then
    [ -z "$TORTURE_ALL" ] || kill -9 $PPID
    kill -9 $$
fi
exit $code
"""
NAMES = ("git", "dvc")


def install(directory: Path) -> None:
    """Write the programs `git` and `dvc`, the latter to be taken for Python."""
    directory.mkdir()
    for name, real in zip(NAMES, (shutil.which("git"), sys.executable), strict=True):
        script = directory / name
        script.write_text(_SCRIPT.format(name=name, real=real))
        script.chmod(0o755)


def surroundings(directory: Path, aside: Path, at: str, options: Sequence[str], *, all_of_it: bool) -> dict[str, str]:
    """The variables with which the programs do as they are told; `at` is `git.3`, or `every` to record."""
    for name in NAMES:
        (aside / f"{name}.count").write_text("0\n")
    return {
        "PATH": f"{directory}:{Path(sys.executable).parent}:/usr/bin:/bin",
        "TORTURE_PYTHON": str(directory / "dvc"),
        "TORTURE_ASIDE": str(aside),
        "TORTURE_AT": at,
        "TORTURE_OPTIONS": " ".join(options) or f"-e trace={TRACED}",
        "TORTURE_ALL": "yes" if all_of_it else "",
    }


def recorded(aside: Path) -> dict[str, list[str]]:
    """What strace wrote of each call when `every` was recorded: one log a process."""
    found: dict[str, list[str]] = {}
    for path in sorted(aside.iterdir()):
        name, _, rest = path.name.partition(".")
        if name in NAMES and rest != "count":
            found.setdefault(f"{name}.{rest.partition('.')[0]}", []).append(path.read_text(errors="replace"))
    return found
