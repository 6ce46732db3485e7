import numpy as np
import pytest

from widgets.plots.trials.trial_columns import GoalColumn, SettingColumn, Standing, TrialColumns

STATES = {"d": Standing.DONE, "p": Standing.PRUNED, "f": Standing.FAILED, "r": Standing.RUNNING}


@pytest.fixture
def usual_size():
    return (420, 240)


@pytest.fixture
def made():
    """Makes trials: a letter for the state of each, what it came to, and its learning rate."""

    def made(states, values, rates=None, *, seconds=None, origin="a search", names=None, epochs=5):
        count = len(states)
        values = np.array(values, float)
        rates = 10.0 ** -np.arange(1.0, count + 1) if rates is None else np.array(rates, float)
        kinds = np.array([STATES[letter] for letter in states], np.uint8)
        curves = np.outer(values, np.linspace(2, 1, epochs)).astype(np.float32)
        goals = [GoalColumn("Validation loss", np.where(kinds == Standing.DONE, values, np.nan))]
        if seconds is not None:
            goals.append(GoalColumn("Parameters", np.array(seconds, float)))
        choice = SettingColumn("activation", "Activation", np.arange(count) % 2.0, names=("tanh", "ReLU"))
        return TrialColumns(
            origin=origin,
            numbers=np.arange(count),
            states=kinds,
            goals=tuple(goals),
            settings=(SettingColumn("rate", "Learning rate", rates, logarithmic=True), choice),
            epochs=np.arange(epochs, dtype=float),
            curves=curves,
            reached=np.full(count, epochs - 1.0),
            seconds=np.full(count, 2.0),
            places=("here",) * count,
            ended=np.flatnonzero(kinds >= Standing.DONE),
            problems=dict.fromkeys(np.flatnonzero(kinds == Standing.FAILED), "The loss is no number."),
        )

    return made
