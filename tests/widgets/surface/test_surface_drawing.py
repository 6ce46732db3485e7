"""A surface in space is drawn by OpenGL where there is one, and painted otherwise; both see it alike."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QGuiApplication, QImage, QOpenGLContext, QPainter

from widgets.plots.surface import opengl, picture
from widgets.plots.surface.camera import MOST_TILT, SurfaceCamera
from widgets.plots.surface.ground import HALF_HEIGHT, SurfaceGround
from widgets.plots.surface.picture import SurfacePicture, pointed_at
from widgets.plots.surface.route import hidden, ways
from widgets.viridis import viridis_pixels

pytestmark = pytest.mark.usefixtures("qapp")
AREA = QRectF(10, 20, 400, 300)
BOX = (-2.0, 2.0, 0.0, 1.0)


def ground(heights):
    return SurfaceGround(np.asarray(heights, np.float64), BOX, viridis_pixels())


@pytest.fixture
def slope():
    """It rises from 0 in the west to 1 in the east."""
    return ground(np.tile(np.linspace(0, 1, 21), (11, 1)))


def drawn(shown, surface, moves=False):
    image = QImage(440, 340, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        shown.paint(painter, surface, SurfaceCamera(), AREA, QFont(), moves)
    return image


# --- where things are ---


def test_opengl_puts_a_point_on_the_pixel_where_it_is_painted():
    points = np.random.default_rng(3).uniform(-1, 1, (20, 3))
    camera = SurfaceCamera(1.1, 0.4, 2.0, 0.3, -0.2)
    x, y, z, w = camera.matrix(AREA) @ np.column_stack([points, np.ones(20)]).T
    assert (w == 1).all()
    seen = camera.seen(points, AREA)
    assert AREA.left() + (x + 1) / 2 * AREA.width() == pytest.approx(seen[:, 0])
    assert AREA.top() + (1 - y) / 2 * AREA.height() == pytest.approx(seen[:, 1])
    assert (np.argsort(z) == np.argsort(-seen[:, 2])).all()  # the nearest is in front
    assert (np.abs(z) < 1).all()


def test_what_is_under_the_pointer_stays_there_while_one_comes_nearer():
    camera, point = SurfaceCamera(), np.array([[0.4, -0.3, 0.1]])
    before = camera.seen(point, AREA)[0]
    nearer = camera.nearer(1.7, QPointF(*before[:2]), AREA)
    assert nearer.seen(point, AREA)[0] == pytest.approx(before)
    assert nearer.scale(AREA) == pytest.approx(1.7 * camera.scale(AREA))


def test_a_place_is_pointed_at_where_it_is_seen(slope):
    camera = SurfaceCamera()
    pixel = camera.seen(slope.on(np.array([[1.0, 0.3]])), AREA)[0]
    assert pointed_at(slope, camera, AREA, QPointF(*pixel[:2])) == pytest.approx((1.0, 0.3), abs=0.04)
    assert pointed_at(slope, camera, AREA, QPointF(11, 21)) is None


def test_a_way_lies_on_the_surface_and_ends_where_the_box_does(slope):
    (points,) = ways(slope, np.array([[-1.0, 0.5], [1.0, 0.5], [9.0, 0.5]]))
    assert points[:, 2] == pytest.approx(HALF_HEIGHT * points[:, 0])
    assert points[[0, -1], 0] == pytest.approx([-0.5, 0.5])
    assert len(points) > 20  # it would bend with a surface that bends


def test_a_way_is_in_two_where_it_leaves_the_box(slope):
    assert len(list(ways(slope, np.array([[0.0, 0.5], [9.0, 0.5], [0.5, 0.5]])))) == 2


def test_a_wall_hides_what_is_behind_it_until_one_looks_from_above():
    heights = np.zeros((21, 21))
    heights[8] = 1  # a wall across at y = −0.2 of the box
    walled = ground(heights)
    behind, before = [[0.0, 0.0, -HALF_HEIGHT]], [[0.0, -0.6, -HALF_HEIGHT]]
    points = np.array(behind + before)
    assert hidden(walled, SurfaceCamera(turn=0.0, tilt=0.5), points).tolist() == [True, False]
    assert not hidden(walled, SurfaceCamera(turn=0.0, tilt=MOST_TILT), points).any()


# --- what OpenGL is given ---


def test_points_of_a_slope_have_its_normal_and_its_colours(slope):
    points, corners = opengl.mesh(slope)
    steep = np.hypot(HALF_HEIGHT, 1)  # it rises by HALF_HEIGHT over 1
    assert points[:, 3:6] == pytest.approx(np.tile([-HALF_HEIGHT / steep, 0, 1 / steep], (len(points), 1)))
    lowest = [0x44 / 255, 0x01 / 255, 0x54 / 255]
    assert points[0, 6:9] == pytest.approx(lowest, abs=1e-6)
    assert len(corners) == 2 * 20 * 10


def test_over_a_hole_there_are_no_triangles():
    heights = np.zeros((5, 5))
    heights[2, 2] = np.nan
    _, corners = opengl.mesh(ground(heights))
    assert 12 not in corners
    assert len(corners) == 2 * 16 - 6  # each point within has six


# --- which of both ---


def test_without_a_screen_it_is_painted_and_nothing_is_said(capfd):
    assert QGuiApplication.platformName() == "offscreen"
    opengl.renderer.cache_clear()
    assert opengl.renderer() is None
    assert capfd.readouterr() == ("", "")


class OnScreen:
    """A screen where OpenGL may be."""

    @staticmethod
    def platformName():
        return "xcb"


class NoContext(QOpenGLContext):
    """What a driver gives that is broken."""

    def create(self):
        return False


def test_where_no_context_can_be_had_it_is_painted_and_nothing_is_said(monkeypatch, capfd):
    monkeypatch.setattr(opengl, "QGuiApplication", OnScreen)
    monkeypatch.setattr(opengl, "QOpenGLContext", NoContext)
    opengl.renderer.cache_clear()
    assert opengl.renderer() is None
    assert capfd.readouterr() == ("", "")


class Failing:
    """OpenGL that was lost."""

    asked = 0

    def draw(self, *_):
        self.asked += 1
        raise opengl.NoOpenGL


def test_opengl_that_fails_is_asked_no_more_and_the_same_is_painted(slope, monkeypatch):
    painted = drawn(SurfacePicture(), slope)
    lost = Failing()
    monkeypatch.setattr(picture, "renderer", lambda: lost)
    shown = SurfacePicture()
    assert drawn(shown, slope) == painted
    assert drawn(shown, slope) == painted
    assert lost.asked == 1


def test_where_there_is_no_room_nothing_is_drawn_and_opengl_is_not_asked(slope, monkeypatch):
    lost = Failing()
    monkeypatch.setattr(picture, "renderer", lambda: lost)
    image = QImage(10, 10, QImage.Format.Format_ARGB32_Premultiplied)
    with QPainter(image) as painter:
        SurfacePicture().paint(painter, slope, SurfaceCamera(), QRectF(0, 0, 0, 10), QFont())
    assert lost.asked == 0


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no virtual screen")
def test_opengl_draws_what_is_painted():
    read, write = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(write)], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = told.readline().strip()
        script = Path(__file__).with_name("by_opengl.py")
        env = os.environ | {"DISPLAY": f":{display}", "PYTHONPATH": str(Path.cwd()), "LC_ALL": "C.UTF-8"}
        found = subprocess.run(
            [sys.executable, script], env=env, capture_output=True, text=True, timeout=60, check=True
        )
    finally:
        screen.terminate()
        screen.wait()
    if found.stdout == "none\n":
        pytest.skip("this machine has no OpenGL")
    alike, covered = map(float, found.stdout.split())
    assert alike < 12  # of 255, between colours of the faces and of the points
    assert covered > 0.9
    assert found.stderr == ""
