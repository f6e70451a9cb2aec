import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError
from qops.formats import manifest_rules as rules
from qops.formats.manifest import read
from qops.formats.manifest_schema import HEADER, SCHEMA_PATH, schema_json

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "qops.schema.json"
SCHEMA = json.loads(schema_json())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
GOOD = """
version: 1
store: artifacts
circuits:
  ansatz: {source: circuits/ansatz.qasm, parameters: p.csv, tags: [vqc]}
  short: a.qasm
  q: {source: a.qpy, index: 2}
  f: {python: "circuits.build:feature_map", arguments: {qubits: 4, names: [a, null, 1.5]}}
  "zoo/*": zoo/*.qasm
"""
BAD = {
    "no version": "circuits: {}",
    "another version": "version: 2",
    "an unknown key": "version: 1\nstroe: x",
    "a number for a store": "version: 1\nstore: 3",
    "a path for a store": "version: 1\nstore: ../x",
    "a name with a blank": "version: 1\ncircuits: {a b: a.qasm}",
    "two stars": "version: 1\ncircuits: {'**': '*.qasm'}",
    "no source": "version: 1\ncircuits: {a: {tags: [x]}}",
    "both sources": "version: 1\ncircuits: {a: {source: a.qasm, python: 'm:f'}}",
    "arguments of a file": "version: 1\ncircuits: {a: {source: a.qasm, arguments: {b: 1}}}",
    "a list of circuits": "version: 1\ncircuits: [a.qasm]",
    "a text file": "version: 1\ncircuits: {a: a.txt}",
    "a negative index": "version: 1\ncircuits: {a: {source: a.qpy, index: -1}}",
    "a mapping for an argument": "version: 1\ncircuits: {a: {python: 'm:f', arguments: {b: {c: 1}}}}",
}


def accepted(text: str) -> bool:
    return bool(VALIDATOR.is_valid(yaml.safe_load(text)))


def test_the_published_schema_is_the_one_that_is_read() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_json()


def test_it_is_a_schema_of_draft_7() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_every_key_is_described() -> None:
    for definition in (SCHEMA, *SCHEMA["definitions"].values()):
        assert definition["description"]
        for key, value in definition["properties"].items():
            assert value["description"], key


def test_nothing_stands_beside_a_reference_where_draft_7_would_not_see_it() -> None:
    def check(value: Any) -> None:
        if isinstance(value, dict):
            assert "$ref" not in value or len(value) == 1
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner)

    check(SCHEMA)


def test_a_good_manifest_is_valid_and_is_read() -> None:
    assert accepted(GOOD)
    assert len(read(GOOD.encode(), "qops.yaml", lambda _: ("zoo/x.qasm",)).circuits) == 5


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_bad_manifest_is_neither_valid_nor_read(text: str) -> None:
    assert not accepted(text)
    with pytest.raises(InputError):
        read(text.encode(), "qops.yaml", lambda _: ("a.qasm",))


@given(st.text(alphabet="ab.-_/*1", max_size=8))
def test_the_schema_never_refuses_what_the_rules_accept(text: str) -> None:
    def valid(manifest: object) -> bool:
        return bool(VALIDATOR.is_valid(manifest))

    if rules.circuit_name(text) is None:
        assert valid({"version": 1, "circuits": {text: "a.qasm"}})
    if rules.store(text) is None:
        assert valid({"version": 1, "store": text})
    if rules.tag(text) is None:
        assert valid({"version": 1, "circuits": {"a": {"source": "a.qasm", "tags": [text]}}})


def test_the_header_names_the_schema_for_the_yaml_language_server() -> None:
    assert HEADER.rstrip() == f"# yaml-language-server: $schema={SCHEMA_PATH}"
