"""A pad to draw on: by pointer and keys, gaps are closed, and drawn digits are what they look like."""

import numpy as np
import pytest
from handwriting import DIGITS
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence

from playground.data.pictures.looks import Looks
from playground.data.pictures.strokes import PenStroke
from playground.files.sources import resolve
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from widgets.plots.pictures.draw_panel import DrawPanel
from widgets.plots.pictures.ink import levels_of, sample_of

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
ANYWHERE = Looks((8, 8, 1), 0.0, 1.0, False, np.zeros(1), None)


@pytest.fixture(scope="module")
def trained():
    """The example of the digits when its epochs are done."""
    saved = resolve("digits").saved
    trainer = Trainer(saved.experiment, saved.checkpoint)
    for _ in range(saved.experiment.training.epochs):
        trainer.run_epoch()
    return Moment.of(trainer)


@pytest.fixture(scope="module")
def looks(trained):
    return Looks.of(trained.data.train.raw)


@pytest.fixture
def panel(show):
    panel = show(DrawPanel(), 230, 180)
    panel.show_looks(ANYWHERE)
    return panel


def at(pad, across, down):
    sheet = pad.sheet
    return QPoint(round(sheet.left() + across * sheet.width()), round(sheet.top() + down * sheet.height()))


def draw(qtbot, pad, *points):
    first, *others = (at(pad, *point) for point in points)
    qtbot.mousePress(pad, LEFT, pos=first)
    for point in others:
        qtbot.mouseMove(pad, point)
    qtbot.mouseRelease(pad, LEFT, pos=others[-1] if others else first)


# --- digits -----------------------------------------------------------------------------------------

PLACES = {"as it is": (1.0, 0.0, 0.0), "tiny, in a corner": (0.25, 0.7, 0.02), "low": (0.6, 0.1, 0.38)}


@pytest.mark.parametrize("place", PLACES)
def test_drawn_digits_are_recognised_wherever_and_however_large_they_are(trained, looks, place):
    scale, across, down = PLACES[place]
    said = {}
    for digit, strokes in DIGITS.items():
        drawn = tuple(PenStroke(np.array(points) * scale + (across, down), np.ones(1)) for points in strokes)
        said[digit] = int(trained.ask(sample_of(drawn, looks)[np.newaxis]).classes[0])
    assert sum(digit == answer for digit, answer in said.items()) >= 9, said


def test_dark_on_white_is_recognised_by_a_network_that_learnt_it_so(looks, trained):
    dark = Looks.of(16 - trained.data.train.raw)
    three = tuple(PenStroke(np.array(points), dark.ink) for points in DIGITS[3])
    bright = tuple(PenStroke(np.array(points), looks.ink) for points in DIGITS[3])
    np.testing.assert_allclose(sample_of(three, dark), 16 - sample_of(bright, looks), atol=1)


# --- the pointer ------------------------------------------------------------------------------------


def test_a_stroke_is_where_the_pointer_was(qtbot, panel):
    draw(qtbot, panel.pad, (0.25, 0.5), (0.75, 0.5))
    (stroke,) = panel.pad.strokes
    np.testing.assert_allclose(stroke.points, [(0.25, 0.5), (0.75, 0.5)], atol=0.01)
    image = panel.pad.grab().toImage()
    pixel = QPointF(at(panel.pad, 0.5, 0.5)) * image.devicePixelRatio()
    assert QColor(image.pixel(pixel.toPoint())) == QColor("white")


def test_a_fast_stroke_leaves_no_gaps(qtbot, panel):
    draw(qtbot, panel.pad, (0.0, 0.5), (1.0, 0.5))
    levels = levels_of(panel.pad.strokes, ANYWHERE)
    assert (levels[16, 1:-1] > 0.9).all()


def test_beyond_the_edge_the_pen_stays_at_it(qtbot, panel):
    draw(qtbot, panel.pad, (0.5, 0.5), (1.6, -0.4))
    np.testing.assert_array_equal(panel.pad.strokes[0].points[-1], [1, 0])


def test_a_click_is_a_dot(qtbot, panel):
    draw(qtbot, panel.pad, (0.5, 0.5))
    assert len(panel.pad.strokes) == 1
    assert panel.sample().sum() > 0


def test_many_moves_are_one_change(qtbot, panel):
    with qtbot.waitSignal(panel.drawn) as drawn:
        draw(qtbot, panel.pad, *((0.1 + 0.008 * step, 0.5) for step in range(100)))
    np.testing.assert_array_equal(drawn.args[0], panel.sample())
    with qtbot.assertNotEmitted(panel.drawn, wait=80):
        pass


