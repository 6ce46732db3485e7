"""Links are read as TensorFlow Playground reads them."""

import re

import pytest
from link_examples import parsed, refusal

from playground.data.datasets.recipes import Circle, Gauss, MultiGauss, Plane, Spiral, Xor
from playground.data.features import XY, SinX, SinY, X, XSquared, Y
from playground.engine.activations import Linear, Relu, Tanh
from playground.engine.graph import Architecture
from playground.engine.initializers import Uniform, Zeros
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import GradientDescent
from playground.engine.regularizers import L1, L2, NoRegularizer
from playground.experiment import Experiment, Training
from playground.files.tf_playground import parse
from playground.randomness import TFPlaygroundRandomness


def test_the_defaults_are_those_of_the_original():
    initial = {"initializer": Uniform(limit=0.5), "bias": 0.1}
    assert parse("https://playground.tensorflow.org/", seed="0.59704") == Experiment(
        data={"dataset": Circle(samples=500), "inputs": (X(), Y()), "train_percent": 50},
        network=Architecture(
            layers=(
                Dense(id="dense1", units=4, activation=Tanh(), **initial),
                Dense(id="dense2", units=2, activation=Tanh(), **initial),
                Dense(id="output", units=1, activation=Tanh(), **initial),
            )
        ),
        training=Training(
            loss=SquaredError(half=True),
            optimizer=GradientDescent(learning_rate=0.03),
            regularizer=NoRegularizer(),
            batch_size=10,
            shuffle=False,
            last_batch="carry",
        ),
        randomness=TFPlaygroundRandomness(seed="0.59704"),
        precision="float64",
    )


def test_every_key_is_read():
    experiment = parse(
        "http://playground.tensorflow.org/#activation=relu&regularization=L1&batchSize=30&dataset=circle"
        "&regDataset=reg-gauss&learningRate=0.1&regularizationRate=0.003&noise=25&networkShape=8,7,6"
        "&seed=0.12345&showTestData=true&discretize=false&percTrainData=70&x=false&y=true&xTimesY=true"
        "&xSquared=true&cosX=true&sinX=true&cosY=false&sinY=true&collectStats=false&problem=regression"
        "&initZero=true&hideText=true&play_hide=true&tutorial=no"
    )
    zero = {"initializer": Zeros(), "bias": 0.0}
    assert experiment.data.dataset == MultiGauss(samples=1200, noise=25)
    assert experiment.data.inputs == (Y(), XSquared(), XY(), SinX(), SinY())
    assert experiment.data.train_percent == 70
    assert experiment.network.layers == (
        Dense(id="dense1", units=8, activation=Relu(), **zero),
        Dense(id="dense2", units=7, activation=Relu(), **zero),
        Dense(id="dense3", units=6, activation=Relu(), **zero),
        Dense(id="output", units=1, activation=Linear(), **zero),
    )
    assert experiment.training.regularizer == L1(strength=0.003, method="tf_playground")
    assert experiment.training.optimizer == GradientDescent(learning_rate=0.1)
    assert experiment.training.batch_size == 30
    assert experiment.randomness == TFPlaygroundRandomness(seed="0.12345")


@pytest.mark.parametrize(
    ("state", "dataset"),
    [
        ("dataset=xor", Xor()),
        ("dataset=gauss", Gauss()),
        ("dataset=spiral", Spiral()),
        ("dataset=moons", Circle()),
        ("dataset=", Circle()),
        ("regDataset=reg-gauss", Circle()),
        ("problem=regression", Plane()),
        ("problem=regression&dataset=xor&regDataset=reg-plane", Plane()),
        ("problem=Regression", Circle()),
        ("dataset=xor&dataset=spiral", Spiral()),
        ("dataset=x%6Fr", Xor()),
        ("dataset=xor=spiral", Xor()),
    ],
)
def test_datasets(state, dataset):
    assert parsed(state).data.dataset == dataset


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("-5", 0),
        ("80", 80),
        ("80.5", 50),
        ("Infinity", 50),
        ("-Infinity", 0),
        ("7.5", 7.5),
        ("", 0),
        (" ", 0),
    ],
)
def test_noise_is_kept_within_its_slider(text, noise):
    assert parsed(f"noise={text}").data.dataset.noise == noise


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("20", 20),
        (" 20 ", 20),
        ("2e1", 20),
        ("+20", 20),
        ("20.", 20),
        ("0x14", 20),
        ("0b10100", 20),
        ("0o24", 20),
    ],
)
def test_numbers_are_those_of_javascript(text, size):
    assert parsed(f"batchSize={text}").training.batch_size == size


