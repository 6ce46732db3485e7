"""Has Qt ask for the interfaces of canvases; what they are is loaded when a screen reader first wants one."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from widgets.canvas.handles import Handle, Tree


@cache
def install() -> None:
    """Have Qt ask here for the interfaces of canvases and of what is on them."""
    QAccessible.installFactory(_make)


def _make(_class: str, thing: QObject) -> QAccessibleInterface | None:
    """The interface of a handle, or of a canvas; None of everything else, which Qt knows itself."""
    tree = getattr(thing, "tree", None)
    if isinstance(thing, Handle):
        from widgets.canvas.accessible import PartInterface

        return PartInterface(thing)
    if isinstance(tree, Tree) and tree.view is thing:
        from widgets.canvas.accessible import CanvasInterface

        return CanvasInterface(thing, tree)
    return None
