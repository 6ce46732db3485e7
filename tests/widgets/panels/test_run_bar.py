from dataclasses import replace

import pytest
from panel_helpers import drag, snapshot
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel

from playground.data.datasets.painted import Painted
from playground.experiment import Experiment
from playground.training.measures import Measures
from playground.training.observer import Progress, blocked_snapshot
from playground.training.snapshot import State
from widgets import theme
from widgets.actions import Actions
from widgets.panels.progress import seconds_left
from widgets.panels.run_bar import RunBar


@pytest.fixture
def owner():
    return QObject()


@pytest.fixture
def actions(owner):
    return Actions(owner)


@pytest.fixture
def bar(actions, show):
    return show(RunBar(actions), 1440, 64)


def goal(bar):
    return bar.progress.goal.caption.text()


# --- words ---


def test_the_time_left_follows_from_speed_and_goal():
    assert seconds_left(snapshot()) == pytest.approx((1000 - 482.5) * 25 / 1078)


@pytest.mark.parametrize("changes", [{"state": State.PAUSED}, {"steps_per_second": 0.0}])
def test_the_time_left_is_not_said_while_it_cannot_be_known(changes):
    assert seconds_left(snapshot(**changes)) is None


# --- numbers ---


def test_a_snapshot_is_shown(bar):
    bar.show_snapshot(snapshot())
    assert bar.progress.epoch.value.text() == "482"
    assert goal(bar) == "of 1\u2009000 · 12 s left"
    assert bar.progress.bar.value() == 482
    assert bar.train_loss.value.text() == "0.0412"
    assert bar.test_loss.value.text() == "0.0587"
    assert (bar.score.caption.text(), bar.score.value.text()) == ("Test accuracy", "98.3 %")


def test_a_paused_training_has_no_time_left(bar):
    bar.show_snapshot(snapshot(state=State.PAUSED))
    assert goal(bar) == "of 1\u2009000"


def test_a_regression_shows_how_much_it_explains(bar):
    bar.show_snapshot(snapshot(test=Measures(0.2, {"mae": 0.1, "rmse": 0.2, "r2": -0.1234})))
    assert (bar.score.caption.text(), bar.score.value.text()) == ("Test R²", "−0.123")


def test_before_the_first_snapshot_there_are_dashes(bar):
    assert {bar.progress.epoch.value.text(), bar.train_loss.value.text(), bar.score.value.text()} == {"–"}


def test_the_same_snapshot_again_touches_no_label(bar, monkeypatch):
    bar.show_snapshot(snapshot())
    monkeypatch.setattr(QLabel, "setText", lambda *_: pytest.fail("a label was set again"))
    bar.show_snapshot(snapshot())


def test_a_new_snapshot_writes_only_what_changed_and_lays_out_nothing(bar, qapp, monkeypatch):
    bar.show_snapshot(snapshot())
    qapp.processEvents()
    written = []
    monkeypatch.setattr(QLabel, "setText", lambda label, text: written.append((label, text)))
    bar.show_snapshot(snapshot(epoch=483, train=Measures(0.04, {"accuracy": 0.99})))
    assert {label for label, _ in written} == {bar.progress.epoch.value, bar.train_loss.value}
    assert len(written) == 2


def test_the_figures_wear_the_colours_of_their_lines(bar, qapp):
    assert theme.DARK.training in bar.train_loss.value.styleSheet()
    theme.apply(qapp, "light")
    assert theme.LIGHT.training in bar.train_loss.value.styleSheet()
    assert theme.LIGHT.test in bar.test_loss.value.styleSheet()
    theme.apply(qapp, "dark")


# --- buttons ---


@pytest.mark.parametrize("name", ["run", "step_batch", "step_epoch", "reset", "same_start"])
def test_a_button_does_its_action(bar, actions, qtbot, name):
    with qtbot.waitSignal(actions[name].triggered):
        qtbot.mouseClick(bar.buttons[name], Qt.MouseButton.LeftButton)


def test_a_button_works_by_keyboard(bar, actions, qtbot):
    bar.buttons["step_batch"].setFocus()
    with qtbot.waitSignal(actions["step_batch"].triggered):
        qtbot.keyClick(bar.buttons["step_batch"], Qt.Key.Key_Space)


def test_the_run_button_shows_what_a_click_would_do(bar, actions):
    paused = bar.buttons["run"].icon().pixmap(18, 18).toImage()
    actions["run"].setChecked(True)
    running = bar.buttons["run"].icon().pixmap(18, 18).toImage()
    assert running != paused
    actions["run"].setChecked(False)
    assert bar.buttons["run"].icon().pixmap(18, 18).toImage() == paused


def test_a_button_follows_its_action(bar, actions):
    actions["run"].setEnabled(False)
    actions["run"].setToolTip("The network has a problem.")
    button = bar.buttons["run"]
    assert not button.isEnabled()
    assert button.toolTip() == "The network has a problem."


def test_every_button_has_a_name_and_a_tool_tip(bar):
    for button in bar.buttons.values():
        assert button.accessibleName()
        assert "&" not in button.accessibleName()
        assert button.toolTip()


# --- speed ---


def test_training_goes_as_fast_as_it_can_at_first(bar):
    assert bar.speed.slider.value() == bar.speed.slider.maximum()
    assert bar.speed.caption.text() == "Speed · as fast as it goes"


def test_dragging_the_speed_down_slows_training(bar, qtbot):
    speeds = []
    bar.speed_changed.connect(speeds.append)
    drag(qtbot, bar.speed.slider, [-20, -60, -100])
    assert speeds == sorted(speeds, reverse=True)
    assert all(isinstance(speed, float) for speed in speeds)


def test_the_ends_of_the_speed_slider(bar, qtbot):
    with qtbot.waitSignal(bar.speed_changed) as slowest:
        qtbot.keyClick(bar.speed.slider, Qt.Key.Key_Home)
    assert slowest.args == [1.0]
    assert bar.speed.slider.toolTip() == "How fast training goes: 1 batches/s."
    with qtbot.waitSignal(bar.speed_changed) as fastest:
        qtbot.keyClick(bar.speed.slider, Qt.Key.Key_End)
    assert fastest.args == [None]


@pytest.mark.parametrize("width", [1100, 1440])
def test_everything_fits(actions, show, width):
    bar = show(RunBar(actions), width, 64)
    bar.show_snapshot(snapshot(epoch=123_456, goal=1_000_000, test=Measures(1e-7, {"accuracy": 1.0})))
    assert bar.minimumSizeHint().width() <= width
    assert bar.score.geometry().right() <= width


def test_what_cannot_train_yet_is_measured_by_what_it_is_to_learn(bar):
    progress = Progress(1, State.BLOCKED, 10, 0.0, None)
    for painted, caption in (
        (Painted.empty(), "Test accuracy"),
        (Painted.empty().by_value(), "Test R²"),
    ):
        bar.show_snapshot(blocked_snapshot(Experiment().with_dataset(painted), progress))
        assert bar.score.caption.text() == caption


def test_numbers_stay_a_moment_while_training_runs_and_are_right_when_it_rests(bar):
    for timer in (bar._rest._pause, bar._rest._late):
        timer.setInterval(10_000_000)
    shown = snapshot(state=State.RUNNING, epoch=1)
    bar.show_snapshot(replace(shown, state=State.PAUSED))
    for epoch in (2, 3, 4):
        bar.show_snapshot(replace(shown, epoch=epoch))
    assert bar.progress.epoch.value.text() == "2"
    bar.show_snapshot(replace(shown, epoch=5, state=State.FINISHED))
    assert bar.progress.epoch.value.text() == "5"
