"""However a driver ends, git gets a code that it understands, and the user a word and no traceback."""

import pytest

from qops.drivers import textconv
from qops.drivers.boundary import guarded
from qops.errors import EnvironmentFault, ExitCode, InputError


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (InputError("wrong", hint="right"), 2, "qops: wrong\n  right\n"),
        (EnvironmentFault("full"), 4, "qops: full\n"),
        (FileNotFoundError(2, "No such file or directory", "a.qasm"), 4, "qops: a.qasm: No such file or directory\n"),
        (BrokenPipeError(32, "Broken pipe"), 4, "qops: [Errno 32] Broken pipe\n"),
        (KeyboardInterrupt(), 130, "qops: interrupted\n"),
        (KeyError("x"), 70, "qops: this is a bug in qops: KeyError: 'x'\n"),
    ],
    ids=str,
)
def test_every_end_has_a_code_and_a_word(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def run() -> int:
        raise error

    assert guarded(run) == code
    assert capsys.readouterr() == ("", told)
    failed = ExitCode.INTERRUPTED if code == 130 else ExitCode.INPUT
    assert guarded(run, ExitCode.INPUT) == failed


def test_a_file_that_is_not_there_is_not_converted(capsys: pytest.CaptureFixture[str]) -> None:
    assert textconv.run(["nowhere.qasm"]) == 4
    assert capsys.readouterr().err == "qops: nowhere.qasm: No such file or directory\n"
