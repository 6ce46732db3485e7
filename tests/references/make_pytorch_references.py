"""Compute, with PyTorch in float64, the numbers that the NumPy engine is tested against.

Run by hand, with torch installed: python tests/references/make_pytorch_references.py
Everything is laid out with features as rows and samples as columns, shape (k, n).
"""

import json
import math
import platform
from pathlib import Path

import torch
from torch.nn import functional as F

TARGET = Path(__file__).with_name("pytorch.json")
LAYOUT = "Features are rows, samples are columns: shape (k, n). Class indices have shape (n,)."
torch.set_default_dtype(torch.float64)  # else NAdam keeps a factor in float32
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


def seeded(seed):
    return torch.Generator().manual_seed(seed)


def normal(generator, *shape):
    """Normal numbers rounded to four decimals, so that they read well in the file."""
    return torch.randn(*shape, generator=generator).round(decimals=4)


def leaf(value):
    return torch.as_tensor(value, dtype=torch.float64).detach().clone().requires_grad_()


def plain(value):
    """Turn the tensors inside `value` into nested lists."""
    if isinstance(value, torch.Tensor):
        return value.detach().tolist()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


# ---------------------------------------------------------------------------------------------- activations

# No kink lies on the grid: they are at 0, -1, 1, -2 and 2.
GRID = [-30.0, -21.3, -12.5, -6.7, -4.1, -2.9, -2.1, -1.9, -1.5, -1.1, -0.9, -0.7, -0.45, -0.2, -0.03, -1e-4]
GRID += [2e-4, 0.04, 0.25, 0.4, 0.8, 0.95, 1.05, 1.4, 1.8, 2.2, 3.1, 4.6, 7.3, 13.5, 22.7, 30.0]


def softplus(z):
    return F.softplus(z, threshold=100)  # the default threshold of 20 is 2e-9 off just above it


ACTIVATIONS = [
    ("linear", {}, lambda z: z * 1),
    ("step", {}, lambda z: (z >= 0).to(z) + 0 * z),
    ("sigmoid", {}, torch.sigmoid),
    ("tanh", {}, torch.tanh),
    ("hard_sigmoid", {}, lambda z: torch.clamp(z / 4 + 0.5, 0, 1)),
    ("hard_tanh", {}, F.hardtanh),
    ("relu", {}, F.relu),
    ("leaky_relu", {"gamma": 0.01}, F.leaky_relu),
    ("leaky_relu", {"gamma": 0.2}, F.leaky_relu),
    ("prelu", {"gamma": 0.25}, lambda z, gamma: z.clamp(min=0) + gamma * z.clamp(max=0)),
    ("elu", {"gamma": 1.0}, F.elu),
    ("elu", {"gamma": 0.5}, F.elu),
    ("selu", {}, F.selu),
    ("softplus", {}, softplus),
    ("swish", {"beta": 1.0}, lambda z, beta: z * torch.sigmoid(beta * z)),
    ("swish", {"beta": 1.5}, lambda z, beta: z * torch.sigmoid(beta * z)),
    ("gelu", {"mu": 0.0, "sigma": 1.0}, lambda z, mu, sigma: z * torch.special.ndtr((z - mu) / sigma)),
    ("gelu", {"mu": 0.5, "sigma": 1.5}, lambda z, mu, sigma: z * torch.special.ndtr((z - mu) / sigma)),
    ("mish", {}, lambda z: z * torch.tanh(softplus(z))),
    ("softsign", {}, F.softsign),
    ("sine", {}, torch.sin),
]
LEARNED = {"prelu": "gamma", "swish": "beta"}


def activation(kind, parameters, function):
    z = leaf(GRID)
    arguments = dict(parameters)
    if kind in LEARNED:  # one copy per element, so that the gradient of the sum is each element's own slope
        arguments[LEARNED[kind]] = leaf([parameters[LEARNED[kind]]] * len(GRID))
    value = function(z, *arguments.values())
    value.sum().backward()
    entry = {"kind": kind, "parameters": parameters, "z": z, "value": value, "slope": z.grad}
    if kind in LEARNED:
        entry["parameter_slopes"] = {LEARNED[kind]: arguments[LEARNED[kind]].grad}
    return entry


def softmax():
    generator = seeded(1)
    z = normal(generator, 4, 6) * 2
    z[:, 4] += 700.0  # overflows without the shift by the maximum
    z[:, 5] = torch.tensor([30.0, -30.0, 0.0, 1.0])
    z, upstream = leaf(z), normal(generator, 4, 6)
    value = F.softmax(z, dim=0)
    value.backward(upstream)
    jacobian = torch.autograd.functional.jacobian(lambda z: F.softmax(z, dim=0), z)
    diagonal = torch.einsum("jnjn->jn", jacobian)
    names = {"kind": "softmax", "parameters": {}, "z": z, "value": value, "slope": diagonal}
    return names | {"upstream": upstream, "input_gradient": z.grad}


