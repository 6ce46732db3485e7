from pathlib import Path

import pytest
from panel_helpers import snapshot
from PySide6.QtCore import Qt

from playground.engine import edits
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.files.fingerprint import Found
from playground.text import say
from playground.training.snapshot import State
from widgets.document import Document
from widgets.panels.sizes import parameter_count, shape_text
from widgets.panels.status import StatusLine


@pytest.fixture
def line(show):
    return show(StatusLine(), 1440, 26)


def with_output(experiment, **changes):
    network = experiment.network
    return experiment.with_(network=edits.replace(network, network.output.with_(**changes)))


# --- training ---


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.RUNNING, "Training"),
        (State.PAUSED, "Paused"),
        (State.FINISHED, "Finished"),
        (State.DIVERGED, "Diverged"),
        (State.BLOCKED, "Cannot train"),
    ],
)
def test_the_state_is_told_in_a_word_and_a_colour(line, state, word):
    before = line.dot.grab().toImage()
    line.show_snapshot(snapshot(state=state), 60)
    assert line.state.text() == word
    assert (line.dot.grab().toImage() != before) == (state is not State.PAUSED)


def test_speeds_are_shown_while_training_runs(line):
    line.show_snapshot(snapshot(), 59.6)
    assert (line.steps.text(), line.frames.text()) == ("1\u2009078 steps/s", "60 frames/s")
    line.show_snapshot(snapshot(state=State.PAUSED), 60)
    assert not line.steps.isVisible()
    assert not line.frames.isVisible()


def test_a_message_of_the_training_is_said_once(line):
    line.show_snapshot(snapshot(message=say("kept", "Kept {count} of 3 layers.", count=2)), 60)
    assert line.message.text() == "Kept 2 of 3 layers."
    line.show_message("Nothing can follow the output.")
    line.show_snapshot(snapshot(message=say("kept", "Kept {count} of 3 layers.", count=2)), 60)
    assert line.message.text() == "Nothing can follow the output."


def test_a_message_goes_after_a_while(line, qtbot):
    line._silence.setInterval(20)
    line.show_message("Copied.")
    qtbot.waitUntil(lambda: line.message.text() == "")


# --- the document ---


def test_the_experiment_is_shown(line, document):
    line.show_document(document)
    assert line.network.text() == "Parameters 2–4–2–1: 25"
    assert line.seed.text() == "Seed 42"
    assert line.precision.text() == "float32"
    assert line.no_problems.isVisible()
    assert not line.problems.isVisible()


def test_the_saved_state_is_told(line, document):
    line.show_document(document)
    assert line.saved.text() == "Not saved yet"
    document.edit(with_output(document.experiment, bias=1.0), "")
    line.show_document(document)
    assert line.saved.text() == "Unsaved changes"
    document.mark_saved(Path("spiral.nnplay"), document.experiment, Found())
    line.show_document(document)
    assert line.saved.text() == "Saved"


def test_problems_are_counted_listed_and_clicked(line, qtbot):
    line.show_document(Document(with_output(Experiment(), units=3)))
    assert line.problems.text() == "1 problem"
    assert "the output has 3 neurons" in line.problems.toolTip().replace("\n", " ")
    with qtbot.waitSignal(line.problem_clicked) as clicked:
        qtbot.mouseClick(line.problems, Qt.MouseButton.LeftButton)
    assert clicked.args == ["output"]
    line.show_document(Document())
    assert line.no_problems.isVisible()
    assert not line.problems.isVisible()


def test_what_else_keeps_it_from_training_is_a_problem_as_well(line, document):
    line.show_document(document)
    why = say("no_value", "The formula has no value at x₁ = 0.")
    line.show_snapshot(snapshot(state=State.BLOCKED, message=why), 60)
    assert line.problems.text() == "1 problem"
    assert not line.no_problems.isVisible()
    assert "no value at x₁ = 0" in line.problems.toolTip()
    line.show_snapshot(snapshot(state=State.PAUSED, message=why), 60)
    assert line.no_problems.isVisible()


def test_a_narrow_window_keeps_everything_but_the_message(show):
    line = show(StatusLine(), 1100, 26)
    line.show_document(Document())
    line.show_message("A sentence that goes on and on, " * 10)
    line.show_lockstep(["Beside 1", "Beside 2", "Beside 3"])
    line.show_snapshot(snapshot(), 60)
    assert line.minimumSizeHint().width() <= 1100
    assert line.width() == 1100


def test_the_shape_of_a_large_network_gives_way_before_anything_is_cut_off(show):
    line = show(StatusLine(), 1440, 26)
    pictures = next(each for each in examples() if each.name == "digits_cnn").experiment
    line.show_document(Document(pictures))
    line.show_message("A sentence that goes on and on, " * 10)
    assert line.network.width() >= line.network.sizeHint().width()
    line.resize(1000, 26)
    line.show_lockstep(["Beside 1"])
    line.show_snapshot(snapshot(machine=say("machine", "NumPy")), 60)
    line.grab()
    assert line.minimumSizeHint().width() <= 1000
    assert line.no_problems.mapTo(line, line.no_problems.rect().topRight()).x() < 1000
    assert line.network.width() < line.network.sizeHint().width()
    assert line.network.text() in line.network.toolTip().replace("\n", " ")


# --- sizes ---


def test_the_parameters_are_those_of_every_layer():
    assert parameter_count(Experiment().graph) == (2 + 1) * 4 + (4 + 1) * 2 + (2 + 1)


def test_the_middle_of_a_long_network_is_left_out():
    network = Experiment().network
    for units in range(10, 20):
        network = edits.append(network, Dense(units=units))
    assert shape_text(Experiment().with_(network=network).graph) == "2–4–2–10–…–18–19–1"
