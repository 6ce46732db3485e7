"""One of several: actions of which one is ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from widgets.actions import Actions


def offer(
    actions: Actions,
    kind: str,
    names: Iterable[Any],
    chosen: object,
    choose: Callable[[Any], object],
    parent: QObject,
) -> dict[str, Callable[[], object]]:
    """Let one be chosen of the actions that are called by a kind and these names; the chosen one is ticked.

    Returns what each of them does, by the action's name.
    """
    group, calls = QActionGroup(parent), {}
    for name in names:
        action = f"{kind}_{name}"
        group.addAction(actions[action]).setChecked(name == chosen)
        calls[action] = partial(choose, name)
    return calls
