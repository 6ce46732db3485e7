"""The examples learn what they say, each with its own seed and within its own epochs."""

from functools import cache
from runpy import run_path

import numpy as np
import pytest

from playground.analysis.inspections.gradient_check import GradientCheck
from playground.analysis.inspections.gradient_check.checking import check
from playground.analysis.inspections.gradient_check.judging import Correctness
from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.trace import traced
from playground.engine.activations import PRelu, Relu
from playground.engine.initializers import HeNormal
from playground.engine.layers import Add, Dense
from playground.engine.layers.recurrent import SimpleRnn
from playground.engine.layers.steps import PositionalEncoding
from playground.files.examples import FOLDER, LearnsFrom, examples
from playground.files.experiment_file import dumps, loads
from playground.files.names import LOOKS
from playground.training.moment import Moment
from playground.training.trainer import Trainer

GOALS = {
    "one_neuron": ("accuracy", 0.97),
    "xor": ("accuracy", 0.97),
    "three_classes": ("accuracy", 0.95),
    "spiral": ("accuracy", 0.95),
    "skip": ("accuracy", 0.95),
    "sine": ("r2", 0.95),
    "early_stopping": ("accuracy", 0.75),
    "unfolding": ("accuracy", 0.97),
    "saddle": ("accuracy", 0.9),
    "kinks": ("accuracy", 0.9),
    "autoencoder": ("r2", 0.93),
    "vae": ("r2", 0.48),
    "denoising": ("r2", 0.6),
    "sparse": ("r2", 0.75),
    "painted": ("accuracy", 0.95),
    "iris": ("accuracy", 0.92),
    "digits": ("accuracy", 0.95),
    "digits_cnn": ("accuracy", 0.975),
    "series": ("r2", 0.99),
    "adding_lstm": ("r2", 0.97),
    "text_gru": ("accuracy", 0.3),
    "attention": ("r2", 0.97),
    "memory": ("r2", 0.9),
    "augmentation": ("accuracy", 0.88),
    "karate": ("accuracy", 0.93),
    "karate_gcn": ("accuracy", 0.95),
}

REACHED = {"text_gru": 5}
"""After how many epochs an example is at its goal that then goes on to learn by heart."""

LEARN_NOTHING = {"vanishing", "by_hand"}
"""Examples that show what goes wrong."""

every_example = pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)


def test_every_file_is_listed():
    assert {example.path for example in examples()} == {
        *FOLDER.glob("*.json"),
        *FOLDER.glob("*.nnplay"),
    }


def test_every_example_has_a_goal_or_none_on_purpose():
    assert {example.name for example in examples()} == GOALS.keys() | LEARN_NOTHING


@pytest.mark.parametrize("name", GOALS)
def test_it_reaches_its_goal_on_the_test_samples(name):
    metric, goal = GOALS[name]
    assert at_its_end(name).recorder.measures[1].metrics[metric] > goal


@pytest.mark.parametrize("name", GOALS)
def test_it_does_not_begin_at_its_goal(name):
    metric, goal = GOALS[name]
    assert Trainer(example_named(name)).recorder.measures[1].metrics[metric] < goal - 0.1


@every_example
def test_it_is_the_same_after_saving_and_opening(example):
    saved = example.load()
    assert loads(dumps(saved)).experiment == saved.experiment


@every_example
def test_its_notes_are_one_to_three_sentences(example):
    notes = example.load().experiment.notes
    assert 1 <= notes.count(". ") + 1 <= 3
    assert notes.startswith(example.sentence)


def test_xor_needs_its_hidden_layer():
    experiment = example_named("xor")
    alone = with_layers(experiment, experiment.network.layers[-1:])
    assert accuracy(trained(alone)) < 0.7


def test_skip_needs_its_skip_connections():
    experiment = example_named("skip")
    skips = [layer for layer in experiment.network.layers if isinstance(layer, Add)]
    assert len(skips) == 2
    chain = [layer for layer in experiment.network.layers if isinstance(layer, Dense)]
    assert accuracy(trained(with_layers(experiment, chain))) < 0.6


