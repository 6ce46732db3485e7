"""The menu of painted points: what can be done to those at the pointer, and to all."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from playground.data.datasets.painted import MOST_CLASSES, TWO
from playground.numbers.writing import decimals
from widgets.icons import icon
from widgets.plots.output_meaning import class_names
from widgets.plots.painting import edits
from widgets.plots.painting.draft import Chosen
from widgets.plots.painting.painting import Painting
from widgets.sentences import counted


def fill(menu: QMenu, painting: Painting, chosen: Chosen) -> None:
    """Put into a menu what can be done, to these points where it is not to all."""
    menu.clear()
    _add_for_points(menu, painting, chosen)
    menu.addSeparator()
    some = bool(painting.points.count)
    menu.addAction(_tr("Select all"), lambda: edits.choose_all(painting)).setEnabled(some)
    menu.addAction(icon("delete"), _tr("Clear all"), lambda: edits.clear(painting)).setEnabled(some)
    menu.addSeparator()
    _add_for_classes(menu, painting)
    menu.addSeparator()
    _add_undo(menu, painting)
    menu.addAction(_tr("Stop painting"), painting.stop)


def _add_for_points(menu: QMenu, painting: Painting, chosen: Chosen) -> None:
    count, names = int(chosen.sum()), class_names(painting.points.task)
    words = counted("Erase {count} point", "Erase {count} points", count) if count else _tr("Erase points")
    menu.addAction(icon("eraser"), words, lambda: edits.erase(painting, chosen)).setEnabled(count > 0)
    if not names:
        value = painting.value
        words = _tr("Give value {value}").format(value=decimals(value))
        menu.addAction(words, lambda: edits.give_target(painting, chosen, value)).setEnabled(count > 0)
        return
    classes = menu.addMenu(_tr("Change class"))
    classes.setEnabled(count > 0)
    for number, name in enumerate(names):
        classes.addAction(name, lambda number=number: edits.give_target(painting, chosen, number))


def _add_for_classes(menu: QMenu, painting: Painting) -> None:
    names = class_names(painting.points.task)
    if names:
        more = menu.addAction(icon("plus"), _tr("Add class"), lambda: edits.add_class(painting))
        more.setEnabled(len(names) < MOST_CLASSES)
        words = _tr("Remove class {name} and its points").format(name=names[painting.class_number])
        menu.addAction(words, lambda: edits.remove_class(painting)).setEnabled(len(names) > len(TWO))
    words = _tr("Values in place of classes") if names else _tr("Classes in place of values")
    menu.addAction(words, lambda: edits.swap_task(painting))


def _add_undo(menu: QMenu, painting: Painting) -> None:
    stack = painting.document.undo_stack
    words = _tr("Undo {what}").format(what=stack.undoText()) if stack.canUndo() else _tr("Undo")
    menu.addAction(icon("undo"), words, stack.undo).setEnabled(stack.canUndo())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Painting", text)
