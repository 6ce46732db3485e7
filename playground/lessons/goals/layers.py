"""How many layers there are of a kind."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from playground.engine.layers import Layer
from playground.lessons.goals.counted import CountedGoal
from playground.lessons.observed import Observed
from playground.text import Text, say


class LayersGoal(CountedGoal):
    kind: Literal["layers"] = "layers"
    title = "Layers"
    help = "There are to be so many hidden layers, or layers of a kind."
    advice = "Where a layer is to be put into the network, such as dropout."

    layer_kind: str = Field(
        "", title="Kind", description="The kind of the layers; without it all before the output count."
    )

    @field_validator("layer_kind")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        known = [member.tag() for member in Layer.members()]
        if kind and kind not in known:
            raise ValueError(
                say(
                    "goal.no_kind",
                    "no layer is called {kind}; there are {known}",
                    kind=kind,
                    known=", ".join(known),
                )
            )
        return kind

    @property
    def counted(self) -> Text:
        if not self.layer_kind:
            return say("goal.layers", "Hidden layers")
        member = next(each for each in Layer.members() if each.tag() == self.layer_kind)
        return say("goal.layers_of", "Layers of the kind {kind}", kind=member.named())

    def count(self, observed: Observed) -> int:
        layers = observed.experiment.network.layers
        if not self.layer_kind:
            return max(0, len(layers) - 1)
        return sum(layer.tag() == self.layer_kind for layer in layers)
