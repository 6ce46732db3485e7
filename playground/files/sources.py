"""What a person may name to open it: a file, a TensorFlow Playground link, or one of the examples."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from os.path import exists
from pathlib import Path

from playground.files import share_link, tf_playground
from playground.files.display import Display
from playground.files.examples import examples
from playground.files.experiment_file import SavedExperiment, load
from playground.files.names import LOOKS, SUFFIX
from playground.files.problem import FileProblem
from playground.text import Text, either, say
from playground.words import shortened


@dataclass(frozen=True, eq=False)
class Opened:
    """What was named, opened.

    Attributes:
        name: what to call it.
        path: the file of the person that it came from; None for links and examples, which nobody overwrites.
        display: what a link says about the picture; None for anything else.
        look: the look inside at which an example opens; None where it opens anywhere.
    """

    name: str
    saved: SavedExperiment
    path: Path | None = None
    display: Display | None = None
    look: tuple[str, object] | None = None

    @property
    def remarks(self) -> list[str]:
        """What may surprise in a link."""
        return self.saved.experiment.notes.splitlines() if self.display else []

    @property
    def epochs_left(self) -> int:
        """Epochs up to the experiment's own end; 0 when it was trained that long."""
        done = self.saved.checkpoint.epoch if self.saved.checkpoint else 0
        return max(0, self.saved.experiment.training.epochs - done)


def resolve(text: str) -> Opened:
    """Open a source: a link, an example's name, or else a file.

    Raises:
        FileProblem: when there is no such thing, or it is wrong.
    """
    if tf_playground.is_link(text):
        saved, display = SavedExperiment(tf_playground.parse(text)), tf_playground.display(text)
        return Opened("TensorFlow Playground", saved, display=display)
    if share_link.is_link(text):
        return Opened("", SavedExperiment(share_link.parse(text)))
    for example in examples():
        if text.casefold() == example.name:
            return Opened(example.title, example.load(), look=LOOKS.get(example.name))
    if "://" in text:
        raise FileProblem(
            say(
                "link.other_site",
                "{text} is a link neither of this program nor of TensorFlow Playground.",
                text=shortened(text),
            )
        )
    path = Path(text)
    if not (exists(text) or path.parent != Path() or path.suffix.lower() in (SUFFIX, ".json")):
        raise FileProblem(
            say(
                "file.unknown",
                "There is no file and no example called “{text}”.  {suggestion}",
                text=shortened(text),
                suggestion=_suggestion(text),
            )
        )
    try:
        saved = load(path)
        return Opened(path.stem, saved, None if saved.lesson else path)  # what was handed in stays so
    except FileProblem as problem:
        name = shortened(path)
        if name in str(problem):
            raise
        raise FileProblem(
            say("file.problem_in", "{name}: {problem}", name=name, problem=problem.text)
        ) from None


def _suggestion(text: str) -> Text:
    """The examples with a name like this, or all of them."""
    names = [example.name for example in examples()]
    near = get_close_matches(text.casefold(), names)
    if near:
        return say("file.did_you_mean", "Did you mean {names}?", names=either(near))
    return say("file.examples", "The examples are {names}.", names=", ".join(names))
