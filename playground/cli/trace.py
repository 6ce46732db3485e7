"""The `trace` command: one step of training on a copy, and every number of it in a file."""

from __future__ import annotations

import numpy as np

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.report import report
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.step import SIDES_SAID
from playground.analysis.inspections.trace.trace import Trace, traced
from playground.cli.commands import TraceStep
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.usage import UsageProblem
from playground.files.atomic import check_writable
from playground.files.json_object import to_bytes
from playground.files.sources import resolve
from playground.numbers.writing import loss
from playground.text import say
from playground.training.trainer import Trainer


def trace(command: TraceStep) -> int:
    """Write the trace, and say in a line what it is of; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when there is nothing to trace.
    """
    check_writable(command.out)
    if command.sample is None and command.side != "train":
        raise UsageProblem(
            f"Only training samples come in batches; say which {command.side} sample with --sample."
        )
    saved = resolve(command.source).saved
    of = {"of": "batch"} if command.sample is None else {"sample": command.sample, "side": command.side}
    with np.errstate(all="ignore"):
        found = traced(StepSource.of(Trainer(saved.experiment, saved.checkpoint)), Tracing.build(of))
    if problems := list(write(command.out, lambda: to_bytes(report(found)))):
        return fail("\n".join(problems))
    for note in found.notes:
        print(note)
    print(_summary(command, found))
    return SUCCESS


def _summary(command: TraceStep, found: Trace) -> str:
    step, value = found.step, loss(found.loss)
    if command.sample is None:
        count = len(found.ran.rows)
        said = say(
            "cli.traced_batch",
            "Traced the next {count} training samples at step {step}: loss {loss}.",
            count=count,
            step=step,
            loss=value,
        )
    else:
        said = say(
            "cli.traced",
            "Traced {side} sample {sample} at step {step}: loss {loss}.",
            side=SIDES_SAID[command.side],
            sample=str(command.sample),
            step=step,
            loss=value,
        )
    return str(said)
