"""What a film of training is to be: which epochs, what is seen, how large and how fast."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.value import Logarithmic, Titles, Typical, Unit, Value


class FilmSettings(Value):
    """The settings of a film."""

    source: Annotated[Literal["run", "anew"], Titles({"run": "This run so far", "anew": "Trained anew"})] = (
        Field("run", title="Film", description="The run as it went, or a copy that trains from the start.")
    )
    epochs: Annotated[int, Logarithmic(1), Typical(10, 10_000), Unit("epochs")] = Field(
        200, ge=1, le=1_000_000, title="Train for", description="How long the copy trains."
    )
    every: Annotated[int, Logarithmic(1), Typical(1, 1000), Unit("epochs")] = Field(
        1, ge=1, le=100_000, title="A frame every", description="Fewer frames make a smaller file."
    )
    fps: Annotated[int, Typical(1, 50)] = Field(
        15, ge=1, le=60, title="Frames a second", description="How fast it plays."
    )
    size: Annotated[
        Literal["640x360", "960x540", "1280x720", "1920x1080"],
        Titles({size: size.replace("x", " × ") for size in ("640x360", "960x540", "1280x720", "1920x1080")}),
    ] = Field("960x540", title="Size", description="Width and height in pixels.")
    colours: Annotated[Literal["dark", "light"], Titles({"dark": "Dark", "light": "Light"})] = Field(
        "dark", title="Colours", description="Those of the window, or the others."
    )
    map: bool = Field(True, title="Map", description="What the network says of the data.")
    network: bool = Field(True, title="Network", description="Layers, weights and neurons.")
    curves: bool = Field(True, title="Curves", description="Loss and accuracy by epoch.")

    @property
    def views(self) -> tuple[str, ...]:
        """What is seen, the map alone if nothing was chosen."""
        chosen = tuple(name for name in ("map", "network", "curves") if getattr(self, name))
        return chosen or ("map",)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height."""
        width, _, height = self.size.partition("x")
        return int(width), int(height)
