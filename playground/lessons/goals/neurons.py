"""How many neurons there are before the output, or in one layer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from playground.experiment import Experiment
from playground.lessons.goals.counted import CountedGoal
from playground.lessons.goals.measured import hidden_neurons
from playground.lessons.observed import Observed
from playground.text import Text, say


class NeuronsGoal(CountedGoal):
    kind: Literal["neurons"] = "neurons"
    title = "Neurons"
    help = "There are to be so many neurons before the output, or in one layer."
    advice = "Before a goal on the loss, so that one step is taken after another."

    layer: str = Field("", title="Layer", description="The id of one layer; all hidden ones without it.")

    @property
    def counted(self) -> Text:
        if self.layer:
            return say("goal.neurons_of", "Neurons in {layer}", layer=self.layer)
        return say("goal.neurons", "Hidden neurons")

    def count(self, observed: Observed) -> int:
        if not self.layer:
            return hidden_neurons(observed.experiment)
        return sum(node.units for node in observed.experiment.graph.nodes if node.layer.id == self.layer)

    def problem(self, experiment: Experiment) -> Text | None:
        known = [layer.id for layer in experiment.network.layers]
        return no_layer(self.layer, known) if self.layer and self.layer not in known else None


def no_layer(layer: str, known: list[str]) -> Text:
    """That a layer is not there, and which are."""
    return say(
        "goal.no_layer", "there is no layer {layer}; there are {known}", layer=layer, known=", ".join(known)
    )
