OPENQASM 3.0;
include "stdgates.inc";

// ZZ feature map of V. Havlicek et al., Nature 567, 209 (2019): one repetition, pairs along a line.
// Four features of a week enter as angles in radians, centred on pi.
input float[64] x_0;
input float[64] x_1;
input float[64] x_2;
input float[64] x_3;

qubit[4] q;

h q[0];
h q[1];
h q[2];
h q[3];
p(2 * x_0) q[0];
p(2 * x_1) q[1];
p(2 * x_2) q[2];
p(2 * x_3) q[3];

cx q[0], q[1];
p(2 * (pi - x_0) * (pi - x_1)) q[1];
cx q[0], q[1];

cx q[1], q[2];
p(2 * (pi - x_1) * (pi - x_2)) q[2];
cx q[1], q[2];

cx q[2], q[3];
p(2 * (pi - x_2) * (pi - x_3)) q[3];
cx q[2], q[3];