@pytest.mark.parametrize(
    ("text", "units"),
    [("", []), (" ", []), ("5", [5]), ("1,2,3", [1, 2, 3]), (" 4 , 0x3", [4, 3])],
)
def test_the_network_shape(text, units):
    layers = parsed(f"networkShape={text}").network.layers
    assert [layer.units for layer in layers] == [*units, 1]
    assert [layer.id for layer in layers] == [f"dense{n + 1}" for n in range(len(units))] + ["output"]


@pytest.mark.parametrize(
    ("text", "given"),
    [("true", True), ("false", False), ("", True), ("0", True), ("False", True), ("no", True)],
)
def test_whatever_is_not_false_is_true(text, given):
    assert (X() in parsed(f"x={text}").data.inputs) == given


@pytest.mark.parametrize(
    ("state", "regularizer"),
    [
        ("regularization=L2&regularizationRate=0.1", L2(strength=0.1)),
        ("regularization=L1", L1(strength=0, method="tf_playground")),
        ("regularization=l1&regularizationRate=0.1", NoRegularizer()),
        ("regularization=none&regularizationRate=-1", NoRegularizer()),
    ],
)
def test_regularization(state, regularizer):
    assert parsed(state).training.regularizer == regularizer


@pytest.mark.parametrize("text", ["0.59704", "hello.", " a b ", "%20", "é", "000"])
def test_the_seed_is_kept_exactly(text):
    assert parsed(f"seed={text}&noise=0").randomness == TFPlaygroundRandomness(seed=text)


def test_a_link_without_seed_gets_one():
    assert re.fullmatch(r"0\.\d{5}", parse("#").randomness.seed)
    assert parse("#") != parse("#")
    assert parse("#seed=", seed="7").randomness.seed == "7"


NO_SAMPLES = (
    "percTrainData: {} % leaves none of the {} samples to train on, so TensorFlow Playground learns nothing "
    "and has no training loss; give at least {} %."
)
EMPTY_LAYER = (
    "networkShape: a layer of {} neurons lets nothing of the inputs through, so that the output of "
    "TensorFlow Playground is the same everywhere; give every layer at least 1."
)
NO_INPUTS = (
    "x, y, …: without inputs the output is the same everywhere in TensorFlow Playground; "
    "switch on at least one."
)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("learningRate=fast", "learningRate: must be a number, got 'fast'"),
        ("learningRate=1e999", "learningRate: must be a finite number, got inf"),
        ("noise=1_0", "noise: must be a number, got '1_0'"),
        ("noise=nan", "noise: must be a number, got 'nan'"),
        ("noise=-0x1", "noise: must be a number, got '-0x1'"),
        ("noise=٣", "noise: must be a number, got '٣'"),
        ("learningRate=1e7", "learningRate: must be at most 1000000, got 10000000"),
        ("percTrainData=0", NO_SAMPLES.format(0, 500, 0.2)),
        ("percTrainData=-200", NO_SAMPLES.format(-200, 500, 0.2)),
        ("percTrainData=0.19", NO_SAMPLES.format(0.19, 500, 0.2)),
        ("percTrainData=0.08&problem=regression", NO_SAMPLES.format(0.08, "1,200", 0.1)),
        ("networkShape=0", EMPTY_LAYER.format(0)),
        ("networkShape=-0.5", EMPTY_LAYER.format(0)),
        ("networkShape=4,-3", EMPTY_LAYER.format(-3)),
        ("networkShape=Infinity", "networkShape: must be a finite number, got inf"),
        ("networkShape=4,,2", EMPTY_LAYER.format(0)),
        ("networkShape=4,x", "networkShape: must be a number, got 'x'"),
        ("networkShape=5000", "networkShape: must be at most 4096, got 5000"),
        ("networkShape=1" + ",1" * 300, "networkShape: must have at most 200 entries, got 302"),
        ("regularizationRate=x", "regularizationRate: must be a number, got 'x'"),
        (
            "regularization=L2&regularizationRate=1e7",
            "regularizationRate: must be at most 1000000, got 10000000",
        ),
        ("x=false&y=false", NO_INPUTS),
        ("x=false&y_hide=true", NO_INPUTS),
        ("seed=" + "1" * 65, "seed: must have at most 64 characters"),
    ],
)
def test_what_cannot_be_names_its_key(state, expected):
    assert refusal(parsed, state) == expected


