"""Each row of the table of gestures is reached by its mouse, its key, its menu and a screen reader."""

from dataclasses import replace

import pytest
from canvas_examples import snapshot_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from reader import root, walk

from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Add, BatchNorm, Dense, Maxout
from widgets.actions import commands
from widgets.canvas import canvas as panel
from widgets.canvas import gestures
from widgets.canvas.gestures import GESTURES, OTHERS_ON_SHEET
from widgets.canvas.manners import MANNERS
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Reply

pytestmark = pytest.mark.usefixtures("qapp")  # keys are written as the platform has them

SIGNS = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down", "Enter": "Return", "Esc": "Escape", "−": "-"}
"""How keys are written on the sheet."""
MOVED_BY_MOUSE = {"Space + drag", "Ctrl + wheel"}


@pytest.fixture
def done(monkeypatch):
    """What was done: the numbers of the rows of the table and their targets; nothing really happens."""
    told = []

    def recording(row):
        def do(state, target):
            told.append((row, target))
            return Reply(state)

        return do

    rows = tuple(replace(gesture, do=recording(row)) for row, gesture in enumerate(GESTURES))
    by_key = {keys: [rows[GESTURES.index(one)] for one in found] for keys, found in gestures._BY_KEY.items()}
    monkeypatch.setattr(gestures, "GESTURES", rows)
    monkeypatch.setattr(gestures, "_BY_KEY", by_key)
    return told


@pytest.fixture
def everything(person):
    """A network of which every role is to be seen, in more than one state."""
    layers = (
        Dense(id="wide", units=12, activation=Relu(), frozen=True),
        Maxout(id="most", units=3),
        BatchNorm(id="norm"),
        Add(id="add", inputs=("norm", "most")),
        person.document.experiment.network.output.with_(units=3),
    )
    experiment = person.document.experiment.with_(network=Architecture(layers=layers))
    person.document.open(experiment)
    person.canvas.show_snapshot(snapshot_of(experiment))
    person.canvas.resize(1400, 520)
    return person


def spots(person):
    """For every role somewhere that the mouse finds it, and which one it is there."""
    found = {}
    view = person.view
    for x in range(4, view.width(), 4):
        for y in range(4, view.height(), 4):
            target = view.state.target(QPointF(x, y))
            found.setdefault(target.role, (QPoint(x, y), target))
    return found


def combination(text):
    keys = QKeySequence(text)[0]
    return keys.key(), keys.keyboardModifiers()


def of_canvas():
    """Keys on the sheet, one by one."""
    for shown, _ in (gesture.sheet for gesture in GESTURES if gesture.sheet is not None):
        first, *others = shown.replace(",", "").split()
        held, _, first = first.rpartition("+") if len(first) > 1 else ("", "", first)
        for one in (first, *others):
            yield "+".join(filter(None, (held, SIGNS.get(one, one))))


def of_window():
    """The keys of the window's actions."""
    return {QKeySequence(command.keys).toString() for command in commands() if command.keys}


def test_every_role_has_its_manners():
    assert set(MANNERS) == set(Role)


def test_every_role_is_found_by_the_mouse_and_a_click_does_its_row(everything, done):
    person = everything
    seen = spots(person)
    elsewhere = {Role.KERNEL, Role.STEP, Role.UNROLL}  # which only pictures and sequences have
    assert set(seen) == set(Role) - elsewhere
    for role, (at, target) in seen.items():
        done.clear()
        person.click(at)
        rows = [row for row, gesture in enumerate(GESTURES) if role in gesture.click]
        assert done == [(rows[0], target)] if rows else done == [], role
        person.move(QPoint(1, 1))


