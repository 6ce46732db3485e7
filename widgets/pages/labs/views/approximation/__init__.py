"""What is seen of the laboratory in which a function is built."""

from widgets.pages.labs.views.approximation.view import ApproximationView

__all__ = ["ApproximationView"]
