"""`python -m fuzz`: mutated files of every kind that qops reads, `--count` of them, drawn with `--seed`.

Each is read, or refused with an error of qops's own that can be told; within two seconds of processor time and 512 MiB
above what the process has; and what is read is no nonsense. Whatever else happens is printed and kept in `--keep`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from fuzz.examining import Examiner, memory_in_use, say
from fuzz.formats import kinds, tight

from qops.readers.child import ContainedReader

EXTRA_BYTES = 512 << 20


def main() -> int:
    """The program."""
    choice = _choice()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        contained = ContainedReader(tight(memory_in_use() + EXTRA_BYTES))
        everything = kinds(Path(place), contained)
        chosen = {name: everything[name] for name in choice.kinds or everything}
        weights = sum(kind.weight for kind in chosen.values())
        examiner = Examiner(EXTRA_BYTES, Path(choice.keep) if choice.keep else None)
        for name, kind in chosen.items():
            count = max(1, choice.count * kind.weight // weights)
            tally = examiner.examine(name, kind, count, choice.seed)
            failures += tally.failures
            say(f"{name}: {tally}")
        contained.close()
    say(f"in all: {examiner.total:,} files, {failures} failures")
    return 1 if failures else 0


def _choice() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="a directory for the files at which something failed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
