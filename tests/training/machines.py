"""Runs on both machines; Python may also read the loops of the compiled one, slowly, without Numba."""

from functools import cache
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import pytest

from playground.training.choosing import Choice
from playground.training.compiled import building, knowledge, machine
from playground.training.compiled.code import Code
from playground.training.compiled.registry import codes, module_text
from playground.training.trainer import Trainer

needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="Numba, the extra [fast], is missing")

COMPILED = Choice("compiled")


@cache
def read_by_python(precision):
    """What trains and measures, as plain Python."""
    names = {
        "inner": lambda loop: loop,
        "apart": lambda loop: lambda precision: SimpleNamespace(address=loop),
        "go": lambda flow, program, numbers, v, n: flow(program, numbers, v, len(program), len(v), n),
        "at_place": lambda array, shape: array,
        "outer": lambda loop: loop,
        "jitted": lambda: tuple(codes()),
        "lent": lambda array: array,
    }
    exec(module_text(), names)
    return Code(names["work"], names["flow"], precision)


def few_or_many(count):
    """So many steps where they are compiled; where Python reads the loops, as many as lead past an epoch."""
    return count if machine.code_of is building.code_of else 9


@pytest.fixture(params=["read by Python", pytest.param("compiled", marks=needs_numba)])
def loops(request, monkeypatch):
    """The loops as Python reads them, and as they are compiled."""
    if request.param == "read by Python":
        monkeypatch.setattr(machine, "code_of", lambda dtype: read_by_python(dtype.name))
        monkeypatch.setattr(knowledge, "is_installed", lambda: True)
    return request.param


def on_both(experiment):
    """A trainer on either machine, both at the beginning of the same run."""
    slow, quick = Trainer(experiment), Trainer(experiment, choice=COMPILED)
    assert (slow.machine.name, quick.machine.name) == ("numpy", "compiled"), quick.machine.reason
    return slow, quick


def vectors(trainer):
    """All numbers that a step changes, by name."""
    found = {"parameters": trainer.network.parameters, "gradients": trainer.network.gradients}
    return (
        found | trainer.update.slots | {"moved": trainer.update.moved} | dict(trainer.network.state_tensors())
    )


def assert_alike(slow, quick, tolerance):
    """They stand at the same step with the same numbers, up to rounding beside the largest of each sort."""
    assert (slow.step, slow.epoch, slow.machine.batch) == (quick.step, quick.epoch, quick.machine.batch)
    for name, expected in vectors(slow).items():
        scale = max(1e-3, float(np.abs(expected).max(initial=0)))
        np.testing.assert_allclose(
            vectors(quick)[name], expected, rtol=0, atol=tolerance * scale, err_msg=name
        )
