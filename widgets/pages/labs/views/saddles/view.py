"""The laboratory of saddle points: descent beside one on top, matrices and critical points below."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from playground.labs.race.racing import Way, ground
from playground.labs.saddles import Saddles
from playground.labs.saddles.critical import CriticalPoints, search
from playground.labs.saddles.laboratory import HIGH, LEFT, LOW, RIGHT, left_after
from playground.labs.saddles.leaving import TwoValleys
from playground.labs.saddles.matrices import MatrixSigns, MatrixSpectrum, signs, spectrum
from playground.numbers.writing import percent, whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.terrain_stage import TerrainStage
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.saddles.edits import SaddlesEdits
from widgets.pages.labs.views.saddles.index_plot import IndexPlot
from widgets.pages.labs.views.saddles.plots import LeavingPlot, SignsPlot, SpectrumPlot
from widgets.sentences import counted
from widgets.steps import Steps
from widgets.workspace import Workspace


class SaddlesView(SteppedView[Saddles]):
    """Ways are worked out at once; matrices and critical points follow where their settings are others."""

    def __init__(self, document: LabDocument[Saddles], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.edits = SaddlesEdits(document)
        self._ways: tuple[Way, Way] | None = None
        self._of: Saddles | None = None  # whose ways these are
        self._asked: dict[str, object] = {}  # what each part was asked for last
        self.signs: MatrixSigns | None = None
        self.spectrum: MatrixSpectrum | None = None
        self.found: CriticalPoints | None = None
        self.stage = TerrainStage()
        self.stage.moved.connect(self.edits.begin_at)
        self.stage.surface_asked.connect(self.edits.see_surface)
        self.losses, self.minima, self.eigenvalues = LeavingPlot(), SignsPlot(), SpectrumPlot()
        self.index = IndexPlot()
        self.searching, self.drawing = Steps(self), Steps(self, newest_only=True)
        self.searching.came.connect(self._take_found)
        self.drawing.came.connect(self._take_drawn)
        self._lay_out()
        self.setFocusProxy(self.stage)
        theme.themes.changed.connect(self._show_all)

    def _lay_out(self) -> None:
        self.frame = TurningFrame(
            (
                TurnedPage(
                    self.losses.title,
                    self.losses,
                    self.tr("losses"),
                    self.tr("Show the losses over the steps."),
                ),
                TurnedPage(
                    self.minima.title,
                    self.minima,
                    self.tr("minima"),
                    self.tr("Show how many random matrices have no negative eigenvalue."),
                ),
                TurnedPage(
                    self.eigenvalues.title,
                    self.eigenvalues,
                    self.tr("eigenvalues"),
                    self.tr("Show where eigenvalues of random matrices lie."),
                ),
            )
        )
        self.frame.turned.connect(self.show_steps)
        self.critical = LabFrame(self.tr("Critical points"), self.index, (self.index.menu_button,))
        self.arrange(self.stage, (self.frame, self.critical))

    def keys(self) -> dict[str, str]:
        """How the start is led without a mouse."""
        return {
            self.tr("Arrows"): self.tr("Lead the start; from above with Shift farther."),
            self.tr("Shift+Arrows"): self.tr("Turn the surface."),
        }

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Saddles) -> None:
        """Work out again what hangs on settings that are others now."""
        self.stage.show_start(((value.ridge - LEFT) / (RIGHT - LEFT), (value.offset - LOW) / (HIGH - LOW)))
        self.stage.show_view(value.surface)
        ways = (value.down, value.offset, value.rate, value.noise, value.steps, value.seed, value.ridge)
        if self._is_new("ways", ways):
            self.see_all()
            self._steps.begin(self._walking(value))
        if self._is_new("matrices", (value.draws, value.dimension, value.seed)):
            self.drawing.begin(_drawn(value))
        if self._is_new("critical", (value.hidden, value.seed)):
            self.found = None
            self.searching.begin(search(value.hidden, value.seed))

    def _is_new(self, part: str, asked: object) -> bool:
        before, self._asked[part] = self._asked.get(part), asked
        return before != asked

    def _walking(self, lab: Saddles) -> Iterator[object]:
        if self._is_new("ground", lab.down):
            yield lab.terrain, ground(lab.terrain)
        yield lab, lab.ways()

    def take(self, found: object) -> None:
        """Show the ground, or the ways."""
        assert isinstance(found, tuple)
        of, made = found
        if isinstance(of, TwoValleys):
            heights, marks = made
            self.stage.show_ground(heights, of.seen, marks)
        else:
            self._of, self._ways = of, made
        self.show_steps()

    def _take_drawn(self, found: MatrixSigns | MatrixSpectrum) -> None:
        if isinstance(found, MatrixSigns):
            self.signs = found
        else:
            self.spectrum = found
        self._show_drawn()
        self.show_steps()

    def _take_found(self, found: CriticalPoints) -> None:
        self.found = found
        self._show_found()

    def end(self) -> None:
        """Work nothing out any more."""
        super().end()
        self.searching.close()
        self.drawing.close()

    # --- showing ----------------------------------------------------------------------------------------

    @property
    def length(self) -> int:
        """The steps of each way."""
        return self.edits.lab.steps

    def _show_all(self, *_: object) -> None:
        self.show_steps()
        self._show_drawn()
        self._show_found()

    def show_steps(self) -> None:
        """Show so many steps of both ways, and what is to be said of them."""
        lab, ways = self._of, self._ways
        if lab is None or ways is None:
            return
        seen, names = min(self.seen, lab.steps), (self.tr("without noise"), self.tr("with noise"))
        self.stage.show_ways(names, ways, seen)
        self.losses.show_ways(names, ways, lab.steps, seen)
        self.losses.show_expected(lab.expected, self.tr("should have left"))
        self.frame.show_remark(self._remark(lab, seen))
        self.told.emit(self._told(lab, ways))

    def _show_drawn(self) -> None:
        if self.signs is not None:
            self.minima.show_signs(self.signs)
        if self.spectrum is not None:
            self.eigenvalues.show_spectrum(self.spectrum)

    def _show_found(self) -> None:
        self.index.show_found(self.found)
        if self.found is None:
            return
        count, p = len(self.found.losses), whole(self.found.parameters)
        words = self.tr("{count} found, of {p} weights")
        if self.found.share < 1:
            words = self.tr("{count} found, {share} searched")
        share = percent(self.found.share)
        self.critical.show_remark(words.format(count=whole(count), p=p, share=share))

    def _remark(self, lab: Saddles, seen: int) -> str:
        if self.frame.front is self.minima:
            return self.tr("{count} matrices of each size").format(count=whole(lab.draws))
        if self.frame.front is self.eigenvalues:
            return self.tr("size {n}").format(n=whole(lab.dimension))
        return self.tr("step {step} of {steps}").format(step=whole(seen), steps=whole(lab.steps))

    def _told(self, lab: Saddles, ways: tuple[Way, Way]) -> str:
        plain, noisy = (left_after(way) for way in ways)
        told = []
        if plain is None:
            told.append(
                counted(
                    "Without noise it is still at the saddle after {count} step.",
                    "Without noise it is still at the saddle after {count} steps.",
                    lab.steps,
                )
            )
        else:
            told.append(
                counted(
                    "Without noise it leaves after {count} step.",
                    "Without noise it leaves after {count} steps.",
                    plain,
                )
            )
        if isfinite(lab.expected):
            told.append(self.tr("The formula says {0}.").format(whole(round(lab.expected))))
        else:
            told.append(self.tr("On the ridge itself there is no slope that leads away."))
        if noisy is not None and lab.noise:
            told.append(self.tr("With noise it leaves after {0}.").format(whole(noisy)))
        return " ".join(told)


def _drawn(lab: Saddles) -> Iterator[MatrixSigns | MatrixSpectrum]:
    """The signs of matrices of many sizes, and the eigenvalues of one size."""
    yield signs(lab.draws, lab.seed)
    yield spectrum(lab.dimension, lab.seed)