# --------------------------------------------------------------------------------------------------- losses

# The mean over samples, and over outputs where there are several numbers to match.
LOSSES = {
    "squared_error": lambda a, t, half=False: F.mse_loss(a, t) * (0.5 if half else 1),
    "absolute_error": F.l1_loss,
    "huber": lambda a, t, delta: F.huber_loss(a, t, delta=delta),
    "binary_cross_entropy": F.binary_cross_entropy_with_logits,
    "cross_entropy": lambda z, t, label_smoothing=0.0: F.cross_entropy(
        z.T, t, label_smoothing=label_smoothing
    ),
    "hinge": lambda z, t: torch.clamp(1 - t * z, min=0).mean(),
    "hinge_classes": lambda z, t: len(z) * F.multi_margin_loss(z.T, t),
    "perceptron": lambda z, t: torch.clamp(-t * z, min=0).mean(),
}


def losses():
    generator = seeded(2)
    numbers = normal(generator, 3, 7), normal(generator, 3, 7)
    logits, logit = 2 * normal(generator, 3, 7), 2 * normal(generator, 1, 7)
    classes = torch.tensor([0, 1, 2, 2, 1, 0, 2])
    bits = torch.tensor([[1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0]])
    far_logits = torch.tensor([[800.0, -700.0, 30.0], [0.0, 5.0, -30.0], [-800.0, 700.0, 1.0]])
    far_logit = torch.tensor([[800.0, -800.0, 800.0, -800.0, 30.0, -30.0]])
    far_bits = torch.tensor([[1.0, 0.0, 0.0, 1.0, 0.0, 1.0]])
    cases = [
        ("squared_error", {}, "numbers", *numbers),
        ("squared_error", {"half": True}, "numbers", *numbers),
        ("absolute_error", {}, "numbers", *numbers),
        ("huber", {"delta": 1.0}, "numbers", *numbers),
        ("huber", {"delta": 0.5}, "numbers", *numbers),
        ("binary_cross_entropy", {}, "0/1", logit, bits),
        ("binary_cross_entropy", {}, "0/1", far_logit, far_bits),
        ("cross_entropy", {}, "class index", logits, classes),
        ("cross_entropy", {"label_smoothing": 0.1}, "class index", logits, classes),
        ("cross_entropy", {}, "class index", far_logits, classes[:3]),
        ("hinge", {}, "-1/+1", logit, 2 * bits - 1),
        ("hinge_classes", {}, "class index", logits, classes),
        ("perceptron", {}, "-1/+1", logit, 2 * bits - 1),
    ]
    for kind, parameters, coding, start, targets in cases:
        outputs = leaf(start)
        loss = LOSSES[kind](outputs, targets, **parameters)
        loss.backward()
        names = {"kind": kind.removesuffix("_classes"), "parameters": parameters, "target_coding": coding}
        yield names | {"outputs": outputs, "targets": targets, "loss": loss, "gradient": outputs.grad}


# ----------------------------------------------------------------------------------------------- optimizers

STEPS = [1, 2, 3, 10, 50, 100]


def problems():
    matrix = [
        [20.0, 4.0, 0.0, 1.0, 0.0],
        [4.0, 10.0, 2.0, 0.0, 0.5],
        [0.0, 2.0, 4.0, 0.5, 0.0],
        [1.0, 0.0, 0.5, 1.0, 0.2],
        [0.0, 0.5, 0.0, 0.2, 0.3],
    ]
    generator = seeded(3)
    points = normal(generator, 3, 20)
    labels = ((torch.tensor([1.5, -2.0, 0.5]) @ points + 1.5 * normal(generator, 20)) > 0) * 1.0
    a, m = torch.tensor(matrix), torch.tensor([1.0, -0.5, 0.25, 2.0, -1.0])
    return [
        {
            "kind": "bowl",
            "formula": "1/2 (x - minimum)^T matrix (x - minimum)",
            "definition": {"matrix": a, "minimum": m},
            "start": [-1.0, 1.5, 2.0, -0.7, 0.9],
            "function": lambda x: 0.5 * (x - m) @ a @ (x - m),
        },
        {
            "kind": "rosenbrock",
            "formula": "(1 - x[0])^2 + 100 (x[1] - x[0]^2)^2",
            "definition": {},
            "start": [-1.2, 1.0],
            "function": lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
        },
        {
            "kind": "logistic",
            "formula": "mean over samples of log(1 + e^z) - label z, where z = x^T points",
            "definition": {"points": points, "labels": labels},
            "start": [0.1, -0.2, 0.3],
            "function": lambda x: F.binary_cross_entropy_with_logits(x @ points, labels),
        },
    ]


