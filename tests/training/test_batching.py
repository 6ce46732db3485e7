"""Which samples each step takes: every one once an epoch, and the short last batch as was chosen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training_examples import SAMPLES, SlowNetwork, experiment, regression, samples_of, train, two_layers

from playground.engine.layers import BatchNorm
from playground.engine.losses import BinaryCrossEntropy, SquaredError
from playground.training.batches import Batches
from playground.training.trainer import Trainer

MAKERS = pytest.mark.parametrize("make", [experiment, regression])
SIZES = pytest.mark.parametrize("batch_size", [1, 4, 5, 11, SAMPLES, 1000])


def slow_epochs(slow, samples, batch_size, last_batch, epochs, rate=0.1):
    """Gradient descent sample by sample: sums that are divided and used whenever a batch is full."""
    size = batch_size if last_batch == "carry" else min(batch_size, len(samples))
    carried, carried_count = {}, 0
    for _ in range(epochs):
        sums, count = carried, carried_count
        carried, carried_count = {}, 0
        in_batch = 0
        for x, t in samples:
            slow.add(sums, x, t)
            count, in_batch = count + 1, in_batch + 1
            if in_batch == size:
                slow.descend(sums, count, rate)
                sums, count, in_batch = {}, 0, 0
        if in_batch and last_batch == "keep":
            slow.descend(sums, count, rate)
        elif in_batch and last_batch == "carry":
            carried, carried_count = sums, count


@MAKERS
@SIZES
@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
def test_the_short_last_batch_is_kept_dropped_or_carried_as_a_plain_loop_does(make, batch_size, last_batch):
    trainer = Trainer(make(batch_size=batch_size, last_batch=last_batch))
    slow = SlowNetwork(trainer)
    slow_epochs(slow, samples_of(trainer), batch_size, last_batch, epochs=4)
    for _ in range(4):
        trainer.run_epoch()
    slow.assert_equals(trainer)


@pytest.mark.parametrize("last_batch", ["keep", "carry"])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_last_batch_of_one_sample_does_not_move_the_averages_of_batch_norm(last_batch, precision):
    """Of 22 samples, 7 batches of 3 leave 1 over."""
    hidden, output = two_layers()
    layers = (hidden, BatchNorm(id="norm"), output)
    kept = Trainer(experiment(*layers, batch_size=3, last_batch=last_batch, precision=precision))
    dropped = Trainer(experiment(*layers, batch_size=3, last_batch="drop", precision=precision))
    kept.run_epoch()
    dropped.run_epoch()
    for name, average in kept.network.state.items():
        np.testing.assert_array_equal(average, dropped.network.state[name])
    assert all((kept.network.state["norm", "running_variance"] > 0.01).tolist())


def test_batches_of_one_sample_leave_batch_norm_as_it_is_at_test_time():
    hidden, output = two_layers()
    trainer = Trainer(experiment(hidden, BatchNorm(id="norm"), output, batch_size=1))
    trainer.run_epoch()
    assert (trainer.network.state["norm", "running_mean"] == 0).all()
    assert (trainer.network.state["norm", "running_variance"] == 1).all()
    inputs = trainer.sides.train.inputs[:1]
    plan = trainer.network.plan(1, trainer.experiment.training.loss)
    plan.run(inputs[:, :-1])
    np.testing.assert_allclose(plan.outputs.T, trainer.network.predict(inputs[:, :-1]), rtol=1e-12)


@SIZES
@pytest.mark.parametrize(
    ("last_batch", "rounded"), [("keep", np.ceil), ("drop", np.floor), ("carry", np.floor)]
)
def test_the_steps_of_an_epoch_are_counted(batch_size, last_batch, rounded):
    trainer = Trainer(experiment(batch_size=batch_size, last_batch=last_batch))
    size = batch_size if last_batch == "carry" else min(batch_size, SAMPLES)
    expected = rounded(SAMPLES / size)
    assert trainer.steps_per_epoch == max(expected, 1)
    trainer.run_epoch()
    assert (trainer.epoch, trainer.step, trainer.machine.batch) == (1, expected, 0)


def test_a_run_stops_at_the_end_of_an_epoch_and_says_how_far_it_came():
    trainer = Trainer(experiment())
    assert trainer.run(3) == 3
    assert (trainer.epoch, trainer.step, trainer.machine.batch) == (0, 3, 3)
    assert trainer.run(100) == 2
    assert (trainer.epoch, trainer.step, trainer.machine.batch) == (1, 5, 0)


def test_it_makes_no_difference_how_steps_are_cut_into_runs():
    whole, pieces = Trainer(experiment(shuffle=True)), Trainer(experiment(shuffle=True))
    train(whole, 33)
    for steps in (1, 2, 5, 7, 11, 1, 6):
        train(pieces, steps)
    assert (
        (whole.epoch, whole.step, whole.machine.batch)
        == (pieces.epoch, pieces.step, pieces.machine.batch)
        == (6, 33, 3)
    )
    np.testing.assert_array_equal(whole.network.parameters, pieces.network.parameters)


def test_no_steps_are_no_steps():
    trainer, other = Trainer(experiment(shuffle=True)), Trainer(experiment(shuffle=True))
    assert trainer.run(0) == 0
    train(trainer, 7)
    train(other, 7)
    np.testing.assert_array_equal(trainer.network.parameters, other.network.parameters)


def test_the_gradient_that_is_shown_is_that_of_the_last_update_and_not_what_is_carried_over():
    dropped, carried = (Trainer(experiment(last_batch=choice)) for choice in ("drop", "carry"))
    for trainer in (dropped, carried):
        trainer.run_epoch()
    assert carried.recorder.gradient_norms() == dropped.recorder.gradient_norms()


# --- the order --------------------------------------------------------------------------------------


def batches_taken(trainer):
    """The rows of inputs that each step of one epoch was given, as sample numbers."""
    numbers = {tuple(row): n for n, row in enumerate(trainer.sides.train.inputs.tolist())}
    taken, epoch = [], trainer.epoch
    loss, size = trainer.experiment.training.loss, trainer.experiment.training.batch_size
    while trainer.epoch == epoch:
        rest = SAMPLES - trainer.machine.batch * size
        trainer.run(1)
        plan = trainer.network.plan(min(size, rest), loss)  # that which the step has just used
        taken.append([numbers[tuple(row)] for row in plan.input.tolist()])
    return taken


@pytest.mark.parametrize("batch_size", [1, 5, 11])
def test_a_shuffled_epoch_takes_every_sample_once_in_an_order_of_its_own(batch_size):
    trainer = Trainer(experiment(shuffle=True, batch_size=batch_size))
    epochs = [[sample for batch in batches_taken(trainer) for sample in batch] for _ in range(3)]
    for order in epochs:
        assert sorted(order) == list(range(SAMPLES))
        assert order != list(range(SAMPLES))
    assert epochs[0] != epochs[1] != epochs[2]


def test_without_shuffling_samples_come_as_they_are():
    trainer = Trainer(experiment(batch_size=5))
    expected = [list(range(start, min(start + 5, SAMPLES))) for start in range(0, SAMPLES, 5)]
    assert batches_taken(trainer) == batches_taken(trainer) == expected


def test_the_order_comes_from_the_seed():
    orders = [batches_taken(Trainer(experiment(shuffle=True))) for _ in range(2)]
    assert orders[0] == orders[1]


@given(samples=st.integers(1, 60), size=st.integers(1, 70), seed=st.integers(0, 99), shuffled=st.booleans())
@settings(deadline=None)
def test_batches_are_whole_but_for_the_last_and_hold_every_sample_once(samples, size, seed, shuffled):
    batches = Batches(samples, size, np.random.default_rng(seed) if shuffled else None)
    for _ in range(2):
        batches.begin_epoch()
        rows = [batches.rows(batch) for batch in range(batches.whole + (batches.rest > 0))]
        assert sorted(np.concatenate(rows)) == list(range(samples))
        assert all(len(row) == min(size, samples) for row in rows[: batches.whole])
        assert batches.rest == (len(rows[-1]) if len(rows) > batches.whole else 0)


@pytest.mark.parametrize("loss", [SquaredError(), BinaryCrossEntropy()])
def test_one_step_on_all_samples_goes_along_the_mean_gradient(loss):
    trainer = Trainer(experiment(loss=loss, batch_size=SAMPLES))
    slow, sums = SlowNetwork(trainer), {}
    for x, t in samples_of(trainer):
        slow.add(sums, x, t)
    slow.descend(sums, SAMPLES, 0.1)
    trainer.run(1)
    slow.assert_equals(trainer)


def test_epochs_without_a_full_batch_pass_without_an_update_where_the_rest_is_carried_over():
    trainer = Trainer(experiment(batch_size=SAMPLES + 1, last_batch="carry"))
    before = trainer.checkpoint()
    for _ in range(3):
        trainer.run(256)
    assert (trainer.epoch, trainer.step, trainer.progress) == (3, 0, 3.0)
    for name, tensor in trainer.network.tensors():
        np.testing.assert_array_equal(tensor, before.learnt[name])
    assert trainer.recorder.history.columns()["epoch"].tolist() == [0, 1, 2, 3]
    assert str(trainer.experiment.training.remark(len(trainer.sides.train.inputs))) == (
        "Nothing is learnt: the batch of 23 is larger than the 22 training samples, "
        "and a short batch is carried over."
    )
    again = Trainer(trainer.experiment, trainer.checkpoint())
    assert again.epoch == 3
