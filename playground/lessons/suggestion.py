"""What to try next: one suggestion from what is seen of the experiment, and the lesson that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.analysis.diagnosis.trouble import Trouble
from playground.experiment import Experiment
from playground.lessons.goals.measured import hidden_neurons
from playground.text import Text, say
from playground.training.snapshot import Snapshot, State

WELL = 0.97
"""An accuracy, or an R², that leaves little to be learnt."""
FEW_EPOCHS = 20
LESSONS = {
    "batch_too_large": "batches",
    "dying": "activations",
    "exploding": "vanishing",
    "overfitting": "overfitting",
    "plateau": "optimizers",
    "rate_too_large": "descent",
    "rate_too_small": "descent",
    "saturated": "activations",
    "symmetric": "vanishing",
    "underfitting": "xor",
    "unscaled": "scaling",
    "vanishing": "vanishing",
}
"""The lesson about each trouble, where there is one."""


@dataclass(frozen=True)
class Suggestion:
    """A sentence, and the name of a lesson that says more; "" where there is none."""

    text: Text
    lesson: str = ""


def suggestion(experiment: Experiment, snapshot: Snapshot | None, troubles: Sequence[str]) -> Suggestion:
    """The first thing that is worth trying; `troubles` are the kinds that the diagnosis finds."""
    if problems := experiment.problems():
        words = say(
            "suggest.mend", "First mend what keeps it from training: {problem}", problem=problems[0].text
        )
        return Suggestion(words)
    if snapshot is None or snapshot.step == 0:
        words = say("suggest.train", "Let it train, and watch what each neuron makes of the data.")
        return Suggestion(words, "neuron")
    if snapshot.state is State.DIVERGED:
        return Suggestion(say("suggest.slower", "Begin again with a tenth of the learning rate."), "descent")
    if troubles:
        return _against(troubles[0])
    return _onwards(experiment, snapshot)


def _against(kind: str) -> Suggestion:
    """What helps against a trouble."""
    trouble = next(each for each in Trouble.members() if each.tag() == kind)
    advice = trouble.texts()["advice"]
    words = say("suggest.cure", "{trouble}: {advice}", trouble=trouble.named(), advice=advice)
    return Suggestion(words, LESSONS.get(kind, ""))


def _onwards(experiment: Experiment, snapshot: Snapshot) -> Suggestion:
    """What to do with a network that is well."""
    metrics = snapshot.test.metrics or snapshot.train.metrics
    score = metrics.get("accuracy", metrics.get("r2", 0.0))
    if score >= WELL and hidden_neurons(experiment) > 2:
        fewer = say("suggest.fewer", "It does well. Find out how few neurons are enough.")
        return Suggestion(fewer, "lines")
    if score >= WELL:
        return Suggestion(say("suggest.harder", "It does well. Give it data that are harder."), "xor")
    if snapshot.epoch < FEW_EPOCHS:
        return Suggestion(
            say("suggest.longer", "Train on: it has seen the data only a few times."), "batches"
        )
    words = say("suggest.compare", "Add a few neurons or take another optimizer, and compare both runs.")
    return Suggestion(words, "optimizers")
