"""The next step of a beginner follows from the state, and what it changes can be learnt from."""

import pytest
from student import Student, lesson

from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.lessons.next_step import next_step
from playground.training.snapshot import State


def after(name, step, *acts):
    student = Student(*lesson(name), step)
    for act in acts:
        student.act(act)
    return student.seen.experiment, student.seen.snapshot


def setting(path, value):
    return {"set": {path: value}}


def test_what_cannot_learn_is_shown_first():
    found = next_step(Experiment(network=Architecture()), None)
    assert found.text.key == "next.mend"
    assert found.press == "show"


def test_what_has_learnt_nothing_is_to_begin():
    assert next_step(Experiment(), None).press == "run"
    assert next_step(*after("xor", 1)).text.key == "next.start"


def test_what_went_astray_begins_anew_with_smaller_steps():
    experiment, snapshot = after(
        "descent", 1, setting("training.optimizer.learning_rate", 1.0), {"epochs": 90}
    )
    assert snapshot.state is State.DIVERGED
    found = next_step(experiment, snapshot)
    assert found.text.key == "next.slower"
    cured = found.cure.change(experiment)
    assert cured.training.optimizer.learning_rate == pytest.approx(0.1)
    assert cured.weights_draw == experiment.weights_draw + 1


def test_what_does_well_goes_on_with_a_lesson():
    easy = setting("data.dataset", {"kind": "gauss", "samples": 250, "noise": 5})
    found = next_step(*after("overfitting", 0, easy, {"epochs": 40}))
    assert found.press == "lesson"


def test_what_is_new_is_to_be_learnt():
    experiment, snapshot = after("xor", 1, {"epochs": 2})
    assert next_step(experiment, snapshot).text.key == "next.on"


def test_what_is_stuck_gets_what_helps_and_each_cure_can_be_learnt_from():
    experiment, snapshot = after("xor", 0, {"epochs": 60})
    seen = []
    for _ in range(30):
        found = next_step(experiment, snapshot)
        seen.append(found.text.key)
        if found.cure is None:
            break
        experiment = found.cure.change(experiment)
        assert experiment.problems() == ()
    assert seen[-1] == "next.luck"
    assert {"next.neurons", "next.layer"} <= set(seen)


def test_straight_neurons_are_bent():
    experiment, snapshot = after("xor", 0, {"epochs": 60})
    flat = experiment
    for layer in experiment.network.layers[:-1]:
        flat = flat.with_(
            network=Architecture(
                layers=tuple(
                    each.with_(activation=Linear()) if each.id == layer.id else each
                    for each in flat.network.layers
                )
            )
        )
    if any(isinstance(layer, Dense) for layer in flat.network.layers[:-1]):
        found = next_step(flat, snapshot)
        assert found.text.key == "next.straight"
        assert not any(
            isinstance(layer.activation, Linear) for layer in found.cure.change(flat).network.layers[:-1]
        )
