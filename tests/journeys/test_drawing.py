"""A person draws a digit beside the data, and sees at once what the network takes it for, and every value."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from test_files import train_epochs

from playground.data import GivenPicture
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle
from playground.data.datasets.shapes import Shapes
from playground.data.spaces import OneSample
from playground.training.moment import Moment
from playground.training.snapshot import State

LEFT = Qt.MouseButton.LeftButton


def latest(window):
    return window.workspace.link.latest


def views(window):
    return window.design.views.of("height width channels")


def choose(window, dataset):
    document = window.workspace.document
    document.edit(document.experiment.with_dataset(dataset), "")


@pytest.fixture
def digits(open_window, qtbot):
    """A window on digits that were learnt for an epoch, which can be drawn."""
    window = open_window(size=(1440, 900))
    choose(window, Digits())
    qtbot.waitUntil(lambda: latest(window).data.chosen is not None, timeout=10_000)
    train_epochs(qtbot, window, 1)
    qtbot.waitUntil(lambda: views(window).drawing.pad.looks is not None, timeout=10_000)
    return window


def draw_one(qtbot, window):
    """An upright line."""
    pad = views(window).drawing.pad
    middle = pad.sheet.center().toPoint()
    qtbot.mousePress(pad, LEFT, pos=middle - QPoint(0, 30))
    qtbot.mouseMove(pad, middle)
    qtbot.mouseMove(pad, middle + QPoint(0, 30))
    qtbot.mouseRelease(pad, LEFT, pos=middle + QPoint(0, 30))
    qtbot.waitUntil(lambda: is_drawn(window), timeout=10_000)


def is_drawn(window):
    """Whether what is drawn is what the window looks at."""
    sample, chosen = views(window).drawing.sample(), latest(window).data.chosen
    return sample is not None and chosen is not None and np.array_equal(chosen.raw, sample)


def test_it_is_answered_in_the_output_panel_and_beside_the_pad(digits, qtbot):
    draw_one(qtbot, digits)
    moment = digits.workspace.link.session.answer(lambda run: Moment.of(run.learner.trainer)).result()
    expected = moment.ask(views(digits).drawing.sample()[np.newaxis])
    content = digits.design.output.sample.content
    np.testing.assert_allclose([bar.share for bar in content.answer], expected.shares[0], atol=1e-5)
    assert content.truth == ""
    assert views(digits).drawing.answer.text() == content.sentence
    assert digits.design.output.caption.text() == ""


def test_every_neuron_of_the_canvas_shows_its_value_for_it(digits, qtbot):
    draw_one(qtbot, digits)
    session = digits.workspace.link.session
    moment = session.answer(lambda run: Moment.of(run.learner.trainer)).result()
    inputs = moment.data.transform(views(digits).drawing.sample()[np.newaxis]).astype(np.float32)
    for layer_id, units in moment.network.activations(inputs).items():
        maps = latest(digits).layers[layer_id].maps
        np.testing.assert_allclose(maps.ravel(), units[: maps.size, 0], atol=1e-5)


def test_clearing_brings_the_sample_of_before_back(digits, qtbot):
    digits.workspace.link.looking.over(OneSample(index=7))
    qtbot.waitUntil(lambda: latest(digits).data.chosen.index == 7)
    draw_one(qtbot, digits)
    views(digits).drawing.clear.click()
    qtbot.waitUntil(lambda: latest(digits).data.space == OneSample(index=7))
    assert views(digits).drawing.answer.text() == ""


def test_a_sample_of_the_strip_is_shown_and_drawing_on_brings_the_drawing_back(digits, qtbot):
    draw_one(qtbot, digits)
    wall = views(digits).strip.wall
    qtbot.mouseClick(wall, LEFT, pos=wall.rect_of(0).center().toPoint())
    qtbot.waitUntil(lambda: isinstance(latest(digits).data.space, OneSample))
    draw_one(qtbot, digits)
    assert len(views(digits).drawing.pad.strokes) == 2


def test_it_can_be_drawn_while_training_runs(digits, qtbot):
    digits.actions_["run"].trigger()
    qtbot.waitUntil(lambda: latest(digits).state is State.RUNNING, timeout=10_000)
    draw_one(qtbot, digits)
    first = latest(digits).answer.copy()
    qtbot.waitUntil(lambda: not np.array_equal(latest(digits).answer, first), timeout=10_000)
    digits.actions_["run"].trigger()
    qtbot.waitUntil(lambda: latest(digits).state is not State.RUNNING, timeout=10_000)


def test_space_on_the_pad_draws_and_does_not_run(digits, qtbot):
    pad = views(digits).drawing.pad
    digits.activateWindow()
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    qtbot.keyClick(pad, Qt.Key.Key_Down)
    assert len(pad.strokes) == 1
    assert latest(digits).state is not State.RUNNING


def test_the_list_of_keys_tells_of_the_pad(digits):
    told = digits.design.keys()
    assert any("drawing pad" in key for key in told)


def test_tab_goes_from_the_settings_of_the_data_to_the_samples_and_the_pad(digits, qtbot):
    digits.activateWindow()
    digits.design.data.augmentation_section.header.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(8):
        qtbot.keyClick(digits.focusWidget(), Qt.Key.Key_Tab)
        seen.append(digits.focusWidget())
    strip, drawing = views(digits).strip, views(digits).drawing
    assert seen.index(strip.wall) < seen.index(drawing.pad)


def test_undo_on_the_pad_leaves_the_document_alone(digits, qtbot):
    draw_one(qtbot, digits)
    before = digits.workspace.document.experiment
    pad = views(digits).drawing.pad
    pad.setFocus()
    qtbot.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.strokes == ()
    assert digits.workspace.document.experiment is before


def test_of_other_pictures_it_becomes_one_of_their_size(digits, qtbot):
    draw_one(qtbot, digits)
    choose(digits, Shapes(samples=40, side=12))
    qtbot.waitUntil(
        lambda: is_drawn(digits) and latest(digits).data.chosen.raw.shape == (12, 12, 1), timeout=20_000
    )


def test_other_data_are_not_looked_at_through_a_drawing(digits, qtbot):
    draw_one(qtbot, digits)
    choose(digits, Circle())
    qtbot.waitUntil(lambda: latest(digits).data.chosen is None, timeout=10_000)
    assert not isinstance(latest(digits).data.space, GivenPicture)


def test_a_network_that_cannot_work_says_so_and_the_drawing_stays(digits, qtbot):
    draw_one(qtbot, digits)
    document, network = digits.workspace.document, digits.workspace.document.experiment.network
    document.edit(document.experiment.with_(network=network.with_(layers=network.layers[1:])), "")
    qtbot.waitUntil(lambda: latest(digits).state is State.BLOCKED, timeout=10_000)
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: latest(digits).state is not State.BLOCKED and is_drawn(digits), timeout=10_000)
