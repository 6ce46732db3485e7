"""The one registry of actions: menus, tool buttons, shortcuts, command palette and shortcut sheet read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from playground.languages.catalogue import languages
from widgets.command import REDO, ROLES, Command, Keys, shortcuts
from widgets.icons import icon
from widgets.lesson_commands import lesson_commands
from widgets.opens_here import has_registry
from widgets.pages.entry import PageEntry
from widgets.sizes import SIZES


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def commands() -> tuple[Command, ...]:
    """Every action, in the order of the menus."""
    file, edit, view, train, help_ = _tr("&File"), _tr("&Edit"), _tr("&View"), _tr("&Train"), _tr("&Help")
    learn = _tr("&Learn")
    return (
        Command("new", file, _tr("&New"), _tr("Begin with a fresh experiment."), Keys.New, "new"),
        Command("open", file, _tr("&Open…"), _tr("Open an experiment file."), Keys.Open, "open"),
        Command(
            "open_data",
            file,
            _tr("Open &data…"),
            _tr("Learn from a table of your own: CSV, Excel, Parquet or NumPy; or from a zip of pictures."),
            "Ctrl+Shift+O",
            "data",
        ),
        Command(
            "open_pictures",
            file,
            _tr("Open &pictures…"),
            _tr("Learn from pictures of your own: a folder that has one for each class in it."),
            None,
            "pictures",
        ),
        Command(
            "open_weights",
            file,
            _tr("Open &weights…"),
            _tr("Put weights of another program onto the network: NumPy, safetensors or ONNX."),
        ),
        Command(
            "open_link",
            file,
            _tr("Open &link…"),
            _tr("Open the link of an experiment, of this program or of TensorFlow Playground."),
            "Ctrl+L",
            "link",
        ),
        Command(
            "start_page",
            file,
            _tr("&Examples"),
            _tr("Show the start page with examples and recent files."),
            "Ctrl+E",
            "examples",
            group_ends=True,
        ),
        Command("save", file, _tr("&Save"), _tr("Save network, weights and history."), Keys.Save, "save"),
        Command("save_as", file, _tr("Save &as…"), _tr("Save in another file."), "Ctrl+Shift+S", "save_as"),
        Command(
            "share_link",
            file,
            _tr("Copy as lin&k"),
            _tr("Copy a link for a message: whoever opens it gets this experiment, from its start."),
            None,
            "link",
        ),
        Command(
            "share_picture",
            file,
            _tr("Save as p&icture…"),
            _tr("Save what the window shows as a picture with the experiment inside: drop it, and it opens."),
            None,
            "pictures",
        ),
        Command(
            "copy_link",
            file,
            _tr("&Copy as TF Playground link"),
            _tr("Copy this experiment as a TensorFlow Playground link, where it can express it."),
            None,
            "link",
            group_ends=True,
        ),
        *_exports(file),
        Command(
            "notes", file, _tr("No&tes…"), _tr("Read and write the notes on this experiment."), "Ctrl+Shift+N"
        ),
        *_opening(file),
        Command("quit", file, _tr("&Quit"), _tr("Leave the program."), "Ctrl+Q"),
        Command("undo", edit, _tr("&Undo"), _tr("Take back the last change."), Keys.Undo, "undo"),
        Command(
            "redo",
            edit,
            _tr("&Redo"),
            _tr("Do again what was taken back."),
            REDO,
            "redo",
            False,
            True,
        ),
        Command("cut", edit, _tr("Cu&t"), _tr("Cut the selected layers."), Keys.Cut, "cut"),
        Command("copy", edit, _tr("&Copy"), _tr("Copy what is selected."), Keys.Copy, "copy"),
        Command(
            "paste",
            edit,
            _tr("&Paste"),
            _tr("Insert what was copied: layers, or cells of a table."),
            Keys.Paste,
            "paste",
        ),
        Command(
            "duplicate", edit, _tr("&Duplicate"), _tr("Repeat the selected layers."), "Ctrl+D", "duplicate"
        ),
        Command("delete", edit, _tr("De&lete"), _tr("Remove the selected layers."), Keys.Delete, "delete"),
        Command("rename", edit, _tr("Re&name"), _tr("Give the selected layer a name."), "F2", "rename"),
        Command(
            "select_all",
            edit,
            _tr("Select &all"),
            _tr("Select all there is."),
            Keys.SelectAll,
            group_ends=True,
        ),
        Command(
            "paint",
            edit,
            _tr("&Paint points"),
            _tr("Paint points on the map of the output, or stop."),
            "P",
            "paint",
        ),
        Command("zoom_in", view, _tr("Zoom &in"), _tr("Show the network larger."), "Ctrl++", "zoom_in"),
        Command("zoom_out", view, _tr("Zoom &out"), _tr("Show the network smaller."), "Ctrl+-", "zoom_out"),
        Command("fit", view, _tr("&Fit"), _tr("Show the whole network."), "F", "zoom_fit"),
        Command(
            "actual_size",
            view,
            _tr("&Actual size"),
            _tr("Show the network at its own size."),
            "1",
            group_ends=True,
        ),
        Command("theme_dark", view, _tr("&Dark"), _tr("Dark colours."), None, "dark", True),
        Command("theme_light", view, _tr("&Light"), _tr("Light colours."), None, "light", True),
        Command(
            "theme_contrast",
            view,
            _tr("High &contrast"),
            _tr("White on black, with stronger colours and edges."),
            None,
            "",
            True,
        ),
        Command(
            "theme_system", view, _tr("As the &system"), _tr("The system's colours."), None, "", True, True
        ),
        *_languages(view),
        *_sizes(view),
        *_beginner(view),
        Command(
            "reduced_motion",
            view,
            _tr("Reduced &motion"),
            _tr("Nothing slides, drifts or blinks, and what runs is drawn less than three times a second."),
            checkable=True,
        ),
        Command("full_screen", view, _tr("F&ull screen"), _tr("Fill the whole screen."), "F11", "", True),
        Command(
            "show_keys",
            view,
            _tr("Show pressed &keys"),
            _tr("Show the keys that are pressed, large, for those who watch."),
            checkable=True,
        ),
        Command(
            "reset_layout",
            view,
            _tr("&Reset layout"),
            _tr("Put every panel back to its place."),
            None,
            "layout",
            group_ends=True,
        ),
        Command("run", train, _tr("&Run"), _tr("Train, or pause."), "Space", "run", True),
        Command("step_batch", train, _tr("One &batch"), _tr("Train on one batch."), ".", "step_batch"),
        Command(
            "step_epoch",
            train,
            _tr("One &epoch"),
            _tr("Train to the end of the epoch."),
            "Shift+.",
            "step_epoch",
        ),
        Command(
            "reset",
            train,
            _tr("&New weights"),
            _tr("Draw new initial weights and begin at epoch 0."),
            "R",
            "reset",
        ),
        Command(
            "same_start",
            train,
            _tr("&Same weights again"),
            _tr("Go back to the same initial weights at epoch 0."),
            "Shift+R",
            "same_start",
        ),
        Command(
            "go_back",
            train,
            _tr("&Go back"),
            _tr("Look at an earlier moment of the training, and perhaps go on from there."),
            "B",
        ),
        *_machines(train),
        *lesson_commands(learn),
        Command(
            "palette",
            help_,
            _tr("&Command palette"),
            _tr("Find any action by name."),
            "Ctrl+Shift+P",
            "command",
        ),
        Command(
            "handbook",
            help_,
            _tr("&Handbook"),
            _tr("What everything is, how it is computed and when to use it; opens at what you are at."),
            "F1",
            "examples",
        ),
        Command("news", help_, _tr("What is &new"), _tr("What came with the last versions.")),
        Command("shortcuts", help_, _tr("&Shortcuts"), _tr("All keys on one page."), "Shift+F1", "keyboard"),
        Command("about", help_, _tr("&About"), _tr("Version and licence."), None, "info"),
    )


def _languages(view: str) -> tuple[Command, ...]:
    """What the window may speak; a language is called as it calls itself."""
    menu = _tr("&Language")
    tip = _tr("Say all of it in this language.")
    named = [
        Command(f"language_{code}", view, name, tip, None, "", True) for code, name in languages().items()
    ]
    system = Command(
        "language_system", view, _tr("As the s&ystem"), _tr("The system's language."), None, "", True
    )
    return tuple(replace(each, submenu=menu) for each in (system, *named))


def _sizes(view: str) -> tuple[Command, ...]:
    """How large all of it is drawn."""
    menu, tip = _tr("&Size"), _tr("Draw all of it in this size, from the next start on.")
    return tuple(
        Command(f"size_{size}", view, f"{size} %", tip, checkable=True, submenu=menu) for size in SIZES
    )


def _opening(file: str) -> tuple[Command, ...]:
    """What Windows opens with this program; other systems are told when it is installed."""
    text, tip = (
        _tr("Open files and links wit&h this program"),
        _tr("Let Windows open .nnplay files and nnplay links with this program."),
    )
    return (Command("opens_here", file, text, tip, checkable=True),) if has_registry() else ()


def _beginner(view: str) -> tuple[Command, ...]:
    tip = _tr("Fewer controls, larger text, and sentences in place of numbers; nothing else changes.")
    return (Command("beginner", view, _tr("&Beginner's view"), tip, "Ctrl+B", "learn", True),)


def _exports(file: str) -> tuple[Command, ...]:
    """What can be written of what is seen."""
    menu = _tr("&Export")
    figure = _tr("Save any view of this page as PNG, SVG, PDF or CSV.")
    report = _tr("Save one page that tells all of the run, and how to repeat it.")
    film = _tr("Make a GIF, WebP or MP4 of the training: map, network and curves.")
    diagram = _tr("Save the network as a labelled diagram: SVG, PDF, PNG or TikZ.")
    code = _tr("Save the network as code, or in a format, that runs elsewhere: Python, C, HTML and others.")
    return (
        Command("export_figure", file, _tr("&Figure…"), figure, "Ctrl+Shift+E", submenu=menu),
        Command("export_film", file, _tr("&Animation…"), film, submenu=menu),
        Command("export_diagram", file, _tr("&Network diagram…"), diagram, submenu=menu),
        Command("export_report", file, _tr("&Report…"), report, submenu=menu),
        Command("export_network", file, _tr("Network as &code…"), code, submenu=menu),
    )


def _machines(train: str) -> tuple[Command, ...]:
    """What may do the steps of training."""
    menu = _tr("&Machine")
    faster = _tr("The faster machine for each network, where machine code knows all of it.")
    numpy, compiled = _tr("NumPy does all steps."), _tr("Machine code does the steps wherever it can.")
    return (
        Command("machine_automatic", train, _tr("&Automatic machine"), faster, checkable=True, submenu=menu),
        Command("machine_numpy", train, _tr("&NumPy machine"), numpy, checkable=True, submenu=menu),
        Command("machine_compiled", train, _tr("&Compiled machine"), compiled, checkable=True, submenu=menu),
    )


def page_commands(entries: Iterable[PageEntry]) -> tuple[Command, ...]:
    """An action for each page, which brings it to the front."""
    return tuple(
        Command(page_action(entry), _tr("&View"), entry.title, entry.tip, f"Ctrl+{number}", entry.icon, True)
        for number, entry in enumerate(entries, 1)
    )


def page_action(entry: PageEntry) -> str:
    """The name of the action that brings a page to the front."""
    return f"page_{entry.name}"


class Actions(Mapping[str, QAction]):
    """The actions by name."""

    def __init__(self, owner: QObject, more: Sequence[Command] = ()) -> None:
        """The actions of every window, and `more` at the ends of their menus."""
        self._owner = owner
        self.commands: tuple[Command, ...] = ()
        self._actions: dict[str, QAction] = {}
        for command in (*commands(), *more):
            self._make(command)
        self.recolour()

    def _make(self, command: Command) -> QAction:
        action = QAction(command.text, self._owner)
        if command.keys is not None:
            action.setShortcuts(shortcuts(command.keys))
        if command.keys == "Space":  # shown only: what has the focus may need the key (see MainWindow)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setMenuRole(ROLES.get(command.name, QAction.MenuRole.NoRole))
        action.setCheckable(command.checkable)
        action.setStatusTip(command.tip)
        self.commands = (*self.commands, command)
        self._actions[command.name] = action
        return action

    def add(self, command: Command) -> QAction:
        """Another action, which is in no menu."""
        action = self._make(command)
        self.recolour()
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)

    def fill(self, bar: QMenuBar) -> tuple[QMenu, ...]:
        """Make the menus; returns them in order."""
        menus: dict[str, QMenu] = {}
        submenus: dict[str, QMenu] = {}
        for command in self.commands:
            if command.menu not in menus:
                menus[command.menu] = bar.addMenu(command.menu)
            menu = menus[command.menu]
            if command.submenu and command.submenu not in submenus:
                submenus[command.submenu] = menu.addMenu(command.submenu)
            (submenus[command.submenu] if command.submenu else menu).addAction(self[command.name])
            if command.group_ends:
                menus[command.menu].addSeparator()
        for each in (*menus.values(), *submenus.values()):
            each.menuAction().setMenuRole(QAction.MenuRole.NoRole)
        return tuple(menus.values())

    def recolour(self) -> None:
        """Draw the icons in the theme's colours; the tool tips name the keys."""
        for command in self.commands:
            action = self[command.name]
            if command.icon:
                action.setIcon(icon(command.icon))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{command.tip}  ({keys})" if keys else command.tip)
