"""Goals that the program checks, a class and a module each, which is found by itself."""

from playground.lessons.goals.base import Judgement, LessonGoal
from playground.value import know_members

know_members(__name__, __path__)

__all__ = ["Judgement", "LessonGoal"]
