"""What is seen of the laboratory of saddle points."""

from widgets.pages.labs.views.saddles.view import SaddlesView

__all__ = ["SaddlesView"]
