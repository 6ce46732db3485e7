"""What is seen of penalties on weights, and of dropout."""

from widgets.pages.labs.views.regularization.view import RegularizationView

__all__ = ["RegularizationView"]
