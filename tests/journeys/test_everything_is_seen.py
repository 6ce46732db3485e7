"""Nothing in the window is cut off, covered or out of reach, whatever its size, colours and typeface."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QStyleFactory
from seeing import faults

from playground.data import Dataset
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle
from playground.data.datasets.wine import Wine
from playground.engine.initializers import Zeros
from playground.engine.layers import Dense, Layer
from playground.experiment import Training
from playground.fields import describe
from playground.labs import Laboratory
from widgets import fonts, theme
from widgets.dialogs.lookup import CommandPalette, ShortcutSheet
from widgets.forms import switch

ROOT = Path(__file__).parent.parent.parent
SIZES = [(1440, 900), (1366, 768), (1280, 720), (1100, 700), (1024, 600), (1000, 560)]
MIDDLE, SMALLEST = SIZES[3], SIZES[-1]
WIDER = 120
"""Percent of its width that another typeface may have."""

COLOURS = pytest.mark.parametrize("colours", ["dark", "light"])


@pytest.fixture(params=["a wider typeface"])
def typeface(request, monkeypatch, qapp):
    usual = fonts.font

    def wider():
        font = usual()
        font.setStretch(WIDER)
        return font

    with monkeypatch.context() as patch:
        if request.param != "Inter":
            patch.setattr(fonts, "font", wider)
        theme.apply(qapp, "dark")
        yield
    theme.apply(qapp, "dark")


@pytest.fixture
def look(typeface, window, qtbot):
    """Asserts that a person sees everything there is, at some sizes of the window."""
    qtbot.waitUntil(lambda: window.design.plots is not None)

    def look(*sizes):
        for size in sizes:
            window.resize(*size)
            assert window.size() == QSize(*size)
            see(qtbot, window)

    return look


def see(qtbot, widget):
    def nothing_is_wrong():
        assert not faults(widget)

    qtbot.waitUntil(nothing_is_wrong)


@pytest.mark.parametrize("typeface", ["Inter", "a wider typeface"], indirect=True)
@COLOURS
def test_the_panels(look, window, qapp, colours):
    theme.apply(qapp, colours)
    look(*SIZES)


@COLOURS
def test_the_start_page(look, window, qapp, colours, tmp_path):
    names = ["a.nnplay", f"{'a name that is long ' * 12}.nnplay"]
    window.welcome.show()
    window.welcome.page.set_recent([tmp_path / name for name in names])
    theme.apply(qapp, colours)
    look(*SIZES)


@pytest.mark.parametrize("style", QStyleFactory.keys())
def test_other_styles(look, window, qapp, style):
    qapp.setStyle(style)
    look(MIDDLE, SMALLEST)


def test_the_data_panel_with_every_dataset(look, window):
    for member in Dataset.ready():
        experiment = window.workspace.document.experiment
        dataset = switch(experiment.data.dataset, member)
        window.workspace.document.edit(experiment.with_dataset(dataset), "")
        look(SMALLEST)


def test_the_training_tab_with_every_choice(look, window):
    for field in describe(Training):
        for member in field.members or ():
            experiment = window.workspace.document.experiment
            training = experiment.training.with_(**{field.name: member()})
            window.workspace.document.edit(experiment.with_(training=training), "")
            look(SMALLEST)


def test_the_layer_tab_with_every_kind_of_layer(look, window):
    for kind in Layer.members():
        experiment = window.workspace.document.experiment
        *others, output = experiment.network.layers
        layer = kind(id="new") if kind is not Dense else Dense(id="new", name="a name that is long " * 3)
        network = experiment.network.with_(layers=(*others[:1], layer, output))
        window.workspace.document.edit(experiment.with_(network=network), "")
        for page in (window.design.inspector.layer, window.design.inspector.explain):
            window.design.inspector.tabs.setCurrentWidget(page)
            window.design.inspector.show_layers(("new",))
            look(SMALLEST)


def test_two_runs(look, window, qtbot):
    window.pages.open("runs")
    look(*SIZES)
    window.workspace.runs.begin_with_another_seed()
    qtbot.waitUntil(lambda: window.workspace.runs.runs[0].snapshot is not None)
    window.actions_["step_epoch"].trigger()
    look(*SIZES)


def test_what_is_wrong_and_how_numbers_are_spread(look, window, qtbot):
    document = window.workspace.document
    layers = tuple(layer.with_(initializer=Zeros()) for layer in document.experiment.network.layers)
    network = document.experiment.network.with_(layers=layers)
    document.edit(document.experiment.with_(network=network, weights_draw=1), "")
    window.actions_["step_epoch"].trigger()
    window.design.show_diagnosis()
    qtbot.waitUntil(lambda: len(window.design.inspector.diagnosis.cards) == 2, timeout=20_000)
    for card in window.design.inspector.diagnosis.cards.values():
        card.why.click()
    look(SIZES[0], MIDDLE, SMALLEST)
    window.pages.open("inside")
    tab = window.pages.page.open("histograms")
    qtbot.waitUntil(lambda: bool(tab.spread.spread and tab.judged.sides), timeout=20_000)
    look(SIZES[0], MIDDLE, SMALLEST)


def test_space_and_the_check_of_gradients(look, window, qtbot):
    window.pages.open("inside")
    space = window.pages.page.open("space")
    qtbot.waitUntil(lambda: space.seen is not None and bool(space.bars.bars), timeout=20_000)
    look(SIZES[0], MIDDLE, SMALLEST)
    space.set_value(space.value.with_(axes="neurons", three=True))
    look(SMALLEST)
    checks = window.pages.page.open("gradient_check")
    checks.check_or_cancel()
    qtbot.waitUntil(lambda: bool(checks.worst.entries) and not checks.check_head.bar.isVisible())
    look(SIZES[0], MIDDLE, SMALLEST)


@pytest.mark.parametrize("dataset", [Circle, Digits, Wine], ids=lambda member: member.tag())
def test_the_page_data(look, window, qtbot, dataset):
    experiment = window.workspace.document.experiment.with_dataset(dataset())
    window.workspace.document.edit(experiment, "")
    window.pages.open("data")
    qtbot.waitUntil(lambda: window.pages.page.samples.verdict is not None, timeout=20_000)
    look(*SIZES)


def test_the_page_labs(look, window):
    window.pages.open("labs")
    look(MIDDLE)
    for kind in Laboratory.members():
        window.pages.page.open(kind.tag())
        look(SIZES[0], MIDDLE, SMALLEST)


@pytest.mark.parametrize("size", [MIDDLE, SMALLEST])
def test_the_dialog_of_a_table(typeface, window, qtbot, size):
    window.resize(*size)
    window.workspace.own_data.open("animal,weight,a name that is long\n" + "cat,4,7\ndog,9,8\n,3,1\n" * 9)
    (dialog,) = window.findChildren(QDialog)
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    see(qtbot, dialog)
    dialog.reject()


def test_a_notice_with_buttons(look, window):
    window.workspace.notice.say(
        "A sentence of some length that tells what happened. " * 6, {"Do it": str, "Leave": str}
    )
    look(MIDDLE, SMALLEST)


@pytest.mark.parametrize("sheet", [CommandPalette, ShortcutSheet])
def test_the_sheets_of_actions(look, window, qtbot, sheet):
    look(SMALLEST)
    (window.commands.show_palette if sheet is CommandPalette else window.commands.show_shortcuts)()
    (dialog,) = window.findChildren(QDialog)
    see(qtbot, dialog)
    assert dialog.height() <= SMALLEST[1]
    dialog.close()


@pytest.mark.parametrize("scale", ["1.25", "1.75"])
def test_scaled_screens(scale):
    """Fractions of pixels are rounded otherwise there; Qt scales a whole process."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            __file__,
            "-k",
            "dark and Inter and (the_panels or the_start_page)",
        ],
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout
