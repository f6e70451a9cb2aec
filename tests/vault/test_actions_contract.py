"""The contracts of `ActionRunner` and `Turns`, and what only real programs can show."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.model.action_ports import ActionRunner, Ending, Turns
from qops.vault.actions import LocalActions
from qops.vault.memory import MemoryActions, MemoryTurns
from qops.vault.turn import LocalTurns

LOG = ".qops/logs/action.log"
ENDINGS = {
    "true": [Ending("done", 0)],
    "false": [Ending("failed", 1)],
    "no-such-program": [Ending("not started", said="no such file or directory")],
}


@pytest.fixture(params=["local", "memory"])
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> ActionRunner:
    return LocalActions(tmp_path) if request.param == "local" else MemoryActions(ENDINGS)


@pytest.fixture(params=["local", "memory"])
def turns(request: pytest.FixtureRequest, tmp_path: Path) -> Turns:
    return LocalTurns(tmp_path, "process 7 on here") if request.param == "local" else MemoryTurns("process 7 on here")


@pytest.mark.parametrize("name", ENDINGS)
def test_a_program_ends_as_it_ends(runner: ActionRunner, name: str) -> None:
    assert runner.run((name,), {}, 10.0, LOG) == ENDINGS[name][0]


def test_a_turn_is_taken_by_one_at_a_time_and_given_back(turns: Turns) -> None:
    for _ in range(2):
        with turns.take("ghz") as busy, turns.take("ghz") as other, turns.take("bell") as another:
            assert (busy, another) == (None, None)
            assert other == "actions are being run by process 7 on here"


def test_a_turn_is_given_back_when_its_holder_fails(turns: Turns) -> None:
    with pytest.raises(ZeroDivisionError), turns.take("ghz"):
        raise ZeroDivisionError
    with turns.take("ghz") as busy:
        assert busy is None


def python(tmp_path: Path, text: str, limit_s: float = 20.0, grace_s: float = 5.0, **variables: str) -> Ending:
    return LocalActions(tmp_path, grace_s).run((sys.executable, "-c", text), variables, limit_s, LOG)


def test_words_and_variables_arrive_as_they_are(tmp_path: Path) -> None:
    words = ("a b", "$HOME", "; false", "*", "")
    text = "import os, sys; print(sys.argv[1:], os.environ['QOPS_DRIFT_ONSET'], os.getcwd(), sys.stdin.read())"
    ending = LocalActions(tmp_path).run((sys.executable, "-c", text, *words), {"QOPS_DRIFT_ONSET": "é\n$x"}, 20.0, LOG)
    assert ending.result == "done"
    printed = (tmp_path / LOG).read_text()
    assert printed == f"{list(words)} é\n$x {os.path.realpath(tmp_path)} \n"


def test_git_is_not_told_of_the_repository_that_a_hook_runs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("MINE", "kept")
    python(tmp_path, "import os; print(os.environ.get('GIT_DIR'), os.environ['MINE'])")
    assert (tmp_path / LOG).read_text() == "None kept\n"


def test_the_last_that_it_said_is_kept_and_shown_so_that_it_does_nothing(tmp_path: Path) -> None:
    ending = python(tmp_path, r"import sys; print('x' * 9000); print('\x1b[2Jlast', file=sys.stderr); sys.exit(3)")
    assert ending == Ending("failed", 3, "\\x1b[2Jlast")


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def appears(path: Path) -> bool:
    for _ in range(1000):
        if path.exists() and path.read_text().strip():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("deaf", [False, True])
def test_when_its_time_is_over_all_that_it_started_is_ended(tmp_path: Path, *, deaf: bool) -> None:
    text = (
        "import os, signal, subprocess, sys, time\n"
        f"deaf = {deaf}\n"
        "if deaf: signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "open('pids.part', 'w').write(f'{os.getpid()} {child.pid}')\n"
        "os.rename('pids.part', 'pids')\n"
        "time.sleep(60)\n"
    )
    ending = python(tmp_path, text, limit_s=1.5, grace_s=0.2)
    assert ending.result == "timed out"
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    for _ in range(200):
        if all(map(gone, pids)):
            break
        time.sleep(0.01)
    assert all(map(gone, pids))


def test_an_interrupt_ends_it_and_is_raised_again(tmp_path: Path) -> None:
    def interrupt() -> None:
        assert appears(tmp_path / "pid")
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    waiting = threading.Thread(target=interrupt)
    waiting.start()
    with pytest.raises(KeyboardInterrupt):
        python(tmp_path, "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)")
    waiting.join()
    assert gone(int((tmp_path / "pid").read_text()))


def test_a_log_that_cannot_be_written_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / ".qops").write_text("in the way")
    with pytest.raises(EnvironmentFault, match="cannot write"):
        python(tmp_path, "open('ran', 'w')")
    assert not (tmp_path / "ran").exists()


def test_a_word_with_a_null_is_no_program(tmp_path: Path) -> None:
    assert LocalActions(tmp_path).run(("a\0b",), {}, 1.0, LOG).result == "not started"
