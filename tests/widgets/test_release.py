"""Training waits for the window until it has painted."""

from PySide6.QtWidgets import QWidget

from playground.experiment import Experiment
from widgets.document import Document
from widgets.training_link import TrainingLink


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
