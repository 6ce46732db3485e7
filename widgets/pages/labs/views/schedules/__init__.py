"""What is seen of learning-rate schedules."""

from widgets.pages.labs.views.schedules.view import SchedulesView

__all__ = ["SchedulesView"]
