"""What is shown of a layer over time: an array of its forward pass, with what its rows and columns are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from playground.analysis.ranges import symmetric_level
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.external_memory import ExternalMemory
from playground.engine.layers.recurrent import Recurrent
from playground.experiment import Experiment
from playground.numbers.writing import figures, whole
from playground.record import record
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.sentences import layer_name
from widgets.step_names import step_names

TITLES = {
    "state": QT_TRANSLATE_NOOP("OverTime", "States"),
    "cell": QT_TRANSLATE_NOOP("OverTime", "Cells"),
    "input gate": QT_TRANSLATE_NOOP("OverTime", "Input gate"),
    "forget gate": QT_TRANSLATE_NOOP("OverTime", "Forget gate"),
    "output gate": QT_TRANSLATE_NOOP("OverTime", "Output gate"),
    "candidate": QT_TRANSLATE_NOOP("OverTime", "Candidate"),
    "reset gate": QT_TRANSLATE_NOOP("OverTime", "Reset gate"),
    "update gate": QT_TRANSLATE_NOOP("OverTime", "Update gate"),
    "weights": QT_TRANSLATE_NOOP("OverTime", "Attention"),
    "writing": QT_TRANSLATE_NOOP("OverTime", "Slots written"),
    "reading": QT_TRANSLATE_NOOP("OverTime", "Slots read"),
    "added": QT_TRANSLATE_NOOP("OverTime", "Values written"),
    "read": QT_TRANSLATE_NOOP("OverTime", "Values read"),
}
"""What people call the arrays that layers show; one without a title is called as it is."""
ATTENTION = "weights"
"""The array of which both sides are steps: to × from."""
SLOTS = ("writing", "reading")
"""The arrays of which a row is a slot of a memory."""
BACKWARDS = " backwards"
"""What is behind the name of an array of the direction that reads from the end."""
LARGEST = 30.0
"""The side of a place of a map whose rows are steps, at most."""


@record(eq=False)
class TimeContent:
    """An array of a layer, (rows, columns): neurons × steps, or steps × the steps that they look at.

    Attributes:
        title: what the layer is called.
        name: what the array is called by the layer, of all the `names` that it shows.
        steps: a name for each step, its number or its symbol; fewer than columns where the sample is shorter.
        level: the value of the strongest colour.
    """

    title: str
    name: str
    names: tuple[str, ...]
    values: Floats
    steps: tuple[str, ...]
    level: float

    @property
    def of_steps(self) -> bool:
        """Whether rows are steps too."""
        return self.name == ATTENTION

    @property
    def of_slots(self) -> bool:
        """Whether rows are slots of a memory."""
        return self.name in SLOTS

    @property
    def lit(self) -> bool:
        """Whether all that a step looks at lights up."""
        return self.of_steps

    @property
    def ends(self) -> tuple[float, float]:
        """The values of the colours at both ends."""
        return (0.0 if self.of_steps else -self.level), self.level

    @property
    def largest(self) -> float | None:
        """Places of steps and steps are square, of this side at most."""
        return LARGEST if self.of_steps else None

    @property
    def titles(self) -> tuple[str, str]:
        """What columns and rows are."""
        if self.of_steps:
            return _tr("from"), _tr("to")
        return _tr("step"), _tr("slot") if self.of_slots else _tr("neuron")

    @property
    def column_names(self) -> tuple[str, ...]:
        """A column is a step."""
        return self.steps

    def row_name(self, row: int) -> str:
        """What a row is called: a step, or the number of a neuron."""
        return self.steps[row] if self.of_steps and row < len(self.steps) else whole(row + 1)

    def words(self, row: int, column: int) -> str:
        """What there is to read of a place."""
        value = figures(float(self.values[row, column]), 3)
        place = self._step(column)
        if self.of_steps:
            return _tr("{to} looks at {place} with {value}").format(
                to=self._step(row), place=place, value=value
            )
        words = (
            _tr("slot {row}, {place}: {value}") if self.of_slots else _tr("neuron {row}, {place}: {value}")
        )
        return words.format(row=whole(row + 1), place=place, value=value)

    def _step(self, step: int) -> str:
        name = self.steps[step] if step < len(self.steps) else ""
        words = _tr("step {0}").format(whole(step + 1))
        return words if name in ("", whole(step + 1)) else f"{words} {name}"

    def columns(self) -> Columns:
        """A row for each step, a column for each neuron or each step that is looked at from."""
        found: Columns = {"step": np.arange(1, self.values.shape[1] + 1)}
        word = "to" if self.of_steps else "neuron"
        return found | {f"{word} {row + 1}": values for row, values in enumerate(self.values)}


def reads_sequences(experiment: Experiment) -> bool:
    """Whether a layer reads sequences step by step, and shows how."""
    return any(
        isinstance(layer, Recurrent | SelfAttention | ExternalMemory) for layer in experiment.network.layers
    )


def layers_over_time(snapshot: Snapshot) -> tuple[str, ...]:
    """The layers that show something over time, by their ids."""
    return tuple(layer_id for layer_id, layer in snapshot.layers.items() if _shown(layer.seen))


def chosen_layer(snapshot: Snapshot, selected: Sequence[str], before: str) -> str:
    """The layer to show: the selected one, or else the one before, or else the first; "" where none is."""
    there = layers_over_time(snapshot)
    for layer_id in (*selected, before, *there):
        if layer_id in there:
            return layer_id
    return ""


def time_content(snapshot: Snapshot, layer_id: str, wanted: str) -> TimeContent | None:
    """What a layer shows, the wanted array if it has it; None where it shows nothing."""
    layer = snapshot.layers.get(layer_id)
    known = {} if layer is None else _shown(layer.seen)
    if not known:
        return None
    name = wanted if wanted in known else next(iter(known))
    values = np.nan_to_num(known[name])
    values = values if name == ATTENTION else values.T
    network = snapshot.experiment.network
    level = float(values.max()) if name == ATTENTION else max(1.0, symmetric_level(values))
    return TimeContent(
        layer_name(network, network.index(layer_id)),
        name,
        tuple(known),
        values,
        _steps(snapshot),
        level or 1.0,
    )


def title_of(name: str) -> str:
    """What people call an array."""
    plain = name.removesuffix(BACKWARDS)
    words = _tr(TITLES[plain]) if plain in TITLES else plain.capitalize()
    return _tr("{0}, backwards").format(words) if plain != name else words


def _shown(seen: dict[str, Floats]) -> dict[str, Floats]:
    return {name: values for name, values in seen.items() if values.ndim == 2 and values.size}


def _steps(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(name or whole(place) for place, name in enumerate(step_names(snapshot), 1))


def _tr(text: str) -> str:
    return QCoreApplication.translate("OverTime", text)
