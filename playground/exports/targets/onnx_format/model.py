"""A network as an ONNX model, checked as it is made."""

from __future__ import annotations

import json
from typing import Any, Literal

import onnx
from onnx import helper

from playground.engine.activations import Gelu
from playground.engine.portable import (
    ActivateOp,
    ConvolveOp,
    ConvolveTransposedOp,
    PoolOp,
    PortableStep,
)
from playground.exports.network import PortableNetwork
from playground.exports.targets.onnx_format import graphs, grids, rows, sequences
from playground.exports.targets.onnx_format.around import PREPARED, TABLES, Surroundings
from playground.exports.targets.onnx_format.graph import IR, OPSET, OnnxGraph

WORDS = {**rows.WORDS, **grids.WORDS, **sequences.WORDS, **graphs.WORDS}
"""What adds the nodes of each operation."""

PRODUCER = "Neural Playground"


def precision_of(network: PortableNetwork) -> Literal["float32", "float64"]:
    """That of the network, but single where ONNX Runtime has no double for one of its operations."""
    lacks = any(_in_single_alone(step) for step in network.forward.steps)
    return "float32" if lacks else network.precision


def _in_single_alone(step: PortableStep) -> bool:
    match step.op:
        case ConvolveOp() | ConvolveTransposedOp() | PoolOp(by="mean"):
            return True
        case ActivateOp(activation=Gelu()):
            return True
    return False


def model_of(network: PortableNetwork) -> onnx.ModelProto:
    """The model, with what comes before the network and behind it, checked."""
    graph = OnnxGraph(precision_of(network))
    around = Surroundings(graph, network)
    around.prepare()
    for step in network.forward.steps:
        given = [graph.values[value.name] for value in step.inputs]
        if step.op.only_in_training:
            graph.values[step.output.name] = given[0]
            continue
        graph.begin(step.layer_id, step.output.name)
        word = WORDS[type(step.op)]
        graph.values[step.output.name] = word(graph, step, step.op, *given, name=step.output.name)
    around.reply()
    return _packed(graph, around, network)


def _packed(graph: OnnxGraph, around: Surroundings, network: PortableNetwork) -> onnx.ModelProto:
    nodes, constants = graph.pruned([each.name for each in around.outputs])
    known = helper.make_tensor_value_info(PREPARED, graph.type, ["samples", *network.forward.input.shape])
    whole = helper.make_graph(
        nodes, "network", around.inputs, around.outputs, constants,
        doc_string=network.title, value_info=[known] if any(PREPARED in n.output for n in nodes) else [],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", OPSET)]
    if any(node.domain == TABLES.domain for node in nodes):
        opsets.append(TABLES)
    made = helper.make_model(
        whole, opset_imports=opsets, ir_version=IR, producer_name=PRODUCER, producer_version=network.version
    )
    helper.set_model_props(made, _metadata(network))
    onnx.checker.check_model(made, full_check=True)
    return made


def _metadata(network: PortableNetwork) -> dict[str, str]:
    """What a person may ask of a file: the experiment, its columns and classes."""
    given: dict[str, Any] = {
        "experiment": network.title,
        "columns": [column.name for column in network.preparation.columns],
        "symbols": list(network.preparation.shape.symbols),
        "classes": list(network.answering.classes),
        "predicts": list(network.answering.names),
    }
    told = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in given.items() if value
    }
    return {"program": f"{PRODUCER} {network.version}", **told}