class ByHand:
    """An optimizer that PyTorch lacks: `rule` changes x given the gradient and what it remembers."""

    def __init__(self, rule, x, **parameters):
        self.rule, self.x, self.parameters, self.memory = rule, x, parameters, {}

    def step(self, closure):
        closure()
        with torch.no_grad():
            self.rule(self.x, self.x.grad, self.memory, **self.parameters)


def averaged_momentum(x, g, memory, learning_rate, beta, form):
    memory["v"] = beta * memory.get("v", 0) + (1 - beta) * g
    x -= learning_rate * memory["v"]


def uncorrected_adam(x, g, memory, learning_rate, beta1, beta2, epsilon, bias_correction):
    memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
    memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g**2
    x -= learning_rate * memory["m"] / (memory["v"].sqrt() + epsilon)


def lion(x, g, memory, learning_rate, beta1, beta2, weight_decay):
    """Chen et al. 2023, Symbolic discovery of optimization algorithms, program 1."""
    m = memory.get("m", torch.zeros_like(g))
    x -= learning_rate * (torch.sign(beta1 * m + (1 - beta1) * g) + weight_decay * x)
    memory["m"] = beta2 * m + (1 - beta2) * g


# What a parameter is called in torch.optim, where that is not our name; `form` and `bias_correction` have no
# counterpart, for each maker makes one form only.
TORCH_NAMES = {
    "learning_rate": "lr",
    "epsilon": "eps",
    "beta": "momentum",
    "centred": "centered",
    "history": "history_size",
    "form": None,
    "bias_correction": None,
}
TORCH_PAIRS = {
    "betas": ("beta1", "beta2"),
    "etas": ("shrink", "grow"),
    "step_sizes": ("smallest_step", "largest_step"),
}


def from_torch(optimizer, decay_name="", **fixed):
    """A function that makes this torch optimizer from our parameter names."""
    torch_names = TORCH_NAMES | {"decay": decay_name}

    def make(x, **parameters):
        arguments = dict(fixed)
        for name, pair in TORCH_PAIRS.items():
            if pair[0] in parameters:
                arguments[name] = tuple(parameters.pop(part) for part in pair)
        for name, value in parameters.items():
            if torch_names.get(name, name):
                arguments[torch_names.get(name, name)] = value
        return optimizer([x], **arguments)

    return make


def by_hand(rule):
    """A function that makes an optimizer of this rule; it has the signature of `from_torch`'s."""
    return lambda x, **parameters: ByHand(rule, x, **parameters)


ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
RMSPROP = {"decay": 0.9, "epsilon": 1e-8}
RPROP = {"shrink": 0.5, "grow": 1.2, "smallest_step": 1e-6, "largest_step": 50.0}
ADAM_RULE = "m <- b1 m + (1-b1) g; v <- b2 v + (1-b2) g^2; "

