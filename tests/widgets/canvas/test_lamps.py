"""The lamp of a card: in form as in colour it says how the layer is, and a click asks after it."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from playground.engine.graph import INPUT
from widgets.canvas import reading
from widgets.canvas.lamps import Ailment, paint_lamp, told
from widgets.canvas.parts import Role, Target
from widgets.theme import DARK, LIGHT

SICK = Ailment(("Dying ReLU: 75 % of the units give 0.",))
GRAVE = Ailment(("Symmetric weights: All weights are 0.",), grave=True)


def shape(ailment, theme):
    """Where a lamp differs from the card, without its colour."""
    image = QImage(28, 28, QImage.Format.Format_RGB32)
    image.fill(theme.card)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_lamp(painter, QRectF(0, 0, 28, 28), ailment, theme)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(28, 28)
    return pixels != pixels[0, 0]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_well_ill_and_grave_differ_in_form(theme):
    well, ill, grave = (shape(ailment, theme) for ailment in (None, SICK, GRAVE))
    assert 0 < well.sum() < ill.sum() < grave.sum()
    assert not np.array_equal(ill, grave)


def test_a_lamp_says_nothing_before_anybody_has_looked():
    assert told(None, "dense1") == ()
    assert told({}, "dense1") == ("No problems found",)
    assert told({"dense1": SICK}, "dense1") == SICK.lines


def test_every_card_has_a_lamp_and_a_screen_reader_is_told_what_it_says(person):
    view = person.view
    view.show_ailments({"dense1": SICK, INPUT: GRAVE})
    assert all(card.part(Role.LAMP) for card in view.state.scene.cards)
    assert reading.value(view.state, Target(Role.LAMP, "dense1")) == SICK.lines[0]
    assert reading.value(view.state, Target(Role.LAMP, "output")) == "No problems found"
    assert SICK.lines[0] in reading.description(view.state, Target(Role.CARD, "dense1"))


def test_a_click_on_a_lamp_asks_after_the_layer_and_selects_it(qtbot, person):
    view = person.view
    lamp = view.state.point_of(Target(Role.LAMP, "dense1")).toPoint()
    with qtbot.waitSignal(view.asked_after) as asked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=lamp)
    assert asked.args == ["dense1"]
    assert view.state.selection == ("dense1",)
