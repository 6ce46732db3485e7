"""A person points at, chooses a place of, and turns a landscape; it is saved as all plots are."""

import numpy as np
import pytest
from landscape_grids import bowl
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from widgets.figures import files as export
from widgets.pages.inside.tabs.landscape.loss_map import LossMap
from widgets.pages.inside.tabs.landscape.loss_surface import LossSurface
from widgets.pages.inside.tabs.landscape.relief import Relief
from widgets.plots.surface.camera import LEAST_TILT, SurfaceCamera
from widgets.theme import LIGHT, themes

LEFT = Qt.MouseButton.LeftButton
NAMES = ("across", "up")


@pytest.fixture(params=[LossMap, LossSurface])
def figure(request, qtbot):
    return shown(request.param, qtbot)


def shown(kind, qtbot):
    figure = kind("Loss landscape")
    qtbot.addWidget(figure)
    figure.resize(560, 420)
    figure.show()
    figure.show_relief(Relief(bowl()), NAMES)
    figure.show_route(np.array([[-1.5, 0.5], [-0.5, 0.25], [0.5, 0.0]]))
    figure.grab()
    return figure


def pixel_of(figure, x, y):
    ((left, top),) = figure.pixels(np.array([[x, y]])).tolist()
    return QPoint(round(left), round(top))


def chosen_by(figure):
    places = []
    figure.chosen.connect(lambda x, y: places.append((x, y)))
    return places


def test_a_click_chooses_the_place_it_is_on(figure, qtbot):
    places = chosen_by(figure)
    qtbot.mouseClick(figure, LEFT, pos=pixel_of(figure, 1.0, -0.5))
    assert places == [pytest.approx((1.0, -0.5), abs=0.11)]


def test_arrows_move_the_cross_from_where_the_network_is_and_enter_chooses(figure, qtbot):
    places = chosen_by(figure)
    qtbot.keyClick(figure, Qt.Key.Key_Return)
    assert places == []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(figure, key)
    assert figure.label.isVisible()
    assert "training 0.45" in figure.label.text()
    qtbot.keyClick(figure, Qt.Key.Key_Return)
    assert places == [pytest.approx((0.5 + 2 * 4 / 50, 2 / 50))]


def test_the_cross_does_not_leave_the_plane(figure, qtbot):
    for _ in range(60):
        qtbot.keyClick(figure, Qt.Key.Key_Left)
    assert figure.cross == (-2.0, 0.0)


def test_the_loss_under_the_pointer_is_told(figure, qtbot):
    figure.tell(figure.place_at(QPointF(pixel_of(figure, 0.0, 0.9))), QPointF(5, 5))
    assert figure.label.text().startswith("training 0.8")
    figure.leaveEvent(None)
    assert not figure.label.isVisible()


def test_outside_there_is_no_place(figure):
    assert figure.place_at(QPointF(1, 1)) is None


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_it_is_saved_in_every_format(figure, ending):
    content = export.FORMATS[ending](figure)
    assert len(content) > 1000


def test_it_shows_a_message_where_there_is_no_landscape(figure):
    figure.show_relief(None, NAMES, "There is no path yet.")
    assert figure.accessibleDescription() == "There is no path yet."
    assert figure.place_at(QPointF(200, 200)) is None
    assert figure.columns() == {}
    figure.grab()


def test_it_takes_on_another_theme(figure):
    before = figure.grab().toImage()
    themes.changed.emit(LIGHT)
    figure.grab()
    assert not before.isNull()


def test_the_path_is_drawn_over_the_map_and_grows(qtbot):
    figure = shown(LossMap, qtbot)
    before = figure.grab().toImage()
    figure.show_route(np.array([[-1.5, 0.5], [-0.5, 0.25], [0.5, 0.0], [1.5, -0.5]]))
    after = figure.grab().toImage()
    middle = pixel_of(figure, 1.0, -0.25)
    assert after.pixelColor(middle) != before.pixelColor(middle)


def test_a_drag_turns_the_surface_and_chooses_nothing(qtbot):
    surface = shown(LossSurface, qtbot)
    places, turn = chosen_by(surface), surface.orbit.camera.turn
    qtbot.mousePress(surface, LEFT, pos=QPoint(200, 200))
    qtbot.mouseMove(surface, QPoint(240, 210))
    qtbot.mouseMove(surface, QPoint(260, 210))
    assert surface.orbit.moves
    qtbot.mouseRelease(surface, LEFT, pos=QPoint(260, 210))
    assert places == []
    assert surface.orbit.camera.turn != turn
    assert not surface.orbit.moves


def test_shift_and_arrows_turn_the_surface(qtbot):
    surface = shown(LossSurface, qtbot)
    before = surface.orbit.camera
    qtbot.keyClick(surface, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(surface, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    after = surface.orbit.camera
    assert after.turn > before.turn
    assert after.tilt > before.tilt
    assert surface.cross is None


def test_the_rim_of_a_bowl_stands_higher_than_its_floor(qtbot):
    surface = shown(LossSurface, qtbot)
    surface.orbit.camera = SurfaceCamera(turn=0.0)
    (_, floor), (_, rim) = surface.pixels(np.array([[0.0, 0.0], [2.0, 0.0]])).tolist()
    assert rim < floor


def test_seen_from_behind_a_wall_the_place_in_front_is_chosen(qtbot):
    surface = shown(LossSurface, qtbot)
    surface.orbit.camera = SurfaceCamera(
        turn=0.0, tilt=LEAST_TILT
    )  # almost level: front and back rim lie over one another
    front = surface.pixels(np.array([[0.0, -1.0]]))[0]
    _, y = surface.place_at(QPointF(*front))
    assert y < 0


def test_the_wheel_and_plus_bring_nearer_and_zero_shows_it_as_at_first(qtbot):
    surface = shown(LossSurface, qtbot)
    first, at = surface.orbit.camera, pixel_of(surface, 1.0, -0.5)
    notch = QPoint(0, 120)
    wheel = QWheelEvent(
        QPointF(at), surface.mapToGlobal(QPointF(at)), QPoint(), notch, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(surface, wheel)
    assert surface.orbit.camera.zoom > first.zoom
    assert (pixel_of(surface, 1.0, -0.5) - at).manhattanLength() <= 2
    nearer = surface.orbit.camera.zoom
    qtbot.keyClick(surface, Qt.Key.Key_Plus)
    assert surface.orbit.camera.zoom > nearer
    qtbot.keyClick(surface, Qt.Key.Key_0)
    assert surface.orbit.camera == first


def test_the_path_lies_on_the_surface_and_grows(qtbot):
    surface = shown(LossSurface, qtbot)
    surface.orbit.camera = SurfaceCamera(tilt=1.4)
    surface.show_route(np.array([[-1.5, 0.5], [0.5, 0.0]]))
    before = surface.grab().toImage()
    surface.show_route(np.array([[-1.5, 0.5], [0.5, 0.0], [1.5, -0.5]]))
    after = surface.grab().toImage()
    middle = pixel_of(surface, 1.0, -0.25)
    assert after.pixelColor(middle) != before.pixelColor(middle)
