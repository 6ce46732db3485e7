"""The compiled machine does what NumPy's does, for every part that has a compiled form."""

import numpy as np
import pytest
from machines import COMPILED, assert_alike, few_or_many, on_both, vectors
from machines import loops as loops
from training_examples import experiment, regression, train, two_layers

from playground.data.datasets.recipes import Rings
from playground.engine.activations import Activation, Linear, Relu, Softmax, Tanh
from playground.engine.clipping import ClipByNorm, ClipByValue, Clipping
from playground.engine.graph import Architecture
from playground.engine.layers import (
    ActivationLayer,
    Add,
    BatchNorm,
    Concatenate,
    Dense,
    Dropout,
    Flatten,
    GaussianNoise,
    Layer,
    LayerNorm,
    Reshape,
    TiedDense,
)
from playground.engine.layers.convolution import Conv2D
from playground.engine.loops import acts, is_lowered, loop_of
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Loss
from playground.engine.optimizers import Adam, GradientDescent, Momentum, Optimizer, Rprop
from playground.engine.regularizers import L1, L2, MaxNorm, Regularizer
from playground.engine.schedules import Cosine, Schedule
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.training.choosing import Choice
from playground.training.compiled import chance
from playground.training.compiled.knowledge import knows_activation
from playground.training.trainer import Trainer

pytestmark = [pytest.mark.filterwarnings("ignore::RuntimeWarning"), pytest.mark.timeout(600)]  # to compile

NOT_COMPILED = {"ZeroOne", "Lbfgs"}
"""What falls back for good: 0-1 loss cannot be trained with, L-BFGS does many steps in one."""

EXACT = 1e-12
"""How far one step in double precision may lead apart, beside the largest number of its sort."""

AFTER_MANY = 1e-9
"""How far a hundred may."""

SINGLE = 1e-5
"""How far one in single precision may."""


def members(family):
    return [pytest.param(member, id=member.__name__) for member in family.members()]


def is_known(member):
    if issubclass(member, Activation):
        return knows_activation(member())
    methods = {Loss: ("gradient",), Optimizer: ("update",), Clipping: ("clip",)}
    methods |= {Regularizer: ("before_update", "after_update")}
    found = next(names for family, names in methods.items() if issubclass(member, family))
    return all(loop_of(member, name) or not acts(member, name) for name in found)


def many_classes(loss, activation, **training):
    """Three classes, in batches of which the last is short."""
    layers = Dense(id="hidden", units=3), Dense(id="output", units=3, activation=activation)
    return experiment(*layers, dataset=Rings(classes=3, samples=44), loss=loss, **training)


def trained_alike(start, steps=None):
    """Train on both machines, over short batches and the ends of epochs, and look again and again."""
    slow, quick = on_both(start)
    for count in steps or (1, few_or_many(99)):
        train(slow, count)
        train(quick, count)
        assert_alike(slow, quick, EXACT if slow.step == 1 else AFTER_MANY)
    single = on_both(start.with_(precision="float32"))
    for trainer in single:
        train(trainer, 1)
    assert_alike(*single, SINGLE)
    return slow, quick


# --- every member of every family -------------------------------------------------------------------


@pytest.mark.parametrize("family", [Activation, Loss, Optimizer, Regularizer, Clipping])
def test_all_but_a_few_have_a_compiled_form(family):
    unknown = {member.__name__ for member in family.members() if not is_known(member)}
    assert unknown == {member.__name__ for member in family.members()} & NOT_COMPILED


def test_these_layers_have_a_compiled_form():
    """A new one is put here, or falls back."""
    known = {"Dense", "TiedDense", "Maxout", "ActivationLayer", "Add", "Concatenate", "Flatten", "Reshape"}
    known |= {"Dropout", "GaussianNoise", "BatchNorm", "LayerNorm", "Scale"}
    assert {layer.__name__ for layer in Layer.members() if is_lowered(layer)} == known


@pytest.mark.parametrize("kind", members(Activation))
def test_activations_are_alike(kind, loops):
    if kind.__name__ in NOT_COMPILED or not kind.has_slope:
        pytest.skip("it falls back, or is no hidden one")
    start = regression(activation=kind(), optimizer=GradientDescent(learning_rate=0.01))
    trained_alike(start)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_an_activation_is_right_far_from_zero(precision, loops):
    """tanh of single precision is a quotient of polynomials."""
    weights = np.linspace(-30, 30, 61)
    start = regression(activation=Tanh(), hidden=len(weights)).with_(precision=precision)
    slow, quick = on_both(start)
    for trainer in (slow, quick):
        trainer.network.block("hidden", "weights")[:, -1] = weights
    train(slow, 1)
    train(quick, 1)
    assert_alike(slow, quick, 1e-5 if precision == "float32" else EXACT)


