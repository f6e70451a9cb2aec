"""Entries of the manifest, and what a backend is given besides."""

from qops.backends import Site
from qops.circuits.reader import read
from qops.model.circuit import Circuit
from qops.model.manifest import BackendEntry
from qops.model.target import Target
from qops.model.where import Where
from support.targets import LINE

BELL = """\
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
c[0] = measure q[0];
c[1] = measure q[1];
"""
ON_WIRES = """\
OPENQASM 3.0;
include "stdgates.inc";
bit[2] c;
x $1;
c[0] = measure $0;
c[1] = measure $1;
"""


def entry(name: str, kind: str, **facts: object) -> BackendEntry:
    """An entry of the manifest, at a place of its own."""
    return BackendEntry(name=name, kind=kind, where=Where("qops.yaml", 3, 3), **facts)


def site(files: dict[str, bytes] | None = None, target: Target = LINE) -> Site:
    """What is around a backend: files, one target for every name, nobody to talk to."""
    return Site(lambda path: (files or {})[path], lambda _: target, lambda _: None)


def circuit(text: str = BELL) -> Circuit:
    """A circuit of a text."""
    return read(text.encode(), "circuit.qasm")
