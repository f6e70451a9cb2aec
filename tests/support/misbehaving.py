"""A child that answers one question and then does what the environment says."""

import os
import signal
import sys
import time

from qops.circuits.equivalence.provable import Statement
from qops.model.examination import Exact
from qops.oracles.messages import Distances, States
from qops.oracles.serving import serve


def answer(question: Distances | States | Statement) -> Exact:  # noqa: C901 - one case a misbehaviour
    if isinstance(question, Distances) and question.old == question.new:
        return Exact(fidelity=1.0)
    match os.environ["MISBEHAVIOUR"]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "abort":
            sys.stderr.write("terminate called after throwing an instance of 'std::bad_alloc'\n")
            sys.stderr.flush()
            os.abort()
        case "hang":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "eat":
            return Exact(unexamined="x" * (8 << 30))
        case "print":
            os.write(1, b"some library has something to say")
        case "leave":
            sys.exit("something is missing")
        case "raise":
            raise ValueError("not like this")
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
    return Exact()


if __name__ == "__main__":
    serve(answer)