# kind, parameters, learning rates for bowl / rosenbrock / logistic, maker, rule
OPTIMIZERS = [
    ("gradient_descent", {}, (0.05, 5e-4, 0.5), from_torch(torch.optim.SGD), "x <- x - lr g"),
    (
        "momentum",
        {"beta": 0.9, "form": "standard"},
        (0.02, 2e-4, 0.1),
        from_torch(torch.optim.SGD),
        "v <- beta v + g; x <- x - lr v",
    ),
    (
        "momentum",
        {"beta": 0.9, "form": "averaged"},
        (0.2, 2e-3, 1.0),
        by_hand(averaged_momentum),
        "v <- beta v + (1-beta) g; x <- x - lr v",
    ),
    (
        "momentum",
        {"beta": 0.9, "form": "nesterov"},
        (0.02, 2e-4, 0.1),
        from_torch(torch.optim.SGD, nesterov=True),
        "v <- beta v + g; x <- x - lr (g + beta v)",
    ),
    (
        "adagrad",
        {"epsilon": 1e-10},
        (0.5, 0.1, 0.5),
        from_torch(torch.optim.Adagrad),
        "s <- s + g^2, from 0; x <- x - lr g / (sqrt(s) + eps)",
    ),
    (
        "rmsprop",
        RMSPROP,
        (0.02, 2e-3, 5e-3),
        from_torch(torch.optim.RMSprop, "alpha"),
        "s <- decay s + (1-decay) g^2; x <- x - lr g / (sqrt(s) + eps)",
    ),
    (
        "rmsprop",
        RMSPROP | {"momentum": 0.9},
        (5e-3, 1e-3, 5e-3),
        from_torch(torch.optim.RMSprop, "alpha"),
        "as plain, but v <- momentum v + g / (sqrt(s) + eps); x <- x - lr v",
    ),
    (
        "rmsprop",
        RMSPROP | {"centred": True},
        (0.01, 1e-3, 0.01),
        from_torch(torch.optim.RMSprop, "alpha"),
        "u <- decay u + (1-decay) g; x <- x - lr g / (sqrt(s - u^2) + eps)",
    ),
    (
        "rmsprop",
        RMSPROP | {"momentum": 0.9, "centred": True},
        (2e-3, 5e-4, 2e-3),
        from_torch(torch.optim.RMSprop, "alpha"),
        "centred, with v <- momentum v + g / (sqrt(s - u^2) + eps); x <- x - lr v",
    ),
    (
        "adadelta",
        {"decay": 0.9, "epsilon": 1e-6},
        (1.0, 1.0, 1.0),
        from_torch(torch.optim.Adadelta, "rho"),
        "s <- decay s + (1-decay) g^2; d = g sqrt(u + eps) / sqrt(s + eps); "
        "u <- decay u + (1-decay) d^2; x <- x - lr d",
    ),
    (
        "adam",
        ADAM | {"bias_correction": True},
        (0.1, 0.02, 0.1),
        from_torch(torch.optim.Adam),
        ADAM_RULE + "x <- x - lr (m/(1-b1^t)) / (sqrt(v/(1-b2^t)) + eps)",
    ),
    (
        "adam",
        ADAM | {"bias_correction": False},
        (0.02, 5e-3, 0.02),
        by_hand(uncorrected_adam),
        ADAM_RULE + "x <- x - lr m / (sqrt(v) + eps)",
    ),
    (
        "adamw",
        ADAM | {"weight_decay": 0.05},
        (0.1, 0.02, 0.1),
        from_torch(torch.optim.AdamW),
        "x <- x (1 - lr weight_decay), then adam's step",
    ),
    (
        "amsgrad",
        ADAM,
        (0.1, 0.02, 0.1),
        from_torch(torch.optim.Adam, amsgrad=True),
        ADAM_RULE + "w <- max(w, v), uncorrected; x <- x - lr (m/(1-b1^t)) / (sqrt(w/(1-b2^t)) + eps)",
    ),
    (
        "nadam",
        ADAM | {"momentum_decay": 0.004},
        (0.1, 0.02, 0.1),
        from_torch(torch.optim.NAdam),
        ADAM_RULE + "mu_t = b1 (1 - 1/2 0.96^(t momentum_decay)); p_t = product of mu_1 .. mu_t; "
        "x <- x - lr (g (1-mu_t)/(1-p_t) + m mu_{t+1}/(1-p_t mu_{t+1})) / (sqrt(v/(1-b2^t)) + eps)",
    ),
    (
        "radam",
        ADAM,
        (0.05, 5e-4, 0.1),
        from_torch(torch.optim.RAdam),
        ADAM_RULE + "R = 2/(1-b2) - 1; r = R - 2 t b2^t/(1-b2^t); "
        "q = sqrt((r-4)(r-2)R / ((R-4)(R-2)r)) sqrt(1-b2^t) / (sqrt(v) + eps) where r > 5, else 1; "
        "x <- x - lr q m/(1-b1^t)",
    ),
    (
        "lion",
        {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0},
        (0.013, 3e-3, 0.013),
        by_hand(lion),
        "x <- x - lr (sign(b1 m + (1-b1) g) + weight_decay x); m <- b2 m + (1-b2) g",
    ),
    (
        "lion",
        {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.1},
        (0.013, 3e-3, 0.013),
        by_hand(lion),
        "x <- x - lr (sign(b1 m + (1-b1) g) + weight_decay x); m <- b2 m + (1-b2) g",
    ),
    (
        "rprop",
        RPROP,
        (0.01, 2e-3, 0.01),
        from_torch(torch.optim.Rprop),
        "a step d for each parameter, from lr: where g times the previous g is positive d <- grow d, where "
        "negative d <- shrink d and g <- 0 (also for the next comparison), within the step bounds; "
        "x <- x - d sign(g)",
    ),
    (
        "lbfgs",
        {"history": 10},
        (0.03, 0.02, 0.08),
        from_torch(torch.optim.LBFGS, max_iter=1, tolerance_grad=0, tolerance_change=0),
        "no line search, no tolerances; first step d = -g, length lr min(1, 1/sum|g|); later the pair "
        "s = change of x, y = change of g is kept if s.y > 1e-10 (the oldest dropped beyond history), "
        "d from the two-loop recursion begun with H = (s.y)/(y.y) of the last kept pair, length lr",
    ),
]