@pytest.mark.parametrize("kind", members(Loss))
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_losses_are_alike(kind, classes, loops):
    loss = kind()
    if not loss.suits(classes) or not kind.trainable:
        pytest.skip("it is not made for that")
    activation = loss.output_activation(classes, Linear() if classes == 0 else Tanh())
    if classes == 0:
        start = regression(loss=loss)
    elif classes == 2:
        last = Dense(id="output", units=loss.outputs(2), activation=activation)
        start = experiment(Dense(id="hidden", units=3), last, loss=loss)
    else:
        start = many_classes(loss, activation)
    trained_alike(start)


@pytest.mark.parametrize("loss", [BinaryCrossEntropy, CrossEntropy])
def test_classes_are_weighed_alike(loss, loops):
    weighed = loss(class_weights="balanced", label_smoothing=0.1)
    trained_alike(many_classes(weighed, Softmax()) if loss is CrossEntropy else experiment(loss=weighed))


def test_a_hidden_softmax_is_alike(loops):
    trained_alike(regression(activation=Softmax()))


@pytest.mark.parametrize("kind", members(Optimizer))
def test_optimizers_are_alike(kind, loops):
    if kind.__name__ in NOT_COMPILED:
        pytest.skip("it falls back")
    steps = (1, 10) if kind is Rprop else None  # near its goal a sign hangs on rounding
    for changes in ({}, *SPECIAL.get(kind.__name__, ())):
        trained_alike(experiment(optimizer=kind(**changes)), steps)


SPECIAL = {
    "Momentum": ({"form": "averaged"}, {"form": "nesterov"}),
    "Adam": ({"bias_correction": False},),
    "AdamW": ({"weight_decay": 0.1},),
    "Lion": ({"weight_decay": 0.1},),
    "RmsProp": ({"momentum": 0.9}, {"centred": True}, {"momentum": 0.5, "centred": True}),
    "PRelu": ({"shared": False},),
    "Swish": ({"learn": True},),
}
"""What else a member may be told, beside its usual values."""


@pytest.mark.parametrize(
    "regularizer",
    [
        *(kind() for kind in Regularizer.members()),
        L2(strength=-0.1),
        *(L1(strength=0.2, method=method) for method in ("subgradient", "proximal", "tf_playground")),
        L1(strength=-0.2, method="proximal"),
        MaxNorm(limit=0.3),
    ],
    ids=str,
)
def test_regularizers_are_alike(regularizer, loops):
    trained_alike(experiment(regularizer=regularizer, optimizer=Momentum()))


@pytest.mark.parametrize("clipping", [ClipByValue(limit=0.01), ClipByNorm(limit=0.01)], ids=str)
def test_clipped_gradients_are_alike(clipping, loops):
    trained_alike(experiment(clipping=clipping))


@pytest.mark.parametrize("schedule", members(Schedule))
def test_schedules_are_alike(schedule, loops):
    slow, quick = trained_alike(experiment(schedule=schedule(), shuffle=True), (1, 9))
    assert quick.machine.rate == slow.machine.rate


@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
@pytest.mark.parametrize("batch_size", [1, 5, 11, 22, 50])
def test_batches_are_alike(last_batch, batch_size, loops):
    settings = {"last_batch": last_batch, "batch_size": batch_size, "shuffle": True}
    trained_alike(experiment(**settings), (1, 6, 5))


def test_a_frozen_layer_stays_as_it_is(loops):
    hidden, output = two_layers()
    start = experiment(hidden.with_(frozen=True), output, optimizer=Momentum(), regularizer=L2())
    slow, quick = on_both(start)
    before = quick.network.block("hidden", "weights").copy()
    train(slow, 7)
    train(quick, 7)
    assert_alike(slow, quick, 1e-11)
    assert np.array_equal(quick.network.block("hidden", "weights"), before)


def test_a_layer_frozen_while_training_stays_as_it_is(loops):
    """A momentum of before must not move it."""
    start = experiment(optimizer=Momentum())
    hidden, output = start.network.layers
    slow, quick = trained_alike(start, (3,))
    for trainer in (slow, quick):
        trainer.apply(start.with_(network=Architecture(layers=(hidden.with_(frozen=True), output))))
    before = quick.network.block("hidden", "weights").copy()
    train(slow, 4)
    train(quick, 4)
    assert_alike(slow, quick, 1e-11)
    assert np.array_equal(quick.network.block("hidden", "weights"), before)
    assert quick.machine.name == "compiled"


