"""How pyqtgraph is loaded, which takes longer than anything else the window needs."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Mirror(ModuleType):
    """A module whose names are taken from another one when they are first used."""

    def __init__(self, name: str, of: ModuleType) -> None:
        super().__init__(name)
        self._of = of

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._of, name)
        setattr(self, name, value)
        return value


def load_pyqtgraph() -> None:
    """Load pyqtgraph, and of Qt only what it uses.

    It copies the modules of Qt name by name, so that each of their thousand classes would be made.
    """
    if "pyqtgraph" in sys.modules:
        return
    qt = [import_module(f"PySide6.{name}") for name in ("QtCore", "QtGui", "QtWidgets")]
    for module in qt:
        name = module.__name__.replace("PySide6", "pyqtgraph.Qt")
        sys.modules[name] = _Mirror(name, module)
        vars(module)["__dir__"] = list  # nothing to be copied
    try:
        import pyqtgraph  # noqa: F401
    finally:
        for module in qt:
            del vars(module)["__dir__"]
