"""What is made sure of before OpenQASM text goes to a foreign reader."""

import pytest

from qops.errors import InputError
from qops.model.where import Where
from qops.readers.foreign_text import refuse_foreign_includes


@pytest.mark.parametrize(
    "text",
    [
        'include "stdgates.inc"; include "qelib1.inc";',
        "include 'stdgates.inc';",
        '// include "/etc/passwd";\nqubit q;',
        '/* include "/etc/passwd"; */ include /* here */ "stdgates.inc";',
        'x = "include"; y = "/etc/passwd";',
        'included "/etc/passwd";',
    ],
)
def test_standard_includes_pass(text: str) -> None:
    refuse_foreign_includes(text, "a.qasm")


@pytest.mark.parametrize(
    "include",
    [
        'include "/etc/passwd";',
        'include "a.qasm";',
        'include\n\t"stdgates.inc.bak";',
        'include // "stdgates.inc"\n"/proc/self/environ";',
        'include/* "stdgates.inc" */"/dev/zero";',
        "include '../secret';",
        "include stdgates;",
    ],
)
def test_others_are_refused_unopened(include: str) -> None:
    with pytest.raises(InputError, match="no other file is opened") as caught:
        refuse_foreign_includes(f'include "stdgates.inc";\nqubit q;\n  {include}', "a.qasm")
    assert caught.value.where == Where("a.qasm", 3, 3)
    assert caught.value.excerpt is not None
    assert caught.value.excerpt.startswith("  include")
