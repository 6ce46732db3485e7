"""The experiments that come with the program: each shows one thing that networks can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from playground.data import Dataset
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, load, written
from playground.files.names import EXAMPLES, SUFFIX
from playground.text import Text, say, written_elsewhere

FOLDER = Path(__file__).parents[2] / "resources" / "examples"


class LearnsFrom(Enum):
    """What examples learn from, in the order in which they teach."""

    ROWS = say("examples.rows", "Points and tables")
    PICTURES = say("examples.pictures", "Pictures")
    SEQUENCES = say("examples.sequences", "Sequences")
    GRAPHS = say("examples.graphs", "Graphs")


@dataclass(frozen=True)
class Example:
    """An experiment that comes with the program.

    Attributes:
        name: what it is called on the command line.
        title: what people see.
    """

    name: str
    title: str

    @property
    def path(self) -> Path:
        """Its file: a bare `experiment.json`, or a whole one where it brings its samples."""
        whole = FOLDER / f"{self.name}{SUFFIX}"
        return whole if whole.exists() else FOLDER / f"{self.name}.json"

    def load(self) -> SavedExperiment:
        """What its file holds."""
        return load(self.path)

    @cached_property
    def experiment(self) -> Experiment:
        """What it begins with."""
        return self.load().experiment

    @cached_property
    def _written(self) -> Mapping[str, Any]:
        """The same as it is written; making all examples takes long."""
        return written(self.path.read_bytes())

    @property
    def sentence(self) -> str:
        """What it shows: the first sentence of its notes."""
        first, _, _ = str(self._written["notes"]).partition(". ")
        return first.removesuffix(".") + "."

    @property
    def section(self) -> LearnsFrom:
        """Among which others it stands."""
        dataset = Dataset.member(self._written["data"]["dataset"])
        if dataset.are_nodes or dataset.shape.is_graph:
            return LearnsFrom.GRAPHS
        if dataset.shape.is_picture:
            return LearnsFrom.PICTURES
        return LearnsFrom.SEQUENCES if dataset.shape.is_sequence else LearnsFrom.ROWS

    def texts(self) -> Mapping[str, Text]:
        """What it says of itself, by role; its notes stay as they are, for they are in its file."""
        words = {"title": self.title, "sentence": self.sentence}
        return {role: written_elsewhere(f"example.{self.name}.{role}", text) for role, text in words.items()}


def examples() -> tuple[Example, ...]:
    """All of them, in the order in which they teach."""
    return tuple(Example(name, title) for name, title in EXAMPLES.items())