def test_two_readers_of_a_layer_share_its_gradient(loops):
    """A deep network, and one of a single neuron."""
    trained_alike(
        experiment(*(Dense(id=f"d{n}", units=3, activation=Relu()) for n in range(5)), two_layers()[1])
    )
    trained_alike(experiment(two_layers()[1]))


def around(layer):
    """A network with a layer behind four neurons."""
    hidden, output = two_layers(4)
    layer = layer.with_(id="layer", **({"of": "hidden"} if layer.shares else {}))
    return experiment(hidden.with_(activation=Tanh()), layer, Flatten(id="flat"), output, batch_size=7)


@pytest.mark.parametrize("kind", [kind for kind in Layer.members() if is_lowered(kind)])
def test_layers_are_alike(kind, loops):
    """Batches of seven, of which the last has one sample; what is measured is as at test time."""
    for layer in {"Reshape": [Reshape(shape=(2, 2))]}.get(kind.__name__, kind.examples()):
        slow, quick = trained_alike(around(layer))
        assert same_chance(slow, quick)
        measured = [[side.loss for side in trainer.recorder.evaluate()] for trainer in (slow, quick)]
        assert measured[1] == pytest.approx(measured[0], rel=AFTER_MANY)


def same_chance(slow, quick):
    """Whether all streams of random numbers stand at the same place."""
    found = [trainer.machine.state().numbers["streams"] for trainer in (slow, quick)]
    return found[0] == found[1]


def test_a_norm_of_each_step_is_left_to_numpy(loops):
    hidden, output = two_layers(6)
    layers = hidden, Reshape(id="grid", shape=(3, 2)), LayerNorm(id="norm"), Flatten(id="flat"), output
    trainer = Trainer(experiment(*layers), choice=COMPILED)
    assert trainer.machine.name == "numpy"
    assert "Layer norm has no compiled form" in str(trainer.machine.reason)
    assert (
        Trainer(experiment(hidden, LayerNorm(id="norm"), output), choice=COMPILED).machine.name == "compiled"
    )


@pytest.mark.parametrize("norm", [BatchNorm(id="norm"), LayerNorm(id="norm", over="sample")], ids=str)
def test_norms_of_channels_are_alike(norm, loops):
    hidden, output = two_layers(6)
    for shape in ((1, 3, 2), (3, 2)):
        grid = Reshape(id="grid", shape=shape)
        trained_alike(experiment(hidden, grid, norm, Flatten(id="flat"), output), (1, 9))


def with_chance(**training):
    """A network with all that draws random numbers, and with averages of its own."""
    hidden, output = two_layers(4)
    layers = (
        GaussianNoise(id="noise", sigma=0.1),
        Dropout(id="first", probability=0.4),
        hidden,
        BatchNorm(id="norm"),
        Dropout(id="second"),
        GaussianNoise(id="more"),
        output,
    )
    return experiment(*layers, shuffle=True, **training)


@pytest.mark.parametrize("most", [1 << 18, 100, 1])
@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
def test_random_numbers_are_drawn_alike_however_many_at_once(last_batch, most, loops, monkeypatch):
    monkeypatch.setattr(chance, "MOST_DRAWN", most)
    slow, quick = trained_alike(with_chance(last_batch=last_batch), (1, 6, 5))
    assert same_chance(slow, quick)


def test_weights_of_an_encoder_are_learnt_by_its_decoders_alike(loops):
    """Two of them, one behind the other, and one that is frozen as well."""
    hidden, output = two_layers(3)
    tied = TiedDense(id="back", of="hidden"), Dense(id="again", units=3), TiedDense(id="twice", of="hidden")
    for frozen in (False, True):
        trained_alike(experiment(hidden.with_(frozen=frozen), *tied, output, regularizer=L2()), (1, 9))


def test_layers_that_join_others_are_alike(loops):
    """A skip connection past two layers, the inputs beside it, and an activation of their own."""
    hidden, output = Dense(id="hidden", units=3), two_layers()[1]
    layers = (
        hidden,
        Dense(id="more", units=3, activation=Linear()),
        ActivationLayer(id="bend", activation=Tanh()),
        Add(id="sum", inputs=("bend", "hidden")),
        Concatenate(id="all", inputs=("sum", "input", "hidden")),
        Flatten(id="flat"),
        output,
    )
    trained_alike(experiment(*layers))
    trained_alike(experiment(ActivationLayer(id="bend", activation=Tanh()), output))


