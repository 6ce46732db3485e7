"""The lessons beside the pages: their panel, the rings in the window, and what opens and leaves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from playground.folders import home
from playground.record import record
from widgets.docks import MARGIN
from widgets.page_stack import PageStack
from widgets.preferences import Preferences
from widgets.presence import one_that_answers
from widgets.training_link import shown
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from playground.lessons.suggestion import Suggestion
    from widgets.learning.classroom import Classroom
    from widgets.learning.own_work import Held, OwnWork
    from widgets.learning.rings import LessonRings
    from widgets.panels.lesson import LessonPanel

WIDE, SLIM = 318, 276
"""Pixels that the panel has in a wide window, and in one with a rail without titles."""
BUTTONS = ("run", "step", "epoch", "reset")
"""Places that no bubble of another covers."""


@record
class KeptDesk:
    """What goes on when the window is made anew: file of the lesson, own work, whether it is shown."""

    path: Path | None
    held: Held
    shown: bool


class LessonDesk(QObject):
    """Makes panel, rings and classroom when the first lesson is wanted.

    Signals:
        hand_in_asked: what was done in the lesson is to be handed in.
        under_way: whether a lesson is under way now.
    """

    hand_in_asked = Signal()
    under_way = Signal(bool)

    def __init__(
        self,
        window: QMainWindow,
        workspace: Workspace,
        pages: PageStack,
        preferences: Preferences,
        around: Mapping[str, QWidget],
        buttons: Mapping[str, QWidget],
        action: QAction,
    ) -> None:
        """`around` are parts of the window by the names that lessons have for them, `buttons` of the rail.

        The action is ticked while the panel is shown.
        """
        super().__init__(window)
        self._action = action
        self._window, self._workspace, self._pages, self._preferences = window, workspace, pages, preferences
        self._around, self._buttons = around, buttons
        self._own_work: OwnWork | None = None
        self.classroom: Classroom | None = None
        self.panel: LessonPanel | None = None
        self.rings: LessonRings | None = None
        self.place = QWidget()
        """Where the panel is, beside the pages."""
        column = QVBoxLayout(self.place)
        column.setContentsMargins(MARGIN, 8, 0, 0)
        self.place.hide()
        workspace.lesson_given.connect(self.open)
        workspace.next_lesson_asked.connect(lambda: _begin_next(self._show().classroom))

    @property
    def holds_work(self) -> bool:
        """Whether work of the person waits behind a lesson."""
        return self._own_work is not None and self._own_work.is_aside

    def show_slim(self, slim: bool) -> None:
        """Leave the pages more room, or less."""
        self.place.setFixedWidth(SLIM if slim else WIDE)

    def toggle(self) -> None:
        """Show the lessons there are, or leave them."""
        if self.place.isVisibleTo(self._window):
            self.leave()
        elif self.panel is None:
            self._show()  # a new panel shows them by itself
        else:
            self._show().show_list()

    def open(self, path: Path) -> None:
        """Begin the lesson of a file."""
        from playground.lessons.shelf import FOLDER

        folder = path.absolute().parent
        if folder != FOLDER:
            self._preferences.lesson_folder = folder
        self._show()
        assert self.classroom is not None
        self.classroom.reader.read_file(path, self.classroom.begin)

    def tour(self) -> None:
        """Show what is where in the window."""
        from playground.lessons.shelf import TOUR

        self._show()
        assert self.classroom is not None
        self.classroom.reader.read_file(TOUR, self.classroom.begin)

    def ask(self) -> None:
        """Ask for a lesson of one's own, and begin it."""
        from widgets.dialogs import questions

        kept = self._preferences.lesson_folder
        folder = one_that_answers([] if kept is None else [kept], home())
        if path := questions.lesson_to_open(self._window, folder):
            self.open(path)

    def leave(self, then: Callable[[], object] = lambda: None) -> None:
        """Close the panel; the person's own work comes back."""
        if self.classroom is None:
            then()
            return

        def left() -> None:
            self._hide()
            then()

        self.classroom.leave(left)
        self._tick()  # as before, where the person would rather stay

    def close(self, keeps: bool) -> None:
        """End."""
        if self.classroom is not None and self._own_work is not None:
            self.classroom.close()
            self._own_work.close(keeps)

    def let_go(self) -> KeptDesk | None:
        """End, but for what goes on at another desk."""
        if self.classroom is None or self._own_work is None:
            return None
        shown = self.place.isVisibleTo(self._window)
        return KeptDesk(self.classroom.close(), self._own_work.let_go(), shown)

    def go_on(self, kept: KeptDesk | None) -> None:
        """Go on with what was under way elsewhere."""
        if kept is None:
            return
        self._make(kept.held)
        if kept.shown:
            self._show()
        if kept.path is not None and self.classroom is not None:
            begin = self.classroom.begin
            self.classroom.reader.read_file(kept.path, lambda shelved: begin(shelved, opens=False))

    def _show(self) -> LessonPanel:
        panel = self.panel or self._make()
        self.place.show()
        self._pages.make_room(True)
        self._tick()
        return panel

    def _hide(self) -> None:
        self.place.hide()
        self._pages.make_room(False)
        if self.rings is not None:
            self.rings.show(())
        self._tick()

    def _tick(self) -> None:
        self._action.setChecked(self.place.isVisibleTo(self._window))

    def _make(self, held: Held | None = None) -> LessonPanel:
        from widgets.learning.classroom import Classroom
        from widgets.learning.own_work import OwnWork
        from widgets.learning.places import WindowPlaces
        from widgets.learning.rings import LessonRings
        from widgets.panels.lesson import LessonPanel

        self._own_work = own_work = OwnWork(self._workspace, self, held)
        self.classroom = room = Classroom(self._workspace, self._preferences, self._in_front, own_work, self)
        places = WindowPlaces(
            self._window,
            self._around,
            self._buttons,
            lambda: self._pages.front,
            lambda place: self._pages.page.place_of(place),
        )
        self.rings = LessonRings(self._window, places.find, self._kept_free)
        self.panel = panel = LessonPanel(room, self._preferences, self._suggest)
        self.place.layout().addWidget(panel)
        panel.closed.connect(lambda: self.leave())
        panel.open_asked.connect(self.ask)
        panel.data_chosen.connect(self._workspace.own_data.open)
        panel.hand_in_asked.connect(self.hand_in_asked)
        room.changed.connect(lambda: self.under_way.emit(True))
        room.left.connect(lambda: self.under_way.emit(False))
        room.changed.connect(self._ring)
        room.left.connect(lambda: self.rings and self.rings.show(()))
        room.brought_back.connect(self._offer)
        return panel

    def _suggest(self) -> Suggestion:
        """What to try next with the document as it is."""
        from playground.lessons.suggestion import suggestion

        workspace = self._workspace
        findings = workspace.doctor.findings or ()
        kinds = tuple(finding.trouble.tag() for finding in findings)
        return suggestion(workspace.document.present, shown(workspace.link), kinds)

    def _kept_free(self) -> tuple[QRect, QRect]:
        """Where the buttons of the run bar are in the window, and the panel."""
        buttons = QRect()
        for name in BUTTONS:
            buttons |= _place_in(self._window, self._around[name])
        return buttons, _place_in(self._window, self.place)

    def _in_front(self) -> tuple[str, str]:
        return self._pages.front, self._pages.page.showing()

    def _ring(self) -> None:
        """Ring what the step means, once everything has its place."""
        assert self.classroom is not None
        step = self.classroom.step
        rings = self.rings
        if rings is not None:
            QTimer.singleShot(0, rings, lambda: rings.show(step.callouts if step else ()))

    def _offer(self, keep: Callable[[], object] | None) -> None:
        """Say that the own work is back, and offer what was made in the lesson."""
        choices = {} if keep is None else {self.tr("Open the lesson's network instead"): keep}
        self._workspace.notice.say(self.tr("Your own work is back."), choices, bad=False)


def _place_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _begin_next(room: Classroom) -> None:
    """Begin the lesson that is next; what gives lessons is loaded when the first is wanted."""
    from widgets.learning.classroom import begin_next

    begin_next(room)
