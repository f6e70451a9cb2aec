from collections.abc import Iterator
from pathlib import Path

import pytest
from readers.functions import DECLARED, Call, Refusal

from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.where import Where
from qops.readers.child import ContainedReader
from qops.readers.messages import CallFunction, Converted, Limits


@pytest.fixture(scope="session")
def contained() -> Iterator[ContainedReader]:
    reader = ContainedReader(Limits(memory=2 << 30, cpu_seconds=20, wall_seconds=30.0))
    yield reader
    reader.close()


@pytest.fixture
def call(contained: ContainedReader, tmp_path: Path) -> Call:
    """Calls `build` in a module with the given text; the circuit that comes of it."""

    def run(text: str, *, limits: Limits | None = None, function: str = "build", **arguments: object) -> Circuit:
        (tmp_path / "ansatz.py").write_text(text)
        where = Where("ansatz.py")
        request = CallFunction(str(tmp_path), f"ansatz:{function}", arguments, where, DECLARED)
        answer = contained.ask(request, limits)
        assert isinstance(answer, Converted)
        return answer.circuit

    return run


@pytest.fixture
def refusal(call: Call) -> Refusal:
    """The same, for functions that cannot end well."""

    def run(text: str, **options: object) -> InputError:
        with pytest.raises(InputError) as caught:
            call(text, **options)
        return caught.value

    return run
