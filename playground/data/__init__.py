"""What networks learn from: datasets, the inputs made of them, their split and their scaling."""

from playground.data.augmentation import Augmentation
from playground.data.data import Data, preview
from playground.data.dataset import Brought, Carried, Collection, Dataset, Recipe, Samples, Task
from playground.data.features import Feature, available
from playground.data.given_text import GivenText
from playground.data.pictures.dataset import OwnPictures
from playground.data.pictures.given import GivenPicture
from playground.data.prepared import PreparedData, Split
from playground.data.sample import Axis, Column, SampleShape
from playground.data.scaling import Scaling
from playground.data.tables.dataset import OwnTable
from playground.data.tables.series import TableSeries

__all__ = [
    "Augmentation",
    "Axis",
    "Brought",
    "Carried",
    "Collection",
    "Column",
    "Data",
    "Dataset",
    "Feature",
    "GivenPicture",
    "GivenText",
    "OwnPictures",
    "OwnTable",
    "PreparedData",
    "Recipe",
    "SampleShape",
    "Samples",
    "Scaling",
    "Split",
    "TableSeries",
    "Task",
    "available",
    "preview",
]
