"""What can be asked of the program, as values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

MachineName = Literal["automatic", "numpy", "compiled"]
"""What a machine may be asked for as."""


DiagramStyle = Literal["automatic", "neurons", "blocks"]
"""How a diagram of a network is drawn."""


FILM_VIEWS = ("map", "network", "curves")
"""What may be seen in a film of training."""


@dataclass(frozen=True)
class Window:
    """Open the window, on a source if there is one."""

    source: str | None


@dataclass(frozen=True)
class Train:
    """Train without a window; `epochs` None is up to the experiment's own end."""

    source: str
    epochs: int | None
    save: Path | None
    history: Path | None
    report: Path | None
    target: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    missing: str = "drop"
    network: tuple[int, ...] = ()
    split: str = "random"
    split_by: str = ""
    edges: Path | None = None
    size: int | None = None
    colours: str = ""
    fit: str = ""
    series: tuple[str, ...] = ()
    window: int | None = None
    horizon: int = 1
    machine: MachineName = "automatic"
    weights: Path | None = None

    @property
    def of_table(self) -> bool:
        """Whether anything is said that only a table has."""
        columns = self.target or self.inputs or self.categories or self.split_by
        over_time = self.series or self.window or self.horizon != 1
        return bool(columns or self.edges or over_time) or self.missing != "drop"

    @property
    def of_pictures(self) -> bool:
        """Whether anything is said that only pictures have."""
        return self.size is not None or bool(self.colours or self.fit)

    @property
    def of_data(self) -> bool:
        """Whether anything is said of data that a person brings."""
        return self.of_table or self.of_pictures or bool(self.network) or self.split != "random"


@dataclass(frozen=True)
class Predict:
    """Write what a trained network predicts from the rows of a table, or from pictures."""

    source: str
    data: Path
    out: Path
    edges: Path | None = None


@dataclass(frozen=True)
class Export:
    """Write a trained network as code, or in a format, that runs elsewhere, and the proof that it does."""

    source: str
    to: str
    out: Path
    verify: bool = True


@dataclass(frozen=True)
class Render:
    """Write a picture of the window, a film of training, or the network as a diagram.

    `epochs` None is up to the experiment's own end, `size` None what is usual for what is written; `diagram`
    is the style of one, None for none.  A film has a frame `every` so many epochs, None for about 120.
    """

    source: str
    out: Path
    epochs: int | None
    size: tuple[int, int] | None
    theme: str
    diagram: DiagramStyle | None = None
    ground: bool = True
    every: int | None = None
    fps: float = 15.0
    views: tuple[str, ...] = FILM_VIEWS


@dataclass(frozen=True)
class Report:
    """Write a page that tells all of a run; `epochs` None is up to the experiment's own end."""

    source: str
    out: Path
    epochs: int | None


@dataclass(frozen=True)
class NumberWanted:
    """A parameter by its layer, its array there, and its place in that, counted from 0."""

    layer_id: str
    part: str
    index: tuple[int, ...]


@dataclass(frozen=True)
class CheckGradients:
    """Compare the gradient with differences of the loss, by so many entries of each block and samples.

    With a `curve` only the derivative of that number is checked, by many steps.
    """

    source: str
    entries: int
    samples: int
    curve: NumberWanted | None = None


@dataclass(frozen=True)
class TraceStep:
    """Write all numbers of one step of training; `sample` None is the batch that comes next."""

    source: str
    out: Path
    sample: int | None
    side: str = "train"


@dataclass(frozen=True)
class Bench:
    """Measure how fast this machine trains."""

    seconds: float
    json: bool


@dataclass(frozen=True)
class SearchTrials:
    """Search for settings by many trainings; `storage` empty is the user's own file."""

    source: str
    vary: tuple[str, ...]
    goals: tuple[str, ...]
    sampler: str
    pruner: str
    trials: int
    epochs: int
    seeds: int
    seed: int
    workers: int | None
    storage: str
    study: str
    report: Path | None
    best: Path | None


@dataclass(frozen=True)
class JoinSearch:
    """Train trials of a study that was begun elsewhere."""

    storage: str
    study: str
    workers: int


Command: TypeAlias = (
    Window
    | Train
    | Predict
    | Export
    | Render
    | Report
    | CheckGradients
    | TraceStep
    | Bench
    | SearchTrials
    | JoinSearch
)
