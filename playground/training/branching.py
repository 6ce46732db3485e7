"""Looking back along the runs of a document, and going on from an earlier moment.

Whoever asks counts how often, and finds that number in the snapshots that answer.
"""

from __future__ import annotations

from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.run import Run
from playground.training.snapshot import State


def look_back(run: Run, number: int, epoch: float, asked: int = 0) -> None:
    """Let what is seen be an earlier moment of a run, or of one that ended before; the present rests."""
    run.asked = asked
    if run.learner.past is None:
        run.resting = State.PAUSED if run.state is State.RUNNING else run.state
    run.follow(run.learner.look_back(number, epoch))
    if run.learner.past is not None:
        run.state = State.RUNNING  # until it is there


def come_back(run: Run, asked: int = 0) -> None:
    """Let what is seen be the present again."""
    run.asked = asked
    run.come_back()


def go_on(run: Run, aside: Aside, experiment: Experiment, asked: int = 0) -> None:
    """Let the moment that is looked at, or what was put aside by that before, be the present from now on.

    `experiment` is what is then to be learnt.
    """
    run.asked = asked
    words = run.learner.go_on(aside, experiment)
    run.state = State.PAUSED
    run.follow(words)
