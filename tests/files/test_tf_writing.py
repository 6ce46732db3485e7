"""Links are written so that TensorFlow Playground reads the same experiment from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from link_examples import parsed, refusal

from playground.data.datasets.recipes import Circle, Gauss, Moons, MultiGauss, Plane, Spiral, Xor
from playground.data.features import XY, FormulaFeature, Radius, SinX, SinY, X, XSquared, Y, YSquared
from playground.engine.activations import Linear, Relu, Sigmoid, Softmax, Tanh
from playground.engine.graph import Architecture
from playground.engine.initializers import Uniform, Zeros
from playground.engine.layers import Dense, Dropout
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam, GradientDescent
from playground.engine.regularizers import L1, L2, ElasticNet, NoRegularizer
from playground.experiment import Experiment, Training
from playground.files.tf_playground import is_link, link, parse
from playground.randomness import Pcg64, TFPlaygroundRandomness

SEEDS = st.from_regex(r"0\.[0-9]{5}|[a-z]{1,10}", fullmatch=True)
INPUTS = st.lists(
    st.sampled_from([X(), Y(), XSquared(), YSquared(), XY(), SinX(), SinY()]), min_size=1, unique_by=type
)
REGULARIZERS = st.one_of(
    st.just(NoRegularizer()),
    st.builds(L2, strength=st.floats(0, 10)),
    st.builds(L1, strength=st.floats(0, 10), method=st.just("tf_playground")),
)


@st.composite
def expressible(draw):
    """Any experiment that a link can express."""
    regression = draw(st.booleans())
    dataset = draw(st.sampled_from([Plane, MultiGauss] if regression else [Circle, Xor, Gauss, Spiral]))
    zero = draw(st.booleans())
    initial = {"initializer": Zeros() if zero else Uniform(limit=0.5), "bias": 0.0 if zero else 0.1}
    hidden = initial | {"activation": draw(st.sampled_from([Relu(), Tanh(), Sigmoid(), Linear()]))}
    sizes = draw(st.lists(st.integers(1, 4096), max_size=8))
    return Experiment(
        data={
            "dataset": dataset(samples=1200 if regression else 500, noise=draw(st.floats(0, 80))),
            "inputs": draw(INPUTS),
            "train_percent": draw(st.integers(1, 100) | st.sampled_from([33.3, 12.5, 99.9])),
        },
        network=Architecture(
            layers=(
                *(Dense(id=f"dense{n}", units=units, **hidden) for n, units in enumerate(sizes, 1)),
                Dense(id="output", units=1, activation=Linear() if regression else Tanh(), **initial),
            )
        ),
        training=Training(
            loss=SquaredError(half=True),
            optimizer=GradientDescent(learning_rate=draw(st.floats(0, 100))),
            regularizer=draw(REGULARIZERS),
            batch_size=draw(st.integers(1, 1_000_000)),
            shuffle=False,
            last_batch="carry",
        ),
        randomness=TFPlaygroundRandomness(seed=draw(SEEDS)),
        precision="float64",
    )


@given(expressible())
@settings(max_examples=100, deadline=None)
def test_what_a_link_can_express_comes_back(experiment):
    text = link(experiment)
    assert text.startswith("https://playground.tensorflow.org/#")
    assert is_link(text)
    assert parse(text).with_(notes="") == experiment


PLAYGROUND = parse("#", seed="0.5")
HIDDEN, *OTHERS = PLAYGROUND.network.layers


def with_layers(*layers):
    return PLAYGROUND.with_(network=Architecture(layers=layers))


def with_training(**changes):
    return PLAYGROUND.with_(training=PLAYGROUND.training.with_(**changes))


def with_inputs(*inputs):
    return PLAYGROUND.with_(data=PLAYGROUND.data.with_(inputs=(*PLAYGROUND.data.inputs, *inputs)))


def with_dataset(dataset):
    return PLAYGROUND.with_(data=PLAYGROUND.data.with_(dataset=dataset))


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        (PLAYGROUND.with_(randomness=Pcg64()), "randomness must be TF Playground, got PCG64"),
        (PLAYGROUND.with_(precision="float32"), "precision must be 'float64', got 'float32'"),
        (with_training(optimizer=Adam()), "training.optimizer must be Gradient descent, got Adam"),
        (with_training(shuffle=True), "training.shuffle must be False, got True"),
        (
            with_training(regularizer=L1()),
            "training.regularizer.method must be 'tf_playground', got 'subgradient'",
        ),
        (with_dataset(Circle(samples=300)), "data.dataset.samples must be 500, got 300"),
        (with_dataset(Circle(noise=90)), "data.dataset.noise must be 50.0, got 90.0"),
        (
            with_layers(HIDDEN.with_(id="first"), *OTHERS),
            "network.layers[0].id must be 'dense1', got 'first'",
        ),
        (with_layers(HIDDEN, Dropout(), *OTHERS), "network.layers must be a list of 3, got a list of 4"),
        (with_layers(HIDDEN, Dropout()), "network.layers must be a list of 1, got a list of 2"),
        (with_layers(), "network.layers must be a list of 1, got a list of 0"),
    ],
)
def test_what_a_link_cannot_express_is_named(experiment, expected):
    assert refusal(link, experiment) == f"TensorFlow Playground cannot do this: {expected}."


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        (with_dataset(Moons()), "Moons"),
        (with_inputs(Radius()), "input radius"),
        (with_inputs(FormulaFeature(expression="x1^3")), "input x1^3"),
        (with_training(regularizer=ElasticNet()), "Elastic net"),
        (with_layers(HIDDEN.with_(activation=Softmax()), *OTHERS), "Softmax"),
    ],
)
def test_what_the_original_does_not_have_is_named(experiment, expected):
    assert refusal(link, experiment) == f"TensorFlow Playground has no {expected}."


@pytest.mark.parametrize("seed", ["", " ", "a b", "a&b", "a=b", "é", '"', "<"])
def test_a_seed_that_a_browser_would_change_is_refused(seed):
    experiment = PLAYGROUND.with_(randomness=TFPlaygroundRandomness(seed=seed))
    assert refusal(link, experiment) == f"A link of TensorFlow Playground cannot hold the seed {seed!r}."


def test_the_default_experiment_has_no_link():
    assert refusal(link, Experiment()).startswith("TensorFlow Playground cannot do this: ")


def test_a_shown_percentage_may_be_a_fraction_and_comes_back():
    experiment = parsed("percTrainData=33.3")
    assert experiment.data.train_samples == 166
    assert "percTrainData=33.3&" in link(experiment)
    assert "percTrainData=50&" in link(PLAYGROUND)


def test_notes_do_not_keep_an_experiment_from_having_a_link():
    assert link(PLAYGROUND.with_(notes="Look!")) == link(PLAYGROUND)
