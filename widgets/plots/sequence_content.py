"""What is shown of one sequence: its steps, what follows or goes with them, and what the network says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.data.sample import lengths
from playground.data.scaling import NoScaling
from playground.numbers.writing import decimals
from playground.training.continuing import MOST_STEPS
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.sentences import column_name
from widgets.sequence_picture import Track, beside, text_of, track_colours
from widgets.theme import current


@dataclass(frozen=True, eq=False)
class SequenceContent:
    """One sequence and the answer to it.

    Attributes:
        tracks: its columns, what is true behind or beside them, and what the network says of that.
        symbols: what it is made of otherwise, and `onward` those with which the network goes on.
        steps: how many it has.
        room: how many it might have, and those with which it goes on.
        answered: whether the answer is among the tracks.
        shades: for each of the symbols what the neuron that is pointed at makes of it, −1 to 1; or none.
    """

    tracks: tuple[Track, ...]
    symbols: tuple[str, ...]
    onward: tuple[str, ...]
    steps: int
    room: int
    answered: bool
    shades: Floats | None = None

    def columns(self) -> Columns:
        """The value of every track at each step; none where a track has no such step."""
        steps = np.unique(np.concatenate([track.steps for track in self.tracks]))
        found: Columns = {"step": steps.astype(np.int64) + 1}
        for track in self.tracks:
            values = np.full(len(steps), np.nan)
            values[np.searchsorted(steps, track.steps)] = track.values
            name = track.name
            while name in found:
                name += "′"
            found |= {name: values}
        return found


def sequence_content(snapshot: Snapshot) -> SequenceContent | None:
    """What a snapshot shows of its chosen sequence; None where samples are none."""
    dataset, chosen = snapshot.experiment.data.dataset, snapshot.data.chosen
    if chosen is None or not dataset.shape.is_sequence:
        return None
    raw, symbols = chosen.raw, dataset.shape.symbols
    steps = int(lengths(raw[np.newaxis])[0])
    if symbols:
        onward = () if snapshot.continued is None else tuple(text_of(snapshot.continued, symbols))
        text = tuple(text_of(raw, symbols))
        room = len(raw) + (0 if snapshot.continued is None else MOST_STEPS)
        return SequenceContent((), text, onward, steps, room, False, _shades(snapshot, steps))
    columns = dataset.shape.axes[-1].names
    colours = track_colours(current(), len(columns))
    at = np.arange(float(len(raw)))
    tracks = [
        Track(column_name(name), at, values, colour)
        for name, values, colour in zip(columns, raw.T, colours, strict=True)
    ]
    if (states := states_of_focus(snapshot)) is not None:
        tracks.append(Track(_tr("neuron"), at, states, current().text))
    answers = [] if chosen.truth is None else _answers(snapshot, chosen.truth)
    return SequenceContent(
        tuple(tracks + answers),
        (),
        (),
        steps,
        len(raw),
        bool(answers),
    )


def states_of_focus(snapshot: Snapshot) -> Floats | None:
    """The states over time (time,) of the neuron that is pointed at; None where it has none."""
    layer_id, unit = snapshot.focus or ("", 0)
    layer = snapshot.layers.get(layer_id)
    states = None if layer is None else layer.states
    if states is None or unit >= states.shape[1] or len(states) != len(_raw(snapshot)):
        return None
    return np.nan_to_num(states[:, unit])


def _raw(snapshot: Snapshot) -> Floats:
    return np.empty((0, 0)) if snapshot.data.chosen is None else snapshot.data.chosen.raw


def _shades(snapshot: Snapshot, steps: int) -> Floats | None:
    states = states_of_focus(snapshot)
    return None if states is None else states[:steps] / max(1.0, float(np.abs(states).max()))


def _answers(snapshot: Snapshot, truth: Floats) -> list[Track]:
    """What is true, what the network says, and how it goes on by itself."""
    dataset, theme = snapshot.experiment.data.dataset, current()
    chosen, said = snapshot.data.chosen, snapshot.answer
    if chosen is None:
        return []
    if snapshot.experiment.data.targets == "inputs":
        return _given_back(snapshot, chosen.raw)

    def tracks(name: str, answer: Floats, **look: Any) -> list[Track]:
        return [Track(name, *at, **look) for at in beside(chosen.raw, answer, dataset)]

    onward = dataset.onward(chosen.row, MOST_STEPS) if dataset.continues and chosen.row >= 0 else None
    far = truth if onward is None else onward[: max(len(chosen.raw), np.size(truth) // onward.shape[1])]
    found = tracks(_tr("truth"), far, colour=theme.lines[0], width=3.2)
    if said is not None and said.size == truth.size:
        told = np.where(np.isnan(truth), np.nan, said.reshape(truth.shape))
        found += tracks(_tr("network"), told, colour=theme.test)
    if snapshot.continued is not None:
        found += tracks(_tr("goes on by itself"), snapshot.continued, colour=theme.test, dashed=True)
    return found


def _given_back(snapshot: Snapshot, raw: Floats) -> list[Track]:
    """What an autoencoder makes of each column; nothing where that is on another scale."""
    said = snapshot.answer
    if said is None or said.size != raw.size or snapshot.experiment.data.scaling != NoScaling():
        return []
    columns = np.where(np.isnan(raw), np.nan, said.reshape(raw.shape)).T
    return [
        Track(_tr("given back"), np.arange(float(len(raw))), values, current().test) for values in columns
    ]


def number_of(truth: Floats | None) -> str:
    """What is true of a sequence, where that is one number."""
    return decimals(float(truth)) if truth is not None and np.size(truth) == 1 else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sequence", text)
