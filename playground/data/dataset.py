"""What a dataset is: a recipe that draws samples or a collection that has them, and their task."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from math import prod
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from playground.data import store
from playground.data.graphs.node_graph import Nodes
from playground.data.sample import PLANE, Column, Floats, SampleShape, Targets
from playground.data.scaling import NoScaling, Scaling
from playground.randomness import Source
from playground.record import record
from playground.text import Text, say, written_elsewhere
from playground.value import Basic, Hidden, InvalidValue, Kind, Typical, Unit


@record
class Task:
    """What a network has to learn of a sample: one of `class_names`, or numbers of the shape `sizes`."""

    kind: Literal["classification", "regression"]
    class_names: tuple[str, ...] = ()
    sizes: tuple[int, ...] = (1,)

    @property
    def classes(self) -> int:
        """How many classes there are; 0 for regression."""
        return len(self.class_names)

    @property
    def class_texts(self) -> tuple[Text, ...]:
        """The names of the classes, to be shown."""
        return tuple(written_elsewhere(f"class.{name}", name) for name in self.class_names)

    @property
    def numbers(self) -> int:
        """How many numbers there are to predict."""
        return prod(self.sizes)


@record(eq=False)
class Samples:
    """Samples as a dataset draws or has them."""

    raw: Floats
    """(n, …), each in the dataset's shape; the steps of a sequence that are not there are NaN."""
    targets: Targets
    """(n,) class indices for classification, (n, …) values for regression; what is not asked for is NaN."""
    task: Task
    sides: NDArray[np.int8] | None = None
    """(n,) the side of the split of each, 0 training, 1 validation, 2 test; None where nothing says."""
    nodes: Nodes | None = None
    """All nodes, where the samples are nodes of one graph; None where they are not."""


SampleCount = Annotated[
    int,
    Field(
        ge=10, le=1_000_000, title="Samples", description="How many points are drawn, 200 to 2,000 as a rule."
    ),
    Typical(100, 5000),
    Basic(),
]
NoisePercent = Annotated[
    float,
    Field(
        ge=0,
        le=100,
        title="Noise",
        description="How much chance disturbs points or targets: 0 is clean, 10 to 30 % is lifelike.",
    ),
    Unit("%"),
    Typical(0, 50),
    Basic(),
]


class Dataset(Kind):
    """Samples to learn from."""

    homes = tuple(f"playground.data.datasets{room}" for room in ("", ".recipes", ".sequences"))

    usual_scaling: ClassVar[Scaling] = NoScaling.usual()
    """How its inputs are scaled as a rule."""
    usual_target_scaling: ClassVar[Scaling] = NoScaling.usual()
    """How its targets are scaled as a rule, where they are numbers."""

    own: ClassVar[bool] = False
    """Whether a person says what the samples are: by hand, by a file or by a formula."""
    continues: ClassVar[bool] = False
    """Whether the steps that follow a sequence are what is to be predicted of it."""
    grows: ClassVar[bool] = False
    """Whether samples come to it one by one, so that there may be too few for a while."""

    @property
    def are_nodes(self) -> bool:
        """Whether its samples are nodes of one graph."""
        return False

    @classmethod
    def ready(cls) -> tuple[type[Self], ...]:
        """Those that can be chosen as they stand, and are here."""
        return tuple(member for member in super().ready() if member.is_here())

    @classmethod
    def is_here(cls) -> bool:
        """Whether what carries its samples is installed, where that is optional."""
        return True

    @property
    def problem(self) -> Text | None:
        """Why nothing can be learnt of it as it is; None when something can."""
        return None

    @property
    @abstractmethod
    def task(self) -> Task:
        """What there is to learn."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the values of a row mean; none where a sample is no row, and is given whole."""
        return ()

    @cached_property
    def column_places(self) -> Mapping[str, int]:
        """Where each column is in a row, by its name."""
        return {column.name: place for place, column in enumerate(self.columns)}

    @property
    def shape(self) -> SampleShape:
        """How the values of one sample are arranged."""
        return SampleShape.of(columns=len(self.columns))

    @property
    @abstractmethod
    def count(self) -> int:
        """How many samples there are."""

    @property
    def sides(self) -> tuple[int, int, int] | None:
        """How many samples it gives to training, validation and test; None where it does not say."""
        return None

    @property
    def overlap(self) -> int:
        """With how many of the next samples each has values in common, as windows of one series have."""
        return 0

    def onward(self, row: int, steps: int) -> Floats | None:
        """The steps (n, columns), so many at most, that follow the sequence of a row; None where unknown."""
        return None

    @abstractmethod
    def take(self, source: Source) -> Samples:
        """All samples; a recipe draws them from the source."""

    @abstractmethod
    def few(self, count: int, source: Source) -> Samples:
        """About so many samples, for a picture."""

    def fill(self, raw: Floats) -> Floats | None:
        """What stands for a missing value of each column, by the training samples; None for nothing."""
        return None


