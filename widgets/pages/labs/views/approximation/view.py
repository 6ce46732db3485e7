"""The laboratory of built functions: the function on top; width, depth and the chosen neuron below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QPushButton

from playground.labs.approximation import Approximation
from playground.labs.approximation.network import TrainedFunction, experiment_of, one_epoch, training
from playground.numbers.writing import figures
from playground.text import Text
from widgets import theme
from widgets.gesture import new_gesture
from widgets.labels import link_button
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.view import LabView
from widgets.pages.labs.views.approximation.built import BuiltPlot
from widgets.pages.labs.views.approximation.edits import ApproximationEdits
from widgets.pages.labs.views.approximation.neuron_frame import NeuronFrame
from widgets.pages.labs.views.approximation.refused import allowed
from widgets.pages.labs.views.approximation.width_frame import WidthFrame
from widgets.sentences import counted, sentence
from widgets.steps import Steps
from widgets.tips import tip
from widgets.workspace import Workspace

FAR_OFF = 100.0
"""A mean squared error from which on a function has little to do with its target."""


class ApproximationView(LabView[Approximation]):
    """What is dragged, drawn or trained is shown at once; the errors follow on a thread."""

    def __init__(self, document: LabDocument[Approximation], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.edits = ApproximationEdits(document)
        self._kept: Approximation | None = None  # the settings that training came to last
        self._epochs, self._gesture = 0, -1
        self._refused: Text | None = None  # why nothing can be trained
        self._learning = Steps(self)
        self._learning.came.connect(self._take_trained)
        self._learning.ended.connect(lambda: self.set_running(False))
        self.plot = BuiltPlot()
        self.plot.setObjectName("picture")
        self.width_and_depth = WidthFrame()
        self.neuron = NeuronFrame(self.edits)
        self.use = QPushButton(self.tr("Use in my network"))
        self.use.setToolTip(tip(self.tr("Let a network begin with these neurons and learn this target.")))
        self.use.clicked.connect(self._use)
        self._connect()
        self._lay_out()
        self.setFocusProxy(self.plot)
        theme.themes.changed.connect(self._show)

    def _connect(self) -> None:
        self.plot.chosen.connect(self.edits.choose)
        self.plot.moved.connect(self.edits.move)
        self.plot.drawn.connect(self.edits.draw)
        self.plot.removed.connect(self.edits.remove)

    def _lay_out(self) -> None:
        self.draw = link_button(
            self.tr("draw the target"), tip(self.tr("Drag along in the plot to draw it."))
        )
        self.draw.setCheckable(True)
        self.draw.toggled.connect(self._draw_or_drag)
        self._top = LabFrame(self.plot.title, self.plot, (self.draw, self.plot.menu_button))
        self.arrange(self._top, (self.width_and_depth, self.neuron))

    def uses(self) -> Sequence[QPushButton]:
        """The neurons can be those of a network."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How neurons are led without a mouse."""
        return {
            self.tr("Arrows"): self.tr("Lead the chosen neuron; with Shift farther."),
            self.tr("Page up, Page down"): self.tr("Choose the neuron beside it."),
            self.tr("Delete"): self.tr("Take the chosen neuron away."),
        }

    # --- showing ----------------------------------------------------------------------------------------

    def show_value(self, value: Approximation) -> None:
        """Show the function, and train anew where what is learnt is something else now."""
        self._show(value)
        if self.running and value is not self._kept:
            self.begin()

    def _show(self, *_: object) -> None:
        lab = self.edits.lab
        self.plot.show_lab(lab)
        self.neuron.show_lab(lab)
        self.width_and_depth.show_lab(lab)
        self._top.show_remark(self.tr("mean squared error {error}").format(error=figures(lab.error, 3)))
        self.told.emit(self._told(lab))

    def _told(self, lab: Approximation) -> str:
        if self._refused is not None:
            return sentence(self._refused)
        if not math.isfinite(lab.error):
            return self.tr("The target has no value here: choose another one.")
        if lab.error > FAR_OFF:
            return self.tr("The function is far away from the target: lay the neurons anew, or undo.")
        told = counted(
            "{count} neuron follows the target with a mean squared error of {error}.",
            "{count} neurons follow the target with a mean squared error of {error}.",
            len(lab.built[0]),
            error=figures(lab.error, 3),
        )
        return f"{told} {_trained(self._epochs)}" if self._epochs else told

    def _draw_or_drag(self, draws: bool) -> None:
        """Let the mouse draw the target, or drag neurons."""
        self.plot.drawing = draws
        self.draw.setText(self.tr("drag neurons") if draws else self.tr("draw the target"))

    # --- training ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Train from the neurons as they are."""
        self._train(training(self.edits.lab))

    def step(self) -> None:
        """Train for one epoch."""
        self._train(one_epoch(self.edits.lab))

    def rest(self) -> None:
        """Train no more."""
        self._learning.stop()

    def reset(self) -> None:
        """Lay the neurons anew."""
        self.set_running(False)
        self._epochs, self._refused = 0, None
        self.edits.lay()
        self._show()

    def advance(self) -> None:
        """Nothing: training shows what it comes to by itself."""

    def end(self) -> None:
        """Work nothing out any more."""
        super().end()
        self._learning.close()
        self.width_and_depth.end()

    def _train(self, pieces: Iterator[TrainedFunction]) -> None:
        self._gesture, self._refused = new_gesture(), None
        self._learning.begin(allowed(pieces))

    def _take_trained(self, found: TrainedFunction | Text) -> None:
        if isinstance(found, Text):
            self._refused = found
            self._show()
            return
        self._epochs = found.epoch
        self._kept = self.edits.with_trained(found.lab)
        self.edits.keep(self._kept, self._gesture)

    def _use(self) -> None:
        """Let a network begin with the neurons, and show that."""
        workspace = self.workspace
        workspace.document.edit(experiment_of(self.edits.lab), self.tr("Use the built function"))
        workspace.page_asked.emit("design")
        words = self.tr(
            "The network learns this target now, and begins with these neurons. "
            "Undo brings back what was there."
        )
        workspace.notice.say(words, bad=False)


def _trained(epochs: int) -> str:
    return counted("They were trained for {count} epoch.", "They were trained for {count} epochs.", epochs)
