"""What is seen of each look inside: a folder each, called like its kind, with a module `tab`."""

from __future__ import annotations

from importlib import import_module

from widgets.pages.inside.tab import InsideTab


def tab_of(kind: str) -> type[InsideTab]:
    """What shows the inspections of a kind."""
    module = f"{__name__}.{kind}.tab"
    found = vars(import_module(module)).values()
    (shown,) = (
        each
        for each in found
        if isinstance(each, type) and issubclass(each, InsideTab) and each.__module__ == module
    )
    return shown
