"""What finds troubles is loaded when the window has been seen a while."""

import sys

import pytest

from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets import doctor
from widgets.doctor import Doctor


@pytest.mark.parametrize(("loaded", "pause"), [(False, doctor.FIRST), (True, doctor.PAUSE)])
def test_the_first_look_of_all_waits_longer(qapp, monkeypatch, loaded, pause):
    monkeypatch.setattr(doctor, "DIAGNOSIS", "sys" if loaded else "playground.not_there")
    assert (doctor.DIAGNOSIS in sys.modules) is loaded
    physician = Doctor()
    physician.see(Observer(Trainer(Experiment())).snapshot(Progress(1, State.PAUSED, 10, 0.0, None)))
    assert physician._timer.interval() == pause
    physician.end()
