"""A picture is taken when all is worked out, however long that takes."""

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from widgets import picture


def test_a_picture_waits_for_the_lamps_of_the_doctor(qapp):
    with picture.window(SavedExperiment(Experiment()), "", 3, (900, 600), "dark") as window:
        window.workspace.doctor._timer.setInterval(1500)  # far longer than two looks that see the same
        picture.at_rest(window)
        assert window.workspace.doctor.findings is not None
