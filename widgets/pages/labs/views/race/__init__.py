"""What is seen of the race of optimizers."""

from widgets.pages.labs.views.race.view import RaceView

__all__ = ["RaceView"]