def test_undo_takes_a_stroke_back_and_clear_all(qtbot, panel):
    draw(qtbot, panel.pad, (0.2, 0.2), (0.8, 0.2))
    draw(qtbot, panel.pad, (0.2, 0.8), (0.8, 0.8))
    panel.undo.click()
    assert len(panel.pad.strokes) == 1
    with qtbot.waitSignal(panel.drawn, check_params_cb=lambda sample: sample is None):
        panel.clear.click()
    assert panel.pad.strokes == ()
    assert not panel.clear.isEnabled()
    assert panel.seen.picture is None


# --- keys -------------------------------------------------------------------------------------------


def test_arrows_move_the_pen_and_space_puts_it_down_and_lifts_it(qtbot, panel):
    pad = panel.pad
    pad.setFocus()
    for key in (Key.Key_Left, Key.Key_Space, Key.Key_Up, Key.Key_Up, Key.Key_Space, Key.Key_Right):
        qtbot.keyClick(pad, key)
    (stroke,) = pad.strokes
    np.testing.assert_allclose(stroke.points, [(0.45, 0.5), (0.45, 0.45), (0.45, 0.4)])
    qtbot.keyClick(pad, Key.Key_Backspace)
    assert pad.strokes == ()


def test_the_key_of_undo_takes_strokes_back_as_long_as_there_are_any(qtbot, panel):
    draw(qtbot, panel.pad, (0.2, 0.2), (0.8, 0.2))
    panel.pad.setFocus()
    qtbot.keySequence(panel.pad, QKeySequence(QKeySequence.StandardKey.Undo))
    assert panel.pad.strokes == ()


# --- other pictures ---------------------------------------------------------------------------------


def test_without_pictures_nothing_can_be_drawn(qtbot, show):
    panel = show(DrawPanel(), 230, 180)
    panel.show_looks(None)
    draw(qtbot, panel.pad, (0.2, 0.2), (0.8, 0.2))
    assert panel.pad.strokes == ()
    assert panel.sample() is None


def test_a_drawing_is_brought_to_the_size_of_other_pictures(qtbot, panel, looks):
    draw(qtbot, panel.pad, (0.5, 0.4), (0.5, 0.6))
    assert panel.sample()[0].sum() == 0
    with qtbot.waitSignal(panel.drawn):
        panel.show_looks(looks)
    assert panel.sample()[0].sum() > 0  # as high as the digits are


def test_on_a_white_ground_it_is_black_at_once(qtbot, panel):
    draw(qtbot, panel.pad, (0.1, 0.5), (0.9, 0.5))
    panel.show_looks(Looks((8, 8, 1), 0.0, 1.0, False, np.ones(1), None))
    sample = panel.sample()
    assert sample[0, 0, 0] == 1
    assert sample[:, 4].min() < 0.9


def test_colour_pictures_have_colours_and_others_have_none(qtbot, panel):
    assert not panel.colours.buttons()[0].isVisible()
    draw(qtbot, panel.pad, (0.1, 0.5), (0.9, 0.5))
    panel.show_looks(Looks((8, 8, 3), 0.0, 1.0, False, np.zeros(3), None))
    assert panel.pad.strokes == ()
    red = next(button for button in panel.colours.buttons() if button.colour == "#e53935")
    qtbot.mouseClick(red, LEFT)
    draw(qtbot, panel.pad, (0.1, 0.5), (0.9, 0.5))
    red_part, green, blue = panel.sample().max(axis=(0, 1))
    assert red_part > 2 * max(green, blue)


def test_other_pictures_that_come_while_the_pen_is_down_lift_it(qtbot, panel):
    pad = panel.pad
    qtbot.mousePress(pad, LEFT, pos=at(pad, 0.2, 0.5))
    panel.show_looks(Looks((8, 8, 3), 0.0, 1.0, False, np.zeros(3), None))
    qtbot.mouseMove(pad, at(pad, 0.8, 0.5))
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 0.8, 0.5))
    assert pad.strokes == ()


def test_the_pen_has_three_widths(qtbot, panel):
    qtbot.mouseClick(panel.pens.buttons()[-1], LEFT)
    draw(qtbot, panel.pad, (0.1, 0.5), (0.9, 0.5))
    assert panel.pad.strokes[0].width == 0.2
