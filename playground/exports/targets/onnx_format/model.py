"""A network as an ONNX model, checked as it is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

import onnx
from onnx import helper

from playground.engine.activations import Gelu
from playground.engine.portable import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    AttendNeighboursOp,
    AttendOp,
    BatchNormOp,
    ConcatenateOp,
    ConvolveOp,
    ConvolveTransposedOp,
    ExternalMemoryOp,
    KeepOp,
    LayerNormOp,
    MaximumOp,
    MessagesOp,
    PlacesOp,
    PoolOp,
    PortableOp,
    PortableStep,
    RecurrentOp,
    ReduceOp,
    RepeatOp,
    ReshapeOp,
    ScaleOp,
    SliceOp,
    SoftmaxOp,
    SpreadOp,
    SumOp,
)
from playground.exports.network import PortableNetwork
from playground.exports.targets.onnx_format import graphs, grids, rows, sequences
from playground.exports.targets.onnx_format.around import PREPARED, TABLES, Surroundings
from playground.exports.targets.onnx_format.graph import IR, OPSET, OnnxGraph

WORDS: Mapping[type[PortableOp], Callable[..., str]] = {
    ActivateOp: rows.activate, AddConstantOp: rows.add_constant, AffineOp: rows.affine,
    AttendNeighboursOp: graphs.attend_neighbours, AttendOp: sequences.attend, BatchNormOp: rows.batch_norm,
    ConcatenateOp: rows.concatenate, ConvolveOp: grids.convolve,
    ConvolveTransposedOp: grids.convolve_transposed, ExternalMemoryOp: sequences.external_memory,
    KeepOp: sequences.keep, LayerNormOp: rows.layer_norm, MaximumOp: rows.maximum, MessagesOp: graphs.messages,
    PlacesOp: sequences.places, PoolOp: grids.pool, RecurrentOp: sequences.recurrent,
    ReduceOp: grids.over_places, RepeatOp: grids.repeat, ReshapeOp: rows.reshape, ScaleOp: rows.scale,
    SliceOp: rows.cut, SoftmaxOp: rows.softmax, SpreadOp: graphs.spread, SumOp: rows.total,
}  # fmt: skip
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
        name = graph.free(step.output.name)
        graph.values[step.output.name] = WORDS[type(step.op)](graph, step, step.op, *given, name=name)
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
        "classes": list(network.reply.classes),
        "predicts": list(network.reply.names),
    }
    told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in given.items() if value}
    return {"program": f"{PRODUCER} {network.version}", **told}
