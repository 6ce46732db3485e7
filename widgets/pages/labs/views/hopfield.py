"""The laboratory of Hopfield networks: patterns painted, damaged, and recalled by two kinds of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.labs import Laboratory
from playground.labs.hopfield.capacity import CAPACITY, Capacity, Course, measured
from playground.labs.hopfield.laboratory import MOST_PATTERNS, Hopfield, bits
from playground.labs.hopfield.letters import LETTERS, letter
from playground.labs.hopfield.recall import Floats, ModernRecall, Recall, weights
from playground.labs.hopfield.recognized import blended, recognized
from playground.numbers.writing import figures, fixed, percent, whole
from widgets import theme
from widgets.elided_label import ElidedLabel
from widgets.forms.control import tip
from widgets.gesture import new_gesture
from widgets.labels import label, link_button
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.grid import PixelGrid
from widgets.pages.labs.steps import Steps
from widgets.pages.labs.view import LabView
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.plots.pictures.told import Told, WallContent
from widgets.plots.pictures.wall import PictureWall
from widgets.sentences import sentence
from widgets.theme import Theme, current
from widgets.workspace import Workspace

SWEEP_FRAMES = 45
"""Frames in which every neuron is asked once."""
STEP_FRAMES = 12
"""Frames from one step of the whole network to the next."""
THUMBNAIL = 44
ABOUT_SQUARES = 60
"""Pixels of the panel of the grids above and below their squares."""


class HopfieldView(LabView):
    """Stored patterns on top, four grids in the middle, the energy and the capacity below."""

    def __init__(self, document: LabDocument, workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._shown: Hopfield | None = None
        self._held = False
        self._frame = 0
        self._choosing = new_gesture()
        self._make_patterns()
        self._make_grids()
        self.energies = EnergyPlot()
        self.capacity = CapacityPanel()
        self.capacity.measure.clicked.connect(self._measure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._patterns)
        column.addWidget(self._grids, 3)
        below = QHBoxLayout()
        below.setSpacing(8)
        self._energy_frame = LabFrame(self.tr("Energy"), self.energies)
        below.addWidget(self._energy_frame, 1)
        below.addWidget(self.capacity, 1)
        column.addLayout(below, 2)
        self.setFocusProxy(self.cue)
        theme.themes.changed.connect(self._take_theme)

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_patterns(self) -> None:
        self.wall = PictureWall(self.tr("Stored patterns"), THUMBNAIL, 1)
        self.wall.chosen.connect(self._choose)
        self.add_letter = link_button(self.tr("+ letter"), tip(self.tr("Store the next letter.")))
        self.add_random = link_button(self.tr("+ random"), tip(self.tr("Store a pattern of chance.")))
        self.add_empty = link_button(self.tr("+ empty"), tip(self.tr("Store a pattern to be painted.")))
        self.delete = link_button(self.tr("delete"), tip(self.tr("Forget the chosen pattern.")))
        self.add_letter.clicked.connect(self._add_letter)
        self.add_random.clicked.connect(self._add_random)
        self.add_empty.clicked.connect(lambda: self._add("0" * self.lab.neurons))
        self.delete.clicked.connect(self._delete)
        links = (self.add_letter, self.add_random, self.add_empty, self.delete, self.wall.menu_button)
        self._patterns = LabFrame(self.tr("Stored patterns"), self.wall, links)

    def _make_grids(self) -> None:
        self.pattern = PixelGrid(self.tr("Pattern"), paints=True)
        self.cue = PixelGrid(self.tr("Damaged"), paints=True)
        self.classic = PixelGrid(self.tr("Hopfield 1982"))
        self.modern = PixelGrid(self.tr("Modern 2020"))
        self.pattern.painted.connect(self._paint_pattern)
        self.cue.painted.connect(self._paint_cue)
        self.clean = link_button(
            self.tr("clean"), tip(self.tr("Take away what was painted on the damaged one."))
        )
        self.clean.clicked.connect(lambda: self._edit(self.tr("Clean"), painted=""))
        self.told_classic, self.told_modern = ElidedLabel(), ElidedLabel()
        hints = (self.tr("paint: left inks, right wipes"), self.tr("paint on it too"))
        captions = [*map(ElidedLabel, hints), self.told_classic, self.told_modern]
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        for place, shown in enumerate((self.pattern, self.cue, self.classic, self.modern)):
            head = QHBoxLayout()
            head.addWidget(label(shown.title, "muted"))
            head.addStretch(1)
            if shown is self.cue:
                head.addWidget(self.clean)
            grid.addLayout(head, 0, place)
            grid.addWidget(shown, 1, place)
            captions[place].setProperty("role", "caption")
            captions[place].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(captions[place], 2, place)
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(1, 1)
        content.setObjectName("picture")
        self._grids = LabFrame(self.tr("Recall"), content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the grids as much as their squares need, and the plots the rest."""
        super().resizeEvent(event)
        self._grids.setMaximumHeight(self.width() // 4 + ABOUT_SQUARES)

    # --- settings ---------------------------------------------------------------------------------------

    @property
    def lab(self) -> Hopfield:
        """The settings."""
        value = self.document.value
        assert isinstance(value, Hopfield)
        return value

    def show_value(self, value: Laboratory) -> None:
        """Show patterns and cue, and begin from there."""
        assert isinstance(value, Hopfield)
        before, self._shown = self._shown, value
        if before is None or before.stored is not value.stored:
            self._show_patterns()
        self.reset()

    def _show_patterns(self) -> None:
        lab = self.lab
        inks = (lab.stored.reshape(-1, lab.side, lab.side) + 1) / 2

        def told(number: int) -> Told:
            return Told(
                whole(number + 1), False, self.tr("pattern {number}").format(number=whole(number + 1))
            )

        content = WallContent(
            lab.stored, np.arange(len(inks)), lambda number: inks[number], told, (-1.0, 1.0), signed=True
        )
        self.wall.show_content(content, lab.current)
        words = self.tr("{count} in {neurons} neurons: {load} a neuron")
        load = fixed(len(inks) / lab.neurons, 3)
        self._patterns.remark.setText(
            words.format(count=whole(len(inks)), neurons=whole(lab.neurons), load=load)
        )
        full = len(inks) >= MOST_PATTERNS
        for button in (self.add_letter, self.add_random, self.add_empty):
            button.setEnabled(not full)
        self.delete.setEnabled(len(inks) > 0)

    def reset(self) -> None:
        """Begin from the damaged pattern."""
        lab = self.lab
        self._weights = weights(lab.stored, lab.rule)
        self._recall = Recall(self._weights, lab.cue, lab.update, lab.order())
        self._modern = ModernRecall(lab.stored, lab.cue, lab.beta)
        self._frame = 0
        self.wall.choose(lab.current)
        self.pattern.show_values(self._wanted)
        self.cue.show_values(lab.cue, self._wanted)
        self.clean.setEnabled(bool(lab.painted.strip(".")))
        self._show_recall()

    @property
    def _wanted(self) -> Floats:
        """The chosen pattern; empty where there is none."""
        lab = self.lab
        return lab.stored[lab.current] if lab.current >= 0 else -np.ones(lab.neurons)

    def _edit(self, text: str, gesture: int = -1, **changes: object) -> None:
        self.document.edit(self.lab.with_(**changes), text, gesture)

    # --- patterns ---------------------------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        self._edit(self.tr("Choose a pattern"), self._choosing, chosen=number, painted="")

    def _add(self, pattern: str) -> None:
        patterns = (*self.lab.patterns, pattern)
        self._edit(self.tr("Store a pattern"), patterns=patterns, chosen=len(patterns) - 1, painted="")

    def _add_letter(self) -> None:
        drawn = [bits(letter(name, self.lab.side)) for name in LETTERS]
        unused = [pattern for pattern in drawn if pattern not in self.lab.patterns]
        self._add((unused or drawn)[0])

    def _add_random(self) -> None:
        chance = np.random.default_rng([self.lab.seed, len(self.lab.patterns)])
        self._add(bits(np.where(chance.random(self.lab.neurons) < 0.5, 1, -1)))

    def _delete(self) -> None:
        lab = self.lab
        patterns = tuple(each for place, each in enumerate(lab.patterns) if place != lab.current)
        self._edit(self.tr("Forget a pattern"), patterns=patterns, painted="")

    def _paint_pattern(self, row: int, column: int, ink: bool, gesture: int) -> None:
        lab, place = self.lab, row * self.lab.side + column
        if lab.current < 0:
            self._add("0" * lab.neurons)
            lab = self.lab
        pattern = bits(lab.stored[lab.current])
        pattern = pattern[:place] + ("1" if ink else "0") + pattern[place + 1 :]
        patterns = tuple(pattern if at == lab.current else each for at, each in enumerate(lab.patterns))
        self._edit(self.tr("Paint a pattern"), gesture, patterns=patterns)

    def _paint_cue(self, row: int, column: int, ink: bool, gesture: int) -> None:
        lab, place = self.lab, row * self.lab.side + column
        painted = lab.painted if len(lab.painted) == lab.neurons else "." * lab.neurons
        painted = painted[:place] + ("1" if ink else "0") + painted[place + 1 :]
        self._edit(self.tr("Paint the damage"), gesture, painted=painted)

    def keys(self) -> dict[str, str]:
        """How pixels are painted without a mouse."""
        return {
            self.tr("Arrows, Enter"): self.tr("Go from pixel to pixel of a grid, and turn one over."),
            self.tr("Left, Right"): self.tr("Choose another of the stored patterns."),
        }

    # --- recall -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Go on, or from the start once both have ended."""
        if self._recall.ended and self._modern.ended:
            self.reset()
        super().begin()

    def advance(self) -> None:
        """Ask some neurons, and now and then let a network turn as a whole."""
        whole_step = self._frame % STEP_FRAMES == 0
        self._frame += 1
        if self.lab.update == "one":
            self._recall.advance(-(-self.lab.neurons // SWEEP_FRAMES))
        elif whole_step:
            self._recall.advance()
        if whole_step:
            self._modern.advance()
        if self._recall.ended == "cycle" and whole_step:
            self._recall.take_turns()
        self._show_recall()
        if self._recall.ended == "rest" and self._modern.ended:
            self.set_running(False)

    def step(self) -> None:
        """One neuron or all of them, and one step of the modern network."""
        if self._recall.ended == "cycle":
            self._recall.take_turns()
        self._recall.advance()
        self._modern.advance()
        self._show_recall()

    def _show_recall(self) -> None:
        lab, wanted = self.lab, self._wanted
        has_any = len(lab.stored) > 0
        self.classic.show_values(self._recall.state, wanted if has_any else None)
        self.modern.show_values(self._modern.state, wanted if has_any else None)
        classic = sentence(recognized(lab.stored, self._recall.state))
        if self._recall.ended == "cycle":
            classic = self.tr("Two states take turns for ever.")
        modern = sentence(blended(lab.stored, self._modern.state, lab.beta))
        for shown, words in ((self.told_classic, classic), (self.told_modern, modern)):
            shown.setText(words)
            shown.setToolTip(tip(words))
        self.classic.setAccessibleDescription(classic)
        self.modern.setAccessibleDescription(modern)
        self.energies.show_energies(self._recall, self._modern, lab.neurons)
        self._energy_frame.remark.setText(self._course())
        self.told.emit(self._told(classic, modern))

    def _course(self) -> str:
        if self._recall.ended == "rest":
            return self.tr("at rest after {0} sweeps").format(figures(self._recall.sweeps, 2))
        return self.tr("a neuron, over sweeps")

    def _told(self, classic: str, modern: str) -> str:
        if not self._recall.turned:
            return self.tr("Press Run: both networks begin from the damaged pattern.")
        return self.tr("Hopfield: {classic}\nModern: {modern}").format(classic=classic, modern=modern)

    # --- capacity ---------------------------------------------------------------------------------------

    def _measure(self) -> None:
        lab = self.lab
        self.capacity.measure_or_stop(lab.neurons, lab.damage / 100, lab.seed)

    def end(self) -> None:
        """Measure no more either."""
        super().end()
        self.capacity.steps.close()

    def _take_theme(self, _: Theme) -> None:
        self._show_recall()


class EnergyPlot(CurvePlot):
    """The energies of both networks, a neuron, over how often each was asked."""

    def __init__(self) -> None:
        super().__init__(self.tr("Energy a neuron"), self.tr("sweeps"), from_zero=False)

    def show_energies(self, classic: Recall, modern: ModernRecall, neurons: int) -> None:
        """Show how both went down so far."""
        courses = [dict(each) for each in (classic.energies, modern.energies)]
        x = np.array(sorted(set().union(*courses)))
        names = (self.tr("Hopfield"), self.tr("modern"))
        colours = current().lines[1], current().lines[2]
        curves = []
        for course, name, colour in zip(courses, names, colours, strict=True):
            values = np.array([course.get(place, np.nan) for place in x.tolist()]) / neurons
            own = np.isfinite(values)
            if course:
                curves.append(Curve(name, values, colour, own=own))
        self.show_curves(x, curves)


class CapacityPanel(LabFrame):
    """How many patterns are recalled over how many are stored, measured on request."""

    def __init__(self) -> None:
        self.plot = FunctionPlot()
        self.measure = QPushButton(self.tr("measure"))
        self.measure.setProperty("role", "link")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        super().__init__(self.tr("Capacity"), self.plot, [self.measure])
        self.column.addWidget(self.progress)
        self.steps = Steps(self)
        self.steps.came.connect(self._show)
        self.steps.ended.connect(self._rest)
        self.found: Capacity | None = None
        theme.themes.changed.connect(lambda _: self._draw())
        self._rest()
        self._draw()

    def measure_or_stop(self, neurons: int, damage: float, seed: int) -> None:
        """Measure networks of so many neurons, or leave what is under way."""
        if self.steps.busy:
            self.steps.stop()
            return
        self.progress.setValue(0)
        self.progress.show()
        self.measure.setText(self.tr("stop"))
        self.remark.setText(
            self.tr("{neurons} neurons; the upright line is at 0.138").format(neurons=whole(neurons))
        )
        self.steps.begin(measured(neurons, damage, seed))

    def _show(self, found: Capacity) -> None:
        self.found = found
        self.progress.setValue(round(100 * found.progress))
        self._draw()

    def _rest(self) -> None:
        self.progress.hide()
        self.measure.setText(self.tr("measure"))
        words = self.tr("Measure on random patterns how many are recalled, for more and more of them.")
        self.measure.setToolTip(tip(words))

    def _draw(self) -> None:
        found = self.found or Capacity(np.array([0.0]), {})
        curves = [
            Curve(self._name(course), 100 * rates, colour)
            for (course, rates), colour in zip(found.rates.items(), current().lines[1:], strict=False)
        ]
        functions = Functions(self.tr("patterns a neuron"), found.loads, curves, (0.0, 0.33), from_zero=True)
        self.plot.unit = " %"
        self.plot.show_functions(self.tr("Patterns recalled"), functions)
        self.plot.show_place(CAPACITY)

    def _name(self, course: Course) -> str:
        name = self.tr("Hebb") if course.rule == "hebb" else self.tr("projection")
        if not course.damage:
            return name
        return self.tr("{rule}, {damage} damaged").format(rule=name, damage=percent(course.damage, 0))
