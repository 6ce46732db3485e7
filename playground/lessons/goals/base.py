"""What every goal of a lesson is: a frozen value that tells from what is observed whether it is reached."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.lessons.observed import Observed
from playground.text import Text, written_elsewhere
from playground.value import Kind


@dataclass(frozen=True)
class Judgement:
    """Whether a goal is reached, what there is to say of now, and how near that is, 0 to 1."""

    reached: bool
    now: Text | None = None
    share: float | None = None


NOT_YET = Judgement(False)


class LessonGoal(Kind):
    """Something that a person is to reach in a step of a lesson."""

    asks: ClassVar[Literal["", "number", "choice"]] = ""
    """What a person answers by hand; nothing where the program sees by itself whether it is reached."""

    text: Annotated[str, Field(max_length=160)] = Field(
        "", title="Text", description="What is said of the goal, in place of what it says of itself."
    )

    @classmethod
    def ready(cls) -> tuple[type[Self], ...]:
        """None: each is written for its step."""
        return ()

    @property
    def told(self) -> Text:
        """What there is to reach, in a few words."""
        return written_elsewhere("goal.text", self.text) if self.text else self.sentence

    @property
    @abstractmethod
    def sentence(self) -> Text:
        """The same in the words of the program."""

    @property
    def options(self) -> tuple[str, ...]:
        """What there is to choose from."""
        return ()

    @abstractmethod
    def judge(self, observed: Observed) -> Judgement:
        """Whether it is reached."""

    def truth(self, begun: SavedExperiment) -> float | None:
        """What the answer is in the experiment with which the step begins; None where nothing need be known.

        Raises:
            InvalidValue: when the experiment has no such thing.
        """
        return None

    def problem(self, experiment: Experiment) -> Text | None:
        """Why nobody can reach it from this experiment; None when somebody can."""
        return None
