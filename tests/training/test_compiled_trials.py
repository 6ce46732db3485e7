"""Trials of a search are trained by machine code where it is there already, and come to the same."""

import numpy as np
import pytest
from machines import loops as loops

from playground.data import Data
from playground.data.datasets.recipes import Circle
from playground.experiment import Experiment
from playground.search import trying
from playground.search.plan import SearchPlan
from playground.search.trying import Attempt
from playground.training.compiled import building, machine

pytestmark = pytest.mark.timeout(600)  # to compile

SMALL = Experiment(data=Data(dataset=Circle(samples=60), validation_percent=20))


@pytest.fixture
def ready(monkeypatch, loops):
    monkeypatch.setattr(building, "is_ready", lambda dtype: True)


def attempt(**changes):
    return Attempt(SMALL, SearchPlan(**({"epochs": 3, "seeds": 2, "trials": 1, "workers": 1} | changes)), {})


def machines(tried):
    return {trainer.machine.name for trainer in tried.trainers}


def test_a_trial_by_machine_code_comes_to_the_same(ready, monkeypatch):
    slow = attempt()
    monkeypatch.setattr(trying, "WORTH_LOADING", 0)
    quick = attempt()
    assert (machines(slow), machines(quick)) == ({"numpy"}, {"compiled"})
    for (epoch, expected), (other, found) in zip(
        slow.curve(lambda: True), quick.curve(lambda: True), strict=True
    ):
        assert epoch == other
        np.testing.assert_allclose(found, expected, rtol=1e-4)
    np.testing.assert_allclose(quick.end(), slow.end(), rtol=1e-4)


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"trials": 1000}, "compiled"), ({"trials": 1000, "workers": 250}, "numpy"), ({}, "numpy")],
    ids=["many steps", "shared out among many", "few steps"],
)
def test_machine_code_is_loaded_where_a_worker_does_many_steps(changes, name, ready):
    assert machines(attempt(epochs=20, **changes)) == {name}


def test_nothing_is_compiled_for_a_trial(monkeypatch):
    def compiled(dtype):
        pytest.fail("it compiles")

    monkeypatch.setattr(building, "is_ready", lambda dtype: False)
    monkeypatch.setattr(machine, "code_of", compiled)
    monkeypatch.setattr(trying, "WORTH_LOADING", 0)
    assert machines(attempt()) == {"numpy"}
