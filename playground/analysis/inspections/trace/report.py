"""A trace as a file has it: its numbers by layer, in the shapes that the network has them in."""

from __future__ import annotations

from typing import Any

from playground.analysis.inspections.trace.trace import Trace, listed
from playground.engine.arrays import Array


def report(trace: Trace) -> dict[str, Any]:
    """Input, target and loss, and of each layer what it did; of a batch a row a unit."""
    ran, tracing = trace.ran, trace.tracing
    loss: Any = listed(trace.values["L"])
    head = {
        "of": tracing.of,
        "step": trace.step,
        "learning_rate": trace.rate if tracing.learns else None,
        "input": _of(trace, ran.input),
        "target": _of(trace, ran.target),
        "output": _of(trace, ran.a[ran.network.graph.nodes[-1].layer.id]),
        "loss": trace.loss if trace.loss == trace.loss else None,
        "notes": [str(note) for note in trace.notes],
    }
    if tracing.of == "sample":
        head |= {"side": tracing.side, "sample": tracing.sample, "row": trace.row}
    else:
        head |= {"samples": ran.rows.tolist(), "losses": loss[0]}
    layers = {node.layer.id: _layer(trace, node.layer.id) for node in ran.network.graph.nodes}
    return head | {"layers": layers}


def _of(trace: Trace, values: Array | None) -> Any:
    """Values (units, samples) of the one sample as a list, of a batch as they are."""
    if values is None or trace.tracing.of == "batch":
        return listed(values)
    return listed(values[:, 0])


def _layer(trace: Trace, layer_id: str) -> dict[str, Any]:
    found = {name: _of(trace, trace.of(name, layer_id)) for name in ("z", "a", "da", "delta")}
    gradients = dict(trace.ran.network.tensors(trace.ran.gradients))
    own = {name.rsplit(".", 1)[1]: name for name in gradients if name.rsplit(".", 1)[0] == layer_id}
    for part, letter in (("weights", "dW"), ("bias", "db")):
        found[letter] = listed(gradients[own[part]]) if part in own else None
    others = {part: listed(gradients[name]) for part, name in own.items() if part not in ("weights", "bias")}
    return (
        found
        | ({"gradients": others} if others else {})
        | {"update": {part: listed(trace.change.get(name)) for part, name in own.items()}}
    )
