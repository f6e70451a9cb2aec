import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.errors import InputError, ManyErrors, QopsError
from qops.formats import manifest
from qops.formats.manifest_circuits import Glob
from qops.model.manifest import Manifest, PythonSource, QasmSource, QpySource
from qops.vault.globbing import Listing, find

GOLDEN = Path(__file__).parent / "golden"
FILES = ("a.qasm", "zoo/x.qasm", "zoo/y.qasm", "zoo/deep/z.qasm", "artifacts/circuits/x/circuit.qasm")
GOOD = """\
version: 1
store: data/artifacts
circuits:
  ansatz:
    source: circuits/ansatz.qasm
    parameters: parameters/ansatz.csv
    tags: [vqc, production, vqc]
  short: circuits/short.qasm
  kept: {source: kept.qpy, index: 3}
  first: kept.qpy
  generated:
    python: circuits.build:feature_map
    arguments: {qubits: 4, scale: 0.5, kind: linear, pairs: [1, 2, null], closed: true}
"""


def glob_in(files: Sequence[str]) -> Glob:
    def glob(pattern: str) -> tuple[str, ...]:
        wanted = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        return tuple(file for file in sorted(files) if re.fullmatch(wanted, file))

    return glob


def read(text: str, files: Sequence[str] = FILES) -> Manifest:
    return manifest.read(text.encode(), "qops.yaml", glob_in(files))


def problems(text: str) -> list[QopsError]:
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.problems if isinstance(caught.value, ManyErrors) else [caught.value]


def circuits(text: str, files: Sequence[str] = FILES) -> dict[str, object]:
    entries = read(f"version: 1\ncircuits:\n{text}", files).circuits
    return {name: entry.source for name, entry in entries.items()}


def test_every_kind_of_circuit_is_read() -> None:
    found = read(GOOD)
    assert found.store == "data/artifacts"
    assert list(found.circuits) == ["ansatz", "short", "kept", "first", "generated"]
    ansatz = found.circuits["ansatz"]
    assert (ansatz.source, ansatz.parameters) == (QasmSource("circuits/ansatz.qasm"), "parameters/ansatz.csv")
    assert ansatz.tags == ("vqc", "production")
    assert str(ansatz.where) == "qops.yaml:4:3"
    assert found.circuits["short"].source == QasmSource("circuits/short.qasm")
    assert found.circuits["kept"].source == QpySource("kept.qpy", 3)
    assert found.circuits["first"].source == QpySource("kept.qpy", 0)
    arguments = {"qubits": 4, "scale": 0.5, "kind": "linear", "pairs": [1, 2, None], "closed": True}
    assert found.circuits["generated"].source == PythonSource("circuits.build:feature_map", arguments)


@pytest.mark.parametrize("text", ["version: 1", "version: 1\ncircuits:\n", "version: 1\ncircuits: {}\n"])
def test_a_manifest_may_have_no_circuits_yet(text: str) -> None:
    assert read(text) == Manifest(1, "artifacts", {})


def test_a_star_in_the_name_is_what_the_star_in_the_source_stands_for() -> None:
    assert circuits('  "zoo/*": zoo/*.qasm') == {"zoo/x": QasmSource("zoo/x.qasm"), "zoo/y": QasmSource("zoo/y.qasm")}
    assert list(circuits('  "z-*-z": zoo/*.qasm')) == ["z-x-z", "z-y-z"]
    assert list(circuits('  "*": zoo/*.qasm')) == ["x", "y"]


@pytest.mark.parametrize("source", ["zoo/**/*.qasm", "zoo/**.qasm"])
def test_two_stars_look_into_every_directory_below(source: str) -> None:
    assert list(circuits(f'  "*": "{source}"')) == ["deep/z", "x", "y"]


def test_a_directory_can_be_what_the_star_stands_for() -> None:
    files = ("c/one/circuit.qasm", "c/circuit.qasm", "c/two/three/circuit.qasm")
    assert list(circuits('  "*": c/*/circuit.qasm', files)) == ["one"]
    assert list(circuits('  "*": c/**/circuit.qasm', files)) == ["one", "two/three"]


def test_our_patterns_mean_to_the_repository_what_they_mean_here() -> None:
    def listing(directory: str) -> Listing:
        inside = [file[len(directory) :].strip("/") for file in FILES if file.startswith(directory)]
        directories = tuple(sorted({rest.split("/")[0] for rest in inside if "/" in rest}))
        return Listing(directories, tuple(rest for rest in inside if "/" not in rest))

    for pattern in ("zoo/*.qasm", "zoo/**/*.qasm", "**/*.qasm", "zoo/**/z.qasm"):
        assert find(pattern, listing) == glob_in(FILES)(pattern)


def test_what_qops_wrote_into_the_store_is_never_a_source() -> None:
    assert list(circuits('  "*": "**/*.qasm"')) == ["a", "zoo/deep/z", "zoo/x", "zoo/y"]


