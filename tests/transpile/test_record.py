"""What a snapshot records of a matrix."""

from transpile.shop import MANIFEST, Shop

from qops.formats import lock, matrix_file
from qops.model.report import Report
from qops.snapshot import take
from qops.transpile import run
from qops.transpile.record import MatrixRecorder
from qops.transpile.run import Asked


def snapshot(shop: Shop, names: tuple[str, ...] = ()) -> Report:
    return take.run(shop.project.ports, list(names), recorder=MatrixRecorder(shop.ports))


def compiled(shop: Shop) -> dict[str, str]:
    return lock.read(shop.project.tree.files["qops.lock"], "qops.lock").compiled


def test_the_best_of_each_row_and_the_baseline_are_recorded() -> None:
    shop = Shop()
    run.run(shop.ports, Asked())
    report = snapshot(shop)
    assert ("compiled circuits", "8 rows, the best of each") in report.facts
    assert sorted(compiled(shop)) == [
        f"transpiled/{circuit}/{backend}-level{level}.qasm"
        for circuit in ("bell", "ghz")
        for backend in ("line", "ring")
        for level in (1, 2)
    ]
    assert "artifacts/transpiled/bell/line-level1.qasm" in shop.project.tree.files
    assert run.run(shop.ports, Asked()).summary == "8 rows, 40 cells; no worse than the baseline"


def test_an_unchanged_matrix_is_recorded_once() -> None:
    shop = Shop()
    run.run(shop.ports, Asked())
    snapshot(shop)
    before = dict(shop.project.tree.files)
    snapshot(shop)
    assert shop.project.tree.files == before


def test_what_is_not_compiled_is_not_recorded_and_what_was_stays() -> None:
    shop = Shop()
    run.run(shop.ports, Asked())
    snapshot(shop)
    before = compiled(shop)
    shop.compiler.versions["qiskit"] = "2.7.0"
    report = snapshot(shop)
    assert ("40 of 40 cells are not compiled" in dict(report.facts)["compiled circuits"]) is True
    assert compiled(shop) == before


def test_a_worse_matrix_is_not_recorded_until_it_is_accepted() -> None:
    shop = Shop()
    run.run(shop.ports, Asked())
    snapshot(shop)
    before = shop.project.tree.files["qops.matrix"]
    shop.compiler.versions["qiskit"] = "2.7.0"
    shop.compiler.count = lambda recipe: 130 - 10 * recipe.level + recipe.seed % 3
    run.run(shop.ports, Asked())
    assert "became worse" in str(dict(snapshot(shop).facts)["compiled circuits"])
    assert shop.project.tree.files["qops.matrix"] == before
    run.run(shop.ports, Asked(accept="a new routing"))
    snapshot(shop)
    kept = matrix_file.read(shop.project.tree.files["qops.matrix"], "qops.matrix")
    assert [each.reason for each in kept.accepted] == ["a new routing"]


def test_a_part_of_the_circuits_leaves_the_matrix_alone() -> None:
    shop = Shop()
    run.run(shop.ports, Asked())
    snapshot(shop)
    before = compiled(shop)
    assert "compiled circuits" not in dict(snapshot(shop, ("bell",)).facts)
    assert compiled(shop) == before


def test_a_matrix_that_is_taken_out_takes_its_circuits_along() -> None:
    shop = Shop()
    run.run(shop.ports, Asked())
    snapshot(shop)
    shop.project.write("qops.yaml", MANIFEST.partition("matrix:")[0])
    snapshot(shop)
    assert compiled(shop) == {}
