"""The tab Space: where each layer puts the samples, and how separable it makes the classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import isnan
from time import perf_counter

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground.analysis.inspection import Inspection
from playground.analysis.inspections.space import TransformedSpace
from playground.analysis.inspections.space.embedding import Embedded, embedded
from playground.analysis.inspections.space.probes import LayerProbed, Probes
from playground.analysis.inspections.space.seeing import SpaceEye, SpaceSeen
from playground.numbers.writing import decimals, percent
from playground.training.moment import Moment
from playground.training.snapshot import Snapshot, State
from widgets.asking import Asking, GivenUpYet, Known
from widgets.background import Background
from widgets.forms.form import Form
from widgets.labels import label, show_text
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs.space.bars import ProbeBar, ProbeBars
from widgets.pages.inside.tabs.space.content import SpaceContent
from widgets.pages.inside.tabs.space.depth import DepthSlider
from widgets.pages.inside.tabs.space.plot import SpacePlot
from widgets.pages.inside.watching import Watching
from widgets.pages.inside.work_head import WorkHead
from widgets.panels.scroll import ScrollingColumn
from widgets.steps import Steps
from widgets.workspace import Workspace

PROBES_REST = 3.0
"""Seconds between two fits of the probes while training runs, at least."""

SIDE = 292
"""The width of the settings and the probes."""


class SpaceTab(InsideTab):
    """The samples and below them the slider from layer to layer; at the right settings and probes."""

    value: TransformedSpace

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(value, workspace, parent)
        again = self.tr("Place the samples anew by t-SNE, as the network is now.")
        self.head = self.work = WorkHead(self.tr("Place anew"), again)
        self.plot, self.depth, self.bars = SpacePlot(), DepthSlider(), ProbeBars()
        self.form = Form(TransformedSpace, label_width=78)
        self.probed = label(self.tr("The probes are being fitted."), "muted", wraps=True)
        self.seen: SpaceSeen | None = None
        self._embedded: tuple[str, Embedded] | None = None
        self._embeds: object = None
        """What is being embedded, or was: the layer's depth and how."""
        self._next_probes = 0.0
        self._probed_layers: tuple[str, ...] = ()
        """The layers whose probes are shown."""
        self._eye, self._probes = SpaceEye(), Probes()
        self._looking = Watching(workspace.link, self._look, self._show, self)
        self._probing = Asking(workspace.link, self._probe, self._show_probes, self)
        self._background, self._steps = Background(self), Steps(self)
        self._lay_out()
        self._connect()
        self._suit()

    def _lay_out(self) -> None:
        left, right = QFrame(), ScrollingColumn()
        left.setProperty("role", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addWidget(self.plot, 1)
        column.addWidget(self.depth)
        side = QFrame()
        side.setProperty("role", "panel")
        side.setFixedWidth(SIDE)
        around = QVBoxLayout(side)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(right)
        right.column.setSpacing(10)
        for part in (self.form, label(self.tr("Linear probes"), "heading"), self.bars, self.probed):
            right.column.addWidget(part)
        right.column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 1)
        row.addWidget(side)

    def _connect(self) -> None:
        self.form.set_value(self.value)
        self.form.edited.connect(lambda value, *_: self.set_value(value))
        self.value_changed.connect(lambda _: self._suit())
        self.depth.moved.connect(self._go_to)
        self.bars.chosen.connect(lambda row: self._go_to(float(row)))
        self.work.pressed.connect(self._embed_or_stop)
        self._steps.came.connect(self._take)
        self._steps.ended.connect(self.work.rest)

    # --- settings ---------------------------------------------------------------------------------------

    def _go_to(self, depth: float) -> None:
        """See another layer, or samples on their way between two; t-SNE has no way between."""
        embeds = self.value.axes == "embedding"
        self.set_value(self.value.with_(depth=float(round(depth)) if embeds else depth))

    def _suit(self) -> None:
        """Show what the settings ask for, and those alone that count."""
        value = self.value
        self.form.set_value(value)
        self._leave_out(self.seen)
        self.work.button.setVisible(value.axes == "embedding")
        self._see()
        embeds = (round(value.depth), value.perplexity) if value.axes == "embedding" else None
        if embeds != self._embeds:
            self._steps.stop()
            self._embeds = embeds
            if embeds is not None:
                self._embed_or_stop()

    def _leave_out(self, seen: SpaceSeen | None) -> None:
        value, idle = self.value, set[str]()
        if value.axes != "neurons":
            idle |= {"first", "second", "third"}
        if not value.three:
            idle.add("third")
        idle |= {"three", "grid"} if value.axes == "embedding" else {"perplexity"}
        if seen is not None and not len(seen.lines):
            idle.add("grid")
        self.form.rows.leave_out(idle)

    # --- looking ----------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the samples, and fit probes at a gentler rate."""
        self._looking.see(snapshot)
        if snapshot.state is not State.RUNNING or perf_counter() >= self._next_probes:
            self._probing.see(snapshot)

    def _see(self) -> None:
        """Look at once with other settings."""
        self._looking.ask_anew()
        if (latest := self.workspace.link.latest) is not None:
            self._looking.see(latest)

    def _look(self, known: Known) -> SpaceSeen | None:
        """On the thread of training."""
        return None if known.moment is None else self._eye.see(known.moment, self.value)

    def _probe(self, known: Known, given_up: GivenUpYet) -> Callable[[], tuple[LayerProbed, ...]]:
        moment = known.moment
        return lambda: () if moment is None else self._probes.see(moment, given_up)

    def _show(self, seen: SpaceSeen | None) -> None:
        self.seen = seen
        if seen is None:
            self.plot.show_content(None)
            self._forget_probes()
            show_text(self.probed, self.tr("Nothing is seen of a network that cannot learn as it is."))
            return
        content = self._content(seen)
        self.plot.show_content(content)
        self.depth.show_depth(content.names, seen.depth)
        if self._probed_layers not in ((), seen.layers):
            self._forget_probes()
        self.bars.show_current(round(seen.depth))
        self._leave_out(seen)

    def _content(self, seen: SpaceSeen) -> SpaceContent:
        value = self.value
        if value.axes == "embedding" and self._embedded is not None:
            layer_id, found = self._embedded
            if layer_id == seen.layers[round(seen.depth)] and found.rows[-1] < len(seen.labels):
                labels, tested = seen.labels[found.rows], seen.tested[found.rows]
                placed = replace(seen, labels=labels, tested=tested)
                return SpaceContent(placed, found.places, embedded=True)
        chosen = (value.first, value.second, value.third)[: seen.places.shape[1]]
        return SpaceContent(seen, seen.places, chosen if value.axes == "neurons" else (), grid=value.grid)

    def _forget_probes(self) -> None:
        self._probed_layers, self._next_probes = (), 0.0
        self.bars.show_bars([])
        show_text(self.probed, self.tr("The probes are being fitted."))
        self._probing.ask_anew()

    def _show_probes(self, found: tuple[LayerProbed, ...] | None) -> None:
        seen = self.seen
        if not found or seen is None or tuple(each.layer_id for each in found) != seen.layers:
            self._probing.ask_anew()
            return
        self._next_probes, self._probed_layers = perf_counter() + PROBES_REST, seen.layers
        content = self._content(seen)
        written = percent if content.classes else decimals
        self.bars.show_bars(
            [_bar(name, each, written) for name, each in zip(content.names, found, strict=True)]
        )
        words = (
            self.tr(
                "How many test samples a linear classifier tells right by what a layer gives. The mark is "
                "that of training samples."
            )
            if content.classes
            else self.tr("R² of a linear fit to what a layer gives, on test samples; the mark is training.")
        )
        show_text(self.probed, words)

    # --- t-SNE ------------------------------------------------------------------------------------------

    def _embed_or_stop(self) -> None:
        if self._steps.busy:
            self._steps.stop()
            return
        self._embedded = None
        self.work.begin()
        self._background.follow(self.workspace.link.session.answer(Known.of), self._begin)

    def _begin(self, known: Known | None) -> None:
        if known is None or known.moment is None or self.value.axes != "embedding":
            self.work.rest()
            return
        self._steps.begin(_embedding(known.moment, self.value))

    def _take(self, piece: tuple[str, Embedded]) -> None:
        self._embedded = piece
        self.work.show_progress(piece[1].done, 1.0)
        if self.seen is not None:
            self._show(self.seen)

    # --- what a tab does --------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The slider is what matters most."""
        self.depth.slider.setFocus()

    def end(self) -> None:
        """Look no more."""
        self._looking.end()
        self._probing.end()
        self._steps.close()
        self._background.close()


def _bar(name: str, found: LayerProbed, written: Callable[[float], str]) -> ProbeBar:
    train, test = (0.0 if isnan(score) else min(max(score, 0.0), 1.0) for score in (found.train, found.test))
    text = "–" if isnan(found.test) else written(found.test)
    return ProbeBar(name, text, test, train)


def _embedding(moment: Moment, value: TransformedSpace) -> Iterator[tuple[str, Embedded]]:
    """The layer, and where its samples are by t-SNE, a piece at a time."""
    layer_id, values = SpaceEye().values(moment, value.depth)
    for piece in embedded(values, value.perplexity):
        yield layer_id, piece
