import pytest

from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets import theme


@pytest.fixture
def show(qtbot, qapp):
    """Shows a widget as the program does."""

    def show(widget, width=400, height=240):
        if theme.current() is not theme.DARK or not qapp.styleSheet():
            theme.apply(qapp, "dark")
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def train():
    """Gives the snapshot of an experiment after some epochs."""

    def train(experiment=None, epochs=5):
        trainer = Trainer(experiment or Experiment())
        for _ in range(epochs):
            trainer.run_epoch()
        return Observer(trainer).snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))

    return train
