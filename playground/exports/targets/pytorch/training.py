"""The training script: the same samples, loss, optimizer, rates and batches, from the same first weights."""

from __future__ import annotations

from playground.engine.clipping import ClipByNorm, ClipByValue, Clipping
from playground.engine.layers.recurrent import Gru
from playground.engine.losses import Loss
from playground.engine.losses.cross_entropy import BinaryCrossEntropy, CrossEntropy
from playground.engine.losses.errors import AbsoluteError, Huber, SquaredError
from playground.engine.losses.margins import Hinge, Perceptron
from playground.engine.regularizers import L1, L2, ElasticNet, MaxNorm, Regularizer, WeightDecay
from playground.exports import python_text
from playground.exports.network import PortableNetwork
from playground.exports.targets.pytorch.lesson import TorchLesson
from playground.exports.targets.pytorch.optimizers import construction, written_out
from playground.exports.targets.pytorch.writing import WrittenModule

FRAME = '''"""{title}: the training of Neural Playground {version} again, step for step, in PyTorch.

It needs the module that was written with it, and its _data.npz and _initial.safetensors, beside it.
"""

import importlib.util
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional

NAME = Path(__file__).stem.removesuffix("_train")
DATA = np.load(Path(__file__).with_name(NAME + "_data.npz"))
EPOCHS, BATCH = {epochs}, {batch}
PRECISION = torch.{precision}


def module():
    """What the module has: the class Network, above all."""
    spec = importlib.util.spec_from_file_location("network", Path(__file__).with_name(NAME + ".py"))
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def initial():
    """The network with its first weights."""
    network = module().Network().to(PRECISION)
    network.load_state_dict(load_file(Path(__file__).with_name(NAME + "_initial.safetensors")))
    return network


def losses(network, x, t):
    """The loss of each sample: {loss_title}, {loss_formula}."""
{loss}


def batches():
    """The samples of each step of an epoch, epoch by epoch in the order of the original."""
    n = len(DATA["x_train"])
{shuffle}
    while True:
{order}
        yield [order[start : start + BATCH] for start in range(0, {end}, BATCH)]

{optimizer_class}
def train(steps=None, told=print):
    """Train, for so many steps or to the end; returns the network and the loss of each batch."""
    network = initial().train()
{frozen}    learnt = dict(network.named_parameters())
    weights = [learnt[name] for name in {penalized}]
    others = [each for name, each in learnt.items() if name not in {penalized} and each.requires_grad]
    optimizer = {optimizer}
    x_all, t_all = (torch.as_tensor(DATA[key], dtype=PRECISION) for key in ("x_train", "t_train"))
{weights_all}    rates, found, epochs = DATA["rates"], [], batches()
    for epoch in range(EPOCHS):
        for rows in next(epochs):
            if steps is not None and len(found) == steps:
                return network.eval(), found
            rate = float(rates[min(len(found), len(rates) - 1)])
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad()
            each = losses(network, x_all[rows], t_all[rows])
            loss = {mean}
            loss.backward()
{before}            optimizer.step()
{after}            found.append(loss.item())
        if epoch % max(1, EPOCHS // 20) == 0:
            told(f"epoch {{epoch + 1}}: loss {{found[-1]}}")
    return network.eval(), found


if __name__ == "__main__":
    trained, _ = train()
    save_file(trained.state_dict(), Path(__file__).with_name(NAME + "_trained.safetensors"))
'''


def training_script(network: PortableNetwork, lesson: TorchLesson, module: WrittenModule) -> str:
    """The text of the script."""
    experiment = lesson.initial.experiment
    training = experiment.training
    made = written_out(training.optimizer)
    return FRAME.format(
        title=python_text.title(network),
        version=network.version, epochs=training.epochs, batch=lesson.batch,
        precision=network.precision, loss_title=training.loss.title, loss_formula=training.loss.formula,
        loss=_indented(_loss(training.loss, module.has_logits, lesson.arrays["t_train"].shape[1]), 1),
        shuffle=_indented(_generator(lesson), 1), order=_indented(_order(lesson), 2),
        end="n - n % BATCH" if lesson.drops else "n",
        optimizer_class=f"\n{made}\n\n" if made else "",
        optimizer=construction(training.optimizer),
        penalized=repr(module.penalized),
        frozen=_indented(_second_biases(module, lesson), 1),
        weights_all=_indented(SAMPLES_COUNT if lesson.weighted else "", 1),
        mean="(each * w_all[rows]).sum() / w_all[rows].sum()" if lesson.weighted else "each.mean()",
        before=_indented(_before(training.regularizer) + _clipped(training.clipping), 3),
        after=_indented(_after(training.regularizer), 3),
    )  # fmt: skip


