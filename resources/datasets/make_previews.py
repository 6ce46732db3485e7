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

from playground.data import Carried, preview  # noqa: E402
from playground.data.graphs.layout import positions  # noqa: E402
from playground.data.graphs.nodes import OfNodes  # noqa: E402

for member in OfNodes.ready():
    drawn = preview(member())
    graph = drawn.nodes.graph
    np.savez_compressed(
        FOLDER / f"{member.tag()}.npz",
        raw=np.round(positions(graph), 3),
        targets=drawn.targets,
        edges=graph.edges.astype(np.int16),
    )
for member in Carried.members():
    few = preview(member(), 60)
    np.savez_compressed(FOLDER / f"{member.tag()}.npz", raw=few.raw, targets=few.targets)
