"""Compute, with PyTorch in float64, layers that add a term to the loss, and an external memory.

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


# -------------------------------------------------------------------------------------------------- memory

NEAR_ZERO, TINY = 0.01, 1e-8


def looked(told, memory, before, width):
    """Graves et al. 2014, equations 5 to 9: where a head looks, (samples, slots)."""
    key, strength, gate, shift, sharp = told.split([width, 1, 1, 3, 1], dim=1)
    key = torch.tanh(key)
    lengths = (memory.square().sum(2) + NEAR_ZERO).sqrt() * (key.square().sum(1, True) + NEAR_ZERO).sqrt()
    content = torch.softmax(F.softplus(strength) * torch.einsum("nsw,nw->ns", memory, key) / lengths, 1)
    mixed = torch.lerp(before, content, torch.sigmoid(gate))
    back, stay, on = torch.softmax(shift, 1).split(1, dim=1)
    moved = back * mixed.roll(-1, 1) + stay * mixed + on * mixed.roll(1, 1)
    return torch.softmax((1 + F.softplus(sharp)) * torch.log(moved + TINY), 1)


def memory(units=3, slots=4, width=2, time=5, columns=2, samples=3):
    generator, head = seeded(90), width + 6
    blocks = {
        "controller": leaf(normal(generator, units, columns + width + 1)),
        "heads": leaf(normal(generator, 2 * head + 2 * width, units + 1)),
        "input": leaf(normal(generator, time, columns, samples)),
    }
    upstream = normal(generator, time, units + width, samples)
    one, held = torch.ones(samples, 1), torch.zeros(samples, slots, width)
    writes = reads = torch.eye(slots)[:1].repeat(samples, 1)
    read, outputs = torch.zeros(samples, width), []
    for x in blocks["input"]:
        state = torch.tanh(torch.cat([x.T, read, one], 1) @ blocks["controller"].T)
        told = torch.cat([state, one], 1) @ blocks["heads"].T
        of_write, of_read, erase, add = told.split([head, head, width, width], dim=1)
        writes = looked(of_write, held, writes, width)
        erased = writes[:, :, None] * torch.sigmoid(erase)[:, None]
        held = held * (1 - erased) + writes[:, :, None] * torch.tanh(add)[:, None]
        reads = looked(of_read, held, reads, width)
        read = torch.einsum("ns,nsw->nw", reads, held)
        outputs.append(torch.cat([state, read], 1).T)
    output = torch.stack(outputs)
    output.backward(upstream)
    gradients = {f"{name}_gradient": block.grad for name, block in blocks.items()}
    parameters = {"units": units, "slots": slots, "width": width}
    names = {"kind": "external_memory", "parameters": parameters, "upstream": upstream, "output": output}
    return names | blocks | gradients


if __name__ == "__main__":
    versions = {"format": 1, "torch": torch.__version__, "python": platform.python_version()}
    content = {"versions": versions, "layout": LAYOUT, "terms": list(terms()), "memories": [memory()]}
    TARGET.write_text(written(content), encoding="utf-8")
