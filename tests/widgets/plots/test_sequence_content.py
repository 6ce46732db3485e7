"""What the output panel shows of one sequence: its steps, the truth and the answer where they belong."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences import Adding, Brackets, Echo, Waves
from playground.data.spaces import OneSample
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.recurrent import SimpleRnn
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets.panels.output import OutputPanel
from widgets.plots.sample_content import sample_content
from widgets.plots.sample_view import SampleView


def snapshot_of(dataset, index=0, **data):
    start = Experiment().with_dataset(dataset)
    observer = Observer(Trainer(start.with_data(start.data.with_(**data)) if data else start))
    observer.view = View(space=OneSample(index=index))
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, None))


def tracks(snapshot):
    """The tracks by name, as steps and values that are there."""
    found = {}
    for track in sample_content(snapshot).sequence.tracks:
        there = np.isfinite(track.values)
        found.setdefault(track.name, []).append((track.steps[there], track.values[there]))
    return found


def test_what_follows_a_window_begins_at_its_last_step():
    snapshot = snapshot_of(Waves(samples=40, window=8, horizon=3))
    found, chosen = tracks(snapshot), snapshot.data.chosen
    ((steps, values),) = found["x"]
    np.testing.assert_array_equal(steps, np.arange(8))
    ((steps, values),) = found["truth"]
    np.testing.assert_array_equal(steps, [7, 8, 9, 10])
    np.testing.assert_allclose(values, [chosen.raw[-1, 0], *chosen.truth])
    ((steps, values),) = found["network"]
    np.testing.assert_allclose(values[1:], snapshot.answer, rtol=1e-6)
    ((steps, values),) = found["goes on by itself"]
    np.testing.assert_array_equal(steps, np.arange(7, 16))


def test_an_echo_and_its_prediction_are_drawn_at_the_steps_that_are_asked_for():
    snapshot = snapshot_of(Echo(samples=40, length=10, delay=3, shorter=60), index=4)
    steps = int(np.isfinite(snapshot.data.chosen.raw).sum())
    found = tracks(snapshot)
    assert found["x"][0][0].tolist() == list(range(steps))
    for name in ("truth", "network"):
        assert found[name][0][0].tolist() == list(range(3, steps))


def test_a_sum_belongs_to_no_step_and_stands_below_them():
    content = sample_content(snapshot_of(Adding(samples=40)))
    assert [track.name for track in content.sequence.tracks] == ["value", "mark"]
    assert len(content.answer) == 1
    assert content.truth


def test_symbols_are_shown_as_far_as_they_go_and_classes_as_bars():
    dataset = Brackets(samples=40, pairs=5, shorter=75)
    snapshot = snapshot_of(dataset, index=3)
    content = sample_content(snapshot)
    raw = snapshot.data.chosen.raw
    assert len(content.sequence.symbols) == np.isfinite(raw[:, 0]).sum()
    assert set(content.sequence.symbols) <= set("()[]")
    assert [bar.name for bar in content.answer] == ["wrong", "matched"]


def test_an_autoencoder_of_sequences_shows_what_it_is_given_and_what_it_gives_back():
    snapshot = snapshot_of(Echo(samples=40, shorter=60), targets="inputs")
    found, steps = tracks(snapshot), int(np.isfinite(snapshot.data.chosen.raw).sum())
    ((at, values),) = found["given back"]
    assert at.tolist() == found["x"][0][0].tolist() == list(range(steps))
    np.testing.assert_array_equal(values, snapshot.answer[:steps])
    assert not sample_content(snapshot).answer


def test_the_numbers_in_a_file_are_columns_of_one_length(show):
    view = show(SampleView("Sample"))
    view.show_content(sample_content(snapshot_of(Waves(samples=40, window=8, horizon=3))))
    found = view.columns()
    assert list(found) == ["step", "x", "truth", "network", "goes on by itself"]
    assert found["step"].tolist() == list(range(1, 17))
    assert all(len(values) == 16 for values in found.values())
    assert np.isnan(found["x"][8:]).all()


@pytest.mark.parametrize(
    "dataset", [Waves(samples=30), Echo(samples=30), Adding(samples=30), Brackets(samples=30)]
)
def test_every_kind_is_painted_also_before_there_is_an_answer(show, dataset, qtbot):
    panel = show(OutputPanel(), 330, 420)
    snapshot = snapshot_of(dataset)
    panel.show_snapshot(replace(snapshot, answer=None, continued=None, output=snapshot.output.copy()))
    before = panel.sample.grab().toImage()
    panel.show_snapshot(snapshot)
    assert panel.sample.isVisible()
    assert panel.sample.grab().toImage() != before


def test_arrow_keys_go_to_the_next_sequence(show, qtbot):
    panel = show(OutputPanel(), 330, 420)
    panel.show_snapshot(snapshot_of(Waves(samples=30)))
    with qtbot.waitSignal(panel.space_chosen) as chosen:
        qtbot.keyClick(panel.sample, Qt.Key.Key_Right)
    assert chosen.args[0].index == 1


# --- a neuron that is pointed at --------------------------------------------------------------------


def pointing_at(dataset, unit, **fields):
    layers = (SimpleRnn(id="rnn", units=3, **fields), Dense(id="output"))
    start = Experiment().with_dataset(dataset)
    observer = Observer(Trainer(start.with_(network=Architecture(layers=layers)).fitted()))
    observer.view = View(focus=("rnn", unit))
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, None))


@pytest.mark.parametrize("gives", ["last", "all"])
def test_the_states_of_a_recurrent_neuron_are_drawn_over_the_steps_of_the_sequence(gives):
    snapshot = pointing_at(Waves(samples=20, window=8), 2, gives=gives)
    states = snapshot.layers["rnn"].seen["state"][:, 2]
    ((steps, values),) = tracks(snapshot)["neuron"]
    assert steps.tolist() == list(range(8))
    np.testing.assert_array_equal(values, states)
    assert snapshot.output.ravel().tolist() == pytest.approx([states[-1]])


def test_a_text_is_shaded_by_the_states_of_the_neuron_that_is_pointed_at(show):
    snapshot = pointing_at(OwnText(text="abcd" * 10, window=6), 1)
    content = sample_content(snapshot)
    states = snapshot.layers["rnn"].seen["state"][:, 1]
    np.testing.assert_array_equal(content.sequence.shades, states)
    view = show(SampleView("Sample"), 300, 200)
    view.show_content(content)
    shaded = view.grab().toImage()
    view.show_content(sample_content(replace(snapshot, focus=None)))
    assert shaded != view.grab().toImage()
    assert content.sequence.symbols == sample_content(replace(snapshot, focus=None)).sequence.symbols


def test_a_text_that_grows_stays_where_it_begins(show):
    snapshot = pointing_at(OwnText(text="abcd" * 10, window=6), 1)
    view = show(SampleView("Sample"), 300, 260)
    view.menu_button.hide()

    def first_row(steps):
        view.show_content(sample_content(replace(snapshot, continued=snapshot.continued[:steps])))
        image = view.grab().toImage()
        below = range(5, image.height())  # a ring for the focus
        return next(y for y in below if image.pixelColor(9, y) != image.pixelColor(9, 5))

    assert first_row(0) == first_row(30) == first_row(60)
