OPENQASM 3.0;
include "stdgates.inc";

// Active reset: measure, flip what reads 1, and once more, instead of waiting for the qubits to relax.
// `leftover` reads 0000 unless a flip failed; drop the shots where it does not.
qubit[4] q;
bit[4] warm;
bit[4] leftover;

warm = measure q;
if (warm[0]) { x q[0]; }
if (warm[1]) { x q[1]; }
if (warm[2]) { x q[2]; }
if (warm[3]) { x q[3]; }

leftover = measure q;
if (leftover[0]) { x q[0]; }
if (leftover[1]) { x q[1]; }
if (leftover[2]) { x q[2]; }
if (leftover[3]) { x q[3]; }
