"""Goals are judged by hand-made observations: on entry, at the bound, and beyond it."""

import numpy as np
import pytest
from student import Student, lesson

from playground.experiment import Experiment
from playground.lessons.goals import LessonGoal
from playground.lessons.observed import Observed, RateTrial
from playground.value import AnyOf, InvalidValue, Value


class Holder(Value):
    goal: AnyOf[LessonGoal]


def made(**fields):
    return Holder.build({"goal": fields}).goal


def test_every_goal_says_what_there_is_to_reach_or_what_the_lesson_says_instead():
    goal = made(kind="loss", below=0.05, most_neurons=3)
    assert str(goal.told) == "Test loss below 0.05, with at most 3 hidden neurons"
    assert str(made(kind="loss", below=0.05, text="A small loss").told) == "A small loss"
    assert str(made(kind="accuracy", above=90).told) == "Test accuracy above 90 %"
    assert str(made(kind="setting", path="training.optimizer.kind", is_one_of=["adam", "rmsprop"]).told) == (
        "Optimizer: Adam or RMSprop"
    )


def test_nothing_measured_is_no_goal_reached():
    for fields in (
        {"kind": "loss", "below": 9.0},
        {"kind": "accuracy", "below": 99.0},
        {"kind": "gap", "below": 9.0},
    ):
        assert not made(**fields).judge(Observed(Experiment())).reached


def test_a_loss_before_the_first_step_counts_only_where_it_is_to_be_had_by_hand():
    student = Student(*lesson("xor"), 0)
    assert not student.judged(made(kind="loss", below=9.0)).reached
    assert student.judged(made(kind="loss", below=9.0, most_epochs=0)).reached
    student.act({"epochs": 2})
    assert student.judged(made(kind="loss", below=9.0)).reached
    assert not student.judged(made(kind="loss", below=9.0, most_epochs=0)).reached


def test_a_bound_that_held_early_enough_counts_however_far_training_ran_on():
    student = Student(*lesson("xor"), 0)
    student.act({"epochs": 3})
    losses = student.seen.snapshot.history["test_loss"]
    for column in ("loss", "accuracy", "gap"):
        assert student.judged(made(kind=column, above=-1000.0, most_epochs=1)).reached
    second = float(losses[2])
    between = {"kind": "loss", "below": second + 1e-9, "above": None}
    assert losses[1] > second  # so that the first epoch is not enough
    assert not student.judged(made(**between, most_epochs=1)).reached
    assert student.judged(made(**between, most_epochs=2)).reached


def test_a_kind_that_is_set_is_called_as_its_own_control_calls_it():
    goal = made(kind="setting", path="training.regularizer.kind", is_one_of=["l2"])
    judged = goal.judge(Observed(Experiment()))
    assert str(judged.now) == "now None"  # not Off, as the same word means where gradients are clipped
    goal = made(kind="setting", path="data.scaling.kind", is_one_of=["z_score"])
    assert str(goal.sentence) == "Scaling: Standardize"


@pytest.mark.parametrize(
    ("trials", "reached"),
    [
        ((), False),
        ((RateTrial(1.0, True),), False),
        ((RateTrial(1.0, True), RateTrial(0.8, False, 20)), False),
        ((RateTrial(1.0, True), RateTrial(0.95, False, 20)), True),
        ((RateTrial(1.0, True), RateTrial(0.95, False, 3)), False),
        (
            (
                RateTrial(5.0, True),
                RateTrial(1.0, True),
                RateTrial(0.1, False, 99),
                RateTrial(0.92, False, 20),
            ),
            True,
        ),
    ],
)
def test_the_limit_of_the_learning_rate_is_held_between_two_rates(trials, reached):
    goal = made(kind="divergence", tolerance=0.1, epochs=20)
    assert goal.judge(Observed(Experiment(), trials=trials)).reached == reached


@pytest.mark.parametrize(
    ("given", "reached", "words"), [(2.0, True, "right"), (-2.0, False, "look at the sign")]
)
def test_a_number_is_judged_without_giving_it_away(given, reached, words):
    goal = made(kind="number", question="How many?", value=2.0, tolerance=0.01)
    judgement = goal.judge(Observed(Experiment(), given=given))
    assert judgement.reached == reached
    assert str(judgement.now) == words
    assert "2" not in str(goal.judge(Observed(Experiment(), given=1.0)).now)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "neurons"},
        {"kind": "neurons", "at_least": 3, "at_most": 2},
        {"kind": "layers", "layer_kind": "sense", "at_least": 1},
        {"kind": "trouble", "trouble": "unknown"},
        {"kind": "laboratory", "laboratory": "unknown"},
        {"kind": "setting", "path": "training.batch_size"},
    ],
)
def test_a_goal_that_nobody_can_reach_is_refused(fields):
    with pytest.raises(InvalidValue):
        made(**fields)


def test_runs_count_by_how_long_they_are_and_by_what_differs():
    student = Student(*lesson("xor"), 0)
    goal = made(kind="runs", at_least=2, epochs=2, setting="training.batch_size")
    student.act({"epochs": 2})
    student.act({"set": {"training.batch_size": 50}, "restart": True})
    student.act({"epochs": 1})
    assert not student.judged(goal).reached
    student.act({"epochs": 1})
    assert student.judged(goal).reached
    assert not student.judged(goal.with_(setting="training.shuffle")).reached


def test_the_answer_to_an_entry_of_the_trace_is_the_number_that_the_definition_gives():
    plan, begun = lesson("xor")
    saved = begun[1]
    x = np.array(made(kind="entry", question="x?", entry="input", at=[1]).truth(saved))
    y = np.array(made(kind="entry", question="y?", entry="input", at=[2]).truth(saved))
    student = Student(plan, begun, 1)
    layer = student.seen.snapshot.layers["hidden"]
    z = layer.weights[0] @ np.array([x, y]) + layer.bias[0]
    found = made(kind="entry", question="z?", entry="z", layer="hidden", at=[1]).truth(saved)
    assert found == pytest.approx(z, rel=1e-5)