def test_parameters_may_have_the_same_star() -> None:
    text = 'version: 1\ncircuits:\n  "*": {source: zoo/*.qasm, parameters: values/*.csv}\n'
    assert [entry.parameters for entry in read(text).circuits.values()] == ["values/x.csv", "values/y.csv"]


@pytest.mark.parametrize(
    "order", [('  "zoo/*": zoo/*.qasm', "  zoo/x: a.qasm"), ("  zoo/x: a.qasm", '  "zoo/*": zoo/*.qasm')]
)
def test_a_circuit_that_is_named_goes_before_one_that_is_found(order: tuple[str, str]) -> None:
    assert circuits("\n".join(order)) == {"zoo/x": QasmSource("a.qasm"), "zoo/y": QasmSource("zoo/y.qasm")}


def test_two_patterns_may_not_find_one_name() -> None:
    (first,) = problems(
        'version: 1\ncircuits:\n  "*": zoo/*.qasm\n  "**": "**/deep/*.qasm"\n'.replace('"**":', '"x*":')
    )[:1]
    assert "more than one wildcard" in first.cause
    found = problems('version: 1\ncircuits:\n  "zoo/*": zoo/*.qasm\n  "*": "**/*.qasm"\n')
    assert [problem.cause for problem in found] == [
        "`zoo/x` is found here for the second time; the first is by line 3",
        "`zoo/y` is found here for the second time; the first is by line 3",
    ]


def test_a_found_file_whose_name_is_no_circuit_name_is_named() -> None:
    with pytest.raises(InputError, match=r"the file `zoo/my x\.qasm` would be the circuit `z/my x`") as caught:
        circuits('  "z/*": zoo/*.qasm', ("zoo/my x.qasm",))
    assert "`z/my_x`" in str(caught.value.hint)


def test_a_wrong_source_is_told_once() -> None:
    found = problems('version: 1\ncircuits:\n  "a*": {source: ../*.qasm}\n  b: {source: ../b.qasm}\n')
    assert [problem.cause.split(" ", 1) for problem in found] == [
        ["`../*.qasm`", "leads out of the directory where it is"],
        ["`../b.qasm`", "leads out of the directory where it is"],
    ]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "~"])
def test_an_empty_manifest_says_how_to_begin(text: str) -> None:
    (problem,) = problems(text)
    assert problem.cause == "the manifest is empty"
    assert "qops init" in str(problem.hint)


@pytest.mark.parametrize(("version", "hint"), [(2, "use a newer qops"), (0, "write `version: 1`")])
def test_another_version_is_the_only_thing_that_is_said(version: int, hint: str) -> None:
    (problem,) = problems(f"version: {version}\nsomething_new: 1\n")
    assert re.fullmatch(rf"the manifest is of version {version}; qops [0-9.]+\S* reads version 1", problem.cause)
    assert (str(problem.where), problem.hint) == ("qops.yaml:1:10", hint)


@pytest.mark.parametrize("text", ["[1]", "hello", "version: '1'", "version: true", "version: 1\ncircuits: []"])
def test_a_wrong_type_says_what_was_found_and_what_belongs_there(text: str) -> None:
    (problem,) = problems(text)
    assert re.search(r" must be .+, not ", problem.cause)
    assert problem.excerpt


def test_everything_wrong_with_a_manifest_is_told_at_once() -> None:
    """The expected text is read by a person: change it with care."""
    found = problems((GOLDEN / "wrong.yaml").read_text(encoding="utf-8"))
    told = "".join(f"{problem}\n    {problem.excerpt}\n    {problem.hint or '-'}\n" for problem in found)
    assert told == (GOLDEN / "wrong.txt").read_text(encoding="utf-8")


def test_a_large_manifest_asks_little_of_the_repository() -> None:
    asked = []

    def glob(pattern: str) -> tuple[str, ...]:
        asked.append(pattern)
        return tuple(f"zoo/{i}.qasm" for i in range(500))

    lines = [f"  c{i}: {{source: c/{i}.qasm, parameters: p/{i}.csv, tags: [a, b]}}" for i in range(500)]
    text = "\n".join(["version: 1", "circuits:", *lines, '  "zoo/*": zoo/*.qasm'])
    found = manifest.read(text.encode(), "qops.yaml", glob)
    assert len(found.circuits) == 1000
    assert asked == ["zoo/*.qasm"]


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.sampled_from(["a.qasm", "*", "m:f"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["version", "circuits", "store", "source", "python", "index", "tags", "*", "a"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_content_is_anything_but_a_manifest_or_an_input_error(content: object) -> None:
    text = repr(content).replace("None", "null").replace("True", "true").replace("False", "false")
    for whole in (text, f"version: 1\ncircuits: {text}", f"version: 1\ncircuits: {{a: {text}}}"):
        try:
            read(whole)
        except InputError as error:
            for problem in error.problems if isinstance(error, ManyErrors) else [error]:
                assert problem.where is not None
