"""A canvas of a small network, with a snapshot, on which tests act as a person does."""

import pytest
from canvas_examples import Person, snapshot_of

from playground.engine.activations import Relu, Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.document import Document


@pytest.fixture
def experiment():
    """2 inputs, 4 and 3 hidden neurons, 1 output."""
    layers = (
        Dense(id="dense1", units=4, activation=Relu()),
        Dense(id="dense2", units=3, activation=Relu()),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    return Experiment(network=Architecture(layers=layers))


@pytest.fixture
def person(qtbot, qapp, experiment, monkeypatch):
    theme.apply(qapp, "dark")
    monkeypatch.setattr("widgets.canvas.stage.Stage.slide_milliseconds", 0)
    document = Document(experiment)
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(830, 520)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.show_snapshot(snapshot_of(experiment))
    canvas.setFocus()
    yield Person(qtbot, canvas, document)
    document.undo_stack.setClean()
