"""Compute, with PyTorch in float64, the numbers that the layers on graphs are tested against.

Run by hand, with torch installed: python tests/references/make_graph_references.py
Everything is as the papers write it, by full matrices (to, from): nodes are rows, shape (nodes, columns).
"""

import json
import platform
from pathlib import Path

import torch
from torch.nn import functional as F

TARGET = Path(__file__).with_name("graphs.json")
torch.set_default_dtype(torch.float64)

NODES = 6
EDGES = [[0, 1], [0, 2], [1, 2], [2, 3], [3, 4]]  # the last node has none
WEIGHTS = [1.0, 0.5, 2.0, 0.25, 1.5]


def adjacency(weights, directed):
    matrix = torch.zeros(NODES, NODES)
    for (first, second), weight in zip(EDGES, weights, strict=True):
        matrix[second, first] = weight
        if not directed:
            matrix[first, second] = weight
    return matrix


def convolution(x, a, blocks, activation):
    joined = a + torch.eye(NODES)
    scale = joined.sum(dim=1).rsqrt()
    mixed = scale[:, None] * joined * scale[None, :]
    return activation(mixed @ x @ blocks["weights"].T + blocks["bias"])


def attention(x, a, blocks, activation, heads, joined):
    units = len(blocks["weights"]) // heads
    near = (a != 0) | torch.eye(NODES, dtype=torch.bool)
    found = []
    for head in range(heads):
        h = x @ blocks["weights"][head * units : (head + 1) * units].T
        asking, asked = blocks["attention"][2 * head : 2 * head + 2]
        scores = F.leaky_relu((h @ asking)[:, None] + (h @ asked)[None, :], 0.2)
        found.append(F.softmax(scores.masked_fill(~near, -torch.inf), dim=1) @ h)
    both = torch.cat(found, dim=1) if joined == "concatenated" else sum(found) / heads
    return activation(both + blocks["bias"])


def messages(x, a, blocks, activation, aggregation):
    gathered = []
    for node in range(NODES):
        near = torch.nonzero(a[node]).flatten()
        given = torch.cat([x[node].expand(len(near), -1), x[near], a[node, near, None]], dim=1)
        sent = F.relu(given @ blocks["message_weights"].T + blocks["message_bias"])
        if not len(near):
            gathered.append(torch.zeros(len(blocks["message_bias"])))
        elif aggregation == "max":
            gathered.append(sent.amax(dim=0))
        else:
            gathered.append(sent.sum(dim=0) / (len(near) if aggregation == "mean" else 1))
    both = torch.cat([x, torch.stack(gathered)], dim=1)
    return activation(both @ blocks["update_weights"].T + blocks["update_bias"])


def shapes_of(kind, units, columns, heads=1, joined="concatenated"):
    if kind == "graph_convolution":
        return {"weights": (units, columns), "bias": (units,)}
    if kind == "graph_attention":
        given = units * heads if joined == "concatenated" else units
        return {"weights": (heads * units, columns), "attention": (2 * heads, units), "bias": (given,)}
    update = {"update_weights": (units, columns + units), "update_bias": (units,)}
    return {"message_weights": (units, 2 * columns + 1), "message_bias": (units,)} | update


FORMULAS = {"graph_convolution": convolution, "graph_attention": attention, "message_passing": messages}
ACTIVATIONS = {"graph_convolution": F.relu, "graph_attention": F.elu, "message_passing": F.relu}
CASES = [
    ("graph_convolution", {"units": 3}, None, False),
    ("graph_convolution", {"units": 2}, WEIGHTS, False),
    ("graph_convolution", {"units": 2}, WEIGHTS, True),
    ("graph_attention", {"units": 3}, None, False),
    ("graph_attention", {"units": 2, "heads": 3}, None, False),
    ("graph_attention", {"units": 2, "heads": 2, "joined": "averaged"}, None, True),
    ("message_passing", {"units": 3}, WEIGHTS, False),
    ("message_passing", {"units": 3, "aggregation": "mean"}, WEIGHTS, True),
    ("message_passing", {"units": 3, "aggregation": "max"}, None, False),
]


def entry(kind, parameters, weights, directed, seed):
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape):
        return torch.randn(*shape, generator=generator).round(decimals=4).requires_grad_()

    x = normal(NODES, 2)
    how = {name: value for name, value in parameters.items() if name != "units"}
    if kind == "graph_attention":
        how = {"heads": 1, "joined": "concatenated"} | how
    if kind == "message_passing":
        how = {"aggregation": "sum"} | how
    sizes = {name: how[name] for name in ("heads", "joined") if name in how}
    shapes = shapes_of(kind, parameters["units"], 2, **sizes)
    blocks = {name: normal(*shape) for name, shape in shapes.items()}
    a = adjacency(weights or [1.0] * len(EDGES), directed)
    output = FORMULAS[kind](x, a, blocks, ACTIVATIONS[kind], **how)
    upstream = normal(*output.shape).detach()
    output.backward(upstream)
    return {
        "kind": kind,
        "parameters": parameters,
        "problem": f"{'weighted' if weights else 'plain'} {'directed' if directed else 'undirected'}",
        "edges": EDGES,
        "weights": weights,
        "directed": directed,
        "x": x.tolist(),
        "blocks": {name: block.tolist() for name, block in blocks.items()},
        "upstream": upstream.tolist(),
        "output": output.tolist(),
        "x_gradient": x.grad.tolist(),
        "block_gradients": {name: block.grad.tolist() for name, block in blocks.items()},
    }


if __name__ == "__main__":
    versions = {"torch": torch.__version__, "python": platform.python_version()}
    rows = [entry(*case, seed=seed) for seed, case in enumerate(CASES)]
    lines = ",\n".join(json.dumps(row) for row in rows)
    TARGET.write_text(f'{{"versions": {json.dumps(versions)},\n"graphs": [\n{lines}\n]}}\n', encoding="utf-8")
