"""A person asks for less motion: it is kept, and training is seen less often, as often as that can be."""

import pytest

from widgets.motion import motion


@pytest.fixture(autouse=True)
def usual():
    yield
    motion.choose(False)


def test_it_is_ticked_kept_and_stays_in_another_language(window):
    action = window.actions_["reduced_motion"]
    assert not action.isChecked()
    action.trigger()
    assert motion.reduced
    assert window.preferences.reduced_motion is True
    assert not window.pages.page.isAnimated()
    window._reword()
    assert window.actions_["reduced_motion"].isChecked()
    window.actions_["reduced_motion"].trigger()
    assert window.preferences.reduced_motion is False


def test_the_menu_follows_the_system(window):
    motion.choose(True)
    assert window.actions_["reduced_motion"].isChecked()
    assert window.preferences.reduced_motion is None, "nobody chose"


def test_training_is_painted_less_than_three_times_a_second(window, qtbot):
    window.workspace.link.session.set_speed(None)
    window.actions_["reduced_motion"].trigger()
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.running)
    painted, step = [], window.workspace.link.latest.step
    window.workspace.link.painted.connect(painted.append)
    qtbot.wait(1000)
    assert 1 <= len(painted) <= 3
    assert painted[-1].step > step, "and it trains all the same"
    window.actions_["run"].trigger()