MOST_STRAYED = 2e-12
"""How far a start that is moved by some 1e-14 may lead: the tests allow for 1e-9.

L-BFGS divides by small products s.y, and comes to 1.1e-12 by the rounding of some versions and processors.
"""


def trajectory(function, start, make, parameters):
    """The parameters after each of `STEPS`, shape (len(STEPS), dimensions)."""
    x = leaf(start)
    optimizer = make(x, **parameters)

    def closure():
        x.grad = None
        loss = function(x)
        loss.backward()
        return loss

    after = []
    for step in range(1, STEPS[-1] + 1):
        optimizer.step(closure)
        if step in STEPS:
            after.append(x.detach().clone())
    return torch.stack(after)


def optimizers(tasks):
    """Every optimizer on every task, at rates at which rounding errors stay rounding errors."""
    for kind, shared, rates, make, rule in OPTIMIZERS:
        for task, rate in zip(tasks, rates, strict=True):
            function, start = task["function"], torch.tensor(task["start"])
            parameters = {"learning_rate": rate} | shared
            path = trajectory(function, start, make, parameters)
            name = f"{kind} {parameters} on {task['kind']}"
            assert function(path[-1]) < function(start), f"{name} got nowhere"
            for nudge in (-1e-14, 1e-14, 3e-14):
                strayed = (trajectory(function, start + nudge, make, parameters) - path).abs().max()
                assert strayed < MOST_STRAYED, f"{name} makes {strayed} of {nudge}"
            names = {"kind": kind, "parameters": parameters, "problem": task["kind"], "rule": rule}
            yield names | {"steps": STEPS, "trajectory": path}


def described(task):
    x = leaf(task["start"])
    loss = task["function"](x)
    loss.backward()
    shown = {name: value for name, value in task.items() if name != "function"}
    return shown | {"start_loss": loss, "start_gradient": x.grad}


# --------------------------------------------------------------------------------------------------- layers

MOMENTUM, EPSILON = 0.9, 1e-5  # running <- MOMENTUM running + (1 - MOMENTUM) batch


def passes(function, generator, outputs, **leaves):
    """Forward, then backward from a random upstream gradient of shape `outputs`."""
    leaves = {name: leaf(tensor) for name, tensor in leaves.items()}
    upstream = normal(generator, *outputs)
    output = function(**leaves)
    output.backward(upstream)
    gradients = {f"{name}_gradient": tensor.grad for name, tensor in leaves.items()}
    return leaves | {"upstream": upstream, "output": output} | gradients


def dense():
    generator = seeded(4)
    shapes = {"weights": (4, 3), "bias": (4,), "input": (3, 5)}
    leaves = {name: normal(generator, *shape) for name, shape in shapes.items()}
    names = {"kind": "dense", "parameters": {"units": 4}, "formula": "weights @ input + bias"}
    return names | passes(
        lambda weights, bias, input: F.linear(input.T, weights, bias).T, generator, (4, 5), **leaves
    )


def maxout():
    generator = seeded(5)
    shapes = {"weights": (2, 4, 3), "bias": (2, 4), "input": (3, 5)}
    leaves = {name: normal(generator, *shape) for name, shape in shapes.items()}
    formula = "max over p of weights[p] @ input + bias[p]"
    names = {"kind": "maxout", "parameters": {"units": 4, "k": 2}, "formula": formula}
    return names | passes(
        lambda weights, bias, input: (weights @ input + bias[:, :, None]).amax(dim=0),
        generator,
        (4, 5),
        **leaves,
    )


def layer_norm():
    generator = seeded(6)
    shapes = {"gamma": (4,), "beta": (4,), "input": (4, 5)}
    leaves = {name: normal(generator, *shape) for name, shape in shapes.items()}
    formula = "gamma (input - mean) / sqrt(biased variance + epsilon) + beta, over each sample's features"
    names = {"kind": "layer_norm", "parameters": {"epsilon": EPSILON}, "formula": formula}
    return names | passes(
        lambda gamma, beta, input: F.layer_norm(input.T, (4,), gamma, beta, EPSILON).T,
        generator,
        (4, 5),
        **leaves,
    )


def layer_norm_of_steps():
    generator, (time, columns) = seeded(7), (3, 4)
    shapes = {"gamma": (columns,), "beta": (columns,), "input": (time * columns, 5)}
    leaves = {name: normal(generator, *shape) for name, shape in shapes.items()}

    def steps(gamma, beta, input):
        given = input.T.reshape(-1, time, columns)
        return F.layer_norm(given, (columns,), gamma, beta, EPSILON).reshape(-1, time * columns).T

    formula = "the same over the features of each step of sequences"
    names = {"kind": "layer_norm of steps", "parameters": {"epsilon": EPSILON}, "formula": formula}
    names |= {"shape": [time, columns]}
    return names | passes(steps, generator, (time * columns, 5), **leaves)


