"""Every flipped bit is found and named, and nothing else is."""

import random
from pathlib import Path

import pytest
from fsck.laboratory import Laboratory, damage

FLIPS = 60


def flipped(data: bytes, chance: random.Random) -> bytes:
    bit = chance.randrange(8 * len(data))
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def places(laboratory: Laboratory, kind: str) -> list[Path]:
    root = laboratory.root
    if kind == "object":
        return [laboratory.cached(md5) for r in laboratory.recorded().circuits.values() for md5 in r.files.values()]
    if kind == "copy":
        return sorted(path for path in (root / "artifacts").rglob("*") if path.is_file())
    return {
        "list of files": [laboratory.cached(laboratory.listing())],
        "pointer": [root / "artifacts.dvc"],
        "lock": [root / "qops.lock"],
    }[kind]


@pytest.mark.parametrize("kind", ["object", "list of files", "copy", "pointer", "lock"])
def test_a_flipped_bit_is_found_and_named_and_nothing_else_is(laboratory: Laboratory, kind: str) -> None:
    chance = random.Random(kind)
    candidates = places(laboratory, kind)
    assert laboratory.findings() == []
    for _ in range(FLIPS):
        place = chance.choice(candidates)
        good = place.read_bytes()
        damage(place, flipped(good, chance))
        (finding,) = laboratory.findings()
        damage(place, good)
        assert finding.place.split(":")[0] == place.relative_to(laboratory.root).as_posix()
        assert finding.proven
        assert finding.hint
        if kind in {"object", "list of files"}:
            assert finding.good
            assert finding.expected != finding.found
            assert finding.labels[0] == "at hand"
            assert finding.circuits


def test_a_bit_in_the_name_of_the_store(laboratory: Laboratory) -> None:
    lock = laboratory.root / "qops.lock"
    good = lock.read_bytes()
    start = good.index(b"store: artifacts")
    for bit in range(8 * start, 8 * (start + len(b"store: artifacts"))):
        damage(lock, good[: bit // 8] + bytes([good[bit // 8] ^ 1 << bit % 8]) + good[bit // 8 + 1 :])
        (finding,) = laboratory.findings(digests=False)
        assert finding.place.startswith("qops.lock:")


def test_a_flipped_bit_in_any_version_is_found(laboratory: Laboratory) -> None:
    chance = random.Random(7)
    cache = laboratory.root / ".dvc" / "cache"
    every = sorted(laboratory.objects())
    assert len(every) == 7
    for name in every * 4:
        good = (cache / name).read_bytes()
        damage(cache / name, flipped(good, chance))
        found = [finding.place for finding in laboratory.findings(everything=True) if finding.proven]
        damage(cache / name, good)
        assert found == [f".dvc/cache/{name}"]
