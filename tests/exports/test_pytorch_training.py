"""A training script of PyTorch learns what the engine learns: the same loss in each of its first steps."""

import ast
import importlib.util
import io

import numpy as np
import pytest
from portable_networks import case

from playground.engine.activations import Linear
from playground.engine.clipping import ClipByNorm, ClipByValue
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, Dropout, LayerNorm
from playground.engine.losses import Loss
from playground.engine.losses.cross_entropy import CrossEntropy
from playground.engine.optimizers import Optimizer
from playground.engine.optimizers.adam import Adam, AdamW
from playground.engine.optimizers.adaptive import RmsProp
from playground.engine.optimizers.descent import Momentum
from playground.engine.regularizers import L1, L2, ElasticNet, MaxNorm, WeightDecay
from playground.engine.schedules.cosine import Cosine
from playground.engine.schedules.plateau import ReduceOnPlateau
from playground.exports.network import PortableNetwork
from playground.exports.targets.pytorch import PytorchModule
from playground.exports.targets.pytorch.lesson import why_not
from playground.exports.targets.pytorch.optimizers import can_say
from playground.files.sources import resolve
from playground.training.moment import Moment
from playground.training.trainer import Trainer

STEPS = 10
TARGET = PytorchModule()


def training(**changes):
    experiment = resolve("xor").saved.experiment
    return experiment.with_(training=experiment.training.with_(**changes), precision="float64")


def layers(*hidden):
    experiment = training()
    (*_, output) = experiment.network.layers
    return experiment.with_(network=Architecture(layers=(*hidden, output)))


def example(name, **changes):
    experiment = resolve(name).saved.experiment
    return experiment.with_(precision="float64", training=experiment.training.with_(**changes))


def watching():
    experiment = training(schedule=ReduceOnPlateau())
    return experiment.with_(data=experiment.data.with_(train_percent=50, validation_percent=20))


def with_loss(loss):
    classes = resolve("three_classes" if loss.suits(3) and not loss.suits(2) else "xor").saved.experiment
    experiment = classes if loss.suits(classes.task.classes) else resolve("sine").saved.experiment
    return experiment.with_loss(loss).with_(precision="float64")


CASES = {
    **{
        f"optimizer {each.tag()}": training(optimizer=each())
        for each in Optimizer.members()
        if can_say(each())
    },
    "momentum averaged": training(optimizer=Momentum(form="averaged")),
    "momentum nesterov": training(optimizer=Momentum(form="nesterov")),
    "adam uncorrected": training(optimizer=Adam(bias_correction=False)),
    "adam with its settings": training(optimizer=Adam(beta1=0.8, beta2=0.95, epsilon=1e-3)),
    "adamw": training(optimizer=AdamW(weight_decay=0.5)),
    "rmsprop centred": training(optimizer=RmsProp(centred=True, momentum=0.9)),
    **{f"loss {each.tag()}": with_loss(each()) for each in Loss.members() if each.trainable},
    **{
        f"regularizer {each.tag()}": training(regularizer=each)
        for each in (L2(strength=0.1), L1(strength=0.1), ElasticNet(l1=0.1), WeightDecay(strength=0.5))
    },
    "proximal": training(regularizer=L1(strength=0.1, method="proximal")),
    "max-norm": training(regularizer=MaxNorm(limit=0.5)),
    "clip by norm": training(clipping=ClipByNorm(limit=0.01)),
    "clip by value": training(clipping=ClipByValue(limit=0.001)),
    "cosine": training(schedule=Cosine(unit="steps")),
    "without short batches": training(batch_size=33, last_batch="drop"),
    "in order": training(shuffle=False, batch_size=50),
    "norms": layers(Dense(id="a", units=5), BatchNorm(id="n", momentum=0.7), LayerNorm(id="m")),
    "pictures": example("digits_cnn", batch_size=32),
    "balanced": with_loss(CrossEntropy(class_weights="balanced", label_smoothing=0.1)),
    "gru": example("text_gru", batch_size=8),
    "lstm": example("adding_lstm", batch_size=8),
    "autoencoder": example("autoencoder"),
}


def network_of(experiment):
    return PortableNetwork.of(Moment.of(Trainer(experiment)), "A training")


def ours(experiment):
    """The loss of the batch of each of the first steps."""
    trainer, loss, found = Trainer(experiment), experiment.training.loss, []
    while len(found) < STEPS and trainer.run(1):
        machine = trainer.machine
        rows = len(machine._batches.rows((machine.batch or machine.per_epoch) - 1))
        plan = next(each for each in (machine._plan, machine._short_plan) if len(each.target) == rows)
        each = loss.each(plan.net_outputs, plan.outputs, plan.target.T)
        found.append((each * plan.weights).sum() / plan.weights.sum())
    return found


# --- without PyTorch ----------------------------------------------------------------------------------


SOME = ["adamw", "optimizer lion", "balanced", "norms", "max-norm", "clip by norm", "gru"]


@pytest.mark.parametrize("name", SOME)
def test_a_training_is_a_script_with_its_samples_and_first_weights_beside_it(name):
    network = network_of(CASES[name])
    assert why_not(network) is None
    files = TARGET.written(network, "net").files
    assert list(files) == [
        "net.py", "net.safetensors", "net_initial.safetensors", "net_data.npz", "net_train.py",
    ]  # fmt: skip
    ast.parse(files["net_train.py"])
    data = np.load(io.BytesIO(files["net_data.npz"]))
    trainer = Trainer(CASES[name])
    np.testing.assert_array_equal(data["t_train"], trainer.sides.train.aims)
    assert len(data["x_train"]) == len(data["t_train"])


@pytest.mark.parametrize(
    ("experiment", "words"),
    [
        (layers(Dense(id="a", units=4), Dropout(id="d")), "draws by chance"),
        (watching(), "watches the validation loss"),
        (training(batch_size=33, last_batch="carry"), "carries the gradient"),
        (resolve("augmentation").saved.experiment, "varied by chance"),
        (layers(Dense(id="a", units=4, frozen=True)), "is frozen"),
    ],
)
def test_what_pytorch_would_not_learn_alike_has_no_training_script_and_it_says_why(experiment, words):
    files = TARGET.written(network_of(experiment), "net").files
    assert "net_train.py" not in files
    assert words in files["net.py"].decode()


def test_a_network_of_no_run_has_no_training_script():
    network = case("none", (Dense(id="out", units=2, activation=Linear()),), (4,))
    assert "net_train.py" not in TARGET.written(network.portable, "net").files


def test_an_optimizer_that_pytorch_has_not_is_written_out_by_its_formula():
    files = TARGET.written(network_of(CASES["optimizer lion"]), "net").files
    text = files["net_train.py"].decode()
    assert "class Lion(torch.optim.Optimizer):" in text
    assert "d = torch.sign(beta1 * m_before + (1 - beta1) * g)" in text
    assert (
        "torch.optim.SGD([*weights, *others], lr="
        in TARGET.written(network_of(CASES["momentum nesterov"]), "net").files["net_train.py"].decode()
    )


# --- with PyTorch -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_the_losses_of_the_first_ten_steps_are_ours(tmp_path, name):
    pytest.importorskip("torch", reason="PyTorch is an extra: pip install '.[bench]'")
    for file, content in TARGET.written(network_of(CASES[name]), "net").files.items():
        (tmp_path / file).write_bytes(content)
    spec = importlib.util.spec_from_file_location("training", tmp_path / "net_train.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _, losses = module.train(STEPS, told=lambda _: None)
    np.testing.assert_allclose(losses, ours(CASES[name])[: len(losses)], rtol=1e-9)
    assert len(losses) > 1
