"""Compute, with PyTorch in float64, layers that add a term to the loss.

Run by hand, with torch installed: python tests/references/make_pytorch_terms.py
"""

import platform
from pathlib import Path

import torch
from make_pytorch_references import LAYOUT, leaf, normal, seeded, written
from torch.nn import functional as F

TARGET = Path(__file__).with_name("pytorch_terms.json")


def term(kind, parameters, inputs, function, seed):
    """A layer that adds to the loss, between given values and a linear layer: all gradients in one."""
    generator = seeded(seed)
    values, noise = normal(generator, *inputs), normal(generator, inputs[0] // 2, inputs[1])
    shown = {"noise": noise} if kind == "variational" else {}
    values = values.abs() / 4 if "rho" in parameters else values  # shares
    x = leaf(values)
    given, added = function(x, noise)
    weights = normal(generator, 2, len(given))
    output = weights @ given
    targets = normal(generator, 2, inputs[1])
    (F.mse_loss(output, targets) + added).backward()
    found = {"input": values, "weights": weights, "targets": targets, "output": output, "term": added}
    return {"kind": kind, "parameters": parameters} | shown | found | {"input_gradient": x.grad}


def of_distribution(beta):
    def function(x, noise):
        means, logarithms = x.chunk(2)
        own = torch.distributions.Normal(means, (logarithms / 2).exp())
        normal_one = torch.distributions.Normal(torch.zeros_like(means), torch.ones_like(means))
        added = beta * torch.distributions.kl_divergence(own, normal_one).sum(dim=0).mean()
        return means + own.stddev * noise, added

    return function


def of_means(strength, rho):
    def function(x, noise):
        means, wanted = (torch.distributions.Bernoulli(p) for p in (x.mean(dim=1), torch.tensor(rho)))
        return x, strength * torch.distributions.kl_divergence(wanted, means).sum()

    return function


def terms():
    yield term("variational", {"beta": 0.4}, (4, 5), of_distribution(0.4), 80)
    parameters = {"by": "l1", "strength": 0.2}
    yield term("sparsity", parameters, (3, 5), lambda x, _: (x, 0.2 * x.abs().sum(dim=0).mean()), 81)
    parameters = {"by": "kl", "strength": 0.3, "rho": 0.2}
    yield term("sparsity", parameters, (3, 5), of_means(0.3, 0.2), 82)


if __name__ == "__main__":
    versions = {"format": 1, "torch": torch.__version__, "python": platform.python_version()}
    content = {"versions": versions, "layout": LAYOUT, "terms": list(terms())}
    TARGET.write_text(written(content), encoding="utf-8")