def test_every_wrong_key_is_named():
    assert refusal(parsed, "learningRate=1e9&networkShape=5000,2,9999").splitlines() == [
        "networkShape: must be at most 4096, got 5000",
        "networkShape: must be at most 4096, got 9999",
        "learningRate: must be at most 1000000, got 1000000000",
    ]


@pytest.mark.parametrize(("share", "samples"), [("0.2", 1), ("0.1&problem=regression", 1)])
def test_the_least_share_that_is_named_is_taken(share, samples):
    assert parsed(f"percTrainData={share}").data.train_samples == samples


# --- what the original takes otherwise than people think --------------------------------------------


@pytest.mark.parametrize(
    ("state", "remark"),
    [
        ("dataset=moons", "dataset: TensorFlow Playground has no 'moons', and takes circle."),
        (
            "problem=Regression",
            "problem: TensorFlow Playground has no 'Regression', and takes classification.",
        ),
        ("activation=ReLU", "activation: TensorFlow Playground has no 'ReLU', and takes tanh."),
        ("regularization=l1", "regularization: TensorFlow Playground has no 'l1', and takes none."),
        ("regDataset=plane", "regDataset: TensorFlow Playground has no 'plane', and takes reg-plane."),
        ("sinX=no", "sinX: TensorFlow Playground takes 'no' for true."),
        ("noise=90", "noise: TensorFlow Playground takes 50 for 90."),
        ("noise=-5", "noise: TensorFlow Playground takes 0 for -5."),
        ("networkShape=4.5,2", "networkShape: TensorFlow Playground rounds sizes up, to 5, 2."),
        ("batchSize=2.5", "batchSize: with 2.5 TensorFlow Playground takes 5 samples a step."),
        ("batchSize=-10", "batchSize: with -10 TensorFlow Playground takes 10 samples a step."),
        (
            "batchSize=400",
            "batchSize: with 400 TensorFlow Playground never updates the weights, as no batch of the "
            "250 training samples is ever full.",
        ),
        (
            "batchSize=30",
            "The last 10 of the 250 training samples make no step of their own: as in TensorFlow Playground, "
            "their gradient is added to the first step of the next epoch.",
        ),
        (
            "percTrainData=-5",
            "percTrainData: TensorFlow Playground trains on 475 samples at -5 %.",
        ),
        (
            "learningRate=-0.03",
            "learningRate: at -0.03 every step goes uphill and the loss grows, as in TensorFlow Playground.",
        ),
        (
            "regularization=L2&regularizationRate=-1",
            "regularizationRate: at -1 weights are driven away from 0, as in TensorFlow Playground.",
        ),
        ("x_hide=true", "TensorFlow Playground leaves out inputs that are hidden: x."),
        (
            "regularization=L1",
            "L1 cuts a weight for good when it crosses zero, as in TensorFlow Playground.",
        ),
    ],
)
def test_what_may_surprise_is_in_the_notes(state, remark):
    assert remark in parsed(state).notes.splitlines()


@pytest.mark.parametrize("state", ["", "dataset=xor&batchSize=25&percTrainData=70", "x=false&sinX=true"])
def test_nothing_is_noted_of_a_plain_link(state):
    assert parsed(state).notes == ""


@pytest.mark.parametrize("size", [251, 400, 1_000_000])
def test_a_batch_larger_than_the_data_is_kept_and_told_as_such(size):
    experiment = parsed(f"batchSize={size}")
    assert experiment.training.batch_size == size
    assert str(experiment.training.remark(250)).startswith(
        f"Nothing is learnt: the batch of {size:,} is larger"
    )
    assert experiment.training.remark(size) is None