class Running:
    """Batch norm's running statistics, with the biased and with the unbiased variance of the batches."""

    def __init__(self, features):
        self.mean, self.biased = torch.zeros(features), torch.ones(features)
        self.unbiased = self.biased.clone()  # what torch.nn.BatchNorm keeps

    def train(self, x, gamma, beta):
        mean, unbiased = self.mean.clone(), self.unbiased.clone()
        output = F.batch_norm(x.T, mean, unbiased, gamma, beta, True, 1 - MOMENTUM, EPSILON).T
        biased = MOMENTUM * self.biased + (1 - MOMENTUM) * x.detach().var(dim=1, correction=0)
        self.mean, self.biased, self.unbiased = mean, biased, unbiased
        return output

    def infer(self, x, gamma, beta, variance):
        return F.batch_norm(x.T, self.mean, variance, gamma, beta, False, 0.0, EPSILON).T

    def state(self):
        return {
            "running_mean": self.mean,
            "running_variance_biased": self.biased,
            "running_variance_unbiased": self.unbiased,
        }


def batch_norm():
    generator = seeded(7)
    start = {"gamma": normal(generator, 3), "beta": normal(generator, 3)}
    running, batches = Running(3), []
    for n in (6, 6, 6, 4):
        x = 2 * normal(generator, 3, n) + torch.tensor([[1.0], [-3.0], [0.5]])
        found = passes(lambda input, **own: running.train(input, **own), generator, (3, n), **start, input=x)
        shown = {name: tensor for name, tensor in found.items() if name not in start}
        batches.append(shown | running.state())
    x = normal(generator, 3, 4)
    inference = {
        "input": x,
        "output_biased": running.infer(x, **start, variance=running.biased),
        "output_unbiased": running.infer(x, **start, variance=running.unbiased),
    }
    formula = (
        "gamma (input - mean) / sqrt(biased variance + epsilon) + beta, over the samples of the batch; "
        "running <- momentum running + (1 - momentum) batch, from mean 0 and variance 1; torch calls "
        "1 - momentum momentum and keeps the unbiased variance (n - 1) in its running variance"
    )
    parameters = {"momentum": MOMENTUM, "epsilon": EPSILON}
    names = {"kind": "batch_norm", "parameters": parameters, "formula": formula}
    return names | start | {"batches": batches, "inference": inference}


# ---------------------------------------------------------------------------------------------------- grids

# What reads pictures (n, channels, height, width) or sequences (n, columns, time), as PyTorch lays them out.


def padded(x, *sides):
    """Zeros in front of and behind each axis, from the last to the first, as F.pad takes them."""
    return F.pad(x, sides)


