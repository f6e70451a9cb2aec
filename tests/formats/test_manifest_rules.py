from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.formats import manifest_rules as rules


@pytest.mark.parametrize(
    "name", ["a", "3_17", "A.b-c_d", "a/b/c", "zoo/*", "*", "a*b", "x" * 100, "_private", "console"]
)
def test_names_that_are_directories_everywhere(name: str) -> None:
    assert rules.circuit_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a/..",
        ".hidden",
        "a/.b",
        "a.",
        "a b",
        "é",
        "a/",
        "/a",
        "a//b",
        "a\\b",
        "-a",
        "x" * 101,
        "a:b",
        "a\0",
        "con",
        "NUL",
        "a/com1",
        "aux.x",
        "lpt9.tar.gz",
        "a**",
        "*/*",
        "circuit.qasm",
        "a/Parameters.CSV",
        "a\n",
    ],
)
def test_names_that_are_not(name: str) -> None:
    assert rules.circuit_name(name) is not None


@given(st.text(alphabet="ab.-_/*CON1é \\:", max_size=12))
def test_an_accepted_name_is_a_plain_relative_path_on_windows_too(name: str) -> None:
    if rules.circuit_name(name) is None:
        path = PureWindowsPath(name.replace("*", "x"))
        assert not path.anchor
        assert not path.is_reserved()
        assert path.as_posix() == name.replace("*", "x")


@pytest.mark.parametrize(
    "path", ["a.qasm", "a/b.qasm", "a/.b", "é/x y.qasm", "a[1].qasm", "...", "a..b", ".github/a", "git/.gitx"]
)
def test_paths_within_the_repository(path: str) -> None:
    assert rules.repository_path(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        " ",
        "/a",
        "~/a",
        "C:/a",
        "c:a",
        "../a",
        "a/../b",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "a\0b",
        "a\nb",
        "x" * 1001,
        ".git/a",
        ".GIT/a",
        "sub/.git/a",
        ".dvc/cache",
        ".qops/x",
        "\\\\server\\x",
    ],
)
def test_paths_that_leave_it_or_belong_to_others(path: str) -> None:
    assert rules.repository_path(path) is not None


@pytest.mark.parametrize(
    "path", ["a.qasm", "A.QASM", "a.qpy", "*.qasm", "a/**/*.qasm", "a/**/b.qasm", "**.qasm", "a[1].qasm"]
)
def test_sources(path: str) -> None:
    assert rules.source_path(path) is None


@pytest.mark.parametrize(
    "path",
    ["a.py", "a.txt", "qasm", "*/*.qasm", "a**b.qasm", "***.qasm", "**/**.qasm", "?*.qasm", "[a]*.qasm", "../*.qasm"],
)
def test_what_is_no_source(path: str) -> None:
    assert rules.source_path(path) is not None


@pytest.mark.parametrize("path", ["artifacts", "a/b-c.d", "no", "on"])
def test_stores(path: str) -> None:
    assert rules.store(path) is None


@pytest.mark.parametrize(
    "path", ["", ".", "../a", "/a", "1", "1e3", "true", "Null", "a/null", "é", "a b", ".qops", "con", "x" * 101]
)
def test_what_is_no_store(path: str) -> None:
    assert rules.store(path) is not None
