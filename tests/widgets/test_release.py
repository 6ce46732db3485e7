"""Training waits for the window until it has painted, and frames come as often as that costs nothing."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from playground.experiment import Experiment
from widgets.document import Document
from widgets.training_link import FRAME, FRAME_BESIDE, TrainingLink


def test_training_goes_on_behind_the_paint_events(qtbot, monkeypatch):
    link, order = TrainingLink(Document(Experiment())), []

    class Painted(QWidget):
        def paintEvent(self, event):
            order.append("painted")

    widget = Painted()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.waitUntil(lambda: bool(order))
    order.clear()
    monkeypatch.setattr(link.session, "hold", lambda: order.append("held"))
    release = link.session.release
    monkeypatch.setattr(link.session, "release", lambda: (order.append("released"), release()))
    link.painted.connect(lambda snapshot: widget.update())
    link.start()
    try:
        qtbot.waitUntil(lambda: "released" in order, timeout=10_000)
        assert order[:3] == ["held", "painted", "released"]
    finally:
        link.close()


@pytest.mark.parametrize(("holds_lock", "pause"), [(True, FRAME), (False, FRAME_BESIDE)])
def test_frames_come_as_the_display_where_training_goes_on_meanwhile(qtbot, monkeypatch, holds_lock, pause):
    link, pauses = TrainingLink(Document(Experiment())), []
    take = link.session.take

    def taken(number=None):
        snapshot = take(number)
        return snapshot and replace(snapshot, holds_lock=holds_lock)

    monkeypatch.setattr(link.session, "take", taken)
    link.painted.connect(lambda snapshot: pauses.append(link._timer.interval()))
    link.start()
    try:
        qtbot.waitUntil(lambda: bool(pauses), timeout=10_000)
        assert pauses[0] == pause
    finally:
        link.close()
