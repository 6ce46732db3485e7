"""All that the window says is translated: a language that marks every text leaves no word bare."""

import re
from contextlib import contextmanager

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableWidget,
    QWidget,
)

from playground.data import Augmentation, Dataset
from playground.data.datasets.digits import Digits
from playground.data.datasets.painted import Painted
from playground.data.datasets.recipes import Sine, Spiral
from playground.data.datasets.wine import Wine
from playground.engine import edits
from playground.engine.activations import Activation
from playground.engine.layers import Dropout, Layer
from playground.experiment import Experiment, Training
from playground.fields import describe
from playground.labs import Laboratory
from playground.training.snapshot import State
from widgets.canvas import outline, reading
from widgets.canvas.menus import context_menu
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.dialogs.tables.columns import KIND, RANGE, USE
from widgets.dialogs.tables.dialog import TableDialog
from widgets.gesture import new_gesture
from widgets.main_window import MainWindow
from widgets.pages.data.header import kind_words
from widgets.plots.painting.edits import choose_all, swap_task
from widgets.preferences import Preferences

OPEN, CLOSED = "⟦", "⟧"
MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSED}]*{CLOSED}")
WORD = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ]{2,}")
HTML = re.compile(r"<[^>]*>|&\w+;")
NAMES = re.compile(
    r"Neural Playground|English|Ctrl|Shift|Alt|Esc|Enter|Tab|Del|PC|sin|cos|Σ|(?:max|step)(?=\()"
)
"""What is called so in every language, or named by Qt: the keys."""


class Marking(QTranslator):
    """A language in which every text is told by its brackets."""

    def translate(self, context, text, disambiguation="", n=-1):
        return f"{OPEN}{text}{CLOSED}"


@pytest.fixture
def marking(qapp):
    translator = Marking()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@contextmanager
def opened(qtbot, folder):
    window = MainWindow(Preferences.unkept(), recovery_folder=folder)
    window.resize(1440, 900)
    window.show()
    try:
        qtbot.waitUntil(lambda: window.workspace.link.latest is not None, timeout=10_000)
        yield window
    finally:
        window.give_up()
        window.deleteLater()


@pytest.fixture
def window(qtbot, tmp_path, marking):
    with opened(qtbot, tmp_path / "recovery") as window:
        yield window


def bare(text):
    """What is left of a text without all that was translated; empty when no words are."""
    while (shorter := MARKED.sub("", text)) != text:
        text = shorter
    text = NAMES.sub(" ", HTML.sub(" ", text))
    return " ".join(WORD.findall(text))


