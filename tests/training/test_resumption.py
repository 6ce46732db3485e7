"""From a checkpoint a run goes on bit for bit as if it had never stopped."""

import json

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from training_examples import experiment, train, two_layers

from playground.engine.layers import BatchNorm, Dense, Dropout
from playground.engine.optimizers import Adam, Optimizer
from playground.engine.regularizers import L1, L2, Regularizer
from playground.engine.schedules import Cosine, ReduceOnPlateau, Schedule, Warmup
from playground.training import history
from playground.training.checkpoint import Checkpoint
from playground.training.trainer import Trainer

HIDDEN, OUTPUT = two_layers()
LAYERS = (
    HIDDEN,
    BatchNorm(id="norm"),
    Dropout(id="drop", probability=0.3),
    Dense(id="more", units=3),
    OUTPUT,
)

EVERYTHING = {
    "optimizer": Adam(),
    "schedule": Cosine(unit="steps", decay_steps=40),
    "regularizer": L2(strength=0.01),
    "shuffle": True,
    "last_batch": "carry",
}


SCHEDULES = [
    *(member() for member in Schedule.members()),
    ReduceOnPlateau(patience=1, min_delta=10),
    Warmup(unit="steps", warmup_steps=3, inner=ReduceOnPlateau(patience=1, min_delta=10)),
]


def assert_same_bits(found, expected):
    """Everything that changes while learning is equal, to the last bit, and nothing is left out."""
    assert (found.epoch, found.step, found.numbers["batch"]) == (
        expected.epoch,
        expected.step,
        expected.numbers["batch"],
    )
    assert found.numbers["streams"] == expected.numbers["streams"]
    assert (found.numbers["schedule"], found.numbers["best"]) == (
        expected.numbers["schedule"],
        expected.numbers["best"],
    )
    for table in ("learnt", "remembered", "history"):
        ours, theirs = getattr(found, table), getattr(expected, table)
        assert list(ours) == list(theirs), table
        for name, values in theirs.items():
            assert ours[name].dtype == values.dtype
            np.testing.assert_array_equal(ours[name], values, err_msg=f"{table}: {name}")


def through_a_file(checkpoint):
    """The same as plain data would bring it back: the streams through JSON, the rest copied."""
    return Checkpoint(
        numbers=json.loads(json.dumps(checkpoint.numbers)),
        arrays={name: array.copy() for name, array in checkpoint.arrays.items()},
        history={name: column.copy() for name, column in checkpoint.history.items()},
    )


def assert_resumes(start, steps, more=None):
    """Interrupted after some steps, saved, loaded and run on, it ends where an unbroken run ends."""
    more = steps if more is None else more
    unbroken, first = Trainer(start), Trainer(start)
    train(first, steps)
    second = Trainer(start, through_a_file(first.checkpoint()))
    assert_same_bits(second.checkpoint(), first.checkpoint())
    train(second, more)
    train(unbroken, steps + more)
    assert_same_bits(second.checkpoint(), unbroken.checkpoint())


@pytest.mark.parametrize("steps", [1, 4, 5, 6, 13, 20])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_everything_at_once_resumes_exactly(steps, precision):
    assert_resumes(experiment(*LAYERS, precision=precision, **EVERYTHING), steps)


@given(
    steps=st.integers(0, 25),
    more=st.integers(1, 25),
    precision=st.sampled_from(["float32", "float64"]),
    layers=st.sampled_from([LAYERS, (HIDDEN, OUTPUT), (HIDDEN, Dropout(id="drop"), OUTPUT)]),
    training=st.fixed_dictionaries(
        {
            "optimizer": st.sampled_from([member() for member in Optimizer.members()]),
            "schedule": st.sampled_from(SCHEDULES),
            "regularizer": st.sampled_from(
                [*(member() for member in Regularizer.members()), L1(strength=0.2, method="tf_playground")]
            ),
            "batch_size": st.sampled_from([1, 5, 11, 22, 50]),
            "shuffle": st.booleans(),
            "last_batch": st.sampled_from(["keep", "drop", "carry"]),
        }
    ),
)
@example(
    steps=3, more=2, precision="float32", layers=LAYERS, training={"batch_size": 50, "last_batch": "carry"}
)  # never an update, in epoch after epoch
@settings(max_examples=60, deadline=None)
def test_any_settings_resume_exactly_at_any_step(steps, more, precision, layers, training):
    assert_resumes(experiment(*layers, precision=precision, **training), steps, more)


def test_what_was_carried_over_is_part_of_the_checkpoint():
    trainer = Trainer(experiment(*LAYERS, **EVERYTHING))
    trainer.run_epoch()
    saved = trainer.checkpoint().remembered
    assert any(np.abs(values).max() > 0 for name, values in saved.items() if name.startswith("carried/"))
    trainer.run(1)
    assert not any(name.startswith("carried/") for name in trainer.checkpoint().remembered)


def test_taking_a_checkpoint_disturbs_nothing():
    start = experiment(*LAYERS, **EVERYTHING)
    watched, unwatched = Trainer(start), Trainer(start)
    for _ in range(12):
        watched.checkpoint()
        train(watched, 1)
    train(unwatched, 12)
    assert_same_bits(watched.checkpoint(), unwatched.checkpoint())


def test_a_checkpoint_is_a_copy():
    trainer = Trainer(experiment(*LAYERS, **EVERYTHING))
    train(trainer, 7)
    checkpoint = trainer.checkpoint()
    kept = through_a_file(checkpoint)
    train(trainer, 20)
    assert_same_bits(checkpoint, kept)


def test_a_thinned_history_resumes_with_its_stride(monkeypatch):
    monkeypatch.setattr(history, "CAPACITY", 8)
    for steps in (10, 35, 36, 70, 73):
        assert_resumes(experiment(batch_size=22), steps, 60)


def test_resuming_measures_the_present_moment():
    start = experiment(*LAYERS, **EVERYTHING)
    first = Trainer(start)
    train(first, 7)
    second = Trainer(start, first.checkpoint())
    assert second.recorder.measures == first.recorder.evaluate()
    assert second.update.penalty() == first.update.penalty()
    assert second.machine.rate == first.machine.rate


def test_a_run_may_be_resumed_again_and_again():
    start = experiment(*LAYERS, **EVERYTHING)
    unbroken, trainer = Trainer(start), Trainer(start)
    train(unbroken, 21)
    for _ in range(7):
        train(trainer, 3)
        trainer = Trainer(start, through_a_file(trainer.checkpoint()))
    assert_same_bits(trainer.checkpoint(), unbroken.checkpoint())
