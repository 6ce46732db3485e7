"""What to try next follows from the state, and the lesson that it names is there."""

import pytest
from student import FILES, Student, lesson

from playground.analysis.diagnosis.trouble import Trouble
from playground.engine.graph import Architecture
from playground.experiment import Experiment
from playground.lessons.suggestion import LESSONS, suggestion
from playground.training.snapshot import State


def after(name, step, *acts):
    student = Student(*lesson(name), step)
    for act in acts:
        student.act(act)
    return student.seen.experiment, student.seen.snapshot


def test_what_cannot_train_is_mended_first():
    empty = Experiment(network=Architecture())
    found = suggestion(empty, None, ())
    assert str(found.text).startswith("First mend what keeps it from training: ")
    assert found.lesson == ""


def test_what_was_never_trained_is_trained():
    assert suggestion(Experiment(), None, ()).lesson == "neuron"
    assert suggestion(*after("xor", 1), ()).lesson == "neuron"


def test_what_diverges_goes_slower_whatever_else_is_found():
    experiment, snapshot = after(
        "descent", 1, {"set": {"training.optimizer.learning_rate": 1.0}}, {"epochs": 90}
    )
    assert snapshot.state is State.DIVERGED
    assert "tenth of the learning rate" in str(suggestion(experiment, snapshot, ("vanishing",)).text)


@pytest.mark.parametrize("kind", [each.tag() for each in Trouble.members()])
def test_what_is_wrong_comes_with_its_advice(kind):
    found = suggestion(*after("xor", 1, {"epochs": 1}), (kind,))
    trouble = next(each for each in Trouble.members() if each.tag() == kind)
    assert str(found.text) == f"{trouble.title}: {trouble.advice}"


def test_what_is_well_is_made_smaller_and_what_is_not_trained_on():
    well = after(
        "overfitting",
        0,
        {"set": {"data.dataset": {"kind": "gauss", "samples": 250, "noise": 5}}},
        {"epochs": 40},
    )
    assert suggestion(*well, ()).lesson == "lines"
    assert suggestion(*after("xor", 1, {"epochs": 2}), ()).lesson == "batches"
    assert suggestion(*after("xor", 1, {"epochs": 25}), ()).lesson == "optimizers"


def test_every_lesson_that_is_named_is_there():
    assert set(LESSONS.values()) | {"neuron", "lines", "xor", "batches", "descent", "optimizers"} <= set(
        FILES
    )