def test_a_double_click_does_its_row(everything, done):
    for role, (at, target) in spots(everything).items():
        if target.layer_id == "input":
            continue
        done.clear()
        everything.move(at)
        QTest.mouseDClick(everything.view, Qt.MouseButton.LeftButton, pos=at)
        rows = [row for row, gesture in enumerate(GESTURES) if role in gesture.double_click]
        assert [row for row, _ in done if row in rows] == rows, role


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("selected", [False, True])
def test_every_key_does_its_row_on_what_is_selected_or_pinned(person, done, selected, pinned):
    view = person.view
    selection = ("dense1",) if selected else ()
    view.take(Reply(view.state.with_(selection=selection, pinned=("dense2", 1) if pinned else None)))
    target = (
        Target(Role.CARD, "dense1") if selected else Target(Role.TILE, "dense2", 1) if pinned else NOTHING
    )
    for row, gesture in enumerate(GESTURES):
        for text in gesture.keys:
            done.clear()
            person.key(*combination(text))
            assert done == ([(row, target)] if target.role in gesture.on else []), text


def test_no_two_rows_have_one_key():
    keys = [combination(text) for gesture in GESTURES for text in gesture.keys]
    assert len(keys) == len(set(keys))


def test_the_menu_of_every_role_has_its_rows_and_no_others(everything, done):
    person = everything
    for target in [NOTHING, *{target for _, target in spots(person).values()}]:
        menu, done[:] = person.menu(target), []
        for action in menu.actions():
            if action.menu() is None and action.isEnabled():
                action.trigger()
        state = person.view.state
        expected = [
            row
            for row, gesture in enumerate(GESTURES)
            if (entry := gesture.menu) is not None
            and target.role in entry.to
            and entry.shown(state, target)
            and entry.enabled(state, target)
        ]
        assert sorted(row for row, _ in done) == expected
        assert {found for _, found in done} <= {target}
        menu.deleteLater()


def test_the_menu_names_the_first_key_of_its_row(everything):
    for target in {target for _, target in spots(everything).values()}:
        menu = everything.menu(target)
        named = dict(action.text().split("\t") for action in menu.actions() if "\t" in action.text())
        for gesture, entry in gestures.entries(everything.view.state, target):
            key = gesture.keys[0].replace("Delete", "Del").replace("-", "−") if gesture.keys else None
            assert named.get(entry.text) == key
        menu.deleteLater()


def test_a_screen_reader_reaches_every_row_that_the_mouse_and_menus_have(everything, done):
    person = everything
    for thing in list(walk(root(person.view))):
        if getattr(thing, "target", None) is not None:
            actions = thing.actionInterface()
            for name in actions.actionNames():
                if name not in ("ShowMenu", "SetFocus"):
                    actions.doAction(name)
    # where a neuron is pinned, there is something to paste, pictures are read, or time is
    of_pictures = {"Slide the window", "Residual block behind it"}
    only_then = {"Unpin from output", "Paste", "Unroll over time", "Fold again", *of_pictures}
    wanted = {
        row
        for row, gesture in enumerate(GESTURES)
        if (gesture.menu and gesture.menu.text not in only_then) or (gesture.click and not gesture.menu)
    }
    assert {row for row, _ in done} >= wanted


# --- the sheet ---


def test_the_sheet_lists_exactly_the_rows_that_no_action_of_the_window_is_on():
    for gesture in GESTURES:
        with_action = any(QKeySequence(text).toString() in of_window() for text in gesture.keys)
        partner = bool({*gesture.keys} & {*of_canvas()})
        assert not (gesture.keys and not with_action and not partner), gesture.keys
        assert not (gesture.sheet and with_action), gesture.sheet


def test_every_key_on_the_sheet_does_something():
    known = {text for gesture in GESTURES for text in gesture.keys}
    assert {*of_canvas()} - {"Tab", "Menu"} <= known


def test_the_sheet_is_that_of_the_table(person):
    lines = [gesture.sheet[0] for gesture in GESTURES if gesture.sheet] + [
        keys for keys, _ in OTHERS_ON_SHEET
    ]
    assert list(person.canvas.keys()) == lines
    assert {keys for keys, _ in OTHERS_ON_SHEET} == MOVED_BY_MOUSE


def test_actions_of_the_window_do_what_the_same_keys_do_on_the_canvas():
    keys = {command.name: QKeySequence(command.keys).toString() for command in commands() if command.keys}
    for name, do in {**panel.ALWAYS, **panel.ON_SELECTED}.items():
        (gesture,) = [gesture for gesture in GESTURES if gesture.do is do]
        assert keys[name] in [QKeySequence(text).toString() for text in gesture.keys], name
