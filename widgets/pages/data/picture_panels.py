"""The panels of the page Data that pictures have instead of those of rows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets.pages.data.ask_picture import AskPicturePanel
from widgets.pages.data.means import MeansPanel
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.wall_panel import WallPanel
from widgets.workspace import Workspace


class PicturePanels:
    """A wall of all samples, questions about one, and the mean of each class."""

    def __init__(self, samples: SampleRows, workspace: Workspace, place: QWidget) -> None:
        """Make them; the questions lie in a place of a dock."""
        self.wall = WallPanel(samples)
        self.ask = AskPicturePanel(samples, place)
        self.means = MeansPanel(samples)
        self.wall.chosen.connect(self.ask.take)
        self.wall.message.connect(workspace.message)
        self.ask.message.connect(workspace.message)
        self.ask.problem.connect(lambda words: workspace.notice.say(words))
