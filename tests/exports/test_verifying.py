"""An export is run beside the engine, in both precisions, on samples as a person has them."""

from dataclasses import replace

import numpy as np
import pytest
from small_experiments import moment_of, table_of

from playground.engine.layers import Dense, Layer
from playground.engine.portable import NotPortable
from playground.exports.network import PortableNetwork
from playground.exports.saving import save, save_proof
from playground.exports.targets import targets
from playground.exports.verifying import Compared, relative_error, verify
from playground.files.json_object import from_bytes
from playground.files.problem import FileProblem

NUMPY = targets()["numpy"]


def exported(moment, target=NUMPY, title="A test"):
    network = PortableNetwork.of(moment, title)
    return network, target.written(network, "a_test")


def test_a_table_with_categories_gaps_and_a_formula_is_predicted_from_its_rows_as_they_are():
    moment = moment_of(table_of())
    proof = verify(NUMPY, moment, *exported(moment))
    assert [(each.precision, each.samples, each.agrees) for each in proof.compared] == [
        ("float32", 1000, True),
        ("float64", 1000, True),
    ]


def test_a_wrong_weight_is_found_out():
    moment = moment_of(table_of())
    network, files = exported(moment)
    other = replace(moment, parameters=moment.parameters * 1.001)
    assert not verify(NUMPY, other, network, files).agrees


def test_a_script_that_fails_is_a_sentence_with_what_it_said():
    moment = moment_of(table_of())
    network, files = exported(moment)
    broken = replace(files, files={"a_test.py": b"raise RuntimeError('no such luck')"})
    proof = verify(NUMPY, moment, network, broken)
    assert not proof.agrees
    assert str(proof.problem) == "NumPy could not run it: RuntimeError: no such luck"


def test_the_proof_lies_beside_the_export(tmp_path):
    moment = moment_of(table_of())
    network, files = exported(moment)
    path = tmp_path / "mein Netz ü.py"
    save(files, path)
    beside = save_proof(verify(NUMPY, moment, network, files), path)
    content = from_bytes("proof", beside.read_bytes())
    assert beside.name == "mein Netz ü.py.json"
    assert content["agrees"] is True
    assert [each["samples"] for each in content["compared"]] == [1000, 1000]
    assert list(content["sha256"]) == ["a_test.py"]


def test_nothing_is_written_where_nothing_may_be(tmp_path):
    moment = moment_of(table_of())
    with pytest.raises(FileProblem, match="there is no such folder"):
        save(exported(moment)[1], tmp_path / "gone" / "a.py")
    assert not list(tmp_path.iterdir())


def test_a_number_where_the_engine_has_none_is_no_agreement():
    assert relative_error(np.array([[1.0, 2.0]]), np.array([[1.0, np.nan]])) == np.inf
    assert relative_error(np.array([[1.0, np.nan]]), np.array([[1.0, np.nan]])) == 0
    assert relative_error(np.zeros((2, 1)), np.zeros((2, 2))) == np.inf
    assert relative_error(np.array([[10.0], [-20.5]]), np.array([[10.0], [-20.0]])) == pytest.approx(0.025)


def test_a_layer_that_does_not_say_what_it_does_is_named():
    with pytest.raises(NotPortable) as refused:
        Layer.portable(Dense(), None)
    assert str(refused.value.text) == "Dense cannot be said in other words."


def test_single_precision_may_be_off_by_as_much_as_the_engine_is_itself():
    """Where many numbers are summed, the engine in single precision is not right to 1e-6 either."""
    compared = Compared("float32", 1000, error=2.2e-6, tolerance=1e-6, rounding=1.9e-6)
    assert compared.agrees
    assert str(compared.told) == (
        "On 1,000 samples in float32 it agrees with the engine as nearly as that is right: "
        "relative error 2.2e−6, and the engine itself is off by 1.9e−6."
    )
    assert not replace(compared, error=3.9e-6).agrees
    assert not replace(compared, rounding=1e-6).agrees
    assert "differs" in str(replace(compared, rounding=1e-7).told)
    assert not replace(compared, rounding=np.inf).agrees


def test_the_engine_is_as_right_in_double_precision_as_it_is():
    moment = moment_of(table_of())
    single, double = verify(NUMPY, moment, *exported(moment)).compared
    assert 0 < single.rounding < 1e-6
    assert double.rounding == 0
    assert double.allowed == double.tolerance == 1e-12