def test_adding_needs_the_cell_of_its_lstm():
    experiment = example_named("adding_lstm")
    lstm, output = experiment.network.layers
    simple = Trainer(with_layers(experiment, (SimpleRnn(id=lstm.id, units=lstm.units), output)))
    while simple.epoch < experiment.training.epochs:
        simple.run_epoch()
    assert simple.recorder.measures[1].loss > 0.12  # the variance of the sum is 1/6
    assert at_its_end("adding_lstm").recorder.measures[1].loss < 0.01


def test_attention_looks_at_the_step_that_it_repeats():
    trainer = at_its_end("attention")
    plan = trainer.network.plan(1)
    plan.run(trainer.data.test.inputs[:1])
    weights = plan.seen["self_attention1"]["weights"][..., 0]
    assert np.diagonal(weights, -3).min() > 0.9


def test_attention_needs_to_know_where_a_step_is():
    experiment = example_named("attention")
    blind = [layer for layer in experiment.network.layers if not isinstance(layer, PositionalEncoding)]
    assert trained(with_layers(experiment, blind)).recorder.measures[1].metrics["r2"] < 0.5


def test_early_stopping_ends_before_the_planned_epochs_and_beats_going_on():
    experiment = example_named("early_stopping")
    stopped = trained(experiment)
    assert stopped.stopped_early
    on = trained(experiment.with_(training=experiment.training.with_(stopping={"kind": "none"})))
    assert stopped.recorder.measures[1].loss < on.recorder.measures[1].loss / 2


def test_unfolding_makes_a_line_enough_where_the_inputs_need_a_curve():
    trainer = at_its_end("unfolding")
    train, test = trainer.sides.train, trainer.sides.test
    folded = trainer.network.activations(np.vstack([train.inputs[:, :-1], test.inputs[:, :-1]]))["hidden2"].T
    assert by_a_line(train.inputs, train.split.labels, test.inputs, test.split.labels) < 0.7
    folded = np.column_stack([folded, np.ones(len(folded))])
    count = len(train.inputs)
    assert by_a_line(folded[:count], train.split.labels, folded[count:], test.split.labels) > 0.95


def by_a_line(places, labels, others, wanted):
    """How many of the others a straight line puts on their side that was fitted to the places."""
    line, *_ = np.linalg.lstsq(places, 2.0 * labels - 1, rcond=None)
    return ((others @ line > 0) == wanted).mean()


def test_vanishing_passes_next_to_no_gradient_back_and_learns_with_rectifiers():
    experiment = example_named("vanishing")
    trainer = trained(experiment.with_(training=experiment.training.with_(epochs=20)))
    assert accuracy(trainer) < 0.6
    norms = trainer.recorder.gradient_norms()
    assert norms["hidden1"] < norms["output"] / 1000
    *hidden, output = experiment.network.layers
    rectified = [layer.with_(activation=Relu(), initializer=HeNormal()) for layer in hidden]
    assert accuracy(trained(with_layers(experiment, (*rectified, output)))) > 0.95


def test_saddle_stays_flat_before_it_falls():
    losses = at_its_end("saddle").recorder.history.columns()["train_loss"]
    assert np.ptp(losses[:16]) < 0.02
    assert losses[16] - losses[70] > 0.3


def wrong(trainer):
    """Which training samples are taken for another class."""
    train = trainer.sides.train
    return np.flatnonzero((trainer.network.predict(train.inputs[:, :-1])[:, 0] > 0.5) != train.split.labels)


def test_by_hand_never_learns_the_point_that_no_neuron_sees_but_does_with_another_slope():
    experiment = example_named("by_hand")
    trainer = Trainer(experiment)
    for epochs in (0, 50, 200):
        while trainer.epoch < epochs:
            trainer.run_epoch()
        assert wrong(trainer).tolist() == [4]
        found = traced(StepSource.of(trainer), Tracing(sample=LOOKS["by_hand"][1][1]))
        for name in ("a1", "slope1", "delta1", "dW1", "db1", "dW2"):
            assert not found.values[name].any()
        assert found.values["delta2"] < -0.7
    hidden, output = experiment.network.layers
    other = with_layers(experiment, (hidden.with_(activation=PRelu()), output))
    assert not len(wrong(trained(other.with_(training=other.training.with_(epochs=50)))))


def test_by_hand_begins_with_numbers_that_are_worked_out_by_hand():
    found = traced(StepSource.of(Trainer(example_named("by_hand"))), Tracing(sample=4))
    assert found.values["x"].ravel().tolist() == found.values["z1"].ravel().tolist() == [-2, -2]
    assert found.values["z2"] == -1
    assert found.values["db2"] == pytest.approx(1 / (1 + np.e) - 1)


