"""Mutated texts: read, or refused with a place; never anything else. What is read survives its canonical text."""

import os
import random

import pytest

from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.errors import InputError
from qops.model.circuit import Circuit

MUTATIONS = int(os.environ.get("QOPS_FUZZ", "3000"))
OLD = """\
OPENQASM 2.0;
include "qelib1.inc";
gate g(t,u) a,b { rx(t/2) a; cx a,b; barrier a,b; }
qreg q[3];
creg c[3];
g(pi/2,-1e-3) q[0],q[1];
measure q -> c;
if(c==3) x q[0];
mcx q[0],q[1],q[2];
"""
NEW = """\
OPENQASM 3.0;
include "stdgates.inc";
input float[64] theta;
const int n = 3;
qubit[n] q;
bit[2] c;
ctrl(2) @ rz(2*theta) q[0], q[1], q[2];
negctrl @ x q[0], q[1];
pow(0.5) @ h q[0];
c[0] = measure q[0];
if (c[0] == 1 && !c[1]) { reset q[1]; } else { while (c == 2) { x q[0]; break; } }
let a = q[0:1];
h a;
for int i in [0:2] { rx(i*theta) q[0]; }
switch (c) { case 0, 1 { x q[0]; } default { y q[0]; } }
delay[100ns] q[0];
barrier q;
gphase(-pi/4);
"""
CANONICAL = """\
OPENQASM 3.0;
// qops:circuit 1
// qops:name ["parameter","w_0","w[0]"]
// qops:annotation ["name","\\"a\\""]
// qops:seal ["sealed_0","unitary","ab",0,1]
include "stdgates.inc";
input float[64] w_0;
qubit[2] q;
bit[1] c;
rx(w_0) q[0];
sealed_0 q[1] -> c[0];
"""
SEEDS = [OLD.encode(), NEW.encode(), CANONICAL.encode()]
FRAGMENTS = [
    *b'( ) { } [ ] ; 1e999 - ** 99999999999999999999 $3 pi " /* // \x00 \xff q q[0] -> = 0x 1_0 2_ inv@ mcx'.split(),
    *b"u( ctrl@ \xc3\xa9 \xd9\xa3 nan break; case else \xe2\x80\xae : , .. ^ ! #pragma @x return measure".split(),
    b"\n",
    b"// qops:circuit 1\n",
    b"if (c[0]) ",
    b"gate f a {",
    b"// qops:name [1]\n",
]


def mutate(seed: bytes, chance: random.Random) -> bytes:
    data = bytearray(seed)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place:place] = chance.choice(FRAGMENTS)
            case 1:
                del data[place : place + chance.randrange(1, 20)]
            case 2:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case _:
                other = chance.randrange(len(data) + 1)
                data[place:place] = data[other : other + chance.randrange(60)]
    return bytes(data)


def read_or_refuse(data: bytes) -> Circuit | None:
    try:
        return read(data, "mutated.qasm")
    except InputError as error:
        if error.where is None:
            pytest.fail(f"no place in {error} for {data!r}")
        return None


def test_mutated_texts_are_read_or_refused() -> None:
    chance = random.Random(25)
    survivors = 0
    for number in range(MUTATIONS):
        data = mutate(chance.choice(SEEDS), chance)
        circuit = read_or_refuse(data)
        if circuit is not None:
            survivors += 1
            again = read(write(circuit).encode(), "canonical.qasm")
            assert digests(again, b"") == digests(circuit, b""), (number, data)
    assert survivors > MUTATIONS // 100
