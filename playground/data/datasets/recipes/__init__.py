"""The datasets that are drawn by formula, by what is drawn."""

from typing import TYPE_CHECKING

from playground.value import looked_up

if TYPE_CHECKING:
    from playground.data.datasets.recipes.curves import (
        AbsoluteValue,
        Bumps,
        FormulaCurve,
        NoisyCubic,
        Sawtooth,
        Sine,
        Stairs,
    )
    from playground.data.datasets.recipes.graphs import GraphGrid, GraphRing, StochasticBlocks
    from playground.data.datasets.recipes.many_classes import Blobs, Pinwheel, Rings, SpiralArms
    from playground.data.datasets.recipes.molecules import Molecules
    from playground.data.datasets.recipes.parity import Parity
    from playground.data.datasets.recipes.surfaces import FormulaSurface, MultiGauss, Plane, Ripple, Saddle
    from playground.data.datasets.recipes.two_classes import (
        Checkerboard,
        Circle,
        ConcentricRings,
        FormulaBorder,
        Gauss,
        LinearSeparation,
        Moons,
        Spiral,
        Xor,
    )
else:
    __getattr__ = looked_up(__name__, __path__)

__all__ = [
    "AbsoluteValue",
    "Blobs",
    "Bumps",
    "Checkerboard",
    "Circle",
    "ConcentricRings",
    "FormulaBorder",
    "FormulaCurve",
    "FormulaSurface",
    "Gauss",
    "GraphGrid",
    "GraphRing",
    "LinearSeparation",
    "Molecules",
    "Moons",
    "MultiGauss",
    "NoisyCubic",
    "Parity",
    "Pinwheel",
    "Plane",
    "Rings",
    "Ripple",
    "Saddle",
    "Sawtooth",
    "Sine",
    "Spiral",
    "SpiralArms",
    "Stairs",
    "StochasticBlocks",
    "Xor",
]