GRIDS = [
    ("conv_2d", {"filters": 4, "kernel": 3}, (2, 3, 6, 5), (4, 3, 3, 3), lambda x, w, b: F.conv2d(x, w, b)),
    (
        "conv_2d",
        {"filters": 2, "kernel": 3, "stride": 2, "padding": "same"},
        (2, 3, 7, 6),  # Keras's "same": 4 and 3 windows, an odd zero behind
        (2, 3, 3, 3),
        lambda x, w, b: F.conv2d(padded(x, 0, 1, 1, 1), w, b, stride=2),
    ),
    (
        "conv_2d",
        {"filters": 4, "kernel": 2, "dilation": 2, "groups": 2},
        (2, 4, 5, 6),
        (4, 2, 2, 2),
        lambda x, w, b: F.conv2d(x, w, b, dilation=2, groups=2),
    ),
    (
        "conv_2d",
        {"filters": 6, "kernel": 3, "padding": "same", "groups": 3},  # depthwise, two filters a channel
        (2, 3, 4, 4),
        (6, 1, 3, 3),
        lambda x, w, b: F.conv2d(x, w, b, padding="same", groups=3),
    ),
    ("conv_1d", {"filters": 3, "kernel": 4}, (2, 2, 9), (3, 2, 4), lambda x, w, b: F.conv1d(x, w, b)),
    (
        "conv_1d",
        {"filters": 3, "kernel": 3, "dilation": 2, "padding": "causal"},
        (2, 2, 7),
        (3, 2, 3),
        lambda x, w, b: F.conv1d(padded(x, 4, 0), w, b, dilation=2),
    ),
    ("max_pool", {}, (2, 3, 6, 5), None, lambda x: F.max_pool2d(x, 2)),
    ("max_pool", {"size": 3, "stride": 2}, (2, 2, 7, 7), None, lambda x: F.max_pool2d(x, 3, 2)),
    ("max_pool", {"size": 3, "stride": 1}, (2, 2, 6), None, lambda x: F.max_pool1d(x, 3, 1)),
    ("average_pool", {}, (2, 3, 4, 6), None, lambda x: F.avg_pool2d(x, 2)),
    (
        "average_pool",
        {"size": 3, "stride": 1, "padding": "same"},
        (2, 2, 4, 5),
        None,
        lambda x: F.avg_pool2d(x, 3, 1, padding=1, count_include_pad=False),
    ),
    ("global_average_pool", {}, (2, 3, 4, 5), None, lambda x: x.mean(dim=(2, 3))),
    ("global_average_pool", {}, (2, 3, 6), None, lambda x: x.mean(dim=2)),
    ("upsample", {}, (2, 2, 3, 2), None, lambda x: F.interpolate(x, scale_factor=2, mode="nearest")),
    ("upsample", {"factor": 3}, (2, 2, 4), None, lambda x: F.interpolate(x, scale_factor=3, mode="nearest")),
    (
        "conv_transpose",
        {"filters": 2, "kernel": 3, "stride": 2, "padding": "valid"},
        (2, 3, 3, 4),
        (2, 3, 3, 3),  # PyTorch's, with the channels that are given first
        lambda x, w, b: F.conv_transpose2d(x, w.transpose(0, 1), b, stride=2),
    ),
    (
        "conv_transpose",
        {"filters": 3, "kernel": 4},
        (2, 2, 3, 2),
        (3, 2, 4, 4),
        lambda x, w, b: F.conv_transpose2d(x, w.transpose(0, 1), b, stride=2, padding=1),
    ),
    (
        "conv_transpose",
        {"filters": 2, "kernel": 3, "stride": 2},
        (2, 2, 2, 3),
        (2, 2, 3, 3),  # Keras's "same": an odd row and column is cut off behind
        lambda x, w, b: F.conv_transpose2d(x, w.transpose(0, 1), b, stride=2)[:, :, :-1, :-1],
    ),
    (
        "conv_transpose",
        {"filters": 2, "kernel": 1, "stride": 2},
        (2, 3, 2, 2),
        (2, 3, 1, 1),  # smaller than the stride: what lies between is the bias alone
        lambda x, w, b: F.conv_transpose2d(x, w.transpose(0, 1), b, stride=2, output_padding=1),
    ),
]


def grid(kind, parameters, inputs, weights, function, seed):
    generator = seeded(seed)
    leaves = {"x": normal(generator, *inputs)}
    if weights:
        leaves |= {"w": normal(generator, *weights), "b": normal(generator, weights[0])}
    with torch.no_grad():
        outputs = function(**leaves).shape
    return {"kind": kind, "parameters": parameters} | passes(function, generator, outputs, **leaves)


# ------------------------------------------------------------------------------------------------- networks

# name, kind, names of the inputs, units
NETWORKS = [
    {
        "name": "tanh_bce",
        "layers": [
            ("hidden_1", "dense", ["input"], 4),
            ("tanh_1", "tanh", ["hidden_1"], 4),
            ("hidden_2", "dense", ["tanh_1"], 3),
            ("tanh_2", "tanh", ["hidden_2"], 3),
            ("output", "dense", ["tanh_2"], 1),
        ],
        "loss": "binary_cross_entropy",
        "l2": 0.0,
        "learning_rate": 0.5,
    },
    {
        "name": "relu_softmax_l2",
        "layers": [
            ("hidden_1", "dense", ["input"], 8),
            ("relu_1", "relu", ["hidden_1"], 8),
            ("output", "dense", ["relu_1"], 3),
        ],
        "loss": "cross_entropy",
        "l2": 0.01,
        "learning_rate": 0.2,
    },
    {
        "name": "skip_batch_norm",
        "layers": [
            ("hidden_1", "dense", ["input"], 4),
            ("norm_1", "batch_norm", ["hidden_1"], 4),
            ("tanh_1", "tanh", ["norm_1"], 4),
            ("hidden_2", "dense", ["tanh_1"], 4),
            ("tanh_2", "tanh", ["hidden_2"], 4),
            ("add", "add", ["tanh_1", "tanh_2"], 4),
            ("output", "dense", ["add"], 1),
        ],
        "loss": "squared_error",
        "l2": 0.0,
        "learning_rate": 0.05,
    },
]
NETWORK_STEPS = [0, 1, 10, 100]


