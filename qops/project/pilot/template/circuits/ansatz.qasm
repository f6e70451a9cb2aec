OPENQASM 3.0;
include "stdgates.inc";

// Hardware-efficient ansatz: three layers of rotations with two rings of CX between them.
// Trained by train.py; the angles, in radians, stand in parameters/ansatz.csv.
input float[64] theta_0;
input float[64] theta_1;
input float[64] theta_2;
input float[64] theta_3;
input float[64] theta_4;
input float[64] theta_5;
input float[64] theta_6;
input float[64] theta_7;
input float[64] theta_8;
input float[64] theta_9;
input float[64] theta_10;
input float[64] theta_11;
input float[64] theta_12;
input float[64] theta_13;
input float[64] theta_14;
input float[64] theta_15;
input float[64] theta_16;
input float[64] theta_17;
input float[64] theta_18;
input float[64] theta_19;
input float[64] theta_20;
input float[64] theta_21;
input float[64] theta_22;
input float[64] theta_23;

qubit[4] q;

rz(theta_0) q[0];
rz(theta_1) q[1];
rz(theta_2) q[2];
rz(theta_3) q[3];
ry(theta_4) q[0];
ry(theta_5) q[1];
ry(theta_6) q[2];
ry(theta_7) q[3];

cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[3];
cx q[3], q[0];

rz(theta_8) q[0];
rz(theta_9) q[1];
rz(theta_10) q[2];
rz(theta_11) q[3];
ry(theta_12) q[0];
ry(theta_13) q[1];
ry(theta_14) q[2];
ry(theta_15) q[3];

cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[3];
cx q[3], q[0];

rz(theta_16) q[0];
rz(theta_17) q[1];
rz(theta_18) q[2];
rz(theta_19) q[3];
ry(theta_20) q[0];
ry(theta_21) q[1];
ry(theta_22) q[2];
ry(theta_23) q[3];
