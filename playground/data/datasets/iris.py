"""Irises of three kinds, told apart by the size of their leaves."""

from __future__ import annotations

from typing import Literal

from playground.data import library
from playground.data.dataset import Carried, Task
from playground.data.sample import Column
from playground.data.scaling import Standardize
from playground.data.store import Content


class Iris(Carried):
    kind: Literal["iris"] = "iris"
    title = "Iris"
    help = "150 irises of three kinds, and how long and wide their sepals and petals are."
    advice = "For a very first table: setosa stands apart, the other two touch."
    reference = "Fisher 1936."
    usual_scaling = Standardize.usual()
    content = "c9a2400f2744c466f25fc58b4d20189fc9c0d69af2ff3b5df83fdd06653b7dd1"

    @property
    def task(self) -> Task:
        """Name the kind."""
        return Task("classification", ("setosa", "versicolor", "virginica"))

    @property
    def columns(self) -> tuple[Column, ...]:
        names = ("sepal length", "sepal width", "petal length", "petal width")
        return tuple(Column(name, "cm") for name in names)

    @property
    def count(self) -> int:
        return 150

    def load(self) -> Content:
        return library.classified("iris.csv")
