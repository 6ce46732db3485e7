"""The `trace` command: one step of training on a copy, and every number of it in a file."""

from __future__ import annotations

import numpy as np

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.report import report
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.trace import Trace, traced
from playground.cli.commands import TraceStep
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.usage import UsageProblem
from playground.files.atomic import check_writable
from playground.files.json_object import to_bytes
from playground.files.sources import resolve
from playground.numbers.writing import loss, plain_count
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
    of = f"{'training' if command.side == 'train' else command.side} sample {command.sample}"
    if command.sample is None:
        of = f"the next {plain_count(len(found.ran.rows))} training samples"
    return f"Traced {of} at step {plain_count(found.step)}: loss {loss(found.loss)}."