def training_set(loss, generator):
    x = normal(generator, 2, 16)
    if loss == "binary_cross_entropy":
        return x, (x[0] * x[1] > 0).to(x)[None]
    if loss == "cross_entropy":
        return x, torch.stack([x[0], x[1], -x[0] - x[1]]).argmax(dim=0)
    return x, (torch.sin(2 * x[0]) + x[1] ** 2 / 2).round(decimals=4)[None]


class Network:
    """A network read from a table of layers."""

    def __init__(self, layers, generator):
        self.layers, self.parameters, self.running = layers, {}, {}
        units = {"input": 2}
        for name, kind, inputs, count in layers:
            units[name] = count
            if kind == "dense":
                scale = 1 / math.sqrt(units[inputs[0]])
                weights = (scale * normal(generator, count, units[inputs[0]])).round(decimals=4)
                self.parameters[f"{name}.weights"] = leaf(weights)
                self.parameters[f"{name}.bias"] = leaf(0.1 * normal(generator, count))
            if kind == "batch_norm":
                self.parameters[f"{name}.gamma"] = leaf(1 + 0.1 * normal(generator, count))
                self.parameters[f"{name}.beta"] = leaf(0.1 * normal(generator, count))
                self.running[name] = Running(count)

    def run(self, x, variance=None):
        """The output: of training, or of inference with the running variance of that name."""
        values = {"input": x}
        for name, kind, inputs, _ in self.layers:
            before = [values[source] for source in inputs]
            own = [tensor for key, tensor in self.parameters.items() if key.startswith(f"{name}.")]
            if kind == "dense":
                values[name] = own[0] @ before[0] + own[1][:, None]
            elif kind == "batch_norm" and variance is None:
                values[name] = self.running[name].train(before[0], *own)
            elif kind == "batch_norm":
                running = self.running[name]
                values[name] = running.infer(before[0], *own, getattr(running, variance))
            elif kind == "add":
                values[name] = before[0] + before[1]
            else:
                values[name] = getattr(torch, kind)(before[0])
        return values["output"]

    def penalty(self, l2):
        return l2 / 2 * sum((p**2).sum() for name, p in self.parameters.items() if name.endswith(".weights"))


def network(table, seed):
    """Train on all samples at once; a record shows the state after so many steps, before the next one."""
    generator = seeded(seed)
    x, targets = training_set(table["loss"], generator)
    net, loss = Network(table["layers"], generator), LOSSES[table["loss"]]
    records = []
    for step in range(NETWORK_STEPS[-1] + 1):
        running = {name: statistics.state() for name, statistics in net.running.items()}
        inferred = {f"output_{kind}": net.run(x, kind) for kind in ("biased", "unbiased") if running}
        output = net.run(x)
        data_loss, penalty = loss(output, targets), net.penalty(table["l2"])
        slopes = torch.autograd.grad(data_loss + penalty, list(net.parameters.values()))
        if step in NETWORK_STEPS:
            shown = {"step": step, "loss": data_loss, "penalty": penalty, "output": output}
            shown |= {
                "parameters": net.parameters,
                "gradients": dict(zip(net.parameters, slopes, strict=True)),
            }
            records.append(plain(shown | {"running": running, "inference": inferred}))
        with torch.no_grad():
            for parameter, slope in zip(net.parameters.values(), slopes, strict=True):
                parameter -= table["learning_rate"] * slope
    columns = ("name", "kind", "inputs", "units")
    layers = [dict(zip(columns, row, strict=True)) for row in table["layers"]]
    return table | {"layers": layers, "input": x, "targets": targets, "records": records}


# ----------------------------------------------------------------------------------------------------- file


def references():
    tasks = problems()
    return {
        "versions": {"format": 1, "torch": torch.__version__, "python": platform.python_version()},
        "layout": LAYOUT,
        "activations": [activation(*row) for row in ACTIVATIONS] + [softmax()],
        "losses": list(losses()),
        "problems": [described(task) for task in tasks],
        "optimizers": list(optimizers(tasks)),
        "layers": [dense(), maxout(), batch_norm(), layer_norm(), layer_norm_of_steps()],
        "grids": [grid(*row, seed=seed) for seed, row in enumerate(GRIDS, start=30)],
        "networks": [network(table, seed) for seed, table in enumerate(NETWORKS, start=10)],
    }


def written(content):
    """JSON with one entry of a list on a line."""
    parts = []
    for name, value in plain(content).items():
        listed = isinstance(value, list)
        lines = [json.dumps(item, allow_nan=False) for item in (value if listed else [value])]
        parts.append(f'"{name}": ' + ("[\n" + ",\n".join(lines) + "\n]" if listed else lines[0]))
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(written(references()), encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, torch {torch.__version__}")
