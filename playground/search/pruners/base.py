"""What a pruner is: when a trial that does badly is cut short."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from typing import Any

from playground.value import Kind


class Pruner(Kind):
    """A rule by which a trial is cut short, judged by its curve so far."""

    @abstractmethod
    def made(self, epochs: int) -> Any:
        """The pruner of Optuna for trials of so many epochs."""
