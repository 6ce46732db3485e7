"""What the actions of the window do: in the menus, by their keys and in the command palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QUndoGroup, QUndoStack
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar

from playground.experiment import Experiment
from playground.training.choosing import Name
from playground.training.snapshot import State
from playground.version import VERSION
from widgets import theme
from widgets.actions import Actions, page_action
from widgets.beginner import BeginnersView
from widgets.choice import offer
from widgets.exporting import Exporting
from widgets.handbook.desk import HandbookDesk
from widgets.handing_in import HandingIn
from widgets.icons import icon
from widgets.language_menu import LanguageMenu
from widgets.lesson_desk import LessonDesk
from widgets.motion_choice import MotionChoice
from widgets.news import WhatIsNew
from widgets.opens_here_menu import OpensHereMenu
from widgets.page_stack import PageStack
from widgets.pages.entry import PageEntry
from widgets.preferences import Preferences
from widgets.presenting import Presenting
from widgets.size_menu import SizeMenu
from widgets.welcome import Welcome
from widgets.workspace import Workspace

OF_TRAINING = ("run", "step_batch", "step_epoch", "reset", "same_start")
"""The actions that run the training, or what a page runs by itself."""


class WindowCommands(QObject):
    """Connects actions with workspace, pages and dialogs, and enables those that can do something."""

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        workspace: Workspace,
        pages: PageStack,
        preferences: Preferences,
        stacks: QUndoGroup,
        lessons: LessonDesk,
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._workspace = window, actions, workspace
        self._pages, self._preferences = pages, preferences
        self._stacks, self._lessons = stacks, lessons
        self._can_train = True
        self.handbook = HandbookDesk(workspace, window)
        self.exporting = Exporting(window, workspace, pages)
        self.welcome = Welcome(window, workspace.filing, workspace.links, preferences)
        self.news = WhatIsNew(preferences, self.handbook, self.welcome, window.statusBar())
        self.handing_in = HandingIn(window, workspace, lessons, preferences)
        self.language = LanguageMenu(actions, preferences, workspace.notice, self)
        self._presenting = Presenting(window, actions)
        self._motion = MotionChoice(actions, preferences, self)
        self.beginner = BeginnersView(actions, preferences, self)
        self._size = SizeMenu(actions, preferences, workspace.notice, self)
        self._calls: dict[str, Callable[[], object]] = {}
        self._of_pages: list[str] = []

    def fill(self, bar: QMenuBar, entries: Sequence[PageEntry]) -> None:
        """Make the menus, and let every action do what it says."""
        actions = self._actions
        file, _, self._view_menu, *_ = actions.fill(bar)
        self._view_top = self._view_menu.insertSeparator(self._view_menu.actions()[0])
        file.insertMenu(actions["open_link"], self.welcome.menu)
        shown_pages = QActionGroup(self)
        for entry in entries:
            shown_pages.addAction(actions[page_action(entry)])
        self._connect(entries)
        self._connect_undo()
        actions["hand_in"].setEnabled(False)
        self._lessons.under_way.connect(actions["hand_in"].setEnabled)
        self._lessons.hand_in_asked.connect(self.handing_in.ask)
        self.welcome.tour_asked.connect(self._lessons.tour)
        self.welcome.beginner_asked.connect(self._actions["beginner"].trigger)
        self._actions["beginner"].toggled.connect(self.welcome.show_beginner)
        self.welcome.laboratory_chosen.connect(lambda kind: self._workspace.handed.emit("labs", kind))
        self._workspace.state_changed.connect(self._show_state)
        self._workspace.document.changed.connect(self._see_experiment)
        self._pages.opened.connect(self._see_page)
        self._pages.offers_changed.connect(self._see_offers)
        theme.themes.changed.connect(self._recolour)
        self._see_experiment(self._workspace.document.experiment)

    def _connect(self, entries: Sequence[PageEntry]) -> None:
        workspace, filing = self._workspace, self._workspace.filing
        actions, preferences = self._actions, self._preferences
        self._calls = {
            "new": filing.new,
            "open": filing.open,
            "open_data": workspace.own_data.ask,
            "open_pictures": workspace.own_data.ask_for_folder,
            "open_weights": workspace.own_weights.ask,
            "open_link": workspace.links.ask,
            "start_page": self.welcome.show,
            "save": lambda: filing.save(),
            "save_as": lambda: filing.save_as(),
            "share_link": workspace.links.share,
            "share_picture": filing.save_picture,
            "copy_link": workspace.links.copy,
            "export_figure": self.exporting.figure,
            "export_diagram": self.exporting.diagram,
            "export_film": self.exporting.film,
            "export_report": self.exporting.report,
            "export_network": self.exporting.network,
            "notes": self._edit_notes,
            "quit": self._window.close,
            "undo": lambda: self._pages.page.undo_stack.undo(),
            "redo": lambda: self._pages.page.undo_stack.redo(),
            "run": self.run_or_pause,
            "step_batch": workspace.step,
            "step_epoch": lambda: workspace.step(whole_epoch=True),
            "reset": workspace.draw_new_weights,
            "same_start": workspace.link.restart,
            "go_back": workspace.past_notice.begin,
            **offer(actions, "theme", get_args(theme.Scheme), preferences.theme, self.set_theme, self),
            **offer(actions, "machine", get_args(Name), preferences.machine, workspace.machines.choose, self),
            **self.language.calls,
            **self._size.calls,
            **self._motion.calls(),
            **self._presenting.calls(),
            "beginner": self.beginner.toggle,
            "learn": self._lessons.toggle,
            "tour": self._lessons.tour,
            "open_lesson": self._lessons.ask,
            "hand_in": self.handing_in.ask,
            "handed_in": self.handing_in.show_table,
            "palette": self.show_palette,
            "handbook": lambda: self.handbook.open(self._pages.page.meant() or self._pages.front),
            "news": self.news.open,
            "shortcuts": self.show_shortcuts,
            "about": self._about,
        }
        if "opens_here" in actions:
            self._calls |= OpensHereMenu(actions["opens_here"], workspace, self).calls
        self._calls |= {
            page_action(entry): lambda entry=entry: self._pages.open(entry.name) for entry in entries
        }
        self._of_pages = [name for name in self._actions if name not in self._calls]
        for name in self._actions:
            self._actions[name].triggered.connect(lambda _checked=False, name=name: self._do(name))

    def _do(self, name: str) -> None:
        """What the page in front has for an action, or else the window."""
        call = self._pages.page.calls().get(name) or self._calls[name]
        call()
        if self._pages.page.running is not None:
            self._show_state()

    def _connect_undo(self) -> None:
        stacks = self._stacks
        undo, redo = self._actions["undo"], self._actions["redo"]
        undo.setEnabled(False)
        redo.setEnabled(False)
        stacks.canUndoChanged.connect(undo.setEnabled)
        stacks.canRedoChanged.connect(redo.setEnabled)
        stacks.undoTextChanged.connect(self._name_undo)
        stacks.redoTextChanged.connect(self._name_redo)

    def _undo_on(self, stack: QUndoStack) -> None:
        """Let undo and redo act on this."""
        if stack not in self._stacks.stacks():
            self._stacks.addStack(stack)
        self._stacks.setActiveStack(stack)

    # --- what they show ---------------------------------------------------------------------------------

    def _name_undo(self, what: str) -> None:
        self._actions["undo"].setText(self.tr("&Undo {what}").format(what=what))

    def _name_redo(self, what: str) -> None:
        self._actions["redo"].setText(self.tr("&Redo {what}").format(what=what))

    def _show_state(self, *_: object) -> None:
        """Whether the training runs, or what the page in front runs by itself."""
        own = self._pages.page.running if self._pages.front else None
        running = self._workspace.state is State.RUNNING if own is None else own
        run = self._actions["run"]
        run.setChecked(running)
        run.setText(self.tr("&Pause") if running else self.tr("&Run"))
        run.setIcon(icon("pause" if running else "run"))

    def _recolour(self) -> None:
        self._actions.recolour()
        self._show_state()

    def _see_experiment(self, experiment: Experiment) -> None:
        self._can_train = not experiment.problems()
        self._offer_training()

    def _offer_training(self) -> None:
        """Offer to train where the page in front shows it, or what it does instead."""
        page = self._pages.page if self._pages.front else None
        for name in OF_TRAINING:
            of_training = (page is None or page.has_run_bar) and (self._can_train or name == "reset")
            self._actions[name].setEnabled(of_training or (page is not None and name in page.calls()))

    def _see_offers(self) -> None:
        """Offer what the page in front can do, and undo what is done there."""
        page, can = self._pages.page, self._pages.page.calls()
        for action in self._of_pages:
            self._actions[action].setEnabled(action in can)
        self._undo_on(page.undo_stack)
        self._offer_training()
        self._show_state()

    def _see_page(self, name: str) -> None:
        """Offer what the page in front can do."""
        page = self._pages.page
        self._actions[f"page_{name}"].setChecked(True)
        self._see_offers()
        for offered in self._view_menu.actions():
            if offered is self._view_top:
                break
            self._view_menu.removeAction(offered)
        for action in page.view_actions():
            action.setMenuRole(QAction.MenuRole.NoRole)
            self._view_menu.insertAction(self._view_top, action)

    # --- what they do -----------------------------------------------------------------------------------

    def run_or_pause(self) -> None:
        """Train, or pause when training."""
        running = self._workspace.state is State.RUNNING
        self._actions["run"].setChecked(running)  # until the training thread says otherwise
        self._workspace.run_or_pause()

    def set_theme(self, name: str) -> None:
        """Show dark, light or the system's colours, now and at the next start."""
        self._preferences.theme = name
        theme.apply(QApplication.instance(), name)

    def show_palette(self) -> None:
        """Find any action by name."""
        from widgets.dialogs.lookup import CommandPalette
        from widgets.lab_links import add_lab_actions

        add_lab_actions(self._actions, lambda kind: self._workspace.handed.emit("labs", kind))
        CommandPalette(self._actions, self._window).show_over(self._window)

    def show_shortcuts(self) -> None:
        """All keys on one page."""
        from widgets.dialogs.lookup import ShortcutSheet

        ShortcutSheet(self._actions, self._pages.page.keys(), self._window).open()

    def _edit_notes(self) -> None:
        from widgets.dialogs import notes

        notes.edit(self._workspace.document, self._workspace.notice, self._window)

    def _about(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.about(
            self._window,
            self.tr("About Neural Playground"),
            self.tr("Neural Playground {version}\nSee neural networks learn.\nApache License 2.0").format(
                version=VERSION
            ),
        )
