"""Whoever has keys alone reaches everything, in the order of reading, sees where they are, and comes back."""

import ast
from pathlib import Path

import pytest
from keyboard_walk import Walk, called, looks_focused, own_kinds
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from playground.analysis.inspection import Inspection
from playground.files.examples import examples
from playground.labs import Laboratory
from widgets import theme
from widgets.dialogs.hand_in import HandInDialog
from widgets.theme import CONTRAST, DARK, LIGHT

WIDGETS = Path(theme.__file__).parent
SETTLED = 40
"""Milliseconds after which what was opened is there."""
MODAL = ("notes", "open_link", "about")
"""Actions that ask something and wait for the answer."""
OF_DATA, OF_DATA_TOO = ("design", "data"), ("digits_cnn", "text_gru", "iris")
"""Pages that show other things for other data, and examples of those data."""
DIALOGS = {
    "export_figure": "FigureDialog", "export_film": "FilmDialog", "export_network": "ExportDialog",
    "palette": "CommandPalette", "shortcuts": "ShortcutSheet", "handbook": "Handbook",
    "handed_in": "HandedInDialog",
}  # fmt: skip
"""The dialog that an action opens."""


@pytest.fixture
def walk(qapp, qtbot):
    """Walks through something, and says what is wrong there; the look of each kind of widget is seen once."""
    flashes, seen = qapp.cursorFlashTime(), set()
    qapp.setCursorFlashTime(0)

    def walk(root, name=""):
        root.activateWindow()
        qtbot.wait(SETTLED)
        there = Walk(root)
        faults = there.faults()
        for widget in there.there if len(there.there) > 1 else ():
            kind = (type(widget), widget.property("role"), *(_is(widget, what) for what in LOOKS))
            if kind not in seen and widget.isVisible():
                seen.add(kind)
                faults += _unseen(widget)
        return [f"{name}: {fault}" for fault in faults]

    yield walk
    qapp.setCursorFlashTime(flashes)


LOOKS = ("autoRaise", "isFlat", "isChecked")


def _is(widget, what):
    return bool(getattr(widget, what, bool)())


def _unseen(widget):
    """In which themes the focus of a widget does not show: what it paints is asked in each of them."""
    for shown in (DARK, LIGHT, CONTRAST) if own_kinds(widget) else (DARK,):
        with theme.shown_as(shown):
            if not looks_focused(widget):
                yield f"{called(widget)} does not show its focus in {shown.name}"


def rooms(name, page):
    """What a page has to show: itself, and its tabs or laboratories."""
    yield name
    families = {"inside": Inspection, "labs": Laboratory}
    for kind in families[name].members() if name in families else ():
        page.open(kind.tag())
        yield f"{name} {kind.tag()}"


@pytest.mark.parametrize("name", ["spiral", *OF_DATA_TOO])
def test_every_page(window, qtbot, walk, name):
    window.resize(1440, 900)
    window.workspace.filing.show(next(each for each in examples() if each.name == name).load())
    qtbot.waitUntil(lambda: window.design.plots is not None)
    faults = []
    for page in OF_DATA if name in OF_DATA_TOO else [entry.name for entry in window.entries]:
        window.pages.open(page)
        for room in rooms(page, window.pages.page):
            faults += walk(window, room)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("size", [(1440, 900), (1000, 560)])
def test_what_is_beside_or_over_the_pages(window, qtbot, walk, size):
    window.resize(*size)
    window.actions_["learn"].trigger()
    faults = walk(window, "lessons")
    window.actions_["learn"].trigger()
    window.workspace.notice.say("Something happened.", {"Do it": str, "Leave it": str})
    faults += walk(window, "notice")
    window.welcome.show()
    faults += walk(window.welcome.page, "start page")
    assert not faults, "\n".join(faults)


def test_every_dialog(window, qtbot, walk, tmp_path):
    faults, met = [], set()

    def look(name):
        qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(QDialog)))
        (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
        faults.extend(walk(dialog, name))
        met.add(type(dialog).__name__)
        dialog.close()
        qtbot.wait(0)

    for name in DIALOGS:
        window.actions_[name].trigger()
        look(name)
    own = window.workspace.own_data
    own.open("animal,weight,a name\n" + "cat,4,7\ndog,9,8\n,3,1\n" * 9)
    look("a table")
    for kind in ("cat", "dog"):
        (tmp_path / kind).mkdir()
        for number in range(4):
            picture(tmp_path / kind / f"{number}.png")
    own.open(tmp_path)
    look("pictures")
    HandInDialog("A lesson", (), "Ada", tmp_path, lambda *_: None, window).open()
    look("hand in")
    assert met == all_dialogs()
    assert not faults


@pytest.mark.parametrize("name", MODAL)
def test_every_question(window, walk, name):
    faults = []

    def look():
        box = QApplication.activeModalWidget()
        faults.extend(walk(box, name))
        box.close()

    QTimer.singleShot(SETTLED, look)
    window.actions_[name].trigger()
    assert not faults, "\n".join(faults)


def all_dialogs():
    """The name of every class of a dialog that there is."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in WIDGETS.rglob("*.py"))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {each.name for each in classes if "QDialog" in map(ast.unparse, each.bases)}


def picture(path):
    from PIL import Image

    Image.new("RGB", (20, 16), (200, 30, 30)).save(path)
