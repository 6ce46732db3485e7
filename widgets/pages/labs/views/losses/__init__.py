"""What is seen of the laboratory of losses."""

from widgets.pages.labs.views.losses.view import LossesView

__all__ = ["LossesView"]
