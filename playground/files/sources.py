"""What a person may name to open it: a file, a TensorFlow Playground link, or one of the examples."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from playground.files import tf_playground
from playground.files.experiment_file import SUFFIX, SavedExperiment, load
from playground.files.problem import FileProblem

FOLDER = Path(__file__).parents[2] / "resources" / "examples"


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
        """Its file, a bare `experiment.json`."""
        return FOLDER / f"{self.name}.json"

    def load(self) -> SavedExperiment:
        """What its file holds."""
        return load(self.path)

    @property
    def sentence(self) -> str:
        """What it shows: the first sentence of its notes."""
        first, _, _ = self.load().experiment.notes.partition(". ")
        return first.removesuffix(".") + "."


EXAMPLES = (
    Example("one_neuron", "One neuron"),
    Example("xor", "Exclusive or"),
    Example("three_classes", "Three classes"),
    Example("spiral", "Spiral"),
    Example("skip", "Skip connection"),
    Example("sine", "Sine"),
)
"""In the order in which they teach."""


@dataclass(frozen=True, eq=False)
class Source:
    """What was named, opened.

    Attributes:
        name: what to call it.
        path: the file of the person that it came from; None for links and examples, which nobody overwrites.
    """

    name: str
    saved: SavedExperiment
    path: Path | None = None


def resolve(text: str) -> Source:
    """Open a source: a link, an example's name, or else a file.

    Raises:
        FileProblem: when there is no such thing, or it is wrong.
    """
    if tf_playground.is_link(text):
        return Source("TensorFlow Playground", SavedExperiment(tf_playground.parse(text)))
    for example in EXAMPLES:
        if text.casefold() == example.name:
            return Source(example.title, example.load())
    if "://" in text:
        raise FileProblem(f"{text} is not a link of TensorFlow Playground.")
    path = Path(text)
    if not (path.exists() or path.parent != Path() or path.suffix in (SUFFIX, ".json")):
        raise FileProblem(f"There is no file and no example called “{text}”.  {_suggestion(text)}")
    try:
        return Source(path.stem, load(path), path)
    except FileProblem as problem:
        if str(path) in str(problem):
            raise
        raise FileProblem(f"{path}: {problem}") from None


def _suggestion(text: str) -> str:
    """The examples with a name like this, or all of them."""
    names = [example.name for example in EXAMPLES]
    near = get_close_matches(text.casefold(), names, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else f"The examples are {', '.join(names)}."