SAMPLES_COUNT = 'w_all = torch.as_tensor(DATA["weights_train"], dtype=PRECISION)\n'


def _second_biases(module: WrittenModule, lesson: TorchLesson) -> str:
    """PyTorch has two biases: the second stays 0, but for that of a GRU that is reset with the state."""
    layers = {each.id: each for each in lesson.initial.experiment.network.layers}
    lines = []
    for name in module.frozen:
        layer = layers.get(name.split(".")[0])
        if isinstance(layer, Gru):
            free = 2 * layer.units
            held = f"register_hook(lambda g: torch.cat([torch.zeros_like(g[:{free}]), g[{free}:]]))"
        else:
            held = "requires_grad_(False)"
        lines.append(f"network.get_parameter({name!r}).{held}  # one bias, not two\n")
    return "".join(lines)


def _indented(text: str, levels: int) -> str:
    return "".join(f"{'    ' * levels}{line}\n" if line else "\n" for line in text.splitlines()).rstrip(
        "\n"
    ) + ("\n" if text.endswith("\n") else "")


def _loss(loss: Loss, has_logits: bool, outputs: int) -> str:
    z = "network.logits(x)" if has_logits else "network(x)"
    flat = ".flatten(1)"
    match loss:
        case BinaryCrossEntropy():
            named = "functional.binary_cross_entropy_with_logits"
            return f'return {named}({z}, t, reduction="none").sum(dim=1)'
        case CrossEntropy():
            return f"return -(t * torch.log_softmax({z}, dim=1)).sum(dim=1)"
        case SquaredError(half=half):
            return f"return {'0.5 * ' if half else ''}((network(x){flat} - t) ** 2).mean(dim=1)"
        case AbsoluteError():
            return f"return (network(x){flat} - t).abs().mean(dim=1)"
        case Huber(delta=delta):
            how = f'reduction="none", delta={delta!r}'
            return f"return functional.huber_loss(network(x){flat}, t, {how}).mean(dim=1)"
        case Hinge() if outputs == 1:
            return "return torch.relu(1 - t * network(x)).sum(dim=1)"
        case Hinge():
            right = "(t * a).sum(dim=1, keepdim=True)"
            return f"a = network(x)\nreturn (torch.relu(1 + a - {right}) * (1 - t)).sum(dim=1)"
        case Perceptron():
            return f"return torch.relu(-t * {z}).sum(dim=1)"
    raise TypeError(loss)


def _generator(lesson: TorchLesson) -> str:
    if lesson.order is None:
        return "order = np.arange(n)"
    kind = lesson.order["bit_generator"]
    return f"chance = np.random.Generator(np.random.{kind}())\nchance.bit_generator.state = {lesson.order!r}"


def _order(lesson: TorchLesson) -> str:
    if lesson.order is None:
        return ""
    return "order = np.arange(n)\nchance.shuffle(order)"


def _before(regularizer: Regularizer) -> str:
    """What is added to the gradient, and only to that of weights."""
    match regularizer:
        case L2(strength=strength):
            added = f"{strength!r} * w.detach()"
        case L1(strength=strength, method="subgradient"):
            added = f"{strength!r} * w.detach().sign()"
        case ElasticNet(l1=l1, l2=l2):
            added = f"{l1!r} * w.detach().sign() + {l2!r} * w.detach()"
        case _:
            return ""
    return f"for w in weights:  # {regularizer.title}\n    w.grad += {added}\n"


def _clipped(clipping: Clipping) -> str:
    match clipping:
        case ClipByValue(limit=limit):
            return f"torch.nn.utils.clip_grad_value_(learnt.values(), {limit!r})\n"
        case ClipByNorm(limit=limit):
            return (
                "gradients = [each.grad for each in learnt.values() if each.grad is not None]\n"
                "length = torch.sqrt(sum((each**2).sum() for each in gradients))\n"
                f"for each in gradients:\n    each *= {limit!r} / max(length, {limit!r})\n"
            )
    return ""


def _after(regularizer: Regularizer) -> str:
    """What becomes of the weights once they are moved."""
    match regularizer:
        case WeightDecay(strength=strength):
            done = f"w *= 1 - rate * {strength!r}"
        case L1(strength=strength, method="proximal") if strength >= 0:
            done = f"w.copy_(functional.softshrink(w, rate * {strength!r}))"
        case L1(strength=strength, method="proximal"):
            done = f"w -= rate * {strength!r} * w.sign()"
        case MaxNorm(limit=limit):
            rows = f"w.flatten(1).norm(dim=1).clamp(min={limit!r}).view(-1, *[1] * (w.dim() - 1))"
            done = f"w *= {limit!r} / {rows}"
        case _:
            return ""
    return f"with torch.no_grad():  # {regularizer.title}\n    for w in weights:\n        {done}\n"
