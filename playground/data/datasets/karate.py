"""The karate club that split in two: who met whom."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Task
from playground.data.graphs.node_graph import NodeGraph
from playground.data.graphs.nodes import TEST, TRAIN, OfNodes
from playground.data.sample import Floats
from playground.randomness import Source

TO_LATER = (
    "1 2 3 4 5 6 7 8 10 11 12 13 17 19 21 31", "2 3 7 13 17 19 21 30", "3 7 8 9 13 27 28 32", "7 12 13",
    "6 10", "6 10 16", "16", "", "30 32 33", "33", "", "", "", "33", "32 33", "32 33", "", "", "32 33", "33",
    "32 33", "", "32 33", "25 27 29 32 33", "25 27 31", "31", "29 33", "33", "31 33", "32 33", "32 33",
    "32 33", "33", "",
)  # fmt: skip
"""Whom each member met of those behind, counted from 0."""

WITH_THE_INSTRUCTOR = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21)
"""The members who went with the instructor, who is the first; the president is the last."""


@cache
def club() -> NodeGraph:
    """The graph of the club."""
    edges = [(first, int(second)) for first, seconds in enumerate(TO_LATER) for second in seconds.split()]
    return NodeGraph(len(TO_LATER), np.array(edges))


class Karate(OfNodes):
    kind: Literal["karate"] = "karate"
    title = "Karate club"
    help = "The 34 members of a club and which of them met outside; it split, and each went with one of two."
    advice = "For a first graph: two members of each side are labelled, the others are guessed."
    reference = "Zachary 1977."

    leaders: bool = Field(
        False,
        title="Leaders alone",
        description="Learn from the instructor and the president alone, however many are labelled otherwise.",
    )

    @property
    def sides(self) -> tuple[int, int, int] | None:
        return (2, 0, self.count - 2) if self.leaders else super().sides

    def sides_of(self, classes: NDArray[np.int64], source: Source) -> NDArray[np.int8] | None:
        """Where the leaders alone are learnt from, nothing is drawn."""
        if not self.leaders:
            return super().sides_of(classes, source)
        sides = np.full(len(classes), TEST, np.int8)
        sides[[0, -1]] = TRAIN
        return sides

    @property
    def task(self) -> Task:
        """Tell with whom a member went."""
        return Task("classification", ("instructor", "president"))

    @property
    def sizes(self) -> tuple[int, ...]:
        first = len(WITH_THE_INSTRUCTOR)
        return first, len(TO_LATER) - first

    def draw(self, source: Source) -> tuple[NodeGraph, Floats, NDArray[np.int64]]:
        """The club as it was; nothing is drawn."""
        graph = club()
        classes = np.ones(graph.count, np.int64)
        classes[list(WITH_THE_INSTRUCTOR)] = 0
        return graph, np.empty((graph.count, 0)), classes
