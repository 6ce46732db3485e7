"""An ONNX file gives what the engine gives, run with ONNX Runtime, for every layer and activation."""

import json
from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest
from portable_networks import cases
from small_experiments import moment_of, table_of

from playground.engine.network import Network
from playground.engine.portable import DropoutOp, NoiseOp
from playground.experiment import Experiment
from playground.exports.network import PortableNetwork
from playground.exports.targets.onnx_format import OnnxFormat
from playground.exports.targets.onnx_format.model import WORDS, model_of, precision_of
from playground.exports.verifying import verify
from playground.files.sources import resolve
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from playground.weights import reading
from playground.weights.taking import take

CASES = list(cases())


def outputs(tmp_path, portable, raw):
    (tmp_path / "net.onnx").write_bytes(model_of(portable).SerializeToString())
    return OnnxFormat().run(portable, tmp_path, "net.onnx", raw, precision_of(portable))


def error(found, wanted):
    return np.abs(found - wanted).max() / np.abs(wanted).max()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_a_file(tmp_path, case):
    tolerance = {"float64": 1e-12, "float32": 1e-6}[precision_of(case.portable)]
    assert error(outputs(tmp_path, case.portable, case.raw), case.outputs) <= tolerance
    single = replace(case.portable, precision="float32")
    assert error(outputs(tmp_path, single, case.raw), case.outputs) <= 1e-6


def test_a_table_with_categories_dates_gaps_and_a_formula_is_predicted_from_its_rows_as_they_are():
    for moment in (moment_of(table_of()), moment_of(table_of(("colour",)))):
        network = PortableNetwork.of(moment, "A table")
        proof = verify(OnnxFormat(), moment, network, OnnxFormat().written(network, "net"))
        assert proof.problem is None
        assert [(each.precision, each.samples, each.agrees) for each in proof.compared] == [
            ("float32", 1000, True)
        ]


@pytest.mark.parametrize("name", ["spiral", "digits_cnn", "karate_gcn", "adding_lstm", "series"])
def test_examples_agree_in_the_precisions_that_the_runtime_has(name):
    experiment = resolve(name).saved.experiment
    for precision in ("float32", "float64"):
        moment = Moment.of(Trainer(experiment.with_(precision=precision)))
        network = PortableNetwork.of(moment, name)
        proof = verify(OnnxFormat(), moment, network, OnnxFormat().written(network, "net"))
        assert proof.agrees, proof
        assert proof.compared[0].precision == ("float32" if name == "digits_cnn" else precision)


def model_of_a_table():
    network = PortableNetwork.of(moment_of(table_of(("colour",))), "A table")
    return network, model_of(network)


def test_columns_are_inputs_by_their_names_where_some_hold_names_and_the_answer_is_a_name():
    network, model = model_of_a_table()
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    outputs, prediction = session.run(["outputs", "prediction"], {"inputs": np.zeros((1, 4))})
    assert prediction[0] == network.answering.classes[outputs[0].argmax()]
    with_names = model_of(PortableNetwork.of(moment_of(table_of()), "A table"))
    kinds = {each.name: each.type.tensor_type.elem_type for each in with_names.graph.input}
    assert kinds["colour"] == onnx.TensorProto.STRING
    assert kinds["Größe, in m"] == onnx.TensorProto.DOUBLE


def test_a_category_that_was_never_seen_is_what_a_missing_one_is():
    model = model_of(PortableNetwork.of(moment_of(table_of()), "A table"))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    row = {each.name: np.ones((2, 1)) for each in session.get_inputs()}
    (outputs,) = session.run(["outputs"], row | {"colour": np.array([["lila"], [""]], object)})
    assert np.isfinite(outputs).all()
    assert outputs[0] == outputs[1]


def test_a_file_takes_any_number_of_samples_and_says_what_it_is_of():
    model = model_of(PortableNetwork.of(moment_of(resolve("spiral").saved.experiment), "My spiral"))
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_param
    assert (model.opset_import[0].version, model.ir_version) == (20, 9)
    told = {each.key: each.value for each in model.metadata_props}
    assert told["experiment"] == "My spiral"
    assert told["program"].startswith("Neural Playground")
    assert len(json.loads(told["classes"])) == 2
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    for count in (1, 3):
        assert session.run(["outputs"], {"inputs": np.zeros((count, 2))})[0].shape == (count, 1)


@pytest.mark.parametrize("name", ["spiral", "digits_cnn"])
def test_what_is_exported_opens_on_the_canvas_again_with_the_same_weights(tmp_path, name):
    experiment = resolve(name).saved.experiment
    moment = moment_of(experiment)
    path = tmp_path / "net.onnx"
    path.write_bytes(model_of(PortableNetwork.of(moment, name)).SerializeToString())
    taken = take(experiment.with_(network=Experiment().network), reading.read(path), path.name)
    network = Network(taken.experiment.network, experiment.data.input_shape)
    taken.weights.put(network)
    inputs = moment.data.train.inputs[:20].astype(np.float32)
    np.testing.assert_allclose(network.predict(inputs), moment.network.predict(inputs), rtol=1e-5, atol=1e-6)


def test_every_operation_has_its_nodes():
    assert set(WORDS) | {DropoutOp, NoiseOp} == OnnxFormat.knows
