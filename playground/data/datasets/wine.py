"""Wines of three growers, told apart by thirteen measurements."""

from __future__ import annotations

from typing import Literal

from playground.data import library
from playground.data.dataset import Carried, Task
from playground.data.sample import Column
from playground.data.scaling import Standardize
from playground.data.store import Content


class Wine(Carried):
    kind: Literal["wine"] = "wine"
    title = "Wine"
    help = "178 wines of one region by three growers, and what a laboratory found in them."
    advice = "For a first table: standardized, a few neurons tell the growers apart."
    reference = "Forina et al. 1988."
    usual_scaling = Standardize.usual()
    content = "56bb2e6fadbd20a1e7eac5848ff988c1843f2cadbdaaf295967c75e7b12dfe70"

    @property
    def task(self) -> Task:
        """Tell the growers apart."""
        return Task("classification", ("grower 1", "grower 2", "grower 3"))

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("alcohol", "%"),
            *map(Column, ("malic acid", "ash", "alkalinity of ash", "magnesium", "total phenols")),
            *map(Column, ("flavanoids", "nonflavanoid phenols", "proanthocyanins", "colour intensity")),
            *map(Column, ("hue", "OD280/OD315", "proline")),
        )

    @property
    def count(self) -> int:
        return 178

    def load(self) -> Content:
        return library.classified("wine_data.csv")
