"""Operations on the nodes of graphs: values (graphs, nodes, columns), and weights of edges behind them.

The second input is (graphs, to, from): what the edge counts, 0 where there is none and 1 from a node to
itself.
"""

from __future__ import annotations

from typing import Literal

from playground.engine.arrays import Array, Shape
from playground.engine.portable.base import PortableOp, SameShape
from playground.record import record


@record(eq=False)
class SpreadOp(SameShape):
    """The values of all neighbours, by D^−½ A D^−½ with D the sums of the rows of |A|."""


@record(eq=False)
class AttendNeighboursOp(SameShape):
    """One head of graph attention over values W x: α = softmax over j of LeakyReLU(p · xᵢ + q · xⱼ), Σ α xⱼ.

    Only neighbours j count, and the weights of edges do not.

    Attributes:
        asking, asked: p and q, (columns,).
        slope: of the leaky ReLU below 0.
    """

    asking: Array
    asked: Array
    slope: float


@record(eq=False)
class MessagesOp(PortableOp):
    """The sum, mean or maximum of ReLU(M [xᵢ, xⱼ, wᵢⱼ] + c) over the neighbours j of i; 0 of none.

    No node is a neighbour of itself here.

    Attributes:
        weights, bias: M (units, 2 columns + 1) and c (units,).
    """

    weights: Array
    bias: Array
    by: Literal["sum", "mean", "max"]

    def shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], len(self.weights))
