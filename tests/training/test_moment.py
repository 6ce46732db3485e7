"""A copy of the network answers sample by sample what the run measures over all of them."""

import numpy as np
import pytest

from playground.data.datasets.wine import Wine
from playground.engine.layers import BatchNorm, Dropout
from playground.experiment import Experiment
from playground.training.moment import GivenUp, Moment
from playground.training.session import TrainingSession
from playground.training.trainer import Trainer


@pytest.fixture(params=[Experiment(), Experiment().with_dataset(Wine())], ids=["two classes", "wine"])
def trainer(request):
    trainer = Trainer(request.param)
    trainer.run_epoch()
    trainer.record()
    return trainer


def test_the_mean_of_all_losses_is_the_loss_and_the_share_that_is_right_the_accuracy(trainer):
    moment = Moment.of(trainer)
    for split, measures in zip(
        (trainer.data.train, trainer.data.test), trainer.recorder.measures, strict=True
    ):
        answers = moment.judge(split)
        assert answers.losses.mean() == pytest.approx(measures.loss, rel=1e-5)
        assert (answers.classes == split.labels).mean() == pytest.approx(measures.metrics["accuracy"])


def test_probabilities_are_those_of_every_class_and_the_likeliest_is_said(trainer):
    answers = Moment.of(trainer).judge(trainer.data.test)
    np.testing.assert_allclose(answers.shares.sum(axis=1), 1, rtol=1e-5)
    assert answers.shares.shape[1] == trainer.data.task.classes
    np.testing.assert_array_equal(answers.shares.argmax(axis=1), answers.classes)


def test_samples_as_the_dataset_has_them_are_answered_as_those_that_were_trained_on(trainer):
    moment = Moment.of(trainer)
    known, asked = moment.judge(trainer.data.test), moment.ask(trainer.data.test.raw)
    np.testing.assert_allclose(asked.outputs, known.outputs, rtol=1e-5)
    assert asked.losses is None


def test_a_moment_stays_what_it_was_while_the_run_goes_on(trainer):
    moment = Moment.of(trainer)
    before = moment.judge(trainer.data.test).outputs.copy()
    trainer.run_epoch()
    np.testing.assert_array_equal(moment.judge(trainer.data.test).outputs, before)
    assert moment.step < trainer.step


def test_running_averages_are_copied_and_chance_is_left_out():
    experiment = Experiment()
    *hidden, output = experiment.network.layers
    layers = (*hidden, BatchNorm(id="norm"), Dropout(id="drop"), output)
    trainer = Trainer(experiment.with_(network=experiment.network.with_(layers=layers)))
    trainer.run_epoch()
    expected = trainer.network.predict(trainer.data.test.inputs)
    np.testing.assert_array_equal(Moment.of(trainer).judge(trainer.data.test).outputs, expected)


def test_what_nobody_wants_any_more_is_given_up(trainer):
    with pytest.raises(GivenUp):
        Moment.of(trainer).judge(trainer.data.test, lambda: True)


def test_the_samples_of_the_split_are_told_by_their_rows_in_the_dataset():
    data = Experiment().with_dataset(Wine()).data
    prepared = data.prepare(Experiment().randomness.streams().data)
    rows = np.concatenate([prepared.train.rows, prepared.test.rows])
    assert sorted(rows) == list(range(178))
    np.testing.assert_array_equal(Wine().arrays.raw[prepared.test.rows], prepared.test.raw)


def test_a_session_answers_of_the_run_that_was_in_front_when_it_was_asked():
    session = TrainingSession(Experiment())
    first = session.answer(lambda run: run.number)
    session.open(Experiment())
    second = session.answer(lambda run: Moment.of(run.learner.trainer).step)
    session.start()
    assert (first.result(10), second.result(10)) == (1, 0)
    session.close()
