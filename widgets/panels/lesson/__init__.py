"""The lesson panel: the lessons there are, and the step of the one that is under way."""

from widgets.panels.lesson.panel import LessonPanel

__all__ = ["LessonPanel"]
