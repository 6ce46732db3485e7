"""What a person does to a function that is built: to its neurons, and to the target."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.approximation import Approximation
from playground.labs.approximation.laboratory import BRICKS
from playground.labs.approximation.neurons import Neuron
from widgets.gesture import new_gesture
from widgets.pages.labs.edits import LabEdits
from widgets.sentences import said

WIDE = 1.0
"""How wide a bump is that is put in."""


class ApproximationEdits(LabEdits[Approximation]):
    """Each is one step of undo, or one for each gesture."""

    @property
    def brick(self) -> type[Neuron]:
        """What each neuron adds."""
        return BRICKS[self.lab.brick]

    def move(self, place: int, x: float, height: float, gesture: int) -> None:
        """Bring a neuron somewhere else."""
        neuron = self.lab.built[0][place].with_(place=x, height=height)
        self.set_neuron(place, neuron, gesture, _tr("Move the neuron"))

    def set_neuron(self, place: int, neuron: Neuron, gesture: int, text: str) -> None:
        """Give a neuron other settings."""
        self._document.edit(self.lab.with_neuron(place, neuron), text, gesture)

    def choose(self, place: int) -> None:
        """Show the settings of this one."""
        lab = self.lab
        if place != lab.chosen:
            self._document.edit(lab.with_(chosen=place), _tr("Choose a neuron"), new_gesture())

    def add(self) -> None:
        """One more neuron, where the function is farthest from the target."""
        lab = self.lab
        worst = lab.where_worst
        neuron = self.brick(place=worst, height=lab.missing(worst))
        self._document.edit(lab.with_more(neuron), _tr("Add {name}").format(name=said(self.brick)))

    def add_bump(self) -> None:
        """Neurons that go up and down again where the function is farthest from the target."""
        lab = self.lab
        worst = lab.where_worst
        bump = self.brick.bump(worst, WIDE, lab.missing(worst))
        self._document.edit(lab.with_more(*bump), _tr("Add a bump"))

    def remove(self) -> None:
        """Without the chosen neuron."""
        lab = self.lab
        self._document.edit(lab.without(lab.shown), _tr("Remove a neuron"))

    def lay(self) -> None:
        """Lay all neurons evenly along the target."""
        self._document.edit(self.lab.with_(neurons=()), _tr("Lay the neurons"))

    def draw(self, start: tuple[float, float], end: tuple[float, float], gesture: int) -> None:
        """Let the target go where a pencil went."""
        self._document.edit(self.lab.drawn(start, end), _tr("Draw the target"), gesture)

    def with_trained(self, lab: Approximation) -> Approximation:
        """The settings as they are, with what training made of the neurons."""
        return self.lab.with_neurons(lab.neurons, lab.constant)

    def keep(self, trained: Approximation, gesture: int) -> None:
        """Have what training made of the neurons."""
        self._document.edit(trained, _tr("Train"), gesture)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ApproximationEdits", text)
