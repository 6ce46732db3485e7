"""Processes beside this one: how a Python of ours is called, and what Windows is to be told of them."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

HIDDEN = "CREATE_NO_WINDOW"
"""Without a window for text, which a program that has none would open for each."""

BEHIND = "BELOW_NORMAL_PRIORITY_CLASS"
"""Everybody else comes first."""

APART = "CREATE_NEW_PROCESS_GROUP"
"""Ctrl+C is for the program that it belongs to."""


def flags(*names: str) -> int:
    """The `creationflags` of these names; nothing on other systems, which have none of them."""
    return sum(getattr(subprocess, name, 0) for name in names)


def python_of(module: ModuleType) -> list[str]:
    """The command that runs a module as a program, without the packages that it lies in where that can be.

    In a bundle there are no files of modules, and the program itself is the Python.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, "-m", module.__name__]
    return [sys.executable, str(module.__file__)]
