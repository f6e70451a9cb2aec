"""The identity of a circuit from its text: a gate's price, how it grows, and Qiskit's `==` on the same pair."""

import math
from collections.abc import Iterator
from functools import partial

from benchmarks import aside, devqubit, measure, outcome, random_circuits, rivals
from benchmarks.outcome import Row
from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.model.digest import CircuitDigest

LARGE = 100_000
RUNS = {1_000: 50, 10_000: 15, LARGE: 7, 1_000_000: 2}


def identity(data: bytes) -> CircuitDigest:
    """Text to digests, as `qops` goes from one to the other."""
    return digests(read(data, "circuit.qasm"), data)


def rows(*, small: bool) -> Iterator[Row]:
    """Microseconds a gate at each size; then two equal circuits, identified by qops and compared by Qiskit."""
    yield from _sizes({100: 1, 1_000: 1} if small else RUNS)
    gates = 200 if small else LARGE
    yield from _pair(gates, 1 if small else 3)
    yield _devqubit(gates, small=small)


def _sizes(runs: dict[int, int]) -> Iterator[Row]:
    seconds: dict[int, float] = {}
    for gates, repeats in runs.items():
        data = random_circuits.text(gates, seed=1)
        seconds[gates], _ = measure.call(partial(identity, data), repeats)
        price, bar = 1e6 * seconds[gates] / gates, 3 if gates == LARGE else None
        yield Row(f"gates_{gates}", f"identity of {gates:,} gates, from text", price, "µs/gate", bar)
    least, most = min(seconds), max(seconds)
    exponent = math.log(seconds[most] / seconds[least]) / math.log(most / least)
    what = f"exponent p of time ~ gates^p, {least:,} to {most:,} gates"
    yield Row("exponent", what, exponent, bar=1.1)


def _pair(gates: int, runs: int) -> Iterator[Row]:
    data = random_circuits.text(gates, seed=1)
    one, _ = measure.call(partial(identity, data), runs)
    two, _ = measure.call(lambda: identity(data) == identity(data), runs)
    first, second = (rivals.loads(data) for _ in "ab")
    theirs, equal = measure.call(lambda: first == second, min(runs, 2))
    assert equal
    yield Row("equality_seconds", f"Qiskit's `==` of two equal circuits of {gates:,} gates, loaded", theirs, "s")
    what = "that `==`, beside one identity from text and a digest that was recorded"
    yield Row("equality_to_one", what, theirs / one, "x", bar=20, at_least=True)
    yield Row("equality_to_two", "that `==`, beside two identities, both from text", theirs / two, "x")


def _devqubit(gates: int, *, small: bool) -> Row:
    key, what = "devqubit", f"devqubit's two hashes of {gates:,} gates, loaded"
    if small:
        return Row(key, what, None, skipped="not in a trial")
    try:
        seconds = devqubit.hashing_seconds(random_circuits.text(gates, seed=1))
    except aside.NotInstalledError as reason:
        return Row(key, what, None, skipped=str(reason))
    return Row(key, what, 1e6 * seconds / gates, "µs/gate")


if __name__ == "__main__":
    outcome.run("identity", rows)
