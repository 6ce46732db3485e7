"""Makes recurrent.json, the values from PyTorch that recurrent layers and attention are tested against.

Run by hand, with torch installed: python tests/references/make_recurrent_references.py
Everything is laid out as PyTorch has it: sequences are (n, time, columns).
"""

import json
import platform
from pathlib import Path

import torch
from make_pytorch_references import leaf, normal, plain, seeded

TARGET = Path(__file__).with_name("recurrent.json")

# What reads sequences (n, time, columns), some shorter than others; PyTorch packs them.

RECURRENT = [
    ("simple_rnn", {"units": 3}, None),
    ("simple_rnn", {"units": 3, "function": "relu", "gives": "all"}, (5, 3, 4)),
    ("simple_rnn", {"units": 2, "reads": "both", "gives": "all"}, (5, 1, 4)),
    ("gru", {"units": 3}, None),
    ("gru", {"units": 3, "gives": "all"}, (2, 5, 4)),
    ("gru", {"units": 2, "reads": "both"}, (5, 1, 4)),
    ("lstm", {"units": 3, "gives": "all"}, None),
    ("lstm", {"units": 3}, (1, 5, 3)),
    ("lstm", {"units": 2, "reads": "both", "gives": "all"}, (5, 2, 4)),
    ("lstm", {"units": 2, "reads": "both"}, (5, 2, 4)),
    ("simple_rnn", {"units": 3, "back": 2}, (5, 3, 4)),
    ("gru", {"units": 2, "back": 2, "gives": "all"}, (5, 3, 4)),
    ("lstm", {"units": 2, "back": 3, "gives": "all"}, (5, 3, 4)),
    ("lstm", {"units": 2, "back": 2, "reads": "backwards"}, (5, 3, 4)),
]
TORCH_RECURRENT = {"simple_rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}
TORCH_CELLS = {"simple_rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}


def packed(module, x, lengths, gives):
    """What PyTorch gives for sequences of these lengths; 0 behind their ends."""
    given = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    states, last = module(given)
    if gives == "all":
        return torch.nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=x.shape[1])[0]
    last = last[0] if isinstance(last, tuple) else last
    return last.transpose(0, 1).flatten(1)


def step_by_step(cell, x, lengths, gives, back, backwards):
    """The same by hand, a sample at a time, its state detached behind every `back` steps from the last."""
    samples = []
    for sequence, length in zip(x, lengths.tolist(), strict=True):
        state, states = None, []
        for step in range(length):
            if state is not None and (length - step) % back == 0:
                state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
            place = length - 1 - step if backwards else step
            state = cell(sequence[place : place + 1], state)
            states.append((state[0] if isinstance(state, tuple) else state)[0])
        nothing = torch.zeros_like(states[0])
        samples.append(torch.stack(states + [nothing] * (len(sequence) - length)))
        if gives != "all":
            samples[-1] = states[-1]
    return torch.stack(samples)


def recurrent(kind, parameters, lengths, seed):
    generator = seeded(seed)
    x = leaf(normal(generator, 3, 5, 2))
    units, both = parameters["units"], parameters.get("reads") == "both"
    function = {"nonlinearity": parameters["function"]} if "function" in parameters else {}
    gives, back = parameters.get("gives", "last"), parameters.get("back", 0)
    steps = torch.tensor(lengths or (5, 5, 5))
    if back:
        module = TORCH_CELLS[kind](2, units, **function)
    else:
        module = TORCH_RECURRENT[kind](2, units, batch_first=True, bidirectional=both, **function)
    with torch.no_grad():
        for block in module.parameters():
            block.copy_(normal(generator, *block.shape) * 0.7)
    if back:
        output = step_by_step(module, x, steps, gives, back, parameters.get("reads") == "backwards")
    else:
        output = packed(module, x, steps, gives)
    upstream = normal(generator, *output.shape)
    output.backward(upstream)
    blocks = {name.replace("_l0", ""): (block, block.grad) for name, block in module.named_parameters()}
    return {
        "kind": kind,
        "parameters": parameters,
        "lengths": steps,
        "x": x,
        "upstream": upstream,
        "output": output,
        "x_gradient": x.grad,
        "blocks": {name: block for name, (block, _) in blocks.items()},
        "gradients": {name: gradient for name, (_, gradient) in blocks.items()},
    }


# -------------------------------------------------------------------------------------------------- attention

ATTENTION = [
    ({"units": 3}, None),
    ({"units": 4, "causal": True}, None),
    ({"units": 2}, (5, 2, 4)),
    ({"units": 3, "causal": True}, (5, 1, 3)),
]


def attention(parameters, lengths, seed):
    """One head, its projections one below the other; the mask says who may look at whom."""
    generator = seeded(seed)
    units, steps = parameters["units"], torch.tensor(lengths or (5, 5, 5))
    x, w, b = (leaf(normal(generator, *shape)) for shape in ((3, 5, 2), (3 * units, 2), (3 * units,)))
    q, k, v = torch.nn.functional.linear(x, w, b).split(units, dim=2)
    there = torch.arange(5) < steps[:, None]
    allowed = there[:, None, :].expand(3, 5, 5)
    if parameters.get("causal"):
        allowed = allowed & torch.ones(5, 5, dtype=torch.bool).tril()
    output = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
    upstream = normal(generator, *output.shape) * there[..., None]
    output.backward(upstream)
    arrays = {"x": x, "w": w, "b": b}
    gradients = {f"{name}_gradient": value.grad for name, value in arrays.items()}
    return {
        "kind": "self_attention",
        "parameters": parameters,
        "lengths": steps,
        **arrays,
        "upstream": upstream,
        "output": output * there[..., None],
        **gradients,
    }


def references():
    return {
        "versions": {"torch": torch.__version__, "python": platform.python_version()},
        "recurrent": [recurrent(*row, seed=seed) for seed, row in enumerate(RECURRENT, start=60)],
        "attention": [attention(*row, seed=seed) for seed, row in enumerate(ATTENTION, start=90)],
    }


def written(content):
    """JSON with one entry of a list on a line."""
    versions = json.dumps(content.pop("versions"))
    tables = (
        f'"{name}": [\n' + ",\n".join(json.dumps(row, allow_nan=False) for row in rows) + "\n]"
        for name, rows in content.items()
    )
    return "{\n" + ",\n".join([f'"versions": {versions}', *tables]) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(written(plain(references())), encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, torch {torch.__version__}")
