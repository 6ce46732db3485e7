"""What a sampler is: how the settings of the next trial are chosen."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from typing import Annotated, Any, ClassVar

from pydantic import Field

from playground.search.asked import Asked, Settings
from playground.value import Kind, Typical

Startup = Annotated[
    int,
    Field(ge=1, le=10_000, title="Random at first", description="So many trials are drawn by chance first."),
    Typical(1, 50),
]
"""What one that learns begins with."""


class Sampler(Kind):
    """A way to choose the settings of each trial.

    One that needs nothing but the number of the trial says its `settings`; one that learns from the trials so
    far is `made` as a sampler of Optuna.
    """

    learns: ClassVar[bool] = False
    """Whether it looks at the trials so far."""

    several_goals: ClassVar[bool] = True
    """Whether it can serve more than one goal."""

    def trials(self, asked: Asked) -> int:
        """How many trials there are at most."""
        return asked.trials

    def settings(self, asked: Asked) -> Settings:
        """The settings of a trial by its number alone."""
        raise NotImplementedError

    def made(self, asked: Asked) -> Any:
        """The sampler of Optuna that chooses by the trials so far."""
        raise NotImplementedError
