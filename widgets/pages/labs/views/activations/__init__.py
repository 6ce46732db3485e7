"""What is seen of the laboratory of activations."""

from widgets.pages.labs.views.activations.view import ActivationsView

__all__ = ["ActivationsView"]
