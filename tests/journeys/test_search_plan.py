"""What varies in a search is ticked on the controls themselves, undone, and kept in the file."""

from operator import attrgetter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from playground.experiment import Experiment
from playground.files import archive, experiment_file
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.files.problem import FileProblem
from playground.value import Kind
from widgets.forms import Control
from widgets.forms.dice import FieldDice, path_of

RATE = "training.optimizer.learning_rate"


def controls(window):
    """The controls of the whole window that stand for a setting, by its path."""
    window.design.inspector.show_layers(["dense1"])
    window.design.inspector.tabs.setCurrentWidget(window.design.inspector.training)
    found = {}
    for control in window.findChildren(Control):
        if path := path_of(control, control.field.name):
            found[path] = control
    return found


def dice_of(control):
    assert isinstance(control.dice, FieldDice)
    return control.dice


def test_every_setting_that_a_control_shows_is_found_by_its_path(window):
    settings, experiment = window.workspace.search.settings(), window.workspace.document.experiment
    found = controls(window)
    assert {RATE, "training.batch_size", "network.dense1.units", "data.dataset.noise"} <= set(found)
    for path in set(found) & set(settings) - {each for each in found if each.startswith("network")}:
        value = attrgetter(path)(experiment)
        assert settings[path].value == (value.tag() if isinstance(value, Kind) else value)
    known = {"training.epochs", "training.stopping", "network.dense1.name", "network.dense1.frozen"}
    known |= {"data.targets", "data.scaling"}
    unknown = {each for each in found if each.startswith(("training", "network")) and each not in settings}
    assert {each for each in unknown if not each.startswith("training.stopping")} <= known


def test_a_row_that_is_pointed_at_has_a_dice_and_a_click_lets_it_vary(qtbot, window):
    control = controls(window)[RATE]
    dice = dice_of(control)
    assert dice.isHidden()
    qtbot.mouseMove(window, QPoint(2, 2))
    qtbot.mouseMove(control, QPoint(3, 3))
    control.dice.approach()
    assert dice.isVisible()
    qtbot.mouseClick(dice, Qt.MouseButton.LeftButton)
    (variation,) = window.workspace.search.plan.variations
    assert (variation.path, variation.low, variation.high, variation.logarithmic) == (RATE, 1e-4, 1, True)


def test_the_dice_of_what_varies_stays_in_sight_until_that_is_undone(window):
    search, dice = window.workspace.search, dice_of(controls(window)["training.batch_size"])
    search.toggle("training.batch_size")
    assert dice.isVisible()
    assert dice.isChecked()
    window.workspace.document.undo_stack.undo()
    assert not dice.isChecked()
    assert search.varied == frozenset()


def test_the_menu_of_a_control_lets_its_field_vary(qtbot, window):
    control = controls(window)[RATE]
    qtbot.keyClick(control.inputs[-1], Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    (action,) = [each for each in menu.actions() if each.text() == "Vary in search"]
    action.trigger()
    menu.close()
    assert window.workspace.search.varied == {RATE}


def test_a_dice_of_another_member_of_a_family_knows_its_own_fields(window):
    window.workspace.search.toggle("training.schedule")
    assert dice_of(controls(window)["training.schedule"]).isChecked()
    assert not dice_of(controls(window)[RATE]).isChecked()


def test_the_dice_of_layers_are_those_of_the_layer_that_is_selected(window):
    window.workspace.search.toggle("network.dense1.units")
    dice = dice_of(controls(window)["network.dense1.units"])
    assert dice.isChecked()
    window.design.inspector.show_layers(["dense2"])
    assert not dice.isChecked()


def test_the_shares_of_the_data_may_vary_too(window):
    window.workspace.search.toggle("data.train_percent")
    assert dice_of(window.design.data.split).isChecked()


def test_the_plan_and_its_study_come_back_from_the_file(qtbot, window, tmp_path):
    search, path = window.workspace.search, tmp_path / "planned.nnplay"
    search.toggle(RATE)
    search.edit(search.plan.with_(trials=77), "Change trials")
    search.name_study("planned 1")
    window.workspace.document.path = path
    window.workspace.filing.save()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not window.workspace.document.modified)
    window.workspace.filing.new()
    assert search.varied == frozenset()
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: search.varied == {RATE})
    assert (search.plan.trials, search.study) == (77, "planned 1")
    assert not window.workspace.document.modified


def test_a_study_that_began_survives_the_undo_of_what_was_planned_after_it(window):
    search = window.workspace.search
    search.toggle(RATE)
    search.name_study("first")
    search.toggle("training.batch_size")
    window.workspace.document.undo_stack.undo()
    assert (search.varied, search.study) == ({RATE}, "first")


def test_a_file_without_a_search_opens_as_ever():
    data = dumps(SavedExperiment(Experiment()))
    assert archive.SEARCH not in archive.unpack(data)
    assert loads(data).search == {}


def test_a_damaged_plan_is_named():
    entries = archive.unpack(dumps(SavedExperiment(Experiment(), search={"plan": {}})))
    entries[archive.SEARCH] = b"[1, 2"
    with pytest.raises(FileProblem, match=r"search\.json"):
        experiment_file.loads(archive.pack(entries))


def test_a_plan_that_cannot_be_is_told_and_the_experiment_opens(qtbot, window, tmp_path):
    path, said = tmp_path / "odd.nnplay", []
    path.write_bytes(dumps(SavedExperiment(Experiment(), search={"plan": {"trials": -5}})))
    window.workspace.search.refused.connect(said.append)
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: window.workspace.document.path == path)
    assert window.workspace.search.plan.trials > 0
    assert "trials" in said[0]
