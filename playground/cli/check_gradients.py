"""The `check-gradients` command: a line a layer, and whether its derivatives are right."""

from __future__ import annotations

from playground.analysis.inspections.gradient_check import GradientCheck
from playground.analysis.inspections.gradient_check.checking import check
from playground.analysis.inspections.gradient_check.judging import Correctness
from playground.analysis.inspections.gradient_check.picking import check_number
from playground.analysis.inspections.gradient_check.results import STEPS, CheckedNumber, LayerChecked
from playground.cli.commands import CheckGradients
from playground.cli.faults import SUCCESS
from playground.cli.stopping import stoppable
from playground.engine.edits import label
from playground.engine.graph import Architecture
from playground.files.sources import resolve
from playground.numbers.writing import plain
from playground.text import Text, either, listed, say, say_counted
from playground.training.moment import Moment
from playground.training.trainer import Trainer

WRONG = 1


def check_gradients(command: CheckGradients) -> int:
    """Say of each layer how far its gradient is from differences of the loss; the exit code.

    Raises:
        FileProblem, InvalidValue, LayerProblem: when there is nothing to check.
    """
    settings = GradientCheck.build({"entries": command.entries, "samples": command.samples})
    saved = resolve(command.source).saved
    moment = Moment.of(Trainer(saved.experiment, saved.checkpoint))
    network = saved.experiment.network
    if (wanted := command.curve) is not None:
        return _show_curve(check_number(moment, settings, wanted.layer_id, wanted.part, wanted.index))
    with stoppable() as stop:
        found = check(moment, settings, lambda: bool(stop.number))
        if found is None:
            print(say("cli.check_stopped", "Stopped before all was checked."))
            return stop.code
    for layer in found.layers:
        print(_line(network, layer))
    if not any(layer.verdict is Correctness.WRONG for layer in found.layers):
        print(
            say_counted(
                "cli.gradient_right",
                "The gradient is right, by {count} sample.",
                "The gradient is right, by {count} samples.",
                found.samples,
            )
        )
        return SUCCESS
    names = either([_name(network, layer_id) for layer_id in found.blamed])
    if network.layers[-1].id in found.blamed:
        wrong = say(
            "cli.gradient_wrong_or_loss",
            "The gradient is wrong: the mistake is in {names}, or in the loss.",
            names=names,
        )
    else:
        wrong = say("cli.gradient_wrong", "The gradient is wrong: the mistake is in {names}.", names=names)
    print(wrong)
    return WRONG


def _show_curve(found: CheckedNumber) -> int:
    """Write the errors of one derivative by all steps; the exit code."""
    derivative = found.found
    index = ",".join(map(str, found.index))
    print(
        f"{found.layer_id}:{found.part}[{index}]: gradient {plain(derivative.analytic, 8)}, "
        f"difference {plain(derivative.numerical, 8)}, relative error {plain(derivative.error, 2)}, "
        f"{derivative.verdict.value}"
    )
    print(f"{'h':>6}  {'over both sides':>15}  {'to one side':>11}")
    for step, central, forward in zip(STEPS, found.central, found.forward, strict=True):
        print(f"{plain(step, 1):>6}  {plain(central, 2):>15}  {plain(forward, 2):>11}")
    return WRONG if derivative.verdict is Correctness.WRONG else SUCCESS


def _line(network: Architecture, layer: LayerChecked) -> str:
    name = f"{_name(network, layer.layer_id)}:"
    if layer.verdict is None:
        return f"{name} {say('cli.nothing_to_check', 'nothing to check')}"
    parts: list[Text | str] = []
    if layer.size:
        count, size = layer.weights.count, layer.size
        parts.append(say("cli.of_parameters", "{count} of {size} parameters", count=count, size=size))
    if layer.values.count:
        parts.append(say("cli.of_values", "{count} of its values", count=layer.values.count))
    if layer.kinks:
        parts.append(say("cli.at_kink", "{count} at a kink", count=layer.kinks))
    if layer.frozen:
        parts.append(say("cli.frozen", "frozen"))
    found = Correctness.WRONG if layer.verdict is Correctness.WRONG else Correctness.RIGHT
    said = say(
        "cli.checked",
        "largest relative error {error}, {word} ({parts})",
        error=plain(layer.error, 2),
        word=found.value,
        parts=listed(parts),
    )
    return f"{name} {said}"


def _name(network: Architecture, layer_id: str) -> str:
    return f"{label(network, network.index(layer_id))} ({layer_id})"
