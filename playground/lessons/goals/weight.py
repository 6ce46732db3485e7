"""A weight, or a bias, of about a value: typed by hand, or learnt."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.experiment import Experiment
from playground.lessons.goals.base import NOT_YET, Judgement, LessonGoal
from playground.lessons.goals.neurons import no_layer
from playground.lessons.observed import Observed
from playground.numbers.writing import decimals, setting
from playground.text import Text, say


class WeightGoal(LessonGoal):
    kind: Literal["weight"] = "weight"
    title = "Weight"
    help = "A weight or a bias is to lie between two values, as where it is typed by hand."
    advice = "Where one number of a network is to be felt; the id of the layer is that of the file."

    layer: str = Field(title="Layer", description="The id of the layer.")
    unit: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        1, title="Neuron", description="Which neuron of the layer, counted from 1."
    )
    source: Annotated[int, Field(ge=0, le=1_000_000)] = Field(
        1, title="Input", description="Which input of the neuron, counted from 1; 0 for the bias."
    )
    at_least: float = Field(ge=-1e6, le=1e6, title="At least", description="The lowest value that counts.")
    at_most: float = Field(ge=-1e6, le=1e6, title="At most", description="The highest value that counts.")

    @property
    def sentence(self) -> Text:
        low, high = setting(self.at_least), setting(self.at_most)
        if self.source:
            return say(
                "goal.weight",
                "Weight {source} of neuron {unit} in {layer} from {low} to {high}",
                source=self.source, unit=self.unit, layer=self.layer, low=low, high=high,
            )  # fmt: skip
        return say(
            "goal.bias",
            "Bias of neuron {unit} in {layer} from {low} to {high}",
            unit=self.unit, layer=self.layer, low=low, high=high,
        )  # fmt: skip

    def judge(self, observed: Observed) -> Judgement:
        value = self._value(observed)
        if value is None:
            return NOT_YET
        reached = self.at_least <= value <= self.at_most
        return Judgement(reached, say("goal.weight_now", "now {value}", value=decimals(value)))

    def _value(self, observed: Observed) -> float | None:
        layer = observed.snapshot.layers.get(self.layer) if observed.snapshot else None
        if layer is None or layer.weights is None or self.unit > len(layer.weights):
            return None
        if self.source == 0:
            return None if layer.bias is None else float(layer.bias[self.unit - 1])
        row = layer.weights[self.unit - 1]
        return float(row[self.source - 1]) if self.source <= len(row) else None

    def problem(self, experiment: Experiment) -> Text | None:
        known = [layer.id for layer in experiment.network.layers]
        return None if self.layer in known else no_layer(self.layer, known)
