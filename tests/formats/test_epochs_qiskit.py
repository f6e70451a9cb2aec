"""Results of Qiskit, written by Qiskit, read without it."""

import base64
import io
import json
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit_aer import AerSimulator
from qiskit_aer.primitives import SamplerV2

from qops.errors import InputError
from qops.formats.epochs_qiskit import is_result, read

AT = "2026-01-31T12:00:00Z"


@pytest.fixture(scope="module")
def circuit() -> QuantumCircuit:
    """Two registers, of which the first is read as 1, and the second, of ten bits, is half and half in one of them."""
    qubits, one, ten = QuantumRegister(3), ClassicalRegister(1, "one"), ClassicalRegister(10, "ten")
    made = QuantumCircuit(qubits, one, ten)
    made.x(0)
    made.h(1)
    made.measure(0, one[0])
    made.measure(1, ten[9])
    return made


def encoded(result: object) -> dict[str, object]:
    encoder = pytest.importorskip("qiskit_ibm_runtime").RuntimeEncoder
    return json.loads(json.dumps(result, cls=encoder))


def test_counts_of_a_backend(circuit: QuantumCircuit) -> None:
    result = AerSimulator(seed_simulator=1).run(circuit, shots=200).result()
    content = json.loads(json.dumps(result.to_dict(), default=str))
    assert is_result(content)
    epoch = read(content, "r.json", AT, None)
    expected = {word.replace(" ", ""): times for word, times in result.get_counts().items()}
    assert epoch.counts == expected
    assert epoch.job == result.job_id
    assert epoch.at == AT
    assert read(content, "r.json", None, 0).at == content["date"]


def test_shots_of_a_sampler(circuit: QuantumCircuit) -> None:
    result = SamplerV2(seed=1).run([circuit], shots=200).result()
    content = encoded(result)
    assert is_result(content)
    epoch = read(content, "r.json", AT, None)
    assert epoch.counts == {word.replace(" ", ""): times for word, times in result[0].join_data().get_counts().items()}
    assert set(epoch.counts) == {"00000000001", "10000000001"}
    with pytest.raises(InputError, match="does not say when it was counted"):
        read(content, "r.json", None, None)


def one() -> dict[str, object]:
    return {"data": {"counts": {"0x1": 5}}, "header": {"memory_slots": 2}}


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda content: content.update(results={}), "the results are no array"),
        (lambda content: content.update(results=[]), "the results of 0 circuits"),
        (lambda content: content["results"].append(one()), "the results of 2 circuits"),
        (lambda content: content["results"][0].pop("data"), "the result has no `data`"),
        (lambda content: content["results"][0]["header"].update(memory_slots=0), "a result has no counts"),
        (lambda content: content["results"][0]["header"].update(memory_slots=10**9), "a result has no counts"),
        (lambda content: content["results"][0]["data"].update(counts={"0x9": 1}), "`0x9`: 1 is no count of an outcome"),
        (lambda content: content["results"][0]["data"].update(counts={"nine": 1}), "`nine`: 1 is no count"),
        (lambda content: content["results"][0]["data"].update(counts={"0x1": -1}), "`0x1`: -1 is no count"),
        (lambda content: content.update(__type__="ndarray"), "the file is a ndarray, no result of a sampler"),
    ],
)
def test_what_is_no_result(change: Callable[[dict[str, object]], object], cause: str) -> None:
    content: dict[str, object] = {"results": [one()]}
    change(content)
    with pytest.raises(InputError, match=cause):
        read(content, "r.json", AT, None)


@pytest.mark.parametrize("text", ["", "AAAA", "eJyb7BfqGxDJyFDGUK2eklqcXKRu", "!"])
def test_shots_that_are_damaged(text: str) -> None:
    register = {"__value__": {"num_bits": 2, "array": {"__value__": text}}}
    data = {"__value__": {"field_names": ["meas"], "fields": {"meas": register}}}
    content = {
        "__type__": "PrimitiveResult",
        "__value__": {"pub_results": [{"__value__": {"data": data}}]},
    }
    with pytest.raises(InputError, match="the shots are damaged"):
        read(content, "r.json", AT, None)


def test_no_pickle_is_opened() -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    text = base64.b64encode(zlib.compress(buffer.getvalue())).decode()
    test_shots_that_are_damaged(text)
