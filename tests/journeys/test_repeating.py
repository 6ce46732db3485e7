"""A person repeats runs over seeds: bands grow while it goes on, and training goes on beside it."""

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.randomness import Pcg64
from playground.training.trainer import Trainer

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window, qtbot):
    document = window.workspace.document
    training = document.experiment.training.with_(epochs=2)
    document.edit(document.experiment.with_(training=training), "Epochs")
    qtbot.mouseClick(window.rail.buttons["runs"], LEFT)
    return window.pages.page


def begin(page, qtbot, seeds=3):
    panel = page.repeat
    panel.form.controls["seeds"].edited.emit(seeds, -1, "")
    qtbot.mouseClick(panel.button, LEFT)
    return panel


def finish(panel, qtbot):
    qtbot.waitUntil(lambda: not panel.repeating.under_way and not panel.bar.isVisible(), timeout=20_000)


def test_the_median_is_that_of_runs_by_hand_for_the_run_in_front_and_one_beside_it(window, page, qtbot):
    panel = page.repeat
    for part in (panel.plot, panel.table, panel.bar, panel.csv, panel.column, panel.cancel):
        assert not part.isVisible()
    qtbot.mouseClick(page.another_seed, LEFT)
    begin(page, qtbot)
    finish(panel, qtbot)
    curves = []
    for seed in (42, 43, 44, 45):
        trainer = Trainer(window.workspace.document.experiment.with_(randomness=Pcg64(seed=seed)))
        trainer.run_epoch()
        trainer.run_epoch()
        curves.append(trainer.recorder.history.columns()["test_loss"])
    columns = panel.plot.columns()
    np.testing.assert_allclose(columns["Run 1 median"], np.median(curves[:3], axis=0))
    np.testing.assert_allclose(columns["Beside 1 median"], np.median(curves[1:], axis=0))
    np.testing.assert_allclose(columns["Beside 1 upper quartile"], np.percentile(curves[1:], 75, axis=0))
    assert [panel.table.item(row, 0).text() for row in range(2)] == ["Run 1", "Beside 1"]
    assert panel.remark.text() == "median and quartiles of 3 seeds"
    assert window.workspace.link.latest.step == 0


def test_accuracy_is_in_percent_and_all_is_saved_as_a_table(page, qtbot, monkeypatch, tmp_path):
    panel = begin(page, qtbot)
    finish(panel, qtbot)
    panel.column.setCurrentIndex(panel.column.findData("test_accuracy"))
    panel.column.activated.emit(panel.column.currentIndex())
    assert panel.table.item(0, 1).text().endswith("%")
    assert panel.plot.columns()["Run 1 median"].max() <= 1
    path = tmp_path / "seeds.csv"
    monkeypatch.setattr("widgets.saving.file_to_save", lambda *_: path)
    panel.csv.click()
    qtbot.waitUntil(path.exists)
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert [(row["seed"], row["epoch"]) for row in rows] == [
        (str(seed), str(epoch)) for seed in (42, 43, 44) for epoch in (0, 1, 2)
    ]


def test_it_is_paused_goes_on_and_is_cancelled_and_another_experiment_forgets_it(window, page, qtbot):
    panel = begin(page, qtbot, seeds=200)
    worker = panel.repeating.worker
    qtbot.waitUntil(lambda: bool(worker.repetitions[0].done), timeout=20_000)
    qtbot.mouseClick(panel.pause, LEFT)
    qtbot.waitUntil(lambda: panel.told.text() == "paused")
    assert panel.pause.toolTip() == "Go on"
    qtbot.mouseClick(panel.pause, LEFT)
    assert panel.pause.toolTip() == "Pause"
    qtbot.mouseClick(panel.cancel, LEFT)
    assert not panel.bar.isVisible()
    assert panel.plot.isVisible()
    assert worker.wait(10)
    assert 0 < len(worker.repetitions[0].done) < 200
    window.workspace.filing.show(SavedExperiment(Experiment()))
    assert panel.repeating.worker is None
    assert not panel.plot.isVisible()
