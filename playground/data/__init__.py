"""What networks learn from: datasets, the inputs made of them, their split and their scaling."""

from playground.data.data import Data, PreparedData, Split, preview
from playground.data.dataset import Dataset, Samples, Task
from playground.data.features import Feature, available
from playground.data.scaling import Scaling

__all__ = [
    "Data",
    "Dataset",
    "Feature",
    "PreparedData",
    "Samples",
    "Scaling",
    "Split",
    "Task",
    "available",
    "preview",
]