def test_numbers_of_kinks_stand_at_a_kink_in_its_relu_layer_and_in_no_other():
    moment = Moment.of(Trainer(example_named("kinks")))
    relu, tanh, output = check(moment, GradientCheck()).layers
    assert (relu.verdict, tanh.verdict, output.verdict) == (
        Correctness.KINK,
        Correctness.RIGHT,
        Correctness.RIGHT,
    )
    assert relu.kinks >= 4
    assert min(relu.entries[0].central) > 0.1  # whatever the step
    down, low, up = (tanh.entries[0].central[place] for place in (0, 4, 11))
    assert min(down, up) > 1e3 * low


def test_what_is_placed_is_what_its_script_places():
    made = run_path(str(FOLDER / "make_by_hand.py"))
    for name in ("by_hand", "kinks"):
        held = example_named(name)
        assert held.network == made[name]().network
        np.testing.assert_array_equal(held.data.dataset.places, made[name]().data.dataset.places)


def test_what_is_painted_is_what_its_script_paints():
    held, made = example_named("painted").data.dataset, run_path(str(FOLDER / "make_painted.py"))["painted"]()
    np.testing.assert_allclose(held.places, made.places, atol=1e-9)
    np.testing.assert_array_equal(held.targets, made.targets)


def test_augmentation_reads_more_digits_than_the_samples_as_they_are_teach():
    experiment = example_named("augmentation")
    varied = trained(experiment)
    alone = trained(experiment.with_(data=experiment.data.with_(augmentations=())))
    assert alone.recorder.measures[0].metrics["accuracy"] == 1
    assert accuracy(varied) > accuracy(alone) + 0.02


def test_denoising_takes_noise_away():
    trainer = at_its_end("denoising")
    clean = trainer.sides.test.inputs[:, :-1]
    noisy = clean + np.random.default_rng(0).normal(0, 0.3, clean.shape).astype(np.float32)
    left = np.square(trainer.network.predict(noisy) - clean).mean()
    assert left < 0.45 * np.square(noisy - clean).mean()


def test_in_a_sparse_code_few_neurons_speak_at_a_time():
    trainer = at_its_end("sparse")
    code = trainer.network.activations(trainer.sides.test.inputs[:, :-1])["code"]
    assert (code > 0.2).mean() < 0.2


def test_the_codes_of_vae_have_no_gaps_and_those_of_a_class_lie_together():
    trainer = at_its_end("vae")
    codes = trainer.network.activations(trainer.sides.train.inputs[:, :-1])["code"].T
    np.testing.assert_allclose(codes.std(axis=0), 1, atol=0.3)
    near = np.square(codes[:, np.newaxis] - codes[np.newaxis]).sum(axis=2).argsort(axis=1)[:, 1]
    labels = trainer.data.train.labels
    assert (labels[near] == labels).mean() > 0.6


def example_named(name):
    return next(example for example in examples() if example.name == name).load().experiment


def with_layers(experiment, layers):
    return experiment.with_(network=experiment.network.with_(layers=tuple(layers)))


@cache
def at_its_end(name):
    """The trainer of an example, for whoever only looks at it; earlier where its goal is reached early."""
    experiment = example_named(name)
    epochs = REACHED.get(name, experiment.training.epochs)
    return trained(experiment.with_(training=experiment.training.with_(epochs=epochs)))


def trained(experiment):
    trainer = Trainer(experiment)
    while trainer.epoch < experiment.training.epochs and not trainer.halted:
        trainer.run_epoch()
    return trainer


def accuracy(trainer):
    return trainer.recorder.measures[1].metrics["accuracy"]


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.name)
def test_a_card_says_what_stands_in_the_experiment_though_it_makes_none(example):
    dataset = example.experiment.data.dataset
    assert example.experiment.notes.startswith(example.sentence.removesuffix("."))
    assert (example.section is LearnsFrom.PICTURES) == dataset.shape.is_picture
    assert (example.section is LearnsFrom.SEQUENCES) == dataset.shape.is_sequence
    assert (example.section is LearnsFrom.GRAPHS) == (dataset.are_nodes or dataset.shape.is_graph)