# --- recipes ----------------------------------------------------------------------------------------


class Recipe(Dataset):
    """A dataset whose samples are drawn by chance, as many as are wanted."""

    samples: SampleCount = 500
    noise: NoisePercent = 0.0

    @property
    def columns(self) -> tuple[Column, ...]:
        return PLANE

    @property
    def count(self) -> int:
        return self.samples

    @abstractmethod
    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, d) and targets (n,).

        As many numbers are drawn without noise as with it, so that turning noise up moves each
        point on from where it was.
        """

    def take(self, source: Source) -> Samples:
        raw, targets = self.draw(source)
        return Samples(raw, targets, self.task)

    def few(self, count: int, source: Source) -> Samples:
        return self.with_(samples=count).take(source)


class TwoClasses(Recipe):
    """Points of the plane in two classes: 0 is TensorFlow Playground's orange −1, 1 its blue +1."""

    @property
    def task(self) -> Task:
        """Tell the two classes apart."""
        return Task("classification", ("−1", "+1"))


class ManyClasses(Recipe):
    """Points of the plane in two to eight classes."""

    classes: int = Field(
        3,
        ge=2,
        le=8,
        title="Classes",
        description="How many classes there are to tell apart, 3 to 5 as a rule.",
    )

    @property
    def task(self) -> Task:
        """Tell the classes apart."""
        return Task("classification", tuple("ABCDEFGH"[: self.classes]))


class Regression(Recipe):
    """Points with a value each."""

    @property
    def task(self) -> Task:
        """Predict the value."""
        return Task("regression")


# --- collections ------------------------------------------------------------------------------------


class Collection(Dataset):
    """A dataset that has its samples, in the store and in the experiment's file."""

    @property
    @abstractmethod
    def key(self) -> str:
        """The key of its samples in the store."""

    def load(self) -> store.Content:
        """Its samples from where they come from.

        Raises:
            InvalidValue: when they cannot be had.
        """
        raise InvalidValue(say("data.no_samples", "its samples are not in the file"))

    @cached_property
    def arrays(self) -> store.Content:
        """Its samples, which are kept as long as it is there.

        Raises:
            InvalidValue: when they cannot be had.
        """
        return store.get(self.key, self.load)

    def take(self, source: Source) -> Samples:
        held = self.arrays
        return Samples(held.raw.astype(np.float64), held.targets, self.task)

    def few(self, count: int, source: Source) -> Samples:
        held = self.arrays
        chosen = np.linspace(0, len(held.targets) - 1, min(count, len(held.targets))).astype(int)
        return Samples(held.raw[chosen].astype(np.float64), held.targets[chosen], self.task)


class Carried(Collection):
    """A collection that a library carries."""

    content: ClassVar[str]
    """The key of the samples that it carries."""

    @property
    def key(self) -> str:
        return self.content

    @abstractmethod
    def load(self) -> store.Content: ...


class Brought(Collection):
    """A collection that a person brings; the samples are put into the store first."""

    own = True

    content: Annotated[str, Hidden()] = Field(pattern="^[0-9a-f]{64}$", title="Samples")

    @property
    def key(self) -> str:
        return self.content

    @model_validator(mode="after")
    def _hold(self) -> Self:
        """Keep the samples from the first moment on, where they are here."""
        if store.has(self.key):
            _ = self.arrays
        return self
