"""The laboratory of activations: curve and properties on top, the way of a signal through layers below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QPushButton

from playground.engine.activations import Activation
from playground.engine.initializers import Initializer
from playground.labs.activations import ActivationExplorer
from playground.labs.activations.as_one import AsOne
from playground.labs.activations.pairs import Pairs, tried
from playground.labs.activations.signal import LayerShares, SignalTravel
from playground.labs.activations.using import with_activation
from playground.labs.activations.wide import Expected
from playground.numbers.writing import whole
from widgets import theme
from widgets.gesture import new_gesture
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.activations.histograms import LayerHistograms
from widgets.pages.labs.views.activations.pairs import PairsTable
from widgets.pages.labs.views.activations.plots import AsOnePlot, TangentPlot, TravelPlot
from widgets.pages.labs.views.activations.words import as_one_told, place_told, told
from widgets.panels.explain.words import property_rows
from widgets.panels.layer import Facts
from widgets.panels.scroll import MARGIN, ScrollingColumn
from widgets.sentences import said
from widgets.tips import tip
from widgets.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Travelled:
    """What was worked out of a laboratory."""

    lab: ActivationExplorer
    passage: SignalTravel
    expected: Expected | None
    histograms: LayerShares


class ActivationsView(SteppedView[ActivationExplorer]):
    """All is worked out when anything changes; a run lets the signal be seen layer by layer."""

    def __init__(self, document: LabDocument[ActivationExplorer], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._of: ActivationExplorer | None = None  # what was last worked out, or is
        self._found: Travelled | None = None
        self._as_one: AsOne | None = None
        self.curve, self.travel = TangentPlot(), TravelPlot()
        self.facts, self.histograms = Facts(), LayerHistograms()
        self.as_one, self.pairs = AsOnePlot(), PairsTable()
        self.curve.setObjectName("picture")
        self.curve.led.connect(self._lead)
        self.pairs.chosen.connect(self._choose)
        self.use = QPushButton(self.tr("Use both in my network"))
        self.use.setToolTip(
            tip(self.tr("Give the hidden layers of the present network this activation and these weights."))
        )
        self.use.clicked.connect(self._use)
        self._lay_out()
        self.setFocusProxy(self.curve)
        theme.themes.changed.connect(self._recolour)

    def _lay_out(self) -> None:
        properties = ScrollingColumn()
        properties.column.setContentsMargins(0, 0, MARGIN, 0)
        properties.column.addWidget(self.facts)
        properties.column.addStretch(1)
        self.frames = {
            "curve": LabFrame(self.tr("Activation and its slope"), self.curve),
            "facts": LabFrame(self.tr("Properties"), properties),
            "travel": LabFrame(self.travel.title, self.travel),
        }
        self.turning = TurningFrame(
            (
                TurnedPage(
                    self.histograms.title,
                    self.histograms,
                    self.tr("layers"),
                    self.tr("Show how the activations of every layer are spread."),
                ),
                TurnedPage(
                    self.tr("Many layers as one"),
                    self.as_one,
                    self.tr("as one"),
                    self.tr("Show what all layers make of a straight line, and what one layer can."),
                ),
                TurnedPage(
                    self.pairs.title,
                    self.pairs,
                    self.tr("all pairs"),
                    self.tr("Try every activation with all initial weights; a click takes a pair."),
                ),
            )
        )
        self.turning.turned.connect(self._turned)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.frames["curve"], 0, 0, 1, 6)
        grid.addWidget(self.frames["facts"], 0, 6, 1, 4)
        grid.addWidget(self.frames["travel"], 1, 0, 1, 5)
        grid.addWidget(self.turning, 1, 5, 1, 5)
        for column in range(10):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(1, 3)

    def uses(self) -> Sequence[QPushButton]:
        """Activation and weights can be the network's."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How the place on the curve is led without a mouse."""
        return {self.tr("← →"): self.tr("Lead the place on the curve; with Shift farther.")}

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: ActivationExplorer) -> None:
        """Show the curve at once, and work out the way through the layers if it is another."""
        self.curve.show_lab(value)
        self.facts.show_rows(property_rows(value.activation))
        self.frames["curve"].show_remark(place_told(value))
        self.use.setEnabled(value.activation.has_slope)
        lab = value.with_(place=0.0)
        if lab != self._of:
            self._of = lab
            self.see_all()
            self._begin()

    def _begin(self) -> None:
        assert self._of is not None
        self._steps.begin(self._stages(self._of, self.turning.front is self.pairs))

    @staticmethod
    def _stages(lab: ActivationExplorer, pairs: bool) -> Iterator[object]:
        """What is worked out on another thread; the pairs only where they are seen."""
        passage = lab.passage()
        yield Travelled(lab, passage, lab.expected(), LayerShares.of(passage.values))
        yield lab.as_one()
        if pairs:
            yield from tried(lab.activation, lab.initializer, lab.depth, lab.seed)

    def take(self, found: object) -> None:
        """Show a piece of what was worked out."""
        if isinstance(found, Travelled):
            self._found = found
            self.show_steps()
        elif isinstance(found, Pairs):
            self.pairs.show_pairs(found, (self.lab.activation.tag(), self.lab.initializer.tag()))
        else:
            assert found is None or isinstance(found, AsOne)
            self._as_one = found
            self.as_one.show_found(found)
            self._tell()

    def _turned(self) -> None:
        self._tell()
        if self.turning.front is self.pairs:
            self._begin()

    # --- what a person does -----------------------------------------------------------------------------

    def _lead(self, place: float, gesture: int) -> None:
        self.document.edit(self.lab.with_(place=place), self.tr("Move along the curve"), gesture)

    def _choose(self, activation: Activation, initializer: Initializer) -> None:
        text = self.tr("Take {activation} and {weights}")
        after = self.lab.with_(activation=activation, initializer=initializer)
        names = text.format(activation=said(activation), weights=said(initializer))
        self.document.edit(after, names, new_gesture())

    def _use(self) -> None:
        document, lab = self.workspace.document, self.lab
        after = with_activation(document.experiment, lab.activation, lab.initializer)
        document.edit(after, self.tr("Use {name}").format(name=said(lab.activation)))
        self.workspace.page_asked.emit("design")
        words = self.tr("The hidden layers have {activation} and {weights} now.")
        names = {"activation": said(lab.activation), "weights": said(lab.initializer)}
        self.workspace.notice.say(words.format(**names), bad=False)

    @property
    def length(self) -> int:
        """The layers."""
        return self.lab.depth

    # --- showing ----------------------------------------------------------------------------------------

    def _recolour(self, *_: object) -> None:
        self.curve.show_lab(self.lab)
        self.as_one.show_found(self._as_one)
        self.show_steps()

    def show_steps(self) -> None:
        """Show so many layers, and what becomes of the signal."""
        found = self._found
        if found is None:
            return
        depth = found.lab.depth
        seen = min(self.seen, depth)
        self.travel.show_passage(found.passage, found.expected, seen)
        self.histograms.show_histograms(found.histograms, seen)
        words = self.tr("layer {layer} of {depth}: net inputs z, activations a, gradients δ")
        self.frames["travel"].show_remark(words.format(layer=whole(seen), depth=whole(depth)))
        self._tell()

    def _tell(self) -> None:
        """Say what is seen of the part that is in front."""
        told_above = self.tr("powers of ten; 0 is kept") if self.turning.front is self.pairs else ""
        self.turning.show_remark(told_above)
        if self.turning.front is self.as_one:
            self.told.emit(as_one_told(self.lab.depth, self._as_one))
        elif self._found is not None:
            self.told.emit(told(self._found.lab, self._found.passage))
