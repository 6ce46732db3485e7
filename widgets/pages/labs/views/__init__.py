"""What is seen of each laboratory: a module or a folder each, called like its kind."""

from __future__ import annotations

from importlib import import_module

from widgets.pages.labs.view import LabView


def view_of(kind: str) -> type[LabView]:
    """The view of the laboratories of a kind."""
    found = vars(import_module(f"{__name__}.{kind}")).values()
    (view,) = (
        each for each in found if isinstance(each, type) and issubclass(each, LabView) and each is not LabView
    )
    return view
