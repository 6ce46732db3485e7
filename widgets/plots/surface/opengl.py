"""A surface drawn by OpenGL into a picture, so that all else is painted over it and saved with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSize, qInstallMessageHandler
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QMatrix4x4,
    QOffscreenSurface,
    QOpenGLContext,
    QSurfaceFormat,
)

from widgets.plots.surface.camera import SurfaceCamera
from widgets.plots.surface.faces import BRIGHT, DIM, LIGHT
from widgets.plots.surface.ground import SurfaceGround, lift

MOST_SIDE, BY_PROCESSOR_SIDE = 161, 81
"""Points a side that are drawn, and where a processor does it."""
SMOOTH = 4
"""Samples of a pixel; one where a processor does the work of graphics hardware, while the view moves."""
BY_PROCESSOR = ("llvmpipe", "softpipe", "swiftshader", "software", "gdi generic", "basic render")
"""What the names of such renderers hold."""
WITHOUT_SCREEN = ("offscreen", "minimal")
"""Platforms that paint."""

NAME, DEPTH_TEST, COLOUR_AND_DEPTH = 0x1F01, 0x0B71, 0x4100
TRIANGLES, UNSIGNED, FLOAT = 0x0004, 0x1405, 0x1406
BYTES = 4
POINT = (("place", 3), ("normal", 3), ("colour", 3), ("height", 1))
"""What is told of each point, and how many numbers that is."""

VERTEX = """
attribute highp vec3 place;
attribute highp vec3 normal;
attribute highp vec3 colour;
attribute highp float height;
uniform highp mat4 view;
varying highp float share;
varying highp vec3 facing;
varying highp vec3 paint;
void main() {
    share = height;
    paint = colour;
    facing = normal;
    gl_Position = view * vec4(place, 1.0);
}
"""
FRAGMENT = """
#ifdef GL_ES
#extension GL_OES_standard_derivatives : enable
#endif
uniform highp vec3 light;
uniform highp vec3 eye;
uniform highp vec2 brightness;
uniform highp float levels;
varying highp float share;
varying highp vec3 facing;
varying highp vec3 paint;
void main() {
    highp vec3 n = normalize(facing);
    highp float level = share * levels;
    highp float away = abs(fract(level - 0.5) - 0.5) / max(fwidth(level), 0.00001);
    highp float line = (1.0 - smoothstep(0.4, 1.3, away)) * (1.0 - smoothstep(0.3, 0.6, fwidth(level)));
    highp vec3 colour = paint * (brightness.x + brightness.y * clamp(dot(n, light), 0.0, 1.0));
    colour += 0.05 * pow(clamp(dot(n, normalize(light + eye)), 0.0, 1.0), 24.0);
    gl_FragColor = vec4(mix(colour, colour * 0.5, line * 0.55), 1.0);
}
"""


class SurfaceRenderer(QObject):
    """Draws grounds off screen, one after another; on the window's thread.

    Raises:
        NoOpenGL: when the machine cannot.
    """

    def __init__(self) -> None:
        super().__init__()
        from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShader, QOpenGLShaderProgram

        wanted = QSurfaceFormat.defaultFormat()
        wanted.setDepthBufferSize(24)
        self._context = QOpenGLContext(self)
        self._context.setFormat(wanted)
        _demand(self._context.create())
        self._surface = QOffscreenSurface(None, self)
        self._surface.setFormat(self._context.format())
        self._surface.create()
        _demand(self._surface.isValid() and self._context.makeCurrent(self._surface))
        self._program = QOpenGLShaderProgram(self)
        kinds = QOpenGLShader.ShaderTypeBit
        for kind, source in ((kinds.Vertex, VERTEX), (kinds.Fragment, FRAGMENT)):
            _demand(self._program.addShaderFromSourceCode(kind, source))
        _demand(self._program.link())
        self._points = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._corners = QOpenGLBuffer(QOpenGLBuffer.Type.IndexBuffer)
        _demand(self._points.create() and self._corners.create())
        named = str(self._context.functions().glGetString(NAME)).lower()
        self.by_processor = any(name in named for name in BY_PROCESSOR)
        self._canvas: Any = None
        self._canvas_of: tuple[QSize, int] | None = None
        self._ground: SurfaceGround | None = None
        self._count = 0
        self._context.doneCurrent()

    def draw(
        self, ground: SurfaceGround, camera: SurfaceCamera, area: QRectF, ratio: float, moves: bool
    ) -> QImage:
        """The picture of an area, clear where there is no surface; perhaps less smooth while the view moves.

        Raises:
            NoOpenGL: when the machine cannot any more.
        """
        _demand(self._context.makeCurrent(self._surface))
        try:
            self._prepare((area.size() * ratio).toSize(), 0 if moves and self.by_processor else SMOOTH)
            if ground is not self._ground:
                self._take(ground)
            self._paint(ground, camera, area)
            image: QImage = self._canvas.toImage()
        finally:
            self._context.doneCurrent()
        _demand(not image.isNull())
        image.setDevicePixelRatio(ratio)
        return image

    def _prepare(self, size: QSize, smooth: int) -> None:
        """Have a canvas of this size, with so many samples of a pixel."""
        from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

        if self._canvas_of != (size, smooth):
            wanted = QOpenGLFramebufferObjectFormat()
            wanted.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
            wanted.setSamples(smooth)
            self._canvas, self._canvas_of = QOpenGLFramebufferObject(size, wanted), (size, smooth)
        _demand(self._canvas.isValid() and self._canvas.bind())

    def _take(self, ground: SurfaceGround) -> None:
        """Hand over the points, the triangles between them, and the colours."""
        points, corners = mesh(ground, BY_PROCESSOR_SIDE if self.by_processor else MOST_SIDE)
        for buffer, numbers in ((self._points, points), (self._corners, corners)):
            buffer.bind()
            buffer.allocate(numbers.tobytes(), numbers.nbytes)
            buffer.release()
        self._ground, self._count = ground, corners.size

    def _paint(self, ground: SurfaceGround, camera: SurfaceCamera, area: QRectF) -> None:
        from shiboken6 import VoidPtr

        draw, program = self._context.functions(), self._program
        draw.glViewport(0, 0, self._canvas.width(), self._canvas.height())
        draw.glEnable(DEPTH_TEST)
        draw.glClearColor(0, 0, 0, 0)
        draw.glClear(COLOUR_AND_DEPTH)
        program.bind()
        self._points.bind()
        self._corners.bind()
        program.setUniformValue("view", QMatrix4x4(camera.matrix(area).ravel().tolist()))
        for name, values in (("light", LIGHT), ("eye", camera.axes()[2]), ("brightness", (DIM, BRIGHT))):
            program.setUniformValue(name, *map(float, values))
        program.setUniformValue1f("levels", float(ground.levels + 1))
        stride, offset = BYTES * sum(count for _, count in POINT), 0
        for name, count in POINT:
            program.enableAttributeArray(name)
            program.setAttributeBuffer(name, FLOAT, offset, count, stride)
            offset += BYTES * count
        draw.glDrawElements(TRIANGLES, self._count, UNSIGNED, VoidPtr(0))
        self._corners.release()
        self._points.release()
        program.release()


class NoOpenGL(Exception):
    """The machine cannot draw by OpenGL."""


def _demand(works: bool) -> None:
    if not works:
        raise NoOpenGL


def mesh(ground: SurfaceGround, most: int = MOST_SIDE) -> tuple[np.ndarray, np.ndarray]:
    """Its points (n, 10), as `POINT` says, and triangles (m, 3) of them; none over a hole."""
    x, y, heights = ground.thinned(most)
    lifts = lift(np.nan_to_num(heights, nan=1.0))
    slope_y, slope_x = np.gradient(lifts, y, x)
    across, away = np.meshgrid(x, y)
    normals = np.stack([-slope_x, -slope_y, np.ones_like(lifts)])
    normals /= np.sqrt(np.square(normals).sum(axis=0))
    shares = np.nan_to_num(heights, nan=1.0)
    base = ground.table[(shares * 255).astype(np.intp)]
    colours = [(base >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    told = [across, away, lifts, *normals, *colours, shares]
    points = np.stack(told, axis=-1).reshape(-1, len(told)).astype(np.float32)
    number = np.arange(heights.size).reshape(heights.shape)
    a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]
    corners = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)
    known = np.isfinite(heights).ravel()
    return points, corners[known[corners].all(axis=1)].astype(np.uint32)


@contextmanager
def _silence() -> Iterator[None]:
    """What Qt would print of a machine that cannot is no news: it is painted then."""
    before = qInstallMessageHandler(lambda *_: None)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@cache
def renderer() -> SurfaceRenderer | None:
    """The one of this program; None where surfaces are painted.  It is decided when one is seen first."""
    return None if QGuiApplication.platformName() in WITHOUT_SCREEN else made()


def made() -> SurfaceRenderer | None:
    """Another one; None where the machine cannot."""
    try:
        with _silence():
            found = SurfaceRenderer()
    except NoOpenGL:
        return None
    found.setParent(QCoreApplication.instance())  # and ends before Qt does
    return found
