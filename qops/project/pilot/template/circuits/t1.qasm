OPENQASM 3.0;
// qops:circuit 1
// qops:annotation ["diagnostic","{\"kind\":\"t1\",\"seed\":0}"]
// qops:annotation ["success","[\"1\"]"]
include "stdgates.inc";
bit[1] c;
sx $5;
sx $5;
delay[656496.0dt] $5;
c[0] = measure $5;
