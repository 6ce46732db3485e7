"""The script of NumPy takes rows, texts and pictures as a person has them, and answers in their words."""

import io
import os
import subprocess
import sys

import numpy as np
import pytest
from small_experiments import moment_of, on, table_of, table_text

from playground.data.datasets.digits import Digits
from playground.data.datasets.own_text import OwnText
from playground.data.datasets.recipes import Circle
from playground.data.features import Radius, X, XSquared
from playground.data.scaling import PcaWhitening, Standardize
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.recurrent import Gru
from playground.exports.network import PortableNetwork
from playground.exports.saving import save
from playground.exports.targets import targets
from playground.exports.verifying import verify
from playground.files.examples import examples
from playground.training.moment import Moment
from playground.training.trainer import Trainer

NUMPY = targets()["numpy"]


def script_of(moment, folder=None, title="A test", name="a_test"):
    """The names of the script of a network, as it is run by itself in a folder."""
    exported = NUMPY.written(PortableNetwork.of(moment, title), name)
    path = None if folder is None else folder / exported.main
    if path is not None:
        save(exported, path)
    namespace = {"__name__": "exported", "__file__": str(path)}
    exec(compile(exported.code, exported.main, "exec"), namespace)
    return namespace


@pytest.fixture(scope="module")
def shoes():
    """The names of a script that predicts weights from a table with gaps, categories, dates and a formula."""
    return script_of(moment_of(table_of()))


ROW = {"Größe, in m": 2.5, "colour": "rot", "day": "2024-03-12", "lacks": None, "shoe": 40}


def test_a_gap_is_filled_with_the_mean_and_a_row_may_be_a_list(shoes):
    (filled,) = shoes["predict"]([ROW])
    assert shoes["predict"]([list(ROW.values())]) == [filled]
    assert (
        shoes["predict"]([ROW | {"lacks": ""}])
        == shoes["predict"]([ROW | {"lacks": float("nan")}])
        == [filled]
    )


def test_a_category_that_was_never_learnt_from_is_told_with_its_row_and_column(shoes):
    with pytest.raises(ValueError, match=r"Row 2, column colour: 'pink' was never learnt from\."):
        shoes["predict"]([ROW, ROW | {"colour": "pink"}])


def test_a_gap_is_told_where_none_was_learnt_from():
    network = script_of(moment_of(on(Circle(), Dense(id="a", units=2))))
    with pytest.raises(ValueError, match="Row 1 lacks a value of the column x₂"):
        network["predict"]([{"x₁": 1.0, "x₂": None}])


def test_a_class_is_named_and_has_its_probability():
    moment = moment_of(table_of(targets=("colour",), formula=""))
    network = script_of(moment)
    rows = [{"Größe, in m": size, "day": "2024-03-12", "lacks": 0.1, "shoe": 40} for size in (1.0, 8.0)]
    found = network["predict"](rows)
    raw = np.array([[size, 19794, 0.1, 40] for size in (1.0, 8.0)])
    answers = moment.ask(raw)
    names = moment.data.task.class_names
    assert [each["prediction"] for each in found] == [names[place] for place in answers.classes]
    shares = [[each[f"probability.{name}"] for name in names] for each in found]
    np.testing.assert_allclose(shares, answers.shares, rtol=1e-6)


@pytest.mark.parametrize("scaling", [Standardize(), PcaWhitening()], ids=lambda each: each.tag())
def test_inputs_are_functions_of_columns_and_scaled(scaling):
    experiment = on(Circle(), Dense(id="a", units=3), inputs=(X(), XSquared(), Radius()), scaling=scaling)
    moment = moment_of(experiment)
    network, raw = script_of(moment), moment.data.test.raw[:20]
    found = network["forward"](network["prepare"](raw.tolist()))
    np.testing.assert_allclose(found, moment.ask(raw).outputs, rtol=1e-5)


def test_a_text_is_read_symbol_by_symbol_and_an_unknown_one_is_told():
    moment = moment_of(on(OwnText(text="abracadabra " * 20, window=8), Gru(id="gru", units=3)))
    network = script_of(moment)
    assert network["predict"](["abracada"]) == network["predict"](["ABRACADA"])
    with pytest.raises(ValueError, match="'z' is none of the symbols that were learnt from"):
        network["predict"](["abracadz"])
    with pytest.raises(ValueError, match="Sequence 1 has 3 steps; 8 are needed"):
        network["predict"](["abr"])


def test_many_weights_lie_beside_the_script_and_go_where_it_goes(tmp_path):
    moment = moment_of(on(Digits(), Flatten(id="flat"), Dense(id="wide", units=40)))
    network = script_of(moment, tmp_path, name="Ziffern mit Ü")
    assert {path.name for path in tmp_path.iterdir()} == {"Ziffern mit Ü.py", "Ziffern mit Ü.npz"}
    raw = moment.data.test.raw[:5]
    found = network["predict"](raw)
    assert [each["prediction"] for each in found] == [str(place) for place in moment.ask(raw).classes]


def test_a_script_reads_a_file_of_rows_in_any_locale_from_any_folder(tmp_path):
    folder = tmp_path / "ein Ordner"
    folder.mkdir()
    moment = moment_of(table_of())
    script_of(moment, folder, name="schuhe")
    heading = ",".join(f'"{name}"' for name in ROW)
    (folder / "Zeilen.csv").write_bytes(f"\ufeff{heading}\n2.5,rot,2024-03-12,,40\n".encode())
    done = subprocess.run(
        [sys.executable, str(folder / "schuhe.py"), str(folder / "Zeilen.csv")],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{'prediction': ")


def test_weights_that_are_no_numbers_stay_so():
    moment = moment_of(on(Circle(), Dense(id="hidden", units=3)))
    moment.parameters[:3] = np.nan, np.inf, -np.inf
    network = script_of(moment)
    assert np.isnan(network["HIDDEN_WEIGHTS"][0, 0])
    assert network["HIDDEN_WEIGHTS"][0, 1] == np.inf
    assert network["HIDDEN_BIAS"][0] == -np.inf


def test_names_that_python_keeps_for_itself_are_left_to_it():
    layers = [Dense(id=name, units=2) for name in ("lambda", "np", "x", "1-2", "predict", "softmax", "_")]
    moment = moment_of(on(Circle(), *layers))
    network, raw = script_of(moment, title='"""\\ odd'), moment.data.test.raw[:4]
    found = network["forward"](network["prepare"](raw.tolist()))
    np.testing.assert_allclose(found, moment.ask(raw).outputs, rtol=1e-5)


def test_the_nodes_of_a_graph_are_told_apart_by_its_edges():
    saved = next(each for each in examples() if each.name == "karate_gcn").load()
    moment = Moment.of(Trainer(saved.experiment, saved.checkpoint))
    network = PortableNetwork.of(moment, "karate")
    proof = verify(NUMPY, moment, network, NUMPY.written(network, "karate"))
    assert [(each.samples, each.agrees) for each in proof.compared] == [(34, True), (34, True)]


def test_the_table_that_all_this_is_about_is_no_plain_one():
    text = table_text()
    assert io.StringIO(text).readline().startswith("Größe, in m;")
    assert 'gr"ün\\' in text
