"""What a Boltzmann machine learnt becomes the beginning of a dense network, for good."""

import numpy as np
import pytest

from playground.engine.initializers import Pretrained
from playground.engine.parameter import affine
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.labs.boltzmann import Boltzmann
from playground.labs.boltzmann.learning import Learning
from playground.labs.boltzmann.machine import RestrictedMachine
from playground.labs.boltzmann.pretraining import pretrained
from playground.randomness import Pcg64
from playground.training.trainer import Trainer
from playground.value import InvalidValue

BLOCK = np.arange(15.0).reshape(3, 5) / 8


def drawn(initializer, neurons, inputs):
    """A layer's block as it begins."""
    parameter = affine("weights", (neurons, inputs), initializer, 0.25)
    block = np.empty(parameter.shape)
    parameter.initialize(Pcg64().streams().init, block)
    return block


def machine():
    chance = np.random.default_rng(1)
    return RestrictedMachine(*(chance.standard_normal(shape) for shape in ((12, 64), (64,), (12,))))


def test_a_layer_begins_with_the_weights_and_biases_that_it_is_given():
    np.testing.assert_array_equal(drawn(Pretrained.holding(BLOCK), 3, 4), BLOCK)


def test_a_larger_layer_takes_what_there_is_and_a_smaller_one_what_fits():
    larger, smaller = drawn(Pretrained.holding(BLOCK), 5, 6), drawn(Pretrained.holding(BLOCK), 2, 3)
    np.testing.assert_array_equal(larger[:3, :4], BLOCK[:, :-1])
    assert larger[:, -1].tolist() == [*BLOCK[:, -1], 0.25, 0.25]
    assert larger[3:, :-1].all()
    np.testing.assert_array_equal(smaller, BLOCK[:2, [0, 1, 2, 4]])


@pytest.mark.parametrize(
    "fields", [{"block": "AAA"}, {"block": "AAAAAAAA", "inputs": 2}, {"block": "AADAfw=="}]
)
def test_what_is_no_block_of_finite_numbers_is_as_none(fields):
    assert np.isfinite(drawn(Pretrained(**fields), 3, 4)).all()


def test_a_block_with_other_signs_is_refused():
    with pytest.raises(InvalidValue, match="block"):
        Pretrained.build({"block": "not base 64!"})


def test_the_network_can_train_and_its_hidden_layer_says_what_the_machine_does():
    made = machine()
    experiment = pretrained(Experiment(), made)
    assert experiment.problems() == ()
    layer = experiment.network.layers[1]
    assert (layer.activation.tag(), layer.units) == ("sigmoid", 12)
    block, v = drawn(layer.initializer, 12, 64), Boltzmann().pictures().train[:7]
    by_network = 1 / (1 + np.exp(-(v @ block[:, :-1].T + block[:, -1])))
    np.testing.assert_allclose(by_network, made.hidden_given(v), atol=1e-5)


def test_inputs_of_the_network_lie_where_the_machine_saw_them():
    inputs = Trainer(pretrained(Experiment(), machine())).sides.train.inputs
    assert (float(inputs.min()), float(inputs.max())) == (0, 1)


def test_new_weights_and_a_file_keep_what_was_learnt():
    experiment = pretrained(Experiment(), machine())
    again = loads(dumps(SavedExperiment(experiment))).experiment
    assert again == experiment
    redrawn = experiment.with_(weights_draw=3)
    first, second = (Trainer(each).network.parameters for each in (experiment, redrawn))
    assert np.array_equal(first[: 12 * 65], second[: 12 * 65])
    assert not np.array_equal(first[12 * 65 :], second[12 * 65 :])


def test_other_settings_of_the_training_stay():
    usual = Experiment()
    changed = usual.with_(training=usual.training.with_(batch_size=17))
    assert pretrained(changed, machine()).training.batch_size == 17


def test_with_few_labels_it_begins_better_than_from_chance():
    """Twenty epochs of 5 % of the digits."""
    learning = Learning(Boltzmann(hidden=48))
    while learning.epoch < 25:
        learning.step()
    scores = []
    for begun in (
        learning.machine,
        RestrictedMachine.drawn(64, 48, np.full(64, 0.5), np.random.default_rng(1)),
    ):
        experiment = pretrained(Experiment(), begun)
        data = experiment.data.with_(train_percent=5)
        trainer = Trainer(experiment.with_(data=data))
        for _ in range(20):
            trainer.run_epoch()
        scores.append(trainer.recorder.measures[1].metrics["accuracy"])
    assert scores[0] > scores[1]
