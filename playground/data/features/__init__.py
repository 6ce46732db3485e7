"""The inputs that a network may be given of a sample: its columns, functions of coordinates, or all of it.

An input makes named columns from the columns of a dataset.  On the line and the plane they are TensorFlow
Playground's functions of x₁ and x₂ and some more; a table offers each of its columns, both take formulas, and
what is no row is given whole.
"""

from playground.data.features.coordinates import (
    XY,
    AbsX,
    AbsY,
    Angle,
    CoordinateFeature,
    CosX,
    CosY,
    Radius,
    SinX,
    SinY,
    X,
    XSquared,
    Y,
    YSquared,
)
from playground.data.features.feature import Feature
from playground.data.features.formula import FormulaFeature
from playground.data.features.of_samples import OfColumn, Whole
from playground.data.features.several import available, columns, compute, usual

__all__ = [
    "XY",
    "AbsX",
    "AbsY",
    "Angle",
    "CoordinateFeature",
    "CosX",
    "CosY",
    "Feature",
    "FormulaFeature",
    "OfColumn",
    "Radius",
    "SinX",
    "SinY",
    "Whole",
    "X",
    "XSquared",
    "Y",
    "YSquared",
    "available",
    "columns",
    "compute",
    "usual",
]
