"""Writes the few samples that the gallery shows of each dataset which has its samples.

    python resources/datasets/make_previews.py

They are kept beside this script, so that the window need not load the datasets to show what they look like.
So are the places of the nodes of a graph of each kind.
"""

import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))

from playground.data import Carried, Dataset, preview  # noqa: E402
from playground.data.graphs.layout import positions  # noqa: E402
from playground.data.graphs.node_graph import NodeGraph  # noqa: E402
from playground.data.graphs.sample_graph import sample_graph  # noqa: E402

FEW = 4
"""Graphs that are shown of a dataset whose samples are graphs."""


def side_by_side(dataset):
    """Several samples that are graphs as one graph, and the kind of each node."""
    few = [sample_graph(raw, dataset.shape) for raw in preview(dataset).raw[:FEW]]
    starts = np.cumsum([0, *(shown.graph.count for shown in few)])
    edges = np.concatenate([shown.graph.edges + start for shown, start in zip(few, starts, strict=False)])
    return NodeGraph(int(starts[-1]), edges), np.concatenate([shown.kinds for shown in few])


for member in Dataset.ready():
    dataset = member()
    if not dataset.are_nodes and not dataset.shape.is_graph:
        continue
    drawn = preview(dataset)
    graph, kinds = (drawn.nodes.graph, drawn.targets) if drawn.nodes else side_by_side(dataset)
    np.savez_compressed(
        FOLDER / f"{member.tag()}.npz",
        raw=np.round(positions(graph), 3),
        targets=kinds,
        edges=graph.edges.astype(np.int16),
    )
for member in Carried.ready():
    few = preview(member(), 60)
    np.savez_compressed(FOLDER / f"{member.tag()}.npz", raw=few.raw, targets=few.targets)
