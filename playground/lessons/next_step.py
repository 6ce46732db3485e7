"""The next thing for a beginner to do: one sentence from the state, and one button that does it."""

from __future__ import annotations

from functools import partial
from typing import Literal

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.trouble import Cure
from playground.engine import edits
from playground.engine.activations import Linear, Tanh
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.lessons.goals.measured import hidden_neurons
from playground.record import record
from playground.text import Text, say
from playground.training.measures import Measures
from playground.training.snapshot import Snapshot, State

WELL = 0.95
"""An accuracy, or an R², with which a beginner may go on."""
APART = 0.1
"""By so much accuracy or R² new samples are worse than known ones where those are learnt by heart."""
PATIENCE = 20
"""Epochs before it is said that nothing gets better."""
BETTER = 0.97
"""A loss that is at most so large a part of an earlier one is getting better."""
MANY, DEEP, SLOW = 16, 2, 0.003
"""Hidden neurons and layers that should be enough for a plane; a learning rate that hardly moves anything."""

Press = Literal["", "run", "reset", "lesson", "show"]


@record
class NextStep:
    """What to do, what the button for it is called, and what that does: it changes, or presses, something.

    `place` is the id of the layer that is to be shown.
    """

    text: Text
    button: Text
    press: Press = ""
    cure: Cure | None = None
    place: str = ""


def next_step(experiment: Experiment, snapshot: Snapshot | None) -> NextStep:
    """The one thing to do now."""
    if problems := experiment.problems():
        words = say("next.mend", "Something keeps it from learning: {problem}", problem=problems[0].text)
        return NextStep(words, say("next.show", "Show where"), "show", place=problems[0].layer_id)
    if snapshot is None or snapshot.step == 0:
        if snapshot is not None and snapshot.state is State.RUNNING:
            return _watch()
        return NextStep(say("next.start", "It has learnt nothing yet. Let it begin."), _go_on(), "run")
    if snapshot.state is State.DIVERGED:
        words = say("next.slower", "It went astray: its steps were too large. Begin again with smaller ones.")
        return NextStep(words, SMALLER.title, cure=SMALLER)
    running = snapshot.state is State.RUNNING
    if _just_changed(snapshot) and not running:
        words = say("next.changed", "Something is new. Let it learn, and see what it makes of that.")
        return NextStep(words, _go_on(), "run")
    return _by_results(experiment, snapshot, running)


def _by_results(experiment: Experiment, snapshot: Snapshot, running: bool) -> NextStep:
    known = _score(snapshot.train) or 0.0
    new = _score(snapshot.test)
    if (known if new is None else new) >= WELL:
        words = say("next.solved", "It does very well. Go on with the next lesson.")
        return NextStep(words, say("next.lesson", "Next lesson"), "lesson")
    if new is not None and known - new > APART and snapshot.epoch >= PATIENCE:
        return _by_heart(experiment)
    if snapshot.epoch < PATIENCE or _gets_better(snapshot):
        if running:
            return _watch()
        return NextStep(say("next.on", "It is still getting better. Let it learn on."), _go_on(), "run")
    return _stuck(experiment)


def _by_heart(experiment: Experiment) -> NextStep:
    """What helps where only what was shown is known."""
    if "samples" in type(experiment.data.dataset).model_fields:
        words = say(
            "next.by_heart",
            "It knows by heart what it learns from, and errs on what is new. Give it more to learn from.",
        )
        return NextStep(words, cures.MORE_SAMPLES.title, cure=cures.MORE_SAMPLES)
    words = say(
        "next.stop", "It knows by heart what it learns from, and errs on what is new. Stop it in time."
    )
    return NextStep(words, cures.STOP_EARLY.title, cure=cures.STOP_EARLY)


def _stuck(experiment: Experiment) -> NextStep:
    """What helps where nothing gets better."""
    hidden = [layer for layer in experiment.network.layers[:-1] if isinstance(layer, Dense)]
    if not hidden and experiment.graph.nodes[:-1] == ():
        words = say(
            "next.no_hidden", "It gets no better: alone it can only draw a straight line. Add a layer."
        )
        return NextStep(words, cures.DEEPEN.title, cure=cures.DEEPEN)
    if hidden and all(isinstance(layer.activation, Linear) for layer in hidden):
        words = say(
            "next.straight", "It gets no better: its neurons draw straight lines only. Let them bend."
        )
        return NextStep(words, BEND.title, cure=BEND)
    if experiment.training.optimizer.learning_rate < SLOW:
        words = say("next.faster", "It gets better very slowly: its steps are tiny. Take larger ones.")
        return NextStep(words, say("next.larger", "Ten times larger"), cure=cures.FASTER)
    if hidden and hidden_neurons(experiment) < MANY:
        words = say("next.neurons", "It gets no better. Each neuron draws one line: give it another one.")
        return NextStep(words, NEURON.title, cure=NEURON)
    if hidden and len(hidden) < DEEP:
        words = say("next.layer", "It gets no better. Another layer makes shapes of lines: add one.")
        return NextStep(words, cures.DEEPEN.title, cure=cures.DEEPEN)
    words = say("next.luck", "It gets no better. Perhaps it began badly: try it with other first weights.")
    return NextStep(words, say("next.weights", "Other weights"), "reset")


def _watch() -> NextStep:
    words = say("next.watch", "It is learning. Watch how its mistakes become fewer.")
    return NextStep(words, say("next.pause", "Pause"), "run")


def _go_on() -> Text:
    return say("next.go", "Let it learn")


def _score(measures: Measures) -> float | None:
    """Accuracy or R²; None where there are no samples to measure on."""
    if measures.is_empty:
        return None
    return measures.metrics.get("accuracy", measures.metrics.get("r2"))


def _gets_better(snapshot: Snapshot) -> bool:
    """Whether the loss is clearly lower than some while ago."""
    losses, epochs = snapshot.history["train_loss"], snapshot.history["epoch"]
    if len(losses) < 2:
        return True
    before = losses[epochs <= snapshot.epoch - max(PATIENCE // 2, snapshot.epoch // 5)]
    return not len(before) or bool(losses[-1] < BETTER * before[-1])


def _just_changed(snapshot: Snapshot) -> bool:
    return bool(snapshot.marks) and snapshot.marks[-1].step == snapshot.step


def _another_neuron(experiment: Experiment) -> Experiment:
    """With one more neuron in the narrowest hidden dense layer."""
    network = experiment.network
    narrow = min(
        (each for each in network.layers[:-1] if isinstance(each, Dense)), key=lambda each: each.units
    )
    return experiment.with_(network=edits.replace(network, narrow.with_(units=narrow.units + 1)))


def _smaller(experiment: Experiment) -> Experiment:
    """With a tenth of the learning rate, from new weights."""
    slower = cures.SLOWER.change(experiment)
    return slower.with_(weights_draw=slower.weights_draw + 1)


SMALLER = Cure(say("next.smaller", "Ten times smaller"), _smaller)
NEURON = Cure(say("next.neuron", "Add a neuron"), _another_neuron)
BEND = Cure(say("next.bend", "Bend them"), partial(cures.bend, Tanh(), None))
