"""What the menu Export does with figures, films and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from widgets.page_stack import PageStack
from widgets.sentences import sentence
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from widgets.figures.files import Drawable


class Exporting(QObject):
    """Opens the dialogs that write what is seen."""

    def __init__(self, window: QMainWindow, workspace: Workspace, pages: PageStack) -> None:
        super().__init__(window)
        self._window, self._workspace, self._pages = window, workspace, pages

    def figure(self) -> None:
        """Any view of the page in front, the one with the keyboard first."""
        from widgets.figures.views import views_of

        views = views_of(self._pages.page)
        focused = QApplication.focusWidget()
        first = next((view for view in views if _holds(view, focused)), views[0])
        self._show_figures([*views, *self._diagrams()], first)

    def diagram(self) -> None:
        """The network as a diagram."""
        diagrams = self._diagrams()
        self._show_figures(diagrams, diagrams[0])

    def film(self) -> None:
        """The training, as an animation."""
        from widgets.film.dialog import FilmDialog

        workspace = self._workspace
        latest = workspace.link.latest
        experiment = workspace.document.present
        if problems := experiment.problems():
            workspace.notice.say(sentence(problems[0].text))
            return
        run = None if latest is None else latest.kept.run(latest.kept.present)
        name, choice = workspace.document.name, workspace.link.session.choice
        FilmDialog(experiment, run, name, choice, self._window).show()

    def report(self) -> None:
        """All of the run, as one page."""
        from widgets.film.reporting import ask_and_report

        problems = self._workspace.document.experiment.problems()
        if problems:
            self._workspace.notice.say(sentence(problems[0].text))
        else:
            ask_and_report(self._window, self._workspace)

    def network(self) -> None:
        """The network as code that runs elsewhere."""
        from widgets.exports.dialog import ExportDialog

        name = Path(self._workspace.document.name).stem
        ExportDialog(self._workspace.link, name, self._window).open()

    def _show_figures(self, views: list[Drawable], first: Drawable) -> None:
        from widgets.figures.dialog import FigureDialog

        FigureDialog(views, first, self._window).open()

    def _diagrams(self) -> list[Drawable]:
        from playground.diagrams.drawing import diagram
        from widgets.figures.diagram import DiagramFigure

        experiment = self._workspace.document.experiment
        drawn = [diagram(experiment, style, sentence) for style in ("automatic", "blocks")]
        titles = (self.tr("Network diagram"), self.tr("Network diagram of blocks"))
        shown = drawn[: 1 if drawn[0] == drawn[1] else 2]
        return [DiagramFigure(each, title) for each, title in zip(shown, titles, strict=False)]


def _holds(view: Drawable, focused: QWidget | None) -> bool:
    """Whether a view is the widget with the keyboard, or that is in it."""
    widget = getattr(view, "widget", view)
    return (
        isinstance(widget, QWidget)
        and focused is not None
        and (widget is focused or widget.isAncestorOf(focused))
    )
