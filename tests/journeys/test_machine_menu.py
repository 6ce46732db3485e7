"""Train ▸ Machine: what is chosen is done, kept and told, with and without machine code."""

from typing import ClassVar

import pytest

from playground.text import say
from playground.training.choosing import Choice
from playground.training.compiled import knowledge, making
from widgets import machines
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

WORDS = say("test.words", "Being compiled.")


@pytest.fixture
def without_numba(monkeypatch):
    monkeypatch.setattr(machines, "find_spec", lambda name: None)
    monkeypatch.setattr(knowledge, "is_installed", lambda: False)


class Making:
    """Makes nothing, and notes what it was asked."""

    all: ClassVar[list] = []

    def __init__(self, precisions, tells, is_made):
        self.precisions, self.tells, self.is_made = precisions, tells, is_made
        self.stopped = False
        Making.all.append(self)

    def start(self):
        self.tells(WORDS)

    def stop(self, timeout):
        self.stopped = True


@pytest.fixture
def workshop(monkeypatch):
    """Numba is there, as far as the window can see; what is being made."""
    monkeypatch.setattr(machines, "find_spec", lambda name: name)
    monkeypatch.setattr(making, "Making", Making)
    monkeypatch.setattr(Making, "all", [])
    return Making.all


def choices(window, monkeypatch):
    """What the session is told from now on."""
    told = []
    session = window.workspace.link.session
    monkeypatch.setattr(session, "choose", lambda choice, anew=False: told.append((choice, anew)))
    return told


def ticked(window):
    return [
        name for name in window.actions_ if name.startswith("machine_") and window.actions_[name].isChecked()
    ]


def test_the_menu_offers_three_machines_in_one_submenu(window):
    train = next(menu for menu in window.menu_bar.actions() if "Train" in menu.text().replace("&", ""))
    machine = train.menu().actions()[-1]
    assert machine.text() == "&Machine"
    texts = [action.text().replace("&", "") for action in machine.menu().actions()]
    assert texts == ["Automatic machine", "NumPy machine", "Compiled machine"]
    assert ticked(window) == ["machine_automatic"]


def test_a_choice_is_carried_out_at_once_and_kept(window, without_numba, monkeypatch):
    told = choices(window, monkeypatch)
    window.actions_["machine_numpy"].trigger()
    assert told == [(Choice("numpy", waits=False), True)]
    assert (window.preferences.machine, ticked(window)) == ("numpy", ["machine_numpy"])


@pytest.mark.parametrize(("kept", "found"), [("numpy", "numpy"), ("a loom", "automatic"), (7, "automatic")])
def test_what_was_kept_is_chosen_at_the_next_start(kept, found):
    preferences = Preferences.unkept()
    preferences._settings.setValue("machine", kept)
    assert preferences.machine == found


def test_without_the_extra_the_status_bar_says_how_to_get_it(window, without_numba, qtbot):
    window.workspace.machines.begin()
    qtbot.waitUntil(lambda: "pip install" in window.status.machine.toolTip())
    assert window.status.machine.text() == "NumPy"
    window.actions_["machine_compiled"].trigger()
    assert "pip install" in window.status.message.text()


def test_machine_code_is_made_once_with_a_word_while_numpy_trains(window, workshop, monkeypatch, qtbot):
    told = choices(window, monkeypatch)
    window.workspace.machines.begin()
    window.workspace.machines.begin()
    assert len(workshop) == 1
    qtbot.waitUntil(lambda: window.status.message.text() == "Being compiled.")
    assert told == [(Choice("automatic", waits=False), False)] * 2
    workshop[0].is_made("float32")
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[-1] == (Choice("automatic", waits=False), False)


def test_who_asks_for_machine_code_has_the_run_under_way_on_it_when_it_is_ready(
    window, workshop, monkeypatch, qtbot
):
    told = choices(window, monkeypatch)
    window.actions_["machine_compiled"].trigger()
    workshop[0].is_made("float32")
    qtbot.waitUntil(lambda: told == [(Choice("compiled", waits=False), True)] * 2)


def test_nothing_is_made_for_who_wants_numpy(window, workshop):
    window.preferences.machine = "numpy"
    window.workspace.machines.begin()
    assert workshop == []


def test_a_window_that_closes_gives_up_what_is_being_made(qtbot, workshop, tmp_path):
    window = MainWindow(Preferences.unkept(), recovery_folder=tmp_path)
    window.workspace.machines.begin()
    window.give_up()
    window.deleteLater()
    assert workshop[0].stopped
