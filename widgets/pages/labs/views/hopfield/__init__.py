"""What is seen of Hopfield networks."""

from widgets.pages.labs.views.hopfield.view import HopfieldView

__all__ = ["HopfieldView"]
