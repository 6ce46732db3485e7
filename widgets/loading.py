"""How what the window needs is loaded fast, which is most of the wait for it."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from importlib import import_module
from types import ModuleType

BEFORE_QT = (
    "playground.analysis.curves",
    "playground.analysis.ranges",
    "playground.analysis.receptive_field",
    "playground.analysis.weight_pictures",
    "playground.analysis.window_sums",
    "playground.analysis.zero_lines",
    "playground.cli.stopping",
    "playground.engine.blocks",
    "playground.data.datasets.painted",
    "playground.data.pictures.scale",
    "playground.files.autosave",
    "playground.files.display",
    "playground.folders",
    "playground.garbage",
    "playground.numbers.reading",
    "playground.training.branching",
    "playground.training.in_words",
    "playground.training.seeds",
    "playground.training.session",
    "playground.version",
)
"""What the window needs of `playground`, with all that these need in turn."""

SPINNING = ("OPENBLAS_THREAD_TIMEOUT", "20")
"""For how long a thread of OpenBLAS waits busily: 2²⁰ cycles, where it would begin with 2²⁶ of them."""

PLUGINS = "pydantic.plugin._loader"
"""What looks through all installed packages for plugins of pydantic."""


def load_app() -> ModuleType:
    """`widgets.app`, loaded fast.

    `playground` comes first, as it does without Qt.  And nothing that is loaded is garbage, so that none is
    looked for until the window is shown.
    """
    gc.disable()
    os.environ.setdefault(*SPINNING)
    take_no_plugins()
    for name in BEFORE_QT:
        import_module(name)
    import_as_usual()
    from widgets import app

    return app


def take_no_plugins() -> None:
    """Say that pydantic has no plugins before it looks for them, with all that this takes to load."""
    if PLUGINS not in sys.modules:
        none = ModuleType(PLUGINS)
        vars(none)["get_plugins"] = tuple
        sys.modules[PLUGINS] = none


def import_as_usual() -> None:
    """Load Qt for Python, and keep it from having a part in loading every module that comes after it.

    It would read them all to see whether they ask for features of it, of which none is used here.
    """
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
