"""What is seen of samples beside the data, by their shape: pictures have views of their own."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from playground.data.sample import SampleShape
from playground.training.snapshot import Snapshot
from widgets.canvas import NetworkCanvas
from widgets.pages.design.side_panels import SidePanels
from widgets.panels.output import OutputPanel
from widgets.space_key import leave_space_key
from widgets.workspace import Workspace


class Follower(Protocol):
    """What follows a run."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See what is new."""

    def keys(self) -> dict[str, str]:
        """Its keys, and what they do."""

    def end(self) -> None:
        """Work no more."""


class SampleViews(QObject):
    """Puts the views of a kind of sample below the data, as soon as there are such samples."""

    def __init__(
        self,
        workspace: Workspace,
        panels: SidePanels,
        canvas: NetworkCanvas,
        output: OutputPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._panels, self._canvas = workspace, panels, canvas
        self._output = output
        self._made: dict[str, QWidget] = {}
        workspace.document.changed.connect(lambda experiment: self._follow(experiment.data.dataset.shape))
        self._follow(workspace.document.experiment.data.dataset.shape)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let those follow that are shown."""
        for view in self._made.values():
            if not view.isHidden():
                cast(Follower, view).show_snapshot(snapshot)

    def end(self) -> None:
        """Let nothing work any more."""
        for view in self._made.values():
            cast(Follower, view).end()

    def keys(self) -> dict[str, str]:
        """The keys of those that are there, and what they do."""
        return {
            key: words for view in self._made.values() for key, words in cast(Follower, view).keys().items()
        }

    def of(self, kind: str) -> QWidget | None:
        """The view of a kind of sample; None where there was none yet."""
        return self._made.get(kind)

    def _follow(self, shape: SampleShape) -> None:
        kind = " ".join(axis.name for axis in shape.axes)
        if kind not in self._made and (view := self._make(kind)) is not None:
            self._made[kind] = view
            self._panels.data.hold(view)
        for other, view in self._made.items():
            view.setVisible(other == kind)

    def _make(self, kind: str) -> QWidget | None:
        if kind == "height width channels":
            from widgets.pages.design.picture_views import PictureViews  # when there are pictures

            views = PictureViews(self._workspace, self._output.sample)
            self._panels.inspector.layer.hold(views.weights)
            self._output.sample.pointed.connect(self._canvas.look_at)
            for view in (views, views.weights, views.attributions.bar):
                leave_space_key(view)
            self._canvas.selection_changed.connect(views.weights.show_layers)
            views.weights.show_layers(self._canvas.selection)
            return views
        return None
