"""Proof that an export gives what the engine gives: it is run in its own tool, beside the engine."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.samples import many_samples
from playground.exports.target import ExportedFiles, ExportTarget
from playground.numbers.writing import scientific
from playground.text import Text, say
from playground.training.moment import Moment
from playground.words import shortened

SAMPLES = 1000
"""On so many samples answers are compared."""

MOST_SAID = 300


@dataclass(frozen=True)
class Compared:
    """How far the answers of an export are from the engine's in one precision.

    Attributes:
        error: the largest difference, as a share of the largest output; infinite where one has a number and
            the other none.
        samples: on how many.
        tolerance: how large the error may be; larger only where the engine itself rounds off more.
        rounding: how far the engine in this precision is from itself in double precision.
    """

    precision: str
    samples: int
    error: float
    tolerance: float
    rounding: float = 0.0

    @property
    def allowed(self) -> float:
        """How large the error may be: two that round off alike may be twice as far apart."""
        return max(self.tolerance, 2 * self.rounding) if isfinite(self.rounding) else self.tolerance

    @property
    def agrees(self) -> bool:
        """Whether they are as near as they have to be."""
        return self.error <= self.allowed

    @property
    def told(self) -> Text:
        """The same as a sentence."""
        error = scientific(self.error) if isfinite(self.error) else "∞"
        allowed = scientific(self.allowed, 0 if self.allowed == self.tolerance else 1)
        if self.agrees and self.error > self.tolerance:
            return say(
                "export.agrees_as_rounded",
                "On {samples} samples in {precision} it agrees with the engine as nearly as that is right: "
                "relative error {error}, and the engine itself is off by {rounding}.",
                samples=self.samples,
                precision=self.precision,
                error=error,
                rounding=scientific(self.rounding),
            )
        if self.agrees:
            return say(
                "export.agrees",
                "On {samples} samples in {precision} it agrees with the engine: relative error {error}, "
                "at most {allowed} is allowed.",
                samples=self.samples,
                precision=self.precision,
                error=error,
                allowed=allowed,
            )
        return say(
            "export.differs",
            "On {samples} samples in {precision} it differs from the engine: relative error {error}, "
            "at most {allowed} is allowed.",
            samples=self.samples,
            precision=self.precision,
            error=error,
            allowed=allowed,
        )


@dataclass(frozen=True)
class Proof:
    """What came out of a verification.

    Attributes:
        problem: why it could not be run; None where it was.
        hashes: of the files that were run, by name.
    """

    target: str
    compared: tuple[Compared, ...]
    hashes: tuple[tuple[str, str], ...]
    version: str
    problem: Text | None = None

    @property
    def agrees(self) -> bool:
        """Whether it was run, and agrees in every precision."""
        return self.problem is None and all(each.agrees for each in self.compared)

    def content(self) -> dict[str, Any]:
        """The same as it is written beside the export."""
        return {
            "target": self.target,
            "program": f"Neural Playground {self.version}",
            "agrees": self.agrees,
            **({} if self.problem is None else {"problem": str(self.problem)}),
            "compared": [
                {
                    "precision": each.precision,
                    "samples": each.samples,
                    "largest_relative_error": each.error if np.isfinite(each.error) else "infinite",
                    "tolerance": each.tolerance,
                    "rounding_of_the_engine": each.rounding if isfinite(each.rounding) else "infinite",
                    "allowed": each.allowed,
                    "agrees": each.agrees,
                }
                for each in self.compared
            ],
            "sha256": dict(self.hashes),
        }


def verify(
    target: ExportTarget,
    moment: Moment,
    network: PortableNetwork,
    exported: ExportedFiles,
    given_up: Callable[[], bool] = lambda: False,
) -> Proof:
    """Run an export of the network of a moment on samples, in a folder that is gone afterwards."""
    hashes = tuple((name, hashlib.sha256(data).hexdigest()) for name, data in exported.files.items())
    proof = Proof(target.tag(), (), hashes, network.version, target.lacking())
    if proof.problem is not None:
        return proof
    with TemporaryDirectory(prefix="neural-playground-", ignore_cleanup_errors=True) as folder:
        for name, data in exported.files.items():
            (Path(folder) / name).write_bytes(data)
        try:
            compared = tuple(_compared(target, moment, network, Path(folder), exported.main, given_up))
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            return replace(proof, problem=_told(target, error))
    return replace(proof, compared=compared)


def _compared(
    target: ExportTarget,
    moment: Moment,
    network: PortableNetwork,
    folder: Path,
    main: str,
    given_up: Callable[[], bool],
) -> Iterator[Compared]:
    raw = many_samples(moment.data, SAMPLES)
    for precision, tolerance in target.precisions(network).items():
        if given_up():
            return
        wanted = of_engine(moment, raw, precision)
        rounding = relative_error(wanted, of_engine(moment, raw, "float64"))
        found = target.run(network, folder, main, raw, precision)
        yield Compared(precision, len(raw), relative_error(found, wanted), tolerance, rounding)


def of_engine(moment: Moment, raw: Floats, precision: str) -> NDArray[np.floating[Any]]:
    """What the engine gives for samples (n, …) in a precision, (n, outputs) on their own scale."""
    other = replace(moment, experiment=moment.experiment.with_(precision=precision))
    links = None if moment.data.nodes is None else moment.data.nodes.graph
    with np.errstate(all="ignore"):
        return other.ask(raw, links=links).outputs


def relative_error(found: NDArray[Any], wanted: NDArray[Any]) -> float:
    """The largest difference between outputs (n, k), as a share of the largest output."""
    if found.shape != wanted.shape or (np.isfinite(found) != np.isfinite(wanted)).any():
        return float("inf")
    known = np.isfinite(wanted)
    if not known.any():
        return 0.0
    largest = float(np.abs(wanted[known]).max())
    difference = float(np.abs(found[known].astype(np.float64) - wanted[known]).max())
    return difference / largest if largest else difference


def _told(target: ExportTarget, error: Exception) -> Text:
    said = getattr(error, "stderr", b"") or str(error)
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    last = text.strip().splitlines()[-1:] or [type(error).__name__]
    return say(
        "export.not_run",
        "{target} could not run it: {why}",
        target=target.named(),
        why=shortened(last[0], MOST_SAID),
    )
