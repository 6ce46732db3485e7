"""Reading the network and the weights of an ONNX file; what cannot be on the canvas is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from google.protobuf.message import DecodeError
from onnx import numpy_helper

from playground.text import say
from playground.weights.found import FoundWeights, WeightsProblem
from playground.weights.groups import Numbers, finite
from playground.weights.onnx_chain import Chain, OnnxStep
from playground.weights.onnx_layers import Builder
from playground.words import shortened


def read(path: Path) -> FoundWeights:
    """The layers, one behind the other, and their arrays.

    Raises:
        WeightsProblem: when it is damaged, or holds what cannot be on the canvas.
    """
    model = _model(path)
    constants = _constants(model)
    chain = Chain.of(model.graph, set(constants))
    builder = Builder(constants, chain.shape)
    for step in chain.steps():
        builder.take(step)
    layers = builder.finish()
    _refuse_infinite(builder.arrays)
    return FoundWeights(builder.arrays, layers=layers, inputs=builder.inputs, left=tuple(builder.left))


def _model(path: Path) -> onnx.ModelProto:
    name = shortened(path.name)
    try:
        model = onnx.load(path, load_external_data=False)
    except (DecodeError, ValueError):
        raise WeightsProblem(
            say("weights.damaged", "{name} is damaged, or no file of weights.", name=name)
        ) from None
    if any(each.data_location == onnx.TensorProto.EXTERNAL for each in model.graph.initializer):
        raise WeightsProblem(
            say("weights.external", "The weights of {name} lie in another file; save them in one.", name=name)
        )
    if not model.graph.node:
        raise WeightsProblem(say("weights.none", "{name} holds no weights.", name=name))
    return model


def _constants(model: onnx.ModelProto) -> dict[str, Numbers]:
    """All that does not depend on the input: stored arrays, and those that come of them by being arranged."""
    found: dict[str, Numbers] = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    for node in model.graph.node:
        step = OnnxStep.of(node)
        if node.op_type == "Constant" and "value" in step.attributes:
            found[node.output[0]] = numpy_helper.to_array(step.attributes["value"])
            continue
        given = [found.get(name) for name in node.input if name]
        arrays = [each for each in given if each is not None]
        made = _arranged(step, arrays) if arrays and len(arrays) == len(given) else None
        if made is not None:
            found[node.output[0]] = made
    return found


def _arranged(step: OnnxStep, given: list[Numbers]) -> Numbers | None:
    match step.op:
        case "Identity":
            return given[0]
        case "Transpose":
            return given[0].transpose(step.attributes.get("perm"))
        case "Reshape" if len(given) == 2:
            return given[0].reshape([int(size) for size in given[1]])
        case "Cast" if given[0].dtype.kind == "f":
            return given[0]
    return None


def _refuse_infinite(arrays: dict[str, Numbers]) -> None:
    for name, values in arrays.items():
        if not finite(np.asarray(values)):
            raise WeightsProblem(
                say("weights.no_numbers", "“{name}” holds what is no finite number.", name=name)
            )
