"""The line that is shown while circuits are read, on a terminal that is a real one as far as the system knows."""

import os
import pty
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from select import select

import pytest

from qops.cli import progress
from qops.cli.sources import LazySources
from qops.errors import InputError
from qops.model.manifest import CircuitEntry, QasmSource
from qops.model.where import Where
from qops.vault.memory import MemoryTree

BELL = b'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n'
ERASED = "\x1b[?25h\r\x1b[1A\x1b[2K"
"""The cursor is back, at the beginning of the line, and nothing is in it."""


def entry(name: str) -> CircuitEntry:
    return CircuitEntry(name, QasmSource("a.qasm"), None, (), Where("qops.yaml"))


ENTRIES = [entry("ansatz"), entry("a\x1b[2J[b]\u202e"), entry("classifier")]


class Terminal:
    """A terminal for standard error, and what has been written to it."""

    def __init__(self) -> None:
        self._screen, keyboard = pty.openpty()
        self.stream = os.fdopen(keyboard, "w", encoding="utf-8")
        self.written = ""

    @contextmanager
    def reading(self, entries: list[CircuitEntry]) -> Iterator[Iterable[CircuitEntry]]:
        with redirect_stderr(self.stream), progress.announced(entries) as one_by_one:
            yield one_by_one

    def wait_for(self, text: str) -> None:
        while text not in self.written:
            ready, _, _ = select([self._screen], [], [], 60)
            assert ready, f"{text!r} never came, only {self.written!r}"
            self.written += os.read(self._screen, 4096).decode()

    def all_written(self) -> str:
        self.stream.write("THE END")
        self.stream.flush()
        self.wait_for("THE END")
        return self.written.removesuffix("THE END")

    def close(self) -> None:
        self.stream.close()
        os.close(self._screen)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(progress, "PATIENCE", 0)
    progress.silent.set(False)
    opened = Terminal()
    yield opened
    opened.close()


def test_who_waits_sees_what_is_read_and_nothing_of_it_stays(terminal: Terminal) -> None:
    with terminal.reading(ENTRIES) as entries:
        for number, each in enumerate(entries, 1):
            terminal.wait_for(f"reading circuits  {number}/3  {each.name[:1]}")
    assert terminal.all_written().endswith(ERASED)


def test_the_users_text_is_neither_obeyed_nor_markup(terminal: Terminal) -> None:
    with terminal.reading(ENTRIES[1:2]):
        terminal.wait_for("reading circuits  1/1  a\\x1b[2J[b]\\u202e")


def test_a_long_name_stays_on_its_line(terminal: Terminal) -> None:
    with terminal.reading([entry("a" * 200)]):
        terminal.wait_for("a…")
    assert "a" * 80 not in terminal.all_written()


def test_the_line_is_gone_before_an_error_is_told(terminal: Terminal) -> None:
    def read() -> None:
        with terminal.reading(ENTRIES) as entries:
            for each in entries:
                terminal.wait_for("reading circuits  1/3")
                raise InputError(each.name)

    with pytest.raises(InputError, match="ansatz"):
        read()
    assert terminal.all_written().endswith(ERASED)


def test_who_need_not_wait_sees_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 600)
    with terminal.reading(ENTRIES) as entries:
        assert list(entries) == ENTRIES
    assert terminal.all_written() == ""


def test_who_asked_for_silence_gets_it(terminal: Terminal) -> None:
    progress.silent.set(True)
    with terminal.reading(ENTRIES) as entries:
        assert list(entries) == ENTRIES
    assert terminal.all_written() == ""


def test_a_terminal_that_cannot_draw_a_line_anew_gets_none(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with terminal.reading(ENTRIES) as entries:
        assert entries is ENTRIES


def test_a_pipe_gets_none(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.announced(ENTRIES) as entries:
        assert entries is ENTRIES
    assert capsys.readouterr().err == ""


def test_where_nothing_is_read_nothing_is_said(terminal: Terminal) -> None:
    with terminal.reading([]) as entries:
        assert list(entries) == []
    assert terminal.all_written() == ""


def test_it_stands_there_while_a_circuit_is_read(terminal: Terminal) -> None:
    class SlowTree(MemoryTree):
        def read(self, path: str) -> bytes:
            terminal.wait_for("reading circuits  1/1  bell")
            return super().read(path)

    with redirect_stderr(terminal.stream):
        loaded = LazySources(SlowTree({"a.qasm": BELL})).read([entry("bell")])
    assert loaded["bell"].data == BELL
    assert terminal.all_written().endswith(ERASED)


def test_another_work_has_a_label_of_its_own(terminal: Terminal) -> None:
    with redirect_stderr(terminal.stream), progress.announced(ENTRIES, "comparing circuits") as entries:
        for number, _ in enumerate(entries, 1):
            terminal.wait_for(f"comparing circuits  {number}/3")
    assert terminal.all_written().endswith(ERASED)
