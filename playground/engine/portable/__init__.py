"""What networks do when they answer, in operations that other tools know too: the words of exports.

A layer says its forward pass once, in its own file, by `Layer.portable`; each target of an export writes
each operation once.  Values have a batch of samples first and channels last: (samples, units), (samples,
time, columns) or (samples, height, width, channels).
"""

from playground.engine.portable.base import NotPortable, PortableOp, PortableValue
from playground.engine.portable.graphs import (
    AttendNeighboursOp,
    MessagesOp,
    SpreadOp,
)
from playground.engine.portable.grids import ConvolveOp, ConvolveTransposedOp, PoolOp, ReduceOp, RepeatOp
from playground.engine.portable.norms import BatchNormOp, LayerNormOp
from playground.engine.portable.rows import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    ConcatenateOp,
    DropoutOp,
    MaximumOp,
    NoiseOp,
    ReshapeOp,
    ScaleOp,
    SliceOp,
    SoftmaxOp,
    SumOp,
)
from playground.engine.portable.sequences import AttendOp, ExternalMemoryOp, PlacesOp, RecurrentOp
from playground.engine.portable.wording import ForwardPass, PortableStep, Wording

__all__ = [
    "ActivateOp",
    "AddConstantOp",
    "AffineOp",
    "AttendNeighboursOp",
    "AttendOp",
    "BatchNormOp",
    "ConcatenateOp",
    "ConvolveOp",
    "ConvolveTransposedOp",
    "DropoutOp",
    "ExternalMemoryOp",
    "ForwardPass",
    "LayerNormOp",
    "MaximumOp",
    "MessagesOp",
    "NoiseOp",
    "NotPortable",
    "PlacesOp",
    "PoolOp",
    "PortableOp",
    "PortableStep",
    "PortableValue",
    "RecurrentOp",
    "ReduceOp",
    "RepeatOp",
    "ReshapeOp",
    "ScaleOp",
    "SliceOp",
    "SoftmaxOp",
    "SpreadOp",
    "SumOp",
    "Wording",
]
