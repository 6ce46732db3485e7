"""What the tests of the panels share: gestures of a person, and snapshots made up for showing."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionSlider

from playground.experiment import Experiment
from playground.training.measures import Measures
from playground.training.snapshot import DataSnapshot, Snapshot, State


def drag(qtbot, slider, distances):
    """Take the handle and move it by each of these distances in turn."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    start = slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for distance in distances:
        qtbot.mouseMove(slider, start + QPoint(distance, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(distances[-1], 0))


def retype(qtbot, line, text):
    """Put another text into a line."""
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def pick(qtbot, combo, text):
    """Choose from the open list the next entry that begins so; typed letters would hang on the clock."""
    places = [(combo.currentIndex() + step) % combo.count() for step in range(1, combo.count() + 1)]
    found = next(place for place in places if combo.itemText(place).casefold().startswith(text.casefold()))
    combo.showPopup()
    combo.view().setCurrentIndex(combo.model().index(found, 0))
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)


def tick(qtbot, box):
    """Click the square of a check box."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, box.height() // 2))


def refusals(widget):
    """The red sentences that can be seen."""
    labels = widget.findChildren(QLabel)
    return [label.text() for label in labels if label.property("role") == "error" and label.isVisible()]


def snapshot(**changes):
    """A snapshot of a training that runs, with some fields changed."""
    nothing = np.empty((0, 2))
    fields = {
        "run": 1,
        "state": State.RUNNING,
        "experiment": Experiment(),
        "epoch": 482,
        "step": 12_062,
        "progress": 482.5,
        "steps_per_epoch": 25,
        "goal": 1000,
        "train": Measures(0.04123, {"accuracy": 0.99}),
        "test": Measures(0.0587, {"accuracy": 0.983}),
        "penalty": 0.0,
        "learning_rate": 0.01,
        "steps_per_second": 1078.0,
        "parameters": 25,
        "layers": {},
        "input_maps": None,
        "output": None,
        "low": 0.0,
        "focus": None,
        "data": DataSnapshot(nothing, nothing[:, 0], nothing, nothing[:, 0]),
        "history": {},
    }
    return Snapshot(**(fields | changes))
