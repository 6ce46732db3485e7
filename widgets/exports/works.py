"""What is worked out for the dialog off the window's thread: code, files and proofs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playground.engine.portable import NotPortable
from playground.exports.network import PortableNetwork
from playground.exports.saving import base_of, save, save_proof, usual_name
from playground.exports.target import ExportedFiles, ExportTarget
from playground.exports.verifying import Proof, verify
from playground.text import Text
from playground.training.moment import Moment

GivenUpYet = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Shown:
    """What a target makes of the network, or why it cannot."""

    network: PortableNetwork | None
    exported: ExportedFiles | None
    refusal: Text | None


def shown(target: ExportTarget, moment: Moment, title: str) -> Shown:
    """The network of a moment in the words of a target."""
    try:
        network = PortableNetwork.of(moment, title)
        return Shown(network, target.written(network, usual_name(title)), None)
    except NotPortable as problem:
        return Shown(None, None, problem.text)


def verified(target: ExportTarget, moment: Moment, seen: Shown, given_up: GivenUpYet) -> Proof:
    """The proof of what is shown."""
    assert seen.network is not None
    assert seen.exported is not None
    return verify(target, moment, seen.network, seen.exported, given_up)


def saved(
    target: ExportTarget, moment: Moment, network: PortableNetwork, path: Path, given_up: GivenUpYet
) -> Proof | None:
    """Write it under a path, and its proof beside it; None where that was given up.

    Raises:
        FileProblem: when one of them cannot be written.
    """
    exported = target.written(network, base_of(path))
    save(exported, path)
    proof = verify(target, moment, network, exported, given_up)
    if given_up():
        return None
    save_proof(proof, path)
    return proof
