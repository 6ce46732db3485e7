"""The `export` command: a network as code that runs elsewhere, and the proof that it does."""

from __future__ import annotations

from playground.cli.commands import Export
from playground.cli.faults import SUCCESS, fail
from playground.cli.usage import UsageProblem, not_trained
from playground.engine.portable import NotPortable
from playground.exports.network import PortableNetwork
from playground.exports.saving import base_of, save, save_proof
from playground.exports.target import ExportTarget
from playground.exports.targets import targets
from playground.exports.verifying import Proof, verify
from playground.files.atomic import check_writable
from playground.files.problem import FileProblem
from playground.files.sources import resolve
from playground.text import say, say_counted
from playground.training.moment import Moment
from playground.training.trainer import Trainer

DIFFERS = 1


def export(command: Export) -> int:
    """Write a network, run it beside the engine, and say how far they are apart; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when there is nothing to export, or it cannot be said.
    """
    check_writable(command.out)
    target = targets()[command.to]
    opened = resolve(command.source)
    if opened.saved.checkpoint is None:
        raise UsageProblem(not_trained(command.source))
    moment = Moment.of(Trainer(opened.saved.experiment, opened.saved.checkpoint))
    try:
        network = PortableNetwork.of(moment, opened.name)
        exported = target.written(network, base_of(command.out))
    except NotPortable as problem:
        raise UsageProblem(str(problem.text)) from None
    written = save(exported, command.out)
    names = ", ".join(path.name for path in written)
    print(
        say_counted(
            "cli.exported",
            "Wrote {names}: {count} weight.",
            "Wrote {names}: {count} weights.",
            network.forward.size,
            names=names,
        )
    )
    if not command.verify:
        return SUCCESS
    proof = verify(target, moment, network, exported)
    try:
        save_proof(proof, command.out)
    except FileProblem as problem:
        return fail(str(problem))
    return _told(target, proof)


def _told(target: ExportTarget, proof: Proof) -> int:
    if proof.problem is not None:
        print(say("cli.not_verified", "Not verified: {why}", why=str(proof.problem)))
        return SUCCESS if target.lacking() is not None else DIFFERS
    for each in proof.compared:
        print(each.told)
    return SUCCESS if proof.agrees else DIFFERS