# --- the same run -----------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", range(1, 11))
def test_a_run_resumes_exactly_on_the_machine_that_began_it(steps, loops):
    start = with_chance(optimizer=Adam(), schedule=Cosine(unit="steps"), last_batch="carry")
    unbroken, first = (Trainer(start, choice=COMPILED) for _ in range(2))
    train(first, steps)
    opened = loads(dumps(SavedExperiment(start, first.checkpoint())))
    second = Trainer(opened.experiment, opened.checkpoint, choice=Choice("automatic"))
    assert second.machine.name == "compiled"
    train(second, steps)
    train(unbroken, 2 * steps)
    for name, values in vectors(unbroken).items():
        assert np.array_equal(values, vectors(second)[name]), name
    assert unbroken.checkpoint().numbers == second.checkpoint().numbers


@pytest.mark.parametrize("parts", [(12,), (1,) * 12, (5, 7), (3, 1, 8)], ids=str)
def test_pauses_change_nothing(parts, loops):
    start = with_chance(optimizer=Adam())
    whole, broken = (Trainer(start, choice=COMPILED) for _ in range(2))
    train(whole, 12)
    for count in parts:
        train(broken, count)
    assert np.array_equal(whole.network.parameters, broken.network.parameters)
    assert same_chance(whole, broken)


def test_a_run_that_numpy_began_stays_with_numpy(loops):
    first = Trainer(experiment())
    train(first, 3)
    assert Trainer(experiment(), first.checkpoint(), choice=Choice("automatic")).machine.name == "numpy"


# --- where it goes wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize("activation", [Linear(), Relu()], ids=str)
@pytest.mark.parametrize("rate", [1e2, 1e4, 1e6])
def test_a_divergence_is_found_at_the_same_step_and_layer(activation, rate, loops):
    start = regression(activation=activation, optimizer=GradientDescent(learning_rate=rate), batch_size=7)
    slow, quick = on_both(start.with_(precision="float32"))
    train(slow, 2000)
    train(quick, 2000)
    assert slow.divergence is not None
    assert quick.divergence == slow.divergence
    assert np.isfinite(quick.network.parameters).all()


@pytest.mark.parametrize("last_batch", ["keep", "carry"])
def test_a_divergence_leaves_the_last_finite_weights_the_order_and_the_chance(last_batch, loops):
    settings = {"optimizer": GradientDescent(learning_rate=1e4), "batch_size": 7, "shuffle": True}
    start = regression(activation=Linear(), last_batch=last_batch, **settings).with_(precision="float32")
    layers = GaussianNoise(id="noise"), *start.network.layers
    start = start.with_(network=Architecture(layers=layers))
    at_once, singly = (Trainer(start, choice=COMPILED) for _ in range(2))
    train(at_once, 2000)
    while singly.divergence is None:
        singly.run(1)
    assert at_once.divergence == singly.divergence
    assert np.array_equal(at_once.network.parameters, singly.network.parameters)
    assert at_once.machine.state().numbers == singly.machine.state().numbers


# --- what it does not know --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layers", "named"),
    [
        (
            (
                Reshape(id="grid", shape=(2, 1, 1)),
                Conv2D(id="conv", padding="same"),
                Flatten(id="flat"),
                two_layers()[1],
            ),
            "Conv 2D",
        ),
    ],
)
def test_a_network_with_a_part_that_it_does_not_know_is_trained_by_numpy(layers, named, loops):
    trainer = Trainer(experiment(*layers), choice=COMPILED)
    assert trainer.machine.name == "numpy"
    assert str(trainer.machine.reason) == f"{named} has no compiled form, so that NumPy trains this."
    train(trainer, 3)
    assert trainer.step == 3


def test_numpy_trains_where_nothing_else_is_asked_for():
    trainer = Trainer(experiment())
    assert trainer.machine.name == "numpy"
    assert trainer.machine.reason is None


def test_a_class_that_changes_the_numpy_form_alone_has_no_compiled_form():
    class Plain:
        def forward(self): ...

        def derivative(self): ...

        @staticmethod
        def forward_loop(): ...

        @staticmethod
        def derivative_loop(): ...

        def bind(self): ...

        def lower(self): ...

    class Other(Plain):
        def forward(self): ...

        def bind(self): ...

    assert loop_of(Plain, "forward") is Plain.forward_loop
    assert loop_of(Other, "forward") is None
    assert loop_of(Other, "derivative") is Plain.derivative_loop
    assert is_lowered(Plain)
    assert not is_lowered(Other)
