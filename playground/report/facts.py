"""What a report tells of a run, gathered at one moment."""

from __future__ import annotations

import math
import platform
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, experiment_bytes
from playground.files.problem import FileProblem
from playground.files.share_link import link
from playground.text import Text
from playground.training.measures import Measures
from playground.training.trainer import Trainer
from playground.training.vitals import VitalsObserver
from playground.version import VERSION

LARGEST_FILE = 3_000_000
"""Bytes of a file with what was learnt that is put into the page."""


@dataclass(frozen=True, eq=False)
class ReportFacts:
    """A run at one moment.

    Attributes:
        name: of the experiment.
        validation: None where there are no such samples.
        findings: what is wrong with it.
        norms: the size of each layer's weights, by its id.
        settings: the experiment as a file, from which it can be trained again; `file`, with what it learnt,
            None where that is too large.
        link: the same settings as a link; "" where they do not fit one.
        versions: what it was made with, a name and a version each.
    """

    name: str
    experiment: Experiment
    epoch: int
    step: int
    parameters: int
    train: Measures
    test: Measures
    validation: Measures | None
    history: Mapping[str, NDArray[np.float64]]
    findings: tuple[Finding, ...]
    norms: Mapping[str, float]
    machine: Text
    settings: bytes
    file: bytes | None
    link: str
    versions: tuple[tuple[str, str], ...]


def gather(trainer: Trainer, name: str) -> ReportFacts:
    """All there is to tell of what a trainer has come to."""
    train, test = trainer.recorder.evaluate(detailed=True)
    experiment, network = trainer.experiment, trainer.network
    record = Record.of(trainer, VitalsObserver(trainer).see(running=False))
    saved = dumps(SavedExperiment(experiment, trainer.checkpoint()))
    return ReportFacts(
        name=name,
        experiment=experiment,
        epoch=trainer.epoch,
        step=trainer.step,
        parameters=network.parameters.size,
        train=train,
        test=test,
        validation=trainer.recorder.validation,
        history={key: np.array(column) for key, column in trainer.recorder.history.seen().items()},
        findings=diagnose(record),
        norms=_norms(network),
        machine=trainer.machine.title,
        settings=experiment_bytes(experiment),
        file=saved if len(saved) <= LARGEST_FILE else None,
        link=_link(experiment),
        versions=(
            ("Neural Playground", VERSION),
            ("Python", platform.python_version()),
            ("NumPy", np.__version__),
        ),
    )


def _norms(network: Network) -> dict[str, float]:
    """The root of the sum of the squares of each layer's weights, of layers that have some of their own."""
    found = {}
    for node in network.graph.nodes:
        blocks, names = network.blocks(node), [each.name for each in node.parameters if each.penalized]
        if names:
            squares = (float(np.square(blocks[name].astype(np.float64)).sum()) for name in names)
            found[node.layer.id] = math.sqrt(sum(squares))
    return found


def _link(experiment: Experiment) -> str:
    try:
        return link(experiment)
    except FileProblem:
        return ""
