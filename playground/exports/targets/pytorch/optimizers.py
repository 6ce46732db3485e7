"""Our optimizers as those of PyTorch with their settings, or written out as a small class by our formulas."""

from __future__ import annotations

import re

from playground.engine.calculation import Equation
from playground.engine.optimizers import Optimizer
from playground.engine.optimizers.adam import Adam, AdamFamily, AdamW, AmsGrad, Nadam, RAdam
from playground.engine.optimizers.adaptive import Adagrad, RmsProp
from playground.engine.optimizers.descent import GradientDescent, Momentum
from playground.exports.targets.pytorch.parts import TorchExpression


def can_say(optimizer: Optimizer) -> bool:
    """Whether an optimizer moves each number by its own gradient alone, as a script can write it."""
    lines = optimizer.lines(1)
    return optimizer.one_by_one and not optimizer.full_batch and all(line.source for line in lines)


def construction(optimizer: Optimizer) -> str:
    """How it is made in a script, from `weights` and `others`, the parameters that are no weights."""
    rate, every = f"lr={optimizer.learning_rate!r}", "[*weights, *others]"
    match optimizer:
        case GradientDescent(learning_rate=positive) if positive >= 0:
            return f"torch.optim.SGD({every}, {rate})"
        case Momentum(form="standard", beta=beta):
            return f"torch.optim.SGD({every}, {rate}, momentum={beta!r})"
        case Momentum(form="nesterov", beta=beta) if beta > 0:
            return f"torch.optim.SGD({every}, {rate}, momentum={beta!r}, nesterov=True)"
        case Adam(bias_correction=True):
            return f"torch.optim.Adam({every}, {rate}, {_adam(optimizer)})"
        case AmsGrad():
            return f"torch.optim.Adam({every}, {rate}, {_adam(optimizer)}, amsgrad=True)"
        case AdamW(weight_decay=decay):
            charged = f'{{"params": weights, "weight_decay": {decay!r}}}'
            groups = f'[{charged}, {{"params": others, "weight_decay": 0.0}}]'
            return f"torch.optim.AdamW({groups}, {rate}, {_adam(optimizer)})"
        case Nadam(momentum_decay=decay):
            return f"torch.optim.NAdam({every}, {rate}, {_adam(optimizer)}, momentum_decay={decay!r})"
        case RAdam():
            return f"torch.optim.RAdam({every}, {rate}, {_adam(optimizer)})"
        case Adagrad(epsilon=epsilon):
            return f"torch.optim.Adagrad({every}, {rate}, eps={epsilon!r})"
        case RmsProp():
            how = f"alpha={optimizer.decay!r}, eps={optimizer.epsilon!r}, momentum={optimizer.momentum!r}"
            return f"torch.optim.RMSprop({every}, {rate}, {how}, centered={optimizer.centred})"
    return f"{class_name(optimizer)}({every}, {rate})"


def _adam(optimizer: AdamFamily) -> str:
    return f"betas=({optimizer.beta1!r}, {optimizer.beta2!r}), eps={optimizer.epsilon!r}"


def class_name(optimizer: Optimizer) -> str:
    """What the class of an optimizer is called in a script."""
    return type(optimizer).__name__


def written_out(optimizer: Optimizer) -> str:
    """A class for an optimizer that PyTorch has not in this form; "" where it has it."""
    if construction(optimizer).startswith("torch.optim."):
        return ""
    lines, numbers = optimizer.lines(1), optimizer.numbers(optimizer.learning_rate, 1)
    kept = _kept(lines)
    text = [
        f"class {class_name(optimizer)}(torch.optim.Optimizer):",
        f'    """{optimizer.help.replace(chr(34), chr(39))}',
        "",
        f"    {optimizer.formula}",
        '    """',
        "",
        "    def __init__(self, parameters, lr):",
        '        super().__init__(parameters, {"lr": lr})',
        "",
        "    @torch.no_grad()",
        "    def step(self):",
        *(f"        {name} = {value!r}" for name, value in numbers.items() if name not in ("eta", "steps")),
        "        for group in self.param_groups:",
        '            eta = group["lr"]',
        '            for w in group["params"]:',
        "                g, state = w.grad, self.state[w]",
    ]
    if "steps" in numbers:
        text.append('                steps = state["steps"] = state.get("steps", 0) + 1')
    text += [f'                {name}_before = state.get("{name}", torch.zeros_like(w))' for name in kept]
    text += [f"                {line.name} = {_Named().text(line.source)}" for line in lines]
    text += [f'                state["{name}"] = {name}' for name in kept]
    return "\n".join([*text, "                w.copy_(w_after)"])


def _kept(lines: tuple[Equation, ...]) -> list[str]:
    """What is remembered from one step to the next."""
    found = (name for line in lines for name in re.findall(r"\b(\w+)_before\b", line.source))
    return list(dict.fromkeys(found))


class _Named(TorchExpression):
    """An expression whose names are those of the script."""

    def __init__(self) -> None:
        super().__init__({})

    def name(self, name: str) -> str:
        return name
