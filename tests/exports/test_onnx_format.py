"""An ONNX file gives what the engine gives, run with ONNX Runtime, for every layer and activation."""

from dataclasses import replace

import numpy as np
import pytest
from portable_networks import cases

from playground.exports.targets.onnx_format import OnnxFormat
from playground.exports.targets.onnx_format.model import model_of, precision_of

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
