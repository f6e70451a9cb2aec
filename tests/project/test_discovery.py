from hypothesis import given
from hypothesis import strategies as st

from qops.formats import manifest, manifest_rules
from qops.model.manifest import QasmSource
from qops.project.discovery import manifest_text, name_circuits

NO_FILES: tuple[str, ...] = ()

words = st.sampled_from(["bell", "Bell", "on", "1e3", "é", "my ansatz", "a.b", "-x", ".", "con", "#", "a: b", "x*", ""])
files = st.lists(words, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".qasm")


def test_the_first_manifest_lists_what_was_found() -> None:
    text = manifest_text(name_circuits(["circuits/bell.qasm", "circuits/on.qasm", "old/bell.qpy", "1e3.qasm"]))
    assert text == (
        "# yaml-language-server: $schema=.qops/qops.schema.json\n"
        "version: 1\n"
        "store: artifacts\n"
        "\n"
        "circuits:\n"
        "  bell: circuits/bell.qasm\n"
        '  "on": circuits/on.qasm\n'
        "  old-bell: old/bell.qpy\n"
        '  "1e3": "1e3.qasm"\n'
    )


def test_a_manifest_without_circuits_shows_how_to_write_one_and_is_valid() -> None:
    text = manifest_text({})
    assert manifest.read(text.encode(), "qops.yaml", lambda _: NO_FILES).circuits == {}
    shown = text.replace("#  ", "  ")
    assert list(manifest.read(shown.encode(), "qops.yaml", lambda _: NO_FILES).circuits) == ["ansatz"]


@given(st.lists(files, max_size=8))
def test_whatever_the_files_are_called_the_manifest_is_valid_and_names_each_once(found: list[str]) -> None:
    circuits = name_circuits(sorted(set(found)))
    entries = manifest.read(manifest_text(circuits).encode(), "qops.yaml", lambda _: NO_FILES).circuits
    assert {name: entry.source for name, entry in entries.items()} == {
        name: QasmSource(path) for name, path in circuits.items()
    }
    assert set(circuits.values()) == {
        path for path in found if "*" not in path and manifest_rules.source_path(path) is None
    }


def test_names_that_are_no_names_are_mended() -> None:
    found = ["con.qasm", "é.qasm", "Ok.qasm", "ok.qasm", "x/.y.qasm"]
    assert list(name_circuits(found)) == ["con-2", "circuit", "Ok", "ok-2", "y"]


def test_a_path_that_no_manifest_may_hold_is_left_out() -> None:
    assert name_circuits(["a\nb.qasm", "x*.qasm", "ok.qasm"]) == {"ok": "ok.qasm"}
