"""Whether a window can open here (without a display Qt aborts in words that help nobody) or none shall."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from playground.cli.usage import UsageProblem
from playground.text import say
from playground.words import shortened

X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads to show a window by X11, and the packages of Debian and Ubuntu that hold it."""

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""The same for what Qt loads when it is imported."""

OF_THE_SCREEN = (
    "QT_SCALE_FACTOR",
    "QT_SCALE_FACTOR_ROUNDING_POLICY",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_AUTO_SCREEN_SCALE_FACTOR",
    "QT_ENABLE_HIGHDPI_SCALING",
    "QT_USE_PHYSICAL_DPI",
    "QT_FONT_DPI",
    "QT_STYLE_OVERRIDE",
    "QT_QPA_PLATFORMTHEME",
)
"""What a person may set for their screen, and no picture may depend on."""


def use_none(environment: MutableMapping[str, str]) -> None:
    """Let Qt draw without a display, whatever there is of one and is set for it."""
    environment["QT_QPA_PLATFORM"] = "offscreen"
    for name in OF_THE_SCREEN:
        environment.pop(name, None)


def check(environment: Mapping[str, str], platform: str = sys.platform) -> None:
    """Refuse to open a window where there can be none.

    Raises:
        UsageProblem: naming what is missing and how to get it.
    """
    chosen = {part.partition(":")[0] for part in environment.get("QT_QPA_PLATFORM", "").split(";")}
    if not platform.startswith("linux") or not chosen <= {"", "xcb", "wayland"}:
        return
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        raise UsageProblem(
            str(say("display.none", "There is no display.  `train` and `render` work without one."))
        )
    if environment.get("WAYLAND_DISPLAY") and "xcb" not in chosen:
        return
    if missing := [library for library in X11_LIBRARIES if not _loads(library)]:
        raise UsageProblem(
            str(
                say(
                    "display.libraries",
                    "The window needs system libraries that are missing.  {install}",
                    install=install_line(missing),
                )
            )
        )
    if not _can_connect():
        raise UsageProblem(
            str(
                say(
                    "display.no_answer",
                    "The display {name} does not answer.  `train` and `render` work without one.",
                    name=shortened(environment.get("DISPLAY")),
                )
            )
        )


def install_line(libraries: Iterable[str]) -> str:
    """How to install these libraries on Debian and Ubuntu."""
    packages = X11_LIBRARIES | QT_LIBRARIES
    names = " ".join(packages[name] for name in libraries)
    return str(say("display.install", "On Debian and Ubuntu: sudo apt install {names}", names=names))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _can_connect() -> bool:
    """Whether the X server that `DISPLAY` names takes a connection."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


STARTED_BY_A_DESKTOP = ("DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN")
"""What a desktop sets for a program that it starts."""


def has_terminal(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether somebody reads what is written as an error: not where the program was clicked."""
    if sys.stderr is None:
        return False
    if sys.stderr.isatty() and platform == "win32":
        return _processes_of_console() != 1  # alone in one that Windows made for it, perhaps hidden
    return sys.stderr.isatty() or not any(environment.get(name) for name in STARTED_BY_A_DESKTOP)


def _processes_of_console() -> int:
    """How many programs share the window for text that this one writes to, on Windows."""
    windows: Any = ctypes
    return int(windows.windll.kernel32.GetConsoleProcessList((ctypes.c_uint * 1)(), 1))
