"""What is seen of one expression differentiated in four ways."""

from widgets.pages.labs.views.differentiation.view import DifferentiationView

__all__ = ["DifferentiationView"]
