"""A person saves runs that train in lockstep, and the bands of a repetition, and finds them again."""

import numpy as np

from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, load
from playground.training.seed_run import RepeatedRun, SeedRun
from playground.training.snapshot import State


def small(window):
    document = window.workspace.document
    layers = Dense(id="hidden", units=3), Dense(id="output", units=1, activation=Sigmoid())
    document.edit(document.experiment.with_(network=Architecture(layers=layers)), "Smaller")


def level(window):
    front, beside = window.workspace.link.latest, window.workspace.link.beside.values()
    return all(each is not None and each.step == front.step and each.state is State.PAUSED for each in beside)


def test_runs_beside_come_back_where_they_stood_and_go_on_level(open_window, qtbot, tmp_path):
    window = open_window()
    workspace = window.workspace
    small(window)
    workspace.runs.begin_with_another_seed()
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: workspace.link.latest.epoch == 1 and level(window))
    assert workspace.document.modified
    path = tmp_path / "both.nnplay"
    workspace.filing._write(path, None, replaces=True)
    qtbot.waitUntil(lambda: not workspace.document.modified)
    (before,) = workspace.link.beside.values()

    workspace.filing.show(load(path), path)
    window.pages.open("design")
    (run,) = workspace.runs.runs
    assert window.status.lockstep.text() == "2 runs in lockstep"
    qtbot.waitUntil(lambda: run.snapshot is not None and run.snapshot.step == before.step)
    assert run.snapshot.train.loss == before.train.loss
    assert not workspace.document.modified
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(lambda: workspace.link.latest.step == before.step + 1 and level(window))

    workspace.filing.show(SavedExperiment(Experiment()))
    assert workspace.runs.runs == ()
    workspace.filing.show(load(path), path)
    assert len(workspace.runs.runs) == 1


def seed(number):
    epochs = np.arange(4.0)
    return SeedRun(str(number), {"epoch": epochs, "test_loss": number / (1 + epochs)}, diverged=False)


def test_bands_of_a_file_are_drawn_and_saved_again_unseen(open_window, qtbot, tmp_path):
    window = open_window()
    workspace = window.workspace
    small(window)
    workspace.document.repeated = (RepeatedRun("Run 1", 2, (seed(1), seed(2), seed(3))),)
    path = tmp_path / "bands.nnplay"
    for _ in range(2):  # once from here, once as it was opened, without a look at the page
        workspace.document.mark_trained()
        workspace.filing._write(path, None, replaces=True)
        qtbot.waitUntil(lambda: not workspace.document.modified)
        workspace.filing.show(load(path), path)
    window.pages.open("runs")
    panel = window.pages.page.repeat
    assert panel.plot.isVisibleTo(panel)
    assert panel.remark.text() == "median and quartiles of 3 seeds"
    (shown,) = panel.plot._bands
    np.testing.assert_array_equal(shown.bands.median, 2 / (1 + np.arange(4.0)))
    workspace.document.open(workspace.document.experiment)
    assert not panel.plot.isVisibleTo(panel)