def texts(root):
    """Every text in a widget and in all that is in it, with what shows it."""
    for widget in [root, *root.findChildren(QWidget)]:
        name = f"{type(widget.parentWidget()).__name__}/{type(widget).__name__}"
        for ask in ("toolTip", "accessibleName", "accessibleDescription", "statusTip", "windowTitle"):
            yield f"{name}.{ask}", getattr(widget, ask)()
        if isinstance(widget, QAbstractButton | QLabel):
            yield name, widget.text()
        if isinstance(widget, QLineEdit):
            yield f"{name}.text", widget.text()
            yield f"{name}.placeholder", widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((name, widget.itemText(index)) for index in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from ((name, widget.tabText(index)) for index in range(widget.count()))
        if isinstance(widget, QMenu):
            yield f"{name}.title", widget.title()
        if isinstance(widget, QTableWidget):
            heads = [widget.horizontalHeaderItem(column) for column in range(widget.columnCount())]
            cells = [
                widget.item(row, column)
                for row in range(widget.rowCount())
                for column in range(widget.columnCount())
            ]
            yield from ((name, item.text()) for item in [*heads, *cells] if item is not None)
    for action in root.findChildren(QAction):
        yield f"{type(action.parent()).__name__}/action", action.text().split("\t")[0]
        yield f"{type(action.parent()).__name__}/action.toolTip", action.toolTip()


def assert_all_is_translated(root):
    found = {f"{place}: {text!r}" for place, text in texts(root) if bare(text)}
    assert not found, "\n".join(sorted(found))


def choose(window, qtbot, experiment):
    """Edit, and wait until the training thread has answered."""
    link = window.workspace.link
    window.workspace.document.edit(experiment, "", new_gesture())
    blocked = State.BLOCKED if experiment.problems() else State.PAUSED
    qtbot.waitUntil(lambda: link.latest.experiment == experiment or link.latest.state is blocked)


def painted(window):
    """What the canvas writes and says, and the axes of plots, where no widget holds the words."""
    state = window.design.canvas.view.state
    for card in state.scene.cards:
        words = (card.title, card.subtitle, card.problem, card.remark)
        yield from ((f"card {card.id}", text) for text in words)
        yield from ((f"tile of {card.id}", tile.text) for tile in card.tiles)
    for target in below(state, NOTHING):
        words = (reading.name(state, target), reading.value(state, target), *reading.lines(state, target))
        yield from ((f"{target}", text) for text in words)
    for plot in window.findChildren(pg.PlotItem):
        for side in ("left", "bottom"):
            yield f"axis {side}", plot.getAxis(side).labelText


def below(state, target):
    """All that a screen reader walks on the canvas."""
    for child in outline.children(state, target):
        yield child
        yield from below(state, child)


def assert_all_of_the_canvas_is_translated(window):
    found = {f"{place}: {text!r}" for place, text in painted(window) if bare(text)}
    assert not found, "\n".join(sorted(found))


def every_layer(experiment):
    """A network with a layer of each kind, whether it can learn so or not."""
    layers = [member(id=f"{member.tag()}1") for member in Layer.members()]
    network = experiment.network.with_(layers=(*layers, *experiment.network.layers))
    return experiment.with_(network=network)


def test_the_window_at_its_start(window):
    assert_all_is_translated(window)
    assert_all_of_the_canvas_is_translated(window)


@pytest.mark.parametrize("dataset", [Wine, Digits, Sine, Spiral], ids=lambda member: member.tag())
def test_a_dataset_and_what_is_drawn_of_it(window, qtbot, dataset):
    choose(window, qtbot, Experiment().with_dataset(dataset()))
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    window.design.side.complete()
    assert_all_is_translated(window)
    assert_all_of_the_canvas_is_translated(window)


def test_painting_and_its_menu(window, qtbot):
    painting, output = window.design.painting, window.design.output
    painting.start()
    choose_all(painting)
    for _ in range(2):
        assert_all_is_translated(window)
        output.surface.open_menu((0, 0), output.mapToGlobal(output.rect().center()))
        output.brush_bar.more.menu().aboutToShow.emit()
        assert_all_is_translated(output)
        output.surface.menu.close()
        swap_task(painting)
    choose(window, qtbot, Experiment().with_dataset(Painted.empty()))
    assert_all_is_translated(window)


def test_each_layer_when_it_is_selected(window, qtbot):
    choose(window, qtbot, every_layer(Experiment()))
    for member in Layer.members():
        window.design.inspector.show_layers([f"{member.tag()}1"])
        assert_all_is_translated(window.design.inspector)


def test_a_network_that_cannot_work(window, qtbot):
    choose(window, qtbot, every_layer(Experiment()))
    assert window.workspace.link.latest.state is State.BLOCKED
    assert_all_is_translated(window)
    assert_all_of_the_canvas_is_translated(window)


SETTINGS = {field.name: field.members for field in describe(Training) if field.members}


@pytest.mark.parametrize("name", SETTINGS)
def test_each_member_of_a_setting_and_the_page_that_explains_it(window, qtbot, name):
    experiment, inspector = Experiment(), window.design.inspector
    for member in SETTINGS[name]:
        choose(window, qtbot, experiment.with_(training=experiment.training.with_(**{name: member()})))
        inspector.explain.explain("training", name)
        inspector.tabs.setCurrentWidget(inspector.explain)
        assert_all_is_translated(inspector)


def test_each_dataset_and_each_activation_on_the_page_that_explains_it(window, qtbot):
    experiment, inspector = Experiment(), window.design.inspector
    inspector.tabs.setCurrentWidget(inspector.explain)
    for member in Dataset.ready():
        choose(window, qtbot, experiment.with_dataset(member()))
        inspector.explain.explain("data", "dataset")
        assert_all_is_translated(window)
    for member in Activation.members():
        layer = experiment.network.layers[0].with_(activation=member())
        choose(window, qtbot, experiment.with_(network=edits.replace(experiment.network, layer)))
        inspector.explain.explain(layer.id, "activation")
        assert_all_is_translated(inspector)


@pytest.mark.parametrize("dataset", [Spiral, Digits, Wine], ids=lambda member: member.tag())
def test_each_augmentation_its_menu_and_the_page_that_explains_it(window, qtbot, dataset):
    experiment = Experiment().with_dataset(dataset())
    inspector, section = window.design.inspector, window.design.data.augmentation_section
    section.unfold()
    for member in (each for each in Augmentation.members() if each.fits(experiment.data.dataset)):
        data = experiment.data.with_(augmentations=(member(),))
        choose(window, qtbot, experiment.with_data(data))
        section.content.add.menu().aboutToShow.emit()
        inspector.explain.explain("data", f"augmentations.{member.tag()}")
        inspector.tabs.setCurrentWidget(inspector.explain)
        assert_all_is_translated(inspector)
        assert_all_is_translated(section)


def test_what_is_said_of_a_change_while_training_goes_on(window, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    experiment = Experiment()
    choose(window, qtbot, experiment.with_(network=edits.append(experiment.network, Dropout(id="drop"))))
    qtbot.waitUntil(lambda: bool(window.status.message.text()))
    assert window.status.message.text().startswith(f"{OPEN}Kept the weights")
    window.design.side.complete()
    (note,) = window.design.plots.plots["loss"].marks.notes
    assert [line for line in note.lines if bare(line)] == []
    assert_all_is_translated(window)


def test_space_and_the_check_of_gradients(window, qtbot):
    window.rail.buttons["inside"].click()
    space = window.pages.page.open("space")
    qtbot.waitUntil(lambda: space.seen is not None and bool(space.bars.bars), timeout=20_000)
    checks = window.pages.page.open("gradient_check")
    checks.check_or_cancel()
    qtbot.waitUntil(lambda: bool(checks.worst.entries) and not checks.check_head.bar.isVisible())
    assert_all_is_translated(window)
    assert not any(map(bare, [space.plot.content.caption, *(bar.name for bar in space.bars.bars)]))


def test_the_page_runs(window, qtbot):
    window.rail.buttons["runs"].click()
    page = window.pages.page
    page.from_here.click()
    qtbot.waitUntil(lambda: bool(page.runs.runs) and page.runs.runs[0].snapshot is not None)
    training = page.runs.runs[0].document.experiment.training.with_(batch_size=7)
    experiment = page.runs.runs[0].document.experiment.with_(training=training)
    page.runs.runs[0].document.edit(experiment, "")
    qtbot.waitUntil(lambda: page.runs.runs[0].snapshot.experiment == experiment)
    assert_all_is_translated(window)


@pytest.mark.parametrize("dataset", [Wine, Digits, Sine, Spiral], ids=lambda member: member.tag())
def test_the_page_data(window, qtbot, dataset):
    choose(window, qtbot, Experiment().with_dataset(dataset()))
    window.rail.buttons["data"].click()
    page = window.pages.page
    qtbot.waitUntil(lambda: page.samples.verdict is not None)
    model = page.panel.table.model()
    cells = [model.cell(0, place).text for place in range(model.columnCount())]
    heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    kinds = [kind_words(column) for column in model.columns]
    assert [text for text in (*heads, *cells, *kinds) if bare(text)] == []
    assert_all_is_translated(window)


def test_the_page_labs(window, qtbot):
    window.pages.open("labs")
    for kind in Laboratory.members():
        room = window.pages.page.open(kind.tag())
        for button in (room.step, room.tries[-1], room.step):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        room.document.edit(room.document.value.with_(**kind.tries[3].changes), "")
        qtbot.wait(50)
        assert_all_is_translated(window)


def test_the_dialog_of_a_table(window, qtbot):
    window.workspace.own_data.open("1;2;11\n3;1;22\n3;2;13\n1,5;1;44\n")
    dialog = window.findChild(TableDialog)
    qtbot.waitUntil(lambda: not dialog.reader.busy)
    model = dialog.columns.columns
    cells = [
        model.index(row, column).data() for row in range(model.rowCount()) for column in (USE, KIND, RANGE)
    ]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert [text for text in (*cells, *heads) if bare(text)] == []
    found = {text for _, text in texts(dialog) if bare(text)} - {"utf-8", "windows-1252", "latin-1", "utf-16"}
    names = {fact.name for fact in dialog.plan.facts}
    missing = dialog.form.controls["missing"].line.text()
    assert found - names - {missing} == set()
    dialog.reject()


def test_the_start_page(window):
    window.welcome.show()
    assert_all_is_translated(window.welcome.page)


@pytest.mark.parametrize("open_dialog", ["show_palette", "show_shortcuts"])
def test_a_dialog(window, open_dialog):
    getattr(window.commands, open_dialog)()
    dialog = window.findChild(QDialog)
    assert_all_is_translated(dialog)
    dialog.close()


@pytest.mark.parametrize("role", [Role.CARD, Role.CANVAS, Role.TILE, Role.EDGE])
def test_the_menu_of_a_place_on_the_canvas(window, role):
    state = window.design.canvas.view.state
    menu = context_menu(window, state, Target(role, "dense1", 0, 0), lambda *_: None)
    assert menu.actions()
    assert_all_is_translated(menu)
